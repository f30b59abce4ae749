"""What speaks against two papers of one title being one.

An article is told from another one by its journal, volume, issue and pages; a preprint has none, and appears
some time before what a publisher makes of it. Only what both papers say is compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from papers_tui.index.paper import Kind, Paper
from papers_tui.index.store.bylines import Likeness, likeness
from papers_tui.index.store.journals import is_archive, may_be_same
from papers_tui.index.text import fold

_ARXIV_DOI: Final = "10.48550/arxiv."
_NUMBER: Final = re.compile(r"\d+")
_SECTION: Final = re.compile(r"([A-Z])\s?(\d+)")
_WORD: Final = re.compile("[a-z]{4,}")
_ENOUGH_WORDS: Final = 20
_ALIKE: Final = 0.35
"""Of the words of an abstract those that another of the same paper has at least; different papers on one
subject have fewer."""

_UNTIL_PUBLISHED: Final = 3
"""Years that may pass between a preprint and its published version."""

_SORTS: Final = {
    Kind.ARTICLE: "article",
    Kind.INPROCEEDINGS: "proceedings",
    Kind.BOOK: "book",
    Kind.PREPRINT: "preprint",
}
_SORTS_OF_TYPES: Final = {
    "newspaper": "article",
    "magazine": "article",
    "incollection": "chapter",
    "inbook": "chapter",
    "proceedings": "book",
    "collection": "book",
    "booklet": "book",
    "manual": "book",
    "unpublished": "preprint",
    "online": "preprint",
}
_WITHOUT_PREPRINT: Final = frozenset(
    ("thesis", "phdthesis", "mastersthesis", "software", "dataset", "patent", "standard", "speech")
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper appeared, as far as its source tells; what it does not tell is empty."""

    journal: str = ""
    volume: str = ""
    issues: frozenset[int] = frozenset()
    pages: frozenset[str] = frozenset()
    """The first page, or the number of the article."""
    year: int | None = None
    """Of the volume, where that stands with it."""
    is_paged_anew: bool = False
    """Whether the pages are counted from 1: that is the length of an article, not its place."""


def contradictions(one: Paper, other: Paper) -> tuple[str, ...]:
    """Return what two papers with the same title do not have in common and one paper would, by its names."""
    are_versions = is_preprint(one) != is_preprint(other)
    found = [
        _of_authors(one, other, are_versions=are_versions),
        _of_ids(one, other),
        "" if _may_be_of_one_time(one, other) or _stand_on_one_page(place(one), place(other)) else "year",
        "" if _may_be_of_one_sort(one, other) else "kind",
        "" if _may_be_abstracts_of_one(one, other) else "abstract",
        *(() if are_versions else _of_places(place(one), place(other))),
    ]
    return tuple(filter(None, found))


def are_contradictory(one: Paper, other: Paper) -> bool:
    """Tell whether there are any. Most papers with a common title have different ids, which is told first."""
    return bool(_of_ids(one, other) or contradictions(one, other))


def is_preprint(paper: Paper) -> bool:
    """Tell whether this describes a preprint alone, and not what a publisher made of it."""
    if paper.venue:
        return is_archive(paper.venue)
    is_published = paper.kind in {Kind.ARTICLE, Kind.INPROCEEDINGS, Kind.BOOK} or _publishers_doi(paper)
    return bool(paper.arxiv_id or paper.kind is Kind.PREPRINT) and not is_published


def place(paper: Paper) -> Place:
    """Return where a paper appeared. arXiv has that in one text, which is told apart if it can be."""
    if not paper.venue or is_archive(paper.venue):
        return Place()
    given = (paper.venue, paper.volume or "", paper.issue or "", paper.pages or "")
    return _place(*given, paper.details.get("article_number", ""))


@lru_cache(maxsize=1024)
def _place(journal: str, volume: str, issue: str, pages: str, article: str) -> Place:
    from papers_tui.index.cite.journal_reference import parsed  # noqa: PLC0415 - the browser starts without styles

    year = None
    if not (volume or pages or article) and (reference := parsed(journal)):
        journal, volume = reference.journal, reference.volume
        issue, pages = reference.issue, reference.pages
        year = int(reference.published[:4]) if reference.published else None
    if section := _SECTION.fullmatch(volume):
        volume = section[2]
        journal = journal if journal.endswith(f" {section[1]}") else f"{journal} {section[1]}"
    firsts = {number[0].lstrip("0") for text in (pages, article) if (number := _NUMBER.search(text))}
    return Place(
        journal,
        volume.strip().casefold(),
        frozenset(map(int, _NUMBER.findall(issue)[:10])),
        frozenset(firsts),
        year,
        firsts == {"1"} and not article,
    )


