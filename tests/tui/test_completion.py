"""Completion in the query box."""

import threading

import pytest
from textual import events

from papers_tui.index.library import Library
from papers_tui.tui.widgets.paper_list import PaperList
from papers_tui.tui.widgets.query_bar import QueryBox


@pytest.fixture
def tagged(browse, library):
    """Run the browser on papers with tags."""
    with library() as other:
        other.tag(["arxiv:2401.00001", "arxiv:2402.00002"], add=["fp4"])
        other.tag(["arxiv:2402.00002"], add=["fp8", "thesis"])
    return browse


def _offered(browser):
    shown = browser.screen.completions
    return [one.label for one in shown._offers] if shown is not None and shown.display else []


async def _type(browser, text):
    for letter in text:
        browser.screen.query_box.insert_text_at_cursor(letter)
    await browser.settle()


async def test_the_values_of_a_field_are_offered_with_counts_while_it_is_typed(tagged):
    async with tagged() as browser:
        await _type(browser, "graph tag:f")
        assert _offered(browser) == ["fp4", "fp8"]
        assert "fp4  2 " in browser.text
        await _type(browser, "p8")
        assert _offered(browser) == []


async def test_tab_takes_the_first_and_typing_goes_on(tagged):
    async with tagged() as browser:
        await _type(browser, "tag:f")
        await browser.press("tab")
        assert browser.screen.query_box.value == "tag:fp4 "
        assert isinstance(browser.app.focused, QueryBox)
        assert not _offered(browser)
        assert len(browser.titles) == 2
        await browser.press("g")
        assert browser.screen.query_box.value == "tag:fp4 g"


async def test_a_value_within_the_query_is_completed_in_its_place(tagged):
    async with tagged() as browser:
        await browser.ask("tag:t graph")
        browser.screen.query_box.cursor_position = 5
        await _type(browser, "h")
        await browser.press("tab")
        assert browser.screen.query_box.value == "tag:thesis graph"
        assert browser.screen.query_box.cursor_position == len("tag:thesis")


@pytest.mark.parametrize("key", ["enter", "down"])
async def test_enter_and_down_go_to_the_results_while_completions_show(tagged, key):
    async with tagged() as browser:
        await _type(browser, "tag:f")
        assert _offered(browser)
        await browser.press(key)
        assert isinstance(browser.app.focused, PaperList)
        assert browser.screen.query_box.value == "tag:f"
        assert not _offered(browser)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["ctrl+n", "enter"], "tag:fp4 "),
        (["ctrl+n", "ctrl+n", "enter"], "tag:fp8 "),
        (["ctrl+n", "down", "tab"], "tag:fp8 "),
        (["ctrl+n", "down", "up", "tab"], "tag:fp4 "),
        (["ctrl+n", "up", "enter"], "tag:thesis "),
        (["ctrl+n", "ctrl+p", "ctrl+p", "enter"], "tag:fp8 "),
    ],
)
async def test_keys_move_once_the_completions_are_entered(tagged, keys, value):
    async with tagged() as browser:
        await _type(browser, "tag:")
        await browser.press(*keys)
        assert browser.screen.query_box.value == value
        assert isinstance(browser.app.focused, QueryBox)


async def test_escape_closes_the_completions_before_it_leaves_the_query(tagged):
    async with tagged() as browser:
        await _type(browser, "tag:f")
        await browser.press("escape")
        assert not _offered(browser)
        assert isinstance(browser.app.focused, QueryBox)
        await browser.press("escape")
        assert isinstance(browser.app.focused, PaperList)


async def test_without_completions_tab_goes_to_the_next_pane(tagged):
    async with tagged() as browser:
        await _type(browser, "graph")
        await browser.press("tab")
        assert not isinstance(browser.app.focused, QueryBox)


@pytest.mark.parametrize(
    "text", ["t", "tag", "title", "author note", "graph ", "x:y", "tag:zzz", "tag:thesis x"]
)
async def test_plain_words_are_never_completed(tagged, text):
    async with tagged() as browser:
        await _type(browser, text)
        assert not _offered(browser)


async def test_fields_are_offered_to_who_asks(tagged):
    async with tagged() as browser:
        await _type(browser, "graph ta")
        await browser.press("ctrl+n")
        assert [label.split()[0] for label in _offered(browser)] == ["tag:"]
        await browser.press("tab")
        assert browser.screen.query_box.value == "graph tag:"
        assert "fp4" in _offered(browser)


async def test_more_completions_than_fit_are_scrolled(tagged):
    async with tagged((80, 24)) as browser:
        await browser.press("ctrl+n")
        offered = _offered(browser)
        assert len(offered) > 8
        await browser.press(*["down"] * 11)
        assert offered[11] in browser.text
        assert offered[0] not in browser.text


async def test_a_completion_is_taken_by_a_click(tagged):
    async with tagged((80, 24)) as browser:
        await _type(browser, "tag:")
        lines = browser.text.splitlines()
        row = next(number for number, line in enumerate(lines) if "fp8" in line)
        await browser.pilot.click(offset=(lines[row].index("fp8"), row))
        await browser.settle()
        assert browser.screen.query_box.value == "tag:fp8 "
        assert isinstance(browser.app.focused, QueryBox)


@pytest.mark.parametrize("size", [(120, 40), (40, 12), (20, 5)])
async def test_completions_stay_on_the_screen(tagged, size):
    async with tagged(size) as browser:
        await _type(browser, f"{'graph ' * 30}tag:")
        region = browser.screen.completions.region
        assert browser.screen.region.contains_region(region)
        assert "fp4" in browser.text


async def test_completions_that_come_late_are_not_shown(tagged, monkeypatch):
    complete, is_asked, is_late = Library.completions, threading.Event(), threading.Event()

    def slow(self, text, cursor):
        if text.endswith("f"):
            is_asked.set()
            is_late.wait(120)
        return complete(self, text, cursor)

    async with tagged() as browser:
        monkeypatch.setattr(Library, "completions", slow)
        browser.screen.query_box.insert_text_at_cursor("tag:f")
        await browser.until(is_asked.is_set)
        await browser.ask("drawing")
        is_late.set()
        await browser.settle()
        assert not _offered(browser)
        assert browser.titles == ["A survey of graph drawing"]


async def test_a_query_that_a_view_writes_is_not_completed(tagged):
    async with tagged() as browser:
        await browser.press("enter")
        await browser.ask("tag:")
        assert not _offered(browser)


async def test_completions_are_drawn_in_ascii(tagged):
    async with tagged((80, 24), is_ascii=True) as browser:
        browser.screen.query_box.post_message(events.Paste("tag:f"))
        await browser.settle()
        assert _offered(browser)
        lines = browser.text.splitlines()
        assert all(sign.isascii() for line in lines[3:7] for sign in line[:12])


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
async def test_completions_leave_the_hints_in_view(tagged, size):
    async with tagged(size) as browser:
        await browser.ask("quantun OR tag:")
        await browser.press("end", "ctrl+n")
        assert _offered(browser)
        assert browser.screen.completions.region.y > browser.screen.hint_line.region.y
        assert browser.screen.hint_line.region.height == 1
        assert browser.screen.completions.region.bottom <= size[1] - 1
