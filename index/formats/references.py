"""A reference as bibliographies give it, and the entry that is made of it, whatever the format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from papers_tui.index import identity
from papers_tui.index.authors import Author
from papers_tui.index.formats.fields import link
from papers_tui.index.paper import Entry, Kind, Marks, Paper, Status
from papers_tui.index.text import clean, clean_line

MAX_AUTHORS: Final = 50_000

_ARXIV_NUMBER: Final = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7}"
_ARXIV_NAMED: Final = re.compile(
    rf"(?:\barxiv(?:\.org/(?:abs|pdf|html)/|\s*(?:preprint\s+)?(?:arxiv)?\s*[:.]?\s*)|\babs/)(?P<id>{_ARXIV_NUMBER})"
    r"(?:v\d+)?(?![\d.]\d)",
    re.IGNORECASE,
)
_ARXIV_ALONE: Final = re.compile(
    rf"\s*(?:https?://)?(?:arxiv\.org/abs/|arxiv\s*(?:preprint\s*)?(?:arxiv\s*)?:?\s*)(?:{_ARXIV_NUMBER})(?:v\d+)?"
    r"\s*(?:\[[\w.\-, ]*\])?\s*\.?\s*",
    re.IGNORECASE,
)
_OF_ITSELF: Final = re.compile(r"\s*(?:(?:https?://)?(?:www\.)?arxiv|corr\b|abs/)", re.IGNORECASE)
"""How a text begins that tells where the paper itself is: other ids in a note are those of other papers."""

_REPOSITORY: Final = re.compile(r"arxiv\b.*|corr|(?:computing research repository.*)", re.IGNORECASE)
_UNNAMED: Final = re.compile(r"(\d{1,7}) authors?, not named by the source")
_HTML_NOTE: Final = re.compile(r"\s*<(p|div|h[1-6]|ul|ol|blockquote)\b.*</\1>\s*", re.DOTALL | re.IGNORECASE)
_HTML_BREAK: Final = re.compile(r"<br\s*/?>|</(?:p|div|h[1-6]|li|blockquote|ul|ol)>", re.IGNORECASE)
_HTML_TAG: Final = re.compile(r"<[a-z/!][^<>]*>", re.IGNORECASE)
_READ_STATUS: Final = re.compile(r"(?mi)^\s*read[_ ]status:\s*(.+?)\s*$\n?|^\s*read_status_date:.*$\n?")
_STATES: Final = {
    "read": Status.READ,
    "yes": Status.READ,
    "true": Status.READ,
    "1": Status.READ,
    "done": Status.READ,
    "skimmed": Status.READING,
    "reading": Status.READING,
    "in progress": Status.READING,
    "to read": Status.UNREAD,
    "new": Status.UNREAD,
    "not reading": Status.UNREAD,
    "unread": Status.UNREAD,
    "no": Status.UNREAD,
    "0": Status.UNREAD,
    "false": Status.UNREAD,
}


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

    def entry(self, source: str) -> Entry:
        """Return the paper and its marks. Raises ValueError, which says why it is none."""
        title = clean_line(self.title)
        if not title:
            raise ValueError("it has no title")
        arxiv, doi = self._identifiers()
        remarks, count = self._remarks()
        authors = tuple(author for author in self.authors if author.name.strip())[:MAX_AUTHORS]
        if authors:
            count = len(authors) + self.has_more_authors
        kind, venue = self._venue(arxiv)
        status, remarks = _read_status(remarks, self.status)
        paper = Paper(
            id=identity.paper_id(arxiv=arxiv, doi=doi, title=title),
            title=title,
            abstract=clean(self.abstract).strip(),
            authors=authors,
            author_count=count,
            published=self.published,
            categories=self.categories,
            kind=kind,
            venue=venue,
            volume=_line(self.volume),
            issue=_line(self.issue),
            pages=_line(self.pages),
            publisher=_publisher(self.publisher, arxiv),
            arxiv_id=arxiv,
            doi=doi,
            urls=_links(self.addresses, arxiv, doi),
            sources=(source,),
        )
        tags = tuple(sorted({tag for text in self.tags if (tag := clean_line(text))}))
        note = "\n\n".join(dict.fromkeys(remarks))
        return Entry(
            paper, Marks(tags=tags, note=note, status=status, rating=self.rating), clean_line(self.key)
        )

    def _identifiers(self) -> tuple[str | None, str | None]:
        doi = identity.doi(self.doi) if self.doi else None
        arxiv = identity.arxiv_id(self.arxiv) or arxiv_named(f"arXiv:{self.arxiv}") if self.arxiv else None
        if arxiv is None and doi is not None:
            arxiv = identity.arxiv_id(doi)
        for text in (*self.addresses, *self.extra, self.venue, self.issue, self.volume, *self._lines()):
            if arxiv is None and _OF_ITSELF.match(text):
                arxiv = arxiv_named(text)
        for address in self.addresses:
            if doi is None and "doi.org/" in address:
                doi = identity.doi(unquote(address))
        if doi is not None and arxiv is not None and identity.arxiv_id(doi) is not None:
            doi = None  # the one that arXiv registers for every id
        return arxiv, doi

    def _remarks(self) -> tuple[list[str], int | None]:
        """Return the notes of the user, and the number of authors that one of them may tell."""
        remarks: list[str] = []
        count = None
        for note in self.notes:
            text = clean(_without_html(note)).strip()
            if unnamed := _UNNAMED.fullmatch(text):
                count = int(unnamed[1])
                continue
            if "arxiv" in text.lower():
                text = "\n".join(
                    line for line in text.split("\n") if not _ARXIV_ALONE.fullmatch(line)
                ).strip()
            if text and not (self.doi and identity.doi(text)):
                remarks.append(text)
        return remarks, count

    def _lines(self) -> list[str]:
        """Return the lines of notes that are nothing but an arXiv id."""
        lines = (line for note in self.notes if "arxiv" in note.lower() for line in note.split("\n"))
        return [line for line in lines if _ARXIV_ALONE.fullmatch(line)]

    def _venue(self, arxiv: str | None) -> tuple[Kind, str | None]:
        venue = _line(self.venue)
        if arxiv and venue and (_REPOSITORY.fullmatch(venue) or _ARXIV_ALONE.fullmatch(venue)):
            self.volume = "" if arxiv_named(self.volume) else self.volume
            self.issue = "" if arxiv_named(self.issue) else self.issue
            return Kind.PREPRINT, None
        if arxiv and arxiv_named(self.issue):
            self.issue = ""
        if self.kind is Kind.OTHER and arxiv and not venue:
            return Kind.PREPRINT, None
        if self.kind is Kind.ARTICLE and arxiv and not venue:
            return Kind.PREPRINT, None
        return self.kind, venue


def arxiv_named(text: str) -> str | None:
    """Return the arXiv id that a text names, as `arXiv preprint arXiv:1706.03762` does, or None."""
    found = _ARXIV_NAMED.search(text)
    return identity.arxiv_id(found["id"]) if found else None


def status_of(text: str) -> Status:
    """Return the reading state that other programs name."""
    return _STATES.get(" ".join(text.lower().split()), Status.UNREAD)


def pages_of(text: str) -> str:
    """Return pages with an en dash in a range."""
    return re.sub(r"\s*(?:-+|–|—)\s*", "–", text.strip())


def split_tags(text: str) -> list[str]:
    """Tell keywords apart, which commas separate, or semicolons."""
    separator = ";" if ";" in text else ","
    return [part for part in (piece.strip() for piece in text.split(separator)) if part]


def folded(text: str) -> str:
    """Return a text without the wrapping of its lines; a blank line still begins a paragraph.

    Lines of nothing but tabs are none: old versions of JabRef wrote one wherever they wrapped a line.
    """
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n *\n", text.strip()))


def _read_status(remarks: list[str], status: Status) -> tuple[Status, list[str]]:
    """Take `Read_Status: …`, which an extension of Zotero writes, out of the notes."""
    kept: list[str] = []
    for text in remarks:
        for found in _READ_STATUS.finditer(text):
            status = status_of(found[1]) if found[1] else status
        kept.append(_READ_STATUS.sub("", text).strip())
    return status, [text for text in kept if text]


def _line(text: str) -> str | None:
    return clean_line(text) or None


def _publisher(text: str, arxiv: str | None) -> str | None:
    """Return the publisher; that of a preprint is known by its id."""
    return None if arxiv and text.strip().lower() == "arxiv" else _line(text)


def _links(addresses: Iterable[str], arxiv: str | None, doi: str | None) -> MappingProxyType[str, str]:
    """Return the addresses that tell more than the identifiers do."""
    links: dict[str, str] = {}
    for address in addresses:
        safe = link(address.strip())
        if safe is None or safe in links.values():
            continue
        if (doi and identity.doi(unquote(safe)) == doi) or (arxiv and identity.arxiv_id(safe) == arxiv):
            continue
        name = "pdf" if safe.lower().endswith(".pdf") else "abstract"
        number = 2
        free = name
        while free in links:
            free, number = f"{name} {number}", number + 1
        links[free] = safe
    return MappingProxyType(links)


def _without_html(note: str) -> str:
    """Return the text of a note that Zotero wrote as HTML."""
    if not _HTML_NOTE.fullmatch(note):
        return note
    import html  # noqa: PLC0415 - a few notes need it

    text = _HTML_TAG.sub("", _HTML_BREAK.sub("\n", note))
    return re.sub(r"\n{3,}", "\n\n", html.unescape(text)).strip()
