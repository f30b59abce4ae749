"""Dates of bibliographies: years, months by name or number, ISO dates, ranges, words around them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from papers_tui.index.formats.losses import quoted

_YEAR: Final = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_ISO: Final = re.compile(r"\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?![\d])")
_DAY: Final = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])(?!\d)")
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan janv january januar janvier enero gennaio",
            "feb fév fev february februar février febrero febbraio",
            "mar mär mrz march märz mars marzo",
            "apr avr abr april avril abril aprile",
            "may mai mayo maggio",
            "jun june juni juin junio giugno",
            "jul july juli juillet julio luglio",
            "aug août aou ago august agosto",
            "sep sept september septembre septiembre settembre",
            "oct okt october oktober octobre octubre ottobre",
            "nov november novembre noviembre",
            "dec dez déc dic december dezember décembre diciembre dicembre",
        ),
        1,
    )
    for name in names.split()
}


_STATUS: Final = re.compile(
    r"\b(?:in[ -]press|in[ -]print|forthcoming|to (?:be published|appear)|accepted(?: for publication)?"
    r"|submitted(?: for publication)?|under (?:review|revision)|in preparation|unpublished"
    r"|im (?:druck|erscheinen)|à paraître|en prensa)\b",
    re.IGNORECASE,
)
_SEASON: Final = re.compile(r"\b(?:spring|summer|autumn|fall|winter|quarter|q[1-4])\b", re.IGNORECASE)
_NO_DATE: Final = re.compile(
    r"n\. ?d\.?|no date|s\. ?[da]\.?|undated|o\. ?[jd]\.?|unknown|none|-+|\?+", re.IGNORECASE
)
_MONTH_NAMES: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_RANGE: Final = re.compile(
    r"(?<!\d)\d{4}(?:-\d\d){0,2}\s*/\s*\d{4}(?!\d)|(?<!\d)\d{4}\s*(?:-{2,}|–|—)\s*\d{2,4}(?!\d)"
    r"|(?<!\d)\d{4}\s*-\s*\d{4}(?!\d)|(?<!\d)\d{4}(?:-\d\d){0,2}/\.\."
)
_DAYS: Final = re.compile(r"(?<!\d)[0-3]?\d\s*(?:-+|–|/|&|and)\s*[0-3]?\d(?!\d)")
_BEFORE_CHRIST: Final = re.compile(r"^\s*[-−]\s*\d|\b(?:B\.?\s?C\.?(?:\s?E\.?)?|v\.\s?Chr\.)", re.IGNORECASE)
_ROUGH: Final = re.compile(
    r"\b(?:ca?\.|circa|around|about|um)\s*\d|\d{4}(?:-\d\d){0,2}\s?[~?%]", re.IGNORECASE
)


class Dating(NamedTuple):
    """What a field of a date says."""

    day: str | None
    """The ISO date, as much of it as there is."""
    status: str = ""
    """What stands in place of a date, or beside it: `in press`."""
    doubt: str = ""
    """What could not be read of it."""


def dating(text: str, month: str = "", day: str = "") -> Dating:
    """Return what a year, or a whole date, and perhaps a month and a day say."""
    found = day_of(text, month, day)
    state = _STATUS.search(text)
    if found is not None:
        return Dating(found, state[0] if state else "", _lost(text, month, found))
    text = " ".join(text.split()).strip(" .()[]{}")
    if not text or _NO_DATE.fullmatch(text):
        return Dating(None)
    if state or (not re.search(r"\d", text) and not re.fullmatch(_MONTH_NAMES, text, re.IGNORECASE)):
        return Dating(None, text)
    return Dating(None, doubt=f"no date is read from {quoted(text)}")


def _lost(text: str, month: str, found: str) -> str:
    """Return what a date says beyond what is read of it, as a doubt."""
    said = month or text
    if _RANGE.search(text):
        return f"of the dates {quoted(text)} the first is kept"
    names = {number for word in _words(said) if (number := _MONTHS.get(word))}
    if len(names) > 1 or (names and _DAYS.search(said)):
        return f"of the days or months {quoted(said)} the first is kept"
    if _ROUGH.search(text):
        return f"the date {quoted(text)} is kept as if it were exact"
    is_named = bool(_SEASON.search(text)) or bool(re.search(r"\d[/.-]\d", text))
    if len(found) == 4 and (month.strip() or is_named):
        return f"of {quoted(' '.join(filter(None, (month, text))))} only the year is kept"
    return ""


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def day_of(text: str, month: str = "", day: str = "") -> str | None:
    """Return the ISO date that a year, or a whole date, and perhaps a month and a day say; None if none."""
    if _BEFORE_CHRIST.search(text):
        return None
    iso = _ISO.match(text)
    if iso and (iso[2] or not month):
        found = _valid(int(iso[1]), int(iso[2] or 0), int(iso[3] or 0))
        if found is not None and iso[2]:
            return found
    years = _YEAR.findall(text)
    if not years:
        return None
    rest = text.replace(years[0], " ", 1)
    number, inner = _month(month) if month else _month(rest)
    return _valid(int(years[0]), number, int(day) if day.strip().isdecimal() else inner)


def _month(text: str) -> tuple[int, int]:
    """Return the month that a text names, and the day beside it; 0 for what it does not say."""
    for word in _words(text):
        if (number := _MONTHS.get(word)) is not None:
            day = _DAY.search(text)
            return number, int(day[1]) if day else 0
    digits = text.strip(" {}.-/")
    return (int(digits), 0) if re.fullmatch(r"0?[1-9]|1[0-2]", digits) else (0, 0)


def _valid(year: int, month: int, day: int) -> str | None:
    """Return an ISO date, as much of it as there is."""
    if not 1 <= year <= 9999:
        return None
    if not 1 <= month <= 12:
        return f"{year:04}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04}-{month:02}"
