"""The lines of a saved listing, and what each of them is.

A page gives, beside titles and abstracts: its own words (a newsletter's invitation, menus, page numbers) and
the details of papers (`• 13 authors`, `nvidia NVIDIA`, `·`, `Nov 10 2`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from papers_tui.index.formats.encodings import first_escaped, with_stand_ins
from papers_tui.index.formats.listing_dates import COUNT, WrittenDate, count, written_date
from papers_tui.index.identity import arxiv_id
from papers_tui.index.text import clean_line


class Kind(Enum):
    """What a line is by itself."""

    TEXT = auto()
    DETAILS = auto()
    SEPARATOR = auto()
    NUMBER = auto()
    PAGE = auto()


@dataclass(frozen=True, slots=True)
class Details:
    """What a listing says of a paper beside its title and abstract."""

    author_count: int | None = None
    date: WrittenDate | None = None
    comments: int | None = None
    upvotes: int | None = None
    organization: str | None = None
    handle: str | None = None
    arxiv: str | None = None

    def joined(self, other: Details) -> Details | None:
        """Return both as one, or None where they say the same thing twice, as of two papers."""
        values = {name: getattr(other, name) for name in self.__slots__ if getattr(other, name) is not None}
        if any(getattr(self, name) is not None for name in values):
            return None
        return replace(self, **values)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank."""

    number: int
    """From 1."""
    text: str
    after_blank: bool
    """Whether blank lines stand before it."""
    kind: Kind
    details: Details | None = None
    damage: int | None = None
    """The first byte of it that could not be decoded, for which something else stands in the text."""


_PAGE_WORD: Final = re.compile(
    r"new|trending|daily papers|papers|hugging face|log in|login|sign in|sign up|join|models|"
    r"datasets|spaces|buckets|docs|enterprise|pricing|community|solutions|search|day|daily|week|"
    r"weekly|month|monthly|today|yesterday|tomorrow|this week|this month|subscribe|system theme|"
    r"light theme|dark theme|tos|terms|terms of service|privacy|privacy policy|about|careers|jobs|"
    r"website|company|contact|view all comments|upvote|upvotes|submitted by|previous|prev|next|"
    r"previous page|next page|read more|load more|show more|view all|view on arxiv|home|menu|blog|"
    r"posts|newsletter|inference|sort by|most upvoted|abstract|comments|share|github|arxiv|pdf|"
    r"arxiv page|view pdf|hugging face's logo|hugging face papers|trending papers|changelog|status|"
    r"back to top|storage|products|resources|language|english|settings|notifications|"
    r"skip to content|view arxiv page|view arxiv|add to collection|copy markdown|copy link|view html",
    re.IGNORECASE,
)
_PAGE: Final = re.compile(
    r"get trending papers in your email inbox.*"
    r"|(?:daily papers\s*)?by\s*\W?\w{1,39}\s+and the research community"
    r"|submitted by \S+"
    r"|(?:©|\(c\)|copyright\b).*"
    r"|page \d+(?: of \d+)?"
    r"|week (?:of .{3,30}|\d{1,2})"
    r"|(?:(?:previous|prev|next|\d{1,5}|\.{2,}|[…‹›«»←→<>])\s*+){2,}+"
    r"|[‹›«»←→<>…▲▼⬆↑+|]+",
    re.IGNORECASE,
)
_GLUED: Final = re.compile(
    r"(?:new(?=Get trending)|Get trending papers in your email inbox(?: once a day)?!?"
    r"|Subscribe|Daily Papers|by\s*AK and the research community)",
)
_AUTHORS: Final = re.compile(rf"({COUNT})\s+authors?", re.IGNORECASE)
_NO_COUNT: Final = re.compile(r"[\d,.]{10,}\s?[km]?\s+(?:authors|comments|upvotes)", re.IGNORECASE)
"""Numbers that nothing on a page can have."""

_COMMENTS: Final = re.compile(rf"({COUNT})\s+comments?", re.IGNORECASE)
_UPVOTES: Final = re.compile(rf"({COUNT})\s+upvotes?|upvotes?:?\s+({COUNT})", re.IGNORECASE)
_NUMBER: Final = re.compile(COUNT, re.IGNORECASE)
_BULLETS: Final = " \t·•●▪◦∙*–-|"
_BETWEEN: Final = re.compile(r"\s*[·•●∙|]\s*")
_HANDLE: Final = re.compile(r"[A-Za-z0-9][\w.-]{0,95}")
_MAX_DETAILS: Final = 200
_MAX_GLUED: Final = 8


