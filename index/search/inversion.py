"""From the texts of many papers to the postings of a field, without an object for each word.

A text becomes a run of small numbers, one for each of its words; what the terms of a word are is
worked out once, however often it occurs. Batches of such runs are inverted by sorting, and the
postings of the batches laid end to end, term by term.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic

import numpy as np

from papers_tui.index.search.arrays import Array, ragged, smallest_dtype
from papers_tui.index.search.field_columns import DOCUMENT, Postings, length_codes
from papers_tui.index.search.lexicon import Key, Lexicon, Numbering

_BATCH: Final = 500_000
"""Words that are inverted at once: a few tens of megabytes."""


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """The terms of a batch of texts, in their order."""

    terms: Array
    """[O] their numbers."""
    positions: Array
    """[O]"""
    lengths: Array
    """[documents of the batch] terms of each."""


@dataclass(frozen=True, slots=True)
class _Run:
    """The postings of a batch, sorted by the number of their term."""

    terms: Array
    """[T] numbers of terms, ascending."""
    counts: Array
    """[T] how many documents have the term."""
    documents: Array
    """[P]"""
    frequencies: Array
    """[P]"""
    positions: Array
    """[O]"""
    lengths: Array
    """[documents of the batch] terms of each."""


class TextInverter(Generic[Key]):
    """Collects the texts of one field, document by document, and inverts them."""

    def __init__(self, lexicon: Lexicon[Key]) -> None:
        self._lexicon = lexicon
        self._items = array("I")
        self._ends = array("I")
        self._runs: list[_Run] = []
        self._first = 0

    def add(self, items: Iterable[Key]) -> None:
        """Add what the text of the next document is made of."""
        self._items.extend(self._lexicon.numbers(items))
        self._ends.append(len(self._items))
        if len(self._items) >= _BATCH:
            self._invert_batch()

    def _invert_batch(self) -> None:
        self._lexicon.settle()
        self._runs.append(_inverted(_spread(self._lexicon, self._items, self._ends), self._first))
        self._first += len(self._ends)
        self._items = array("I")
        self._ends = array("I")

    def finish(self) -> tuple[Postings, Array]:
        """Return the postings and the length of each document. Nothing can be added afterwards."""
        self._invert_batch()
        terms = list(self._lexicon.term_numbers)
        del self._lexicon  # of the last field that uses it: what joining takes finds room in its place
        lengths = np.concatenate([run.lengths for run in self._runs])
        runs, self._runs = [run for run in self._runs if len(run.terms)], []
        return _joined(runs, terms, lengths), lengths


def _spread(lexicon: Lexicon[Any], items: array[int], ends: array[int]) -> _Occurrences:
    """Return the terms of the items of a batch of texts, each of which ends where `ends` says."""
    item = _numbers(items)
    starts = _numbers(lexicon.starts)
    counts = np.diff(starts)[item]
    index = ragged(starts[item], counts)
    widths = _numbers(lexicon.widths)[item]
    before = np.cumsum(widths, dtype=np.int64) - widths
    text_ends = _numbers(ends)
    item_counts = np.diff(text_ends, prepend=0)
    first_of_text = np.append(before, 0)[np.minimum(text_ends - item_counts, len(before))]
    place = before - np.repeat(first_of_text, item_counts)
    term_ends = np.append(0, np.cumsum(counts, dtype=np.int64))[text_ends]
    return _Occurrences(
        terms=_numbers(lexicon.terms)[index],
        positions=np.repeat(place, counts) + _numbers(lexicon.places)[index],
        lengths=np.diff(term_ends, prepend=0),
    )


def _numbers(values: array[int]) -> Array:
    return np.frombuffer(values, dtype=np.intc)


def _inverted(found: _Occurrences, first: int) -> _Run:
    """Invert a batch of texts. The number of its first document is `first`."""
    order = _ascending(found.terms)
    term = found.terms[order]
    document = _documents_of(found.lengths, first)[order]
    postings = _postings(term, document)
    term = term[postings]
    first_postings = _borders(term)
    return _Run(
        terms=term[first_postings],
        counts=np.diff(np.append(first_postings, len(term))).astype(np.int32),
        documents=document[postings],
        frequencies=_narrow(np.diff(np.append(postings, len(order)))),
        positions=_narrow(found.positions[order]),
        lengths=found.lengths,
    )


def _ascending(values: Array) -> Array:
    """Return what puts `values`, below 2³², in ascending order and keeps the order of equal ones.

    By their lower and then their upper halves: NumPy sorts numbers of 16 bits in linear time.
    """
    lower = np.argsort(values.astype(np.uint16), kind="stable")
    upper = (values >> 16).astype(np.uint16)[lower]
    return lower[np.argsort(upper, kind="stable")]


def _documents_of(counts: Array, first: int = 0) -> Array:
    """Return the document of each item, where the first document has `counts[0]` items, and so on."""
    return np.repeat(np.arange(first, first + len(counts), dtype=DOCUMENT), counts)


def _postings(term: Array, document: Array) -> Array:
    """Return where each posting begins, of occurrences in the order of their terms and documents."""
    is_new = (term[1:] != term[:-1]) | (document[1:] != document[:-1])
    return np.flatnonzero(np.append(True, is_new)[: len(term)])


def _borders(ascending: Array) -> Array:
    """Return where each new value begins."""
    return np.flatnonzero(np.append(True, ascending[1:] != ascending[:-1])[: len(ascending)])


def _narrow(values: Array) -> Array:
    return values.astype(smallest_dtype(int(values.max(initial=0))))


def _joined(runs: list[_Run], terms: Sequence[str], lengths: Array) -> Postings:
    """Lay the postings of runs end to end for each term, with the terms in byte order. Empties `runs`."""
    is_present = np.zeros(len(terms), dtype=bool)
    for run in runs:
        is_present[run.terms] = True
    present = np.flatnonzero(is_present)
    texts = [terms[number].encode("utf-8", "surrogatepass") for number in present.tolist()]
    order = sorted(range(len(texts)), key=texts.__getitem__)
    rank = np.zeros(len(terms), dtype=np.int64)
    rank[present[order]] = np.arange(len(texts))
    counts = np.zeros(len(texts), dtype=np.int64)
    occurrences = np.zeros(len(texts), dtype=np.int64)
    for run in runs:
        counts[rank[run.terms]] += run.counts
        occurrences[rank[run.terms]] += _sums(run.frequencies, run.counts)
    documents = np.empty(int(counts.sum()), DOCUMENT)
    frequencies = np.empty(len(documents), np.result_type(np.uint8, *(run.frequencies for run in runs)))
    positions = np.empty(int(occurrences.sum()), np.result_type(np.uint8, *(run.positions for run in runs)))
    free_posting = np.cumsum(counts) - counts
    free_occurrence = np.cumsum(occurrences) - occurrences
    runs.reverse()
    while runs:
        run = runs.pop()
        ranks = rank[run.terms]
        target = ragged(free_posting[ranks], run.counts)
        documents[target] = run.documents
        frequencies[target] = run.frequencies
        sums = _sums(run.frequencies, run.counts)
        positions[ragged(free_occurrence[ranks], sums)] = run.positions
        free_posting[ranks] += run.counts
        free_occurrence[ranks] += sums
    return Postings(
        terms=[texts[place] for place in order],
        counts=counts,
        documents=documents,
        frequencies=frequencies,
        positions=positions,
        lengths=length_codes(lengths)[documents],
    )


def _sums(values: Array, counts: Array) -> Array:
    """Return the sum of each group of neighbouring `values`; no group is empty."""
    return np.add.reduceat(values, np.cumsum(counts) - counts, dtype=np.int64)


class TermInverter(Generic[Key]):
    """Collects the whole terms of one field, document by document."""

    def __init__(self, numbering: Numbering[Key], spell: Callable[[Key], str]) -> None:
        """Begin a field whose terms are what `spell` makes of the keys of `numbering`."""
        self._numbering = numbering
        self._spell = spell
        self._numbers = array("I")
        self._ends = array("I")

    def add(self, keys: Iterable[Key]) -> None:
        """Add what the terms of the next document are spelled of."""
        self._numbers.extend(self._numbering.numbers(keys))
        self._ends.append(len(self._numbers))

    def finish(self) -> Postings:
        """Return the postings."""
        spelled = [self._spell(key).encode("utf-8", "surrogatepass") for key in self._numbering]
        terms = sorted(set(spelled))
        ordinals = {term: ordinal for ordinal, term in enumerate(terms)}
        term = np.array([ordinals[text] for text in spelled], dtype=np.int64)[_numbers(self._numbers)]
        order = _ascending(term)
        term, document = term[order], _documents_of(np.diff(_numbers(self._ends), prepend=0))[order]
        postings = _postings(term, document)
        documents = document[postings]
        return Postings(
            terms=terms,
            counts=np.bincount(term[postings], minlength=len(terms)),
            documents=documents,
            frequencies=None,
            positions=None,
            lengths=np.zeros(len(documents), dtype=np.uint8),
        )
