"""`papers-tui export`: papers with their marks, or references to them, to a file or stdout."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from papers_tui.index.cite import bibliography
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.library import Library
from papers_tui.index.paper import Entry
from papers_tui.index.results import Results
from papers_tui.index.text import clean_line
from papers_tui.tui.citing import key_template
from papers_tui.tui.cli.opened import opened_library
from papers_tui.tui.cli.output import tell, tell_how_read
from papers_tui.tui.config import load
from papers_tui.tui.exporting import form_of, format_of, reference_style
from papers_tui.tui.locations import Locations, expanded
from papers_tui.tui.whole_files import named, write_whole
from papers_tui.tui.wording import plural

PAGE = 500
"""Papers fetched at a time."""


def run(args: argparse.Namespace) -> int:
    """Export the papers that a query finds, all without one."""
    if args.output is not None:
        named(args.output, "--output")
    if args.output == "-":
        args.output = None
    where = Locations.of(args.data_dir, args.cache_dir)
    style = reference_style(args.format, where.styles)
    name = "" if style else format_of(args.output or "", args.format)
    with opened_library(args, is_searched=True) as library:
        results = library.search(" ".join(args.query), is_corrected=not args.as_typed)
        tell_how_read(results)
        if not results.total:
            tell("papers-tui: no papers to export")
            return 1
        if style:
            papers = [entry.paper for entry in _entries(results)]
            chunks = iter([f"{bibliography(papers, style, form=form_of(args.output or ''))}\n"])
        else:
            chunks = _records(name, library, results, where)
        if args.output:
            write_whole(expanded(args.output), chunks)
            tell(f"{plural(results.total, 'paper')} written to {clean_line(args.output)}")
        else:
            for chunk in chunks:
                sys.stdout.write(chunk)
    return 0


def _records(name: str, library: Library, results: Results, where: Locations) -> Iterator[str]:
    """Write the papers in a format; those with citation keys under the keys that they keep."""
    writer = EXPORT_FORMATS[name]
    if writer.has_keys:
        return writer.write(*library.citing.keyed(_entries(results), key_template(load(where.config_file))))
    return writer.write(library.citing.with_known(_entries(results)))


def _entries(results: Results) -> Iterator[Entry]:
    for start in range(0, results.total, PAGE):
        for hit in results.page(start, start + PAGE):
            yield hit.entry
