"""Backups: made when something changed, verified, kept for weeks, and never replaced by emptier ones."""

import json
import os
import sqlite3
import stat
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from papers_tui.index.errors import LibraryError
from papers_tui.index.store.backup import back_up, manifest_path, read_manifest
from papers_tui.index.store.backups import (
    backups_of,
    counts_in_words,
    keep,
    newest_good,
    problem_of,
    rotate,
    sweep,
)
from papers_tui.index.store.marks import MarksStore

START = datetime(2026, 1, 1, tzinfo=UTC)


def bookmark(store, papers, *, on=True):
    store.change(papers, lambda marks: replace(marks, bookmarked=on), label="bookmark")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "marks.db"


@pytest.fixture
def papers(make):
    return [make(f"Paper Number {n}", arxiv_id=f"2404.{n:05}") for n in range(20)]


def reading(file):
    return closing(sqlite3.connect(file, isolation_level=None))


def test_backups_are_made_when_due_and_thinned_out(file, marks, papers):
    with reading(file) as connection:
        assert rotate(connection, file, START) is None  # nothing is marked
        for turn, hour in enumerate(range(0, 24 * 60, 10)):
            bookmark(marks, [papers[0]], on=turn % 2 == 0)
            bookmark(marks, [papers[1]])
            rotate(connection, file, START + timedelta(hours=hour))
    kept = backups_of(file)
    assert kept[0].made >= datetime(2026, 3, 1, tzinfo=UTC)
    assert len({backup.made.date() for backup in kept[:7]}) == 7
    assert len({backup.made.isocalendar()[:2] for backup in kept}) >= 4
    assert 7 <= len(kept) <= 13
    assert all(not problem_of(backup.path) for backup in kept)


def test_no_backup_is_made_of_what_has_not_changed(file, marks, papers):
    with reading(file) as connection:
        bookmark(marks, papers)
        assert rotate(connection, file, START)
        assert rotate(connection, file, START + timedelta(days=30)) is None
        marks.save_draft(papers[0].id, "half a thought")
        assert rotate(connection, file, START + timedelta(days=30))


def test_no_fuller_backup_is_thrown_away_for_emptier_ones(file, marks, papers):
    with reading(file) as connection:
        bookmark(marks, papers)
        full = rotate(connection, file, START)
        bookmark(marks, papers[3:], on=False)
        for day in range(1, 45):
            bookmark(marks, papers[:1], on=bool(day % 2))
            rotate(connection, file, START + timedelta(days=day))
    kept = [backup.path for backup in backups_of(file)]
    assert full in kept
    assert len(kept) <= 14


def test_what_a_restore_replaced_outlives_newer_backups_of_the_same_day(file, marks, papers):
    with reading(file) as connection:
        bookmark(marks, papers)
        before = keep(connection, file, START, is_before_restore=True)
        for day in range(20):
            keep(connection, file, START + timedelta(days=day))
    assert before.path in [backup.path for backup in backups_of(file)]


def test_opening_makes_the_backup_that_is_due(file, papers):
    store = MarksStore(file)
    bookmark(store, papers)
    store.close()
    store = MarksStore(file)
    assert store.backup_problem == ""
    store.close()
    (backup,) = backups_of(file)
    assert backup.papers == 20
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in backup.path.parent.iterdir())


def test_a_window_left_open_is_backed_up_too(file, marks, papers):
    bookmark(marks, papers)
    assert marks.back_up_if_due() == ""
    assert newest_good(file).papers == 20


def test_a_backup_that_fails_says_why(file, papers):
    store = MarksStore(file)
    bookmark(store, papers)
    store.close()
    (file.parent / "backups").write_text("in the way")
    store = MarksStore(file)
    assert "backups" in store.backup_problem
    assert store.all()
    store.close()


def test_every_byte_of_a_backup_is_checked(file, marks, papers):
    bookmark(marks, papers)
    backup = marks.back_up().path
    whole = backup.read_bytes()
    assert problem_of(backup) == ""
    for place in range(0, len(whole), len(whole) // 40):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        assert problem_of(backup), f"byte {place}"


def test_the_newest_good_backup_is_found_behind_damaged_ones(file, marks, papers):
    with reading(file) as connection:
        paths = []
        for day in range(3):
            bookmark(marks, papers[day : day + 1])
            paths.append(rotate(connection, file, START + timedelta(days=day)))
    paths[2].write_bytes(b"")
    manifest_path(paths[1]).unlink()
    assert newest_good(file).path == paths[1]
    paths[1].write_bytes(paths[1].read_bytes()[:5000])
    assert newest_good(file).path == paths[0]


def test_a_copy_that_is_not_what_was_read_is_not_kept(file, marks, papers, tmp_path):
    bookmark(marks, papers)
    numbers = iter(range(2))
    with reading(file) as connection, pytest.raises(LibraryError, match="check"):
        back_up(connection, tmp_path / "copy.db", count=lambda _: {"papers": next(numbers)})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["marks.db"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"made": 1}', "\udcff", '{"counts": 5, "sha256": "x"}', "[" * 100_000]
)
def test_a_manifest_that_is_not_one_tells_nothing(tmp_path, text):
    manifest_path(tmp_path / "a.db").write_text(text, errors="surrogateescape")
    assert read_manifest(tmp_path / "a.db") is None


def test_a_manifest_says_what_is_in_the_backup(file, marks, papers, tmp_path):
    bookmark(marks, papers[:3])
    marks.set_note(papers[0], "a note", base_revision=0, label="note")
    marks.save_draft(papers[1].id, "half")
    copy = marks.back_up(tmp_path / "copy.db").path
    document = json.loads(manifest_path(copy).read_text())
    assert document["counts"] == {"papers": 3, "bookmarks": 3, "notes": 1, "tags": 0, "drafts": 1}
    assert document["size"] == copy.stat().st_size


def test_leftovers_are_swept_once_they_are_nobodys(file, marks, papers):
    bookmark(marks, papers)
    backup = marks.back_up().path
    old, new = backup.with_name("marks-x.db.1.tmp"), backup.with_name("marks-y.db.2.tmp")
    orphan = backup.with_name("marks-20250101T000000Z.db.json")
    for path in (old, new, orphan):
        path.write_text("")
    os.utime(old, (time.time() - 7200,) * 2)
    assert set(sweep(backup.parent)) == {old, orphan}
    assert new.exists()
    assert backup.exists()


def test_a_damaged_backup_of_which_nothing_was_written_down_is_told(marks, papers, tmp_path):
    bookmark(marks, papers)
    with reading(tmp_path / "marks.db") as connection:
        backup = keep(connection, tmp_path / "marks.db", START)
    manifest_path(backup.path).unlink()
    assert problem_of(backup.path) == ""
    backup.path.write_bytes(backup.path.read_bytes()[:-4096])
    assert "damaged" in problem_of(backup.path) or "cut short" in problem_of(backup.path)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "no marks"),
        ({"papers": 0, "notes": 0}, "no marks"),
        (
            {"papers": 1, "bookmarks": 1, "notes": 1, "tags": 1, "drafts": 1},
            "1 paper with marks, 1 bookmark, 1 note, 1 tag, 1 draft",
        ),
        ({"papers": 2000, "bookmarks": 0, "tags": 8}, "2,000 papers with marks, 8 tags"),
    ],
)
def test_what_a_backup_holds_is_told_in_words(counts, words):
    assert counts_in_words(counts) == words