def lines_of(text: str) -> list[Line]:
    """Cut a text into its lines and tell what each one is by itself. Blank ones are left out.

    Bytes that could not be decoded stand in the text as `encodings.escaped` leaves them.
    """
    found: list[Line] = []
    after_blank = True
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        damage = first_escaped(raw)
        shown = clean_line(raw if damage is None else with_stand_ins(raw))
        if not shown:
            after_blank = True
            continue
        details = details_of(shown)
        found.append(Line(number, shown, after_blank, _kind(shown, details), details, damage))
        after_blank = False
    return found


def has_absurd_count(text: str) -> bool:
    """Tell whether a line would be details of a paper, were its number one that can be."""
    return _NO_COUNT.fullmatch(text.strip(_BULLETS)) is not None


def _kind(text: str, details: Details | None) -> Kind:
    if not text.strip(_BULLETS):
        return Kind.SEPARATOR
    if details is not None:
        return Kind.DETAILS
    if has_absurd_count(text):
        return Kind.SEPARATOR
    if _NUMBER.fullmatch(text):
        return Kind.NUMBER
    return Kind.PAGE if is_page_text(text) else Kind.TEXT


def is_page_text(text: str) -> bool:
    """Tell whether a line is of the page, not of a paper."""
    word = text.strip(" :›»→")
    return len(text) <= 120 and any(map(re.Pattern.fullmatch, (_PAGE_WORD, _PAGE), (word, text)))


def without_page_words(text: str) -> str:
    """Return what follows words of the page's head that stand glued to a title: `SubscribeOrion: …`."""
    for _ in range(_MAX_GLUED):
        match = _GLUED.match(text)
        if match is None:
            break
        rest = text[match.end() :]
        if rest[:1].isspace() or re.match(r"(?:rs?|ds?|s)\b", rest):
            break
        text = rest
    return text


def details_of(text: str) -> Details | None:
    """Read a line that says nothing but details of a paper, or None: `nvidia NVIDIA · Nov 10 2`."""
    if len(text) > _MAX_DETAILS:
        return None
    bare = text.strip(_BULLETS)
    if (whole := _detail(bare)) is not None:
        return whole
    parts = [part for part in _BETWEEN.split(bare) if part]
    if len(parts) < 2:
        return None
    found = Details()
    for at, part in enumerate(parts):
        detail = _detail(part) or _after(found, part)
        if detail is None and at == 0 and len(part.split()) <= 10:
            detail = organization(part)
        joined = found.joined(detail) if detail is not None else None
        if joined is None:
            return None
        found = joined
    return found if found.date or found.author_count is not None else None


def _detail(text: str) -> Details | None:
    if (written := written_date(text)) is not None:
        return Details(date=replace(written, count=None), comments=written.count)
    if match := _AUTHORS.fullmatch(text):
        return Details(author_count=count(match[1]))
    if match := _COMMENTS.fullmatch(text):
        return Details(comments=count(match[1]))
    if match := _UPVOTES.fullmatch(text):
        return Details(upvotes=count(match[1] or match[2]))
    found = arxiv_id(text) if len(text) <= 100 and " " not in text.replace(": ", ":") else None
    return Details(arxiv=found) if found else None


def _after(found: Details, text: str) -> Details | None:
    """Read a number that means comments only because it stands behind a date."""
    is_count = found.date is not None and found.comments is None and _NUMBER.fullmatch(text)
    return Details(comments=count(text)) if is_count else None


def organization(text: str) -> Details:
    """Read an organisation: its handle, then its name. One word is the name. A bullet may stand before it."""
    text = text.strip(_BULLETS)
    handle, _, name = text.partition(" ")
    if not name or not _HANDLE.fullmatch(handle):
        return Details(organization=text)
    return Details(organization=name, handle=handle)


def is_organization(text: str, *, is_certain: bool) -> bool:
    """Tell whether a line above a separator or date may name an organisation.

    Where the place is not `is_certain` to be one of details, the handle must be an abbreviation of the name.
    """
    text = text.strip(_BULLETS)
    words = text.split()
    if (
        not 1 <= len(words) <= 10
        or len(text) > 100
        or text[-1] in ".?!:;,"
        or not _HANDLE.fullmatch(words[0])
    ):
        return False
    if len(words) > 1 and _abbreviates(words[0], " ".join(words[1:])):
        return True
    return is_certain and len(words) <= 8 and ":" not in text and "?" not in text


def _abbreviates(handle: str, name: str) -> bool:
    short = "".join(char for char in handle.lower() if char.isalnum())
    full = "".join(char for char in name.lower() if char.isalnum())
    if len(short) < 2 or not full or short[0] != full[0]:
        return False
    letters = iter(full)
    return full in short or all(char in letters for char in short)
