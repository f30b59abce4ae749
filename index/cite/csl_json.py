"""CSL-JSON items (Citation Style Language 1.0.2), which Pandoc and Zotero read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from papers_tui.index.authors import Author
from papers_tui.index.cite.dates import parts
from papers_tui.index.cite.names import Byline, is_without_parts, split_particles, unnamed
from papers_tui.index.cite.ris import OTHERS
from papers_tui.index.cite.work import Work
from papers_tui.index.details import italic_spans
from papers_tui.index.paper import Kind, Marks

_KINDS: Final = {
    Kind.ARTICLE: "article-journal",
    Kind.INPROCEEDINGS: "paper-conference",
    Kind.BOOK: "book",
    Kind.PREPRINT: "article",
    Kind.OTHER: "document",
}
_TYPES: Final = {
    "newspaper": "article-newspaper",
    "magazine": "article-magazine",
    "incollection": "chapter",
    "inbook": "chapter",
    "booklet": "pamphlet",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "report": "report",
    "unpublished": "manuscript",
    "online": "webpage",
    "software": "software",
    "dataset": "dataset",
    "patent": "patent",
    "standard": "standard",
    "speech": "speech",
}
_GENRES: Final = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
"""What a thesis calls itself where its source does not say it."""

_FINER: Final = frozenset({"inbook", "proceedings", "collection", "manual"})
"""Types that CSL does not tell from others."""

_CUSTOM: Final = ("collaboration", "organization", "how_published", "remark")
"""Details for which CSL has no variable."""


def item(work: Work, marks: Marks | None = None) -> dict[str, Any]:
    """Return one item as JSON values. CSL has no type for preprints: they are `article` with a number.

    What appeared elsewhere has its number at arXiv as the place in an archive, as Zotero's has. Authors
    that are not named are `{"literal": "others"}`, which Pandoc writes and takes for that. What CSL has no
    variable for is `custom`, by the names of `papers_tui.index.details`.
    """
    is_preprint = work.kind is Kind.PREPRINT
    values: dict[str, Any] = {
        "id": work.key,
        "type": _TYPES.get(work.cited_type, _KINDS[work.kind]),
        "title": _title(work),
        "author": _names(work.byline),
        "editor": _names(work.editors),
        "translator": _names(work.translators),
        "issued": _date(work.date),
        **_container(work),
        **_numbers(work),
        "publisher": work.repository if is_preprint else work.institution or work.publisher,
        "publisher-place": work.place,
        "genre": work.genre or _GENRES.get(work.cited_type, ""),
        "status": work.status,
        "language": work.detail("language"),
        "archive": "arXiv" if work.eprint and not is_preprint else "",
        "archive_location": "" if is_preprint else work.eprint,
        "DOI": work.doi,
        "ISBN": work.detail("isbn"),
        "ISSN": work.detail("issn"),
        "URL": work.url or work.link,
        "accessed": _date(work.detail("accessed")),
        "original-date": _date(work.detail("original_date")),
        "abstract": work.paper.abstract,
        "keyword": ", ".join(marks.tags) if marks else "",
        "note": unnamed(work.paper),
        "annote": marks.note if marks else "",
        "custom": _custom(work),
    }
    return {key: value for key, value in values.items() if value}


def _title(work: Work) -> str:
    """Return the title, its italics in tags as the specification has them, where no other sign is one."""
    title = work.title
    spans = [] if "<" in title else italic_spans(title, work.detail("italics"))
    for start, end in reversed(spans):
        title = f"{title[:start]}<i>{title[start:end]}</i>{title[end:]}"
    return title


def _container(work: Work) -> dict[str, str]:
    is_book = work.kind is Kind.BOOK
    is_whole = is_book or work.kind is Kind.PREPRINT or work.venue in {work.institution, work.event}
    return {
        "container-title": "" if is_whole else work.venue,
        "container-title-short": work.detail("short_venue"),
        "collection-title": work.series or (work.venue if is_book else ""),
        "event-title": work.event,
        "event-place": work.event_place,
    }


def _numbers(work: Work) -> dict[str, str]:
    """Return volume, issue, pages and their like. An article's own number is `number`, as in APA's style."""
    is_in_series = work.kind in {Kind.BOOK, Kind.INPROCEEDINGS}
    article = work.named_article_number
    return {
        "volume": work.volume,
        "number-of-volumes": work.detail("volumes"),
        "issue": work.issue.replace("–", "-"),
        "page": work.page_range.replace("–", "-"),
        "number": work.eprint
        if work.kind is Kind.PREPRINT
        else article or ("" if is_in_series else work.number),
        "collection-number": work.number if is_in_series else "",
        "chapter-number": work.chapter,
        "edition": work.edition,
        "number-of-pages": work.detail("page_total"),
        "version": work.version,
    }


def _custom(work: Work) -> dict[str, str]:
    usual = _GENRES.get(work.cited_type, work.genre)
    is_finer = work.cited_type in _FINER or work.genre not in {"", usual}
    names = ("type", *_CUSTOM) if is_finer else _CUSTOM
    return {name: text for name in names if (text := work.detail(name))}


def _date(iso: str | None) -> dict[str, Any] | None:
    date = parts(iso)
    return {"date-parts": [list(date)]} if date else None


def _names(byline: Byline) -> list[dict[str, str]]:
    return [*map(name, byline.names), *([{"literal": OTHERS}] if byline.is_partial else [])]


def name(author: Author) -> dict[str, str]:
    """Return a name in its parts, or as a `literal` where it is a whole."""
    if is_without_parts(author):
        return {"literal": author.name}
    particles, family = split_particles(author.family)
    values = {
        "family": family,
        "given": author.given,
        "suffix": author.suffix,
        "non-dropping-particle": particles,
    }
    return {key: value for key, value in values.items() if value}


def document(items: Iterable[dict[str, Any]]) -> str:
    """Return items as one JSON array."""
    return json.dumps(list(items), ensure_ascii=False, indent=2)
