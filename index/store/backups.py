"""Backups of the marks: two a day while something is marked, some kept for weeks."""

from __future__ import annotations

import hmac
import shutil
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from papers_tui.index.errors import LibraryError
from papers_tui.index.patterns import pattern
from papers_tui.index.store.backup import Manifest, back_up, checksum, manifest_path, read_manifest
from papers_tui.index.store.database import Database
from papers_tui.index.store.failures import BACKUPS, shown, translated
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.index.store.opening import connect, demand_ours, inspect, make_folder
from papers_tui.index.store.upgrades import drop_spent

FOLDER: Final = BACKUPS
"""Beside the marks."""

EVERY: Final = timedelta(hours=12)
_NEWEST: Final = 3
_DAYS: Final = 7
_WEEKS: Final = 4
_BEFORE_RESTORE: Final = 5
"""States that a restore replaced, of which the newest are kept, whatever else is."""
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = pattern(r"marks-([0-9]{8}T[0-9]{6}Z)(-before-restore)?\.db")
_UNFINISHED: Final = pattern(
    r"\.restore-\w{8}|(marks|papers)(-\w+(-before-restore)?)?\.db(\.v[0-9]+\.bak)?(\.json)?\.[0-9]+\.tmp(-journal)?"
)
"""The names of copies that are being made, with the numbers of the programs that make them."""
_ABANDONED: Final = 3600
"""Seconds after which an unfinished copy is nobody's."""

