"""Edits of marks, with what undo calls them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from papers_tui.index.paper import Marks, Status


def state_edit(status: Status | None, rating: int | None) -> tuple[Callable[[Marks], Marks], str]:
    """Return the edit that sets a reading state, a rating or both, with its label; a rating of 0 clears."""
    labels = [f"mark as {status}"] if status else []
    if rating is not None:
        labels.append(f"rate {rating}" if rating else "remove the rating")

    def edit(marks: Marks) -> Marks:
        return replace(
            marks,
            status=marks.status if status is None else status,
            rating=marks.rating if rating is None else rating or None,
        )

    return edit, " and ".join(labels)
