"""The writing half of the columnar codec: Whoosh's postings, one by one or in bulk, into columns."""

from __future__ import annotations

from array import array
from mmap import ACCESS_READ, mmap
from typing import Any, Final

import numpy as np
from whoosh.codec.base import FieldWriter
from whoosh.codec.whoosh3 import W3PerDocWriter
from whoosh.columns import Column, ColumnReader, ColumnWriter
from whoosh.formats import Existence, Format, Frequency, Positions
from whoosh.util.numeric import length_to_byte

from papers_tui.index.search.arrays import Array, ArraysWriter
from papers_tui.index.search.field_columns import DOCUMENT, Postings, length_codes

POSTINGS_EXTENSION: Final = ".postings"

_MAPPED: Final = 1 << 20
"""Bytes from which a column is mapped into memory."""


def has_frequencies(format_: Format) -> bool:
    """Whether postings in this format tell how often a document has a term.

    Raises:
        ValueError: the codec has no columns for what the format stores.
    """
    if type(format_) not in {Existence, Frequency, Positions}:
        raise ValueError(f"no columns for {type(format_).__name__}: only Existence, Frequency and Positions")
    return not isinstance(format_, Existence)


def has_positions(format_: Format) -> bool:
    """Whether postings in this format tell where a document has a term."""
    return isinstance(format_, Positions)


class ColumnarFieldWriter(FieldWriter):
    """Takes the postings of a segment, field by field and term by term, and writes them as columns.

    It is called by Whoosh's own writers, also to merge segments; `add_field` is the way in for whole
    fields at once. Memory: the postings of one field.
    """

    def __init__(self, writer: ArraysWriter) -> None:
        self._writer = writer
        self._field = ""
        self._format: Any = None
        self._reset()
        self.is_closed = False

    def _reset(self) -> None:
        self._terms: list[bytes] = []
        self._counts = array("I")
        self._documents = array("I")
        self._frequencies = array("I")
        self._positions = array("I")
        self._lengths = bytearray()

    def add_field(self, name: str, postings: Postings) -> None:
        """Write the postings of a whole field."""
        if postings.terms:
            postings.write(self._writer, name)

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Begin a field."""
        has_frequencies(fieldobj.format)
        self._field = fieldname
        self._format = fieldobj.format

    def start_term(self, text: bytes) -> None:
        """Begin a term of the field."""
        self._terms.append(bytes(text))
        self._counts.append(0)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int | None) -> None:
        """Add a posting of the term.

        Raises:
            ValueError: the weight is not the frequency; the columns keep whole numbers.
        """
        self._counts[-1] += 1
        self._documents.append(docnum)
        self._lengths.append(length_to_byte(length))
        if not has_frequencies(self._format):
            return
        if has_positions(self._format):
            positions = self._format.decode_positions(vbytes)
            self._positions.extend(positions)
            frequency = len(positions)
        else:
            frequency = self._format.decode_frequency(vbytes)
        if weight != frequency:
            raise ValueError(f"a weight of {weight} for {frequency} occurrences: boosts are not stored")
        self._frequencies.append(frequency)

    def finish_term(self) -> None:
        """End the term."""

    def finish_field(self) -> None:
        """Write the columns of the field."""
        self.add_field(
            self._field,
            Postings(
                terms=self._terms,
                counts=np.array(self._counts),
                documents=np.array(self._documents, dtype=DOCUMENT),
                frequencies=np.array(self._frequencies) if has_frequencies(self._format) else None,
                positions=np.array(self._positions) if has_positions(self._format) else None,
                lengths=np.frombuffer(bytes(self._lengths), dtype=np.uint8),
            ),
        )
        self._reset()

    def close(self) -> None:
        """Make the file whole."""
        self._writer.close()
        self.is_closed = True

    def abandon(self) -> None:
        """Close the file without making it whole."""
        if not self.is_closed:
            self.is_closed = True
            self._writer.abandon()


class RecordColumn(Column):
    """A Whoosh column of records of a fixed size, each row one item of a little-endian dtype.

    Its file is the rows one after the other, so that a reader maps it as an array; rows at the end that
    were never set are left out.
    """

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self.dtype = dtype
        self._default = bytes(dtype.itemsize)

    def writer(self, dbfile: Any) -> RecordWriter:
        """Return a writer of rows into `dbfile`."""
        return RecordWriter(dbfile, self._default)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> RecordReader:
        """Return the rows in `dbfile`."""
        raw = _content(dbfile, basepos, length)
        return RecordReader(np.frombuffer(raw, self.dtype, length // self.dtype.itemsize), doccount)


def _content(dbfile: Any, start: int, length: int) -> bytes | memoryview:
    """Return bytes of a file; much of one on disk is mapped, so that only what is used is read."""
    if length < _MAPPED or not dbfile.is_real:
        return bytes(dbfile.get(start, length))
    return memoryview(mmap(dbfile.fileno(), start + length, access=ACCESS_READ))[start:]


class RecordWriter(ColumnWriter):
    """Writes rows, given as their bytes, in the order of documents."""

    def __init__(self, dbfile: Any, default: bytes) -> None:
        super().__init__(dbfile)
        self._defaultbytes = default

    def add(self, docnum: int, value: bytes) -> None:
        """Write the row of a document; documents between the last one and this have zeros."""
        self.fill(docnum)
        self._dbfile.write(value)
        self._count = docnum + 1

    def add_rows(self, rows: Array) -> None:
        """Write the rows of the next documents."""
        self._dbfile.write(rows.tobytes())
        self._count += len(rows)


class RecordReader(ColumnReader):
    """The rows of a column. `rows` is the array, [documents]."""

    def __init__(self, rows: Array, doccount: int) -> None:
        self._doccount = doccount
        missing = np.zeros(max(0, doccount - len(rows)), rows.dtype)
        self.rows = np.concatenate([rows[:doccount], missing]) if len(missing) else rows[:doccount]

    def __getitem__(self, docnum: int) -> bytes:
        return bytes(self.rows[docnum].tobytes())


class ColumnarPerDocWriter(W3PerDocWriter):
    """Whoosh's own writer of what is kept per document, with a way in for whole columns."""

    is_closed: bool

    def add_rows(self, name: str, rows: Array) -> None:
        """Write the rows of all documents of the segment into a column."""
        column = RecordColumn(rows.dtype)
        self._create_column(name, column)
        self._get_column(name).add_rows(rows)

    def add_lengths(self, field: str, lengths: Array) -> None:
        """Write how many terms each document has in `field`: [documents] whole numbers."""
        self.add_rows(f"_{field}_len", length_codes(lengths))
        self._fieldlengths[field] = int(lengths.sum())

    def set_count(self, documents: int) -> None:
        """Say how many documents the rows are of."""
        self._doccount = documents

    def abandon(self) -> None:
        """Close the temporary file without making columns of it."""
        if not self.is_closed:
            self.is_closed = True
            self._cols._temp.close()  # noqa: SLF001 - Whoosh closes it only after reading it back
