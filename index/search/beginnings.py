"""Beginnings of words that many documents have, such as `s`: one bit for each document, made in advance.

At the first letters of a word hundreds of thousands of postings begin so. Nobody looks at each of them to
know which documents have one: that was found out when the segment was written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import numpy as np

from papers_tui.index.search.arrays import Array

COMMON: Final = 4
"""A beginning with at least a quarter as many postings as documents is common."""

_LEAST: Final = 256
"""Documents of a segment in which beginnings are common or not; in fewer it takes no time to look."""


def common_beginnings(
    terms: Sequence[bytes], posting_starts: Array, documents: Array
) -> tuple[Array, Array, Array]:
    """Return the common beginnings of a field in a segment, and which documents have each.

    They are told by the ordinals of the first term and of the one after the last, int64 [C]; the documents
    as bits, the lowest first, uint8 [C * W]. Takes the T terms in order, [T + 1] where their postings
    begin, and the document of each posting.
    """
    size = int(documents.max(initial=0)) + 1
    width = -(-size // 8)
    ranges = _ranges(terms, posting_starts.tolist(), -(-size // COMMON)) if size >= _LEAST else []
    bits = np.zeros((len(ranges), width), dtype=np.uint8)
    for row, (start, stop) in enumerate(ranges):
        mask = np.zeros(size, dtype=bool)
        mask[documents[int(posting_starts[start]) : int(posting_starts[stop])].astype(np.intp)] = True
        bits[row] = np.packbits(mask, bitorder="little")
    starts, stops = np.array(ranges, dtype=np.int64).reshape(-1, 2).T
    return starts, stops, bits.ravel()


def _ranges(terms: Sequence[bytes], posting_starts: Sequence[int], least: int) -> list[tuple[int, int]]:
    """Return the ranges of ordinals of terms that begin alike and have so many postings, each once."""
    found: dict[tuple[int, int], None] = {}
    undivided = [(0, len(terms), 0)]
    while undivided:
        start, stop, length = undivided.pop()
        length += 1
        while start < stop:
            beginning = terms[start][:length]
            end = bisect_right(terms, beginning, start, stop, key=lambda term: term[:length])
            if len(beginning) == length and posting_starts[end] - posting_starts[start] >= least:
                found[start, end] = None
                undivided.append((start, end, length))
            start = end
    return list(found)
