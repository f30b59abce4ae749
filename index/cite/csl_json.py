"""CSL-JSON items (Citation Style Language 1.0.2), which Pandoc and Zotero read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from papers_tui.index.authors import Author
from papers_tui.index.cite.dates import parts
from papers_tui.index.cite.names import is_whole, split_particles, unnamed
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind, Marks

_TYPES: Final = {
    Kind.ARTICLE: "article-journal",
    Kind.INPROCEEDINGS: "paper-conference",
    Kind.BOOK: "book",
    Kind.PREPRINT: "article",
    Kind.OTHER: "document",
}


def item(work: Work, marks: Marks | None = None) -> dict[str, Any]:
    """Return one item as JSON values. CSL has no type for preprints: they are `article` with a number.

    What appeared elsewhere has its number at arXiv as the place in an archive, as Zotero's has.
    """
    paper = work.paper
    date = parts(work.date)
    is_preprint = work.kind is Kind.PREPRINT
    values: dict[str, Any] = {
        "id": work.key,
        "type": _TYPES[work.kind],
        "title": work.title,
        "author": [name(author) for author in work.byline.names],
        "issued": {"date-parts": [list(date)]} if date else None,
        "container-title": "" if is_preprint else work.venue,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages.replace("–", "-"),
        "publisher": work.repository if is_preprint else work.publisher,
        "number": work.eprint if is_preprint else "",
        "archive": "arXiv" if work.eprint and not is_preprint else "",
        "archive_location": "" if is_preprint else work.eprint,
        "DOI": work.doi,
        "URL": work.address,
        "abstract": paper.abstract,
        "keyword": ", ".join(marks.tags) if marks else "",
        "note": unnamed(paper),
        "annote": marks.note if marks else "",
    }
    return {key: value for key, value in values.items() if value}


def name(author: Author) -> dict[str, str]:
    """Return a name in its parts, or as a `literal` where it is a whole."""
    if is_whole(author):
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
