"""`papers-tui mark`: reading states and ratings."""

from __future__ import annotations

import argparse

from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Status
from papers_tui.tui.cli.marking import change


def run(args: argparse.Namespace) -> int:
    """Set the reading state or the rating of papers."""
    if args.status is None and args.rating is None:
        raise WrongUsage("nothing to set was named", remedy="--unread, --reading, --read or --rating N")

    status = Status(args.status) if args.status else None
    return change(args, args.ids, lambda library, ids: library.mark(ids, status=status, rating=args.rating))
