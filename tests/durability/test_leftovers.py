"""What killed programs leave behind goes away before it fills the disk; what others still use stays."""

import os
import signal
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from durable_library import ADDED, ONE, papers, silent
from durable_programs import start

from papers_tui.index.library import Library
from papers_tui.index.store.backups import keep
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.temporary_cache import TemporaryCache


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    tempfile.tempdir = None


def test_the_index_of_a_killed_run_that_could_not_keep_it_goes_with_the_next(tmp_path, temporary):
    code = """
from papers_tui.index.temporary_cache import TemporaryCache
kept = TemporaryCache()
(kept.path / "index").mkdir()
(kept.path / "index" / "large").write_bytes(bytes(100_000))
say("made")
sys.stdin.read()
"""
    killed, alive = start(code, tmp_path), start(code, tmp_path)
    for program in (killed, alive):
        assert program.stdout.readline() == "made\n"
    assert len(list(temporary.iterdir())) == 2
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    with closing(TemporaryCache()) as own:
        left = set(temporary.iterdir())
        assert len(left) == 2
        assert own.path in left
    (of_the_living,) = temporary.iterdir()
    assert (of_the_living / "index" / "large").exists()
    alive.kill()
    alive.communicate()


def test_a_library_whose_cache_cannot_be_written_leaves_nothing_behind(tmp_path, temporary):
    with closing(Corpus(tmp_path / "data" / "papers.db")) as corpus:
        corpus.put([ONE, *papers(0, 9)], added=ADDED)
    (tmp_path / "file").touch()
    with Library.open(tmp_path / "data", tmp_path / "file" / "cache") as library:
        library.update_index(silent)
        assert library.search("number").total == 9
        assert len(list(temporary.iterdir())) == 1
    assert list(temporary.iterdir()) == []


def test_unfinished_copies_are_swept_once_they_are_nobodys(tmp_path):
    path = tmp_path / "data" / "marks.db"
    MarksStore(path).close()
    old, new = (path.with_name(f"marks.db.v1.bak.{number}.tmp") for number in (1, 2))
    for leftover in (old, new):
        leftover.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    MarksStore(path).close()
    assert (old.exists(), new.exists()) == (False, True)


def test_a_backup_is_kept_though_the_clock_was_put_back(tmp_path):
    path = tmp_path / "marks.db"
    now = datetime(2026, 5, 1, tzinfo=UTC)
    with closing(MarksStore(path)) as store:
        for day in (*range(100, 0, -1), -50):
            store.change([ONE], lambda marks, day=day: replace(marks, note=str(day)), label="note")
            with store._database.reading() as connection:
                made = keep(connection, path, now + timedelta(days=day))
            assert made.path.exists(), f"thrown away as soon as it was made, on day {day}"


def test_what_only_looks_like_ours_is_left_to_its_owner(tmp_path):
    path = tmp_path / "data" / "marks.db"
    with closing(MarksStore(path)) as store:
        store.change([ONE], lambda marks: replace(marks, note="kept"), label="note")
    backups = tmp_path / "data" / "backups"
    theirs = [path.with_name("thesis.bak.tmp"), path.with_name("notes.tmp"), backups / "mine.tmp"]
    ours = [
        path.with_name("papers.db.v1.bak.12.tmp"),
        path.with_name("papers.db.v1.bak.json.12.tmp"),
        backups / "marks-20260102T030405Z.db.12.tmp",
        backups / "marks-20260102T030405Z-before-restore.db.12.tmp-journal",
        backups / "marks-20260102T030405Z.db.json.12.tmp",
    ]
    for leftover in (*theirs, *ours):
        leftover.parent.mkdir(exist_ok=True)
        leftover.write_bytes(b"half")
        os.utime(leftover, (time.time() - 7200,) * 2)
    MarksStore(path).close()
    assert all(one.exists() for one in theirs)
    assert not any(one.exists() for one in ours)
