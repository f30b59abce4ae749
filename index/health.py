"""What is wrong with a library, in words, and what to do about it. Nothing is changed by looking."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from papers_tui.index import places
from papers_tui.index.errors import DamagedLibrary, LibraryError, NewerLibrary
from papers_tui.index.findings import Finding, Level
from papers_tui.index.note_files import LeftFile, left_files
from papers_tui.index.permissions import can_be_read, permissions, reachable
from papers_tui.index.search.paper_index import PaperIndex
from papers_tui.index.search.write_lock import ASIDE, in_the_way
from papers_tui.index.store import mark_rows, recovering, salvaging
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
from papers_tui.index.store.corpus_schema import CORPUS
from papers_tui.index.store.database import Database
from papers_tui.index.store.failures import shown
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.index.store.opening import Schema
from papers_tui.index.store.upgrades import copies_in, upgraded
from papers_tui.index.text import clean_line

_LITTLE: Final = 64 << 20
"""Bytes of free space below which something will soon fail."""


def examine(data_dir: Path, cache_dir: Path) -> Iterator[Finding]:
    """Look at a library: its places, stores, backups and index."""
    hindrances = list(_guarded("places", lambda: reachable(data_dir)))
    yield from hindrances
    if hindrances:
        return
    yield from _guarded("places", lambda: _places(data_dir, cache_dir))
    marks, papers = data_dir / "marks.db", data_dir / "papers.db"
    if can_be_read(marks):
        yield from _guarded("marks", lambda: _marks(marks))
    if can_be_read(papers):
        yield from _guarded("papers", lambda: _papers(papers))
    if can_be_read(papers) and can_be_read(marks):
        yield from _guarded("papers", lambda: _lacking(marks, papers))
    if papers.exists() and can_be_read(papers):
        yield from _guarded("index", lambda: _index(papers, cache_dir))
    yield from _guarded("backups", lambda: _backups(marks))
    yield from _guarded("leftovers", lambda: _leftovers(data_dir, cache_dir))


def _guarded(check: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except LibraryError as error:
        yield Finding(check, "problem", error.message, error.remedy)
    except OSError as error:
        where = f": {clean_line(str(error.filename))}" if error.filename else ""
        yield Finding(check, "problem", f"{check} could not be looked at: {error.strerror}{where}")


def _places(data_dir: Path, cache_dir: Path) -> Iterator[Finding]:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        if (value := os.environ.get(name)) and not Path(value).is_absolute():
            yield Finding("places", "note", f"${name} is not an absolute path, and is passed over")
    if data_dir.exists():
        yield from permissions(data_dir)
    else:
        yield Finding("places", "note", f"{shown(data_dir)} is made when the library is first opened")
    for name, folder in (("library", data_dir), ("index", cache_dir)):
        free = places.free_bytes(folder)
        if free is not None:
            level: Level = "ok" if free >= _LITTLE else "problem"
            remedy = "" if level == "ok" else "free some space: what cannot be stored is told, and not lost"
            yield Finding("space", level, f"{free >> 20:,} MB are free for the {name}", remedy)
    yield from _sharing(data_dir)


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
    if not salvaging.is_whole(marks):
        remedy = "papers-tui restore brings the newest good backup back; doctor --repair saves what is left"
        yield Finding("marks", "problem", f"{shown(marks)} is damaged", remedy, "salvage", marks)
        return
    with closing(Database(marks, MARKS, is_only_read=True)) as database:
        yield from _version(database, "marks", MARKS)
        if not database.version:
            yield from _lost(marks, f"{shown(marks)} holds nothing")
            return
        with database.snapshot() as connection:
            counts = count_marks(connection)
            query = "SELECT id FROM draft GROUP BY id ORDER BY max(saved) DESC"
            drafts = [row[0] for row in connection.execute(query)]
    if any(counts.values()):
        yield Finding("marks", "ok", f"{shown(marks)} is whole: {counts_in_words(counts)}")
    else:
        yield from _lost(marks, f"{shown(marks)} holds no marks")
    yield from _unfinished(drafts, left_files(marks.parent))


def _unfinished(drafts: list[str], files: list[LeftFile]) -> Iterator[Finding]:
    """Tell of notes that were typed and not saved."""
    papers = list(dict.fromkeys([*drafts, *(file.paper_id for file in files if file.text)]))
    if papers:
        many = ", …" if len(papers) > 3 else ""
        word = "note was" if len(papers) == 1 else "notes were"
        message = f"{len(papers):,} {word} typed and not saved: {', '.join(papers[:3])}{many}"
        yield Finding("drafts", "note", message, "opening a paper's note shows what was typed")
    for file in files:
        if file.text:
            message = (
                f"what was typed into the note on {file.paper_id} is in {shown(file.path)}, and in no backup"
            )
            remedy = "the browser takes it in when it starts, and doctor --repair does so now"
            yield Finding("drafts", "note", message, remedy, "take in", file.path)
        if file.others:
            message = f"an editor was cut off, and left {shown(file.path.with_name(file.others[0]))}"
            remedy = f"papers-tui note {file.paper_id} --edit opens the note again: the editor can recover it"
            yield Finding("drafts", "note", message, remedy)


def _version(database: Database, check: str, schema: Schema) -> Iterator[Finding]:
    """Tell of a file that another version of this program wrote."""
    if database.version > schema.version:
        message = f"{database.why_read_only}; it is opened to be read only"
        yield Finding(check, "problem", message, database.how_writable)
    elif 0 < database.version < schema.version:
        message = f"{shown(database.path)} is of version {database.version}, and will be of {schema.version}"
        yield Finding(check, "note", message, "that happens when it is next opened, after a backup")


def _lost(marks: Path, message: str) -> Iterator[Finding]:
    """Say that there are no marks; and if there were some, that they are in a backup."""
    backups = backups_of(marks)
    fullest = max((backup.papers or 0 for backup in backups), default=0)
    if backups and not marks.exists():
        remedy = f"papers-tui restore: a backup has the marks of {fullest:,} paper{'s' * (fullest != 1)}"
        yield Finding("marks", "problem", f"{shown(marks)} is missing", remedy)
    elif fullest:
        word = "paper" if fullest == 1 else "papers"
        remedy = f"papers-tui restore: a backup has the marks of {fullest:,} {word}"
        yield Finding("marks", "problem", message, remedy)
    else:
        yield Finding("marks", "ok", message)


def _papers(papers: Path) -> Iterator[Finding]:
    if not papers.exists():
        yield Finding("papers", "ok", f"there is no {shown(papers)} yet")
    elif recovering.is_whole(papers):
        with closing(Database(papers, CORPUS, is_only_read=True)) as database:
            yield from _version(database, "papers", CORPUS)
            count = Corpus(database).count()
        yield Finding("papers", "ok", f"{shown(papers)} is whole: {count:,} papers")
    else:
        remedy = "doctor --repair saves what is left; importing again brings the rest"
        yield Finding("papers", "problem", f"{shown(papers)} is damaged", remedy, "recover", papers)


def _lacking(marks: Path, papers: Path) -> Iterator[Finding]:
    """Tell of papers with marks that are not in the library."""
    try:
        with (
            closing(Database(marks, MARKS, is_only_read=True)) as database,
            closing(Database(papers, CORPUS, is_only_read=True)) as corpus,
        ):
            if database.version != MARKS.version or corpus.version not in {0, CORPUS.version}:
                return
            with database.snapshot() as connection:
                marked = {one for one, each in mark_rows.read_all(connection).items() if not each.trashed}
            lacking = marked - Corpus(corpus).names()
    except (DamagedLibrary, NewerLibrary):
        return  # which is told of the file
    if lacking:
        word = "paper with marks is" if len(lacking) == 1 else "papers with marks are"
        remedy = "doctor --repair puts back what was stored of them with the marks; importing brings the rest"
        message = f"{len(lacking):,} {word} missing in {shown(papers)}"
        yield Finding("papers", "problem", message, remedy, "readopt")


def _index(papers: Path, cache_dir: Path) -> Iterator[Finding]:
    folder = cache_dir / "index"
    if cache_dir.exists() and (not cache_dir.is_dir() or places.lacking_rights(cache_dir)):
        rights = places.lacking_rights(cache_dir)
        way = places.how_to_gain(rights, cache_dir) if rights else "move it away"
        message = f"{shown(cache_dir)} cannot be used: the index cannot be kept there"
        yield Finding("index", "problem", message, f"{way}; --cache-dir DIR names another place")
        return
    if what := in_the_way(folder):
        remedy = "papers-tui reindex puts it aside, and builds the index"
        yield Finding("index", "problem", f"{shown(folder)} is {what}", remedy, "reindex")
        return
    index = PaperIndex(folder)
    try:
        with closing(Database(papers, CORPUS, is_only_read=True)) as database:
            is_current = bool(database.version) and index.is_current(Corpus(database).stamp())
    except (DamagedLibrary, NewerLibrary):
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
    if not can_be_read(marks.parent / FOLDER):
        return  # which is told of the folder
    backups = backups_of(marks)
    good: list[datetime] = []
    for backup in backups:
        if problem := problem_of(backup.path):
            remedy = "the others are not touched by that; look at the disk"
            yield Finding("backups", "problem", f"{shown(backup.path)}: {problem}", remedy)
        else:
            good.append(backup.made)
    is_needed = marks.exists() and _has_marks(marks)
    if good:
        age = datetime.now(UTC) - good[0]
        days = f"{age.days} days" if age.days > 1 else f"{max(age.total_seconds(), 0) / 3600:.0f} hours"
        word = "backup" if len(good) == 1 else "backups"
        yield Finding("backups", "ok", f"{len(good):,} good {word} of the marks, the newest {days} old")
    elif is_needed:
        message = f"the marks have no good backup; one is made every {EVERY.seconds // 3600} hours"
        level: Level = "problem" if backups else "note"
        yield Finding("backups", level, message, "papers-tui backup makes one", "back up", marks)


def _has_marks(marks: Path) -> bool:
    """Whether there is something to be backed up in a file that can be."""
    try:
        with closing(Database(marks, MARKS, is_only_read=True)) as database:
            if not 0 < database.version <= MARKS.version or not os.access(marks.parent, os.W_OK):
                return False
            with database.snapshot() as connection:
                return any(count_marks(connection).values())
    except LibraryError:
        return False


def _leftovers(data_dir: Path, cache_dir: Path) -> Iterator[Finding]:
    for path in leftovers(data_dir / FOLDER):
        yield Finding("leftovers", "note", f"{shown(path)} was left unfinished", "", "sweep", path)
    for path in sorted(data_dir.glob("*.damaged-*")):
        message = f"{shown(path)} is a damaged file that was moved aside"
        yield Finding("leftovers", "note", message, "delete it once nothing of it is missed")
    for path in sorted([*data_dir.glob("*.db.aside-*"), *cache_dir.glob(f"index.{ASIDE}-*")]):
        message = f"{shown(path)} was in the place of a file of the library, and was put aside as it was"
        is_empty = path.is_file() and not path.stat().st_size
        remedy = "it is empty: it can be deleted" if is_empty else "move it where it belongs"
        yield Finding("leftovers", "note", message, remedy)
    for path in copies_in(data_dir):
        size = path.stat().st_size >> 20
        message = f"{shown(path)} is {upgraded(path).name} as it was before an upgrade: {size:,} MB"
        remedy = "it goes by itself after a week; doctor --repair removes it once what became of it is whole"
        yield Finding("leftovers", "note", message, remedy, "drop", path)
