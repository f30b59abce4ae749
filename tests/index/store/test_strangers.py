"""A file of somebody else in the place of ours is named as what it is, and not touched in any way."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from papers_tui.index.errors import DamagedLibrary, ForeignFile
from papers_tui.index.store.backups import keep_backups, problem_of
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.index.store.restoring import plan, restore
from papers_tui.index.store.strangers import stranger

STORES = {"marks.db": MarksStore, "papers.db": Corpus}


def database(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def state(folder):
    """What every file of a folder is, and when it was changed."""
    files = {path: path.stat() for path in [folder, *folder.rglob("*")]}
    return {
        path: (found.st_mode, found.st_ino, found.st_mtime_ns, path.is_file() and path.read_bytes())
        for path, found in files.items()
    }


def told(path, away=None):
    """Open a store, which changes nothing; return what was said of the file."""
    path.chmod(0o644)
    before = state(path.parent)
    with pytest.raises(ForeignFile) as error:
        STORES[path.name](path).close()
    assert state(path.parent) == before
    assert str(path) in error.value.message
    assert "damaged" not in error.value.title
    assert f"Move {away or path} away" in error.value.remedy
    assert "--data-dir" in error.value.remedy
    return error.value


@pytest.mark.parametrize("name", STORES)
def test_a_database_of_another_program_is_named(tmp_path, name):
    path = tmp_path / name
    names = ("moz_places", "moz_\x1b[31mred", "three", "four")
    database(path, *(f'CREATE TABLE "{one}" (x)' for one in names), "PRAGMA application_id = 252006674")
    message = told(path).message
    assert "a database of another program" in message
    assert "0xf055112" in message
    assert "moz_places" in message
    assert "\x1b" not in message
    assert "four" not in message


@pytest.mark.parametrize("name", STORES)
def test_a_database_of_nobody_in_particular_is_named_by_its_tables(tmp_path, name):
    database(tmp_path / name, "CREATE TABLE bookmark (url)")
    assert "another program (with the tables bookmark)" in told(tmp_path / name).message


@pytest.mark.parametrize("name", STORES)
def test_what_another_program_was_writing_when_it_was_killed_is_left_to_it(tmp_path, name):
    path = tmp_path / name
    code = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA journal_mode = " + sys.argv[2])
c.execute("CREATE TABLE moz (x)")
c.execute("PRAGMA cache_size = 1")
c.execute("BEGIN")
c.executemany("INSERT INTO moz VALUES (?)", [("x" * 3000,)] * 50)
if sys.argv[2] == "wal":
    c.execute("COMMIT")
os._exit(0)
"""
    for mode in ("wal", "delete"):
        subprocess.run([sys.executable, "-c", code, path, mode], check=True)
        assert len(list(tmp_path.iterdir())) > 1, "nothing was left behind to be looked at"
        assert "another program" in told(path).message
        for left in tmp_path.iterdir():
            left.unlink()


@pytest.mark.parametrize("name", STORES)
@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("Ein Text, der länger ist. 論文\n\x1b[31m".encode() * 500, "a text file"),
        (b"x", "a text file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00" * 900, "no database"),
        (b"\x1f\x8b" + bytes(range(256)) * 64, "no database"),
    ],
)
def test_a_file_that_is_no_database_is_named(tmp_path, name, content, what):
    (tmp_path / name).write_bytes(content)
    assert f"is {what}" in told(tmp_path / name).message


def test_our_own_files_in_the_place_of_each_other_are_named(tmp_path):
    for name, store in STORES.items():
        store(tmp_path / name).close()
    (tmp_path / "marks.db").rename(tmp_path / "other.db")
    (tmp_path / "papers.db").rename(tmp_path / "marks.db")
    (tmp_path / "other.db").rename(tmp_path / "papers.db")
    assert "is a papers.db of papers-tui" in told(tmp_path / "marks.db").message
    assert "is a marks.db of papers-tui" in told(tmp_path / "papers.db").message


def test_an_empty_file_of_which_there_are_backups_is_named(tmp_path, make):
    path = tmp_path / "marks.db"
    with closing(MarksStore(path)) as store:
        store.change([make()], store.tag_edit(["a"], []), label="tag")
        keep_backups(store.database)
    (backup,) = (tmp_path / "backups").glob("*.db")
    path.write_bytes(b"")
    error = told(path, backup.parent)
    assert "is empty" in error.message
    assert "papers-tui restore" in error.remedy
    assert backup.name in error.remedy


def test_restoring_puts_it_aside_since_that_is_asked_for(tmp_path, make):
    path = tmp_path / "marks.db"
    with closing(MarksStore(path)) as store:
        store.change([make()], store.tag_edit(["a"], []), label="tag")
        keep_backups(store.database)
    (backup,) = (tmp_path / "backups").glob("*.db")
    path.write_text("my thesis")
    assert "a text file" in plan(path, backup).problem
    done = restore(path, backup)
    assert done.aside.read_text() == "my thesis"
    assert done.aside.name.startswith("marks.db.aside-")
    with closing(MarksStore(path)) as store:
        assert store.tags() == {"a": 1}


def test_a_backup_that_is_none_is_named(tmp_path):
    path = tmp_path / "marks-20260102T030405Z.db"
    database(path, "CREATE TABLE moz (x)", "PRAGMA journal_mode = wal")
    before = state(tmp_path)
    assert "another program" in problem_of(path)
    assert state(tmp_path) == before


@pytest.mark.parametrize("lost", ["the application id", "the first page", "all but the beginning"])
def test_a_damaged_file_of_ours_is_not_taken_for_a_strangers(tmp_path, make, lost):
    path = tmp_path / "marks.db"
    with closing(MarksStore(path)) as store:
        store.change([make()], store.tag_edit(["a"], []), label="tag")
    content = path.read_bytes()
    if lost == "the application id":
        path.write_bytes(content[:68] + b"\x12\x34\x56\x78" + content[72:])
    elif lost == "the first page":
        path.write_bytes(os.urandom(4096) + content[4096:])
    else:
        path.write_bytes(content[:5000])
    with pytest.raises(DamagedLibrary) as error:
        MarksStore(path)
    assert not isinstance(error.value, ForeignFile)
    assert "damaged" in error.value.title


def test_looking_at_a_file_lets_go_of_no_lock_that_this_program_has_on_it(tmp_path):
    path = tmp_path / "marks.db"
    MarksStore(path).close()
    write = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as error:
    print(error)
"""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert stranger(path, MARKS.application_id) == ""
        done = subprocess.run([sys.executable, "-c", write, path], capture_output=True, text=True, check=True)
    assert "locked" in done.stdout
