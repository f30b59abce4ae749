"""Ranges as people type them: `5`, `>5`, `<=5`, `5..10`, `5..`, `..10`, of numbers or of days."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final, NamedTuple

from papers_tui.index.patterns import pattern
from papers_tui.index.text import clean_line

LARGEST: Final = 2**31 - 1
"""The largest number that a range names; what is larger is read as this."""


class Extent(NamedTuple):
    """What one end of a range covers, both included: a month covers its days. `hint` says what was odd."""

    first: int
    last: int
    hint: str = ""


class Bounds(NamedTuple):
    """A range that was read, both ends included; None is open."""

    low: int | None
    high: int | None
    hints: tuple[str, ...] = ()


ReadEnd = Callable[[str], Extent | None]
"""Reads one end of a range; None if it is not one."""

_COMPARISON: Final = pattern(r"(>=|=>|≥|<=|=<|≤|==|=|>|<)\s*(.*)", re.DOTALL)
_BETWEEN: Final = pattern(r"(.*?)\.\.+(.*)", re.DOTALL)
_NUMBER: Final = pattern(
    r"((?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9][0-9_]{0,14})(?:\.[0-9]{0,9})?|\.[0-9]{1,9})([km]?)",
    re.IGNORECASE,
)
_SCALE: Final = {"": 1, "k": 1_000, "m": 1_000_000}


def read_range(value: str, read_end: ReadEnd) -> Bounds | None:
    """Read a comparison, a range or a single value; None if it is none of them.

    A range that runs backwards is turned round, which a hint tells.
    """
    value = value.strip()
    if comparison := _COMPARISON.fullmatch(value):
        extent = read_end(comparison[2].strip())
        return _compared(comparison[1], extent) if extent is not None else None
    if between := _BETWEEN.fullmatch(value):
        return _between(between[1].strip(), between[2].strip(), read_end)
    extent = read_end(value)
    return _bounds(extent.first, extent.last, extent) if extent is not None else None


def read_number(text: str) -> Extent | None:
    """Read a number of things: `12`, `1,200`, `1.2k`, `3m`. Parts of a thing only shift comparisons."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    number = Decimal(match[1].replace(",", "").replace("_", "")) * _SCALE[match[2].lower()]
    first, last = (int(number.to_integral_value(way)) for way in (ROUND_CEILING, ROUND_FLOOR))
    return Extent(min(first, LARGEST), min(last, LARGEST))


def quoted(text: str) -> str:
    """Return `text` as hints show it: clean, short and in quotes."""
    text = clean_line(text[:500])
    return f"'{text}'" if len(text) <= 40 else f"'{text[:39]}…'"


def _compared(sign: str, extent: Extent) -> Bounds:
    """Return what lies on the side of `extent` that `sign` points to."""
    if sign in {">=", "=>", "≥"}:
        return _bounds(extent.first, None, extent)
    if sign in {"<=", "=<", "≤"}:
        return _bounds(None, extent.last, extent)
    if sign == ">":
        return _bounds(extent.last + 1, None, extent)
    if sign == "<":
        return _bounds(None, extent.first - 1, extent)
    return _bounds(extent.first, extent.last, extent)


def _between(low: str, high: str, read_end: ReadEnd) -> Bounds | None:
    """Return the range from `low` to `high`, texts of which one may be empty."""
    first, last = (read_end(end) if end else None for end in (low, high))
    if first is None and last is None:
        return None
    if first is not None and last is not None:
        if first.first > last.last:
            turned = (
                f"the range {quoted(f'{low}..{high}')} runs backwards: read as {quoted(f'{high}..{low}')}"
            )
            return _bounds(last.first, first.last, first, last, hint=turned)
        return _bounds(first.first, last.last, first, last)
    known, unread = (first, high) if first is not None else (last, low)
    odd = f"{quoted(unread)} was not understood: the range is left open there" if unread else ""
    low_end, high_end = (first.first if first else None), (last.last if last else None)
    return _bounds(low_end, high_end, *([known] if known else []), hint=odd)


def _bounds(low: int | None, high: int | None, *extents: Extent, hint: str = "") -> Bounds:
    hints = [extent.hint for extent in extents] + [hint]
    return Bounds(low, high, tuple(text for text in hints if text))
