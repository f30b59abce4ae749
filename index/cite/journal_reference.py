"""Journal references as authors write them to arXiv, told into journal, volume, number, pages and date.

The field is free text: `Phys. Rev. D 76, 013009 (2007)`, `Phys.Rev.C78:064316,2008`, `JHEP03(2015)100`,
`Entropy 2014, 16(4), 2223-2233`. Only what can be read in one way is told apart, every character of it:
a second reference, an editor, an erratum or an address leaves the whole as it is. Nothing is looked up,
and nothing is changed but the spaces that SPIRES left out after the points of an abbreviated name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LONGEST: Final = 200
"""Characters of the longest reference that is read."""

_MONTH: Final = (
    r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR: Final = r"(?:19|20)\d\d"
_DASH: Final = r"\s*(?:-{1,3}|[‐‑–—−])\s*"
_PAGE: Final = r"[A-Za-z]{0,3}\d{1,8}(?:[A-Z]{1,2}\d{0,5}|[a-z])?(?:\(R\))?"
_END: Final = r"(?![^\W_])(?!\.\d)"
_LABELS: Final = (
    r"(?:[Vv]ol(?:ume|\.)?|[Vv]\.|[Nn]os?\.|[Nn]o\b|[Nn]umber|[Ii]ss(?:ue|\.)|pp?\.|[Pp]p\b|[Pp]gs?\.|[Pp]ages?"
    r"|[Aa]rt(?:icle|\.)?(?:\s+(?:[Nn]o\.|[Nn]umber|ID))?)(?=[\s.]*(?:[A-Za-z]{0,3}\d|[IVXLC]+(?!\w)))"
)
"""What stands before numbers; in `Artificial Intelligence` and `Number Theory` it does not."""
_YEAR_FIRST: Final = re.compile(rf"({_YEAR})\s+(?=[A-Z])(.*)")
"""As journals of the Institute of Physics have it: `2014 J. Phys.: Conf. Ser. 490 012063`."""

_NAME: Final = re.compile(
    rf"(?P<name>[A-Z][^\d]*?)[\s,:]*(?=\(?\s*\d|(?<![^\W\d_]){_LABELS}|\(?{_MONTH.format('m')}\s+\d)"
)
_TOKEN: Final = re.compile(
    rf"""[\s,.:]*(?:
      \(\s*(?:\d{{1,2}}\s+)?(?:{_MONTH.format("month")}\s+(?:\d{{1,2}},\s*)?)?(?P<year>{_YEAR})\s*\)
    | (?P<length>[(\[]\s*\d{{1,4}}\s*(?:pp?\.?|pages)\s*[)\]]|(?<=,\s)\s*\d{{1,4}}\s*(?:pp?\.?|pages)\s*$)
    | \(\s*(?:[Nn]o\.?\s*)?(?P<bracketed>\d{{1,3}}(?:{_DASH}\d{{1,3}})?)\s*\)
    | (?:[Vv]ol(?:ume|\.)?|[Vv]\.)\s*(?P<volume>\d{{1,4}}[A-Z]?|[IVXLC]+){_END}
    | (?:[Nn]os?\b\.?|[Nn]umber|[Ii]ss(?:ue|\.)|n\.)\s*
      (?P<issue>\d{{1,4}}[A-Z]?(?:(?:{_DASH}|/|&)\d{{1,4}})?){_END}
    | (?:[Pp]p?\b\.?|[Pp]gs?\.|[Pp]ages?|[Aa]rt(?:icle|\.)(?:\s+(?:[Nn]o\.|[Nn]umber|ID))?)\s*
      (?P<pages>{_PAGE}(?:{_DASH}{_PAGE})?){_END}
    | (?:\d{{1,2}}\s+)?{_MONTH.format("bare_month")}\s+(?:\d{{1,2}},\s*)?(?P<bare_year>{_YEAR}){_END}
    | (?P<range>{_PAGE}{_DASH}{_PAGE}){_END}
    | (?P<number>{_PAGE}){_END}
    )""",
    re.VERBOSE,
)
_NO_NAME: Final = re.compile(
    r"^in\b|\s[vn]\.?$|\bno$|\b(?:arxiv|to appear|accepted|submitted|in press|published"
    r"|thesis|dissertation|draft|erratum|chapter|eds?|edited|editors?|preprint|volume|vol|pages?|doi|https?|(?:january|february|march|april|june|july"
    r"|august|september|october|november|december))\b|[\"“”«»;()\[\]{}=@<>$\\]",
    re.IGNORECASE,
)
_ACRONYM: Final = re.compile(r"\s\([A-Z][A-Za-z&]{1,11}\)$")
"""What a journal is called besides, or where: `J. Eur. Math. Soc. (JEMS)`, `Ann. Phys. (Berlin)`."""
_COMMA: Final = re.compile(r",(?!\s*(?:(?:Series|Section|Part|Ser\.|Sect\.)\s*)?[A-Z]$)")
_VOLUME: Final = re.compile(r"\d{1,4}[A-Z]?")
_LABEL: Final = re.compile(r"^pp?(?=\d+(?:-\d+)?$)")
"""Of `p34` and `p31-42`: were it a part of the page, the last one would have it too."""
_ENDED: Final = re.compile(r"(?:[^\s.]+ )+[^\W\d_]{7,}\.")
"""A name in full before the stop that ends it: `Journal of Combinatorics.`"""
_ARTICLE_CODE: Final = re.compile(r"[A-Z]\d{3,}")


@dataclass(frozen=True, slots=True)
class JournalReference:
    """Where an article appeared. What the reference does not say is empty."""

    journal: str
    volume: str
    issue: str
    pages: str
    published: str
    """`2007`, or `2007-06` where the month is named."""


@lru_cache(maxsize=4096)
def parsed(text: str) -> JournalReference | None:
    """Return the parts of a journal reference, or None unless all of it can be read, and in one way."""
    if len(text) <= _LONGEST and (dated := _YEAR_FIRST.fullmatch(text)):
        text = f"{dated[2].rstrip(' .,')} ({dated[1]})"
    found = _NAME.match(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    journal = _tidy(found["name"])
    tokens = list(_tokens(text, found.end()))
    if not journal or not tokens or tokens[-1] == ("", ""):
        return None
    return _assigned(journal, tokens)


def _tidy(name: str) -> str:
    """Return the name of a journal with a space after each abbreviation; empty where it is no name."""
    name = re.sub(r"\s+(?=[.,])", "", re.sub(r"\.(?=[^\W\d_])", ". ", name)).strip(" ,:-–")
    plain = _ACRONYM.sub("", name)
    name = name[:-1] if _ENDED.fullmatch(name) else name
    is_name = len(plain) > 1 and not _NO_NAME.search(plain) and not _COMMA.search(plain)
    return name if is_name else ""


def _tokens(text: str, start: int) -> Iterator[tuple[str, str]]:
    """Yield what each piece after the name is, and its text; an empty pair where one cannot be read."""
    text = text.rstrip(" .,")
    while start < len(text):
        match = _TOKEN.match(text, start)
        if match is None or match.end() == start:
            yield "", ""
            return
        kind = match.lastgroup or ""
        if kind in {"year", "bare_year"}:
            month = match["month" if kind == "year" else "bare_month"]
            number = f"-{_MONTHS.index(month[:3].lower()) + 1:02}" if month else ""
            yield ("year" if kind == "year" else "dated"), match[kind] + number
        elif kind != "length":
            yield kind, match[kind]
        start = match.end()


def _assigned(journal: str, tokens: list[tuple[str, str]]) -> JournalReference | None:
    taken = _without_date(tokens)
    if taken is None:
        return None
    published, is_certain, rest = taken
    kinds = [kind for kind, _ in rest]
    labelled = {kind: value for kind, value in rest if kind not in {"number", "range"}}
    unnamed = [(kind, value) for kind, value in rest if kind in {"number", "range"}]
    if len(labelled) + len(unnamed) != len(rest) or {"issue", "bracketed"} <= labelled.keys():
        return None
    volume = labelled.get("volume", "")
    if not volume and unnamed and (unnamed[0][0] == "number" and _VOLUME.fullmatch(unnamed[0][1])):
        volume = unnamed.pop(0)[1]
    pages = labelled.get("pages", "") or (unnamed.pop(0)[1] if unnamed else "")
    is_placed = volume or _ARTICLE_CODE.fullmatch(pages) or ("issue" in labelled and pages)
    if unnamed or re.fullmatch(_YEAR, volume) or not is_placed:
        return None
    if "bracketed" in labelled and (not pages or not _follows_volume(kinds)):
        return None
    if not pages and not is_certain and not {"volume", "issue"} <= labelled.keys():
        return None
    issue = labelled.get("issue", "") or labelled.get("bracketed", "")
    return JournalReference(journal, volume, _dashed(issue), _LABEL.sub("", _dashed(pages)), published)


def _without_date(tokens: list[tuple[str, str]]) -> tuple[str, bool, list[tuple[str, str]]] | None:
    """Return the date, whether it is marked as one, and the other tokens; None unless there is one date.

    A year stands in parentheses or after a month; without these, it is the first or the last number, or
    between a volume and what is called pages, or beside what is called a volume.
    """
    for kind in ("year", "dated"):
        dates = [token for token in tokens if token[0] == kind]
        if len(dates) > 1:
            return None
        if dates:
            rest = [token for token in tokens if token != dates[0]]
            return dates[0][1], kind == "year", rest
    years = [
        place for place, token in enumerate(tokens) if token[0] == "number" and re.fullmatch(_YEAR, token[1])
    ]
    kinds = [kind for kind, _ in tokens]
    # A volume and pages as such beside it, or a volume as such, leave nothing else that it may be.
    is_between = years == [1] and kinds == ["number", "number", "pages"]
    is_between |= len(years) == kinds.count("number") == 1 and "volume" in kinds
    if not is_between and (len(years) != 1 or years[0] not in {0, len(tokens) - 1}):
        return None
    return tokens[years[0]][1], False, [token for place, token in enumerate(tokens) if place != years[0]]


def _follows_volume(kinds: list[str]) -> bool:
    place = kinds.index("bracketed")
    return (
        place > 0 and kinds[place - 1] in {"number", "volume"} and place == kinds.index(kinds[place - 1]) + 1
    )


def _dashed(numbers: str) -> str:
    return re.sub(_DASH, "-", numbers)
