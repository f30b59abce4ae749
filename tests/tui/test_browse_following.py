"""Files that are bound to a search follow what is done in the browser."""

import pytest

from papers_tui.tui.screens.bind import BindDialog


@pytest.fixture
def bib(tmp_path):
    return tmp_path / "refs.bib"


async def _bind(browser, query, file):
    await browser.ask(query)
    await browser.press("enter")
    browser.screen.action_command("bind")
    await browser.until(lambda: isinstance(browser.app.screen, BindDialog))
    browser.app.screen.path.value = str(file)
    await browser.press("enter")


async def test_a_search_is_bound_and_the_file_follows_marks_and_undo(browse, bib):
    async with browse() as browser:
        await _bind(browser, "tag:thesis", bib)
        await browser.until(bib.exists)
        assert "hopper" not in bib.read_text("utf-8")
        await browser.ask("quantum ")
        await browser.press("enter", "t", *"thesis", "enter")
        await browser.until(lambda: "hopper2024quantum" in bib.read_text("utf-8"))
        await browser.press("u")
        await browser.until(lambda: "hopper2024quantum" not in bib.read_text("utf-8"))


async def test_what_is_done_last_before_the_end_is_in_the_file(browse, bib):
    async with browse() as browser:
        await _bind(browser, "is:bookmarked", bib)
        await browser.until(bib.exists)
        await browser.ask("quantum ")
        await browser.press("enter", "b")
    assert "hopper2024quantum" in bib.read_text("utf-8")


async def test_what_another_window_does_is_in_the_file(browse, library, bib):
    async with browse() as browser:
        await _bind(browser, "is:bookmarked", bib)
        await browser.until(bib.exists)
        with library() as other:
            other.bookmark(["arxiv:2402.00002"], on=True)
        await browser.until(lambda: "hopper2024quantum" in bib.read_text("utf-8"))


async def test_a_file_of_somebody_else_stays_and_it_is_said(browse, bib):
    bib.write_text("mine")
    async with browse() as browser:
        await _bind(browser, "quantum", bib)
        await browser.until(lambda: "The file could not be written" in browser.text)
    assert bib.read_text() == "mine"


async def test_without_a_search_nothing_is_bound(browse):
    async with browse() as browser:
        await browser.press("enter")
        browser.screen.action_command("bind")
        await browser.until(lambda: "Search first" in browser.text)


async def test_a_file_that_cannot_be_rewritten_is_named(browse, bib):
    async with browse() as browser:
        await _bind(browser, "is:bookmarked", bib)
        await browser.until(bib.exists)
        bib.write_text("mine now")
        await browser.ask("quantum ")
        await browser.press("enter", "b")
        await browser.until(lambda: "Not rewritten" in browser.text)
    assert bib.read_text() == "mine now"
