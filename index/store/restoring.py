"""Restoring marks from a backup: shown before it is done, and itself to be taken back.

Marks that can be read are replaced within one transaction on the file itself, which other windows may have
open: they see the new state as they see any change. A file that cannot be read, or is another program's, is
moved aside as it is, and a new one put in its place.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from papers_tui.index.errors import (
    DamagedLibrary,
    DiskFull,
    ForeignFile,
    LibraryError,
    NewerLibrary,
    ReadOnlyLibrary,
    UnusableInput,
)
from papers_tui.index.paper import Marks
from papers_tui.index.store import mark_rows
from papers_tui.index.store.backup import back_up, checksum, read_manifest
from papers_tui.index.store.backups import count_marks, is_blank, keep
from papers_tui.index.store.database import Database
from papers_tui.index.store.exchanging import exchange
from papers_tui.index.store.failures import FULL, shown, translated, unopened
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.index.store.opening import connect, demand_ours, inspect, newer
from papers_tui.index.store.refilling import refill, refill_as_step, rows_of
from papers_tui.index.store.scratch import scratch_folder

_ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What restoring a backup would change."""

    file: Path
    made: str
    """When the backup was made, ISO 8601 in UTC; of a file that nothing is known of, when it was written."""
    then: Mapping[str, int]
    """What the backup holds, in numbers."""
    now: Mapping[str, int] | None
    """The same of the marks as they are; None where they cannot be read."""
    problem: str
    """Why the marks as they are cannot be read; empty where they can."""
    added: tuple[str, ...]
    """The ids of papers that would have marks again."""
    removed: tuple[str, ...]
    """Of those that would have none any more."""
    changed: tuple[str, ...]
    """Of those that would have other ones."""

    @property
    def is_idle(self) -> bool:
        """Whether nothing would change."""
        return not (self.problem or self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring did."""

    kept: Path | None
    """The backup of what was replaced; None where there was nothing."""
    aside: Path | None
    """Where the file lies that could not be read; None where it could."""
    left_out: int = 0
    """Rows that this program could not have written."""


def plan(marks: Path, file: Path) -> Plan:
    """Tell what would change if `file` were restored to `marks`.

    Raises:
        UnusableInput: if `file` is no whole backup.
        LibraryError: if the marks are those of a later version.
    """
    with checked_copy(file) as database, database.snapshot() as connection:
        then, counts = mark_rows.read_all(connection), count_marks(connection)
    now: dict[str, Marks] = {}
    now_counts: Mapping[str, int] | None = None
    problem = ""
    try:
        with closing(Database(marks, MARKS)) as present, present.snapshot() as connection:
            now, now_counts = mark_rows.read_all(connection), count_marks(connection)
    except DamagedLibrary as error:
        problem = error.message
    both = now.keys() & then.keys()
    return Plan(
        file=file,
        made=_made(file),
        then=counts,
        now=now_counts,
        problem=problem,
        added=tuple(sorted(then.keys() - now.keys())),
        removed=tuple(sorted(now.keys() - then.keys())),
        changed=tuple(sorted(one for one in both if _said(now[one]) != _said(then[one]))),
    )


def restore(marks: Path, file: Path) -> Restored:
    """Put what `file` holds in the place of the marks, which are backed up first.

    It is a step that can be undone; where there was nothing, the history of the backup comes with it.

    Raises:
        UnusableInput: if `file` is no whole backup.
        LibraryError: if that cannot be done; the marks are as they were then.
        OSError: if a backup or the new file cannot be written; the marks are as they were then.
    """
    with checked_copy(file) as database, database.snapshot() as connection:
        read = rows_of(connection)
        whose = connection.execute("SELECT identity FROM library").fetchone()

        def fill(target: sqlite3.Connection) -> int:
            if is_blank(target):  # it becomes the library that was backed up
                target.execute("UPDATE library SET identity = ?", whose)
                return refill(target, read)
            return refill_as_step(target, read, f"restore of {shown(Path(file.name))}")

        return replace_contents(marks, fill)


def replace_contents(marks: Path, fill: Callable[[sqlite3.Connection], int]) -> Restored:
    """Fill marks.db anew in one step; `fill` is given a transaction, and tells how many rows it left out.

    Raises what `restore` raises.
    """
    for _ in range(_ATTEMPTS):
        try:
            with closing(Database(marks, MARKS)) as present:
                return _refilled(present, marks, fill)
        except DamagedLibrary as error:
            made = _replaced(marks, fill, is_foreign=isinstance(error, ForeignFile))
        if made is not None:
            return made
    raise LibraryError(f"{shown(marks)} is being replaced all the time", remedy="Close other programs.")


def _refilled(present: Database, marks: Path, fill: Callable[[sqlite3.Connection], int]) -> Restored:
    if present.is_read_only:
        raise ReadOnlyLibrary(present.why_read_only, remedy=f"Nothing was changed. {present.how_writable}")
    with present.writing() as connection:
        kept = None
        # Nobody else can write now: what is backed up is what is replaced.
        with present.snapshot() as reader:
            if not is_blank(reader):
                kept = keep(reader, marks, datetime.now(UTC), is_before_restore=True).path
        left_out = fill(connection)
    return Restored(kept, None, left_out)


def _replaced(marks: Path, fill: Callable[[sqlite3.Connection], int], *, is_foreign: bool) -> Restored | None:
    """Put a new file in the place of one that cannot be read; None if another one is there by then."""
    with tempfile.TemporaryDirectory(dir=marks.parent, prefix=".restore-") as folder:
        fresh = Path(folder) / marks.name
        database = Database(fresh, MARKS)
        try:
            with database.writing() as connection:
                left_out = fill(connection)
        finally:
            database.close()
        aside = exchange(marks, fresh, is_foreign=is_foreign)
    if aside is None:
        return None
    return Restored(None, aside if aside.exists() else None, left_out)  # it may have been missing


@contextmanager
def checked_copy(file: Path) -> Iterator[Database]:
    """A private copy of a backup, checked and of the newest version. Raises UnusableInput, LibraryError."""
    with scratch_folder("restore") as folder, closing(_copied(file, folder / "marks.db")) as database:
        yield database


def _copied(file: Path, copy: Path) -> Database:
    others = "Nothing was changed. papers-tui backup --list names the backups."
    try:
        _check(file)
        demand_ours(file, MARKS)
        with closing(connect(file, MARKS, "ro")) as connection:
            version = inspect(connection, file, MARKS)
            _check_version(file, version)
            back_up(connection, copy)
        return Database(copy, MARKS)
    except sqlite3.Error as error:
        failure = translated(error, copy if copy.exists() else file)
        if isinstance(failure, DamagedLibrary):
            raise UnusableInput(file, failure.message, remedy=others) from error
        raise failure from error
    except (DiskFull, NewerLibrary):
        raise
    except LibraryError as error:
        raise UnusableInput(file, error.message, remedy=others) from error
    except OSError as error:
        if error.errno in FULL:
            raise unopened(error, copy) from error
        why = f"{shown(file)} cannot be read: {error.strerror}"
        raise UnusableInput(file, why, remedy=others) from error


def _check(file: Path) -> None:
    if not file.is_file():
        raise LibraryError(f"{shown(file)} is no file, and no backup of marks")
    manifest = read_manifest(file)
    if manifest is not None and checksum(file) != manifest.sha256:
        raise DamagedLibrary(f"{shown(file)} is damaged: it is not what was written when the backup was made")


def _check_version(file: Path, version: int) -> None:
    if version > MARKS.version:
        raise newer(file, MARKS, version)
    if not version:
        raise LibraryError(f"{shown(file)} holds nothing, and is no backup of marks")


def _made(file: Path) -> str:
    manifest = read_manifest(file)
    if manifest is not None:
        return manifest.made
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return written.strftime("%Y-%m-%dT%H:%M:%SZ")


def _said(marks: Marks) -> Marks:
    return replace(marks, note_revision=0)
