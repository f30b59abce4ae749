"""Text without measure: the pane shows its beginning at once, and all of it to those who read on."""

import pytest

from papers_tui.index.text import clean

WORDS = " ".join(f"graph{number}" for number in range(57_000))
LONG = {
    "id": "arxiv:2401.00001",
    "arxiv_id": "2401.00001",
    "title": "Start " + "x" * 4000 + " TITLEEND",
    "abstract": WORDS + " ABSTRACTEND",
    "authors": [f"Given{number} Family{number}" for number in range(700)],
    "note": "a note",
    "published": "2024-01-05",
}
WIDE = {
    "id": "arxiv:2401.00002",
    "arxiv_id": "2401.00002",
    "title": "模型" * 500,
    "abstract": clean("e\u0301\u0316 👩‍👩‍👧 模型 " * 2000) + "WIDEEND",
    "published": "2024-01-04",
}


@pytest.fixture
def browse(fill, run):
    fill([LONG, WIDE])
    return run


async def read_to_the_end(browser):
    """Come to each place where a line says that more follows, until nothing does."""
    pane = browser.screen.abstract
    pieces = 0
    while pane._document.rests:
        pane.scroll_to(y=pane._document.rests[0].line - 10, animate=False, force=True)
        await browser.settle()
        pieces += 1
        assert pieces < 10
    return pieces


async def test_all_of_a_long_text_can_be_read(browse):
    async with browse() as browser:
        await browser.press("enter")
        pane = browser.screen.abstract
        first = len(pane._document.lines)
        pane.focus()
        assert await read_to_the_end(browser) == 3
        assert len(pane._document.lines) > 2 * first
        text = "".join(line.plain for line in pane._document.lines)
        for end in ("ABSTRACTEND", "TITLEEND", "Given699 Family699", "a note"):
            assert end in text.replace("\n", "")
        await browser.press("G")
        assert "Family699" in browser.text


async def test_a_reader_stays_where_they_are_in_another_width(browse):
    async with browse() as browser:
        await browser.press("enter")
        pane = browser.screen.abstract
        pane.focus()
        await read_to_the_end(browser)
        lines = len(pane._document.lines)
        pane.scroll_to(y=lines * 3 // 4, animate=False, force=True)
        await browser.settle()
        await browser.pilot.resize_terminal(100, 30)
        await browser.settle()
        assert len(pane._document.lines) != lines
        assert not pane._document.rests
        assert pane.scroll_offset.y / len(pane._document.lines) == pytest.approx(0.75, abs=0.02)


async def test_matches_are_gone_to_in_what_was_laid_out(browse):
    async with browse() as browser:
        await browser.ask("graph56999")
        await browser.press("enter")
        pane = browser.screen.abstract
        pane.focus()
        await read_to_the_end(browser)
        await browser.press("n")
        assert "graph56999" in browser.text


async def test_wide_and_combining_characters_are_read_to_the_end(browse):
    async with browse((60, 20)) as browser:
        await browser.press("enter", "down", "enter")
        await read_to_the_end(browser)
        assert "WIDEEND" in "".join(line.plain for line in browser.screen.abstract._document.lines)
