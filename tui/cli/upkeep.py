"""The grammar of the verbs that keep a library safe: backup, restore, remove, trash, doctor."""

from __future__ import annotations

import argparse
from typing import Protocol


class Verb(Protocol):
    """Adds a verb with its summary and its examples."""

    def __call__(
        self, name: str, summary: str, examples: str, *, json: bool = False
    ) -> argparse.ArgumentParser:
        """Return the parser of the verb's own arguments."""


def add(verb: Verb) -> None:
    """Add the verbs."""
    for one in (_backup, _restore, _remove, _trash, _doctor):
        one(verb)


def _backup(verb: Verb) -> None:
    parser = verb(
        "backup",
        "back bookmarks, tags, notes and states up, or list the backups",
        """papers-tui backup
        papers-tui backup --list
        papers-tui backup -o /media/stick/marks.db""",
        json=True,
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("-o", "--output", metavar="FILE", help="a file of its own")
    where.add_argument("--list", action="store_true", help="list the backups that are kept, and check them")
    parser.add_argument("--force", action="store_true", help="replace a FILE that holds more, or no backup")


def _restore(verb: Verb) -> None:
    parser = verb(
        "restore",
        "restore marks from a backup: shows what would change, then asks",
        """papers-tui restore
        papers-tui restore --dry-run /media/stick/marks.db
        papers-tui restore --yes marks-20260102T030405Z.db
        papers-tui restore --salvage""",
        json=True,
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="a backup or its name; else the newest")
    parser.add_argument("--salvage", action="store_true", help="save what a damaged file still holds")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--yes", action="store_true", help="do not ask")
    how.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")


def _remove(verb: Verb) -> None:
    parser = verb(
        "remove",
        "move papers to the trash, with their marks; undo brings them back",
        "papers-tui remove arxiv:1706.03762",
        json=True,
    )
    parser.add_argument("ids", nargs="+", metavar="ID")


def _trash(verb: Verb) -> None:
    parser = verb(
        "trash",
        "list removed papers, bring them back, or let them go for good",
        """papers-tui trash
        papers-tui trash --restore arxiv:1706.03762
        papers-tui trash --empty --yes""",
        json=True,
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--restore", nargs="+", metavar="ID", help="bring papers back as they were")
    how.add_argument("--empty", action="store_true", help="let all of them go; asks unless --yes is given")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _doctor(verb: Verb) -> None:
    parser = verb(
        "doctor",
        "look at the library and what it needs here, and say what is wrong and what to do",
        "papers-tui doctor\npapers-tui doctor --repair",
        json=True,
    )
    parser.add_argument("--repair", action="store_true", help="mend what can be mended without a loss")
