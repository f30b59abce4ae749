"""How a file of the library is opened: made where it is missing, looked at, and never harmed.

The order is: is it SQLite at all, is it ours, is it of a version that we know, is it whole. Only after that
is anything written. A file of another program, or a damaged one, is left exactly as it was found.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

from papers_tui.index.errors import LibraryError, NewerLibrary
from papers_tui.index.flushing import flush
from papers_tui.index.private_folders import make_private
from papers_tui.index.store.backup import back_up
from papers_tui.index.store.failures import UNWRITABLE, damaged, foreign, has_backups, lost, shown
from papers_tui.index.store.strangers import stranger

BUSY_SECONDS: Final = 5.0
"""How long a transaction waits for another program's."""

_THOROUGH: Final = 64 << 20
"""Bytes up to which a file is checked whole at each opening; `doctor` checks larger ones."""

_SPILL: Final = 50_000
"""Pages that a transaction may change in memory: no reader waits for it before it ends. 200 MB."""

_SAMPLES: Final = 20
"""Places at which a larger file is looked at instead."""

_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables of one file, and how each version of them came from the one before."""

    application_id: int
    migrations: tuple[tuple[str, ...], ...]
    """The statements that make version 1, then those that make 2 of 1, and so on."""
    probes: tuple[str, ...] = ()
    """Queries that work on any version that this program can read."""
    cache_kib: int = 8_192
    sample: str = ""
    """A query that reads what stands at a place of a large file: 0 its beginning, 1 its end."""

    @property
    def version(self) -> int:
        """The version that this program writes."""
        return len(self.migrations)


def make_file(path: Path) -> str:
    """Make the file and its folder for the user alone; return why it cannot be written, or nothing.

    Raises:
        LibraryError: if something other than a folder is in the way.
    """
    try:
        make_folder(path.parent)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)
        os.close(os.open(path, flags, 0o600))
    except FileExistsError:
        if not path.parent.is_dir():
            raise LibraryError(
                f"{shown(path.parent)} is not a folder", remedy="Choose another place with --data-dir."
            ) from None
        if not path.is_file():
            raise LibraryError(f"{shown(path)} is not a file", remedy="Move it away.") from None
    except OSError as error:
        if error.errno not in UNWRITABLE and not path.exists():
            raise LibraryError(
                f"{shown(path)} cannot be made: {error.strerror}",
                remedy="Choose another place with --data-dir.",
            ) from error
        return f"{shown(path.parent)} cannot be written: {error.strerror}"
    return why_not_writable(path)


def make_folder(folder: Path) -> None:
    """Make a folder for the user alone, with those that it is in, for good.

    A name is durable when the folder that it is in was flushed.
    """
    for made in make_private(folder):
        flush(made.parent)


def why_not_writable(path: Path) -> str:
    """Return why an existing file cannot be written, or nothing."""
    effective = os.access in os.supports_effective_ids
    for place in (path.parent, path):
        if not os.access(place, os.W_OK, effective_ids=effective):
            return f"{shown(place)} cannot be written"
    return ""


def demand_ours(path: Path, schema: Schema) -> None:
    """Look at a file before SQLite does more with it than to look.

    Raises:
        ForeignFile: if it is another program's, or no database at all.
        OSError: if it cannot be read.
    """
    if what := stranger(path, schema.application_id):
        raise foreign(path, what)


def connect(path: Path, schema: Schema, mode: Literal["ro", "rw"]) -> sqlite3.Connection:
    """Return a connection to an existing file, set up as every one of ours is.

    The rollback journal, and not WAL: it can be read where nothing can be written, works on network homes,
    and does not meet the WAL-reset bug of SQLite before 3.51.3. EXTRA makes a commit durable when it returns.

    Raises:
        DamagedLibrary: if SQLite cannot even say what is wrong with the file.
        sqlite3.Error: if it can.
    """
    address = f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
    )
    with ExitStack() as unless_ready:
        unless_ready.callback(connection.close)
        try:
            set_up(connection, schema)
            if mode == "ro":
                connection.execute("PRAGMA query_only = ON")
        except UnicodeDecodeError as error:  # of SQLite's words on a schema that is damaged
            raise damaged(path, "is damaged") from error
        unless_ready.pop_all()
    return connection


def set_up(connection: sqlite3.Connection, schema: Schema) -> None:
    """Set what holds for one connection and is not kept in the file."""
    for pragma in (
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "synchronous = EXTRA",
        "fullfsync = ON",  # on macOS a plain fsync leaves what was written in the cache of the drive
        "temp_store = MEMORY",  # where no temporary file can be made, all can still be read
        f"cache_size = -{schema.cache_kib}",
        f"cache_spill = {_SPILL}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def pragma(connection: sqlite3.Connection, name: str) -> int:
    """Return the value of a pragma that is a number."""
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value


def inspect(connection: sqlite3.Connection, path: Path, schema: Schema) -> int:
    """Return the version of a file that is ours and whole; 0 for one that holds nothing yet.

    Raises:
        DamagedLibrary: if it is damaged.
        LostFile: if it is empty, though it was backed up.
        NewerLibrary: if it is newer, and changed beyond what this program can read.
        sqlite3.Error: if SQLite cannot read it.
    """
    connection.execute("BEGIN")
    try:
        version, owner = pragma(connection, "user_version"), pragma(connection, "application_id")
        is_empty = connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None
        if is_empty and not version and not owner:
            if path.stat().st_size and not pragma(connection, "page_count"):
                raise damaged(path, "is not a papers-tui library")
            if has_backups(path):
                raise lost(path, "is empty, though there are backups of it")
            return 0
        if owner != schema.application_id:
            raise damaged(path, "is damaged")
        _check_whole(connection, path, schema)
        if version >= schema.version:
            _probe(connection, path, schema, version)
        return version
    finally:
        connection.execute("ROLLBACK")


def _check_whole(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    pages, page_size = pragma(connection, "page_count"), pragma(connection, "page_size")
    if pragma(connection, "freelist_count") >= pages:
        raise damaged(path, "is damaged")
    if pages * page_size <= _THOROUGH:
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if answer != "ok":
            raise damaged(path, "is damaged")
    elif schema.sample:
        for place in range(_SAMPLES):
            connection.execute(schema.sample, (place / (_SAMPLES - 1),)).fetchone()


def _probe(connection: sqlite3.Connection, path: Path, schema: Schema, version: int) -> None:
    try:
        for query in schema.probes:
            connection.execute(query).fetchone()
    except sqlite3.OperationalError as error:
        if version == schema.version:
            raise damaged(path, "lacks some of its tables") from error
        raise newer(path, schema, version) from error


def newer(path: Path, schema: Schema, version: int) -> NewerLibrary:
    """Return the error of a file that a later version of this program wrote."""
    return NewerLibrary(
        f"{shown(path)} was written by a later papers-tui: it has version {version},"
        f" and this program knows {schema.version}",
        remedy="Install the newest papers-tui: pip install --upgrade papers-tui.",
    )


def migrate(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    """Bring a file to the newest version in one transaction, after a verified backup of what is there."""
    for _ in range(_ATTEMPTS):
        version = pragma(connection, "user_version")
        seen = pragma(connection, "data_version")
        if 0 < version < schema.version:
            back_up(connection, path.with_name(f"{path.name}.v{version}.bak"))
        connection.execute("BEGIN EXCLUSIVE")
        try:
            # Another program may have written between the backup and the lock.
            if pragma(connection, "data_version") == seen or not version:
                _upgrade(connection, schema)
                connection.execute("COMMIT")
                return
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    raise LibraryError(
        f"{shown(path)} is being changed all the time", remedy="Close other programs that use it."
    )


def _upgrade(connection: sqlite3.Connection, schema: Schema) -> None:
    version = pragma(connection, "user_version")
    for statements in schema.migrations[version:]:
        for statement in statements:
            connection.execute(statement)
    if version < schema.version:
        connection.execute(f"PRAGMA application_id = {schema.application_id}")
        connection.execute(f"PRAGMA user_version = {schema.version}")