_MARKED: Final = (
    "bookmarked OR note <> '' OR status <> 'unread' OR rating IS NOT NULL OR id IN (SELECT id FROM tag)"
)
_COUNTED: Final = ("papers", "bookmarks", "notes", "tags", "drafts")
_COUNTS: Final = (  # all in one pass: the descriptions of papers in between make the table large
    f"SELECT count(*) FILTER (WHERE {_MARKED}), count(*) FILTER (WHERE bookmarked),"
    " count(*) FILTER (WHERE note <> ''), (SELECT count(DISTINCT name) FROM tag),"
    " (SELECT count(*) FROM draft) FROM mark"
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that the program keeps."""

    path: Path
    made: datetime
    is_before_restore: bool
    """Whether it is what a restore replaced."""
    manifest: Manifest | None

    @property
    def papers(self) -> int | None:
        """How many papers have marks in it; None where that was not written down."""
        return self.manifest.counts.get("papers") if self.manifest else None


def count_marks(connection: sqlite3.Connection) -> dict[str, int]:
    """Tell in numbers what a file of marks holds, of any version."""
    return dict(zip(_COUNTED, connection.execute(_COUNTS).fetchone(), strict=True))


def backups_of(marks: Path) -> list[Backup]:
    """Return the backups that are kept of a file of marks, the newest first."""
    try:
        paths = list((marks.parent / FOLDER).iterdir())
    except OSError:
        return []
    found = [
        Backup(path, made, bool(parts[2]), read_manifest(path))
        for path in paths
        if (parts := _NAME.fullmatch(path.name)) and (made := _made(parts[1]))
    ]
    return sorted(found, key=lambda backup: (backup.made, backup.path.name), reverse=True)


def is_blank(connection: sqlite3.Connection) -> bool:
    """Whether a file of marks holds nothing that anybody could miss."""
    query = (
        "SELECT EXISTS (SELECT 1 FROM mark) OR EXISTS (SELECT 1 FROM draft)"
        " OR EXISTS (SELECT 1 FROM setting WHERE name <> 'shelf-offered')"
    )
    return not connection.execute(query).fetchone()[0]


def problem_of(path: Path) -> str:
    """Read a backup through; return what is wrong with it, or nothing."""
    manifest = read_manifest(path)
    try:
        if manifest is not None and not hmac.compare_digest(checksum(path), manifest.sha256):
            return "its content is not what was written: the checksum differs"
        counts = read_counts(path)
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    except LibraryError as error:
        return error.message
    if manifest is not None and any(counts.get(name) != found for name, found in manifest.counts.items()):
        return "it does not hold what was written down of it"
    return ""


def read_counts(path: Path) -> dict[str, int]:
    """Tell what a file of marks holds, once it is certain that it is one and whole. Raises LibraryError."""
    try:
        demand_ours(path, MARKS)
        with closing(connect(path, MARKS, "ro")) as connection:
            if not inspect(connection, path, MARKS):
                return dict.fromkeys(_COUNTED, 0)
            return count_marks(connection)
    except sqlite3.Error as error:
        raise translated(error, path) from error
    except OSError as error:
        raise LibraryError(f"{shown(path)} cannot be read: {error.strerror}") from error


def are_of_one_library(backup: Path, marks: Path) -> bool:
    """Whether a backup is of these marks, or one of the two holds nothing. Raises LibraryError."""
    found = []
    for path in (backup, marks):
        if not path.exists() or not any(read_counts(path).values()):
            return True
        with closing(connect(path, MARKS, "ro")) as connection:
            found.append(connection.execute("SELECT identity FROM library").fetchone())
    return bool(found[0] == found[1])


def newest_good(marks: Path) -> Backup | None:
    """Return the newest backup that holds what was written; None where there is none."""
    return next((backup for backup in backups_of(marks) if not problem_of(backup.path)), None)


def keep_backups(database: Database) -> str:
    """Back the marks up if that is due, and drop what nobody needs; return why that failed, or nothing."""
    folder = database.path.parent / FOLDER
    try:
        with database.reading() as connection:
            rotate(connection, database.path, datetime.now(UTC))
        drop_spent(folder.parent, next((backup.made for backup in backups_of(database.path)), None))
    except LibraryError as error:
        return error.message
    except OSError as error:
        return f"{shown(folder)} cannot be written: {error.strerror}"
    return ""


def rotate(connection: sqlite3.Connection, marks: Path, now: datetime) -> Path | None:
    """Back up the marks that `connection` reads, if some changed and that was not done lately.

    Returns the new backup. Raises what `back_up` raises.
    """
    kept = backups_of(marks)
    sweep(marks.parent / FOLDER)
    if any(abs(now - backup.made) < EVERY for backup in kept):
        return None
    if kept and kept[0].manifest is not None and kept[0].manifest.state == _state(connection):
        return None
    if is_blank(connection):
        return None
    return keep(connection, marks, now).path


def keep(
    connection: sqlite3.Connection, marks: Path, now: datetime, *, is_before_restore: bool = False
) -> Backup:
    """Back up the marks that `connection` reads, and thin out the backups. Raises what `back_up` raises."""
    folder = marks.parent / FOLDER
    make_folder(folder)
    while (path := folder / _name(now, is_before_restore=is_before_restore)).exists():
        now += timedelta(seconds=1)
    manifest = back_up(connection, path, count=count_marks, state=_state(connection))
    for backup in superfluous(backups_of(marks)):
        if backup.path != path:  # a clock that was put back makes the newest look like the oldest
            backup.path.unlink(missing_ok=True)
            manifest_path(backup.path).unlink(missing_ok=True)
    return Backup(path, now.replace(microsecond=0), is_before_restore, manifest)


def leftovers(folder: Path) -> list[Path]:
    """Return what unfinished backups, upgrades and restores left behind, once it is nobody's any more."""
    places = [*folder.glob("*.tmp*"), *folder.parent.glob("*.tmp*"), *folder.parent.glob(".restore-*")]
    unfinished = [path for path in places if _UNFINISHED.fullmatch(path.name)]
    old = [path for path in unfinished if abs(time.time() - path.stat().st_mtime) > _ABANDONED]
    orphans = [path for path in folder.glob("marks-*.db.json") if not path.with_suffix("").exists()]
    return old + orphans


def sweep(folder: Path) -> list[Path]:
    """Remove what unfinished backups and restores left behind; return what was removed."""
    gone = leftovers(folder)
    for path in gone:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return gone


def superfluous(backups: list[Backup]) -> list[Backup]:
    """Return the backups that need not be kept, of all of them, the newest first.

    Kept are the newest, that of each of 7 days and of 4 weeks, those that a restore replaced, and every one
    with more than twice the marks of the newest: what became so much emptier may have lost something.
    """
    ordinary = [backup for backup in backups if not backup.is_before_restore]
    days: dict[object, Backup] = {}
    weeks: dict[object, Backup] = {}
    for backup in ordinary:
        days.setdefault(backup.made.date(), backup)
        weeks.setdefault(backup.made.isocalendar()[:2], backup)
    replaced = [backup for backup in backups if backup.is_before_restore]
    by_age = *ordinary[:_NEWEST], *list(days.values())[:_DAYS], *list(weeks.values())[:_WEEKS]
    kept = {backup.path for backup in (*by_age, *replaced[:_BEFORE_RESTORE])}
    fullness = backups[0].papers if backups else None
    return [
        backup
        for backup in backups
        if backup.path not in kept and not _is_much_fuller(backup, 0 if fullness is None else fullness)
    ]


def _is_much_fuller(backup: Backup, papers: int) -> bool:
    if backup.papers is not None:
        return backup.papers > 2 * papers
    try:
        return read_counts(backup.path)["papers"] > 2 * papers
    except LibraryError:
        return False


def _name(made: datetime, *, is_before_restore: bool) -> str:
    return f"marks-{made.strftime(_STAMP)}{'-before-restore' if is_before_restore else ''}.db"


def _made(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _state(connection: sqlite3.Connection) -> str:
    """Return what tells this state of the marks from every other one, drafts included."""
    query = (
        "SELECT identity, generation, (SELECT count(*) || '.' || total(length(text)) || '.' ||"
        " coalesce(max(saved), '') FROM draft) FROM library"
    )
    row: tuple[object, ...] = connection.execute(query).fetchone()
    return ":".join(map(str, row))


def counts_in_words(counts: Mapping[str, int]) -> str:
    """Return `57 papers with marks, 41 bookmarks, 12 notes, 8 tags`; what there is none of is left out."""
    words = {
        "papers": "{} with marks",
        "bookmarks": "{}",
        "notes": "{}",
        "tags": "{}",
        "drafts": "{}",
    }
    said = []
    for name, template in words.items():
        if number := counts.get(name, 0):
            noun = name if number != 1 else name.removesuffix("s")
            said.append(template.format(f"{number:,} {noun}"))
    return ", ".join(said) or "no marks"
