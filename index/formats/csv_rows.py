"""Reads CSV: our own, Zotero's, and tables with columns of the usual names.

A row whose quotes do not match is left out, and the next line is tried.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from typing import Final

from papers_tui.index import identity
from papers_tui.index.authors import Author
from papers_tui.index.formats.csv_table import FORMULA
from papers_tui.index.formats.fields import link
from papers_tui.index.formats.items import Item, Rejected
from papers_tui.index.formats.reference_dates import day_of
from papers_tui.index.formats.references import Reference, pages_of, split_tags, status_of
from papers_tui.index.paper import Entry, Kind
from papers_tui.index.text import MAX_FIELD, clean, clean_line

NAME: Final = "csv"

_MOST_DAMAGED: Final = 1_000
_NAMES: Final = {
    "title": "title; article title; document title; paper title",
    "authors": "author; authors; author names; author full names",
    "date": "published; date; publication date; cover date",
    "year": "year; publication year; pub year",
    "venue": "venue; publication title; journal; source title; booktitle; conference name; publication",
    "volume": "volume",
    "issue": "issue; number",
    "pages": "pages; page",
    "publisher": "publisher",
    "doi": "doi",
    "url": "url; link; urls",
    "abstract": "abstract; abstract note; summary",
    "tags": "manual tags; automatic tags; tags; keywords; author keywords",
    "notes": "notes; note; annote; extra",
    "type": "item type; document type; publication type; type; kind",
    "arxiv": "arxiv; arxiv_id; arxiv id; eprint",
    "status": "status; read status; reading status",
    "rating": "rating",
}
_COLUMNS: Final = {name: meaning for meaning, names in _NAMES.items() for name in names.split("; ")}
_KINDS: Final = {
    **dict.fromkeys(("journalarticle", "article", "journal article"), Kind.ARTICLE),
    **dict.fromkeys(
        ("conferencepaper", "conference paper", "inproceedings", "booksection"), Kind.INPROCEEDINGS
    ),
    **dict.fromkeys(("book",), Kind.BOOK),
    **dict.fromkeys(("preprint",), Kind.PREPRINT),
}
_OURS: Final = frozenset(("id", "title", "authors", "author_count", "published", "bookmarked"))
_NUMBERS: Final = ("author_count", "comments", "upvotes", "rating", "stars")
_TEXTS: Final = (
    *(
        "id",
        "title",
        "organization",
        "published",
        "appeared",
        "kind",
        "venue",
        "volume",
        "issue",
        "pages",
        "publisher",
    ),
    *("arxiv_id", "doi", "code", "status", "note", "abstract"),
)

Row = Mapping[str, str]


def items(text: str, source: str) -> Iterator[Item]:
    """Yield the entries of a table, and what could not be read."""
    rows = _rows(text)
    header: list[str] = []
    head = ""
    for line, cells, raw in rows:
        if isinstance(cells, str):
            yield Rejected(f"line {line}", cells, raw, head)
        elif not header:
            header, head = [clean_line(name).lower() for name in cells], raw
        elif any(cell.strip() for cell in cells):
            try:
                yield _entry(header, cells, source)
            except ValueError as error:
                yield Rejected(f"line {line}", str(error), raw, head)


def _entry(header: list[str], cells: list[str], source: str) -> Entry:
    """Make an entry of a row. Raises ValueError."""
    row = _row(header, cells)
    if row.keys() >= _OURS:
        return _ours(row, source)
    return _reference(header, cells).entry(f"{NAME}:{source}")


def _row(header: list[str], cells: list[str]) -> Row:
    if any(cell.strip() for cell in cells[len(header) :]):
        raise ValueError(f"it has {len(cells)} cells, and the header {len(header)}")
    row = dict.fromkeys(header, "")
    row.update((name, _plain(cell)) for name, cell in zip(header, cells, strict=False))
    return row


def _plain(cell: str) -> str:
    """Return a cell without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" '").startswith(FORMULA) else cell


