"""What marks.db holds beside the marks: unfinished notes, and what the program remembers; and its backups."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from papers_tui.index.paper import Marks
from papers_tui.index.store import backups, mark_rows
from papers_tui.index.store.backup import back_up
from papers_tui.index.store.backups import Backup
from papers_tui.index.store.database import Database, Store
from papers_tui.index.store.opening import Schema
from papers_tui.index.store.sessions import FOLDER, Session, is_running
from papers_tui.index.store.uniting import MERGED_NOTES, both_notes
from papers_tui.index.text import clean

_LEFT: Final = "left unfinished in another window"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a note and not saved: in this session, and in those that ended."""

    text: str
    """All of it."""
    base: int
    """The revision of the note that it was typed over; the oldest of them."""
    parts: tuple[tuple[str, str], ...]
    """What it is made of: names of sessions, with what was typed in each."""


class Drafts(Store):
    """Unfinished notes by the ids of their papers and sessions, settings by their names."""

    def __init__(self, file: Path | Database, schema: Schema) -> None:
        super().__init__(file, schema)
        self._session = Session(self.path.parent / FOLDER)

    def close(self) -> None:
        """End the session, and close the file."""
        self._session.end()
        super().close()

    # Unfinished notes

    def drafted(self) -> list[str]:
        """Return the ids of all papers with an unfinished note, whoever types it."""
        with self._database.reading() as connection:
            return [row[0] for row in connection.execute("SELECT DISTINCT id FROM draft")]

    def left_unfinished(self) -> list[str]:
        """Return the ids of the papers with a note that nobody else is typing, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id, session FROM draft ORDER BY saved DESC").fetchall()
        running = self._running({session for _, session in rows})
        return list(dict.fromkeys(paper_id for paper_id, session in rows if session not in running))

    def unfinished(self, paper_id: str) -> Draft | None:
        """Return what was typed into a note in this session and in those that ended; None if nothing was."""
        with self._database.reading() as connection:
            query = "SELECT session, text, base FROM draft WHERE id = ? ORDER BY saved, session"
            rows = connection.execute(query, (paper_id,)).fetchall()
        running = self._running({session for session, _, _ in rows})
        rows = [row for row in rows if row[0] not in running]
        if not rows:
            return None
        text = ""
        for _, part, _ in rows:
            text = both_notes(text, clean(part), _LEFT)
        return Draft(text, min(base for _, _, base in rows), tuple((row[0], row[1]) for row in rows))

    def is_typed_elsewhere(self, paper_id: str) -> bool:
        """Whether a session that runs has an unfinished note on a paper."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT session FROM draft WHERE id = ?", (paper_id,)).fetchall()
        return bool(self._running({row[0] for row in rows}))

    def draft(self, paper_id: str) -> str | None:
        """Return the text of what was typed into a note and not saved."""
        found = self.unfinished(paper_id)
        return found.text if found else None

    def save_draft(
        self,
        paper_id: str,
        text: str,
        *,
        base_revision: int = 0,
        over: Draft | None = None,
        base_note: str | None = None,
    ) -> None:
        """Keep the text of a note that is being typed over revision `base_revision`.

        It takes the place of what this session kept before, and of what it began with, `over`. It counts as
        typed over no note that is known where that revision is not the `base_note` that was read.
        """
        text = clean(text)
        if not self.is_read_only:
            self._session.begin()
        with self._database.writing() as connection:
            self._drop(connection, paper_id, over)
            if base_note is not None and not is_known(
                mark_rows.read(connection, paper_id), base_revision, base_note
            ):
                base_revision = 0
            store_draft(connection, paper_id, self._session.name, text, base_revision)

    def keep_left(self, paper_id: str, text: str, base_revision: int) -> None:
        """Keep the text of a note that a program left in a file: once, however often it is handed in."""
        text = clean(text)
        ended = hashlib.sha256(f"{paper_id}\n{text}".encode("utf-8", "replace")).hexdigest()[:16]
        with self._database.writing() as connection:
            query = "SELECT 1 FROM draft WHERE id = ? AND text = ?"
            if connection.execute(query, (paper_id, text)).fetchone() is None:
                store_draft(connection, paper_id, ended, text, base_revision)

    def drop_draft(self, paper_id: str, over: Draft | None = None) -> None:
        """Forget what this session kept of an unfinished note, and what it began with, `over`."""
        with self._database.writing() as connection:
            self._drop(connection, paper_id, over)

    def _drop(self, connection: sqlite3.Connection, paper_id: str, over: Draft | None) -> None:
        own = self._session.name
        connection.execute("DELETE FROM draft WHERE id = ? AND session = ?", (paper_id, own))
        for session, text in over.parts if over else ():
            # What was typed on since is somebody's still.
            query = "DELETE FROM draft WHERE id = ? AND session = ? AND text = ?"
            connection.execute(query, (paper_id, session, text))

    def _running(self, sessions: Collection[str]) -> set[str]:
        """Return those of the sessions that run elsewhere."""
        folder = self.path.parent / FOLDER
        return {one for one in sessions if one != self._session.name and is_running(folder, one)}

    # Settings

    def setting(self, name: str) -> str | None:
        """Return something that the program remembers from one time to the next."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
            return row[0] if row else None

    def set_setting(self, name: str, value: str) -> None:
        """Remember something from one time to the next."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    # Backups

    @property
    def backup_folder(self) -> Path:
        """Where backups are kept."""
        return self._database.path.parent / backups.FOLDER

    def counts(self) -> dict[str, int]:
        """Tell in numbers what the file holds."""
        with self._database.snapshot() as connection:
            return backups.count_marks(connection)

    def back_up_if_due(self) -> str:
        """Back the file up if something changed and that was not done lately; return why that failed."""
        return "" if self.is_read_only else backups.keep_backups(self._database)

    def back_up(self, path: Path | None = None) -> Backup:
        """Back the file up now, to `path` or where backups are kept.

        Raises:
            LibraryError: if that cannot be done, or the copy does not pass its check.
            OSError: if it cannot be written.
        """
        now = datetime.now(UTC)
        with self._database.reading() as connection:
            if path is None:
                return backups.keep(connection, self._database.path, now)
            return Backup(path, now, False, back_up(connection, path, count=backups.count_marks))


def is_known(now: Marks, base_revision: int, base_note: str | None) -> bool:
    """Whether a note is the one that was read: of this revision and, where the text is given, with it."""
    return now.note_revision == base_revision and base_note in (None, now.note)


def store_draft(
    connection: sqlite3.Connection, paper_id: str, session: str, text: str, base_revision: int
) -> None:
    """Write an unfinished note down, within the caller's transaction."""
    saved = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    row = (paper_id, session, text, saved, base_revision)
    query = "INSERT OR REPLACE INTO draft (id, session, text, saved, base) VALUES (?, ?, ?, ?, ?)"
    connection.execute(query, row)


def rename_drafts(connection: sqlite3.Connection, old_id: str, new_id: str) -> None:
    """Let unfinished notes follow their paper to a new id, within the caller's transaction.

    They count as typed over no note that is known: what the paper has under its new id stays beside them.
    """
    query = "SELECT session, text FROM draft WHERE id = ?"
    present = dict(connection.execute(query, (new_id,)).fetchall())
    for session, text in connection.execute(query, (old_id,)).fetchall():
        typed = both_notes(present.get(session, ""), text, MERGED_NOTES)
        store_draft(connection, new_id, session, typed, base_revision=0)
    connection.execute("DELETE FROM draft WHERE id = ?", (old_id,))
