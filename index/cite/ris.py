"""RIS records. The format has no type for preprints: they are `GEN`, as Zotero writes them.

Types and tags are those of the specification of 2011, read as Zotero and EndNote read them: they differ
from type to type. What the format has no tag for, docs/formats.md tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from papers_tui.index.authors import Author
from papers_tui.index.cite.dates import parts
from papers_tui.index.cite.emphasis import one_line
from papers_tui.index.cite.names import Byline, is_without_parts, unnamed
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind, Marks

OTHERS: Final = "others"
"""Stands for authors that are not named: JabRef and BibTeX take it for that after `and`."""

_KINDS: Final = {
    Kind.ARTICLE: "JOUR",
    Kind.INPROCEEDINGS: "CONF",
    Kind.BOOK: "BOOK",
    Kind.PREPRINT: "GEN",
    Kind.OTHER: "GEN",
}
_TYPES: Final = {
    "newspaper": "NEWS",
    "magazine": "MGZN",
    "incollection": "CHAP",
    "inbook": "CHAP",
    "collection": "EDBOOK",
    "booklet": "PAMP",
    "thesis": "THES",
    "phdthesis": "THES",
    "mastersthesis": "THES",
    "report": "RPRT",
    "unpublished": "UNPB",
    "online": "ELEC",
    "software": "COMP",
    "dataset": "DATA",
    "patent": "PAT",
    "standard": "STAND",
    "speech": "SLIDE",
}
_GENRES: Final = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master's thesis",
    "proceedings": "Proceedings",
    "manual": "Manual",
}
"""What the type of work is where neither the work nor the type of its record says it."""

_BOOKS: Final = frozenset({"BOOK", "EDBOOK", "PAMP"})
_EDITED: Final = frozenset({"BOOK", "EDBOOK"})
"""Types in which `A2` is who edits the series."""

_COUNTED: Final = frozenset({"BOOK", "EDBOOK", "THES"})
"""Types in which the first page is the number of pages."""

_NUMBERED: Final = frozenset({"RPRT", "PAT", "STAND"})
"""Types whose standard number is that of the report."""

_VERSIONED: Final = frozenset({"COMP", "DATA"})
"""Types whose edition is a version."""


def ris(work: Work, marks: Marks | None = None) -> str:
    """Return one record, from `TY  - ` to `ER  - `; no value holds a line end, so none can begin a line."""
    lines = (f"{tag}  - {one_line(text)}" for tag, text in _lines(work, marks) if text or tag == "ER")
    return "\n".join(lines)


def _lines(work: Work, marks: Marks | None) -> Iterator[tuple[str, str]]:
    kind = _TYPES.get(work.cited_type, _KINDS[work.kind])
    yield "TY", kind
    yield "ID", work.key
    yield "TI", work.title
    yield from _names("AU", work.byline)
    yield from _names("A3" if kind in _EDITED else "A2", work.editors)
    yield from _names("A4", work.translators)
    yield "PY", work.year() or work.status
    yield "DA", _date(work.date)
    yield from _container(work, kind)
    yield from _numbers(work, kind)
    yield "PB", _publisher(work)
    yield "CY", work.place or (work.event_place if kind == "SLIDE" else "")
    yield "M3", work.genre or _GENRES.get(work.cited_type, "")
    yield "LA", work.detail("language")
    yield "OP", work.detail("original_date")
    yield "AN", work.eprint
    yield "DO", work.doi
    yield "UR", work.url or work.link
    yield "Y2", _date(work.detail("accessed"))
    yield "AB", work.paper.abstract
    for tag in marks.tags if marks else ():
        yield "KW", tag
    yield "N1", unnamed(work.paper)
    yield "N1", marks.note if marks else ""
    yield "ER", ""


def _names(tag: str, byline: Byline) -> Iterator[tuple[str, str]]:
    for author in byline.names:
        yield tag, name(author)
    if byline.is_partial:
        yield tag, OTHERS


def _container(work: Work, kind: str) -> Iterator[tuple[str, str]]:
    """Yield journal, proceedings, book and series. A conference with a name beside its proceedings is T2."""
    if work.kind is Kind.ARTICLE or (work.kind is Kind.OTHER and not work.cited_type):
        yield "JO", work.venue
        yield "J2", work.detail("short_venue")
    elif kind in _BOOKS:
        yield "T2", work.series or work.venue
    elif work.event and kind in {"CONF", "SLIDE"}:
        yield "T2", work.event
        yield "C3", work.venue if kind == "CONF" else ""
    elif work.venue != work.institution:
        yield "T2", work.venue
    if kind not in _BOOKS:
        yield "T3", work.series
    yield "C1", work.event_place if kind == "CONF" else ""


def _numbers(work: Work, kind: str) -> Iterator[tuple[str, str]]:
    first, _, last = work.page_range.partition("–")
    if kind in _COUNTED:
        first = first or work.detail("page_total")
    yield "VL", work.volume
    yield "NV", work.detail("volumes")
    yield "IS", work.issue.replace("–", "-")
    yield "M1", "" if kind in _NUMBERED else work.number
    yield "SE", work.chapter
    yield "SP", first
    yield "EP", last
    yield "C7", work.named_article_number
    yield "ET", work.edition or (work.version if kind in _VERSIONED else "")
    numbers = (work.number if kind in _NUMBERED else "", work.detail("isbn"), work.detail("issn"))
    yield "SN", next(filter(None, numbers), "")


def _publisher(work: Work) -> str:
    if work.kind is Kind.PREPRINT:
        return work.repository
    return work.institution or work.publisher or work.detail("organization")


def name(author: Author) -> str:
    """Return a name as `Family, Given, Suffix`, or whole.

    A group that could be taken for a person has a comma behind it, as EndNote wants it.
    """
    if is_without_parts(author):
        is_plain = " " not in author.name or Author.parse(author.name).is_group
        return author.name if is_plain or not author.is_group else f"{author.name},"
    return ", ".join(part for part in (author.family, author.given, author.suffix) if part)


def _date(iso: str | None) -> str:
    """Return `2024/04/05/`: year, month, day and an empty fourth part, as many as are known."""
    numbers = [f"{number:02}" for number in parts(iso)]
    return "/".join([*numbers, *[""] * (4 - len(numbers))]) if numbers else ""
