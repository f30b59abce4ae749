"""Common beginnings of words: what a segment keeps of them is what its postings say."""

import random

import numpy as np

from papers_tui.index.search.arrays import Arrays, ArraysWriter
from papers_tui.index.search.field_columns import FieldColumns, Postings
from papers_tui.index.search.postings import Run

DOCUMENTS = 301
TERMS = [b"a", b"an", b"and", b"any", b"b", b"ba\xff", b"ba\xff\xff", "été".encode(), b"q", b"qua", b"quark"]


class Bytes:
    def __init__(self):
        self.content = bytearray()

    def write(self, data):
        self.content += data

    def close(self):
        pass


def columns_of(documents_of_terms):
    counts = np.array(list(map(len, documents_of_terms)))
    documents = np.concatenate(documents_of_terms).astype(np.uint32)
    ones = np.ones(len(documents), dtype=np.uint8)
    sink = Bytes()
    writer = ArraysWriter(sink)
    Postings(TERMS, counts, documents, ones, ones, ones).write(writer, "title")
    writer.close()
    return FieldColumns(Arrays(bytes(sink.content)), "title")


def documents(chance, share):
    return sorted(chance.sample(range(DOCUMENTS), max(1, int(share * DOCUMENTS))))


def test_the_documents_of_a_beginning_are_those_of_its_terms_whether_it_is_common_or_not():
    chance = random.Random(5)
    columns = columns_of([documents(chance, chance.choice([0.01, 0.1, 0.3])) for _ in TERMS])
    kept = 0
    for beginning in {term[:length] for term in TERMS for length in range(1, len(term) + 1)}:
        run = Run(7, columns, *columns.ordinals_of_prefix(beginning))
        mask = np.zeros(7 + DOCUMENTS + 2, dtype=bool)
        run.mark(mask)
        assert np.flatnonzero(mask).tolist() == sorted({7 + one for one in run.local.tolist()})
        kept += columns.common(run.start, run.stop) is not None
        assert (columns.common(run.start, run.stop) is not None) == (
            4 * run.size >= max(columns.documents) + 1
        )
    assert kept > 2
