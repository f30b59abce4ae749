"""Keys typed ahead: those of one burst act in their order, on what the ones before them bring about."""

import asyncio
import threading

import pytest
from textual import events
from textual.keys import _character_to_key

from papers_tui.index.library import Library
from papers_tui.tui.screens.marking import Marking
from papers_tui.tui.type_ahead import TypeAhead

NAMED = {
    "enter": "\r",
    "escape": "\x1b",
    "delete": None,
    "ctrl+s": "\x13",
    "ctrl+q": "\x11",
    "ctrl+u": "\x15",
    "ctrl+n": "\x0e",
    "tab": "\t",
    "down": None,
    "f1": None,
}


def burst(browser, *typed):
    """Type a burst of keys and texts: all of it is there before the first of it does anything."""
    for one in typed:
        for key in [one] if one in NAMED else one:
            name = key if key in NAMED else _character_to_key(key)
            browser.app.post_message(events.Key(name, NAMED.get(key, key)))


def is_on_show(browser, name):
    return type(browser.app.screen).__name__ == name


async def test_a_tag_may_be_typed_with_the_key_that_asks_for_it(browse, library):
    async with browse() as browser:
        await browser.press("enter")
        first = browser.screen.papers.highlighted.paper.id
        burst(browser, "b", "tundo, qz", "enter", "j")
        await browser.until(lambda: browser.screen.papers.cursor == 1)
        await browser.settle()
        assert browser.app.screen is browser.screen
    with library() as door:
        marks = door.entry(first).marks
        assert (marks.tags, marks.bookmarked) == (("qz", "undo"), True)
        assert door.overview().bookmarked == 1
        assert set(door.tags()) == {"undo", "qz"}


async def test_a_note_may_be_typed_with_the_key_that_asks_for_it(browse, library):
    async with browse() as browser:
        await browser.press("enter")
        first = browser.screen.papers.highlighted.paper.id
        burst(browser, "mdub, q", "enter", "z", "ctrl+s", "b")
        await browser.until(lambda: "★" in browser.text)
        await browser.settle()
    with library() as door:
        marks = door.entry(first).marks
        assert (marks.note, marks.bookmarked) == ("dub, q\nz", True)


async def test_a_pasted_text_goes_where_the_key_before_it_leads(browse):
    async with browse() as browser:
        await browser.press("enter")
        burst(browser, "m")
        browser.app.post_message(events.Paste("pasted\nhere"))
        burst(browser, "!")
        await browser.until(lambda: is_on_show(browser, "NoteEditor") and "here!" in browser.text)


@pytest.mark.parametrize(
    ("keys", "dialog", "shown"),
    [
        (["/du"], "Browse", "│ du"),
        ([":du"], "CommandPalette", "papers that are there twice"),
        ([":export", "enter", "~/du.bib"], "ExportDialog", "~/du.bib"),
        (["?du"], "HelpScreen", "du"),
        (["e", "ctrl+u", "du!"], "EditDialog", "du!"),
        (["ys"], "CopyFallback", "Copy it from here"),
        (["yss", "ctrl+u", "du/q"], "CopyFallback", "du/q"),
        (["f", "escape", "sT"], "Browse", "-sort:trending"),
        (["enter", "escape", "/du"], "Browse", "│ du"),
    ],
)
async def test_what_follows_a_key_goes_to_what_it_opens(browse, library, keys, dialog, shown):
    async with browse() as browser:
        await browser.press("enter")
        burst(browser, *keys)
        await browser.until(lambda: is_on_show(browser, dialog) and shown in browser.text)
    with library() as door:
        assert len(door.search("").page(0, 9)) == 4
        assert not door.undo()


async def test_keys_wait_for_the_papers_that_were_asked_for(browse, library):
    async with browse() as browser:
        burst(browser, "graph", "enter", "jtfound", "enter")
        await browser.until(lambda: "#found" in browser.text)
        second = browser.titles[1]
    with library() as door:
        assert [hit.entry.paper.title for hit in door.search("tag:found").page(0, 9)] == [second]


@pytest.mark.parametrize(
    ("keys", "query"),
    [
        (["tag:", "f", "ctrl+n", "tab"], "tag:fp4 "),
        (["tag:f", "ctrl+n", "down", "enter"], "tag:fp8 "),
        (["tag:f", "ctrl+n", "ctrl+n", "enter", "b"], "tag:fp8 b"),
    ],
)
async def test_completions_that_were_asked_for_are_waited_for(browse, library, keys, query):
    with library() as door:
        door.tag(["arxiv:2401.00001", "arxiv:2402.00002"], add=["fp4"])
        door.tag(["arxiv:2402.00002"], add=["fp8", "thesis"])
    async with browse() as browser:
        for letter in "tag:":
            browser.screen.query_box.insert_text_at_cursor(letter)
        await browser.settle()
        browser.screen.query_box.value = ""
        burst(browser, *keys)
        await browser.until(lambda: browser.screen.query_box.value == query)
        assert browser.screen.query_box.has_focus


async def test_marks_go_to_the_paper_on_which_their_key_was_pressed(browse, library):
    async with browse() as browser:
        await browser.press("enter")
        burst(browser, "bjbjb")
        await browser.until(lambda: browser.text.count("★") >= 3)
        await browser.settle()
        assert browser.screen.papers.cursor == 2
        marked = browser.titles[:3]
    with library() as door:
        assert {hit.entry.paper.title for hit in door.search("is:bookmarked").page(0, 9)} == set(marked)


