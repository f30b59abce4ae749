"""RIS records. The format has no type for preprints: they are `GEN`, as Zotero writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from papers_tui.index.authors import Author
from papers_tui.index.cite.dates import parts
from papers_tui.index.cite.emphasis import one_line
from papers_tui.index.cite.names import is_whole, unnamed
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind, Marks

_TYPES: Final = {
    Kind.ARTICLE: "JOUR",
    Kind.INPROCEEDINGS: "CONF",
    Kind.BOOK: "BOOK",
    Kind.PREPRINT: "GEN",
    Kind.OTHER: "GEN",
}
_VENUE_TAGS: Final = {Kind.ARTICLE: "JO", Kind.OTHER: "JO"}


def ris(work: Work, marks: Marks | None = None) -> str:
    """Return one record, from `TY  - ` to `ER  - `; no value holds a line end, so none can begin a line."""
    lines = (f"{tag}  - {one_line(text)}" for tag, text in _lines(work, marks) if text or tag == "ER")
    return "\n".join(lines)


def _lines(work: Work, marks: Marks | None) -> Iterator[tuple[str, str]]:
    paper = work.paper
    first, _, last = work.pages.partition("–")
    yield "TY", _TYPES[work.kind]
    yield "ID", work.key
    yield "TI", work.title
    for author in work.byline.names:
        yield "AU", name(author)
    yield "PY", work.year()
    yield "DA", _date(work.date)
    yield _VENUE_TAGS.get(work.kind, "T2"), work.venue
    yield "VL", work.volume
    yield "IS", work.issue
    yield "SP", first
    yield "EP", last
    yield "PB", work.repository if work.kind is Kind.PREPRINT else work.publisher
    yield "AN", work.eprint
    yield "DO", work.doi
    yield "UR", work.address
    yield "AB", paper.abstract
    for tag in marks.tags if marks else ():
        yield "KW", tag
    yield "N1", unnamed(paper)
    yield "N1", marks.note if marks else ""
    yield "ER", ""


def name(author: Author) -> str:
    """Return a name as `Family, Given, Suffix`, or whole."""
    if is_whole(author):
        return author.name
    return ", ".join(part for part in (author.family, author.given, author.suffix) if part)


def _date(published: str | None) -> str:
    """Return `2024/04/05/`: year, month, day and an empty fourth part, as many as are known."""
    numbers = [f"{number:02}" for number in parts(published)]
    return "/".join([*numbers, *[""] * (4 - len(numbers))]) if numbers else ""
