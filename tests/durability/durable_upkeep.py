"""Upgrading, backing up and restoring, in steps that are acknowledged one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from durable_library import ADDED, data, papers

from papers_tui.index.errors import DamagedLibrary
from papers_tui.index.paper import Marks, Paper
from papers_tui.index.store import restoring
from papers_tui.index.store.backups import backups_of, keep, problem_of, read_counts
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.corpus_schema import CORPUS
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
        draft = (paper.id, "typed and not saved", "2026-01-02T03:04:05Z")
        connection.execute("INSERT INTO draft (id, text, saved, base) VALUES (?, ?, ?, 1)", draft)
    database.close()


def make_old_papers(folder: Path, version: int = 1) -> None:
    old = replace(CORPUS, migrations=CORPUS.migrations[:version], probes=(), sample="")
    database = Database(data(folder) / "papers.db", old)
    fresh = folder / "fresh.db"
    with closing(Corpus(fresh)) as corpus:
        corpus.put(papers(0, 40), added=ADDED)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS fresh", (str(fresh),))
        for (table,) in connection.execute(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
        ).fetchall():
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"REPLACE INTO main.{table} ({columns}) SELECT {columns} FROM fresh.{table}")
    database.close()
    fresh.unlink()


def migrate(folder: Path) -> Iterator[None]:
    MarksStore(data(folder) / "marks.db").close()
    yield


def migrate_papers(folder: Path) -> Iterator[None]:
    Corpus(data(folder) / "papers.db").close()
    yield


def migrated_state(folder: Path, version: int = 1) -> dict[str, Marks]:
    path = data(folder) / "marks.db"
    demand_version(path, version, MARKS.version)
    with closing(MarksStore(path)) as store:
        marks = store.all()
        with store.database.reading() as connection:
            assert connection.execute("SELECT text FROM draft").fetchall() == [("typed and not saved",)]
    demand_copy(path, version, "mark")
    return marks


def migrated_papers(folder: Path, version: int = 1) -> list[Paper | None]:
    path = data(folder) / "papers.db"
    demand_version(path, version, CORPUS.version)
    with closing(Corpus(path)) as corpus:
        found = [paper for _, paper in corpus.changes(0)]
        assert len(found) == 40
    demand_copy(path, version, "paper")
    return found


def demand_version(path: Path, *versions: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] in versions


def demand_copy(path: Path, version: int, table: str) -> None:
    """Make sure that there is a whole copy of what was there before the upgrade."""
    with closing(sqlite3.connect(path.with_name(f"{path.name}.v{version}.bak"))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (40,)


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
