"""A file that another program replaces, upgrades or takes away while it is open."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from papers_tui.index.errors import ForeignFile, LibraryError, ReadOnlyLibrary
from papers_tui.index.paper import Paper
from papers_tui.index.store import opened_file
from papers_tui.index.store.database import Database
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.index.store.opening import Schema
from papers_tui.index.store.sessions import FOLDER, is_running

NAMED = "INSERT OR REPLACE INTO setting VALUES (?, 'yes')"


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


@pytest.fixture
def database(path):
    with closing(Database(path, MARKS)) as opened:
        yield opened


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM setting")]


def tag(store: MarksStore, paper, name: str) -> None:
    store.change([paper], store.tag_edit([name], []), label="tag")


def upgrade(path: Path) -> bytes:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("ALTER TABLE mark RENAME COLUMN note TO notes")
        connection.execute("PRAGMA user_version = 99")
    return path.read_bytes()


@pytest.mark.parametrize("how", ["replaced", "moved away"])
def test_a_change_to_a_file_that_is_taken_away_meanwhile_is_not_acknowledged(database, path, other, how):
    def change() -> None:
        with database.writing() as connection:
            connection.execute(NAMED, ("lost",))
            path.rename(path.with_name("old.db"))
            if how == "replaced":
                other.rename(path)

    with pytest.raises(LibraryError, match=how):
        change()
    assert names(path.with_name("old.db")) == []
    if how == "moved away":
        path.with_name("old.db").rename(path)
    with database.writing() as connection:
        connection.execute(NAMED, ("kept",))
    assert names(path) == ["kept"]


def test_a_change_that_waited_while_the_file_was_replaced_goes_to_the_new_one(database, path, other):
    def replace(statement: str) -> None:
        if statement == "BEGIN IMMEDIATE" and other.exists():
            path.rename(path.with_name("old.db"))
            other.rename(path)

    with database.reading() as connection:
        connection.set_trace_callback(replace)
    with database.writing() as connection:
        connection.execute(NAMED, ("kept",))
    assert (names(path), names(path.with_name("old.db"))) == (["kept"], [])
    assert database.replacements == 1


@pytest.mark.parametrize("content", [b"", b"precious words", "another program"])
def test_what_is_none_of_ours_is_refused_each_time_until_ours_is_back(database, path, content):
    path.rename(path.with_name("old.db"))
    if content == "another program":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE setting (name, value)")
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    for _ in range(3):
        with pytest.raises(ForeignFile), database.writing() as connection:
            connection.execute(NAMED, ("lost",))
        with pytest.raises(ForeignFile):
            database.look()
    assert path.read_bytes() == before
    path.with_name("old.db").replace(path)
    with database.writing() as connection:
        connection.execute(NAMED, ("kept",))
    assert names(path) == ["kept"]


def test_another_file_that_is_written_over_ours_is_looked_at_first(database, path, other):
    with database.reading() as connection:
        connection.execute("SELECT * FROM setting").fetchall()
    stranger = path.with_name("stranger.db")
    with closing(sqlite3.connect(stranger)) as connection:
        connection.execute("CREATE TABLE setting (name, value)")
        connection.execute("PRAGMA user_version = 6")
    shutil.copyfile(stranger, path)
    with pytest.raises(ForeignFile), database.writing() as connection:
        connection.execute(NAMED, ("lost",))
    assert path.read_bytes() == stranger.read_bytes()
    shutil.copyfile(other, path)
    with database.writing() as connection:
        connection.execute(NAMED, ("kept",))
    assert names(path) == ["kept"]


def test_the_journal_of_a_change_to_the_former_file_is_not_played_back_into_the_new_one(
    database, path, other, monkeypatch
):
    journal = path.with_name("marks.db-journal")
    content: list[bytes] = []
    with database.writing() as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("PRAGMA cache_spill = 1")
        connection.executemany(NAMED, [(f"{turn}" + "words " * 500,) for turn in range(20)])
        content.append(journal.read_bytes())
    with closing(Database(other, MARKS)) as there, there.writing() as connection:
        connection.execute(NAMED, ("there",))
    before = other.read_bytes()
    path.rename(path.with_name("old.db"))
    other.rename(path)
    journal.write_bytes(content[0])
    monkeypatch.setattr(opened_file.time, "sleep", lambda _: journal.unlink())  # the change has ended
    database.look()
    assert path.read_bytes() == before
    assert names(path) == ["there"]


def test_a_file_of_an_older_version_in_its_place_is_upgraded_after_a_backup(path):
    older = Schema(MARKS.application_id, MARKS.migrations[:-1])
    Database(path.with_name("older.db"), older).close()
    with closing(Database(path, MARKS)) as database:
        path.with_name("older.db").replace(path)
        with database.writing() as connection:
            connection.execute(NAMED, ("kept",))
        assert database.version == MARKS.version
    assert path.with_name(f"marks.db.v{older.version}.bak").exists()


def test_a_file_that_a_newer_program_upgraded_is_only_read_from_then_on(path, make):
    with closing(MarksStore(path)) as store:
        tag(store, make(), "before")
        assert not store.is_read_only
        before = upgrade(path)
        for _ in range(2):
            with pytest.raises(ReadOnlyLibrary, match="newer papers-tui upgraded") as told:
                tag(store, make(), "lost")
            assert "Quit and start" in told.value.remedy
        assert store.is_read_only
        assert store.tags() == {"before": 1}
        with pytest.raises(LibraryError, match="newer papers-tui upgraded"):
            store.get(make().id)
    assert path.read_bytes() == before


def test_an_upgrade_is_noticed_before_anything_is_written(path):
    with closing(MarksStore(path)) as store:
        upgrade(path)
        with pytest.raises(LibraryError, match="newer papers-tui upgraded"):
            store.all()
        store.look()
        assert "newer papers-tui" in store.why_read_only


def test_a_library_that_can_be_written_again_is(path, make, monkeypatch):
    MarksStore(path).close()
    real = os.access
    monkeypatch.setattr(os, "access", lambda place, *rest, **kind: False)
    with closing(MarksStore(path)) as store:
        assert store.is_read_only
        monkeypatch.setattr(os, "access", real)
        store.look()
        assert (store.is_read_only, store.replacements) == (False, 0)
        tag(store, make(), "kept")
        assert store.tags() == {"kept": 1}


def test_marks_of_another_computer_with_as_many_changes_are_seen_as_others(path, make):
    with closing(MarksStore(path)) as store:
        tag(store, make(), "both")
    there = path.with_name("there.db")
    shutil.copyfile(path, there)
    with closing(MarksStore(there)) as store:
        tag(store, make(), "there")
    with closing(MarksStore(path)) as store:
        tag(store, make(), "here")
        version = store.version()
        there.replace(path)
        assert store.version() != version


@pytest.mark.parametrize("what", ["a note", "a draft of one"])
def test_a_note_is_not_taken_for_one_of_the_same_number_in_another_file(path, make, what):
    paper, there = make(), path.with_name("there.db")
    for file, text in ((path, "here"), (there, "there")):
        with closing(MarksStore(file)) as store:
            store.set_note(paper, text, base_revision=0, label="note")
    with closing(MarksStore(path)) as store:
        read = store.get(paper.id)
        there.replace(path)
        typed = {"base_revision": read.note_revision, "base_note": read.note}
        if what == "a draft of one":
            store.save_draft(paper.id, "here, and on", **typed)
            left = store.unfinished(paper.id)
            typed = {"base_revision": left.base}
        change = store.set_note(paper, "here, and on", **typed, label="note")
        note = store.get(paper.id).note
    assert change.conflict
    assert "there" in note
    assert "here, and on" in note


def test_a_session_is_known_in_the_directory_that_is_there_now(tmp_path):
    data = tmp_path / "data"
    with closing(MarksStore(data / "marks.db")) as store:
        store.save_draft("title:one", "typed")
        data.rename(tmp_path / "away")
        shutil.copytree(tmp_path / "away", data)
        shutil.rmtree(data / FOLDER)
        store.save_draft("title:one", "typed on")
        assert is_running(data / FOLDER, store.session)
        with closing(MarksStore(data / "marks.db")) as there:
            assert there.unfinished("title:one") is None


def test_what_an_earlier_file_tells_of_its_version_says_nothing_of_the_one_that_is_there_now(
    database, path, other
):
    with database._using() as (connection, opened):
        connection.execute("PRAGMA user_version = 99")
        path.rename(path.with_name("old.db"))
        other.rename(path)
        database.look()
        assert database._is_upgraded(connection, opened)
    assert not database.is_read_only
    with database.writing() as connection:
        connection.execute(NAMED, ("kept",))
    assert names(path) == ["kept"]


def noted(path: Path, there: Path, make) -> tuple[list[Paper], MarksStore]:
    """Write other notes of the same length into a library and a copy of it; return it as it is open."""
    papers = [make(arxiv_id=f"2401.0007{number}") for number in range(3)]
    with closing(MarksStore(path)) as store:
        for paper in papers:
            store.set_note(paper, "note both", base_revision=0, label="note")
    shutil.copyfile(path, there)
    opened = MarksStore(path)
    with closing(MarksStore(there)) as other:
        for store, words in ((opened, "note here"), (other, "note away")):
            for paper in papers:
                store.set_note(paper, words, base_revision=1, label="note")
    return papers, opened


@pytest.mark.parametrize("when", ["before a change", "while it waits"])
def test_a_copy_with_as_many_changes_that_is_written_over_ours_in_place_is_read_anew(path, make, when):
    there = path.with_name("there.db")
    papers, store = noted(path, there, make)

    def overwrite(statement: str) -> None:
        if statement == "BEGIN IMMEDIATE" and there.exists():
            shutil.copyfile(there, path)
            there.unlink()

    with closing(store):
        store.look()
        assert store.get(papers[0].id).note == "note here"
        if when == "before a change":
            overwrite("BEGIN IMMEDIATE")
            assert [store.get(paper.id).note for paper in papers] == ["note away"] * 3
        else:
            with store.database.reading() as connection:
                connection.set_trace_callback(overwrite)
        tag(store, papers[0], "kept")
    with closing(MarksStore(path)) as store:
        assert [store.get(paper.id).note for paper in papers] == ["note away"] * 3
        assert store.tags() == {"kept": 1}
