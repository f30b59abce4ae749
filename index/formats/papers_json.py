"""PAPER documents: the program's own JSON, that of `--json` and of JSON lines. Nothing is lost in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

from papers_tui.index import identity
from papers_tui.index.authors import Author
from papers_tui.index.details import DETAILS, details
from papers_tui.index.edits import checked
from papers_tui.index.errors import WrongUsage
from papers_tui.index.formats import fields
from papers_tui.index.formats.fields import Record
from papers_tui.index.paper import Entry, Kind, Marks, Paper, Status
from papers_tui.index.text import clean_line, readable, readable_line

NAME: Final = "jsonl"

MAX_KEY: Final = 250
"""Characters of a citation key that are read: longer ones are not kept, and named in the report."""

_Member = TypeVar("_Member", Kind, Status)

_TITLE_ID: Final = re.compile(r"title:[a-z0-9-]{1,64}-[0-9a-f]{8}(?:-[1-9][0-9]{0,5})?")
_PUBLICATION: Final = ("venue", "volume", "issue", "pages", "publisher")


def to_json(entry: Entry) -> dict[str, Any]:
    """Return the PAPER document of an entry. Every key is there; null or empty is unknown.

    `author_parts` is empty where the names alone tell family and given names apart, else it has an item an
    author: `[family, given, suffix, is_group]`, or null where the name tells it.
    """
    paper, marks = entry.paper, entry.marks
    return {
        "id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        "abstract_note": paper.abstract_note,
        "authors": [author.name for author in paper.authors],
        "author_parts": _author_parts(paper.authors),
        "author_count": max(len(paper.authors), paper.author_count or 0) or None,
        "organization": paper.organization,
        "organization_handle": paper.organization_handle,
        "published": paper.published,
        "published_precision": paper.precision,
        "appeared": paper.appeared,
        "featured": list(paper.featured),
        "comments": paper.comments,
        "upvotes": paper.upvotes,
        "categories": list(paper.categories),
        "kind": str(paper.kind),
        "venue": paper.venue,
        "volume": paper.volume,
        "issue": paper.issue,
        "pages": paper.pages,
        "publisher": paper.publisher,
        "details": dict(paper.details),
        "arxiv_id": paper.arxiv_id,
        "doi": paper.doi,
        "urls": dict(paper.urls),
        "stars": paper.stars,
        "code": paper.code,
        "sources": list(paper.sources),
        "added": paper.added,
        "bookmarked": marks.bookmarked,
        "tags": list(marks.tags),
        "note": marks.note,
        "status": str(marks.status),
        "rating": marks.rating,
    }


def from_json(document: Any) -> Entry:
    """Make an entry of a PAPER document, which anybody may have written. Unknown keys are passed over.

    Raises:
        ValueError: it is no PAPER; the text says why.
    """
    record = fields.record(document)
    given_title, given_abstract = fields.title(record), fields.text(record, "abstract")
    title, abstract = readable_line(given_title), readable(given_abstract)
    arxiv, doi = _identifiers(record)
    authors, author_count = _authors(record)
    paper = Paper(
        id=_id(record, arxiv=arxiv, doi=doi, title=title),
        title=title,
        abstract=abstract,
        abstract_note=fields.line(record, "abstract_note"),
        authors=authors,
        author_count=author_count,
        organization=fields.line(record, "organization"),
        organization_handle=fields.line(record, "organization_handle"),
        published=_day(record, "published"),
        appeared=_day(record, "appeared"),
        featured=tuple(sorted(fields.day(day, "featured") for day in fields.texts(record, "featured"))),
        comments=fields.number(record, "comments"),
        upvotes=fields.number(record, "upvotes"),
        categories=fields.texts(record, "categories"),
        kind=_member(Kind, record, "kind", Kind.OTHER),
        **{name: fields.line(record, name) for name in _PUBLICATION},
        details=_details(record),
        arxiv_id=arxiv,
        doi=doi,
        urls=_urls(record),
        code=fields.link(record.get("code")),
        stars=fields.number(record, "stars"),
        sources=fields.texts(record, "sources"),
        added=fields.moment(record, "added"),
        source_title=fields.line(record, "source_title") or _unlike(given_title, title),
        source_abstract=fields.text(record, "source_abstract") or _unlike(given_abstract, abstract),
    )
    if not (paper.abstract or record.get("id") or _has_details(paper)):
        raise ValueError("a title with neither abstract, id nor details")
    keys = (fields.line(record, "citation_key") or "", *fields.texts(record, "second_keys"))
    key, *second = (clean_line(text, limit=MAX_KEY) for text in keys)
    return Entry(paper, _marks(record), key, tuple(second) if key else ())


def _day(record: Mapping[str, Any], key: str) -> str | None:
    text = fields.line(record, key)
    return fields.day(text, key) if text else None


class JsonLines:
    """Writes a PAPER document a line, as the sources have it, and what the user says of it in their place."""

    name: Final = NAME
    extension: Final = "jsonl"

    def write(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Yield a line an entry."""
        for entry in entries:
            paper = entry.source or entry.paper
            document = to_json(Entry(paper, entry.marks))
            for key in ("source_title", "source_abstract"):
                if (value := getattr(paper, key)) is not None:
                    document[key] = value
            if entry.key:
                document["citation_key"] = entry.key
            if entry.key and entry.second_keys:
                document["second_keys"] = list(entry.second_keys)
            if entry.marks.edits:
                document["edits"] = dict(entry.marks.edits)
            yield json.dumps(document, ensure_ascii=False) + "\n"


