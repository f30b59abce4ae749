"""A reference as bibliographies give it, and the entry that is made of it, whatever the format."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from papers_tui.index import identity
from papers_tui.index.authors import Author
from papers_tui.index.details import TYPES
from papers_tui.index.details import details as known_details
from papers_tui.index.formats import reference_ids
from papers_tui.index.formats.fields import link
from papers_tui.index.formats.losses import quoted
from papers_tui.index.formats.reference_ids import arxiv_named, is_arxiv_alone
from papers_tui.index.formats.reference_notes import (
    unnamed_authors,
    without_citation_key,
    without_html,
    without_read_status,
)
from papers_tui.index.paper import Entry, Kind, Marks, Paper, Status
from papers_tui.index.text import clean, clean_line

MAX_AUTHORS: Final = 50_000

_REPOSITORY: Final = re.compile(r"arxiv\b.*|corr|(?:computing research repository.*)", re.IGNORECASE)
_ORDINALS: Final = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
_EDITION: Final = re.compile(
    rf"(?:(\d{{1,3}})(?:st|nd|rd|th|\.)?|({'|'.join(_ORDINALS)}))(?:[ -]ed(?:ition|n)?\.?)?", re.IGNORECASE
)
_PAGE_TOTAL: Final = re.compile(r"(\d{1,5}) ?(?:pp?\.?|pages|S\.)")
_WITH_INSTITUTION: Final = frozenset({"thesis", "phdthesis", "mastersthesis", "report"})
_GENRES: Final = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "thesis": "Thesis"}
"""What exports call theses that have no name of their own for what they are."""

_DEPOSITED: Final = frozenset({"", "online", "unpublished"})
"""Types that say no more of a paper at arXiv than that it is there."""


@dataclass(slots=True, kw_only=True)
class Reference:
    """What a record of a bibliography says, its texts in Unicode."""

    title: str
    authors: list[Author] = field(default_factory=list)
    has_more_authors: bool = False
    """Whether it ends its authors with `and others`."""
    kind: Kind = Kind.OTHER
    published: str | None = None
    abstract: str = ""
    venue: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    details: dict[str, str] = field(default_factory=dict)
    """By the names of `papers_tui.index.details`; the type decides the kind."""
    arxiv: str | None = None
    doi: str | None = None
    categories: tuple[str, ...] = ()
    addresses: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    status: Status = Status.UNREAD
    rating: int | None = None
    extra: list[str] = field(default_factory=list)
    """Other texts that may name an arXiv id."""
    key: str = ""
    """The citation key."""
    second_keys: tuple[str, ...] = ()
    """Others that it goes by, too."""
    doubts: list[str] = field(default_factory=list)
    """What was assumed in reading it, or could not be read."""

    def entry(self, source: str) -> Entry:
        """Return the paper and its marks. Raises ValueError, which says why it is none."""
        title = clean_line(self.title)
        if not title:
            raise ValueError("it has no title")
        arxiv, doi = self._identifiers()
        notes, count = self._user_notes()
        authors = tuple(author for author in self.authors if author.name.strip())[:MAX_AUTHORS]
        if authors:
            count = len(authors) + self.has_more_authors
        kind, venue = self._place(arxiv)
        published, appeared = self._dates(arxiv, kind)
        status, notes = without_read_status(notes, self.status)
        named_key, notes = without_citation_key(notes)
        paper = Paper(
            id=identity.paper_id(arxiv=arxiv, doi=doi, title=title),
            title=title,
            abstract=clean(self.abstract).strip(),
            authors=authors,
            author_count=count,
            published=published,
            appeared=appeared,
            categories=self.categories,
            kind=kind,
            venue=venue,
            volume=_line(self.volume),
            issue=_line(self.issue),
            pages=_line(self.pages),
            publisher=_publisher(self.publisher, arxiv),
            details=known_details(self.details | {"edition": edition_of(self.details.get("edition", ""))}),
            arxiv_id=arxiv,
            doi=doi,
            urls=reference_ids.links(self.addresses, arxiv, doi),
            sources=(source,),
        )
        tags = tuple(sorted({tag for text in self.tags if (tag := clean_line(text))}))
        note = "\n\n".join(dict.fromkeys(notes))
        marks = Marks(tags=tags, note=note, status=status, rating=self.rating)
        return Entry(paper, marks, clean_line(self.key or named_key), self.second_keys)

    def add_remark(self, text: str) -> None:
        """Keep a text that has no field of its own among what the reference prints besides."""
        present = self.details.get("remark", "")
        if text not in present:
            self.details["remark"] = f"{present}; {text}" if present else text

    def _identifiers(self) -> tuple[str | None, str | None]:
        doi = self._doi()
        arxiv = self._arxiv()
        if arxiv is None and doi is not None:
            arxiv = identity.arxiv_id(doi)
        for text in (*self.addresses, *self.extra, self.venue, self.issue, self.volume, *self._lines()):
            if arxiv is None:
                arxiv = reference_ids.arxiv_of_itself(text)
        for address in self.addresses:
            if doi is None:
                doi = identity.doi(unquote(address))
        if doi is not None and arxiv is not None and identity.arxiv_id(doi) is not None:
            doi = None  # the one that arXiv registers for every id
        return arxiv, doi

    def _doi(self) -> str | None:
        """Return the DOI; what stands in its place and is none is kept as a link or a remark."""
        text = clean_line(self.doi or "")
        found = identity.doi(text) if text else None
        if text and found is None:
            if link(text):
                self.addresses.append(text)
            else:
                self.doubts.append(f"no DOI is read from {quoted(text)}, which is kept as a remark")
                self.add_remark(f"DOI: {text}")
        return found

    def _arxiv(self) -> str | None:
        """Return the arXiv id; what stands in its place and is none is kept as a link or a remark."""
        text = clean_line(self.arxiv or "")
        found = identity.arxiv_id(text) or arxiv_named(f"arXiv:{text}") if text else None
        if text and found is None:
            if link(text):
                self.addresses.append(text)
            else:
                self.doubts.append(f"no arXiv id is read from {quoted(text)}, which is kept as a remark")
                self.add_remark(f"eprint: {text}")
        elif not self.details.get("version"):
            self.details["version"] = reference_ids.arxiv_version(text)
        return found

    def _user_notes(self) -> tuple[list[str], int | None]:
        """Return the notes of the user, and the number of authors that one of them may tell."""
        notes: list[str] = []
        count = None
        for note in self.notes:
            text = clean(without_html(note)).strip()
            if (unnamed := unnamed_authors(text)) is not None:
                count = unnamed
                continue
            if "arxiv" in text.lower():
                text = "\n".join(line for line in text.split("\n") if not is_arxiv_alone(line)).strip()
            if text and not (self.doi and identity.doi(text)):
                notes.append(text)
        return notes, count

    def _lines(self) -> list[str]:
        """Return the lines of notes that are nothing but an arXiv id."""
        lines = (line for note in self.notes if "arxiv" in note.lower() for line in note.split("\n"))
        return [line for line in lines if is_arxiv_alone(line)]

    def _place(self, arxiv: str | None) -> tuple[Kind, str | None]:
        """Return the kind of publication and its venue, numbers put where they belong to them."""
        kind, venue = self._kind_and_venue(arxiv)
        if kind is Kind.BOOK and venue:
            self.details["series"], venue = self.details.get("series") or venue, None
        if self.details.get("type") in _WITH_INSTITUTION and not self.details.get("institution"):
            self.details["institution"], self.publisher = self.publisher, ""
        if self.details.get("genre") == _GENRES.get(self.details.get("type", "")):
            self.details["genre"] = ""
        if kind is Kind.PREPRINT and self.details.get("type", "") in _DEPOSITED | {"report"}:
            self.details.pop("type", None)
        elif kind is not Kind.PREPRINT and arxiv and self.details.get("type") not in {"software", "dataset"}:
            self.details.pop("version", None)  # that of the preprint, not of what appeared
        has_issues = kind in {Kind.ARTICLE, Kind.PREPRINT} or (kind is Kind.OTHER and venue)
        if kind is Kind.INPROCEEDINGS:
            has_issues = not self.details.get("series")
        if not has_issues and not self.details.get("number"):
            self.details["number"], self.issue = self.issue, ""
        if found := _PAGE_TOTAL.fullmatch(self.pages):
            self.details["page_total"], self.pages = self.details.get("page_total") or found[1], ""
        if self.pages and self.pages.lstrip("pe. ") == self.details.get("article_number", "").lstrip("pe. "):
            self.pages = ""
        return kind, venue

    def _kind_and_venue(self, arxiv: str | None) -> tuple[Kind, str | None]:
        sort = self.details.get("type", "")
        kind, venue = TYPES.get(sort, self.kind), _line(self.venue)
        if self.kind is Kind.PREPRINT and self._is_deposited(sort):
            kind = self.kind
        if arxiv and venue and (_REPOSITORY.fullmatch(venue) or is_arxiv_alone(venue)):
            self.volume = "" if arxiv_named(self.volume) else self.volume
            self.issue = "" if arxiv_named(self.issue) else self.issue
            return Kind.PREPRINT, None
        if arxiv and arxiv_named(self.issue):
            self.issue = ""
        is_deposit = kind is Kind.ARTICLE or (kind is Kind.OTHER and self._is_deposited(sort))
        if arxiv and not venue and is_deposit:
            return Kind.PREPRINT, None
        return kind, venue

    def _is_deposited(self, sort: str) -> bool:
        is_numbered = self.details.get("institution") or self.details.get("number") or self.issue
        return sort in _DEPOSITED or (sort == "report" and not is_numbered)

    def _dates(self, arxiv: str | None, kind: Kind) -> tuple[str | None, str | None]:
        """Return the date of the paper, and that of its venue where it is later than the preprint's."""
        deposited = reference_ids.arxiv_month(arxiv) if arxiv else None
        if not self.published or not deposited or kind in {Kind.PREPRINT, Kind.OTHER}:
            if deposited and self.published and int(deposited[:4]) - int(self.published[:4]) > 1:
                told = f"the date {self.published} is kept, years before arXiv:{arxiv} was given its number"
                self.doubts.append(told)
            return self.published, None
        common = min(len(self.published), len(deposited))
        if self.published[:common] > deposited[:common]:
            return deposited, self.published
        return self.published, None


