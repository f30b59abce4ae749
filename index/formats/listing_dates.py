"""Dates as listings write them: `Apr 11, 2024`, `Nov 10 2`. The page's own year is left out of them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

COUNT: Final = r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,9}(?:\.\d{1,3})?\s?[km]?)"
"""A number as pages abbreviate it: `12`, `1,204`, `1.2k`."""

_MONTHS: Final = {name: at for at, name in enumerate(calendar.month_abbr) if name}
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_BEFORE: Final = (
    r"(?:(?:published|submitted|posted)(?:\s+on)?:?\s+)?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
)
_AFTER: Final = rf"(?:\s+(?P<count>{COUNT})(?:\s+comments?)?)?"
_FORMS: Final = tuple(
    re.compile(_BEFORE + form + _AFTER, re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+{_DAY}(?:\s*,\s*(?P<year>\d{{4}})|\s+(?P<bare>(?:19|20)\d\d))?",
        rf"{_DAY}\s+{_MONTH}(?:,?\s+{_YEAR})?",
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_MONTH},?\s+{_YEAR}",
    )
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it stands on a page, which need not be one of the calendar."""

    month: int
    day: int | None
    year: int | None
    count: int | None = None
    """The number behind it: that of the comments, beside a paper."""
    text: str = ""


def written_date(text: str) -> WrittenDate | None:
    """Read a line that is a date and nothing else but a count, or None."""
    if len(text) > 60:
        return None
    for form in _FORMS:
        if match := form.fullmatch(text):
            found = match.groupdict()
            month, day, year = found["month"], found.get("day"), found["year"] or found.get("bare")
            return WrittenDate(
                month=int(month) if month.isdecimal() else _MONTHS[month[:3].title()],
                day=int(day) if day else None,
                year=int(year) if year else None,
                count=count(found["count"]) if found["count"] else None,
                text=text,
            )
    return None


def count(text: str) -> int:
    """Return the number that COUNT matched: `1.2k` is 1200."""
    text = text.replace(",", "").replace(" ", "").lower()
    factor = {"k": 1_000, "m": 1_000_000}.get(text[-1], 1)
    whole, _, fraction = text.rstrip("km").partition(".")
    return int(whole) * factor + int(fraction or 0) * factor // int(10 ** len(fraction))


@dataclass(frozen=True, slots=True)
class PageDay:
    """The day of a page, which its dates are read by."""

    year: int
    day: date | None
    is_assumed: bool = False
    """Whether nothing but today's date tells the year."""

    def iso(self, written: WrittenDate) -> str | None:
        """Return the ISO date that is meant, or None where there is no such day.

        Without a year it is the page's, or the year before where the day would come after the page's.
        """
        if written.year is not None:
            return _iso(written.year, written)
        found = _iso(self.year, written)
        if found is not None and (self.day is None or found <= self.day.isoformat()):
            return found
        return _iso(self.year - 1, written)


def page_day(
    own: WrittenDate | None, dates: Iterable[WrittenDate], *, page_date: date | None, today: date
) -> PageDay:
    """Tell the day of a page from what stands in its head (`own`) and from the `dates` beside its papers.

    `page_date`, which the user gives, comes before all. The year that the page's day carries, or else the
    smallest one later than every year on the page in which the page's day exists, or else today's.
    """
    if page_date is not None:
        return PageDay(page_date.year, page_date)
    if own is not None and own.year is not None:
        return PageDay(own.year, _day(own.year, own))
    years = [written.year for written in dates if written.year is not None and _iso(written.year, written)]
    is_assumed = not years
    year = today.year if is_assumed else max(years) + 1
    if own is None:
        return PageDay(year, today if is_assumed else None, is_assumed)
    step = -1 if is_assumed else 1
    while _day(year, own) is None and abs(year - today.year) < 200 and _day(2000, own):
        year += step
    return PageDay(year, _day(year, own), is_assumed)


def _day(year: int, written: WrittenDate) -> date | None:
    if written.day is None:
        return None
    try:
        return date(year, written.month, written.day)
    except ValueError:
        return None


def _iso(year: int, written: WrittenDate) -> str | None:
    if not 1900 <= year < 2200:
        return None
    if written.day is None:
        return f"{year}-{written.month:02}"
    day = _day(year, written)
    return day.isoformat() if day else None
