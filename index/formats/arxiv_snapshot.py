"""The public snapshot of arXiv's metadata: a JSON document a line, as arXiv publishes it on Kaggle.

Fields: `id, submitter, authors, title, comments, journal-ref, doi, report-no, categories, license, abstract,
versions[{version, created}], update_date, authors_parsed[[family, given, suffix, affiliation…]]`; any may be
null. `comments` are the authors' own remarks, not a count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from papers_tui.index import identity
from papers_tui.index.authors import GROUP, Author
from papers_tui.index.details import details
from papers_tui.index.formats import fields
from papers_tui.index.formats.fields import Record
from papers_tui.index.formats.italics import italics_of_tex
from papers_tui.index.paper import Entry, Kind, Paper
from papers_tui.index.text import clean, clean_line, readable, readable_line

NAME: Final = "arxiv-snapshot"

_MONTHS: Final = {
    name: at
    for at, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1
    )
}
_CREATED: Final = re.compile(r"(?:\w{3},\s+)?(\d{1,2})\s+(\w{3})\s+(\d{4})\b")
_BETWEEN_DOIS: Final = re.compile(r"[\s,;]+(?=(?:doi:\s*|https?://\S*/)?10\.\d{4,9}/)|\s+")
_PLAIN: Final = re.compile(r"[A-Za-z.]+(?:[ -][A-Za-z.]+)*")
"""Names that need no repair: most of them."""
_SEVERAL: Final = re.compile(r"[\s,;]")
_PROCEEDINGS: Final = re.compile(r"\b(?:conference|workshop|symposium)\b", re.IGNORECASE)
_BETWEEN_AUTHORS: Final = re.compile(r",\s+and\s+|\s+and\s+|,\s+")
_AFFILIATIONS: Final = re.compile(r"\s*\([^()]*\)")
_NEW_PARAGRAPH: Final = re.compile(r"\n(?=\s*\n|  )\s*")
_DASHES: Final = re.compile(
    r"(?<=[^\W_])-{2,3}(?=[^\W_])|(?<=[)\]’”'])-{2,3}(?=[^\W_])|(?<=\S )-{2,3}(?= [^\s>])"
)
"""Hyphens between words, or between blanks: authors write titles as TeX has them."""
_WITH_SUFFIX: Final = re.compile(r"(\S.*\S) ((?:Jr|Sr)\.?|I{2,3}|IV)")
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_MAX_AUTHORS: Final = 50_000


def reader(name: str) -> Callable[[Any], Entry]:
    """Return what makes entries of records; `name` is that of their file."""
    sources = (f"{NAME}:{name}",)
    return lambda document: _entry(document, sources)


def _entry(document: Any, sources: tuple[str, ...]) -> Entry:
    record = fields.record(document)
    source_title = fields.title(record)
    spelled = fields.line(record, "id") or ""
    arxiv = identity.arxiv_id(spelled)
    if arxiv is None:
        raise ValueError(
            f"id is not an arXiv id: {clean_line(spelled, limit=60)}" if spelled else "it has no id"
        )
    source_abstract = _unwrapped(fields.text(record, "abstract"))
    title, abstract = _dashed(readable_line(source_title)), readable(source_abstract)
    authors = _authors(record)
    venue = fields.line(record, "journal-ref")
    return Entry(
        Paper(
            id=f"arxiv:{arxiv}",
            title=title,
            abstract=abstract,
            authors=authors,
            author_count=len(authors) or None,
            published=_published(record),
            categories=_categories(record),
            kind=_kind(venue),
            details=_details(source_title, title),
            venue=readable(venue) if venue else None,
            arxiv_id=arxiv,
            doi=_doi(record),
            urls=MappingProxyType(
                {"abstract": f"https://arxiv.org/abs/{arxiv}", "pdf": f"https://arxiv.org/pdf/{arxiv}"}
            ),
            sources=sources,
            source_title=None if source_title == title else source_title,
            source_abstract=None if source_abstract == abstract else source_abstract,
        )
    )


def _details(source_title: str, title: str) -> Mapping[str, str]:
    """Return the words of the title that TeX sets in italics, the only detail that a record has."""
    if "\\" not in source_title:
        return _NOTHING
    return details({"italics": italics_of_tex(source_title, title, readable_line)})


def _dashed(title: str) -> str:
    """Return a title with the dashes that TeX makes of hyphens; arrows, charges and options keep theirs."""
    if "--" not in title or "$" in title:
        return title
    return _DASHES.sub(lambda match: "–" if len(match[0]) == 2 else "—", title)


def _unwrapped(text: str) -> str:
    """Undo the wrapping of an abstract. An indented line, or one after a blank one, begins a paragraph."""
    text = text.strip()
    if "\n " not in text and "\n\n" not in text:
        return text.replace("\n", " ")
    return "\n\n".join(" ".join(part.split()) for part in _NEW_PARAGRAPH.split(text))


def _published(record: Record) -> str | None:
    """Return the day of the first version."""
    versions = fields.items(record, "versions")
    first = next((v for v in versions if isinstance(v, dict) and v.get("version") == "v1"), None)
    if first is None:
        first = versions[0] if versions and isinstance(versions[0], dict) else {}
    created = first.get("created")
    return _day(created) if isinstance(created, str) else None


def _day(created: str) -> str | None:
    """Read an RFC 822 date: `Mon, 2 Apr 2007 19:18:42 GMT`."""
    if (match := _CREATED.match(created)) is None:
        return None
    try:
        return date(int(match[3]), _MONTHS[match[2].title()], int(match[1])).isoformat()
    except (ValueError, KeyError):
        return None


def _categories(record: Record) -> tuple[str, ...]:
    given = record.get("categories")
    if isinstance(given, list):
        return fields.texts(record, "categories")
    return _split_categories(fields.line(record, "categories") or "")


@lru_cache(maxsize=4096)
def _split_categories(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.split()))


def _kind(venue: str | None) -> Kind:
    if venue is None:
        return Kind.PREPRINT
    return Kind.INPROCEEDINGS if _PROCEEDINGS.search(venue) else Kind.ARTICLE


def _doi(record: Record) -> str | None:
    """Return the first of the DOIs in the field."""
    given = fields.line(record, "doi")
    if given is None:
        return None
    if not _SEVERAL.search(given):
        return identity.doi(given)
    return next((found for part in _BETWEEN_DOIS.split(given) if (found := identity.doi(part))), None)


def _authors(record: Record) -> tuple[Author, ...]:
    parsed = fields.items(record, "authors_parsed")
    if not parsed:
        return _parsed(fields.line(record, "authors") or "")
    authors = (_author(*_parts(parts)) for parts in parsed)
    return tuple(author for author in authors if any(map(str.isalnum, author.family + author.given)))


def _parts(parts: Any) -> tuple[str, str, str]:
    """Return the family name, the given names and the suffix; affiliations may follow them."""
    if isinstance(parts, list):
        family, given, suffix = parts[:3] if len(parts) > 2 else (*parts, "", "", "")[:3]
        if isinstance(family, str) and isinstance(given, str) and isinstance(suffix, str):
            return family, given, suffix
    raise ValueError("authors_parsed has an item that is not [family, given, suffix]")


def _author(family: str, given: str, suffix: str) -> Author:
    if family.rstrip(".").lower() == "al" and given.lower().endswith(" et"):
        return Author.parse(given[:-3].rstrip(", "))  # `T. Browder et al`, taken for a name
    if not suffix and given and " " in family and (found := _WITH_SUFFIX.fullmatch(family)):
        family, suffix = found.groups()
    if not suffix and given and _PLAIN.fullmatch(family) and _PLAIN.fullmatch(given):
        return Author(family, given)
    family, given, suffix = (_without_marks(part) for part in (family, given, suffix))
    if not given and not suffix and " " in family and GROUP.search(family):
        return Author(family, is_group=True)
    return Author(family, given, suffix)


def _without_marks(part: str) -> str:
    """Return a part of a name without the marks that divide a list; nothing of one that is but marks."""
    shown = clean_line(readable(clean(part))).rstrip(" ,;:")
    return shown if any(map(str.isalnum, shown)) else ""


def _parsed(names: str) -> tuple[Author, ...]:
    """Tell the authors of a written list apart: `A. Bee, C. Dee and E. Eff (Some University)`."""
    bare = _AFFILIATIONS.sub("", readable(names))
    parts = (part.strip() for part in _BETWEEN_AUTHORS.split(bare))
    return tuple(Author.parse(part) for part in parts if part)[:_MAX_AUTHORS]
