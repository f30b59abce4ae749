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
from papers_tui.index.search.unparse import refined, unparse, unparse_sort
from papers_tui.index.text import fold

_ANY_DAY: Final = date(2000, 1, 1)
"""For reading conditions that no day shifts."""


def spelling(node: Node) -> str:
    """Return the one spelling of a condition: two with the same find the same."""
    return " ".join(fold(unparse(node)).replace('"', "").split())


def demanded(text: str) -> frozenset[str]:
    """Return the `spelling` of each condition that a query demands by itself, outside of groups."""
    return frozenset(spelling(found) for _, _, found in _conditions(text))


def narrowed(text: str, node: Node) -> str:
    """Return the query with a condition that was chosen, or without it if it was there.

    Years take the place of those that it demanded, and a condition that of its opposite.
    """
    conditions = list(_conditions(text))
    if places := [(start, end) for start, end, found in conditions if spelling(found) == spelling(node)]:
        return _without(text, places)
    opposite = spelling(node.node if isinstance(node, Not) else Not(node))
    places = [
        (start, end)
        for start, end, found in conditions
        if spelling(found) == opposite or (_is_date(found) and _is_date(node))
    ]
    return refined(_without(text, places), node)


def _is_date(node: Node) -> bool:
    return isinstance(node, Range) and node.field == "date"


def _conditions(text: str) -> Iterator[tuple[int, int, Node]]:
    """Yield the fields with their values that must hold by themselves, and what each asks for."""
    found = list(tokens(text[:MAX_LENGTH]))
    depth = 0
    before: Token | None = None
    outside: list[tuple[int, int]] = []
    for token, after in pairwise([*found, Token(Kind.AND, "", len(text) + 1, len(text) + 1)]):
        if depth == 0 and token.kind is Kind.OR:
            return
        start = before.start if before is not None and before.kind is Kind.NOT else token.start
        is_valued = after.start == token.end and after.kind in {Kind.WORD, Kind.PHRASE}
        if depth == 0 and token.kind is Kind.FIELD and is_valued:
            outside.append((start, after.end))
        depth = max(0, depth + (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE))
        before = token
    for start, end in outside:
        node = parse(f"{text[start:end]} ", today=_ANY_DAY).root
        if node is not None:
            yield start, end, node


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
