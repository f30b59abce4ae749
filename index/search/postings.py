"""Slices of postings: which documents have a term, how often, and where, over all segments at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from papers_tui.index.search.arrays import Array, ragged
from papers_tui.index.search.field_columns import FieldColumns
from papers_tui.index.search.snapshot import K1, Snapshot

FEW: Final = 64
"""Below a sixty-fourth of the documents, sorting postings is cheaper than counting over all documents."""

_FEW_PLACES: Final = 16
"""Below a sixteenth of the others, finding each place among them is cheaper than merging both."""

_SLOT_BITS: Final = 16

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
    def local(self) -> Array:
        """Documents of the segment, ascending for each term: intp, by which NumPy selects the fastest."""
        return self.columns.documents[self.postings].astype(np.intp)

    @property
    def documents(self) -> Array:
        """Documents of the snapshot, ascending for each term: intp."""
        documents = self.local
        documents += self.base
        return documents

    @property
    def frequencies(self) -> Array:
        """How often each of `documents` has the term; once, where that is not recorded."""
        if self.columns.has_frequencies:
            return self.columns.frequencies[self.postings]
        return np.ones(self.size, np.uint8)

    def mark(self, mask: Array) -> None:
        """Set the documents in a mask of the snapshot's documents."""
        of_segment = mask[self.base :]
        common = self.columns.common(self.start, self.stop)
        if common is None:
            of_segment[self.local] = True
        else:
            of_segment = of_segment[: 8 * len(common)]
            of_segment |= np.unpackbits(common, count=len(of_segment), bitorder="little").view(bool)

    def places(self, among: Array) -> Array:
        """Return where the terms stand in the documents of the mask `among`.

        A place is `document << 24 | position`; they are ascending if the run is of one term.
        """
        postings = self.postings
        frequencies = self.columns.frequencies[postings]
        documents = self.local
        chosen = np.flatnonzero(among[self.base :].take(documents))
        if not len(chosen):
            return np.zeros(0, np.int64)
        counts = frequencies[chosen].astype(np.int64)
        to_next = np.add.reduceat(frequencies, chosen, dtype=np.int64)  # several times faster than all sums
        first = int(self.columns.occurrence_starts[self.start]) + int(frequencies[: chosen[0]].sum())
        starts = first + np.cumsum(to_next) - to_next
        positions = self.columns.positions_of(ragged(starts, counts))
        return np.repeat(documents[chosen].astype(np.int64) + self.base << PLACE_BITS, counts) | positions


def runs_of_term(snapshot: Snapshot, field: str, term: str) -> Iterator[Run]:
    """Yield the postings of a term, segment by segment."""
    for segment in snapshot.segments:
        columns = segment.fields.get(field)
        if columns is not None and (ordinal := columns.find(encoded(term))) is not None:
            yield Run(segment.base, columns, ordinal, ordinal + 1)


def runs_of_terms(snapshot: Snapshot, field: str, terms: Sequence[bytes]) -> list[Run]:
    """Return the postings of some terms, as the index holds them, segment by segment."""
    return [
        Run(segment.base, columns, ordinal, ordinal + 1)
        for segment in snapshot.segments
        if (columns := segment.fields.get(field)) is not None
        for ordinal in columns.find_all(terms)
    ]


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
        run.mark(mask)
    return mask


def frequencies_of(snapshot: Snapshot, runs: Sequence[Run]) -> tuple[Array, Array]:
    """Return the documents of the runs, each once, and how often each has any of the terms."""
    if not runs:
        return np.zeros(0, np.intp), np.zeros(0, np.float32)
    documents = concatenated([run.documents for run in runs])
    frequencies = concatenated([run.frequencies for run in runs])
    if is_single_term(runs):
        return documents, frequencies
    if len(documents) * FEW >= snapshot.size:
        summed = summed_up(documents, frequencies, snapshot.size)
        documents = np.flatnonzero(summed > 0)
        return documents, summed[documents]
    order = documents.argsort(kind="stable")
    documents = documents[order]
    firsts = _firsts(documents)
    return documents[firsts], np.add.reduceat(frequencies[order], firsts, dtype=np.float32)


