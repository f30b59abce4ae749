"""What SQLite reports, told as the errors that a user meets: which file, and what to do next."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from papers_tui.index import places
from papers_tui.index.errors import (
    BusyLibrary,
    DamagedLibrary,
    DiskFull,
    ForeignFile,
    LibraryError,
    LostFile,
    NewerLibrary,
    ReadOnlyLibrary,
)
from papers_tui.index.text import clean_line

UNWRITABLE: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT})
"""What the system answers where a file cannot be made, though what is there can be read."""

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system answers where there is no room."""

BACKUPS: Final = "backups"
"""The folder beside a file in which its backups are kept."""

ELSEWHERE: Final = "--data-dir DIR names a library that can be written."

_LITTLE: Final = 1 << 20
"""Bytes of free space below which a failed write is told as a full disk."""


_FULL: Final = (
    "has no space left to be written",
    "Nothing was lost. Free some space, then try again.",
)

_MEANINGS: Final[Sequence[tuple[str | tuple[str, ...], type[LibraryError], str, str]]] = (
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"),
        BusyLibrary,
        "is kept locked by another program",
        "Nothing was changed. Try again in a moment.",
    ),
    ("SQLITE_FULL", DiskFull, *_FULL),
    (
        ("SQLITE_READONLY_RO", "SQLITE_READONLY_RECOVERY"),
        LibraryError,
        "was being written when a program stopped, and cannot be repaired where it is read-only",
        "Open it once where it can be written.",
    ),
    (
        "SQLITE_READONLY_DBMOVED",
        LibraryError,
        "was moved away or replaced while it was being changed",
        "Nothing was changed. Try again.",
    ),
    ("SQLITE_READONLY", ReadOnlyLibrary, "cannot be written", "Nothing was changed."),
    (
        "SQLITE_CANTOPEN",
        LibraryError,
        "cannot be opened",
        "Look at the permissions of the file and its folder.",
    ),
    (
        "SQLITE_IOERR",
        LibraryError,
        "met an error of the disk",
        "Look at the space that is left, the disk and its quota, then try again.",
    ),
)
"""The beginnings of SQLite's names of errors, and what they mean. The first that fits counts."""


class UnreadableRow(ValueError):
    """A row whose text is not what we write: the file was damaged in a way that SQLite cannot see."""


def shown(path: Path) -> str:
    """Return a path as it may be printed: file names are text from outside."""
    return clean_line(os.fsencode(path).decode(errors="replace"))


def damaged(path: Path, what: str) -> DamagedLibrary:
    """Return the error that names a file which is not, or is no longer, one of ours."""
    remedies = {
        "marks.db": "papers-tui restore puts the newest good backup in its place, and keeps the file;"
        " papers-tui restore --salvage saves what it still holds.",
        "papers.db": "papers-tui doctor --repair saves what it still holds, and keeps the file.",
    }
    remedy = remedies.get(path.name, "Move the file away, and put a backup in its place.")
    error = DamagedLibrary(f"{shown(path)} {what}", remedy=f"Nothing was changed. {remedy}")
    error.path = path
    return error


def foreign(path: Path, what: str) -> ForeignFile:
    """Return the error that names a file in the place of one of ours, and the ways that its user has."""
    first = f"Nothing was changed. Move {shown(path)} away yourself"
    ways = ["--data-dir DIR names another library"]
    if path.name == "marks.db" and has_backups(path):
        first += f", and the folder {BACKUPS} with it to begin anew"
        ways.insert(0, f"papers-tui restore puts {_newest_backup(path)} in its place")
    elif path.name == "papers.db":
        first += ", and import your papers again"
    error = ForeignFile(f"{shown(path)} {what}", remedy="; or ".join([first, *ways]) + ".")
    error.path = path
    return error


