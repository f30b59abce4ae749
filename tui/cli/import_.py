"""`papers-tui import`: read files into the library."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rich.progress import Progress as Bar

from papers_tui.index.errors import UnwritableFile, WrongUsage
from papers_tui.index.importing import FileReport, ImportOptions, ImportReport, Progress
from papers_tui.index.library import Library
from papers_tui.index.rejects import keep, mendable, write_all
from papers_tui.index.text import clean_line
from papers_tui.tui.cli import INTERRUPTED
from papers_tui.tui.cli.opened import index, opened_library
from papers_tui.tui.cli.output import print_json, print_text, progress, short, tell
from papers_tui.tui.locations import Locations, expanded
from papers_tui.tui.wording import plural

SHOWN_REJECTS = 20
"""Rejected places printed of one file; `--json` has all."""


def run(args: argparse.Namespace) -> int:
    """Import what the command line names."""
    if not (args.paths or args.starter or args.remove_starter):
        raise WrongUsage("nothing to import was named", remedy="papers-tui import FILE... | - | --starter")
    if "" in args.paths:
        raise WrongUsage("an empty name is no file", remedy="papers-tui import . takes this directory")
    if args.dry_run and (args.starter or args.remove_starter):
        raise WrongUsage("--dry-run is for files", remedy="papers-tui import --dry-run FILE...")
    with opened_library(args) as library:
        if args.remove_starter:
            return _remove_shelf(library, args)
        report = _import(library, args)
        if not args.dry_run and not report.was_interrupted:
            index(library)
        rejects = _keep_rejects(report, args, is_read_only=library.is_read_only)
    _print(report, args, rejects)
    if report.was_interrupted:
        tell("papers-tui: interrupted; what was read so far is in the library. Import again to go on.")
        return INTERRUPTED
    return 3 if any(_is_lost(file) for file in report.files) else 0


def _remove_shelf(library: Library, args: argparse.Namespace) -> int:
    removed = library.remove_shelf()
    index(library)
    if args.json:
        print_json({"removed": removed, "total": library.count()})
    else:
        kept = "; what you marked, or imported too, was kept"
        print_text(f"{plural(len(removed), 'paper')} of the starter shelf removed{kept}")
    return 0 if removed else 1


def _import(library: Library, args: argparse.Namespace) -> ImportReport:
    files = []
    if args.starter:
        files.append(library.add_shelf())
    if not args.paths:
        return ImportReport(tuple(files), library.count())
    options = ImportOptions(
        format=args.format, page_date=args.page_date, encoding=args.encoding, dry_run=args.dry_run
    )
    stdin = sys.stdin.buffer if "-" in args.paths else None
    paths = [expanded(path) for path in args.paths if path != "-"]
    with progress("papers") as bar:
        report = library.import_paths(paths, options, _Advance(bar), stdin=stdin)
    return replace(report, files=(*files, *report.files))


class _Advance:
    """Draws an import's progress: a bar a file, with papers a second."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None, read=0, rate="")
        self._path = ""
        self._started = 0.0

    def __call__(self, done: Progress) -> None:
        if done.path != self._path:
            self._path, self._started = done.path, time.monotonic()
            self._bar.reset(self._task, description=short(done.path))
        rate = done.read / max(time.monotonic() - self._started, 0.001)
        self._bar.update(
            self._task,
            completed=done.done_bytes,
            total=done.total_bytes,
            read=done.read,
            rate=f"{rate:,.0f}/s" if self._started else "",
        )


def _is_lost(file: FileReport) -> bool:
    return file.is_unusable or (bool(file.rejected) and not file.read)


def _keep_rejects(report: ImportReport, args: argparse.Namespace, *, is_read_only: bool) -> dict[int, Path]:
    """Write down what was rejected, to be mended; return where, by the numbers of the files."""
    found = [number for number, file in enumerate(report.files) if mendable(file)]
    if not found:
        return {}
    path = expanded(args.rejects) if args.rejects else None
    try:
        if path is not None:
            write_all(path, report.files)
            return dict.fromkeys(found, path)
        if args.dry_run or is_read_only:
            return {}
        return keep(Locations.of(args.data_dir, args.cache_dir).data_dir, report.files)
    except OSError as error:
        why = f"what could not be read could not be written down either: {error.strerror}"
        raise UnwritableFile(f"{clean_line(str(path))}: {error.strerror}" if path else why) from error


def _print(report: ImportReport, args: argparse.Namespace, rejects: Mapping[int, Path]) -> None:
    if args.json:
        files = [_file_json(file, rejects.get(number)) for number, file in enumerate(report.files)]
        passed_over = {"passed_over": list(report.passed_over)} if report.passed_over else {}
        print_json({"files": files, "total": report.total, **passed_over})
        return
    for file in report.files:
        print_text(_summary(file, is_rehearsal=args.dry_run))
        _tell_rejects(file.path, file)
        for remark in file.remarks:
            tell(f"{file.path}: {remark}")
    if report.passed_over:
        tell(_passed_over(report.passed_over))
    for path in dict.fromkeys(rejects.values()):
        tell(f"What could not be read is in {clean_line(str(path))}: mend it there, and import that file.")
    print_text(f"The library has {plural(report.total, 'paper')}.")


def _passed_over(names: Sequence[str]) -> str:
    """Name what the directories hold that is no file."""
    named = ", ".join(names[:SHOWN_REJECTS])
    more = f" and {len(names) - SHOWN_REJECTS:,} more" if len(names) > SHOWN_REJECTS else ""
    are = "it is no file" if len(names) == 1 else "they are no files"
    return f"{len(names):,} passed over, as {are} (pipes, devices, links that lead to none): {named}{more}"


def _summary(file: FileReport, *, is_rehearsal: bool) -> str:
    if file.format is None:
        return f"{file.path}: not imported"
    counts = [(file.added, "added"), (file.updated, "updated"), (file.unchanged, "unchanged")]
    words = ", ".join(f"{count:,} {word}" for count, word in counts if count) or "no papers"
    if file.read and file.unchanged == file.read:
        words = "nothing new, all unchanged"
    would = "would be: " if is_rehearsal else ""
    return f"{file.path} ({file.format}): {plural(file.read, 'paper')} read; {would}{words}"


def _tell_rejects(path: str, file: FileReport) -> None:
    rejected = file.rejected
    for one in rejected[:SHOWN_REJECTS]:
        tell(f"{path}: {one.why}" if one.where == "file" else f"{path}: {one.where}: {one.why}")
    if len(rejected) > SHOWN_REJECTS:
        tell(f"{path}: {len(rejected) - SHOWN_REJECTS} more places could not be read; --json lists them all")


def _file_json(file: FileReport, rejects: Path | None) -> dict[str, object]:
    document: dict[str, object] = {
        "path": file.path,
        "format": file.format,
        "read": file.read,
        "added": file.added,
        "updated": file.updated,
        "unchanged": file.unchanged,
        "rejected": [{"where": one.where, "why": one.why} for one in file.rejected],
        "remarks": list(file.remarks),
    }
    if file.joined:
        document["joined"] = [{"id": one, "with": other} for one, other in file.joined]
    if file.doubtful:
        document["doubtful"] = file.doubtful
    return document | {"rejects": str(rejects)} if rejects else document
