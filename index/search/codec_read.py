"""The reading half of the columnar codec: columns as Whoosh's terms, cursors and matchers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.formats import Format, Frequency
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_uint
from whoosh.util.numeric import byte_to_length

from papers_tui.index.search.arrays import Arrays
from papers_tui.index.search.field_columns import FieldColumns

Term = tuple[str, bytes]


class ColumnarTermsReader(TermsReader):
    """The terms and postings of a segment. `fields` gives whole columns to those who can use them."""

    def __init__(self, arrays: Arrays) -> None:
        """Map the columns of all fields.

        Raises:
            DamagedArrays: columns are missing, or do not fit together.
        """
        names = sorted({name.partition("/")[0] for name in arrays})
        self.fields = {name: FieldColumns(arrays, name) for name in names}

    def __contains__(self, term: Term) -> bool:
        return self._ordinal(*term) is not None

    def _ordinal(self, fieldname: str, text: bytes) -> int | None:
        columns = self.fields.get(fieldname)
        return columns.find(text) if columns is not None else None

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields that have postings."""
        return list(self.fields)

    def cursor(self, fieldname: str, fieldobj: Any) -> ColumnarCursor:
        """Return a cursor over the terms of a field."""
        return ColumnarCursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[Term]:
        """Yield all terms of all fields, in order."""
        return ((name, text) for name, columns in self.fields.items() for text in columns)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Yield the terms from `prefix` of a field on, in order."""
        for name, columns in self.fields.items():
            if name >= fieldname:
                start = columns.ordinal_from(prefix) if name == fieldname else 0
                yield from ((name, columns[ordinal]) for ordinal in range(start, len(columns)))

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """Yield all terms with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """Yield the terms from `prefix` of a field on with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return the statistics of a term.

        Raises:
            TermNotFound: the segment does not have it.
        """
        ordinal = self._ordinal(fieldname, text)
        if ordinal is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        columns = self.fields[fieldname]
        postings = columns.postings_of(ordinal, ordinal + 1)
        weight = most = 1
        if columns.has_frequencies:
            weight = int(columns.occurrence_starts[ordinal + 1]) - int(columns.occurrence_starts[ordinal])
            most = int(columns.most[ordinal])
        return TermInfo(
            weight=float(weight if columns.has_frequencies else postings.stop - postings.start),
            df=postings.stop - postings.start,
            minlength=byte_to_length(int(columns.shortest[ordinal])),
            maxlength=byte_to_length(int(columns.longest[ordinal])),
            maxweight=float(most),
            minid=int(columns.documents[postings.start]),
            maxid=int(columns.documents[postings.stop - 1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term occurs; 0 where it does not."""
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents have a term, deleted ones included; 0 where none has."""
        return int(self.term_info(fieldname, text).doc_frequency()) if (fieldname, text) in self else 0

    def matcher(self, fieldname: str, text: bytes, format_: Format, scorer: Any = None) -> ColumnarMatcher:
        """Return a matcher of the documents that have a term.

        Raises:
            TermNotFound: the segment does not have it.
        """
        info = self.term_info(fieldname, text)
        return ColumnarMatcher(self.fields[fieldname], (fieldname, text), info, format_, scorer)

    def close(self) -> None:
        """Let go of the columns."""
        self.fields = {}


class ColumnarCursor(FieldCursor):
    """Walks the terms of a field; Whoosh's automata use it to find similar words."""

    def __init__(self, terms: ColumnarTermsReader, fieldname: str, fieldobj: Any) -> None:
        self._terms = terms
        self._fieldname = fieldname
        self._fieldobj = fieldobj
        self._columns = terms.fields.get(fieldname)
        self._ordinal = 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._ordinal = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not before `term`."""
        if self._columns is not None:
            raw = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
            self._ordinal = self._columns.ordinal_from(raw)
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._ordinal += 1
        return self.text()

    def text(self) -> str | None:
        """Return the term, or None after the last one."""
        if self._columns is None or self._ordinal >= len(self._columns):
            return None
        text: str = self._fieldobj.from_bytes(self._columns[self._ordinal])
        return text

    def term_info(self) -> TermInfo | None:
        """Return the statistics of the term."""
        if self._columns is None or not self.is_valid():
            return None
        return self._terms.term_info(self._fieldname, self._columns[self._ordinal])

    def is_valid(self) -> bool:
        """Whether there is a term."""
        return self._columns is not None and self._ordinal < len(self._columns)


class ColumnarMatcher(LeafMatcher):
    """The postings of a term, one at a time, for Whoosh's own queries and collectors."""

    def __init__(
        self, columns: FieldColumns, term: Term, info: TermInfo, format_: Format, scorer: Any
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self._columns = columns
        self._term = term
        self._info = info
        ordinal = columns.find(term[1])
        if ordinal is None:
            raise TermNotFound(f"No term {term[0]}:{term[1]!r}")
        self._ordinal = ordinal
        self._postings = columns.postings_of(ordinal, ordinal + 1)
        self._ids: list[int] = columns.documents[self._postings].tolist()
        self._place = 0

    def reset(self) -> None:
        """Go back to the first posting."""
        self._place = 0

    def copy(self) -> ColumnarMatcher:
        """Return a matcher at the same posting."""
        twin = ColumnarMatcher(self._columns, self._term, self._info, self.format, self.scorer)
        twin._place = self._place
        return twin

    def is_active(self) -> bool:
        """Whether there is a posting."""
        return self._place < len(self._ids)

    def id(self) -> int:
        """Return the document."""
        return self._ids[self._place]

    def all_ids(self) -> Iterator[int]:
        """Yield all documents of the term."""
        return iter(self._ids)

    def next(self) -> bool:
        """Go to the next posting. The postings are one block, so that no block is entered."""
        self._place += 1
        return False

    def skip_to(self, target: int) -> None:
        """Go to the first posting whose document is not before `target`."""
        if not self.is_active():
            raise ReadTooFar
        self._place = bisect_left(self._ids, target, self._place)

    def _frequency(self) -> int:
        columns = self._columns
        return int(columns.frequencies[self._postings.start + self._place]) if columns.has_frequencies else 1

    def weight(self) -> float:
        """Return how often the document has the term."""
        return float(self._frequency())

    def value(self) -> bytes:
        """Return what the field's format says of the posting."""
        columns = self._columns
        if not columns.has_positions:
            return bytes(pack_uint(self._frequency())) if isinstance(self.format, Frequency) else b""
        before = columns.frequencies[self._postings.start : self._postings.start + self._place]
        start = int(columns.occurrence_starts[self._ordinal]) + int(before.sum())
        positions = columns.positions_of(np.arange(start, start + self._frequency()))
        encoded: bytes = self.format.encode(positions.tolist())
        return encoded

    def block_min_length(self) -> int:
        """Return the length of the shortest field that has the term."""
        return int(self._info.min_length())

    def block_max_length(self) -> int:
        """Return the length of the longest field that has the term."""
        return int(self._info.max_length())

    def block_max_weight(self) -> float:
        """Return the largest weight."""
        return float(self._info.max_weight())

    def skip_to_quality(self, minquality: float) -> int:
        """Go behind the last posting if none can be better than `minquality`."""
        if self.block_quality() > minquality:
            return 0
        self._place = len(self._ids)
        return 1