def lost(path: Path, what: str) -> LostFile:
    """Return the error of a file that holds nothing, or is gone, though there are backups of it."""
    way = f"papers-tui restore puts {_newest_backup(path)} in its place"
    anew = f"Move {shown(path.parent / BACKUPS)} away to begin anew, or name another library: --data-dir DIR"
    error = LostFile(f"{shown(path)} {what}", remedy=f"Nothing was changed. {way}. {anew}.")
    error.path = path
    return error


def gone(path: Path) -> LibraryError:
    """Return the error of a file that was there when it was opened."""
    return LibraryError(
        f"{shown(path)} was moved away or removed while it was in use",
        remedy="Nothing was changed. Put it back, and try again.",
    )


def replaced(path: Path) -> LibraryError:
    """Return the error of a file whose place another one took while a change was made."""
    return LibraryError(
        f"{shown(path)} was moved away or replaced by another program while it was in use",
        remedy="Look at what is there now: a change that was being made may have to be made again.",
    )


def upgraded(path: Path) -> NewerLibrary:
    """Return the error of a file that a newer version of this program upgraded while it was open here."""
    return NewerLibrary(
        f"a newer papers-tui upgraded {shown(path)} while it was open here",
        remedy="Quit and start papers-tui again.",
    )


def has_backups(path: Path) -> bool:
    """Whether there is a backup of a file, good or not, that can be seen."""
    try:
        return any((path.parent / BACKUPS).glob(f"{path.stem}-*{path.suffix}"))
    except OSError:
        return False


def _newest_backup(path: Path) -> str:
    """Return the newest backup that holds what was written, in words."""
    from papers_tui.index.store import backups  # noqa: PLC0415 - it needs these errors, and they it when all is lost

    newest = backups.newest_good(path)
    if newest is None:
        return "a good backup from elsewhere (restore FILE)"
    return f"{shown(Path(newest.path.name))} ({backups.counts_in_words(backups.read_counts(newest.path))})"


def translated(error: sqlite3.Error, path: Path) -> LibraryError:
    """Return what `error`, raised by SQLite for the file at `path`, means to the user."""
    name: str = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_IOERR") and not _has_space(path):
        name = "SQLITE_FULL"
    for prefix, kind, what, remedy in _MEANINGS:
        if name.startswith(prefix):
            way = f"{remedy} {way_to_write(path)}" if kind is ReadOnlyLibrary else _way_in(path) or remedy
            return kind(f"{shown(path)} {what}", remedy=way)
    if name.startswith("SQLITE_CORRUPT"):
        return damaged(path, "is damaged")
    if name == "SQLITE_NOTADB":
        return damaged(path, "is not a papers-tui library")
    return LibraryError(f"{shown(path)}: {clean_line(str(error))}")


def unopened(error: OSError, path: Path) -> LibraryError:
    """Return what `error`, raised by the system for the file at `path`, means to the user."""
    if error.errno in FULL:
        return DiskFull(f"{shown(path)} {_FULL[0]}", remedy=_FULL[1])
    return LibraryError(f"{shown(path)} cannot be opened: {error.strerror}", remedy=_way_in(path))


def way_to_write(path: Path) -> str:
    """Return how the user comes to change a library of which a file may only be read."""
    if places.closed_above(path) is not None:
        return f"{_way_in(path)}; or {ELSEWHERE}"
    for place in (path.parent, path):
        if place.exists() and (rights := places.lacking_rights(place)):
            return f"{places.how_to_gain(rights, place)}; or {ELSEWHERE}"
    return ELSEWHERE


def _way_in(path: Path) -> str:
    """Return how the user gets at a file that may not be read; nothing for one that may."""
    if (closed := places.closed_above(path)) is not None:
        is_own = closed == path.parent
        return places.how_to_gain(places.lacking_rights(closed) if is_own else "x", closed)
    if path.exists() and "r" in (rights := places.lacking_rights(path)):
        return places.how_to_gain(rights, path)
    return ""


def _has_space(path: Path) -> bool:
    try:
        free = os.statvfs(path.parent)
    except OSError:
        return True
    return free.f_bavail * free.f_frsize >= _LITTLE
