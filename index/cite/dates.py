"""Dates as citation styles write them, as precise as the source was and no more."""

from __future__ import annotations

import re
from typing import Final

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTH_MACROS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The names of months that every BibTeX style defines."""

_ISO: Final = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_SHORT: Final = (
    "Jan.",
    "Feb.",
    "Mar.",
    "Apr.",
    "May",
    "June",
    "July",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
)


def parts(iso: str | None) -> tuple[int, ...]:
    """Return year, month and day of an ISO date, as many as it has: `2024-04` gives (2024, 4).

    Anything else, as a detail may have it, has none.
    """
    return tuple(map(int, iso.split("-"))) if iso and _ISO.fullmatch(iso) else ()


def month_first(iso: str | None, *, short: bool = False, with_year: bool = True) -> str:
    """Return `April 5, 2024`, `April 2024` or `2024`; short: `Apr. 5, 2024`; without the year: `April 5`."""
    year, month, day = _padded(iso)
    if not month:
        return str(year) if year and with_year else ""
    text = (_SHORT if short else MONTHS)[month - 1] + (f" {day}" if day else "")
    if not with_year:
        return text
    return f"{text}, {year}" if day else f"{text} {year}"


def day_first(iso: str | None, *, short: bool = False) -> str:
    """Return `5 April 2024`, `April 2024` or `2024`; short: `5 Apr. 2024`."""
    year, month, day = _padded(iso)
    name = (_SHORT if short else MONTHS)[month - 1] if month else ""
    return " ".join(part for part in (str(day or ""), name, str(year or "")) if part)


def month_year(iso: str | None, *, short: bool = False) -> str:
    """Return `April 2024` or `2024`, leaving the day out; short: `Apr. 2024`."""
    return month_first(iso[:7], short=short) if iso else ""


def year_first(iso: str | None) -> str:
    """Return `2024 Apr 5`, `2024 Apr` or `2024`, as medical journals do."""
    year, month, day = _padded(iso)
    name = MONTHS[month - 1][:3] if month else ""
    return " ".join(part for part in (str(year or ""), name, str(day or "")) if part)


def _padded(iso: str | None) -> tuple[int, int, int]:
    year, month, day, *_ = (*parts(iso), 0, 0, 0)
    return year, month, day
