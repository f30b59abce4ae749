"""`papers-tui trash`: removed papers, listed, brought back, or let go for good."""

from __future__ import annotations

import argparse
from datetime import datetime

from papers_tui.index.formats.papers_json import to_json
from papers_tui.index.library import Library
from papers_tui.tui.cli.asking import demand_yes
from papers_tui.tui.cli.marking import report
from papers_tui.tui.cli.opened import index, opened_library
from papers_tui.tui.cli.output import print_json, print_text, tell, tell_unknown
from papers_tui.tui.wording import plural, shown_moment


def run(args: argparse.Namespace) -> int:
    """List what is in the trash, bring papers back from it, or empty it."""
    with opened_library(args) as library:
        if args.restore:
            return _bring_back(library, args)
        if args.empty:
            return _empty(library, args)
        return _list(library, args)


def _list(library: Library, args: argparse.Namespace) -> int:
    removed = library.trash()
    if args.json:
        print_json({"trash": [{"removed": one.when, "paper": to_json(one.entry)} for one in removed]})
    else:
        for one in removed:
            when = shown_moment(datetime.fromisoformat(one.when))
            print_text(f"{one.entry.paper.id}  {one.entry.paper.title} (removed {when})")
    if not removed:
        tell("papers-tui: the trash is empty")
    return 0 if removed else 1


def _bring_back(library: Library, args: argparse.Namespace) -> int:
    change, unknown = library.bring_back(args.restore)
    tell_unknown(unknown)
    if not library.index_is_current():
        index(library)
    report(library, change, args)
    return 1 if unknown else 0


def _empty(library: Library, args: argparse.Namespace) -> int:
    count = len(library.trash())
    if not count:
        tell("papers-tui: the trash is empty")
        if args.json:
            print_json({"removed": []})
        return 1
    question = f"Let {plural(count, 'paper')} go for good, with their marks?"
    if not demand_yes(question, is_given=args.yes):
        return 1
    change = library.empty_trash()
    index(library)
    if args.json:
        print_json({"removed": list(change.ids)})
    else:
        print_text(f"{plural(len(change.ids), 'paper')} gone for good")
    return 0
