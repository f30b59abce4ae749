"""Opening: files are made private, and what is not ours, newer or damaged is left exactly as it was."""

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from papers_tui.index.errors import DamagedLibrary, LibraryError, NewerLibrary, ReadOnlyLibrary
from papers_tui.index.store.database import Database
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.index.store.opening import Schema

ONE = "CREATE TABLE one (text TEXT NOT NULL) STRICT"
TWO = "CREATE TABLE two (text TEXT NOT NULL) STRICT"
OLD = Schema(7, ((ONE,),), ("SELECT text FROM one",))
NEW = Schema(7, ((ONE,), (TWO,)), ("SELECT text FROM one", "SELECT text FROM two"))


def alter(path: Path, *statements: str) -> bytes:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path.read_bytes()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of version 1 with something in it."""
    path = tmp_path / "some.db"
    database = Database(path, OLD)
    with database.writing() as connection:
        connection.execute("INSERT INTO one VALUES ('precious')")
    database.close()
    return path


def test_files_are_private_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        MarksStore(tmp_path / "a" / "data" / "marks.db").close()
    finally:
        os.umask(before)
    folder = tmp_path / "a" / "data"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "marks.db").stat().st_mode) == 0o600
    assert [file.name for file in folder.iterdir()] == ["marks.db"]


@pytest.mark.parametrize(
    "content",
    [
        b"x" * 5000,
        b"x",
        b"SQLite format 3\0" + bytes(84),
        bytes(4096),
        "SQLite format 3\0".encode("utf-16") * 200,
        b"SQLite format 3\0" + b"\xff" * 8192,
    ],
    ids=["text", "a byte", "a bare header", "zeros", "UTF-16", "a broken header"],
)
def test_a_file_of_something_else_is_refused_and_untouched(tmp_path, content):
    path = tmp_path / "marks.db"
    path.write_bytes(content)
    with pytest.raises(DamagedLibrary) as told:
        MarksStore(path)
    assert str(path) in told.value.message
    assert told.value.remedy
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_of_another_program_is_refused_and_untouched(tmp_path):
    path = tmp_path / "marks.db"
    before = alter(path, "CREATE TABLE bookmarks (url)", "PRAGMA user_version = 1")
    with pytest.raises(DamagedLibrary, match="other program"):
        MarksStore(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("how", ["cut", "trashed", "lacking"])
def test_a_damaged_file_is_refused_and_untouched(tmp_path, make, how):
    path = tmp_path / "marks.db"
    marks = MarksStore(path)
    marks.set_note(make(), "words " * 5000, base_revision=0, label="note")
    marks.close()
    content = path.read_bytes()
    if how == "cut":
        path.write_bytes(content[: len(content) // 8192 * 4096])
    elif how == "trashed":
        path.write_bytes(content[:8192] + b"\xa5" * 4096 + content[12288:])
    else:
        alter(path, "DROP TABLE draft")
    before = path.read_bytes()
    with pytest.raises(DamagedLibrary, match="damaged") as told:
        MarksStore(path)
    assert "marks.db" in told.value.message
    assert path.read_bytes() == before


def test_damage_met_later_names_the_file(tmp_path, make):
    path = tmp_path / "marks.db"
    marks = MarksStore(path)
    marks.change([make()], marks.tag_edit(["a"], []), label="tag")
    alter(path, "UPDATE mark SET snapshot = '{broken'")
    with pytest.raises(DamagedLibrary, match=r"marks\.db"):
        marks.snapshots()
    assert marks.tags() == {"a": 1}
    marks.close()


def test_a_newer_file_can_be_read_and_stays_byte_for_byte(tmp_path, make):
    path = tmp_path / "marks.db"
    marks = MarksStore(path)
    marks.set_note(make(), "precious", base_revision=0, label="note")
    marks.close()
    before = alter(path, "ALTER TABLE mark ADD COLUMN colour TEXT", "PRAGMA user_version = 99")
    marks = MarksStore(path)
    assert marks.get(make().id).note == "precious"
    assert marks.is_read_only
    assert "99" in marks.why_read_only
    with pytest.raises(ReadOnlyLibrary, match="99"):
        marks.undo()
    marks.close()
    assert path.read_bytes() == before


def test_a_file_too_new_to_be_read_is_refused_and_untouched(tmp_path):
    path = tmp_path / "marks.db"
    MarksStore(path).close()
    before = alter(path, "ALTER TABLE mark RENAME COLUMN note TO notes", "PRAGMA user_version = 99")
    with pytest.raises(NewerLibrary) as told:
        MarksStore(path)
    assert "newest papers-tui" in told.value.remedy
    assert path.read_bytes() == before


def test_an_upgrade_keeps_what_is_there_and_a_backup_of_it(old):
    database = Database(old, NEW)
    with database.reading() as connection:
        assert connection.execute("SELECT text FROM one").fetchall() == [("precious",)]
        assert connection.execute("SELECT text FROM two").fetchall() == []
    database.close()
    backup = old.with_name("some.db.v1.bak")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT text FROM one").fetchall() == [("precious",)]
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_an_upgrade_brings_back_the_journal_that_another_program_changed(old):
    alter(old, "PRAGMA journal_mode = WAL")
    Database(old, NEW).close()
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("SELECT text FROM one").fetchall() == [("precious",)]


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(old):
    broken = Schema(7, ((ONE,), (TWO, "CREATE NONSENSE")))
    with pytest.raises(LibraryError):
        Database(old, broken)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("one",)]
    database = Database(old, OLD)
    with database.reading() as connection:
        assert connection.execute("SELECT text FROM one").fetchall() == [("precious",)]
    database.close()


def test_a_second_window_that_upgraded_first_is_no_harm(old):
    first, second = Database(old, NEW), Database(old, NEW)
    for database in (first, second):
        with database.writing() as connection:
            connection.execute("INSERT INTO two VALUES ('new')")
    with first.reading() as connection:
        assert connection.execute("SELECT count(*) FROM two").fetchone() == (2,)
    first.close()
    second.close()


def test_what_is_in_the_way_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match="not a folder"):
        MarksStore(tmp_path / "file" / "marks.db")
    (tmp_path / "marks.db").mkdir()
    with pytest.raises(LibraryError, match="not a file"):
        MarksStore(tmp_path / "marks.db")


def test_a_link_to_nowhere_is_not_followed(tmp_path):
    (tmp_path / "marks.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(LibraryError):
        MarksStore(tmp_path / "marks.db")
    assert not (tmp_path / "elsewhere.db").exists()


def test_odd_names_of_folders_are_no_trouble(tmp_path, make):
    path = tmp_path / "50% of ?mode=ro#1 ü\n" / "marks.db"
    marks = MarksStore(path)
    marks.change([make()], marks.tag_edit(["a"], []), label="tag")
    marks.close()
    assert path.exists()


def test_a_file_put_in_the_place_of_ours_is_seen(tmp_path, make):
    one, other = MarksStore(tmp_path / "marks.db"), MarksStore(tmp_path / "restored.db")
    other.change([make()], other.tag_edit(["restored"], []), label="tag")
    other.close()
    before = one.version()
    (tmp_path / "restored.db").replace(tmp_path / "marks.db")
    assert one.tags() == {"restored": 1}
    assert one.version() != before
    one.change([make()], one.tag_edit(["new"], []), label="tag")
    one.close()
    again = MarksStore(tmp_path / "marks.db")
    assert again.tags() == {"new": 1, "restored": 1}
    again.close()


def test_what_was_read_from_a_replaced_file_is_not_written_to_it(tmp_path, make):
    path = tmp_path / "marks.db"
    other = MarksStore(tmp_path / "restored.db")
    other.close()
    database = Database(path, MARKS)
    with database.reading():
        (tmp_path / "restored.db").replace(path)
        with database.reading():
            pass
    for _ in range(2):
        with database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO setting VALUES ('name', 'value')")
    database.close()
    again = MarksStore(path)
    assert again.setting("name") == "value"
    again.close()


def test_a_file_that_was_moved_away_is_told_and_not_made_anew(tmp_path, make):
    marks = MarksStore(tmp_path / "marks.db")
    (tmp_path / "marks.db").rename(tmp_path / "away.db")
    with pytest.raises(LibraryError, match="moved away"):
        marks.change([make()], marks.tag_edit(["a"], []), label="tag")
    assert not (tmp_path / "marks.db").exists()
    marks.close()


def test_a_closed_store_says_so(tmp_path):
    marks = MarksStore(tmp_path / "marks.db")
    marks.close()
    marks.close()
    with pytest.raises(LibraryError, match="closed"):
        marks.all()


@pytest.fixture
def interrupted(old) -> Path:
    """A file that a program was writing when it was killed."""
    copy = old.with_name("copy.db")

    def keep(statement: str) -> None:
        if statement == "COMMIT":
            for path in old.parent.glob("some.db*"):
                shutil.copyfile(path, path.with_name(path.name.replace("some", "copy")))

    with closing(Database(old, OLD)) as database, database.writing() as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("PRAGMA cache_spill = 1")
        connection.set_trace_callback(keep)
        connection.executemany("INSERT INTO one VALUES (?)", [("unfinished " * 300,)] * 30)
    assert copy.with_name("copy.db-journal").stat().st_size > 512
    return copy


def test_what_was_not_finished_is_undone_also_where_a_file_is_only_looked_at(interrupted):
    with closing(Database(interrupted, OLD, is_only_read=True)) as database:
        assert database.version == 1
        with database.reading() as connection:
            assert connection.execute("SELECT text FROM one").fetchall() == [("precious",)]
        with pytest.raises(ReadOnlyLibrary), database.writing():
            pass


def test_looking_at_a_file_of_an_older_version_leaves_it_one(old):
    before = old.read_bytes()
    with closing(Database(old, NEW, is_only_read=True)) as database:
        assert (database.version, database.is_read_only) == (1, True)
        with database.reading() as connection:
            assert connection.execute("SELECT text FROM one").fetchall() == [("precious",)]
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_looking_at_nothing_makes_nothing(tmp_path):
    with closing(Database(tmp_path / "data" / "some.db", OLD, is_only_read=True)) as database:
        assert (database.version, database.is_in_memory) == (0, True)
    assert list(tmp_path.iterdir()) == []
