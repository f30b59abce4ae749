"""Conditions that a paper fulfils or not: ranges, states, categories, sources and ids."""

from __future__ import annotations

import time
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from papers_tui.index.search.arrays import Array
from papers_tui.index.search.facts import HAS
from papers_tui.index.search.marked import Marked
from papers_tui.index.search.postings import mask_of, runs_of_prefix, runs_of_range, runs_of_term
from papers_tui.index.search.query import FromSource, Has, Identified, InCategory, InState, Range, Tagged
from papers_tui.index.search.snapshot import Snapshot

Filter = Range | Tagged | InCategory | FromSource | Identified | InState | Has

_LEAST: Final = -(2**62)
_MOST: Final = 2**62
_LAST_DAY: Final = date.max.toordinal()


class Filters:
    """The conditions on a snapshot together with the user's marks."""

    def __init__(self, snapshot: Snapshot, marked: Marked) -> None:
        self._snapshot = snapshot
        self._marked = marked
        self.documents, self.places = _documents(snapshot, marked)
        """[D] the documents that have marks, and their places in `marked`."""

    @cached_property
    def present(self) -> Array:
        """Which documents are not deleted, and not of papers that the user removed: bool [N]."""
        alive = self._snapshot.alive
        return alive & ~self._with(self._marked.trashed) if self._marked.trashed.any() else alive

    def mask(self, condition: Filter) -> Array:
        """Return which documents fulfil a condition: bool [N]."""
        match condition:
            case Range():
                return self._range(condition)
            case Has(part) if part in HAS:
                has: Array = (self._snapshot.column("parts") & HAS[part]) != 0
                return has
            case InCategory() | FromSource() | Identified():
                return self._with_term(condition)
            case InState("unread"):
                return ~self._with(~self._marked.in_state("unread"))
            case Tagged() | InState() | Has():
                return self._with(self._marks(condition))

    def _marks(self, condition: Tagged | InState | Has) -> Array:
        """Return which marks fulfil a condition: bool [M]."""
        match condition:
            case Tagged(tag, is_prefix):
                return self._marked.tagged(tag, is_prefix=is_prefix)
            case InState(state):
                return self._marked.in_state(state)
            case Has(part):
                return self._marked.noted if part == "note" else self._marked.any_tag

    def _with_term(self, condition: InCategory | FromSource | Identified) -> Array:
        match condition:
            case InCategory(category, is_prefix):
                term = category.casefold().strip(".")
                runs = list(runs_of_term(self._snapshot, "category", term))
                if is_prefix and not runs:
                    runs = list(runs_of_prefix(self._snapshot, "category", term))
            case FromSource(source):
                runs = list(runs_of_term(self._snapshot, "source", source.casefold()))
            case Identified(paper_id, is_prefix):
                find = runs_of_prefix if is_prefix else runs_of_term
                runs = list(find(self._snapshot, "id", paper_id))
        return mask_of(self._snapshot, runs)

    def _with(self, marks: Array) -> Array:
        """Spread what is known of marks, [M], over the documents, [N]; the others are False."""
        mask = np.zeros(self._snapshot.size, dtype=bool)
        mask[self.documents[marks[self.places]]] = True
        return mask

    def _range(self, wanted: Range) -> Array:
        low = _LEAST if wanted.low is None else max(_LEAST, min(_MOST, wanted.low))
        high = _MOST if wanted.high is None else max(_LEAST, min(_MOST, wanted.high))
        column = self._snapshot.column
        match wanted.field:
            case "date":
                first = column("first_day")
                return (first > 0) & (first <= high) & (column("last_day") >= low)
            case "featured":
                days = (_iso(low), _iso(high))
                if low > high:
                    return np.zeros(self._snapshot.size, dtype=bool)
                return mask_of(self._snapshot, runs_of_range(self._snapshot, "featured", *days))
            case "added":
                added = column("added")
                return (added > 0) & (added >= _midnight(low)) & (added < _midnight(high + 1))
            case "rating":
                ratings = self._marked.ratings
                return self._with((ratings >= 0) & (ratings >= low) & (ratings <= high))
            case number:
                values = column(number)
                return (values >= 0) & (values >= low) & (values <= high)


def _documents(snapshot: Snapshot, marked: Marked) -> tuple[Array, Array]:
    """Return the documents that have marks, and the places of their marks."""
    order, keys = snapshot.documents_by_key() if len(marked) else ((), ())
    if not len(keys):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    found = np.minimum(np.searchsorted(keys, marked.keys), len(keys) - 1)
    places = np.flatnonzero(keys[found] == marked.keys)
    return order[found[places]], places


def _iso(ordinal: int) -> str:
    return date.fromordinal(max(1, min(_LAST_DAY, ordinal))).isoformat()


def _midnight(ordinal: int) -> int:
    """Return when a local day begins, in seconds since 1970."""
    if not 2 <= ordinal <= _LAST_DAY - 1:
        return _LEAST if ordinal < 2 else _MOST
    day = date.fromordinal(ordinal)
    try:
        return int(time.mktime((*day.timetuple()[:6], 0, 0, -1)))
    except (OverflowError, ValueError):  # before or after what the system's clock can tell
        return (ordinal - date(1970, 1, 1).toordinal()) * 86_400