def _author_parts(authors: Iterable[Author]) -> list[list[Any] | None]:
    parts = [
        None
        if Author.parse(author.name) == author
        else [author.family, author.given, author.suffix, author.is_group]
        for author in authors
    ]
    return parts if any(parts) else []


def _authors(record: Record) -> tuple[tuple[Author, ...], int | None]:
    """Return the authors and their number, which may be known without them."""
    names = fields.strings(record, "authors")
    parts = fields.items(record, "author_parts")
    if parts and len(parts) != len(names):
        raise ValueError("author_parts is not as long as authors")
    found = []
    for at, name in enumerate(names):
        given = parts[at] if parts else None
        shown = clean_line(name)
        if given is not None:
            found.append(_author(given))
        elif shown:
            found.append(Author.parse(shown))
    authors = tuple(author for author in found if author.name)
    author_count = fields.number(record, "author_count")
    return authors, max(len(authors), author_count or 0) or None


def _author(parts: Any) -> Author:
    if (
        not isinstance(parts, list)
        or len(parts) != 4
        or not all(isinstance(part, str) for part in parts[:3])
        or not isinstance(parts[3], bool)
    ):
        raise ValueError("author_parts has an item that is not [family, given, suffix, is_group]")
    family, given, suffix = map(clean_line, parts[:3])
    return Author(family, given, suffix, parts[3])


def _identifiers(record: Record) -> tuple[str | None, str | None]:
    """Return the arXiv id and the DOI, which the id may tell too."""
    spelled = fields.line(record, "id") or ""
    arxiv_text, doi_text = fields.line(record, "arxiv_id"), fields.line(record, "doi")
    arxiv = identity.arxiv_id(arxiv_text) if arxiv_text else identity.arxiv_id(spelled)
    if arxiv_text and arxiv is None:
        raise ValueError(f"arxiv_id is not an arXiv id: {clean_line(arxiv_text, limit=60)}")
    doi = identity.doi(doi_text) if doi_text else None if arxiv else identity.doi(spelled)
    if doi_text and doi is None:
        raise ValueError(f"doi is not a DOI: {clean_line(doi_text, limit=60)}")
    return arxiv, doi


def _id(record: Record, *, arxiv: str | None, doi: str | None, title: str) -> str:
    spelled = fields.line(record, "id") or ""
    if not arxiv and not doi and _TITLE_ID.fullmatch(spelled):
        return spelled
    return identity.paper_id(arxiv=arxiv, doi=doi, title=title)


def _details(record: Record) -> Mapping[str, str]:
    """Return what is known of the publication besides; names that this version does not know are left out."""
    given = fields.mapping(record, "details")
    return details({name: fields.line(given, name) for name in given if name in DETAILS})


def _urls(record: Record) -> MappingProxyType[str, str]:
    """Return the links that may be opened; others are left out."""
    given = fields.mapping(record, "urls")
    found = {clean_line(key, limit=60): fields.link(value) for key, value in given.items()}
    return MappingProxyType({key: address for key, address in found.items() if key and address})


def _marks(record: Record) -> Marks:
    rating = fields.number(record, "rating")
    if rating is not None and not 1 <= rating <= 5:
        raise ValueError(f"rating is not 1 to 5 but {rating}")
    return Marks(
        bookmarked=fields.flag(record, "bookmarked"),
        tags=tuple(sorted(fields.texts(record, "tags"))),
        note=fields.text(record, "note"),
        status=_member(Status, record, "status", Status.UNREAD),
        rating=rating,
        edits=_edits(record),
    )


def _edits(record: Record) -> tuple[tuple[str, str], ...]:
    given = fields.mapping(record, "edits")
    try:
        return tuple(sorted((field, checked(field, str(text))) for field, text in given.items()))
    except WrongUsage as error:
        raise ValueError(f"edits: {error.message}") from error


def _member(kind: type[_Member], record: Record, key: str, default: _Member) -> _Member:
    value = fields.line(record, key)
    if value is None:
        return default
    if value not in list(kind):
        raise ValueError(f"{key} is not one of {', '.join(kind)}: {clean_line(value, limit=40)}")
    return kind(value)


def _unlike(source: str, shown: str) -> str | None:
    return source if source != shown else None


def _has_details(paper: Paper) -> bool:
    return bool(
        paper.authors
        or paper.author_count
        or paper.organization
        or paper.published
        or paper.arxiv_id
        or paper.doi
    )
