"""`papers-tui restore`: marks from a backup, shown before it is done."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from papers_tui.index.errors import LibraryError, UnwritableFile, WrongUsage
from papers_tui.index.store.backups import FOLDER, are_of_one_library, counts_in_words, newest_good
from papers_tui.index.store.restoring import Plan, Restored, plan, restore
from papers_tui.index.text import clean_line
from papers_tui.tui.cli.asking import demand_yes
from papers_tui.tui.cli.output import print_json, print_text
from papers_tui.tui.cli.readopting import readopt, tell_done
from papers_tui.tui.cli.salvage import salvage
from papers_tui.tui.locations import Locations, expanded
from papers_tui.tui.wording import shown_moment


def run(args: argparse.Namespace) -> int:
    """Show what restoring would change, and restore once that is wanted."""
    marks = Locations.of(args.data_dir, args.cache_dir).marks
    if args.salvage and args.file is not None:
        raise WrongUsage("--salvage takes no FILE", remedy="it saves what the library's own marks.db holds")
    if args.salvage:
        return salvage(args, marks)
    found = plan(marks, _file(marks, args.file))
    if not args.json:
        _print(found, marks)
    if args.dry_run or (found.is_idle and not args.json):
        if args.json:
            print_json(_json(found, None, []))
        return 0
    question = "Restore this backup?"
    if not demand_yes(question, is_given=args.yes):
        return 1
    try:
        done = restore(marks, found.file)
    except OSError as error:
        raise UnwritableFile(
            f"{clean_line(str(marks.parent))}: {error.strerror}", remedy="nothing was changed"
        ) from error
    put_back = readopt(args)
    if args.json:
        print_json(_json(found, done, put_back))
    else:
        tell_done(done, put_back)
    return 0


def _file(marks: Path, wanted: str | None) -> Path:
    """Return the backup that is meant: a file, the name of one that is kept, or the newest good one."""
    if wanted is None:
        newest = newest_good(marks)
        if newest is None:
            raise LibraryError(
                f"there is no good backup in {clean_line(str(marks.parent / FOLDER))}",
                remedy="papers-tui restore FILE takes one from elsewhere",
            )
        return newest.path
    path = expanded(wanted)
    kept = marks.parent / FOLDER / wanted
    if not path.exists() and Path(wanted).name == wanted and kept.exists():
        return kept
    if not path.exists():
        raise WrongUsage(f"there is no file {clean_line(wanted)}", remedy="papers-tui backup --list")
    return path.absolute()


def _print(found: Plan, marks: Path) -> None:
    made = shown_moment(datetime.fromisoformat(found.made))
    print_text(f"Backup:  {clean_line(str(found.file))}, of {made}")
    print_text(f"  holds  {counts_in_words(found.then)}")
    if found.now is None:
        aside = "; the file is going to be moved aside as it is" if marks.exists() else ""
        print_text(f"Now:     {found.problem}{aside}")
    else:
        print_text(f"  now    {counts_in_words(found.now)}")
    if found.now is not None and not are_of_one_library(found.file, marks):
        print_text("  This is a backup of another library: its marks take the place of those here.")
    if found.is_idle:
        print_text("Nothing would change.")
        return
    for ids, one, many in (
        (found.added, "paper gets its marks back", "papers get their marks back"),
        (found.changed, "paper has other marks again", "papers have other marks again"),
        (found.removed, "paper loses the marks it has now", "papers lose the marks they have now"),
    ):
        if ids:
            examples = ", ".join(ids[:3]) + (", …" if len(ids) > 3 else "")
            print_text(f"  {len(ids):,} {one if len(ids) == 1 else many}: {examples}")


def _json(found: Plan, done: Restored | None, put_back: list[str]) -> dict[str, Any]:
    return {
        "file": clean_line(str(found.file)),
        "made": found.made,
        "then": dict(found.then),
        "now": dict(found.now) if found.now is not None else None,
        "problem": found.problem or None,
        "added": list(found.added),
        "removed": list(found.removed),
        "changed": list(found.changed),
        "restored": done is not None,
        "kept": clean_line(str(done.kept)) if done and done.kept else None,
        "moved_aside": clean_line(str(done.aside)) if done and done.aside else None,
        "papers_put_back": put_back,
    }
