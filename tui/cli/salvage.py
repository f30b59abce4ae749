"""`papers-tui restore --salvage`: what a damaged file still holds, saved into a new one."""

from __future__ import annotations

import argparse
from pathlib import Path

from papers_tui.index.errors import UnwritableFile, WrongUsage
from papers_tui.index.store.salvaging import salvage as save
from papers_tui.index.text import clean_line
from papers_tui.tui.cli.asking import demand_yes
from papers_tui.tui.cli.output import print_json, print_text
from papers_tui.tui.cli.readopting import readopt, tell_done
from papers_tui.tui.wording import plural


def salvage(args: argparse.Namespace, marks: Path) -> int:
    """Save what can be read, once that is wanted, and say what was saved, and where from."""
    name = clean_line(str(marks))
    if args.dry_run:
        raise WrongUsage("--salvage has nothing to show before", remedy="it keeps the damaged file as it is")
    if not demand_yes(
        f"Save what can be read of {name} into a new file, and move it aside?", is_given=args.yes
    ):
        return 1
    try:
        done = save(marks)
    except OSError as error:
        raise UnwritableFile(f"{clean_line(str(marks.parent))}: {error.strerror}") from error
    put_back = readopt(args)
    if args.json:
        aside = done.restored.aside
        print_json(
            {
                "papers": done.papers,
                "from_journal": done.from_journal,
                "from_backup": done.from_backup,
                "moved_aside": clean_line(str(aside)) if aside else None,
                "papers_put_back": put_back,
            }
        )
        return 0
    print_text(f"The marks of {plural(done.papers, 'paper')} were saved.")
    if done.from_journal:
        print_text(f"  {done.from_journal:,} of them as the last change to each tells")
    if done.from_backup:
        print_text(f"  {done.from_backup:,} of them from the newest backup")
    tell_done(done.restored, put_back, is_undoable=False)
    return 0
