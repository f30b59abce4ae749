"""Orders: a number for each document, the larger the earlier, unknown values last in both directions."""

from __future__ import annotations

import time
from typing import Final

import numpy as np

from papers_tui.index.search.arrays import Array
from papers_tui.index.search.query import Sort
from papers_tui.index.search.snapshot import Snapshot

_DAY: Final = 86_400
_EPOCH: Final = 719_163
"""The ordinal of 1970-01-01."""

GRAVITY: Final = 1.5
"""How fast a trend ages: after a week, about a twentieth is left of what votes are worth on the first day."""


def newest_first(snapshot: Snapshot) -> Array:
    """Return all documents, the newest first: [N].

    By the day of publication, the last it can be, or if that is unknown by the day the paper was featured;
    then by the latter. Papers of which neither is known are the oldest. Papers that are alike in both keep
    the order of their keys.
    """
    newest: Array = np.argsort(snapshot.column("key"), kind="stable")
    published, featured = snapshot.column("last_day"), snapshot.column("featured")
    for days in (featured, np.where(published > 0, published, featured)):
        newest = newest[np.argsort(_ages(days)[newest], kind="stable")]
    return newest


def _ages(days: Array) -> Array:
    """Return numbers that are the larger the older a day is, an unknown day the oldest: [N].

    They take 16 bits where they can, which NumPy sorts many times faster than wider ones.
    """
    known = days[days > 0]
    first, last = (int(known.min()), int(known.max())) if len(known) else (0, 0)
    unknown = last - first + 1
    dtype = np.uint16 if unknown <= np.iinfo(np.uint16).max else np.int64
    return np.where(days > 0, last - days, unknown).astype(dtype)


def title_ranks(snapshot: Snapshot) -> Array:
    """Return the rank of each document by its title: int64 [N], A first, equal titles equal."""
    _, ranks = np.unique(snapshot.column("title"), return_inverse=True)
    return ranks.astype(np.int64)


def trend(snapshot: Snapshot, *, now: float) -> Array:
    """Return how much each document is talked about: float64 [N], nan where nobody counted.

    `(upvotes + 2 * comments + 1) / (days + 2) ** GRAVITY`, with the days since the paper was featured,
    or else published.
    """
    upvotes, comments = snapshot.column("upvotes"), snapshot.column("comments")
    featured = snapshot.column("featured")
    day = np.where(featured > 0, featured, snapshot.column("last_day")).astype(np.float64)
    age = np.maximum(0.0, now / _DAY + _EPOCH - day)
    votes = np.maximum(upvotes, 0) + 2.0 * np.maximum(comments, 0) + 1
    is_known = ((upvotes >= 0) | (comments >= 0)) & (day > 0)
    return np.where(is_known, votes / (age + 2) ** GRAVITY, np.nan)


def sort_values(snapshot: Snapshot, sort: Sort, titles: Array | None = None) -> Array:
    """Return the values of a sort key: float64 [N], to be put in descending order, nan last.

    Every key but relevance, which depends on the query, and titles, whose ranks are passed in.
    """
    match sort.key:
        case "date":
            values = _known(snapshot.column("last_day"), 0)
        case "featured" | "added":
            values = _known(snapshot.column(sort.key), 0)
        case "upvotes" | "comments":
            values = _known(snapshot.column(sort.key), -1)
        case "trending":
            values = trend(snapshot, now=time.time())
        case _:
            ranks = titles if titles is not None else title_ranks(snapshot)
            values = np.where(snapshot.column("title") != b"", -ranks.astype(np.float64), np.nan)
    return -values if sort.is_reversed else values


def _known(values: Array, unknown: int) -> Array:
    return np.where(values > unknown, values.astype(np.float64), np.nan)
