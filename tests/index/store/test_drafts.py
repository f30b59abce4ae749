"""Unfinished notes: each session has its own, and what a session leaves behind is found by the next."""

import errno
import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from papers_tui.index.store import restoring, salvaging
from papers_tui.index.store.database import Database
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.marks_schema import MARKS

ONE, TWO = "arxiv:1", "arxiv:2"
BEFORE_SESSIONS = 4

TYPIST = """
import sys
from pathlib import Path
from papers_tui.index.store.marks import MarksStore
store = MarksStore(Path(sys.argv[1]))
store.save_draft(sys.argv[2], sys.argv[3])
print("stored", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks.db"


@pytest.fixture
def window(path):
    """Open the marks as a window would; those that are left open are closed at the end."""
    opened = []

    def another():
        opened.append(MarksStore(path))
        return opened[-1]

    yield another
    for store in opened:
        store.close()


@contextmanager
def typing_elsewhere(path, paper_id, text):
    """A program of its own that has stored a draft, and runs."""
    argv = [sys.executable, "-c", TYPIST, str(path), paper_id, text]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout.readline() == b"stored\n"
        try:
            yield program
        finally:
            program.kill()


def leave(path, paper_id, text, **settings):
    with closing(MarksStore(path)) as store:
        store.save_draft(paper_id, text, **settings)


def test_two_windows_that_type_on_one_paper_keep_both_texts(window):
    here, there = window(), window()
    here.save_draft(ONE, "typed here")
    there.save_draft(ONE, "typed there")
    here.save_draft(ONE, "typed here, and more")
    assert (here.draft(ONE), there.draft(ONE)) == ("typed here, and more", "typed there")
    here.drop_draft(ONE)
    assert (here.draft(ONE), there.draft(ONE)) == (None, "typed there")


def test_what_is_being_typed_in_another_program_is_not_offered(path, window):
    with typing_elsewhere(path, ONE, "being typed") as program:
        store = window()
        assert store.draft(ONE) is None
        assert store.left_unfinished() == []
        assert store.drafted() == [ONE]
        program.send_signal(signal.SIGKILL)
        program.wait()
        assert store.draft(ONE) == "being typed"
        assert store.left_unfinished() == [ONE]


def test_a_file_of_a_session_that_nobody_holds_is_no_sign_of_life(path, window):
    """After a power cut, or where another program has the number of the process by now."""
    leave(path, ONE, "typed before the power cut")
    with closing(sqlite3.connect(path)) as connection:
        [(session,)] = connection.execute("SELECT session FROM draft").fetchall()
    (path.parent / "sessions" / session).write_text(str(os.getpid()))
    store = window()
    assert store.draft(ONE) == "typed before the power cut"
    store.save_draft(TWO, "another")
    assert not (path.parent / "sessions" / session).exists()


def test_all_that_ended_sessions_left_is_offered_at_once(path, window):
    leave(path, ONE, "in the first", base_revision=4)
    leave(path, ONE, "in the second", base_revision=2)
    leave(path, TWO, "elsewhere")
    store = window()
    left = store.unfinished(ONE)
    first, between, second = left.text.split("\n\n")
    assert {first, second} == {"in the first", "in the second"}
    assert between.startswith("---- ")
    assert left.base == 2
    store.save_draft(ONE, "both, worked on", base_revision=left.base, over=left)
    store.close()
    assert window().draft(ONE) == "both, worked on"


def test_a_draft_that_is_dropped_takes_what_it_began_with_along(path, window):
    leave(path, ONE, "left")
    store = window()
    left = store.unfinished(ONE)
    store.save_draft(ONE, "left, and more", over=left)
    store.drop_draft(ONE, over=left)
    assert store.drafted() == []


def test_a_draft_that_was_left_since_stays(path, window):
    store = window()
    leave(path, ONE, "left since")
    store.save_draft(ONE, "typed")
    store.drop_draft(ONE)
    assert store.draft(ONE) == "left since"


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_where_files_cannot_be_locked_nothing_is_lost(window, monkeypatch, code):
    def refuse(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)
    here, there = window(), window()
    here.save_draft(ONE, "typed here")
    left = there.unfinished(ONE)
    assert left.text == "typed here"
    here.save_draft(ONE, "typed here, and on")
    there.save_draft(ONE, "typed there", over=left)
    here.close()
    there.close()
    offered = window().draft(ONE)
    assert "typed here, and on" in offered
    assert "typed there" in offered


def test_a_draft_is_stored_though_its_session_cannot_be_told(path, window):
    (path.parent / "sessions").write_text("in the way")
    window().save_draft(ONE, "typed")
    assert window().draft(ONE) == "typed"


def test_the_name_of_a_session_from_elsewhere_leads_nowhere(path, window):
    leave(path, ONE, "typed")
    victim = path.parent / "victim"
    victim.touch()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE draft SET session = '../victim'")
        connection.commit()
    with victim.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert window().draft(ONE) == "typed"


def test_the_folder_of_sessions_is_the_users_alone(path, window):
    window().save_draft(ONE, "typed")
    folder = path.parent / "sessions"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [file.stat().st_mode & 0o777 for file in folder.iterdir()] == [0o600]


# Files of versions that knew one draft of a paper


@pytest.fixture
def former(path):
    old = replace(MARKS, migrations=MARKS.migrations[:BEFORE_SESSIONS], probes=())
    with closing(Database(path, old)) as database, database.writing() as connection:
        connection.execute(
            "INSERT INTO draft VALUES (?, 'half a thought', '2026-01-01T00:00:00Z', 3)", (ONE,)
        )
    return path


def test_drafts_of_an_older_version_are_kept(former, window):
    left = window().unfinished(ONE)
    assert (left.text, left.base) == ("half a thought", 3)
    with closing(sqlite3.connect(former.with_name("marks.db.v4.bak"))) as backup:
        assert backup.execute("SELECT id, text FROM draft").fetchall() == [(ONE, "half a thought")]
        assert backup.execute("PRAGMA user_version").fetchone() == (BEFORE_SESSIONS,)


def test_windows_that_open_an_older_file_at_once_upgrade_it_once(former):
    code = "import sys; from pathlib import Path; from papers_tui.index.store.marks import MarksStore\n"
    code += f"sys.stdin.readline(); print(MarksStore(Path(sys.argv[1])).draft({ONE!r}))"
    argv = [sys.executable, "-c", code, str(former)]
    programs = [
        subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for program in programs:
        program.stdin.write("go\n")
        program.stdin.flush()
    assert [program.communicate()[0] for program in programs] == ["half a thought\n"] * 4
    with closing(sqlite3.connect(former)) as connection:
        assert connection.execute("SELECT count(*) FROM draft").fetchone() == (1,)


# What becomes of a file


def test_a_backup_has_the_drafts_of_all_and_a_restore_keeps_those_of_now(path, window, tmp_path):
    here, there = window(), window()
    here.save_draft(ONE, "here")
    there.save_draft(ONE, "there")
    backup = tmp_path / "backup.db"
    here.back_up(backup)
    there.drop_draft(ONE)
    here.save_draft(ONE, "here, and more")
    restoring.restore(path, backup)
    assert (here.draft(ONE), there.draft(ONE)) == ("here, and more", "there")


@pytest.mark.parametrize("version", [BEFORE_SESSIONS, MARKS.version])
def test_drafts_are_saved_from_a_damaged_file(tmp_path: Path, make, version):
    path = tmp_path / "marks.db"
    old = replace(MARKS, migrations=MARKS.migrations[:version], probes=())
    with closing(Database(path, old)) as database, database.writing() as connection:
        snapshot = '{"i":"arxiv:1","t":"A paper"}'
        row = (ONE, "a note", snapshot)
        connection.execute(
            "INSERT INTO mark (id, bookmarked, note, note_revision, status, snapshot)"
            " VALUES (?, 1, ?, 1, 'read', ?)",
            row,
        )
        columns = "id, text, saved, base" if version == BEFORE_SESSIONS else "id, session, text, saved, base"
        sessions = [()] if version == BEFORE_SESSIONS else [("a" * 16,), ("b" * 16,)]
        for number, session in enumerate(sessions):
            values = (ONE, *session, f"thought {number}", "2026-01-01T00:00:00Z", 1)
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO draft ({columns}) VALUES ({marks})", values)
    page = 4096
    path.write_bytes(b"\0" * page + path.read_bytes()[page:])
    salvaging.salvage(path)
    with closing(MarksStore(path)) as store:
        assert store.get(ONE).note == "a note"
        assert all(f"thought {number}" in store.draft(ONE) for number in range(len(sessions)))