def _ours(row: Row, source: str) -> Entry:
    """Make an entry of a row that papers-tui wrote."""
    from papers_tui.index.formats.papers_json import from_json  # noqa: PLC0415 - most tables are other programs'

    document: dict[str, object] = {name: row.get(name) or None for name in _TEXTS}
    document |= {name: _number(row.get(name, ""), name) for name in _NUMBERS}
    document["authors"] = [name for name in row.get("authors", "").split("; ") if name.strip()]
    document["categories"] = row.get("categories", "").split()
    document["featured"] = row.get("featured", "").split()
    document["tags"] = [tag for tag in row.get("tags", "").split("; ") if tag.strip()]
    document["bookmarked"] = row.get("bookmarked", "").strip().lower() in {"yes", "true", "1"}
    document["sources"] = [f"{NAME}:{source}"]
    document["urls"] = _links(row)
    return from_json(document)


def _number(text: str, name: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not re.fullmatch(r"\d{1,15}", text):
        raise ValueError(f"{name} is not a count but {clean_line(text, limit=40)}")
    return int(text)


def _links(row: Row) -> dict[str, str]:
    """Return the address of the page, where it tells more than the identifiers."""
    address = link(row.get("url", "").strip())
    if address is None or (row.get("arxiv_id") and identity.arxiv_id(address) == row["arxiv_id"]):
        return {}
    if row.get("doi") and identity.doi(address) == row["doi"]:
        return {}
    return {"abstract": address}


def _reference(header: list[str], cells: list[str]) -> Reference:
    """Return what a row of another program's table says, by the names of its columns."""
    found: dict[str, list[str]] = {}
    for name, cell in zip(header, cells, strict=False):
        if (meaning := _COLUMNS.get(name)) and (text := clean(_plain(cell)).strip()):
            found.setdefault(meaning, []).append(text)
    texts = {meaning: values[0] for meaning, values in found.items()}
    dates = [found_day for name in ("date", "year") if (found_day := day_of(texts.get(name, "")))]
    rating = texts.get("rating", "")
    return Reference(
        title=texts.get("title", ""),
        authors=_authors(texts.get("authors", "")),
        kind=_KINDS.get(texts.get("type", "").lower(), Kind.OTHER),
        published=max(dates, key=len, default=None),
        abstract=texts.get("abstract", ""),
        venue=texts.get("venue", ""),
        volume=texts.get("volume", ""),
        issue=texts.get("issue", ""),
        pages=pages_of(texts.get("pages", "")),
        publisher=texts.get("publisher", ""),
        arxiv=texts.get("arxiv"),
        doi=texts.get("doi"),
        addresses=texts.get("url", "").split(),
        tags=[tag for text in found.get("tags", []) for tag in split_tags(text)],
        notes=found.get("notes", []),
        status=status_of(texts.get("status", "")),
        rating=int(rating) if re.fullmatch(r"[1-5]", rating) else None,
    )


def _authors(text: str) -> list[Author]:
    """Tell authors apart: semicolons separate them, or `and`, or commas between whole names."""
    if ";" in text:
        names = text.split(";")
    elif " and " in text:
        names = [
            name
            for part in text.split(" and ")
            for name in ([part] if part.count(",") < 2 else part.split(","))
        ]
    else:
        parts = text.split(",")
        names = parts if len(parts) > 2 or all(" " in part.strip() for part in parts) else [text]
    return [Author.parse(name) for part in names if (name := clean_line(part))]


def _rows(text: str) -> Iterator[tuple[int, list[str] | str, str]]:
    """Yield the line of each row, its cells, or why it cannot be read, and the row as it stands."""
    csv.field_size_limit(MAX_FIELD)
    lines = text.split("\n")
    delimiter = _delimiter(lines[0] if lines else "")
    at = damaged = 0
    while at < len(lines):
        reader = csv.reader(
            (f"{lines[index]}\n" for index in range(at, len(lines))), delimiter=delimiter, strict=True
        )
        start = at
        try:
            for cells in reader:
                end = at + reader.line_num
                yield start + 1, cells, "\n".join(lines[start:end])
                start = end
        except csv.Error as error:
            damaged += 1
            end = len(lines) if damaged >= _MOST_DAMAGED else start + 1
            yield start + 1, f"not CSV: {error}", "\n".join(lines[start:end])
            at = end
        else:
            return


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)
