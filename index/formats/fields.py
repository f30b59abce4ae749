"""Fields of JSON records from outside, checked and cleaned; ValueError says what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from papers_tui.index.text import clean, clean_line

_MAX_COUNT: Final = 2**53
_MAX_ITEMS: Final = 50_000
_MAX_SHORT: Final = 10_000
_DATE: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)

Record = Mapping[str, Any]


def record(document: Any) -> Record:
    """Return a JSON object."""
    if not isinstance(document, dict):
        raise _wrong("the record", "an object", document)
    return document


def text(record: Record, key: str) -> str:
    """Return a text of any length and number of lines; empty where there is none."""
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(key, "text", value)
    return clean(value)


def line(record: Record, key: str) -> str | None:
    """Return a text of one line, or None where there is none."""
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _wrong(key, "text", value)
    return clean_line(value) or None


def title(record: Record) -> str:
    """Return the title, which every paper has."""
    found = line(record, "title")
    if found is None:
        raise ValueError("it has no title")
    return found


def number(record: Record, key: str) -> int | None:
    """Return a count, or None where there is none."""
    value = record.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _MAX_COUNT:
        raise _wrong(key, "a count", value)
    return value


def flag(record: Record, key: str) -> bool:
    """Return true or false; false where there is none."""
    value = record.get(key)
    if value is not None and not isinstance(value, bool):
        raise _wrong(key, "true or false", value)
    return bool(value)


def mapping(record: Record, key: str) -> Record:
    """Return an object, empty where there is none."""
    value = record.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _wrong(key, "an object", value)
    return value


def items(record: Record, key: str) -> list[Any]:
    """Return a list, empty where there is none."""
    value = record.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _wrong(key, "a list", value)
    if len(value) > _MAX_ITEMS:
        raise ValueError(f"{key} has more than {_MAX_ITEMS:,} items")
    return value


def strings(record: Record, key: str) -> list[str]:
    """Return a list of texts, as they are."""
    found = items(record, key)
    for item in found:
        if not isinstance(item, str):
            raise _wrong(f"an item of {key}", "text", item)
    return found


def texts(record: Record, key: str) -> tuple[str, ...]:
    """Return a list of clean texts of one line each, without blank ones and repetitions."""
    found = dict.fromkeys(clean_line(text, limit=_MAX_SHORT) for text in strings(record, key))
    found.pop("", None)
    return tuple(found)


def day(text: str, key: str) -> str:
    """Return an ISO date: a day, a month or a year."""
    if _DATE.fullmatch(text):
        try:
            date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10])
        except ValueError:
            pass
        else:
            return text
    raise ValueError(f"{key} is not a date: {clean_line(text, limit=40)}")


def moment(record: Record, key: str) -> str | None:
    """Return an ISO moment in UTC, or None where there is none."""
    value = line(record, key)
    if value is not None:
        try:
            is_moment = _MOMENT.fullmatch(value) and datetime.fromisoformat(value)
        except ValueError:
            is_moment = None
        if not is_moment:
            raise ValueError(f"{key} is not a moment in UTC: {clean_line(value, limit=40)}")
    return value


def link(value: Any) -> str | None:
    """Return an http or https address, or None where a value is none that may be opened."""
    if not isinstance(value, str) or len(value) > _MAX_SHORT or re.search(r"[\s\x00-\x20\x7f-\x9f]", value):
        return None
    shown = clean_line(value)
    try:
        parts = urlsplit(shown)
        is_safe = parts.scheme in {"http", "https"} and parts.hostname and not parts.username
    except ValueError:
        return None
    return shown if is_safe else None


def _wrong(what: str, expected: str, value: Any) -> ValueError:
    return ValueError(f"{what} is not {expected} but {_named(value)}")


def _named(value: Any) -> str:
    """Name a value of the wrong type."""
    if value is None:
        return "null"
    kinds: tuple[tuple[type, str], ...] = ((bool, "true or false"), (dict, "an object"), (list, "a list"))
    for kind, name in kinds:
        if isinstance(value, kind):
            return name
    if isinstance(value, int | float):
        return f"the number {value}" if -(10**15) < value < 10**15 else "a number out of range"
    return "text"
