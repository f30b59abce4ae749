"""`papers-tui merge`: two papers made one, kept apart, or taken apart again."""

from __future__ import annotations

import argparse

from papers_tui.index.errors import WrongUsage
from papers_tui.index.formats.papers_json import to_json
from papers_tui.index.library import Library
from papers_tui.tui.cli.opened import index, opened_library
from papers_tui.tui.cli.output import print_json, print_text, tell_unknown
from papers_tui.tui.pairs import Done, join, part


def run(args: argparse.Namespace) -> int:
    """Do what the command line says of the papers."""
    wanted = 1 if args.undo else 2
    if len(args.ids) != wanted:
        remedy = "papers-tui merge --undo ID" if args.undo else "papers-tui merge ID ID"
        raise WrongUsage(f"{len(args.ids)} ids were given, and {wanted} are wanted", remedy=remedy)
    with opened_library(args) as library:
        library.demand_writable()
        known, unknown = library.resolve(args.ids)
        tell_unknown(unknown)
        if unknown:
            return 1
        if args.different:
            return _keep_apart(library, known, args)
        done = part(library, known[0]) if args.undo else _joined(library, known, args)
        index(library)
        label = "taken apart" if args.undo else "joined"
        if args.json:
            entries = [library.entry(paper_id) for paper_id in done.ids]
            print_json(
                {"change": label, "papers": [to_json(entry) for entry in entries], "remarks": list(done.said)}
            )
        else:
            print_text("\n".join((f"{label}: {' and '.join(done.ids)}", *done.said)))
    return 0


def _joined(library: Library, known: list[str], args: argparse.Namespace) -> Done:
    if len(known) != 2:
        raise WrongUsage(f"{' and '.join(args.ids)} are one paper already", remedy="Nothing was changed.")
    return join(library, *known)


def _keep_apart(library: Library, known: list[str], args: argparse.Namespace) -> int:
    if len(known) != 2:
        raise WrongUsage(
            f"{' and '.join(args.ids)} are one paper", remedy=f"papers-tui merge --undo {known[0]}"
        )
    library.joining.keep_apart(*known)
    if args.json:
        print_json({"change": "kept apart", "papers": known})
    else:
        print_text(f"kept apart: {' and '.join(known)}")
    return 0
