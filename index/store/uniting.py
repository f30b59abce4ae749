"""Two sets of marks, or two versions of a note, become one without losing anything."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from papers_tui.index.paper import Marks, Status
from papers_tui.index.store.tags import usable_tags
from papers_tui.index.text import clean

MERGED_NOTES: Final = "of the same paper, under another id"
"""What stands between the notes of two papers that became one."""

IMPORTED_NOTES: Final = "from an imported file"
"""What stands between a note and that of the same paper in a file."""

_ORDER: Final = (Status.UNREAD, Status.READING, Status.READ)


def both_notes(first: str, second: str, between: str) -> str:
    """Return a note with both texts, told apart by a line with `between`; one text if it has the other."""
    if not second.strip() or second in first:
        return first
    if not first.strip() or first in second:
        return second
    return f"{first.rstrip()}\n\n---- {between} ----\n\n{second.strip()}"


def united(ours: Marks, theirs: Marks, *, between: str, former_notes: Collection[str] = ()) -> Marks:
    """Return marks with all that either says; where they cannot both be right, ours.

    A note of theirs that is among `former_notes`, those that ours replaced, does not come back beside ours.
    """
    note = clean(theirs.note)
    if not ours.note.strip() or note not in former_notes:
        note = both_notes(ours.note, note, between)
    else:
        note = ours.note
    rating = theirs.rating if theirs.rating in range(1, 6) else None
    return replace(
        ours,
        bookmarked=ours.bookmarked or theirs.bookmarked,
        tags=tuple(sorted({*ours.tags, *usable_tags(theirs.tags)})),
        note=note,
        status=max(ours.status, theirs.status, key=_ORDER.index),
        rating=ours.rating or rating,
        edits=tuple(sorted({**dict(theirs.edits), **dict(ours.edits)}.items())),
    )


def reverted(now: Marks, made: Marks, wanted: Marks) -> tuple[Marks, bool]:
    """Return `now` with the change from `wanted` to `made` taken back, and whether anything stood in the way.

    Only what still is as the change made it goes back: what was changed again since stays as it is.
    """
    result = now
    is_blocked = False
    for name in ("bookmarked", "note", "status", "rating", "trashed", "edits"):
        before, after = getattr(wanted, name), getattr(made, name)
        if before == after:
            continue
        if getattr(now, name) == after:
            result = replace(result, **{name: before})
        elif getattr(now, name) != before:
            is_blocked = True
    tags = (set(now.tags) - (set(made.tags) - set(wanted.tags))) | (set(wanted.tags) - set(made.tags))
    return replace(result, tags=tuple(sorted(tags))), is_blocked
