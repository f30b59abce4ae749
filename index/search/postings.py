"""Slices of postings: which documents have a term, how often, and where, over all segments at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from papers_tui.index.search.arrays import Array, ragged
from papers_tui.index.search.field_columns import FieldColumns
from papers_tui.index.search.snapshot import K1, Snapshot

_FEW: Final = 16
"""Below a sixteenth of the documents, sorting postings is cheaper than counting over all documents."""

PLACE_BITS: Final = 24
"""Bits of a place within a field, above which stands the document: no field has 16 million words."""


def encoded(term: str) -> bytes:
    """Return a term as the index holds it."""
    return term.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Run:
    """The postings of neighbouring terms of a field in one segment."""

    base: int
    """The number of the segment's first document."""
    columns: FieldColumns
    start: int
    """Ordinals of the terms."""
    stop: int

    @property
    def postings(self) -> slice:
        """Where the postings lie."""
        return self.columns.postings_of(self.start, self.stop)

    @property
    def size(self) -> int:
        """How many postings there are."""
        return int(self.columns.posting_starts[self.stop]) - int(self.columns.posting_starts[self.start])

    @property
    def documents(self) -> Array:
        """Documents of the snapshot, ascending for each term."""
        documents = self.columns.documents[self.postings]
        return documents + np.uint32(self.base) if self.base else documents

    @property
    def frequencies(self) -> Array | None:
        """How often each of `documents` has the term; None where that is not recorded."""
        return self.columns.frequencies[self.postings] if self.columns.has_frequencies else None

    def places(self, among: Array) -> Array:
        """Return where the terms stand in the documents of the mask `among`.

        A place is `document << 24 | position`; they are ascending if the run is of one term.
        """
        postings = self.postings
        frequencies = self.columns.frequencies[postings]
        documents = self.documents
        chosen = np.flatnonzero(among[documents])
        ends = np.cumsum(frequencies, dtype=np.int64)
        counts = frequencies[chosen].astype(np.int64)
        starts = ends[chosen] - counts + int(self.columns.occurrence_starts[self.start])
        positions = self.columns.positions_of(ragged(starts, counts))
        return np.repeat(documents[chosen].astype(np.int64) << PLACE_BITS, counts) | positions


def runs_of_term(snapshot: Snapshot, field: str, term: str) -> Iterator[Run]:
    """Yield the postings of a term, segment by segment."""
    for segment in snapshot.segments:
        columns = segment.fields.get(field)
        if columns is not None and (ordinal := columns.find(encoded(term))) is not None:
            yield Run(segment.base, columns, ordinal, ordinal + 1)


def runs_of_prefix(snapshot: Snapshot, field: str, prefix: str) -> Iterator[Run]:
    """Yield the postings of all terms with a prefix, segment by segment."""
    for segment in snapshot.segments:
        columns = segment.fields.get(field)
        if columns is not None:
            start, stop = columns.ordinals_of_prefix(encoded(prefix))
            if start < stop:
                yield Run(segment.base, columns, start, stop)


def runs_of_range(snapshot: Snapshot, field: str, low: str, high: str) -> Iterator[Run]:
    """Yield the postings of all terms from `low` to `high`, both included."""
    for segment in snapshot.segments:
        columns = segment.fields.get(field)
        if columns is not None:
            start, stop = columns.ordinal_from(encoded(low)), columns.ordinal_from(encoded(high) + b"\0")
            if start < stop:
                yield Run(segment.base, columns, start, stop)


def mask_of(snapshot: Snapshot, runs: Iterable[Run]) -> Array:
    """Return which documents have any of the postings: bool [N]."""
    mask = np.zeros(snapshot.size, dtype=bool)
    for run in runs:
        mask[run.documents] = True
    return mask


def frequencies_of(snapshot: Snapshot, runs: list[Run]) -> tuple[Array, Array]:
    """Return the documents of the runs, each once, and how often each has any of the terms."""
    if not runs:
        return np.zeros(0, np.uint32), np.zeros(0, np.float32)
    documents = _concatenated([run.documents for run in runs])
    frequencies = _concatenated([_counted(run) for run in runs])
    if _is_single_term(runs):
        return documents, frequencies
    if len(documents) * _FEW < snapshot.size:
        distinct, group = np.unique(documents, return_inverse=True)
        return distinct, np.bincount(group, weights=frequencies)
    summed = np.bincount(documents, weights=frequencies, minlength=snapshot.size)
    distinct = np.flatnonzero(summed)
    return distinct, summed[distinct]


def _is_single_term(runs: list[Run]) -> bool:
    """Whether runs, in the order of their segments, are of one term, so that their documents ascend."""
    return all(run.stop - run.start == 1 for run in runs) and len({run.base for run in runs}) == len(runs)


def _firsts(ascending: Array) -> Array:
    """Return where each new number begins."""
    return np.flatnonzero(np.append(True, ascending[1:] != ascending[:-1])[: len(ascending)])


def _counted(run: Run) -> Array:
    frequencies = run.frequencies
    return np.ones(len(run.documents), np.uint8) if frequencies is None else frequencies


def _concatenated(parts: list[Array]) -> Array:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def idf(snapshot: Snapshot, documents: int) -> float:
    """Return the inverse document frequency of what so many documents have, as Whoosh computes it."""
    return float(np.log(max(1, snapshot.size) / (documents + 1)) + 1)


def bm25(snapshot: Snapshot, field: str, documents: Array, frequencies: Array) -> Array:
    """Return the BM25 score, without the inverse document frequency, of documents for one term of a field.

    `f * (K1 + 1) / (f + K1 * (1 - B + B * length / average length))`, as float32.
    """
    counts = frequencies.astype(np.float32)
    saturated: Array = counts * np.float32(K1 + 1) / (counts + snapshot.norms(field)[documents])
    return saturated


def in_sequence(sequence: list[list[Run]], among: Array) -> Array:
    """Return where the terms of each step follow each other, in the documents of the mask `among`.

    A step is any of several runs. The answer is the places, as `Run.places` tells them, of the first
    step of each occurrence.
    """
    steps = sorted(enumerate(sequence), key=lambda step: sum(run.size for run in step[1]))
    starts: Array | None = None
    for offset, runs in steps:
        places = _concatenated([run.places(among) for run in runs] or [np.zeros(0, np.int64)]) - offset
        if not _is_single_term(runs):
            places.sort(kind="stable")  # ascending runs are merged
            places = places[_firsts(places)]
        starts = places if starts is None else _common(starts, places)
        among = np.zeros_like(among)
        among[starts[starts >= 0] >> PLACE_BITS] = True
    return starts if starts is not None else np.zeros(0, np.int64)


def _common(first: Array, second: Array) -> Array:
    """Return what two ascending arrays have in common, each of different numbers."""
    few, many = (first, second) if len(first) < len(second) else (second, first)
    if len(few) * _FEW < len(many):
        places = np.minimum(np.searchsorted(many, few), len(many) - 1)
        found: Array = few[many[places] == few]
        return found
    both = np.concatenate([few, many])
    both.sort(kind="stable")  # two ascending runs are merged, not sorted
    twice: Array = both[:-1][both[1:] == both[:-1]]
    return twice


def documents_of_places(places: Array) -> tuple[Array, Array]:
    """Return the documents of ascending places, each once, and how many places each has."""
    documents = places >> PLACE_BITS
    firsts = _firsts(documents)
    return documents[firsts], np.diff(np.append(firsts, len(documents)))
