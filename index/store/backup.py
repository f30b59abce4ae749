"""Whole copies of a file of the library, verified before they take their place.

Beside each copy lies a document, `NAME.json`, with its SHA-256 and with what it holds in numbers: SQLite has
no checksums, and reads most flipped bits back as if nothing were wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from papers_tui.index.errors import LibraryError
from papers_tui.index.flushing import flush
from papers_tui.index.store.failures import shown

Count = Callable[[sqlite3.Connection], Mapping[str, int]]
"""Tells in numbers what a file holds."""

_CHUNK: Final = 1 << 20
_MOST: Final = 1 << 20
"""Bytes of a document that are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is known of a backup without opening it."""

    made: str
    """ISO 8601 in UTC, to the second."""
    sha256: str
    size: int
    """Bytes."""
    counts: Mapping[str, int] = field(default_factory=dict)
    state: str = ""
    """Tells the state of the original that was copied from others of its states."""


def manifest_path(backup: Path) -> Path:
    """Return where the manifest of a backup lies."""
    return backup.with_name(f"{backup.name}.json")


def read_manifest(backup: Path) -> Manifest | None:
    """Return the manifest of a backup; None where there is none that can be read."""
    try:
        with manifest_path(backup).open("rb") as file:
            document = json.loads(file.read(_MOST))
        return Manifest(
            made=str(document["made"]),
            sha256=str(document["sha256"]),
            size=int(document["size"]),
            counts={str(name): int(number) for name, number in document["counts"].items()},
            state=str(document["state"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def rows_by_table(connection: sqlite3.Connection) -> dict[str, int]:
    """Count the rows of every table."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return {
        name: connection.execute('SELECT count(*) FROM "{}"'.format(name.replace('"', '""'))).fetchone()[0]
        for (name,) in tables.fetchall()
    }


def back_up(
    connection: sqlite3.Connection, destination: Path, *, count: Count = rows_by_table, state: str = ""
) -> Manifest:
    """Copy what `connection` reads to `destination`: all of it, checked and on the disk, or nothing.

    The copy is read back: SQLite checks all of it, and `count` has to tell the same of it as of the original.

    Raises:
        LibraryError: if the copy does not pass its check.
        OSError: if it cannot be written.
        sqlite3.Error: if SQLite cannot copy.
    """
    unfinished = destination.with_name(f"{destination.name}.{os.getpid()}.tmp")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    try:
        counts = _copied(connection, unfinished, count)
        flush(unfinished)
        _forget_cached(unfinished)
        if _counted(unfinished, count) != counts:
            raise LibraryError(
                f"the copy {shown(destination)} did not pass its check",
                remedy="Nothing was changed. Look at the disk.",
            )
        manifest = Manifest(
            made=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            sha256=checksum(unfinished),
            size=unfinished.stat().st_size,
            counts=counts,
            state=state,
        )
        # A backup without a manifest is whole, and one with that of another is not: it goes first.
        manifest_path(destination).unlink(missing_ok=True)
        unfinished.replace(destination)
        flush(destination.parent)
        _write_manifest(destination, manifest)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file that SQLite does not have open: closing it would drop SQLite's locks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _copied(connection: sqlite3.Connection, destination: Path, count: Count) -> dict[str, int]:
    """Copy one state of the original, and tell in numbers what it holds."""
    begins = not connection.in_transaction
    if begins:
        connection.execute("BEGIN")
    try:
        counts = dict(count(connection))
        with closing(sqlite3.connect(destination, isolation_level=None)) as copy:
            connection.backup(copy)
    finally:
        if begins:
            connection.execute("ROLLBACK")
    return counts


def _counted(path: Path, count: Count) -> dict[str, int] | None:
    """Read a copy back; None if it is not whole."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        if copy.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            return None
        return dict(count(copy))


def _forget_cached(path: Path) -> None:
    """Ask the system to read a file from the disk when it is read next."""
    if hasattr(os, "posix_fadvise"):
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def _write_manifest(backup: Path, manifest: Manifest) -> None:
    target = manifest_path(backup)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(manifest), file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
        flush(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)
