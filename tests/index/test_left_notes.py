"""What programs left in files of notes comes into the marks, with which it is backed up, and the files go."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from papers_tui.index.errors import DiskFull
from papers_tui.index.health import examine
from papers_tui.index.library import Library
from papers_tui.index.note_files import Place, open_note_file
from papers_tui.index.paper import Paper
from papers_tui.index.repairing import mend
from papers_tui.index.store.marks import MarksStore

ONE = Paper(id="arxiv:2404.00001", title="One of Many", arxiv_id="2404.00001")


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Opens the library, as often as asked."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))

    def opened():
        return Library.open(tmp_path / "data", tmp_path / "cache", today=lambda: date(2026, 1, 1))

    with opened() as library:
        library._corpus.put([ONE], added="2026-01-02T03:04:05Z")
    return opened


@pytest.fixture
def left(tmp_path, start):
    """A file that a program left which could not store a text."""

    def leave(text="half a thought", base=0, note=None, **settings):
        place = Place(tmp_path / "data", ONE.id, ONE.title, base, note)
        file = open_note_file(place, text, is_kept=False)
        file.release(**settings)
        return file.path

    return leave


def files(folder):
    return sorted(folder.glob("**/editing/*/*"))


def test_a_left_text_becomes_a_draft_that_is_backed_up_and_the_file_goes(start, left, tmp_path):
    left()
    with start() as library:
        library.sweep()
        assert files(tmp_path) == []
        backup = library.back_up().path
        assert library.draft(ONE.id).strip() == "half a thought"
        library.sweep()
        assert library.draft(ONE.id).strip() == "half a thought"
        change = library.set_note(ONE.id, "a thought")
        library.drop_draft(ONE.id, over=library.unfinished(ONE.id))
        assert not change.conflict
        assert library.drafts() == {}
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT trim(text, char(10)) FROM draft").fetchall() == [
            ("half a thought",)
        ]


def test_a_text_that_cannot_be_taken_in_stays_where_it_is(start, left, monkeypatch):
    path = left()

    def full(*_):
        raise DiskFull("no space is left")

    with start() as library:
        with monkeypatch.context() as patched:
            patched.setattr(MarksStore, "keep_left", full)
            library.sweep()
        assert path.exists()
        assert library.drafts() == {ONE.id: ONE.title}


def test_a_program_that_is_killed_after_taking_a_text_in_has_it_once(start, left, monkeypatch):
    left()
    with start() as library:
        with monkeypatch.context() as patched:
            patched.setattr("papers_tui.index.note_files.LeftFile.discard", lambda _: None)
            library.sweep()
        library.sweep()
        assert library.draft(ONE.id).count("half a thought") == 1


def test_what_an_editor_may_have_open_is_left_to_it(start, left):
    path = left(may_be_open=True)
    with start() as library:
        library.sweep()
        assert path.exists()
        assert library.drafts() == {ONE.id: ONE.title}


def test_a_text_over_a_note_of_another_library_takes_the_place_of_none(start, left):
    with start() as library:
        library.set_note(ONE.id, "the note here")
    left(base=1, note="the note there")
    with start() as library:
        library.sweep()
        found = library.unfinished(ONE.id)
        change = library.set_note(ONE.id, found.text, base_revision=found.base)
        assert change.conflict
        assert "the note here" in library.entry(ONE.id).marks.note


def test_the_doctor_names_the_file_and_takes_it_in(start, left, tmp_path):
    path = left()
    places = (tmp_path / "data", tmp_path / "cache")
    (told,) = [one for one in examine(*places) if str(path) in one.message]
    assert ONE.id in told.message
    assert "no backup" in told.message
    assert path.exists()
    assert "draft" in mend(told, *places)
    assert files(tmp_path) == []
    with start() as library:
        assert library.draft(ONE.id).strip() == "half a thought"
