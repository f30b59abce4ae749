"""What was typed into a note or a dialog is never lost, whatever fails and whoever else writes."""

import sqlite3
import tempfile
import threading
from contextlib import closing

import pytest

from papers_tui.index.errors import BusyLibrary, DiskFull
from papers_tui.index.library import Library
from papers_tui.index.note_files import Place, open_note_file
from papers_tui.index.paper import Status
from papers_tui.tui import opener, type_ahead
from papers_tui.tui.editor import Edited
from papers_tui.tui.screens import marking, note
from papers_tui.tui.screens.note import NoteEditor

QUANTUM = "arxiv:2402.00002"


def full(*_args, **_settings):
    raise DiskFull("no space is left")


def files(folder):
    """The files with notes below a folder."""
    return list(folder.glob("**/editing/*/*.md"))


async def on_the_paper(browser, query="quantum"):
    await browser.ask(query)
    await browser.press("enter")


async def test_a_note_that_cannot_be_stored_comes_back(browse, library, monkeypatch):
    def busy(*_args, **_settings):
        raise BusyLibrary("another program is writing")

    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("m")
        with monkeypatch.context() as patched:
            patched.setattr(Library, "set_note", busy)
            await browser.pilot.press(*"hello", "ctrl+s")
            await browser.settle()
        assert isinstance(browser.app.screen, NoteEditor)
        await browser.pilot.press("ctrl+s")
        await browser.settle()
    with library() as other:
        assert other.entry(QUANTUM).marks.note == "hello"


@pytest.fixture
def nowhere(locations, monkeypatch, tmp_path):
    """A machine on which no file can be made for a note."""
    locations.data_dir.mkdir(exist_ok=True)
    (locations.data_dir / "editing").write_text("in the way")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))


