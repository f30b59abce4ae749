"""`papers-tui remove`: papers moved to the trash."""

from __future__ import annotations

import argparse

from papers_tui.tui.cli.marking import change


def run(args: argparse.Namespace) -> int:
    """Move papers to the trash, from which `undo` or `trash --restore` brings them back."""
    return change(args, args.ids, lambda library, ids: library.remove(ids))
