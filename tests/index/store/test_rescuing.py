"""Marks whose file is removed while it is open are copied, or said."""

import errno
import os
import shlex
import shutil
import stat
from contextlib import closing
from pathlib import Path

import pytest

from papers_tui.index.errors import LibraryError
from papers_tui.index.store import rescuing
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.rescuing import rescue
from papers_tui.index.store.restoring import restore


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "marks.db"


@pytest.fixture
def other(tmp_path) -> Path:
    """Another whole library."""
    MarksStore(tmp_path / "other.db").close()
    return tmp_path / "other.db"


def tag(store: MarksStore, paper, name: str) -> None:
    store.change([paper], store.tag_edit([name], []), label="tag")


def test_marks_that_are_removed_while_they_are_open_can_be_rescued(tmp_path, make):
    data, paper = tmp_path / "data", make()
    with closing(MarksStore(data / "marks.db")) as store:
        assert rescue(store.database) == []
        store.set_note(paper, "precious", base_revision=0, label="note")
        assert rescue(store.database) == []
        data.rename(tmp_path / "away")
        assert rescue(store.database) == []
        shutil.rmtree(tmp_path / "away")
        with pytest.raises(LibraryError, match="removed"):
            store.all()
        (rescued,) = rescue(store.database)
    copy = rescued.copy
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    restore(data / "marks.db", copy)
    with closing(MarksStore(data / "marks.db")) as store:
        assert store.get(paper.id).note == "precious"
        assert store.undo().label == "note"


def test_of_removed_marks_in_which_nothing_was_written_nothing_is_rescued(path):
    with closing(MarksStore(path)) as store:
        path.unlink()
        assert rescue(store.database) == []


def test_removed_marks_are_rescued_though_something_makes_the_library_anew(tmp_path, make):
    data, paper = tmp_path / "data", make()
    with closing(MarksStore(data / "marks.db")) as store:
        store.set_note(paper, "precious", base_revision=0, label="note")
        shutil.rmtree(data)
        MarksStore(data / "marks.db").close()
        assert store.all() == {}
        (rescued,) = rescue(store.database)
        assert rescue(store.database) == []
    restore(data / "marks.db", rescued.copy)
    with closing(MarksStore(data / "marks.db")) as store:
        assert store.get(paper.id).note == "precious"


def test_a_reading_that_goes_on_keeps_the_removed_marks_for_a_rescue(path, other, make):
    with closing(MarksStore(path)) as store:
        tag(store, make(), "precious")
        with store.database.reading() as connection:
            connection.execute("SELECT * FROM mark").fetchall()
            other.replace(path)
            assert store.all() == {}
        (rescued,) = rescue(store.database)
    assert rescued.copy.exists()


def test_marks_that_are_in_the_file_that_took_their_place_are_not_rescued(path, make):
    with closing(MarksStore(path)) as store:
        tag(store, make(), "both")
        there = path.with_name("there.db")
        shutil.copyfile(path, there)
        with closing(MarksStore(there)) as newer:
            tag(newer, make(arxiv_id="2401.00077"), "there")
        there.replace(path)
        assert store.tags() == {"both": 1, "there": 1}
        assert rescue(store.database, is_last=True) == []


def test_a_rescue_is_made_elsewhere_where_temporary_files_have_no_room(tmp_path, make, monkeypatch):
    data = tmp_path / "data"
    full = tmp_path / "temporary"
    fill(monkeypatch, full)
    with closing(MarksStore(data / "marks.db")) as store:
        tag(store, make(), "precious")
        shutil.rmtree(data)
        (rescued,) = rescue(store.database)
    assert rescued.copy.parent.parent == tmp_path
    assert list(full.iterdir()) == []


def test_notes_that_can_be_copied_nowhere_are_said_and_tried_again_before(tmp_path, make, monkeypatch):
    data = tmp_path / "data"
    fill(monkeypatch, tmp_path)
    monkeypatch.setattr(rescuing, "_places", lambda _path: iter([tmp_path]))
    with closing(MarksStore(data / "marks.db")) as store:
        paper = make()
        store.set_note(paper, "precious", base_revision=0, label="note")
        store.save_draft("title:one", "typed")
        shutil.rmtree(data)
        assert rescue(store.database) == []
        (rescued,) = rescue(store.database, is_last=True)
    assert rescued.copy is None
    assert "no space left" in rescued.in_words
    assert f"{paper.id}:\nprecious" in rescued.in_words
    assert "title:one:\ntyped" in rescued.in_words
    assert [one.name for one in tmp_path.iterdir() if "rescued" in one.name] == []


def fill(monkeypatch, folder: Path) -> None:
    """Let nothing be copied into folders that are in this one."""
    real = rescuing.back_up

    def back_up(connection, destination, **how):
        if destination.parent.parent == folder:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(connection, destination, **how)

    monkeypatch.setattr(rescuing, "back_up", back_up)


def test_the_command_that_brings_marks_back_can_be_pasted(tmp_path):
    said = rescuing.Rescued(tmp_path, tmp_path / "with space" / "marks.db").in_words
    assert shlex.split(said.partition("notes: ")[2])[2] == str(tmp_path / "with space" / "marks.db")
