"""Facets and orders that are chosen: put into the text of a query, and taken out again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from papers_tui.index.search.facets import in_years
from papers_tui.index.search.lexer import Kind, Token, tokens
from papers_tui.index.search.orders import without_orders
from papers_tui.index.search.parser import MAX_LENGTH, parse
from papers_tui.index.search.query import Node, Range, Sort
from papers_tui.index.search.unparse import refined, unparse_sort

_ANY_DAY: Final = date(2000, 1, 1)
"""For reading conditions that no day shifts."""


def has_condition(text: str, node: Node) -> bool:
    """Whether a query demands a condition, in any spelling, by itself: not in a group, not negated."""
    return any(found == node for _, _, found in _conditions(text))


def toggled(text: str, node: Node) -> str:
    """Return the query with a condition, or without it if it was there."""
    places = [(start, end) for start, end, found in _conditions(text) if found == node]
    return _without(text, places) if places else refined(text, node)


def brushed(text: str, years: tuple[int, int] | None) -> str:
    """Return the query with these years, both included, in place of those that it demanded; None: of any."""
    places = [(start, end) for start, end, found in _conditions(text) if _is_date(found)]
    rest = _without(text, places)
    return rest if years is None else refined(rest, in_years(*years))


def sorted_by(text: str, sort: Sort) -> str:
    """Return the query with this order in place of those that it has.

    It comes first, so that the last word of `text` can still be typed on.
    """
    return f"{unparse_sort(sort)} {without_orders(text, list(tokens(text)))}"


def _is_date(node: Node | None) -> bool:
    return isinstance(node, Range) and node.field == "date"


def _conditions(text: str) -> Iterator[tuple[int, int, Node | None]]:
    """Yield the fields with their values that must hold by themselves, and what each asks for."""
    found = list(tokens(text[:MAX_LENGTH]))
    depth = 0
    before: Token | None = None
    outside: list[tuple[Token, Token]] = []
    for token, after in pairwise([*found, Token(Kind.AND, "", len(text) + 1, len(text) + 1)]):
        is_negated = before is not None and before.kind is Kind.NOT
        if depth == 0 and token.kind is Kind.OR:
            return
        if depth == 0 and token.kind is Kind.FIELD and after.start == token.end and not is_negated:
            outside.append((token, after))
        depth = max(0, depth + (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE))
        before = token
    for name, value in outside:
        if value.kind in {Kind.WORD, Kind.PHRASE}:
            yield name.start, value.end, parse(f"{text[name.start : value.end]} ", today=_ANY_DAY).root


def _without(text: str, places: list[tuple[int, int]]) -> str:
    """Return the text without these pieces, each with the blanks behind it."""
    for start, end in reversed(places):
        text = text[:start] + text[end:].lstrip(" ")
    return text
