"""Upgrading, backing up and restoring marks, in steps that are acknowledged one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from durable_library import data, papers

from papers_tui.index.errors import DamagedLibrary
from papers_tui.index.store import restoring
from papers_tui.index.store.backups import backups_of, keep, problem_of, read_counts
from papers_tui.index.store.database import Database
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.marks_schema import MARKS

# Migrations


def make_old(folder: Path, version: int = 1) -> None:
    old = replace(MARKS, migrations=MARKS.migrations[:version], probes=())
    database = Database(data(folder) / "marks.db", old)
    with database.writing() as connection:
        for paper in papers(0, 40):
            row = (paper.id, f"note of {paper.id}", f'{{"i":"{paper.id}","t":"{paper.title}"}}')
            connection.execute(
                "INSERT INTO mark (id, bookmarked, note, note_revision, status, rating, snapshot)"
                " VALUES (?, 1, ?, 1, 'read', 5, ?)",
                row,
            )
            connection.execute("INSERT INTO tag VALUES ('old', ?)", (paper.id,))
    database.close()


def migrate(folder: Path) -> Iterator[None]:
    MarksStore(data(folder) / "marks.db").close()
    yield


def migrated_state(folder: Path) -> object:
    path = data(folder) / "marks.db"
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        assert version in {1, MARKS.version}
    with closing(MarksStore(path)) as store:
        marks = store.all()
    backup = path.with_name("marks.db.v1.bak")
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM mark").fetchone() == (40,)
    return marks


# Backups


def make_marks(folder: Path) -> None:
    with closing(MarksStore(data(folder) / "marks.db")) as store:
        store.change(papers(0, 20), store.tag_edit(["first"], []), label="tag")


def back_up(folder: Path) -> Iterator[None]:
    path = data(folder) / "marks.db"
    store = MarksStore(path)
    yield
    for turn in range(1, 4):
        some = papers(20 * turn, 20 * turn + 20)
        store.change(some, store.tag_edit(["more"], []), label="tag")
        yield
        with store._database.reading() as connection:
            keep(connection, path, datetime.now(UTC) + timedelta(hours=13 * turn))
        yield
    store.close()


def backups_state(folder: Path) -> object:
    """Return how many papers are marked, and how many of them are in some backup."""
    path = data(folder) / "marks.db"
    kept = backups_of(path)
    for backup in kept:
        assert problem_of(backup.path) == ""
    with closing(MarksStore(path)) as store:
        return len(store.all()), max((read_counts(backup.path)["papers"] for backup in kept), default=0)


def make_backup(folder: Path) -> None:
    make_marks(folder)
    with closing(MarksStore(data(folder) / "marks.db")) as store:
        store.back_up()
        store.change(papers(10, 30), store.tag_edit(["later"], []), label="tag")


def make_damaged(folder: Path) -> None:
    make_backup(folder)
    path = data(folder) / "marks.db"
    path.write_bytes(path.read_bytes()[:9000])


def restore(folder: Path) -> Iterator[None]:
    path = data(folder) / "marks.db"
    restoring.restore(path, next(one.path for one in backups_of(path) if not one.is_before_restore))
    yield


def restored_state(folder: Path) -> object:
    path = data(folder) / "marks.db"
    for backup in backups_of(path):
        assert problem_of(backup.path) == ""
        assert read_counts(backup.path)["papers"] == (30 if backup.is_before_restore else 20)
    try:
        with closing(MarksStore(path)) as store:
            return {paper_id: one.tags for paper_id, one in store.all().items()}
    except DamagedLibrary:
        return "damaged"
