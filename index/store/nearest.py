"""The ids that are spelled most like one that no paper has."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

_FEW: Final = 20_000
"""Ids that are all compared; of more, those that begin alike or are one slip away."""

_POOL: Final = 2_000
_LEAST: Final = 60.0
"""Of 100: below that, spellings have nothing to do with each other."""


def nearest(connection: sqlite3.Connection, text: str, limit: int) -> list[str]:
    """Return up to `limit` ids of papers, the most alike first. Quick at any size of the corpus."""
    wanted = text.strip().casefold()[:200]
    if not wanted:
        return []
    if ":" not in wanted:
        wanted = f"{'arxiv' if wanted[0].isdigit() else 'title'}:{wanted}"
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only an id that is wrong needs it

    found = process.extract(wanted, _candidates(connection, wanted), scorer=fuzz.ratio, limit=limit * 4)
    best = [name for name, score, _ in found if score >= _LEAST]
    query = "SELECT paper.id FROM name JOIN paper ON paper = key WHERE name.id = ?"
    current = (connection.execute(query, (name,)).fetchone() for name in best)
    return list(dict.fromkeys(row[0] for row in current if row))[:limit]


def _candidates(connection: sqlite3.Connection, wanted: str) -> list[str]:
    names = [name for (name,) in connection.execute("SELECT id FROM name LIMIT ?", (_FEW + 1,))]
    if len(names) <= _FEW:
        return names
    found: dict[str, None] = {}
    for slip in set(_slips(wanted)):
        for row in connection.execute("SELECT id FROM name WHERE id = ?", (slip,)):
            found[row[0]] = None
    for length in range(len(wanted), wanted.index(":") + 1, -1):
        start = wanted[:length]
        query = "SELECT id FROM name WHERE id >= ? AND id < ? LIMIT ?"
        found |= dict.fromkeys(
            row[0] for row in connection.execute(query, (start, f"{start}\U0010ffff", _POOL))
        )
        if len(found) >= _POOL:
            break
    return list(found)


def _slips(text: str) -> Iterator[str]:
    """Yield what a person may have meant who slipped once in typing the digits of an id."""
    start = text.index(":") + 1
    if len(text) - start > 40:
        return
    for at in range(start, len(text) + 1):
        head, tail = text[:at], text[at:]
        yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for digit in "0123456789./":
            yield head + digit + tail[1:]
            yield head + digit + tail
