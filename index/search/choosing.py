"""Orders that are chosen: put into the text of a query in place of those that it has."""

from __future__ import annotations

from papers_tui.index.search.lexer import tokens
from papers_tui.index.search.orders import without_orders
from papers_tui.index.search.query import Sort
from papers_tui.index.search.unparse import unparse_sort


def sorted_by(text: str, sort: Sort) -> str:
    """Return the query with this order in place of those that it has.

    It comes first, so that the last word of `text` can still be typed on.
    """
    return f"{unparse_sort(sort)} {without_orders(text, list(tokens(text)))}"