def summed_up(documents: Array, frequencies: Array, size: int) -> Array:
    """Return the sum of frequencies for each of the documents from 0 up to `size`: float32 [size].

    Raises:
        IndexError: a document is beyond them, since the file was damaged.
    """
    if documents.max(initial=0) >= size:
        raise IndexError(size)
    return np.bincount(documents, frequencies.astype(np.float64), size).astype(np.float32)


def is_single_term(runs: Sequence[Run]) -> bool:
    """Whether the documents of runs, one after the other, ascend: of one term, in the order of segments."""
    return all(run.stop - run.start == 1 for run in runs) and all(
        before.base < after.base for before, after in pairwise(runs)
    )


def _firsts(ascending: Array) -> Array:
    """Return where each new number begins."""
    is_new = np.ones(len(ascending), dtype=bool)
    np.not_equal(ascending[1:], ascending[:-1], out=is_new[1:])
    return np.flatnonzero(is_new)


def concatenated(parts: Sequence[Array]) -> Array:
    """Return arrays end to end; a single one as it is."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def idf(snapshot: Snapshot, documents: int) -> float:
    """Return the inverse document frequency of what so many documents have, as Whoosh computes it."""
    return float(np.log(max(1, snapshot.size) / (documents + 1)) + 1)


def bm25(snapshot: Snapshot, field: str, documents: Array, frequencies: Array) -> Array:
    """Return the BM25 score, without the inverse document frequency, of documents for one term of a field.

    `f * (K1 + 1) / (f + K1 * (1 - B + B * length / average length))`, as float32.
    """
    return saturated(frequencies, snapshot.norms(field).take(documents))


def saturated(frequencies: Array, norms: Array) -> Array:
    """Return the same for frequencies with the norms of their documents."""
    counts = frequencies.astype(np.float32, copy=False)
    scores: Array = counts * np.float32(K1 + 1) / (counts + norms)
    return scores


def places_of(runs: Sequence[Run], among: Array) -> Array:
    """Return where any of the runs' terms stands in the documents of the mask `among`: ascending places."""
    return _ascending(runs, _places(runs, among))


def _places(runs: Sequence[Run], among: Array) -> Array:
    return concatenated([run.places(among) for run in runs]) if runs else np.zeros(0, np.int64)


def _ascending(runs: Sequence[Run], places: Array) -> Array:
    """Return some places of the runs in their order, each once."""
    if is_single_term(runs):
        return places
    places = np.sort(places, kind="stable")  # ascending runs are merged
    return places[_firsts(places)]


def in_sequence(sequence: Sequence[Sequence[Run]], among: Array) -> Array:
    """Return where the terms of each step follow each other, in the documents of the mask `among`.

    A step is any of several runs. The answer is the places, as `Run.places` tells them, of the first
    step of each occurrence.
    """
    (offset, rarest), *steps = sorted(enumerate(sequence), key=lambda step: sum(run.size for run in step[1]))
    starts = places_of(rarest, among) - offset
    for offset, runs in steps:
        if not len(starts):
            break
        among = np.zeros_like(among)
        among[starts[starts >= 0] >> PLACE_BITS] = True
        places = _places(runs, among) - offset
        if not is_single_term(runs):
            places = _likely(places, starts)
        starts = in_common(starts, _ascending(runs, places))
    return starts


def _likely(places: Array, wanted: Array) -> Array:
    """Return those of many places that may be among some others, and a few besides.

    Most places of the completions of a beginning do not follow the word before it, and need not be sorted.
    """
    is_wanted = np.zeros(1 << _SLOT_BITS, dtype=bool)
    is_wanted[_slots(wanted)] = True
    likely: Array = places[is_wanted.take(_slots(places))]
    return likely


def _slots(places: Array) -> Array:
    """Return small numbers that are equal for equal places, and seldom for others."""
    slots: Array = (places ^ places >> _SLOT_BITS) & ((1 << _SLOT_BITS) - 1)
    return slots


def in_common(first: Array, second: Array) -> Array:
    """Return what two ascending arrays have in common, each of different numbers."""
    few, many = (first, second) if len(first) < len(second) else (second, first)
    if len(few) * _FEW_PLACES < len(many):
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
