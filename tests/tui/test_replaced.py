"""A library that another program replaces, upgrades or takes away while a window is open on it."""

import shutil
import sqlite3
from contextlib import closing

from papers_tui.index.library import Library
from papers_tui.index.store import rescuing
from papers_tui.index.store.restoring import restore
from papers_tui.tui.screens.note import NoteEditor

QUANTUM = "arxiv:2402.00002"


def says(browser, words: str) -> bool:
    return any(words in f"{said.title} {said.message}" for said in browser.app._notifications)


async def write_a_note(browser, text: str) -> None:
    await browser.ask("quantum")
    await browser.press("enter", "m")
    await browser.pilot.press(*text)
    await browser.settle()


async def test_another_data_directory_in_its_place_is_shown_and_gets_what_is_typed(
    browse, library, locations, tmp_path
):
    there = tmp_path / "there"
    async with browse() as browser:
        shutil.copytree(locations.data_dir, there)
        with Library.open(there, tmp_path / "cache-there") as other:
            other.set_note(QUANTUM, "written there")
        await write_a_note(browser, "here")
        locations.data_dir.rename(tmp_path / "old")
        there.rename(locations.data_dir)
        await browser.until(lambda: says(browser, "was replaced"))
        await browser.settle()
        with library() as other:
            assert other._marks.drafted() == [QUANTUM]
        assert isinstance(browser.app.screen, NoteEditor)
        await browser.pilot.press("ctrl+s")
        await browser.settle()
        await browser.until(lambda: says(browser, "Both versions"))
    with library() as other:
        note = other.entry(QUANTUM).marks.note
    assert "written there" in note
    assert "here" in note


async def test_a_data_directory_that_is_gone_is_told_and_what_is_typed_is_kept(
    browse, library, locations, tmp_path, monkeypatch
):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    async with browse() as browser:
        await write_a_note(browser, "h")
        locations.data_dir.rename(tmp_path / "away")
        await browser.until(lambda: says(browser, "moved away or removed"))
        await browser.until(lambda: "out of reach" in browser.screen.top_line.right.plain)
        await browser.pilot.press("i", "escape")
        await browser.until(lambda: list((tmp_path / "temporary").glob("*/*.md")))
        assert not locations.data_dir.exists()
        (tmp_path / "away").rename(locations.data_dir)
        await browser.until(lambda: "out of reach" not in browser.screen.top_line.right.plain)
        await browser.press("b")
    with library() as other:
        assert other.entry(QUANTUM).marks.bookmarked
        assert "hi" in other.draft(QUANTUM)


async def test_a_newer_program_that_upgrades_the_library_is_told_and_nothing_typed_is_lost(
    browse, library, locations
):
    file = locations.data_dir / "marks.db"
    async with browse() as browser:
        await write_a_note(browser, "h")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA user_version = 99")
        before = file.read_bytes()
        await browser.until(lambda: "read-only" in browser.screen.top_line.right.plain)
        assert says(browser, "newer papers-tui upgraded")
        await browser.pilot.press("i", "ctrl+s")
        await browser.settle()
        assert file.read_bytes() == before
    (left,) = locations.data_dir.glob("editing/*/*.md")
    assert left.read_text().strip() == "hi"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 6")
    with library() as other:
        assert "hi" in other.draft(QUANTUM)


async def test_a_library_that_was_removed_is_rescued_when_the_program_is_left(
    browse, library, locations, tmp_path, monkeypatch
):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    async with browse() as browser:
        await browser.ask("quantum")
        await browser.press("enter", "b")
        shutil.rmtree(locations.data_dir)
        await browser.until(lambda: "out of reach" in browser.screen.top_line.right.plain)
    (said,) = browser.app.last_words
    (copy,) = (tmp_path / "temporary").glob("*/marks.db")
    assert said.endswith(f"papers-tui restore {copy}")
    assert not locations.data_dir.exists()
    restore(locations.data_dir / "marks.db", copy)
    with library() as other:
        assert other.mark_counts()["papers"] == 1


async def test_a_removed_library_that_is_made_anew_is_rescued_at_once_and_said(
    browse, library, locations, tmp_path, monkeypatch
):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    async with browse() as browser:
        await browser.ask("quantum")
        await browser.press("enter", "b")
        shutil.rmtree(locations.data_dir)
        await browser.until(lambda: "out of reach" in browser.screen.top_line.right.plain)
        library().close()
        await browser.until(lambda: says(browser, "was replaced"))
        (copy,) = (tmp_path / "temporary").glob("*/marks.db")
        assert says(browser, f"papers-tui restore {copy}")
        assert not says(browser, "What you are typing")
    (said,) = browser.app.last_words
    assert said.endswith(f"papers-tui restore {copy}")
    assert not browser.app.has_lost_marks


async def test_a_note_that_can_be_copied_nowhere_is_said_at_the_end(
    browse, library, locations, tmp_path, monkeypatch
):
    with library() as other:
        other.set_note(QUANTUM, "precious")
    monkeypatch.setattr(rescuing, "_places", lambda _path: iter([tmp_path / "nowhere"]))
    async with browse() as browser:
        await browser.ask("quantum")
        shutil.rmtree(locations.data_dir)
        await browser.until(lambda: "out of reach" in browser.screen.top_line.right.plain)
    (said,) = browser.app.last_words
    assert "could be copied nowhere" in said
    assert said.endswith("precious")
    assert browser.app.has_lost_marks


def test_a_look_while_another_one_waits_for_a_lock_does_not_wait(library, locations):
    with library() as opened, closing(sqlite3.connect(locations.data_dir / "marks.db")) as other:
        before = opened.look()
        assert opened.look() is not before
        before = opened.look()
        with opened._looking:
            assert opened.look() is before
        other.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN EXCLUSIVE")
        with opened._marks.database.reading() as connection:
            connection.execute("PRAGMA busy_timeout = 0")
        assert opened.look() is before
