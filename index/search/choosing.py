"""Facets and orders that are chosen: put into the text of a query, and taken out again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from papers_tui.index.search.lexer import Kind, Token, tokens
from papers_tui.index.search.orders import without_orders
from papers_tui.index.search.parser import MAX_LENGTH, parse
from papers_tui.index.search.query import Node, Not, Range, Sort
from papers_tui.index.search.unparse import refined, unparse_sort

_ANY_DAY: Final = date(2000, 1, 1)
"""For reading conditions that no day shifts."""


def demanded(text: str) -> frozenset[Node]:
    """Return the conditions that a query demands by themselves: not in a group, not negated."""
    return frozenset(found for _, _, found in _conditions(text) if found is not None)


def narrowed(text: str, node: Node) -> str:
    """Return the query with a condition that was chosen, or without it if it was there.

    Years take the place of those that it demanded, and an exclusion that of its opposite.
    """
    conditions = list(_conditions(text))
    if places := [(start, end) for start, end, found in conditions if found == node]:
        return _without(text, places)
    places = [(start, end) for start, end, found in conditions if _is_replaced(found, node)]
    return refined(_without(text, places), node)


def _is_replaced(old: Node | None, new: Node) -> bool:
    return (_is_date(old) and _is_date(new)) or (isinstance(new, Not) and old == new.node)


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


def sorted_by(text: str, sort: Sort) -> str:
    """Return the query with this order in place of those that it has.

    It comes first, so that the last word of `text` can still be typed on.
    """
    return f"{unparse_sort(sort)} {without_orders(text, list(tokens(text)))}"
