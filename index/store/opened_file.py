"""What a file of the library turns out to be when it is opened, and when another one took its place."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from papers_tui.index.errors import DiskFull, LibraryError
from papers_tui.index.store.failures import (
    foreign,
    gone,
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
    why_not_writable,
)

_PATIENCE: Final = 1.0
_PAUSE: Final = 0.01
"""Seconds: how long, and how often, it is looked at whether a change to a replaced file has ended."""

_OPEN_FILES: Final = "/proc/self/fd"

Identity = tuple[int, int]
"""Device and inode: another file of the same name has others, as long as this one is open."""


Written = tuple[int, int]
"""When a file was last written, in nanoseconds, and its bytes: others wherever anybody wrote to it."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that is ours, and what can be done with it."""

    identity: Identity | None
    """None where there is nothing to be read, and a database in memory stands for it."""
    version: int = 0
    """Of its schema; 0 where it holds nothing."""
    why_read_only: str = ""
    how_writable: str = ""
    """What would let it be written, in words."""


def identity_of(path: Path) -> Identity:
    """Return which file a path leads to now. Raises LibraryError where it leads to none."""
    return look_at(path)[0]


def look_at(path: Path) -> tuple[Identity, Written]:
    """Return which file a path leads to now, and when it was written. Raises what `identity_of` raises."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise gone(path) from error
    except OSError as error:
        raise unopened(error, path) from error
    return (status.st_dev, status.st_ino), (status.st_mtime_ns, status.st_size)


def is_removed(identity: Identity | None) -> bool:
    """Whether a file that this program has open has no name any more. On Linux; elsewhere nobody tells."""
    with suppress(OSError), os.scandir(_OPEN_FILES) as found:
        for one in found:
            with suppress(OSError):
                status = os.stat(one.path)  # noqa: PTH116 - a path would be followed to the name that is gone
                if (status.st_dev, status.st_ino) == identity:
                    return not status.st_nlink
    return False


def open_file(path: Path, schema: Schema, *, is_only_read: bool) -> OpenedFile:
    """Open a file, made where it is missing, and bring it to the newest version.

    With `is_only_read` nothing is made, and a file of an older version stays one.

    Raises:
        DamagedLibrary: if the file is damaged. It is left untouched.
        ForeignFile: if it is another program's, or no database. It is left untouched.
        LostFile: if it is missing or empty, though there are backups of it. It is not made.
        NewerLibrary: if it is newer, and changed beyond what this program can read.
        LibraryError: if it cannot be opened at all.
    """
    if not os.path.exists(path) and has_backups(path):  # noqa: PTH110 - it is asked of closed folders too
        raise lost(path, "is missing, though there are backups of it")
    why = "it is only looked at" if is_only_read else make_file(path)
    return _opened(path, schema, why, is_only_read=is_only_read)


def open_replacement(path: Path, schema: Schema, *, is_only_read: bool) -> OpenedFile:
    """Open the file that took the place of one which was in use. Nothing is made of nothing.

    A journal may be that of a change to the former file, which ends in a moment: played back into this one,
    it would damage it. One that stays is this one's own.

    Raises what `open_file` raises, and ForeignFile for a file that holds nothing.
    """
    journal, end = path.with_name(f"{path.name}-journal"), time.monotonic() + _PATIENCE
    while os.path.lexists(journal) and time.monotonic() < end:
        time.sleep(_PAUSE)
    identity_of(path)
    why = "it is only looked at" if is_only_read else why_not_writable(path)
    opened = _opened(path, schema, why, is_only_read=is_only_read, is_made=False)
    if opened.identity is None:
        raise foreign(path, "is an empty file that took the place of the one that was in use")
    return opened


def _opened(
    path: Path, schema: Schema, why_read_only: str, *, is_only_read: bool, is_made: bool = True
) -> OpenedFile:
    opened = OpenedFile(None, 0, why_read_only, way_to_write(path) if why_read_only else "")
    try:
        if why_read_only and not path.exists():
            return opened
        opened = replace(opened, identity=identity_of(path))
        version = _look(path, schema, is_refused=bool(why_read_only) and not is_only_read)
        if not (version or is_made):
            return replace(opened, identity=None)
        return _settled(path, schema, replace(opened, version=version), is_only_read=is_only_read)
    except sqlite3.Error as error:
        raise translated(error, path) from error
    except OSError as error:
        raise unopened(error, path) from error


def _settled(path: Path, schema: Schema, opened: OpenedFile, *, is_only_read: bool) -> OpenedFile:
    """Bring a file of some version to ours, or settle for what can be done with it as it is."""
    if opened.version > schema.version:
        later = newer(path, schema, opened.version)
        return replace(opened, why_read_only=later.message, how_writable=later.remedy)
    if opened.version < schema.version and not opened.why_read_only:
        try:
            return replace(opened, version=_prepared(path, schema))
        except sqlite3.OperationalError as error:
            full = translated(error, path)
            if opened.version or not isinstance(full, DiskFull):
                raise
            return OpenedFile(None, 0, full.message, full.remedy)
    if not opened.version:
        return replace(opened, identity=None)
    if opened.version < schema.version and not is_only_read:
        raise LibraryError(
            f"{shown(path)} has version {opened.version}, and has to become version {schema.version}"
            " to be read",
            remedy="Open it once where it can be written.",
        )
    return opened


def _look(path: Path, schema: Schema, *, is_refused: bool) -> int:
    """Return the version of a file, looked at without a right to change it.

    Only to undo a write that broke off is that right taken, unless it `is_refused`.
    """
    demand_ours(path, schema)
    try:
        return _inspected(path, schema, "ro")
    except sqlite3.OperationalError as error:
        if is_refused or error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
            raise
    return _inspected(path, schema, "rw")


def _inspected(path: Path, schema: Schema, mode: Literal["ro", "rw"]) -> int:
    connection = connect(path, schema, mode)
    try:
        return inspect(connection, path, schema)
    finally:
        connection.close()


def _prepared(path: Path, schema: Schema) -> int:
    """Bring a file to our version, and return the one that it has then."""
    connection = connect(path, schema, "rw")
    try:
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
            connection.execute("PRAGMA journal_mode = DELETE")
        migrate(connection, path, schema)
        version = pragma(connection, "user_version")
        if version != schema.version:
            raise newer(path, schema, version)
    finally:
        connection.close()
    return version
