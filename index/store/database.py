"""One SQLite file of the library, used from several threads and by several programs at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from papers_tui.index.errors import LibraryError, ReadOnlyLibrary
from papers_tui.index.store.connections import Connections
from papers_tui.index.store.failures import replaced
from papers_tui.index.store.opened_file import OpenedFile, look_at
from papers_tui.index.store.opening import Schema, pragma, why_not_writable

_ATTEMPTS: Final = 20
"""Times that a change is begun anew, where another program replaces the file, or writes to it, each time."""


def bindable(text: str) -> str:
    """Return `text` as SQLite takes it: a command line may hold bytes that are no characters."""
    return text.encode("utf-8", "replace").decode()


class Store:
    """A store of the library in a file. Where that cannot be written, the store is read-only."""

    def __init__(self, file: Path | Database, schema: Schema) -> None:
        """Open a file, or share one that another store has opened, and closes.

        What is shared is not opened by its path again: a file that was moved away would be made anew.
        """
        self._is_shared = isinstance(file, Database)
        self._database = file if isinstance(file, Database) else Database(file, schema)

    @property
    def database(self) -> Database:
        """The opened file, for stores that share it."""
        return self._database

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self._database.is_read_only

    @property
    def why_read_only(self) -> str:
        """Why nothing can be changed, in words; empty where it can."""
        return self._database.why_read_only

    @property
    def how_writable(self) -> str:
        """What would let it be changed, in words."""
        return self._database.how_writable

    @property
    def replacements(self) -> int:
        """How often another file was found in the place of the one that was opened."""
        return self._database.replacements

    def look(self) -> None:
        """Notice what other programs did to the file as a whole. Cheap.

        Raises:
            LibraryError: if the file is gone, or another one that cannot be used is there.
        """
        self._database.look()

    def close(self) -> None:
        """Close the file, unless it is another store's."""
        if not self._is_shared:
            self._database.close()


class Database(Connections):
    """A file that is ours.

    Where the file or its folder cannot be written, or a later version of this program made it, it is
    opened to be read only, and `why_read_only` says why. Where there is nothing to be read either, the
    database is empty and in memory.

    Another program may put another file in its place while it is open: that one is opened as ours was, with
    the same care, before anything is read of it or written to it. A file that is none of ours, or none at
    all, is told at each attempt until it is ours again.

    Raises what `open_file` raises.
    """

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is on the disk when the block ends, or, if the block raises, never was.

        Raises:
            ReadOnlyLibrary: if the database can only be read, as once a newer program upgraded it.
            LibraryError: if SQLite cannot do it, in one of its kinds, or another file took its place.
        """
        with self._writer:
            for _ in range(_ATTEMPTS):
                with self._using() as (connection, opened):
                    self._demand_writable()
                    known = pragma(connection, "data_version")
                    if not self._is_as_read(opened):
                        continue
                    connection.execute("BEGIN IMMEDIATE")
                    if not self._is_ours_still(connection, opened):
                        continue
                    if not self._is_as_read(opened) and pragma(connection, "data_version") == known:
                        continue  # it was written over while this waited, and SQLite did not see that
                    yield connection
                    self._commit(connection)
                    return
        raise replaced(self.path)

    def look(self) -> None:
        """Notice another file in its place, an upgrade by a newer program, and a right to write it. Cheap.

        Raises:
            LibraryError: if the file is gone, or another one that cannot be used is there.
        """
        if self.is_in_memory:
            return
        with self._using() as (connection, opened):
            self._is_upgraded(connection, opened)
        is_known = self._is_only_read or self.version > self._schema.version
        if self.why_read_only and not is_known and not why_not_writable(self.path):
            with self._guard:
                self._reopen()

    def _demand_writable(self) -> None:
        if self.why_read_only:
            raise ReadOnlyLibrary(self.why_read_only, remedy=f"Nothing was changed. {self.how_writable}")

    def _is_ours_still(self, connection: sqlite3.Connection, opened: OpenedFile) -> bool:
        """Whether a transaction that has just begun is on what was opened; where not, begin it anew."""
        if self._is_upgraded(connection, opened):
            self._demand_writable()
        wanted = (self._schema.application_id, self._schema.version)
        if (pragma(connection, "application_id"), pragma(connection, "user_version")) == wanted:
            return self._is_in_place()
        connection.execute("ROLLBACK")
        with self._guard:  # something else was written over it
            self._reopen()
            self.replacements += 1
        return False

    def _commit(self, connection: sqlite3.Connection) -> None:
        """Commit, and say so only where that was done to the file that is there."""
        if not self._is_in_place():
            raise replaced(self.path)
        connection.execute("COMMIT")
        try:
            identity, written = look_at(self.path)
        except LibraryError:
            raise replaced(self.path) from None
        with self._guard:
            if identity != self._opened.identity:
                raise replaced(self.path)
            self._written = written
