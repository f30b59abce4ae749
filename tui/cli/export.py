"""`papers-tui export`: papers with their marks, to a file or stdout."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.paper import Entry
from papers_tui.index.results import Results
from papers_tui.index.text import clean_line
from papers_tui.tui.citing import key_template
from papers_tui.tui.cli.opened import opened_library
from papers_tui.tui.cli.output import tell, tell_how_read
from papers_tui.tui.config import load
from papers_tui.tui.exporting import format_of
from papers_tui.tui.locations import Locations, expanded
from papers_tui.tui.whole_files import named, write_whole
from papers_tui.tui.wording import plural

PAGE = 500
"""Papers fetched at a time."""


def run(args: argparse.Namespace) -> int:
    """Export the papers that a query finds, all without one."""
    if args.output is not None:
        named(args.output, "--output")
    writer = EXPORT_FORMATS[format_of(args.output or "", args.format)]
    with opened_library(args, is_searched=True) as library:
        results = library.search(" ".join(args.query), is_corrected=not args.as_typed)
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
            write_whole(expanded(args.output), chunks)
            tell(f"{plural(results.total, 'paper')} written to {clean_line(args.output)}")
        else:
            for chunk in chunks:
                sys.stdout.write(chunk)
    return 0


def _entries(results: Results) -> Iterator[Entry]:
    for start in range(0, results.total, PAGE):
        for hit in results.page(start, start + PAGE):
            yield hit.entry
