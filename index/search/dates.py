"""Days as people type them: whole dates, months, years, ISO weeks, and days counted from today.

Dates follow ISO 8601 (`2025-06-01`, `2025-06`, `2025`, `2025-W40`); `/` and `.` may stand for `-`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, date, timedelta
from typing import Final

from papers_tui.index.patterns import pattern
from papers_tui.index.search.ranges import Bounds, Extent, quoted, read_range

_RELATIVE: Final = pattern(r"([0-9]{1,6})([dwmy])", re.IGNORECASE)
_YEAR: Final = pattern(r"([0-9]{4})(?:[-/.](.*))?", re.DOTALL)
_WEEK: Final = pattern(r"w([0-9]{1,2})(?:-?([1-7]))?(.*)", re.IGNORECASE | re.DOTALL)
_MONTH: Final = pattern(r"([0-9]{1,2})(?:[-/.](.*))?", re.DOTALL)
_DAY: Final = pattern(r"[0-9]{1,2}")
_YEARS: Final = pattern(r"([0-9]{4})[-–—]([0-9]{4})")


def read_days(value: str, today: date) -> Bounds | None:
    """Read a day or a range of days as ordinals, or return None.

    A span such as `7d` by itself means the days from then until today; as an end of a range, or
    compared, it means that day.
    """
    value = (
        _YEARS.sub(r"\1..\2", value.strip(), count=1) if _YEARS.fullmatch(value.strip()) else value.strip()
    )
    if _RELATIVE.fullmatch(value):
        value += "..today"
    return read_range(value, _reader(today))


def _reader(today: date) -> Callable[[str], Extent | None]:
    return lambda text: read_day(text, today)


def read_day(text: str, today: date) -> Extent | None:
    """Read what one day, week, month or year covers, in ordinals; None if nothing could be read.

    What is half-typed or does not exist is read as far as it can be: `2025-13` as 2025, `2025-1` as
    2025 too, since more may follow. The hint of the extent tells.
    """
    if relative := _RELATIVE.fullmatch(text):
        return _only(_days_ago(int(relative[1]), relative[2].lower(), today))
    if text.lower() in {"today", "yesterday"}:
        return _only(_days_ago(0 if text.lower() == "today" else 1, "d", today))
    match = _YEAR.fullmatch(text)
    if match is None or not int(match[1]):
        return None
    year, rest = int(match[1]), match[2]
    covered = Extent(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
    if not rest:
        return covered
    if rest[0] in "wW":
        return _week(year, rest) or covered._replace(hint=_half(text, f"{year}", f"a week is {year}-W05"))
    return _month(text, year, rest) or covered._replace(hint=_half(text, f"{year}", f"a month is {year}-01"))


def _month(text: str, year: int, rest: str) -> Extent | None:
    """Read what follows a year: a month, perhaps with a day. None if it is no month yet."""
    match = _MONTH.fullmatch(rest)
    if match is None or (match[1] in {"0", "1"} and not match[2]) or not 1 <= int(match[1]) <= 12:
        return None
    month, day = int(match[1]), match[2]
    days = monthrange(year, month)[1]
    first = date(year, month, 1).toordinal()
    covered = Extent(first, first + days - 1)
    if not day:
        return covered
    if _DAY.fullmatch(day) and day not in {"0", "1", "2", "3"} and 1 <= int(day) <= days:
        return Extent(first + int(day) - 1, first + int(day) - 1)
    return covered._replace(hint=_half(text, f"{year}-{month:02}", f"a day is {year}-{month:02}-01"))


def _week(year: int, rest: str) -> Extent | None:
    """Read an ISO week, perhaps with a weekday. None if it is no week of `year` yet."""
    match = _WEEK.fullmatch(rest)
    if match is None or match[3] not in {"", "-"} or match[1] in {"0", "1", "2", "3", "4", "5"}:
        return None
    try:
        monday = date.fromisocalendar(year, int(match[1]), 1).toordinal()
    except ValueError:
        return None
    if match[2]:
        return Extent(monday + int(match[2]) - 1, monday + int(match[2]) - 1)
    return Extent(monday, monday + 6)


def _half(text: str, read: str, example: str) -> str:
    return f"{quoted(text)} is no whole date: read as {read} ({example})"


def _only(day: date) -> Extent:
    return Extent(day.toordinal(), day.toordinal())


def _days_ago(count: int, unit: str, today: date) -> date:
    """Return the day `count` days, weeks, months or years before today, never before the first year."""
    if unit in "dw":
        days = count * (7 if unit == "w" else 1)
        return today - timedelta(days=min(days, today.toordinal() - 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
    if months < 12:
        return date.min
    year, month = min(months // 12, MAXYEAR), months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
