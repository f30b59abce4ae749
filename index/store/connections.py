"""The connections to a file of the library, which other programs may replace or upgrade while it is open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock

from papers_tui.index.errors import LibraryError
from papers_tui.index.store.failures import UnreadableRow, damaged, replaced, shown, translated, upgraded
from papers_tui.index.store.opened_file import (
    Identity,
    OpenedFile,
    Written,
    identity_of,
    is_removed,
    look_at,
    open_file,
    open_replacement,
)
from papers_tui.index.store.opening import Schema, connect, migrate, pragma, set_up


class Connections:
    """The connections to a file that is ours: one for each transaction under way, used again after.

    Raises what `open_file` raises.
    """

    def __init__(self, path: Path, schema: Schema, *, is_only_read: bool = False) -> None:
        """Open a file. With `is_only_read` nothing is made, and a file of an older version stays one."""
        self.path = path
        self.replacements = 0
        """How often another file was found in its place."""
        self._is_only_read = is_only_read
        self._schema = schema
        self._idle: list[sqlite3.Connection] = []
        self._removed: dict[Identity | None, sqlite3.Connection] = {}
        self._guard = Lock()
        self._writer = Lock()
        self._is_closed = False
        self._was_upgraded = False
        self._opened = open_file(path, schema, is_only_read=is_only_read)
        self._written: Written | None = None

    @property
    def version(self) -> int:
        """The version of the file's schema; 0 where there is no file that holds anything."""
        return self._opened.version

    @property
    def why_read_only(self) -> str:
        """Why nothing can be written, in words; empty where it can."""
        return self._opened.why_read_only

    @property
    def how_writable(self) -> str:
        """What would let it be written, in words."""
        return self._opened.how_writable

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written."""
        return bool(self.why_read_only)

    @property
    def is_in_memory(self) -> bool:
        """Whether there is no file, and nothing in here."""
        return self._opened.identity is None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with. Each statement sees the newest commit.

        Raises:
            LibraryError: if SQLite cannot do it, in one of its kinds.
        """
        with self._using() as (connection, _):
            yield connection

    @contextmanager
    def _using(self) -> Iterator[tuple[sqlite3.Connection, OpenedFile]]:
        """A connection, with what its file turned out to be. Raises what `reading` raises."""
        connection, opened = self._take()
        try:
            yield connection, opened
        except sqlite3.ProgrammingError:
            raise  # a mistake in this program, which no remedy helps
        except sqlite3.Error as error:
            raise self._told(error, connection, opened) from error
        except UnreadableRow as error:
            raise damaged(self.path, "is damaged") from error
        finally:
            self._give_back(connection, opened)

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection all of whose statements see the same state. Keep it short: writers wait for it."""
        with self.reading() as connection:
            connection.execute("BEGIN")
            yield connection

    @property
    def has_removed(self) -> bool:
        """Whether there are connections to files that were removed, and in whose place others are."""
        return bool(self._removed)

    def take_removed(self) -> dict[Identity | None, sqlite3.Connection]:
        """A connection to each file that was removed while it was open: nobody else can read it any more.

        They are to be closed, or to be given back with `keep_removed`. Without `/proc` there are none.
        """
        with self._guard:
            if self._idle and is_removed(self._opened.identity):
                self._retire(self._opened, [self._idle.pop()])
            taken, self._removed = self._removed, {}
        return taken

    def keep_removed(self, taken: dict[Identity | None, sqlite3.Connection]) -> None:
        """Take connections back that `take_removed` returned, to return them once more."""
        with self._guard:
            self._removed |= taken

    def close(self) -> None:
        """Close every connection. Those in use are closed when they are given back."""
        with self._guard:
            self._is_closed = True
            self._drop_idle()
            while self._removed:
                self._removed.popitem()[1].close()

    def _take(self) -> tuple[sqlite3.Connection, OpenedFile]:
        with self._guard:
            if self._is_closed:
                raise LibraryError(f"{shown(self.path)} is closed already")
            if not self._is_in_place():
                self._reopen()
                self.replacements += 1
            self._forget_overwritten()
            if self._idle:
                return self._idle.pop(), self._opened
            opened = self._opened
        try:
            return self._connect(), opened
        except sqlite3.Error as error:
            raise translated(error, self.path) from error

    def _give_back(self, connection: sqlite3.Connection, opened: OpenedFile) -> None:
        if connection.in_transaction:
            with suppress(sqlite3.Error):  # a connection that cannot roll back is closed, which does the same
                connection.execute("ROLLBACK")
        with self._guard:
            if not self._is_closed and not connection.in_transaction and opened is self._opened:
                self._idle.append(connection)
                return
            self._retire(opened, [connection])

    def _connect(self) -> sqlite3.Connection:
        if not self.is_in_memory:
            return connect(self.path, self._schema, "ro" if self.why_read_only else "rw")
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        set_up(connection, self._schema)
        migrate(connection, self.path, self._schema)
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _drop_idle(self) -> None:
        idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _retire(self, opened: OpenedFile, connections: list[sqlite3.Connection]) -> None:
        """Close connections to a file that is in use no more; of one that was removed, one is kept."""
        is_kept = not self._is_closed and opened.identity not in self._removed
        if connections and is_kept and is_removed(opened.identity):
            self._removed[opened.identity] = connections.pop()
        for connection in connections:
            connection.close()

    # Another file in its place, or another version

    def _is_in_place(self) -> bool:
        """Whether the path leads to the file that was opened. Raises LibraryError where it leads to none."""
        return self.is_in_memory or identity_of(self.path) == self._opened.identity

    def _is_as_read(self, opened: OpenedFile) -> bool:
        """Whether nobody wrote to the file since a connection to it was taken, but with it."""
        return opened is self._opened and look_at(self.path)[1] == self._written

    def _forget_overwritten(self) -> None:
        """Forget what connections remember of a file that somebody else wrote to.

        SQLite takes what it remembers for what is there, where a counter in the file is the same: it is the
        same in a copy in which as much was changed since, and which `cp` writes over ours.
        """
        if self.is_in_memory:
            return
        identity, written = look_at(self.path)
        if written != self._written and identity == self._opened.identity:
            self._written = written
            self._opened = replace(self._opened)  # the connections in use are closed when they are given back
            self._drop_idle()

    def _reopen(self) -> None:
        """Open the file that is there now. Where it cannot be used, that is tried again at the next use."""
        former = self._opened
        self._opened = open_replacement(self.path, self._schema, is_only_read=self._is_only_read)
        idle, self._idle = self._idle, []
        self._retire(former, idle)

    def _is_upgraded(self, connection: sqlite3.Connection, opened: OpenedFile) -> bool:
        """Whether a newer program upgraded a file since it was opened: it is only read from then on.

        What a connection to an earlier file tells says nothing of the one that is in use now.
        """
        ours = self._schema
        version = pragma(connection, "user_version")
        if version <= ours.version:
            return False
        if opened.version <= ours.version and pragma(connection, "application_id") == ours.application_id:
            later = upgraded(self.path)
            with self._guard:
                if opened is self._opened:
                    self._opened = replace(
                        opened, version=version, why_read_only=later.message, how_writable=later.remedy
                    )
                    self._drop_idle()
                    self._was_upgraded = True
            return True
        return self._was_upgraded

    def _told(self, error: sqlite3.Error, connection: sqlite3.Connection, opened: OpenedFile) -> LibraryError:
        """Return what an error means: another program may have replaced the file, or changed its tables."""
        try:
            if not self._is_in_place():
                return replaced(self.path)
        except LibraryError as away:
            return away
        if getattr(error, "sqlite_errorname", "") == "SQLITE_ERROR":
            with suppress(sqlite3.Error):
                if self._is_upgraded(connection, opened):
                    return upgraded(self.path)
        return translated(error, self.path)
