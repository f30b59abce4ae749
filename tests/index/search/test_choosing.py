"""Facets chosen and let go of, in the text of the query."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.search.choosing import brushed, has_condition, sorted_by, toggled
from papers_tui.index.search.facets import condition
from papers_tui.index.search.parser import parse
from papers_tui.index.search.query import Sort

TAG = condition("tags", "to read")
CATEGORY = condition("categories", "cs.CL")


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("scaling la", 'tag:"to read" scaling la'),
        ("a OR b", 'tag:"to read" (a OR b*) '),
        ("a OR b sort:date", 'tag:"to read" (sort:date a OR b*) '),
        ('scaling tag:"to read" la', "scaling la"),
        ('tag:"to read" (a OR b) ', "(a OR b) "),
        ('tags:"to read" x', "x"),
        ('-tag:"to read"', 'tag:"to read" -tag:"to read"'),
        ('(tag:"to read" x)', 'tag:"to read" (tag:"to read" x)'),
        ('tag:"to read" OR x ', 'tag:"to read" (tag:"to read" OR x) '),
    ],
)
def test_choosing_again_lets_go(text, chosen):
    assert toggled(text, TAG) == chosen


@pytest.mark.parametrize(
    ("text", "years", "becomes"),
    [
        ("scaling", (2021, 2021), "year:2021 scaling"),
        ("year:2021 scaling", (2019, 2021), "year:2019..2021 scaling"),
        ("scaling date:2020.. law", (2019, 2019), "year:2019 scaling law"),
        ("year:2019..2021 scaling", None, "scaling"),
        ("scaling", None, "scaling"),
        ("-year:2020 x", (2019, 2021), "year:2019..2021 -year:2020 x"),
        ("(a year:2020) b", (2021, 2021), "year:2021 (a year:2020) b"),
    ],
)
def test_brushing_takes_the_place_of_the_years_before(text, years, becomes):
    assert brushed(text, years) == becomes


def test_what_is_chosen_can_be_shown_as_such():
    assert has_condition("category:cs.CL x", CATEGORY)
    assert not has_condition("-cat:cs.CL x", CATEGORY)
    assert not has_condition("cat:cs x", CATEGORY)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["cat:cs.CL", "category:cs.CL", "-", "OR", "(", ")", '"', "x", "cat:cs"]), max_size=8
    ).map(" ".join)
    | st.text('cat:s.CL "()-OR x', max_size=30)
)
def test_chosen_is_chosen_and_let_go_is_gone(text):
    if not has_condition(text, CATEGORY):
        chosen = toggled(text, CATEGORY)
        assert has_condition(chosen, CATEGORY)
    else:
        assert not has_condition(toggled(text, CATEGORY), CATEGORY)


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
