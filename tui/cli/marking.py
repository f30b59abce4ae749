"""What the verbs that change marks have in common: known papers are changed, unknown ones named."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Final

from papers_tui.index.library import Library
from papers_tui.index.store.marks import Change
from papers_tui.tui.cli.opened import opened_library
from papers_tui.tui.cli.output import marked_json, print_json, print_marked, print_text, tell_unknown

_DONE: Final = {
    "bookmark": "bookmarked",
    "remove the bookmark": "bookmark removed",
    "edit the note": "note saved",
    "remove": "moved to the trash",
    "take out of the trash": "taken out of the trash",
    "remove the rating": "rating removed",
}
"""What was done, by the names of changes."""

_BEGINNINGS: Final = (
    ("tag -", "untagged -"),
    ("tag ", "tagged "),
    ("mark as ", "marked as "),
    ("rate ", "rated "),
)


def as_done(label: str) -> str:
    """Return the name of a change as what was done: `tag +x` as `tagged +x`. Undo keeps the name itself."""
    parts = label.split(" and ") if label.startswith("mark as ") else [label]
    return " and ".join(map(_as_done, parts))


def _as_done(label: str) -> str:
    if label in _DONE:
        return _DONE[label]
    for begins, done in _BEGINNINGS:
        if label.startswith(begins):
            return done + label.removeprefix(begins)
    return label


def change(
    args: argparse.Namespace, ids: Sequence[str], edit: Callable[[Library, Sequence[str]], Change]
) -> int:
    """Change the marks of the papers that are known. Exits with 1 where one was not."""
    with opened_library(args) as library:
        known, unknown = library.resolve(ids)
        tell_unknown(unknown)
        if known:
            report(library, edit(library, known), args)
        elif args.json:
            print_json({"change": None, "papers": []})
    return 1 if unknown else 0


def report(library: Library, made: Change, args: argparse.Namespace, *, done: str = "") -> None:
    """Say what was changed; `done` says that it was undone, or redone."""
    if args.json:
        entries = library.told(made.ids)
        print_json(marked_json(made.label, entries) | ({done: True} if done else {}))
        return
    label = f"{done}: {made.label}" if done else made.label
    if made.ids:
        print_marked(label if done else as_done(made.label), made.ids)
    else:
        print_text(f"{label}: nothing to change")