def edition_of(text: str) -> str:
    """Return an edition by its number where it is a count: `Second`, `2nd ed.` and `2` are one."""
    found = _EDITION.fullmatch(clean_line(text))
    if found is None:
        return text
    return found[1] or str(_ORDINALS.index(found[2].lower()) + 1)


def pages_of(text: str) -> str:
    """Return pages with an en dash in a range, without the label that some sources put before them."""
    return re.sub(r"\s*(?:-+|–|—)\s*", "–", re.sub(r"^pp?\.? (?=\d)|^pp\.?(?=\d)", "", text.strip()))


def split_tags(text: str) -> list[str]:
    """Tell keywords apart, which commas separate, or semicolons."""
    separator = ";" if ";" in text else ","
    return [part for part in (piece.strip() for piece in text.split(separator)) if part]


def folded(text: str) -> str:
    """Return a text without the wrapping of its lines; a blank line still begins a paragraph.

    Lines of nothing but tabs are none: old versions of JabRef wrote one wherever they wrapped a line.
    """
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n *\n", text.strip()))


def _line(text: str) -> str | None:
    return clean_line(text) or None


def _publisher(text: str, arxiv: str | None) -> str | None:
    """Return the publisher; that of a preprint is known by its id."""
    return None if arxiv and text.strip().lower() == "arxiv" else _line(text)
