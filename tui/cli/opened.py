"""Opening the library for a verb, and keeping its index current."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from papers_tui.index.errors import PapersError
from papers_tui.index.library import Library
from papers_tui.index.store.failures import BACKUPS
from papers_tui.index.text import clean_line
from papers_tui.tui.cli.output import progress, tell
from papers_tui.tui.locations import Locations
from papers_tui.tui.trust import warnings
from papers_tui.tui.wording import plural


@contextmanager
def opened_library(
    args: argparse.Namespace, *, is_searched: bool = False, is_made_whole: bool = True, is_told: bool = True
) -> Iterator[Library]:
    """Open the library; where it is to be searched, bring its index up to date first. Raises LibraryError.

    Marked papers are put back where papers.db was lost, unless the verb does so itself; that the library is
    read-only is told, unless the verb does its work there.

    Where the verb changes marks or papers, the files that are bound to queries follow. A verb that only reads
    makes no library where the user named one that is not there: it reads an empty one.
    """
    where = Locations.of(args.data_dir, args.cache_dir)
    with _places(args, where) as (data_dir, cache_dir), Library.open(data_dir, cache_dir) as library:
        for warning in warnings(where):
            tell(f"papers-tui: {warning}")
        if is_made_whole:
            _put_back_lost(library)
        if is_searched and not library.index_is_current():
            index(library)
        before = library.version()
        try:
            yield library
            if is_told:
                _tell_read_only(library)  # a change that is refused says so itself
        finally:
            if _has_changed(library, before):
                _follow(library, where)


@contextmanager
def _places(args: argparse.Namespace, where: Locations) -> Iterator[tuple[Path, Path]]:
    """Tell where the library and its index are to be opened."""
    if args.data_dir is None or not _only_reads(args) or not _is_missing(where):
        yield where.data_dir, where.cache_dir
        return
    shown = clean_line(os.fsencode(where.data_dir).decode(errors="replace"), limit=200)
    tell(f"papers-tui: there is no library in {shown} yet")
    tell("  papers-tui import FILE, or papers-tui, with the same --data-dir, starts one")
    with TemporaryDirectory(prefix="papers-tui-none-") as nothing:
        yield Path(nothing), Path(nothing) / "cache"


def _only_reads(args: argparse.Namespace) -> bool:
    """Tell whether a verb needs no library of its own: it changes nothing that another run would see."""
    match args.module:
        case "search" | "show" | "similar" | "cite" | "export" | "duplicates":
            return True
        case "tag":
            return not any(word.startswith(("+", "-")) for word in args.words)
        case "note":
            return args.text is None and args.file is None and not args.edit
        case "trash":
            return not (args.restore or args.empty)
        case _:
            return False


def _is_missing(where: Locations) -> bool:
    """Tell whether there is nothing of a library where one was named."""
    for path in (where.papers, where.marks, where.data_dir / BACKUPS):
        try:
            path.lstat()
        except FileNotFoundError:
            continue
        except OSError:
            return False  # opening it tells what is wrong
        return False
    return True


def _put_back_lost(library: Library) -> None:
    """Put marked papers back where papers.db was lost, and say so."""
    lost = library.lost_papers()
    if not lost:
        return
    said = f"papers-tui: papers.db was missing, or empty: {plural(lost, 'paper')} with marks"
    if library.is_read_only:
        verb = "is" if lost == 1 else "are"
        tell(f"{said} {verb} not in it\n  papers-tui doctor --repair puts them back, where it can be written")
        return
    put_back = library.readopt()
    tell(f"{said}, of which {len(put_back):,} could be put back\n  Import your papers again for the others.")


def _tell_read_only(library: Library) -> None:
    if library.is_read_only:
        tell(f"papers-tui: the library is read-only: {library.why_read_only}\n  {library.how_writable}")


def _has_changed(library: Library, before: object) -> bool:
    try:
        return library.version() != before
    except PapersError:
        return False  # The verb itself has told of it, and of what was kept.


def _follow(library: Library, where: Locations) -> None:
    """Bring the bound files up to date, and tell of those that could not be."""
    try:
        if not library.bindings.all():
            return
        from papers_tui.tui.binding import BoundFiles  # noqa: PLC0415 - few libraries have bound files
        from papers_tui.tui.citing import key_template  # noqa: PLC0415 - few libraries have bound files
        from papers_tui.tui.config import load  # noqa: PLC0415 - few libraries have bound files

        if not library.index_is_current():
            index(library)
        done = BoundFiles(library, lambda: key_template(load(where.config_file))).refresh()
    except PapersError as error:
        tell(f"papers-tui: the bound files were not rewritten: {error.message}")
        return
    for one in done:
        if one.problem:
            tell(f"papers-tui: {one.problem}")


def index(library: Library, *, is_rebuilt: bool = False) -> None:
    """Bring the index up to date, or build it anew, with progress."""
    with progress("papers") as bar:
        task = bar.add_task("Indexing", total=None, read=0, rate="")

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, read=done)

        if is_rebuilt:
            library.rebuild_index(advance)
        else:
            library.update_index(advance)