async def test_a_list_that_is_read_again_does_not_take_the_reader_back(browse, monkeypatch):
    go_on, has_begun = threading.Event(), threading.Event()
    async with browse() as browser:
        await browser.press("enter")
        search = browser.screen.library.search

        def held(*args, **settings):
            has_begun.set()
            assert go_on.wait(120)
            return search(*args, **settings)

        monkeypatch.setattr(browser.screen.library, "search", held)
        browser.screen.reload()
        await browser.until(has_begun.is_set)
        await browser.pilot.press("j", "j")
        assert browser.screen.papers.cursor == 2
        go_on.set()
        await browser.settle()
        assert browser.screen.papers.cursor == 2


@pytest.fixture
def stuck(monkeypatch):
    """Keep the tag editor from opening until this is set."""
    go_on = threading.Event()
    chosen = Marking.chosen_targets

    async def held(self):
        await asyncio.to_thread(go_on.wait, 120)
        return await chosen(self)

    monkeypatch.setattr(Marking, "chosen_targets", held)
    yield go_on
    go_on.set()


async def test_keys_of_a_dialog_that_does_not_come_in_time_are_dropped_and_this_is_told(
    browse, library, stuck, monkeypatch
):
    monkeypatch.setattr("papers_tui.tui.type_ahead.PATIENCE", 0.3)
    async with browse() as browser:
        await browser.press("enter")
        burst(browser, "t", "delete", "uj")
        await browser.until(lambda: "3 keys dropped" in browser.text)
        assert browser.screen.papers.cursor == 0
        await browser.press("j")
        assert browser.screen.papers.cursor == 1
        monkeypatch.setattr("papers_tui.tui.type_ahead.PAUSE", 60.0)
        stuck.set()
        await browser.until(lambda: is_on_show(browser, "TagEditor"))
        await browser.pilot.press("u", "enter")
        assert is_on_show(browser, "TagEditor")
        monkeypatch.setattr("papers_tui.tui.type_ahead.PAUSE", 0.0)
        await browser.pilot.press("k", "enter")
        await browser.until(lambda: "#k" in browser.text)
    with library() as door:
        assert door.count() == 4
        assert set(door.tags()) == {"k"}


async def test_nobody_is_kept_from_leaving_while_a_dialog_is_to_come(browse, stuck, monkeypatch):
    monkeypatch.setattr("papers_tui.tui.type_ahead.PATIENCE", 0.3)
    async with browse() as browser:
        await browser.press("enter")
        burst(browser, "t", "ctrl+q")
        await browser.until(lambda: browser.app._exit)
        stuck.set()


async def test_what_was_typed_before_leaving_is_not_lost(browse, library):
    async with browse() as browser:
        await browser.press("enter")
        first = browser.screen.papers.highlighted.paper.id
        burst(browser, "mkept", "ctrl+q")
        await browser.until(lambda: browser.app._exit)
    with library() as door:
        assert door.draft(first) == "kept"


async def test_a_damage_takes_no_keys_of_who_is_typing(browse, library, locations, monkeypatch):
    monkeypatch.setattr("papers_tui.tui.type_ahead.PAUSE", 60.0)
    with library() as door:
        door.bookmark(["2401.00001"], on=True)
    marks = locations.data_dir / "marks.db"
    marks.write_bytes(broken := b"\0" * 4096 + marks.read_bytes()[4096:])
    async with browse(is_settled=False) as browser:
        burst(browser, "tran")
        await browser.until(lambda: is_on_show(browser, "Damage"))
        await browser.pilot.press("s", "f", "o", "r")
        assert is_on_show(browser, "Damage")
        assert marks.read_bytes() == broken
        monkeypatch.setattr("papers_tui.tui.type_ahead.PAUSE", 0.0)
        await browser.pilot.press("s")
        await browser.until(lambda: not is_on_show(browser, "Damage"))


async def test_what_was_typed_before_a_damage_is_told_is_not_for_it(browse, library, locations, monkeypatch):
    with library() as door:
        door.bookmark(["2401.00001"], on=True)
    marks = locations.data_dir / "marks.db"
    marks.write_bytes(broken := b"\0" * 4096 + marks.read_bytes()[4096:])
    in_app, go_on = TypeAhead._in_app, asyncio.Event()

    async def held(app, give):
        await go_on.wait()
        await in_app(app, give)

    monkeypatch.setattr(TypeAhead, "_in_app", held)
    async with browse(is_settled=False) as browser:
        burst(browser, "tres")
        await browser.until(lambda: is_on_show(browser, "Damage"))
        go_on.set()
        await browser.until(lambda: not browser.app._ahead)
        assert is_on_show(browser, "Damage")
        assert marks.read_bytes() == broken


async def test_a_dialog_that_was_asked_for_takes_keys_while_the_library_opens(run, monkeypatch):
    is_open = threading.Event()
    opened = Library.open

    def slowly(*args, **settings):
        is_open.wait()
        return opened(*args, **settings)

    monkeypatch.setattr(Library, "open", slowly)
    async with run(is_settled=False) as browser:
        try:
            burst(browser, "f1")
            await browser.until(lambda: is_on_show(browser, "HelpScreen"))
            burst(browser, "venue")
            await browser.until(lambda: browser.app.screen.filter_box.value == "venue")
        finally:
            is_open.set()
