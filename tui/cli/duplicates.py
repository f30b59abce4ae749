"""`papers-tui duplicates`: pairs of papers that may be one, side by side."""

from __future__ import annotations

import argparse

from rich.table import Table
from rich.text import Text

from papers_tui.index.errors import WrongUsage
from papers_tui.index.formats.papers_json import to_json
from papers_tui.index.joining import Pair
from papers_tui.tui.cli.opened import opened_library
from papers_tui.tui.cli.output import console, print_json, tell
from papers_tui.tui.pairs import KEPT, contrast, rows
from papers_tui.tui.wording import plural


def run(args: argparse.Namespace) -> int:
    """List the pairs, those most alike first."""
    if args.limit < 1:
        raise WrongUsage(f"{args.limit} is no number of pairs", remedy="--limit 1 or more")
    with opened_library(args) as library:
        pairs = library.joining.pairs()
    shown = pairs[: args.limit]
    if args.json:
        found = [
            {
                "likeness": pair.likeness,
                "against": list(pair.against),
                "one": to_json(pair.one),
                "other": to_json(pair.other),
            }
            for pair in shown
        ]
        print_json({"total": len(pairs), "pairs": found})
        return 0 if pairs else 1
    if not pairs:
        tell("papers-tui: no two papers look like one")
        return 1
    for pair in shown:
        _print(pair)
    tell(
        f"{plural(len(pairs), 'pair')}; {KEPT}is kept in one paper. papers-tui merge ID ID makes one of two,"
        " merge --not ID ID keeps both; undo takes either back"
    )
    return 0


def _print(pair: Pair) -> None:
    out = console()
    table = Table(show_header=False, box=None, padding=(0, 1, 0, 0), width=min(out.width, 120), expand=True)
    table.add_column(style="dim", no_wrap=True, max_width=10)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for row in rows(pair):
        table.add_row(row.name, Text(row.one), Text(row.second, style="dim" if row.is_same else ""))
    out.print(table)
    if said := contrast(pair):
        out.print(Text(said))
    out.print()
