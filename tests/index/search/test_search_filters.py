import time

import pytest

from papers_tui.index.paper import Marks, Status
from papers_tui.index.search.marked import Marked


@pytest.fixture
def found(index_of, paper):
    return index_of(
        paper("day", published="2024-05-17", featured=("2024-05-18", "2025-01-02"), upvotes=10, comments=0),
        paper("month", published="2024-05", upvotes=0, comments=3, author_count=7, stars=5),
        paper("year", published="2024", categories=("cs.CL", "math.GT"), sources=("listing:dec10.txt",)),
        paper(
            "never", categories=("csx.CL",), sources=("jsonl:dec10.txt", "arxiv-api:x"), authors=["A", "B"]
        ),
        paper(
            "later",
            published="2025-02-28",
            abstract="has one",
            doi="10.1/x",
            code="https://c",
            categories=("cs.CLX",),
        ),
    )


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("year:2024", {"day", "month", "year"}),
        ("date:2024-05-17", {"day", "month", "year"}),
        ("date:2024-05-18", {"month", "year"}),
        ("date:2024-06", {"year"}),
        ("date:2025..", {"later"}),
        ("date:..2024-05-16", {"month", "year"}),
        ("date:2024-12-31..2025-01-01", {"year"}),
        ("-year:2024", {"never", "later"}),
        ("featured:2024-05-18", {"day"}),
        ("featured:2025-01", {"day"}),
        ("featured:2024-06..2024-12", set()),
        ("upvotes:0", {"month"}),
        ("upvotes:>=0", {"day", "month"}),
        ("-upvotes:>5", {"month", "year", "never", "later"}),
        ("comments:1..", {"month"}),
        ("authors:2", {"never"}),
        ("authors:7", {"month"}),
        ("stars:>4", {"month"}),
        ("cat:cs", {"year", "later"}),
        ("cat:CS.cl", {"year"}),
        ("cat:cs.C", set()),
        ("cat:cs.C*", {"year", "later"}),
        ("cat:cs*", {"year", "later"}),
        ("cat:m*", {"year"}),
        ("-cat:cs.C*", {"day", "month", "never"}),
        ("cat:math", {"year"}),
        ("source:listing", {"year"}),
        ("source:DEC10.txt", {"year", "never"}),
        ("source:jsonl:dec10.txt", {"never"}),
        ("has:doi", {"later"}),
        ("has:code", {"later"}),
        ("has:abstract", {"later"}),
        ("-has:abstract", {"day", "month", "year", "never"}),
        ("doi:10.1/X", {"later"}),
        ("id:https://doi.org/10.1/x", {"later"}),
    ],
)
def test_filters(found, query, titles):
    assert set(found.titles(query)) == titles


def test_added_is_searched_by_local_days(index_of, paper, monkeypatch):
    found = index_of(
        paper("late", added="2026-01-10T23:30:00+00:00"), paper("early", added="2026-01-10T00:30:00+00:00")
    )
    try:
        for zone, late, early in [("UTC", 10, 10), ("Europe/Berlin", 11, 10), ("America/New_York", 10, 9)]:
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert "late" in found.titles(f"added:2026-01-{late:02}"), zone
            assert "early" in found.titles(f"added:2026-01-{early:02}"), zone
            assert found.titles("added:2026-01-12..") == []
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.fixture
def marked(found):
    found.marked = Marked(
        {
            1: Marks(bookmarked=True, tags=("fp4", "to read"), rating=4),
            2: Marks(note="Compare with MXFP4 results. Ask José!", status=Status.READING),
            3: Marks(status=Status.READ, tags=("Fp8",), rating=1),
            77: Marks(bookmarked=True, tags=("fp4",), note="of a paper that is not indexed"),
        }
    )
    return found


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("is:bookmarked", {"day"}),
        ("is:unread", {"day", "never", "later"}),
        ("is:reading", {"month"}),
        ("-is:read", {"day", "month", "never", "later"}),
        ("tag:fp4", {"day"}),
        ("tag:FP8", {"year"}),
        ("tag:fp*", {"day", "year"}),
        ('tag:"to read"', {"day"}),
        ("tag:read", set()),
        ("has:tag", {"day", "year"}),
        ("has:note", {"month"}),
        ("rating:>=4", {"day"}),
        ("rating:1..5", {"day", "year"}),
        ("note:compare", {"month"}),
        ("note:jose", {"month"}),
        ('note:"mxfp4 results"', {"month"}),
        ('note:"results mxfp4"', set()),
        ("note:resul*", {"month"}),
        ("note:result", {"month"}),
        ("mxfp4", {"month"}),
        ("fp8", {"year"}),
        ("fp8 year", {"year"}),
        ("year -fp8", set()),
    ],
)
def test_marks_are_searched_with_the_papers(marked, query, titles):
    assert set(marked.titles(query)) == titles


def test_new_marks_are_found_by_the_same_searcher(found):
    assert found.titles("tag:new") == []
    found.marked = Marked({4: Marks(tags=("new",))})
    assert found.titles("tag:new") == ["never"]
    assert found.titles("new") == ["never"]


def test_marks_follow_papers_through_updates(marked, paper):
    marked.corpus.put([paper("changed")], keys=[1])
    marked.update()
    assert marked.titles("tag:fp4") == ["changed"]
    marked.corpus.remove(1)
    marked.update()
    assert marked.titles("tag:fp4") == []
    assert marked.titles("is:bookmarked") == []
