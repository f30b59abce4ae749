"""Orders that are chosen, in the text of the query."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.search.choosing import sorted_by
from papers_tui.index.search.parser import parse
from papers_tui.index.search.query import Sort


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("quan", "-sort:title quan"),
        ("quan ", "-sort:title quan "),
        ("quan sort:date", "-sort:title quan"),
        ("quan sort:date ", "-sort:title quan "),
        ("sort:date quan", "-sort:title quan"),
        ("ORDER:date  quan NOT sort: title law", "-sort:title quan law"),
        ("quan OR (sort:date law)", "-sort:title quan OR (law)"),
        ("quan sort:", "-sort:title quan"),
        ("", "-sort:title "),
    ],
)
def test_an_order_is_written_in_front(text, becomes):
    assert sorted_by(text, Sort("title", is_reversed=True)) == becomes


PIECES = st.sampled_from(
    ["quan", "law ", "-", " ", "OR ", "( ", ")", "title:", "cat:cs.C", '"a b"', "sort:date "]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join), st.sampled_from(["sort:title", "-sort:date", "order:xx"]))
def test_an_order_changes_nothing_of_what_is_found(text, order):
    found = parse(text, today=date(2025, 11, 19)).root
    assert parse(f"{text} {order}", today=date(2025, 11, 19)).root == found
    chosen = parse(sorted_by(text, Sort("added")), today=date(2025, 11, 19))
    assert (chosen.root, chosen.sort) == (found, Sort("added"))
