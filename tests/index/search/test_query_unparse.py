"""Queries written back as text, and filters added to what was typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.search.fields import PARTS, SORT_KEYS, STATES
from papers_tui.index.search.parser import parse
from papers_tui.index.search.query import (
    And,
    FromSource,
    Has,
    Identified,
    InCategory,
    InState,
    Node,
    Not,
    Or,
    Phrase,
    Range,
    Sort,
    Tagged,
    Word,
)
from papers_tui.index.search.unparse import refined, unparse, unparse_sort

TODAY = date(2025, 11, 19)

WORDS = st.from_regex(r"[a-zéα深][a-z0-9]{0,6}(-[a-z0-9]{1,4})?", fullmatch=True)
TEXT_FIELDS = st.sampled_from([None, "title", "abstract", "author", "org", "note", "venue"])
VALUES = st.sampled_from(["fp4", "to read", "a(b)", "C#", "x:y", "x*y", "été", "-minus", "OR"])


def ranges() -> st.SearchStrategy[Range]:
    days = st.dates().map(date.toordinal)
    numbers = st.integers(0, 10**6)
    ends = st.one_of(
        st.tuples(st.sampled_from(["date", "featured", "added"]), days, days),
        st.tuples(st.sampled_from(["comments", "upvotes", "authors", "stars", "rating"]), numbers, numbers),
    )
    opened = st.sampled_from(["low", "high", "none"])
    return st.builds(_range, ends, opened)


def _range(ends: tuple, opened: str) -> Range:
    field, *numbers = ends
    low, high = sorted(numbers)
    return Range(field, None if opened == "low" else low, None if opened == "high" else high)


LEAVES = st.one_of(
    st.builds(Word, WORDS, TEXT_FIELDS, is_prefix=st.booleans()),
    st.builds(Phrase, st.lists(WORDS, min_size=1, max_size=3).map(" ".join), TEXT_FIELDS),
    ranges(),
    st.builds(Tagged, VALUES),
    st.builds(Tagged, st.just("fp"), is_prefix=st.just(True)),
    st.builds(InCategory, st.sampled_from(["cs", "cs.CL", "astro-ph.GA"]), st.booleans()),
    st.builds(FromSource, st.sampled_from(["listing", "listing:dec 10.txt", "arxiv:x.jsonl"])),
    st.builds(
        Identified,
        st.sampled_from(
            ["arxiv:2404.04167", "arxiv:hep-th/9901001", "doi:10.1016/a(99)b", "title:tiny-1a2b3c4d"]
        ),
        is_prefix=st.booleans(),
    ),
    st.builds(InState, st.sampled_from(STATES)),
    st.builds(Has, st.sampled_from(PARTS)),
)


def _inner(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def several(kind: type[And | Or]) -> st.SearchStrategy[Node]:
        others = children.filter(lambda node: not isinstance(node, kind))
        return st.lists(others, min_size=2, max_size=4).map(lambda nodes: kind(tuple(nodes)))

    return st.one_of(
        several(And), several(Or), children.filter(lambda node: not isinstance(node, Not)).map(Not)
    )


NODES = st.recursive(LEAVES, _inner, max_leaves=12)


@given(NODES)
@settings(max_examples=300, deadline=None)
def test_what_is_written_reads_as_it_was(node: Node) -> None:
    query = parse(unparse(node), today=TODAY, is_typing=False)
    assert query.root == node
    assert query.hints == ()


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (Range("date", date(2024, 1, 1).toordinal(), date(2024, 12, 31).toordinal()), "year:2024"),
        (Range("date", date(2019, 1, 1).toordinal(), date(2021, 12, 31).toordinal()), "year:2019..2021"),
        (Range("date", date(2024, 2, 1).toordinal(), date(2024, 2, 29).toordinal()), "date:2024-02"),
        (Range("date", date(9999, 12, 1).toordinal(), date.max.toordinal()), "date:9999-12-01..9999-12-31"),
        (Range("added", date(2024, 2, 9).toordinal(), None), "added:2024-02-09.."),
        (Range("stars", None, 7), "stars:..7"),
        (Word("sca", "title", is_typing=True), "title:sca*"),
        (Phrase('say "hi"'), '"say  hi "'),
        (Not(Or((Word("a"), Word("b")))), "-(a OR b)"),
        (Or((And((Word("a"), Word("b"))), Word("c"))), "a b OR c"),
        (And((Or((Word("a"), Word("b"))), Word("c"))), "(a OR b) c"),
    ],
)
def test_short_forms(node: Node, text: str) -> None:
    assert unparse(node) == text


@pytest.mark.parametrize("key", SORT_KEYS)
@pytest.mark.parametrize("is_reversed", [False, True])
def test_orders_read_as_they_were(key: str, is_reversed: bool) -> None:
    sort = Sort(key, is_reversed=is_reversed)
    assert parse(unparse_sort(sort), today=TODAY).sort == sort


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", "tag:x "),
        ("scal", "tag:x scal"),
        ("scaling -b sort:date ", "tag:x scaling -b sort:date "),
        ('"deep lea', 'tag:x "deep lea'),
        ("(a OR b) c", "tag:x (a OR b) c"),
        ("(a OR b", "tag:x (a OR b"),
        ("a OR scal", "tag:x (a OR scal*) "),
        ("a OR scal ", "tag:x (a OR scal) "),
        ("a OR is:read", "tag:x (a OR is:read) "),
        ("a OR (scal", "tag:x (a OR (scal* )) "),
        ("a OR tag:sc", "tag:x (a OR tag:sc*) "),
        ("a OR date:(2024 OR 2025", "tag:x (a OR date:(2024 OR 2025 )) "),
        ("a OR date:(2024 title:(b) 2025", "tag:x (a OR date:(2024 title:(b) 2025 )) "),
        ("a OR date:2024 scal", "tag:x (a OR date:2024 scal*) "),
        ('a OR "deep', 'tag:x (a OR "deep") '),
        ("a OR (b c", "tag:x (a OR (b c* )) "),
        ("a) OR b ", "tag:x (a () OR b) "),
    ],
)
def test_a_filter_is_added_to_what_was_typed(text: str, after: str) -> None:
    assert refined(text, Tagged("x")) == after


PIECES = st.sampled_from(
    [
        "a ",
        "b",
        "OR ",
        " OR ",
        "NOT ",
        "-",
        "(",
        ")",
        " ",
        "title:",
        "is:read ",
        "sort:date ",
        "2025",
        "date:2024 ",
        "c* ",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=300, deadline=None)
def test_a_filter_holds_beside_all_that_was_typed(text: str) -> None:
    typed, after = parse(text, today=TODAY), parse(refined(text, Tagged("x")), today=TODAY)
    rest = () if typed.root is None else typed.root.nodes if isinstance(typed.root, And) else (typed.root,)
    found = after.root.nodes if isinstance(after.root, And) else (after.root,)
    assert found[0] == Tagged("x")
    assert unparse(And(found[1:])).replace("*", "") == unparse(And(rest)).replace("*", "")
    assert after.sort == typed.sort
