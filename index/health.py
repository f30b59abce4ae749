"""What is wrong with a library, in words, and what to do about it. Nothing is changed by looking."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from papers_tui.index import places
from papers_tui.index.errors import DamagedLibrary, LibraryError, NewerLibrary
from papers_tui.index.search.paper_index import PaperIndex
from papers_tui.index.store.backups import (
    EVERY,
    FOLDER,
    backups_of,
    count_marks,
    counts_in_words,
    leftovers,
    problem_of,
)
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.database import Database
from papers_tui.index.store.failures import shown
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.index.store.salvaging import is_whole

Repair = Literal["close", "salvage", "recover", "reindex", "back up", "sweep"]
"""What can be done about a finding without a loss."""

_LITTLE: Final = 64 << 20
"""Bytes of free space below which something will soon fail."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    """What was looked at, in a word or two: `marks`, `index`."""
    level: Literal["ok", "note", "problem"]
    """`note`: to be known, but nothing is wrong."""
    message: str
    remedy: str = ""
    """What to do about it."""
    repair: Repair | None = None
    path: Path | None = None
    """What the repair is of."""


def examine(data_dir: Path, cache_dir: Path) -> Iterator[Finding]:
    """Look at a library: its places, stores, backups and index."""
    yield from _guarded("places", lambda: _places(data_dir, cache_dir))
    if data_dir.exists() and not os.access(data_dir, os.R_OK | os.X_OK):
        remedy = f"chmod u+rwx {shown(data_dir)}, or --data-dir DIR names another"
        yield Finding("places", "problem", f"{shown(data_dir)} cannot be read", remedy)
        return
    marks, papers = data_dir / "marks.db", data_dir / "papers.db"
    yield from _guarded("marks", lambda: _marks(marks))
    yield from _guarded("papers", lambda: _papers(papers))
    yield from _guarded("index", lambda: _index(papers, cache_dir / "index"))
    yield from _guarded("backups", lambda: _backups(marks))
    yield from _guarded("leftovers", lambda: _leftovers(data_dir))


def _guarded(check: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except LibraryError as error:
        yield Finding(check, "problem", error.message, error.remedy)
    except OSError as error:
        yield Finding(check, "problem", f"{check} could not be looked at: {error.strerror}")


def _places(data_dir: Path, cache_dir: Path) -> Iterator[Finding]:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        if (value := os.environ.get(name)) and not Path(value).is_absolute():
            yield Finding("places", "note", f"${name} is not an absolute path, and is passed over")
    if not data_dir.exists():
        yield Finding("places", "note", f"{shown(data_dir)} is made when the library is first opened")
    elif not data_dir.is_dir():
        yield Finding("places", "problem", f"{shown(data_dir)} is no folder", "--data-dir DIR names another")
        return
    if os.access(data_dir, os.R_OK | os.X_OK):
        yield from _permissions(data_dir)
    for name, folder in (("library", data_dir), ("index", cache_dir)):
        free = places.free_bytes(folder)
        if free is not None:
            level: Literal["ok", "problem"] = "ok" if free >= _LITTLE else "problem"
            remedy = "" if level == "ok" else "free some space: what cannot be stored is told, and not lost"
            yield Finding("space", level, f"{free >> 20:,} MB are free for the {name}", remedy)
    yield from _sharing(data_dir)


def _permissions(data_dir: Path) -> Iterator[Finding]:
    backups = data_dir / FOLDER
    files = [*data_dir.glob("*.db*"), *(backups.glob("*.db*") if backups.is_dir() else ())]
    found = [(path, places.open_to_others(path)) for path in (data_dir, backups, *files) if path.exists()]
    for path, what in found:
        if what:
            message = f"other users of this machine may {what} {shown(path)}"
            level: Literal["note", "problem"] = "note" if what == "read" and path.is_dir() else "problem"
            yield Finding("permissions", level, message, "doctor --repair closes it", "close", path)
    for path in (data_dir, *files):
        if path.stat().st_uid != os.geteuid():
            yield Finding("permissions", "note", f"{shown(path)} belongs to another user")
        elif not os.access(path, os.W_OK):
            remedy = "make it writable; until then the library can only be read"
            yield Finding("permissions", "problem", f"{shown(path)} cannot be written", remedy)
    if not any(what for _, what in found):
        yield Finding("permissions", "ok", "the library is yours alone")


def _sharing(data_dir: Path) -> Iterator[Finding]:
    if places.is_on_network(data_dir):
        message = f"{shown(data_dir)} is on a network disk ({places.file_system(data_dir)})"
        remedy = "it works where the server's locks do; --data-dir DIR names a place on this machine"
        yield Finding("sharing", "note", message, remedy)
    if program := places.synced_by(data_dir):
        message = f"{shown(data_dir)} is copied between machines by {program}"
        remedy = (
            "a copy made while something is written is damaged: keep the library elsewhere with --data-dir,"
            " and let papers-tui backup -o FILE write what is to be copied"
        )
        yield Finding("sharing", "problem", message, remedy)


def _marks(marks: Path) -> Iterator[Finding]:
    if not marks.exists():
        yield from _lost(marks, f"there is no {shown(marks)} yet")
        return
    try:
        whole = is_whole(marks)
    except NewerLibrary as error:
        yield Finding("marks", "problem", error.message, error.remedy)
        return
    if not whole:
        remedy = "papers-tui restore brings the newest good backup back; doctor --repair saves what is left"
        yield Finding("marks", "problem", f"{shown(marks)} is damaged", remedy, "salvage", marks)
        return
    with closing(Database(marks, MARKS)) as database:
        with database.snapshot() as connection:
            counts = count_marks(connection)
            drafts = [
                row[0]
                for row in connection.execute("SELECT id FROM draft GROUP BY id ORDER BY max(saved) DESC")
            ]
        if database.is_read_only:
            yield Finding("marks", "note", f"marks can only be read: {database.why_read_only}")
    if any(counts.values()):
        yield Finding("marks", "ok", f"{shown(marks)} is whole: {counts_in_words(counts)}")
    else:
        yield from _lost(marks, f"{shown(marks)} holds no marks")
    if drafts:
        many = ", …" if len(drafts) > 3 else ""
        word = "note was" if len(drafts) == 1 else "notes were"
        message = f"{len(drafts):,} {word} typed and not saved: {', '.join(drafts[:3])}{many}"
        yield Finding("drafts", "note", message, "opening a paper's note shows what was typed")


def _lost(marks: Path, message: str) -> Iterator[Finding]:
    """Say that there are no marks; and if there were some, that they are in a backup."""
    fullest = max((backup.papers or 0 for backup in backups_of(marks)), default=0)
    if fullest:
        word = "paper" if fullest == 1 else "papers"
        remedy = f"papers-tui restore: a backup has the marks of {fullest:,} {word}"
        yield Finding("marks", "problem", message, remedy)
    else:
        yield Finding("marks", "ok", message)


def _papers(papers: Path) -> Iterator[Finding]:
    if not papers.exists():
        yield Finding("papers", "ok", f"there is no {shown(papers)} yet")
        return
    try:
        with closing(Corpus(papers)) as corpus:
            whole, count = corpus.is_whole(), corpus.count()
    except DamagedLibrary:
        whole = False
    if whole:
        yield Finding("papers", "ok", f"{shown(papers)} is whole: {count:,} papers")
    else:
        remedy = "doctor --repair saves what is left; importing again brings the rest"
        yield Finding("papers", "problem", f"{shown(papers)} is damaged", remedy, "recover", papers)


def _index(papers: Path, folder: Path) -> Iterator[Finding]:
    if not papers.exists():
        return
    index = PaperIndex(folder)
    try:
        with closing(Corpus(papers)) as corpus:
            is_current = index.is_current(corpus.stamp())
    except DamagedLibrary:
        return  # which is told of the papers
    if not folder.exists():
        yield Finding("index", "note", "there is no index yet: it is built when it is first needed")
    elif (doubt := index.verify()) is not None:
        yield Finding("index", "problem", f"the index is damaged: {doubt}", "papers-tui reindex", "reindex")
    elif is_current:
        yield Finding("index", "ok", "the index is whole, and knows every paper")
    else:
        yield Finding("index", "note", "the index is behind; the next search brings it up to date")


def _backups(marks: Path) -> Iterator[Finding]:
    backups = backups_of(marks)
    good: list[datetime] = []
    for backup in backups:
        if problem := problem_of(backup.path):
            remedy = "the others are not touched by that; look at the disk"
            yield Finding("backups", "problem", f"{shown(backup.path)}: {problem}", remedy)
        else:
            good.append(backup.made)
    if not marks.exists():
        return
    try:
        with closing(Database(marks, MARKS)) as database, database.snapshot() as connection:
            is_empty = not any(count_marks(connection).values())
            is_kept = database.is_read_only
    except (LibraryError, sqlite3.Error):
        return
    if good:
        age = datetime.now(UTC) - good[0]
        days = f"{age.days} days" if age.days > 1 else f"{max(age.total_seconds(), 0) / 3600:.0f} hours"
        word = "backup" if len(good) == 1 else "backups"
        yield Finding("backups", "ok", f"{len(good):,} good {word} of the marks, the newest {days} old")
    elif not is_empty and not is_kept:
        message = f"the marks have no good backup; one is made every {EVERY.seconds // 3600} hours"
        level: Literal["note", "problem"] = "problem" if backups else "note"
        yield Finding("backups", level, message, "papers-tui backup makes one", "back up", marks)


def _leftovers(data_dir: Path) -> Iterator[Finding]:
    for path in leftovers(data_dir / FOLDER):
        yield Finding("leftovers", "note", f"{shown(path)} was left unfinished", "", "sweep", path)
    for path in sorted(data_dir.glob("*.damaged-*")):
        message = f"{shown(path)} is a damaged file that was moved aside"
        yield Finding("leftovers", "note", message, "delete it once nothing of it is missed")
