"""`papers-tui backup`: the marks backed up now, or the backups listed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, NamedTuple

from papers_tui.index.errors import LibraryError, UnwritableFile
from papers_tui.index.store.backup import read_manifest
from papers_tui.index.store.backups import (
    Backup,
    are_of_one_library,
    backups_of,
    counts_in_words,
    problem_of,
    read_counts,
)
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.text import clean_line
from papers_tui.tui.cli.opened import opened_library
from papers_tui.tui.cli.output import print_json, print_text, tell
from papers_tui.tui.locations import Locations, expanded
from papers_tui.tui.wording import shown_moment


def run(args: argparse.Namespace) -> int:
    """Make a backup, or list those that are kept."""
    if args.list:
        return _list(args)
    where = Locations.of(args.data_dir, args.cache_dir)
    with ExitStack() as opened:
        store = _opened(opened, args, where.marks)
        output = expanded(args.output) if args.output else None
        backup = _made(store, output, (where.marks, where.papers), is_forced=args.force)
    if args.json:
        print_json(_json(backup, ""))
    else:
        counts = backup.manifest.counts if backup.manifest else {}
        print_text(f"{counts_in_words(counts)}: backed up to {clean_line(str(backup.path))}")
    return 0


class _Marks(NamedTuple):
    """What backs marks up."""

    back_up: Callable[[Path | None], Backup]
    folder: Path
    counts: Callable[[], dict[str, int]]


def _opened(opened: ExitStack, args: argparse.Namespace, file: Path) -> _Marks:
    """Open the library, or, where its papers cannot be used, the marks alone: they are what is backed up."""
    try:
        library = opened.enter_context(opened_library(args, is_told=False))
    except LibraryError as error:
        if not file.exists():  # it would be made, wherever that is
            raise
        marks = opened.enter_context(closing(MarksStore(file)))
        tell(f"papers-tui: {error.message}; the marks are backed up all the same\n  {error.remedy}".rstrip())
        return _Marks(marks.back_up, marks.backup_folder, marks.counts)
    return _Marks(library.back_up, library.backup_folder, library.mark_counts)


def _made(marks: _Marks, path: Path | None, stores: Collection[Path], *, is_forced: bool) -> Backup:
    if path is not None:
        path = path.absolute()
        if path.resolve() in {place.resolve() for place in stores}:
            raise UnwritableFile(f"{clean_line(str(path))} is the library itself", remedy="name another file")
        if path.exists() and not is_forced:
            _demand_replaceable(marks, path)
            if not are_of_one_library(path, marks.folder.with_name("marks.db")):
                raise UnwritableFile(
                    f"{clean_line(str(path))} is a backup of another library",
                    remedy="name another file, or add --force to replace it",
                )
    try:
        return marks.back_up(path)
    except OSError as error:
        where = path if path is not None else marks.folder
        raise UnwritableFile(f"{clean_line(str(where))}: {error.strerror}") from error


def _demand_replaceable(marks: _Marks, path: Path) -> None:
    """Raise UnwritableFile for a file that is no backup, or holds more than there is now."""
    name = clean_line(str(path))
    try:
        then = read_counts(path)["papers"]
    except LibraryError as error:
        raise UnwritableFile(
            f"{name} exists already, and is no backup", remedy="name another file, or add --force"
        ) from error
    now = marks.counts()["papers"]
    if then > now:
        raise UnwritableFile(
            f"{name} has the marks of {then:,} papers, and there are {now:,} now",
            remedy="name another file, or add --force to replace it",
        )


def _list(args: argparse.Namespace) -> int:
    marks = Locations.of(args.data_dir, args.cache_dir).marks
    found = [(backup, problem_of(backup.path)) for backup in backups_of(marks)]
    if args.json:
        print_json({"backups": [_json(backup, problem) for backup, problem in found]})
        return 0 if found else 1
    for backup, problem in found:
        said = f"not usable: {problem}" if problem else counts_in_words(read_counts(backup.path))
        why = ", before a restore" if backup.is_before_restore else ""
        print_text(f"{backup.path.name}  {shown_moment(backup.made)}{why}: {said}")
    if not found:
        tell("papers-tui: there are no backups yet; papers-tui backup makes one")
    return 0 if found else 1


def _json(backup: Backup, problem: str) -> dict[str, Any]:
    manifest = backup.manifest or read_manifest(backup.path)
    return {
        "file": clean_line(str(backup.path)),
        "made": backup.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "before_restore": backup.is_before_restore,
        "sha256": manifest.sha256 if manifest else None,
        "size": manifest.size if manifest else None,
        "counts": dict(manifest.counts) if manifest else None,
        "problem": problem or None,
    }
