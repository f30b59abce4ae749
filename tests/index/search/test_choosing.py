"""Facets and orders chosen and let go of, in the text of the query."""

import re
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from papers_tui.index.search.choosing import demanded, narrowed, sorted_by, spelling
from papers_tui.index.search.facets import condition, in_years
from papers_tui.index.search.parser import parse
from papers_tui.index.search.query import Not, Sort

TAG = condition("tags", "to read")
CATEGORY = condition("categories", "cs.CL")


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("scaling la", 'tag:"to read" scaling la'),
        ("a OR b", 'tag:"to read" (a OR b*) '),
        ('scaling tag:"to read" la', "scaling la"),
        ('tag:"to read" (a OR b) ', "(a OR b) "),
        ('tags:"to read" x', "x"),
        ('-tag:"to read" x', 'tag:"to read" x'),
        ('(tag:"to read" x)', 'tag:"to read" (tag:"to read" x)'),
        ('tag:"to read" OR x ', 'tag:"to read" (tag:"to read" OR x) '),
    ],
)
def test_choosing_again_lets_go(text, chosen):
    assert narrowed(text, TAG) == chosen


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("scaling la", '-tag:"to read" scaling la'),
        ('tag:"to read" scaling', '-tag:"to read" scaling'),
        ('tag:x tags:"to read" la', '-tag:"to read" tag:x la'),
    ],
)
def test_excluding_takes_the_place_of_demanding(text, becomes):
    assert narrowed(text, Not(TAG)) == becomes


@pytest.mark.parametrize(
    ("text", "years", "becomes"),
    [
        ("scaling", (2021, 2021), "year:2021 scaling"),
        ("year:2021 scaling", (2019, 2021), "year:2019..2021 scaling"),
        ("scaling date:2020.. law", (2019, 2019), "year:2019 scaling law"),
        ("year:2019..2021 scaling", (2019, 2021), "scaling"),
        ("-year:2020 x", (2019, 2021), "year:2019..2021 -year:2020 x"),
        ("(a year:2020) b", (2021, 2021), "year:2021 (a year:2020) b"),
    ],
)
def test_brushing_takes_the_place_of_the_years_before(text, years, becomes):
    assert narrowed(text, in_years(*years)) == becomes


def test_what_is_chosen_can_be_shown_as_such():
    assert demanded("category:cs.cl x") == {spelling(CATEGORY)}
    assert demanded("-cat:cs.CL x") == {spelling(Not(CATEGORY))}
    assert spelling(CATEGORY) not in demanded("cat:cs x")


@pytest.mark.parametrize("name", ["Google", "Meta AI", 'Google "X"', "FP4", "a:b (c)", "ÅÄÖ"])
@pytest.mark.parametrize("facet", ["organizations", "tags"])
def test_what_was_chosen_is_let_go_of_whatever_it_is_called(facet, name):
    node = condition(facet, name)
    assert narrowed(narrowed("x", node), node) == "x"
    assert narrowed(narrowed("x", node).lower(), node) == "x"
    assert narrowed(narrowed("x", Not(node)), node) == narrowed("x", node)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["cat:cs.CL", "category:cs.CL", "-", "OR", "(", ")", '"', "x", "cat:cs"]), max_size=8
    ).map(" ".join)
    | st.text('cat:s.CL "()-OR x', max_size=30)
)
def test_chosen_is_chosen_and_let_go_is_gone(text):
    assert (spelling(CATEGORY) in demanded(narrowed(text, CATEGORY))) is (
        spelling(CATEGORY) not in demanded(text)
    )


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
        (")sort:date -quan", "-sort:title ) -quan"),
        ("quan sort:", "-sort:title quan"),
        ('quan sort:"x"law', "-sort:title quan law"),
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
    # A field without a value takes none from behind an order, but does once the order is gone.
    assume(not re.search(r"title:[ -]*sort", text))
    found = parse(text, today=date(2025, 11, 19)).root
    assert parse(f"{text} {order}", today=date(2025, 11, 19)).root == found
    chosen = parse(sorted_by(text, Sort("added")), today=date(2025, 11, 19))
    assert (chosen.root, chosen.sort) == (found, Sort("added"))
