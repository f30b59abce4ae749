"""Papers that are there twice, in the browser: shown side by side, joined, taken apart, kept apart."""

import pytest

from papers_tui.tui.screens.pairs import PairDialog

TWICE = [
    {
        "id": "arxiv:1901.01234",
        "title": "A Theory of Small Gardens",
        "authors": ["Jane Roe", "John Doe"],
        "published": "2019",
        "tags": ["soil"],
        "note": "mine",
    },
    {
        "id": "doi:10.1000/garden",
        "title": "The Theory of Small Gardens",
        "authors": ["J. Roe"],
        "published": "2021",
        "venue": "Soil",
        "kind": "article",
        "tags": ["water"],
    },
]


@pytest.fixture
def twice(fill, run):
    fill(TWICE)
    return run


async def open_pairs(browser):
    browser.screen.action_command("duplicates")
    await browser.until(lambda: isinstance(browser.app.screen, PairDialog) and "1 of 1" in browser.text)


@pytest.mark.parametrize("size", [(100, 30), (50, 30)])
async def test_a_pair_is_joined_and_taken_apart_again(twice, library, size):
    async with twice(size=size) as browser:
        await browser.ask("")
        await open_pairs(browser)
        for width in (size[0], 45, 110):
            await browser.pilot.resize_terminal(width, 30)
            await browser.settle()
            table = browser.app.screen.query_one("#pair-table")
            assert table.size.height > 8, browser.text
            assert "doi:10.1000" in browser.text
        await browser.press("o")
        assert browser.titles == ["A Theory of Small Gardens"]
        with library() as other:
            entry = other.entry("doi:10.1000/garden")
            assert (entry.marks.tags, entry.marks.note) == (("soil", "water"), "mine")
        await browser.press("enter")
        browser.screen.action_command("takeapart")
        await browser.settle()
        assert sorted(browser.titles) == ["A Theory of Small Gardens", "The Theory of Small Gardens"]
    with library() as other:
        assert other.entry("doi:10.1000/garden").marks.tags == ("water",)


async def test_a_pair_that_is_two_papers_is_not_shown_again(twice, library):
    async with twice() as browser:
        await open_pairs(browser)
        await browser.press("t")
        assert len(browser.titles) == 2
    with library() as other:
        assert other.joining.pairs() == []


async def test_a_pair_can_be_left_for_later(twice, library):
    async with twice() as browser:
        await open_pairs(browser)
        await browser.press("n")
        await open_pairs(browser)
        await browser.press("escape")
        assert len(browser.titles) == 2
    with library() as other:
        assert len(other.joining.pairs()) == 1


async def test_undo_takes_a_joining_apart_and_redo_makes_it_again(twice, library):
    async with twice() as browser:
        await browser.ask("gardens")
        await open_pairs(browser)
        await browser.press("o")
        await browser.until(lambda: browser.titles == ["A Theory of Small Gardens"])
        await browser.press("enter", "u")
        await browser.until(lambda: len(browser.titles) == 2)
        with library() as other:
            assert other.entry("doi:10.1000/garden").marks.tags == ("water",)
        await browser.press("ctrl+r")
        await browser.until(lambda: len(browser.titles) == 1)
        with library() as other:
            assert other.entry("doi:10.1000/garden").marks.tags == ("soil", "water")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_what_differs_comes_first_with_what_is_kept(twice, size):
    async with twice(size=size) as browser:
        await open_pairs(browser)
        shown = browser.text
        assert "+ arxiv:1901.01234" in shown
        assert "doi:10.1000/garden" in shown
        assert "is kept" in shown
        assert "enter one paper" in " ".join(shown.split())


async def test_a_joining_says_over_the_next_pair_which_citation_key_is_no_longer_written(fill, run):
    ponds = [
        one
        | {"id": f"{one['id']}9", "title": one["title"].replace("Small Gardens", "Enormous Ponds in Spring")}
        for one in TWICE
    ]
    papers = [one | {"citation_key": f"key{number}"} for number, one in enumerate((*TWICE, *ponds))]
    fill(papers)
    async with run() as browser:
        browser.screen.action_command("duplicates")
        await browser.until(lambda: "1 of 2" in browser.text)
        await browser.press("o")
        await browser.until(lambda: "2 of 2" in browser.text)
        assert "is no longer written" in " ".join(browser.text.split())
