"""Pages, and how styles shorten their ranges."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_DASH: Final = r"[-‐‑‒–—−]"
_DASHES: Final = re.compile(rf"\s*{_DASH}+\s*")
_DANGLING: Final = re.compile(rf"(?:^|(?<=,))\s*{_DASH}+\s*|\s*{_DASH}+\s*(?=$|,)")
_WITHIN_ARTICLE: Final = re.compile(rf"(\w+){_DASH}(\d+)\s*{_DASH}+\s*\1{_DASH}(\d+)")
"""Pages of an article that has a number: `045001-1--045001-7`."""

_CODE: Final = re.compile(rf"\w+(?:{_DASH}\w+){{2,}}")
"""A number with hyphens of its own: `CERN-TH-2019-01`."""

_NUMBERS: Final = re.compile(r"(\d+)\s*[-‐‑‒–—]+\s*(\d+)")
_RANGE: Final = re.compile(r"(?<!\w)([A-Za-z]*)(\d+)–([A-Za-z]*)(\d+)(?!\w)")
_LABEL: Final = re.compile(r"^(?:pp?\.|pp\b)\s*", re.IGNORECASE)

_ARTICLE_NUMBER: Final = re.compile(r"(?:(?!S\d)[A-Za-z]{1,4}\d+|0\d+|\d{6,}|\d+[A-Z]\d+)(?:\(R\))?")


def full(pages: str) -> str:
    """Return pages with en dashes and every number in full: `1163--75` gives `1163–1175`.

    A dash with nothing on one side of it is no range; nor are twice the same page.
    """
    text = _DANGLING.sub("", _LABEL.sub("", pages.strip()))
    if within := _WITHIN_ARTICLE.fullmatch(text):
        number, first, last = within.groups()
        return f"{number}-{first}–{number}-{last}"
    if _CODE.fullmatch(text):
        return re.sub(_DASH, "-", text)
    first, _, last = (text := _RANGE.sub(_expanded, _DASHES.sub("–", text))).partition("–")
    return first if first == last else text


def issue(number: str) -> str:
    """Return the number of an issue, a range of plain numbers with an en dash: `3-4`, but not `S1-2`."""
    found = _NUMBERS.fullmatch(number.strip())
    is_range = found is not None and int(found[1]) < int(found[2])
    return f"{found[1]}–{found[2]}" if found and is_range else number.strip()


def _expanded(match: re.Match[str]) -> str:
    prefix, first, again, last = match.groups()
    if len(last) < len(first) and again in {"", prefix} and not is_article_number(prefix + first):
        whole = first[: -len(last)] + last
        return f"{prefix}{first}–{prefix}{whole}" if int(whole) > int(first) else match[0]
    return match[0]


def is_article_number(pages: str) -> bool:
    """Whether `pages` is the number of an article that has no pages: `013009`, `e0119446`, `A88`.

    What may as well be a page, such as `60006` and the supplement's `S104`, is taken for one.
    """
    return _ARTICLE_NUMBER.fullmatch(pages) is not None


def minimal(pages: str) -> str:
    """Return ranges whose last number shows only what changes: `321–8` (Citing Medicine, chapter 1)."""
    return _shortened(pages, lambda first, last: _changed(first, last, 1))


def two_digits(pages: str) -> str:
    """Return ranges whose last number above 99 shows two digits or more: `103–04`, `321–28` (MLA)."""
    return _shortened(pages, lambda first, last: last if len(last) < 3 else _changed(first, last, 2))


def chicago(pages: str) -> str:
    """Return ranges as the Chicago Manual does: `71–72`, `100–104`, `101–8`, `321–28`, `1496–500`."""

    def last_shown(first: str, last: str) -> str:
        if len(first) < 3 or int(first) % 100 == 0:
            return last
        return _changed(first, last, 1 if int(first) % 100 < 10 else 2)

    return _shortened(pages, last_shown)


def _shortened(pages: str, last_shown: Callable[[str, str], str]) -> str:
    def shortened(match: re.Match[str]) -> str:
        prefix, first, again, last = match.groups()
        if again != prefix or len(first) != len(last) or int(first) >= int(last):
            return match[0]
        return f"{prefix}{first}–{last_shown(first, last)}"

    return _RANGE.sub(shortened, pages)


def _changed(first: str, last: str, least: int) -> str:
    """Return the digits of `last` from the first that differs on, but at least `least` of them."""
    same = next(place for place, digit in enumerate(last) if digit != first[place])
    return last[min(same, len(last) - least) :]
