"""`papers-tui undo` and `papers-tui redo`: the last change, taken back or made again."""

from __future__ import annotations

import argparse

from papers_tui.tui.cli.marking import report
from papers_tui.tui.cli.opened import index, opened_library
from papers_tui.tui.cli.output import tell


def run(args: argparse.Namespace) -> int:
    """Undo one change, or redo it."""
    with opened_library(args) as library:
        made = library.redo() if args.verb == "redo" else library.undo()
        if made is None:
            tell(f"papers-tui: there is nothing to {args.verb}")
            return 1
        if not library.index_is_current():  # two papers may have become one, or one two
            index(library)
        report(library, made, args, done="redone" if args.verb == "redo" else "undone")
    return 0
