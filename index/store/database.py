"""One SQLite file of the library, used from several threads and by several programs at once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Literal

from papers_tui.index.errors import DiskFull, LibraryError, ReadOnlyLibrary
from papers_tui.index.store.failures import (
    ELSEWHERE,
    UnreadableRow,
    damaged,
    has_backups,
    lost,
    shown,
    translated,
    unopened,
    way_to_write,
)
from papers_tui.index.store.opening import (
    Schema,
    connect,
    demand_ours,
    inspect,
    make_file,
    migrate,
    newer,
    pragma,
    set_up,
)


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

    def close(self) -> None:
        """Close the file, unless it is another store's."""
        if not self._is_shared:
            self._database.close()


class Database:
    """A file that is ours, and the connections to it: one for each transaction under way, used again after.

    Where the file or its folder cannot be written, or a later version of this program made it, it is
    opened to be read only, and `why_read_only` says why. Where there is nothing to be read either, the
    database is empty and in memory.

    Raises:
        DamagedLibrary: if the file is damaged. It is left untouched.
        ForeignFile: if it is another program's, or no database. It is left untouched.
        LostFile: if it is missing or empty, though there are backups of it. It is not made.
        NewerLibrary: if it is newer, and changed beyond what this program can read.
        LibraryError: if it cannot be opened at all.
    """

    def __init__(self, path: Path, schema: Schema, *, is_only_read: bool = False) -> None:
        """Open a file. With `is_only_read` nothing is made, and a file of an older version stays one."""
        self.path = path
        self.version = 0
        """The version of the file's schema; 0 where there is no file that holds anything."""
        self.why_read_only = ""
        self.how_writable = ELSEWHERE
        """What would let it be written, in words."""
        self._is_only_read = is_only_read
        self._schema = schema
        self._is_in_memory = False
        self._idle: list[sqlite3.Connection] = []
        self._guard = Lock()
        self._writer = Lock()
        self._is_closed = False
        self._file = (0, 0)  # device and inode: another file may be put in its place while we run
        self._open()

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written."""
        return bool(self.why_read_only)

    @property
    def is_in_memory(self) -> bool:
        """Whether there is no file, and nothing in here."""
        return self._is_in_memory

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with. Each statement sees the newest commit.

        Raises:
            LibraryError: if SQLite cannot do it, in one of its kinds.
        """
        connection, file = self._take()
        try:
            yield connection
        except sqlite3.ProgrammingError:
            raise  # a mistake in this program, which no remedy helps
        except sqlite3.Error as error:
            raise translated(error, self.path) from error
        except UnreadableRow as error:
            raise damaged(self.path, "is damaged") from error
        finally:
            self._give_back(connection, file)

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection all of whose statements see the same state. Keep it short: writers wait for it."""
        with self.reading() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is on the disk when the block ends, or, if the block raises, never was.

        Raises:
            ReadOnlyLibrary: if the database can only be read.
            LibraryError: if SQLite cannot do it, in one of its kinds.
        """
        if self.why_read_only:
            raise ReadOnlyLibrary(self.why_read_only, remedy=f"Nothing was changed. {self.how_writable}")
        with self._writer, self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close every connection. Those in use are closed when they are given back."""
        with self._guard:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take(self) -> tuple[sqlite3.Connection, tuple[int, int]]:
        with self._guard:
            if self._is_closed:
                raise LibraryError(f"{shown(self.path)} is closed already")
            self._look_for_replacement()
            if self._idle:
                return self._idle.pop(), self._file
            file = self._file
        try:
            return self._connect(), file
        except sqlite3.Error as error:
            raise translated(error, self.path) from error

    def _give_back(self, connection: sqlite3.Connection, file: tuple[int, int]) -> None:
        if connection.in_transaction:
            with suppress(sqlite3.Error):  # a connection that cannot roll back is closed, which does the same
                connection.execute("ROLLBACK")
        with self._guard:
            if not self._is_closed and not connection.in_transaction and file == self._file:
                self._idle.append(connection)
                return
        connection.close()

    def _connect(self) -> sqlite3.Connection:
        if not self._is_in_memory:
            return connect(self.path, self._schema, "ro" if self.why_read_only else "rw")
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        set_up(connection, self._schema)
        migrate(connection, self.path, self._schema)
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _identity(self) -> tuple[int, int]:
        status = self.path.stat()
        return status.st_dev, status.st_ino

    def _look_for_replacement(self) -> None:
        """Open the file anew where another one took its place: writes to the old one would be lost."""
        if self._is_in_memory:
            return
        try:
            identity = self._identity()
        except OSError as error:
            raise LibraryError(
                f"{shown(self.path)} was moved away while it was in use", remedy="Put it back, and try again."
            ) from error
        if identity != self._file:
            idle, self._idle = self._idle, []
            for connection in idle:
                connection.close()
            self._open()

    def _open(self) -> None:
        if not os.path.exists(self.path) and has_backups(self.path):  # noqa: PTH110 - it is asked of closed folders too
            raise lost(self.path, "is missing, though there are backups of it")
        self.why_read_only = "it is only looked at" if self._is_only_read else make_file(self.path)
        self.how_writable = way_to_write(self.path) if self.why_read_only else ""
        try:
            if self.why_read_only and not self.path.exists():
                self._is_in_memory = True
                return
            self._file = self._identity()
            demand_ours(self.path, self._schema)
            self._settle(self._look())
        except sqlite3.Error as error:
            raise translated(error, self.path) from error
        except OSError as error:
            raise unopened(error, self.path) from error

    def _settle(self, version: int) -> None:
        """Bring a file of some version to ours, or settle for what can be done with it as it is."""
        ours = self._schema.version
        self.version = version
        if version > ours:
            later = newer(self.path, self._schema, version)
            self.why_read_only, self.how_writable = later.message, later.remedy
        elif version < ours and not self.why_read_only:
            try:
                self._prepare()
            except sqlite3.OperationalError as error:
                full = translated(error, self.path)
                if version or not isinstance(full, DiskFull):
                    raise
                self.why_read_only, self.how_writable = full.message, full.remedy
                self._is_in_memory = True
        elif not version:
            self._is_in_memory = True
        elif version < ours and not self._is_only_read:
            raise LibraryError(
                f"{shown(self.path)} has version {version}, and has to become version {ours} to be read",
                remedy="Open it once where it can be written.",
            )

    def _look(self) -> int:
        """Look at the file without a right to change it; with one only to undo a write that broke off."""
        try:
            return self._inspect("ro")
        except sqlite3.OperationalError as error:
            is_refused = self.why_read_only and not self._is_only_read
            if is_refused or error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
                raise
        return self._inspect("rw")

    def _inspect(self, mode: Literal["ro", "rw"]) -> int:
        connection = connect(self.path, self._schema, mode)
        try:
            return inspect(connection, self.path, self._schema)
        finally:
            connection.close()

    def _prepare(self) -> None:
        connection = connect(self.path, self._schema, "rw")
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
                connection.execute("PRAGMA journal_mode = DELETE")
            migrate(connection, self.path, self._schema)
            self.version = pragma(connection, "user_version")
            if self.version != self._schema.version:
                raise newer(self.path, self._schema, self.version)
        finally:
            connection.close()
