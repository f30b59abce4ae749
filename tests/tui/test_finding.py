"""The ids of results, which are read without the papers."""

import pytest

from papers_tui.tui.screens.finding import fetch_ids
from papers_tui.tui.screens.likeness import find_similar


@pytest.fixture
def shelved(library):
    with library() as opened:
        opened.add_shelf()
        opened.update_index(lambda *_: None)
        yield opened


@pytest.mark.parametrize("query", ["", "language model", "attention sort:title", "-sort:date", "zyxwv"])
@pytest.mark.parametrize(("start", "stop"), [(0, 1), (0, 10_000), (3, 7), (5, 5), (9_000, 9_100)])
def test_ids_are_those_of_the_pages(shelved, query, start, stop):
    results = shelved.search(query)
    paged = [hit.entry.paper.id for hit in results.page(start, stop)]
    assert fetch_ids(results, range(start, stop)) == paged


def test_ids_of_papers_that_went_away_meanwhile_are_left_out(shelved):
    results = shelved.search("")
    before = results.ids(0, results.total)
    shelved.remove_shelf()
    assert before
    assert results.ids(0, results.total) == []


def test_ids_come_without_an_index(library):
    with library() as opened:
        opened.add_shelf()
        results = opened.search("model")
        assert set(results.ids(0, results.total)) == {hit.entry.paper.id for hit in results.page(0, 10_000)}
        assert results.hints == ("the index is not ready: these are the papers that came last",)


def test_similar_papers_have_ids_too(shelved):
    paper = shelved.search("attention").hits[0].entry.paper
    found, _ = find_similar(shelved, paper, None)
    assert found.ids(2, 5) == [hit.entry.paper.id for hit in found.page(2, 5)]
