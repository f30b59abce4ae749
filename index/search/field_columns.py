"""The postings of one field of one segment, as columns in the order of their terms.

A field has, for each of its terms in byte order: the term; the documents that have it; how often each
has it; and where. All documents of all terms lie in one column, and so do the frequencies and the
positions, so that the postings of a term, of a prefix or of any range of terms are one slice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final

import numpy as np
from whoosh.util.numeric import byte_to_length

from papers_tui.index.search.arrays import Array, Arrays, ArraysWriter, DamagedArrays, smallest_dtype
from papers_tui.index.search.beginnings import common_beginnings

DOCUMENT: Final = np.dtype("<u4")
"""The dtype of document numbers."""

_BLOCK: Final = 64

_PAGE_BITS: Final = 8
_NEAR: Final = (1 << _PAGE_BITS) - 1
"""The last position of the first page: few words stand further on, and only these say on which page."""

LENGTH_OF_CODE: Final = np.array([byte_to_length(code) for code in range(256)], dtype=np.int64)
"""[256] the length of a field that Whoosh's byte code stands for: exact to 10, then roughly logarithmic."""


def length_codes(lengths: Array) -> Array:
    """Return Whoosh's byte codes of lengths."""
    return np.minimum(np.searchsorted(LENGTH_OF_CODE, lengths), 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of a field, ready to be written. P postings of T terms with O occurrences."""

    terms: Sequence[bytes]
    """T terms, strictly ascending."""
    counts: Array
    """[T] how many documents have the term."""
    documents: Array
    """[P] document numbers, strictly ascending within a term."""
    frequencies: Array | None
    """[P] how often the document has the term; None where that is not recorded."""
    positions: Array | None
    """[O] where, ascending within a posting; None where that is not recorded."""
    lengths: Array
    """[P] the length of the document's field, as Whoosh's byte code."""

    def write(self, writer: ArraysWriter, field: str) -> None:
        """Append the columns of `field` to a file of arrays."""
        texts = list(accumulate(map(len, self.terms), initial=0))
        starts = np.concatenate([[0], np.cumsum(self.counts, dtype=np.int64)])
        firsts = starts[:-1]
        columns = {
            "terms": np.frombuffer(b"".join(self.terms), dtype=np.uint8),
            "term_starts": np.array(texts, dtype=smallest_dtype(texts[-1])),
            "posting_starts": starts.astype(smallest_dtype(int(starts[-1]))),
            "documents": self.documents.astype(DOCUMENT, copy=False),
            "shortest": np.minimum.reduceat(self.lengths, firsts),
            "longest": np.maximum.reduceat(self.lengths, firsts),
        }
        if self.frequencies is not None:
            sums = np.add.reduceat(self.frequencies, firsts, dtype=np.int64)
            occurrences = np.concatenate([[0], np.cumsum(sums)])
            most = np.maximum.reduceat(self.frequencies, firsts)
            columns |= {
                "frequencies": self.frequencies.astype(smallest_dtype(int(most.max())), copy=False),
                "occurrence_starts": occurrences.astype(smallest_dtype(int(occurrences[-1]))),
                "most": most.astype(smallest_dtype(int(most.max()))),
            }
        if self.positions is not None:
            far = np.flatnonzero(self.positions > _NEAR)
            pages = self.positions[far] >> _PAGE_BITS
            columns |= {
                "positions": self.positions.astype(np.uint8, copy=False),  # the lower bits
                "far": far.astype(smallest_dtype(len(self.positions))),
                "far_pages": pages.astype(smallest_dtype(int(pages.max(initial=0)))),
            }
            common_starts, common_stops, common = common_beginnings(self.terms, starts, self.documents)
            columns |= {
                "common_starts": common_starts.astype(smallest_dtype(len(self.terms))),
                "common_stops": common_stops.astype(smallest_dtype(len(self.terms))),
                "common": common,
            }
        for name, column in columns.items():
            writer.add(f"{field}/{name}", column)


class FieldColumns:
    """The postings of a field of a segment, mapped into memory.

    Terms have *ordinals*, from 0 in byte order; postings and occurrences have numbers, from 0 in the
    order of their terms.
    """

    def __init__(self, arrays: Arrays, field: str) -> None:
        """Map the columns of `field`.

        Raises:
            DamagedArrays: columns are missing, or do not fit together.
        """

        def column(name: str) -> Array:
            try:
                return arrays[f"{field}/{name}"]
            except KeyError as error:
                raise DamagedArrays(f"the column {field}/{name} is missing") from error

        self.documents = column("documents")
        """[P] document numbers within the segment."""
        self.posting_starts = column("posting_starts")
        """[T + 1] the first posting of each term, and the number of all."""
        self.shortest = column("shortest")
        """[T] the length, as a byte code, of the shortest field that has the term."""
        self.longest = column("longest")
        self.has_frequencies = f"{field}/frequencies" in arrays
        self.has_positions = f"{field}/positions" in arrays
        if self.has_frequencies:
            self.frequencies = column("frequencies")
            """[P] how often the document has the term."""
            self.occurrence_starts = column("occurrence_starts")
            """[T + 1] the first occurrence of each term, and the number of all."""
            self.most = column("most")
            """[T] the largest frequency of the term."""
        if self.has_positions:
            self._positions = column("positions")
            self._far = column("far")
            self._far_pages = column("far_pages")
            self._common = column("common")
            self._common_starts = column("common_starts")
            self._common_stops = column("common_stops")
        self._terms = column("terms")
        self._term_starts = column("term_starts")
        self._count = len(self._term_starts) - 1
        self._check()
        native = self._term_starts.astype(self._term_starts.dtype.newbyteorder("="), copy=False)
        self._edges = native.data  # gives plain numbers, several times faster than an array

    def _check(self) -> None:
        terms = len(self)
        fits = (
            len(self.posting_starts) == terms + 1
            and int(self.posting_starts[-1]) == len(self.documents)
            and int(self._term_starts[-1]) == len(self._terms)
            and len(self.shortest) == len(self.longest) == terms
        )
        if fits and self.has_frequencies:
            fits = len(self.frequencies) == len(self.documents) and len(self.occurrence_starts) == terms + 1
        if fits and self.has_positions:
            fits = self.has_frequencies and int(self.occurrence_starts[-1]) == len(self._positions)
            fits = fits and len(self._far) == len(self._far_pages)
            rows = len(self._common_starts)
            fits = fits and rows == len(self._common_stops) and not len(self._common) % max(1, rows)
        if not fits:
            raise DamagedArrays("the columns of a field do not fit together")

    @cached_property
    def _blob(self) -> bytes:
        """All terms, one after the other: not read before a term is looked for."""
        return self._terms.tobytes()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, ordinal: int) -> bytes:
        """Return the term with an ordinal."""
        if ordinal < 0:
            raise IndexError(ordinal)
        return self._blob[self._edges[ordinal] : self._edges[ordinal + 1]]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.terms_of(0, len(self)))

    def ordinal_from(self, term: bytes) -> int:
        """Return the ordinal of the first term that is not before `term`, or the number of terms."""
        block = bisect_left(self._first_of_blocks, term)
        blob, edges = self._blob, self._edges
        low = (block - 1) * _BLOCK if block else 0
        high = min(self._count, block * _BLOCK)
        while low < high:  # `bisect` would call back for each step, and a key looks for dozens of terms
            middle = (low + high) // 2
            if blob[edges[middle] : edges[middle + 1]] < term:
                low = middle + 1
            else:
                high = middle
        return low

    @cached_property
    def _first_of_blocks(self) -> list[bytes]:
        """Every 64th term: among plain bytes the search is several times faster."""
        return [self[ordinal] for ordinal in range(0, len(self), _BLOCK)]

    def find(self, term: bytes) -> int | None:
        """Return the ordinal of `term`, or None."""
        ordinal = self.ordinal_from(term)
        return ordinal if ordinal < self._count and self[ordinal] == term else None

    def find_all(self, terms: Sequence[bytes]) -> Iterator[int]:
        """Yield the ordinals of those of some terms that are there. Many begin with the first one."""
        first = terms[0] if terms else b""
        start = self.ordinal_from(first)
        is_begun = self._begins(start, first)
        if is_begun and self[start] == first:
            yield start
        for term in terms[1:]:
            if is_begun or not term.startswith(first):
                ordinal = self.find(term)
                if ordinal is not None:
                    yield ordinal

    def _begins(self, ordinal: int, prefix: bytes) -> bool:
        if ordinal == self._count:
            return False
        start, stop = self._edges[ordinal], self._edges[ordinal + 1]
        return self._blob.startswith(prefix, start, stop)

    def ordinals_of_prefix(self, prefix: bytes) -> tuple[int, int]:
        """Return the range of ordinals of the terms that begin with `prefix`."""
        start = self.ordinal_from(prefix)
        if not self._begins(start, prefix):
            return start, start
        after = prefix.rstrip(b"\xff")
        if not after:
            return start, len(self)
        return start, self.ordinal_from(after[:-1] + bytes([after[-1] + 1]))

    def postings_of(self, start: int, stop: int) -> slice:
        """Return which postings the terms of a range of ordinals have."""
        return slice(int(self.posting_starts[start]), int(self.posting_starts[stop]))

    def common(self, start: int, stop: int) -> Array | None:
        """Return which documents have a term of a range of ordinals, a bit each, the lowest bit first.

        None where that is not known but from the postings themselves: see `common_beginnings`.
        """
        row = self._common_rows.get((start, stop))
        return self._common[row] if row is not None else None

    @cached_property
    def _common_rows(self) -> dict[tuple[int, int], slice]:
        if not self.has_positions or not len(self._common_starts):
            return {}
        width = len(self._common) // len(self._common_starts)
        ranges = zip(self._common_starts.tolist(), self._common_stops.tolist(), strict=True)
        return {each: slice(row * width, (row + 1) * width) for row, each in enumerate(ranges)}

    def terms_of(self, start: int, stop: int) -> list[bytes]:
        """Return the terms of a range of ordinals."""
        edges = self._edges[start : stop + 1].tolist()
        return [self._blob[low:high] for low, high in pairwise(edges)]

    def positions_of(self, occurrences: Array) -> Array:
        """Return which word of the field each of some occurrences is; their numbers ascend."""
        positions = self._positions[occurrences].astype(np.int64)
        if len(positions) and len(self._far):
            first, last = occurrences[[0, -1]].astype(self._far.dtype)
            start, stop = np.searchsorted(self._far, first), np.searchsorted(self._far, last, side="right")
            far = self._far[start:stop]
            places = np.minimum(np.searchsorted(occurrences, far), len(occurrences) - 1)
            is_wanted = occurrences[places] == far
            pages = self._far_pages[start:stop][is_wanted].astype(np.int64)
            positions[places[is_wanted]] |= pages << _PAGE_BITS
        return positions
