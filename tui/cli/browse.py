"""`papers-tui` without a verb: the browser."""

from __future__ import annotations

import argparse
import gc
import sys
from dataclasses import replace

from papers_tui.index.errors import PapersError, WrongUsage
from papers_tui.tui.locations import Locations


def run(args: argparse.Namespace) -> int:
    """Open the browser on the library."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise WrongUsage(
            "the browser needs a terminal", remedy="in scripts use a verb: papers-tui search WORDS --json"
        )
    # What is imported stays: collecting among it takes a tenth of the start. The app enables it again.
    gc.disable()
    from papers_tui.tui.app import PapersApp  # noqa: PLC0415 - Textual is imported once a terminal is certain
    from papers_tui.tui.config import load  # noqa: PLC0415 - with it

    locations = Locations.of(args.data_dir, args.cache_dir)
    config = replace(load(locations.config_file), is_ascii=True) if args.ascii else None
    app = PapersApp(locations, config)
    code = app.run() or 0
    if said := app.last_words:
        from papers_tui.tui.cli.output import tell  # noqa: PLC0415 - what verbs print with is seldom wanted here

        for words in said:
            tell(f"papers-tui: {words}")
    return code or (PapersError.exit_code if app.has_lost_marks else 0)