@pytest.fixture
def written_elsewhere(locations):
    """Another program's transaction, until `end` is called."""
    end, has_begun = threading.Event(), threading.Event()

    def write():
        with closing(sqlite3.connect(locations.data_dir / "marks.db", isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            has_begun.set()
            end.wait(120)
            connection.execute("ROLLBACK")

    thread = threading.Thread(target=write)

    def begin():
        thread.start()
        has_begun.wait(120)
        return end.set

    yield begin
    end.set()
    thread.join()


async def test_leaving_the_program_waits_for_the_last_words_to_be_stored(
    browse, library, written_elsewhere, monkeypatch
):
    monkeypatch.setattr(note, "DRAFT_PAUSE", 1000)
    monkeypatch.setattr(note, "DRAFT_AGE", 1000)
    done = []

    def with_word(of, name, word, before=lambda: None):
        inner = getattr(of, name)

        def outer(*args, **settings):
            before()
            inner(*args, **settings)
            done.append(word)

        monkeypatch.setattr(of, name, outer)

    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("m")
        end = written_elsewhere()
        with_word(Library, "save_draft", "stored")
        with_word(Library, "close", "closed", before=end)
        with_word(browser.screen.drafts, "finish", "finished", before=end)
        await browser.pilot.press(*"hello", "ctrl+q")
    assert done == ["stored", "finished", "closed"]
    with library() as other:
        assert other.draft(QUANTUM) == "hello"


async def test_what_is_typed_when_the_program_fails_is_a_draft(browse, library, monkeypatch):
    monkeypatch.setattr(note, "DRAFT_PAUSE", 1000)
    monkeypatch.setattr(note, "DRAFT_AGE", 1000)

    async def fail():
        async with browse() as browser:
            await on_the_paper(browser)
            await browser.press("m")
            await browser.pilot.press(*"hello")
            browser.app.call_later(lambda: 1 / 0)
            await browser.pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await fail()
    with library() as other:
        assert other.draft(QUANTUM) == "hello"


async def test_a_note_that_is_saved_as_the_program_ends_is_saved(browse, library):
    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("m")
        await browser.pilot.press(*"hello")
        browser.app.screen.action_save()
        browser.app.exit()
    with library() as other:
        assert other.entry(QUANTUM).marks.note == "hello"
        assert other.draft(QUANTUM) is None


async def test_last_words_that_cannot_be_stored_are_in_a_file_that_is_told(
    browse, library, monkeypatch, tmp_path
):
    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("m")
        monkeypatch.setattr(Library, "save_draft", full)
        await browser.pilot.press(*"hello", "ctrl+q")
    (kept,) = files(tmp_path)
    assert kept.read_text().strip() == "hello"
    (said,) = browser.app.last_words
    assert str(kept) in said


@pytest.mark.usefixtures("nowhere")
async def test_last_words_that_can_be_kept_nowhere_are_said(browse, monkeypatch):
    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("m")
        monkeypatch.setattr(Library, "save_draft", full)
        await browser.pilot.press(*"hello", "ctrl+q")
    (said,) = browser.app.last_words
    assert said.endswith("\nhello")


async def test_the_editor_begins_with_a_draft(browse, library, monkeypatch):
    monkeypatch.setattr(opener, "edit_text", lambda _app, text, *_place, **_: Edited(f"{text} and more"))
    with library() as other:
        other.save_draft(QUANTUM, "a draft")
    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("M")
        await browser.settle()
    with library() as other:
        assert other.entry(QUANTUM).marks.note == "a draft and more"
        assert other.draft(QUANTUM) is None


async def test_a_draft_over_an_older_note_does_not_replace_the_newer_one(browse, library):
    with library() as other:
        other.set_note(QUANTUM, "first")
        revision = other.entry(QUANTUM).marks.note_revision
        other.save_draft(QUANTUM, "first, and a thought", base_revision=revision)
        other.set_note(QUANTUM, "written elsewhere")
    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("m", "ctrl+s")
        await browser.settle()
    with library() as other:
        note = other.entry(QUANTUM).marks.note
        assert "written elsewhere" in note
        assert "first, and a thought" in note


async def test_tags_reach_the_papers_that_were_meant_though_the_list_changes(browse, library):
    async with browse() as browser:
        await on_the_paper(browser, "quantum is:unread")
        await browser.press("t")
        with library() as other:
            other.set_status([QUANTUM], Status.READ)
        browser.screen.reload()
        await browser.settle()
        await browser.pilot.press(*"fp4", "enter")
        await browser.settle()
    with library() as other:
        assert other.entry(QUANTUM).marks.tags == ("fp4",)


async def test_a_mark_waits_for_the_selection_it_is_meant_for(browse, library, monkeypatch):
    go = threading.Event()
    fetch = marking.fetch_ids

    def slowly(found, rows):
        go.wait(120)
        return fetch(found, rows)

    monkeypatch.setattr(marking, "fetch_ids", slowly)
    async with browse() as browser:
        await browser.press("enter")
        total = browser.screen.papers.total
        await browser.pilot.press("*", "b", "*")
        go.set()
        await browser.settle()
        assert len(browser.screen.papers.selected) == total
    with library() as other:
        assert other.overview().bookmarked == total


async def test_a_draft_that_cannot_be_stored_is_kept_in_a_file(browse, library, monkeypatch, tmp_path):
    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("m")
        monkeypatch.setattr(Library, "save_draft", full)
        await browser.pilot.press(*"hello")
        await browser.until(lambda: bool(files(tmp_path)))
        await browser.settle()
        await browser.pilot.press("escape")
        await browser.settle()
        (kept,) = files(tmp_path)
        assert any(str(kept) in said.message for said in browser.app._notifications)
        assert kept.read_text().strip() == "hello"
        assert kept.stat().st_mode & 0o777 == 0o600
        await browser.press("m")
        assert "hello" in browser.text
        assert "not saved yet" in browser.text


@pytest.mark.usefixtures("nowhere")
async def test_a_draft_that_can_be_kept_nowhere_comes_back(browse, library, monkeypatch):
    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("m")
        with monkeypatch.context() as patched:
            patched.setattr(Library, "save_draft", full)
            await browser.pilot.press(*"hello", "escape")
            await browser.settle()
            await browser.until(lambda: isinstance(browser.app.screen, NoteEditor))
        assert "hello" in browser.text
        await browser.pilot.press("ctrl+s")
        await browser.settle()
    with library() as other:
        assert other.entry(QUANTUM).marks.note == "hello"


async def test_a_draft_that_is_stored_after_all_leaves_no_file(browse, library, monkeypatch, tmp_path):
    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("m")
        with monkeypatch.context() as patched:
            patched.setattr(Library, "save_draft", full)
            await browser.pilot.press(*"hel")
            await browser.until(lambda: bool(files(tmp_path)))
        await browser.pilot.press(*"lo", "escape")
        await browser.settle()
    assert not files(tmp_path)
    with library() as other:
        assert other.draft(QUANTUM) == "hello"


async def test_what_was_typed_in_an_editor_that_failed_is_a_draft(browse, library, monkeypatch):
    failed = Edited("", "ed failed with exit code 3", typed="typed all the same")
    monkeypatch.setattr(opener, "edit_text", lambda *_, **__: failed)
    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("M")
        await browser.settle()
        await browser.press("m")
        assert "typed all the same" in browser.text
    with library() as other:
        assert other.entry(QUANTUM).marks.note == ""
        assert other.draft(QUANTUM) == "typed all the same"


async def test_what_an_editor_had_saved_before_it_emptied_the_note_is_a_draft(browse, library, monkeypatch):
    monkeypatch.setattr(opener, "edit_text", lambda *_, **__: Edited("", emptied="saved before"))
    with library() as other:
        other.set_note(QUANTUM, "old")
    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("M")
        await browser.until(lambda: any("Note removed" in one.message for one in browser.app._notifications))
        await browser.settle()
    with library() as other:
        assert other.entry(QUANTUM).marks.note == ""
        assert other.draft(QUANTUM) == "saved before"


async def test_what_is_typed_in_another_window_is_neither_shown_nor_written_over(browse, library):
    with library() as there:
        there.save_draft(QUANTUM, "there")
        async with browse() as browser:
            assert not any("not saved" in said.title for said in browser.app._notifications)
            await on_the_paper(browser)
            await browser.press("m")
            assert any("in another window" in said.title for said in browser.app._notifications)
            assert "not saved yet" not in browser.text
            await browser.pilot.press(*"here", "escape")
            await browser.press("m")
            assert "not saved yet" in browser.text
            await browser.pilot.press("ctrl+s")
            await browser.settle()
        assert there.entry(QUANTUM).marks.note == "here"
        assert there.draft(QUANTUM) == "there"


async def test_what_two_programs_left_is_offered_together_and_gone_once_it_is_saved(browse, library):
    for text in ("the first", "the second"):
        with library() as other:
            other.save_draft(QUANTUM, text)
    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("m", "ctrl+s")
        await browser.settle()
    with library() as other:
        note = other.entry(QUANTUM).marks.note
        assert "the first" in note
        assert "the second" in note
        assert other.drafts() == {}


async def test_what_a_killed_program_left_in_its_editor_is_a_draft(browse, library, locations):
    place = Place(locations.data_dir, QUANTUM, "Quantum error correction at scale", 0)
    async with browse() as browser:
        open_note_file(place, "typed in an editor", is_kept=False).release()
        await on_the_paper(browser)
        await browser.press("m")
        assert "typed in an editor" in browser.text
        assert "not saved yet" in browser.text
        await browser.pilot.press("ctrl+s")
        await browser.settle()
        assert files(locations.data_dir) == []
    with library() as other:
        assert other.entry(QUANTUM).marks.note == "typed in an editor"


async def test_a_left_file_that_is_not_wanted_goes_with_its_draft(browse, library, locations):
    place = Place(locations.data_dir, QUANTUM, "Quantum error correction at scale", 0)
    async with browse() as browser:
        open_note_file(place, "unwanted", is_kept=False).release()
        await on_the_paper(browser)
        await browser.press("m", "ctrl+g", "escape")
        assert files(locations.data_dir) == []


async def test_a_left_file_with_the_note_itself_is_no_draft(browse, library, locations):
    with library() as other:
        other.set_note(QUANTUM, "saved")
    open_note_file(Place(locations.data_dir, QUANTUM, "Quantum", 0), "saved", is_kept=False).release()
    async with browse() as browser:
        assert not any("not saved" in said.title for said in browser.app._notifications)
        assert files(locations.data_dir) == []


async def test_a_note_is_opened_again_once_its_draft_is_stored(browse, written_elsewhere, monkeypatch):
    monkeypatch.setattr(type_ahead, "PATIENCE", 0.1)
    async with browse() as browser:
        await on_the_paper(browser)
        await browser.press("m")
        end = written_elsewhere()
        await browser.pilot.press(*"hello", "escape")
        await browser.until(lambda: len(browser.app._given_up) > 0)  # keys do not wait any more
        await browser.pilot.press("m")
        end()
        await browser.until(lambda: isinstance(browser.app.screen, NoteEditor))
        assert browser.app.screen.area.text == "hello"
