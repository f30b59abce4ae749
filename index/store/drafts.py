"""What marks.db holds beside the marks: unfinished notes, and what the program remembers; and its backups."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from papers_tui.index.store import backups
from papers_tui.index.store.backup import back_up
from papers_tui.index.store.backups import Backup
from papers_tui.index.store.database import Store
from papers_tui.index.text import clean


class Drafts(Store):
    """Unfinished notes by the ids of their papers, settings by their names."""

    # Unfinished notes

    def drafted(self) -> list[str]:
        """Return the ids of the papers with an unfinished note."""
        with self._database.reading() as connection:
            return [row[0] for row in connection.execute("SELECT id FROM draft")]

    def save_draft(self, paper_id: str, text: str, *, base_revision: int = 0) -> None:
        """Keep the text of a note that is being typed over revision `base_revision`."""
        with self._database.writing() as connection:
            store_draft(connection, paper_id, clean(text), base_revision)

    def draft(self, paper_id: str) -> str | None:
        """Return the text of a note that was typed and not saved."""
        with self._database.reading() as connection:
            return stored_draft(connection, paper_id)

    def draft_base(self, paper_id: str) -> int | None:
        """Return the revision of the note that a draft was typed over; None without a draft."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT base FROM draft WHERE id = ?", (paper_id,)).fetchone()
            return row[0] if row else None

    def drop_draft(self, paper_id: str) -> None:
        """Forget an unfinished note."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM draft WHERE id = ?", (paper_id,))

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


def stored_draft(connection: sqlite3.Connection, paper_id: str) -> str | None:
    """Return the unfinished note of a paper."""
    row = connection.execute("SELECT text FROM draft WHERE id = ?", (paper_id,)).fetchone()
    return row[0] if row else None


def store_draft(connection: sqlite3.Connection, paper_id: str, text: str, base_revision: int) -> None:
    """Write an unfinished note down, within the caller's transaction."""
    saved = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    row = (paper_id, text, saved, base_revision)
    connection.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)", row)
