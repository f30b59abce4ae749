"""Writes CSV (RFC 4180): a row a paper, its marks included.

A cell that a spreadsheet would take for a formula begins with an apostrophe, which spreadsheets read as
the sign of plain text. So does one that begins with apostrophes before such a sign: what is read back is
what was written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from papers_tui.index.authors import Author
from papers_tui.index.cite.work import Work
from papers_tui.index.details import DETAILS
from papers_tui.index.paper import Entry

Cell = str | int | None

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula; an apostrophe before it prevents that."""

DETAIL_COLUMNS: Final = {"status": "publication_status", "organization": "organized_by"}
"""The columns of details that are not called like them: `status` is how far the user has read."""


def _name(author: Author) -> str:
    """Return a name in reading order, or where others would be read from that, in its parts."""
    name = author.name.replace(";", ",")
    if Author.parse(name) == author:
        return name
    if author.is_group:
        return f"{{{name}}}"
    return author.written if author.given else f"{name},"


_COLUMNS: Final[dict[str, Callable[[Entry], Cell]]] = {
    "id": lambda entry: entry.paper.id,
    "title": lambda entry: entry.paper.title,
    "authors": lambda entry: "; ".join(map(_name, entry.paper.authors)),
    "author_count": lambda entry: entry.paper.author_count,
    "organization": lambda entry: entry.paper.organization,
    "published": lambda entry: entry.paper.published,
    "appeared": lambda entry: entry.paper.appeared,
    "kind": lambda entry: entry.paper.kind.value,
    "venue": lambda entry: entry.paper.venue,
    "volume": lambda entry: entry.paper.volume,
    "issue": lambda entry: entry.paper.issue,
    "pages": lambda entry: entry.paper.pages,
    "publisher": lambda entry: entry.paper.publisher,
    "arxiv_id": lambda entry: entry.paper.arxiv_id,
    "doi": lambda entry: entry.paper.doi,
    "url": lambda entry: Work(entry.paper).address,
    "citation_key": lambda entry: entry.key,
    "code": lambda entry: entry.paper.code,
    "stars": lambda entry: entry.paper.stars,
    "categories": lambda entry: " ".join(entry.paper.categories),
    "featured": lambda entry: " ".join(entry.paper.featured),
    "comments": lambda entry: entry.paper.comments,
    "upvotes": lambda entry: entry.paper.upvotes,
    "bookmarked": lambda entry: "yes" if entry.marks.bookmarked else "no",
    "status": lambda entry: entry.marks.status.value,
    "rating": lambda entry: entry.marks.rating,
    "tags": lambda entry: "; ".join(entry.marks.tags),
    "note": lambda entry: entry.marks.note,
    "abstract": lambda entry: entry.paper.abstract,
}
_DETAILS: Final = {DETAIL_COLUMNS.get(name, name): name for name in DETAILS}
"""The columns that say more of the publication, and the detail of each."""


def write_csv(entries: Iterable[Entry]) -> Iterator[str]:
    """Write a header and a row a paper, with CR LF line ends: a file for them is opened with `newline=""`."""
    yield _row((*_COLUMNS, *_DETAILS))
    for entry in entries:
        cells = [column(entry) for column in _COLUMNS.values()]
        yield _row(map(_cell, (*cells, *map(entry.paper.details.get, _DETAILS.values()))))


def _cell(value: Cell) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" '").startswith(FORMULA) else text


def _row(cells: Iterable[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue()
