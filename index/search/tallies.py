"""How often documents have a term, or several terms that count as one: postings added up, and scored.

A tally is of the documents of one segment, or where they are few, of all. Few are kept as a list; of many
there is a number for each document of the segment, which takes less time than to go by a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from papers_tui.index.search.arrays import Array
from papers_tui.index.search.postings import (
    FEW,
    Run,
    concatenated,
    frequencies_of,
    is_single_term,
    mask_of,
    saturated,
    summed_up,
)
from papers_tui.index.search.snapshot import Snapshot

_MANY: Final = 8
"""From an eighth of the documents on, it is cheaper to look at all of them than at those that are there."""


class Tally(Protocol):
    """The documents that have something, and how often."""

    @property
    def papers(self) -> int:
        """How many documents have it."""

    def mark(self, mask: Array) -> None:
        """Set the documents in `mask`, bool [N]."""

    def score(self, scores: Array, worth: np.float32, norms: Array, among: Array | None, /) -> None:
        """Add `worth` times BM25 to the scores, float32 [N], at least of the documents in the mask `among`.

        `norms` are those of the field, as `Snapshot.norms` tells them.
        """


@dataclass(frozen=True, slots=True)
class Few:
    """Documents in a list."""

    where: slice
    """The documents of the snapshot of which this tells."""
    documents: Array
    """intp [n], counted from the first of them, each once."""
    frequencies: Array
    """[n]"""

    @property
    def papers(self) -> int:
        """How many documents have it."""
        return len(self.documents)

    def mark(self, mask: Array) -> None:
        """Set the documents in `mask`."""
        mask[self.where][self.documents] = True

    def score(self, scores: Array, worth: np.float32, norms: Array, among: Array | None, /) -> None:
        """Add to the scores of the documents in `among`, or of all."""
        documents, frequencies = self.documents, self.frequencies
        if among is not None:
            is_wanted = among[self.where].take(documents)
            documents, frequencies = documents[is_wanted], frequencies[is_wanted]
        part = scores[self.where]
        part[documents] += saturated(frequencies, norms[self.where].take(documents)) * worth


@dataclass(frozen=True, slots=True)
class Many:
    """A frequency for each document."""

    where: slice
    frequencies: Array
    """float32 [n], 0 for documents that do not have it."""
    mask: Array
    """bool [n], which documents have it."""

    @property
    def papers(self) -> int:
        """How many documents have it."""
        return int(np.count_nonzero(self.mask))

    def mark(self, mask: Array) -> None:
        """Set the documents in `mask`."""
        mask[self.where] |= self.mask

    def score(self, scores: Array, worth: np.float32, norms: Array, _among: Array | None, /) -> None:
        """Add to the scores of all documents."""
        scores[self.where] += saturated(self.frequencies, norms[self.where]) * worth


@dataclass(frozen=True, slots=True)
class Presence:
    """Documents that have it or not, however often."""

    mask: Array
    """bool [N]"""

    @property
    def papers(self) -> int:
        """How many documents have it."""
        return int(np.count_nonzero(self.mask))

    def mark(self, mask: Array) -> None:
        """Set the documents in `mask`."""
        mask |= self.mask

    def score(self, scores: Array, worth: np.float32, _norms: Array, _among: Array | None, /) -> None:
        """Add `worth` itself to the scores of all documents that have it."""
        scores += self.mask * worth


def presence(snapshot: Snapshot, runs: Sequence[Run]) -> list[Tally]:
    """Return which documents have any of the postings."""
    return [Presence(mask_of(snapshot, runs))]


def tallies(snapshot: Snapshot, field: str, runs: Sequence[Run]) -> list[Tally]:
    """Add up postings of a field, as if they were all of one term."""
    if sum(run.size for run in runs) * FEW < snapshot.size:
        return [Few(slice(0, snapshot.size), *frequencies_of(snapshot, runs))]
    found: list[Tally] = []
    for segment in snapshot.segments:
        of_segment = [run for run in runs if run.columns is segment.fields.get(field)]
        if of_segment:
            found.append(_of_segment(slice(segment.base, segment.base + segment.size), of_segment))
    return found


def _of_segment(where: slice, runs: Sequence[Run]) -> Tally:
    documents = concatenated([run.local for run in runs])
    frequencies = concatenated([run.frequencies for run in runs])
    size = where.stop - where.start
    is_few = len(documents) * _MANY < size
    if is_few and is_single_term(runs):
        return Few(where, documents, frequencies)
    summed = summed_up(documents, frequencies, size)
    mask = summed > 0
    if is_few:
        documents = np.flatnonzero(mask)
        return Few(where, documents, summed[documents])
    return Many(where, summed, mask)
