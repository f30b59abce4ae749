"""`papers-tui export`: papers with their marks, to a file or stdout."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from papers_tui.index.errors import UnwritableFile, WrongUsage
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.paper import Entry
from papers_tui.index.results import Results
from papers_tui.index.text import clean_line
from papers_tui.tui.citing import key_template
from papers_tui.tui.cli.opened import opened_library
from papers_tui.tui.cli.output import tell, tell_how_read
from papers_tui.tui.config import load
from papers_tui.tui.locations import Locations, expanded
from papers_tui.tui.wording import plural

PAGE = 500
"""Papers fetched at a time."""


def run(args: argparse.Namespace) -> int:
    """Export the papers that a query finds, all without one."""
    writer = EXPORT_FORMATS[_format(args)]
    with opened_library(args, is_searched=True) as library:
        results = library.search(" ".join(args.query))
        tell_how_read(results)
        if not results.total:
            tell("papers-tui: no papers to export")
            return 1
        if writer.has_keys:
            config = load(Locations.of(args.data_dir, args.cache_dir).config_file)
            chunks = writer.write(*library.citing.keyed(_entries(results), key_template(config)))
        else:
            chunks = writer.write(_entries(results))
        if args.output:
            _write_whole(expanded(args.output), chunks)
            tell(f"{plural(results.total, 'paper')} written to {clean_line(args.output)}")
        else:
            for chunk in chunks:
                sys.stdout.write(chunk)
    return 0


def _format(args: argparse.Namespace) -> str:
    if args.format is None:
        suffix = Path(args.output or "").suffix.lstrip(".").lower()
        fitting = (name for name, writer in EXPORT_FORMATS.items() if writer.extension == suffix)
        return next(fitting, "jsonl")
    if args.format not in EXPORT_FORMATS:
        raise WrongUsage(
            f"no export format is called {clean_line(args.format)}",
            remedy=f"--format {', '.join(EXPORT_FORMATS)}",
        )
    return str(args.format)


def _entries(results: Results) -> Iterator[Entry]:
    for start in range(0, results.total, PAGE):
        for hit in results.page(start, start + PAGE):
            yield hit.entry


def _write_whole(path: Path, chunks: Iterable[str]) -> None:
    """Write a file beside its place and move it there once it is whole and on the disk."""
    target = path.resolve()
    try:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise UnwritableFile(f"{clean_line(str(path))}: {error.strerror}") from error
    part = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    except OSError as error:
        raise UnwritableFile(
            f"{clean_line(str(path))}: {error.strerror}", remedy="what was there is untouched"
        ) from error
    finally:
        part.unlink(missing_ok=True)