def are_of_one_place(one: Place, other: Place) -> bool:
    """Tell whether two articles stand in one volume of one journal, or on one page."""
    is_one_journal = bool(one.journal and other.journal) and may_be_same(one.journal, other.journal)
    is_one_volume = bool(one.volume) and one.volume == other.volume
    return is_one_journal and (is_one_volume or bool(one.pages & other.pages - {"1"}))


def _stand_on_one_page(one: Place, other: Place) -> bool:
    return are_of_one_place(one, other) and one.volume == other.volume and bool(one.pages & other.pages)


def _of_places(one: Place, other: Place) -> list[str]:
    found = []
    if one.journal and other.journal and not may_be_same(one.journal, other.journal):
        found.append("journal")
    if one.volume and other.volume and one.volume != other.volume:
        found.append("volume")
    if one.issues and other.issues and not one.issues & other.issues:
        found.append("issue")
    is_length = one.is_paged_anew != other.is_paged_anew
    if one.pages and other.pages and not one.pages & other.pages and not is_length:
        found.append("pages")
    return found


def _of_authors(one: Paper, other: Paper, *, are_versions: bool) -> str:
    match likeness(one, other):
        case Likeness.DIFFERENT:
            return "authors"
        case Likeness.NAMESAKES:
            return "given names"
        case Likeness.FEWER:
            # An author more or less between a preprint and its publication is nothing unusual.
            is_usual = are_versions and min(len(one.authors), len(other.authors)) > 1
            return "" if is_usual else "authors"
        case _:
            return ""


def _of_ids(one: Paper, other: Paper) -> str:
    if one.arxiv_id and other.arxiv_id and one.arxiv_id != other.arxiv_id:
        return "arXiv id"
    ours, theirs = _publishers_doi(one), _publishers_doi(other)
    return "DOI" if ours and theirs and ours != theirs else ""


def _publishers_doi(paper: Paper) -> str:
    return "" if (paper.doi or _ARXIV_DOI).startswith(_ARXIV_DOI) else paper.doi or ""


def _may_be_of_one_time(one: Paper, other: Paper) -> bool:
    ours, theirs = _years(one), _years(other)
    if not ours or not theirs:
        return True
    are_dated_alike = _is_of_the_preprint(one) == _is_of_the_preprint(other)
    if _is_of_the_preprint(other):
        ours, theirs = theirs, ours
    most = 1 if are_dated_alike else _UNTIL_PUBLISHED
    return any(-1 <= there - here <= most for here in ours for there in theirs)


def _is_of_the_preprint(paper: Paper) -> bool:
    """Tell whether the only date of a paper is that of its preprint."""
    return (bool(paper.arxiv_id) or is_preprint(paper)) and not paper.appeared


def _years(paper: Paper) -> set[int]:
    stated = {int(date[:4]) for date in (paper.published, paper.appeared) if date}
    year = place(paper).year
    return stated | {year} if year else stated


def _may_be_of_one_sort(one: Paper, other: Paper) -> bool:
    ours, theirs = _sort(one), _sort(other)
    if not ours or not theirs or ours == theirs:
        return True
    if "preprint" in {ours, theirs}:
        return not {ours, theirs} & _WITHOUT_PREPRINT
    # Of what arXiv has, the sort is guessed from the name of the journal.
    return {ours, theirs} == {"article", "proceedings"} and bool(one.arxiv_id or other.arxiv_id)


def _sort(paper: Paper) -> str:
    kind = paper.details.get("type", "")
    return _SORTS_OF_TYPES.get(kind, kind) or _SORTS.get(paper.kind, "")


def _may_be_abstracts_of_one(one: Paper, other: Paper) -> bool:
    if not one.abstract or not other.abstract or one.abstract_note or other.abstract_note:
        return True
    ours, theirs = (set(_WORD.findall(fold(paper.abstract))) for paper in (one, other))
    fewer = min(len(ours), len(theirs))
    return fewer < _ENOUGH_WORDS or len(ours & theirs) >= _ALIKE * fewer
