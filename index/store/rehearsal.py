"""What an import would do, told without doing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from papers_tui.index.paper import Paper
from papers_tui.index.store.codec import decode_paper
from papers_tui.index.store.corpus_schema import CORPUS
from papers_tui.index.store.database import Database
from papers_tui.index.store.intake import Intake, names_of
from papers_tui.index.store.matching import title_key
from papers_tui.index.store.opening import migrate, set_up
from papers_tui.index.store.outcomes import Outcome

_FIRST_KEY: Final = 1 << 40
"""Keys of papers that only the rehearsal has begin here."""


class Rehearsal:
    """A scratch corpus, beside a real one that is only read. Not for several threads at once.

    The papers of the real one that an import would touch are copied before it touches them, so that papers
    met twice in the course of the rehearsal are told as they would be. The scratch is a temporary file of
    SQLite's, which no other program sees and which ends with the rehearsal.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._copied: set[int] = set()
        self._touched: set[int] = set()
        self._scratch = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        set_up(self._scratch, CORPUS)
        migrate(self._scratch, database.path, CORPUS)
        with database.reading() as connection:
            apart = connection.execute("SELECT one, other FROM apart").fetchall()
        self._scratch.executemany("INSERT INTO apart VALUES (?, ?)", apart)
        self._scratch.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('paper', ?)", (_FIRST_KEY,))

    def close(self) -> None:
        """Forget the rehearsal."""
        self._scratch.close()

    def put(self, papers: Sequence[Paper], *, added: str) -> list[Outcome]:
        """Tell what would become of papers that were put into the real corpus."""
        copied, touched = set(self._copied), set(self._touched)
        self._scratch.execute("BEGIN")
        try:
            with self._database.reading() as connection:
                intake = Intake(self._scratch, added)
                outcomes: list[Outcome] = []
                for paper in papers:
                    self._copy(connection, paper)
                    outcomes.append(intake.take(paper))
            self._scratch.execute("COMMIT")
        finally:
            if self._scratch.in_transaction:
                self._scratch.execute("ROLLBACK")
                self._copied, self._touched = copied, touched
        return outcomes

    def _copy(self, connection: sqlite3.Connection, paper: Paper) -> None:
        """Copy the papers that one would be merged with, and those that have ids which these lack."""
        by_title = connection.execute("SELECT paper FROM title WHERE number = ?", (title_key(paper.title),))
        for key in {key for (key,) in by_title} | _owners(connection, names_of(paper)):
            self._copy_once(connection, key)
            if key not in self._touched:
                self._touched.add(key)
                query = "SELECT document FROM paper WHERE key = ?"
                for (document,) in connection.execute(query, (key,)).fetchall():
                    for owner in _owners(connection, names_of(decode_paper(document))):
                        self._copy_once(connection, owner)

    def _copy_once(self, connection: sqlite3.Connection, key: int) -> None:
        if key not in self._copied:
            self._copied.add(key)
            self._copy_rows(connection, key)

    def _copy_rows(self, connection: sqlite3.Connection, key: int) -> None:
        for table, column, width in (("paper", "key", 7), ("name", "paper", 2), ("title", "paper", 2)):
            rows = connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (key,))
            marks = ",".join("?" * width)
            self._scratch.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)


def _owners(connection: sqlite3.Connection, names: Sequence[str]) -> set[int]:
    """Return the keys of the papers that have, or had, one of these ids."""
    marks = ",".join("?" * len(names))
    return {key for (key,) in connection.execute(f"SELECT paper FROM name WHERE id IN ({marks})", names)}
