"""Reads CSV: our own, Zotero's, and tables with columns of the usual names.

A row whose quotes do not match is left out, and the next line is tried.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from typing import Final

from papers_tui.index import identity
from papers_tui.index.details import DETAILS, people
from papers_tui.index.formats.bibtex_fields import thesis_of
from papers_tui.index.formats.csv_table import DETAIL_COLUMNS, FORMULA
from papers_tui.index.formats.fields import link
from papers_tui.index.formats.items import Item, Rejected
from papers_tui.index.formats.losses import Losses
from papers_tui.index.formats.name_lists import People
from papers_tui.index.formats.reference_dates import Dating, dating, day_of
from papers_tui.index.formats.reference_notes import status_of
from papers_tui.index.formats.references import Reference, pages_of, split_tags
from papers_tui.index.paper import Entry, Kind
from papers_tui.index.text import MAX_FIELD, clean, clean_line, readable_line

NAME: Final = "csv"

_MOST_DAMAGED: Final = 1_000
_NAMES: Final = {
    "title": "title; article title; document title; paper title",
    "authors": "author; authors; author names; author full names",
    "date": "published; date; publication date; cover date",
    "year": "year; publication year; pub year",
    "venue": "venue; publication title; journal; source title; booktitle; publication",
    "volume": "volume",
    "issue": "issue; number",
    "pages": "pages; page",
    "first page": "page start; start page",
    "last page": "page end; end page",
    "publisher": "publisher",
    "doi": "doi",
    "url": "url; link; urls",
    "abstract": "abstract; abstract note; summary",
    "tags": "manual tags; automatic tags; tags; keywords; author keywords",
    "notes": "notes; note; annote; extra",
    "sort": "item type; document type; publication type; type; kind",
    "arxiv": "arxiv; arxiv_id; arxiv id; eprint",
    "status": "status; read status; reading status",
    "rating": "rating",
    "key": "citation key; citation_key; bibtex key; citekey",
    "genre": "genre",
    "article_number": "art. no.; article number; article no.; eid",
    "edition": "edition",
    "series": "series; book series title",
    "series number": "series number",
    "volumes": "number of volumes; volumes",
    "editors": "editor; editors; book editors",
    "translators": "translator; translators",
    "institution": "institution; university; school",
    "address": "place; address; publisher address",
    "event": "conference name; conference title; meeting name",
    "event_place": "conference location",
    "short_venue": "journal abbreviation; abbreviated source title; journal iso abbreviation",
    "isbn": "isbn",
    "issn": "issn",
    "language": "language; language of original document",
    "version": "version",
    "page_total": "num pages; number of pages",
    "accessed": "access date",
}
_COLUMNS: Final = {name: meaning for meaning, names in _NAMES.items() for name in names.split("; ")}
_TECHNICAL: Final = (
    "key; date added; date modified; file attachments; link attachments; url; library catalog; rights; source"
)
_IGNORED: Final = frozenset(_TECHNICAL.split("; "))
_KINDS: Final = {
    **dict.fromkeys(("journalarticle", "article", "journal article", "review"), Kind.ARTICLE),
    **dict.fromkeys(("magazinearticle", "newspaperarticle"), Kind.ARTICLE),
    **dict.fromkeys(("conferencepaper", "conference paper", "inproceedings"), Kind.INPROCEEDINGS),
    "book": Kind.BOOK,
    "preprint": Kind.PREPRINT,
}
_SORTS: Final = {
    **dict.fromkeys(("booksection", "book chapter", "incollection", "encyclopediaarticle"), "incollection"),
    **{name: name for name in ("thesis", "report", "dataset", "patent", "standard")},
    **dict.fromkeys(("webpage", "blogpost", "forumpost"), "online"),
    **{f"{name}article": name for name in ("newspaper", "magazine")},
    "computerprogram": "software",
    "manuscript": "unpublished",
    "presentation": "speech",
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
    *("arxiv_id", "doi", "citation_key", "code", "status", "note", "abstract"),
)

Row = Mapping[str, str]


def items(text: str, source: str) -> Iterator[Item]:
    """Yield the entries of a table, and what could not be read."""
    rows = _rows(text)
    header: list[str] = []
    head = ""
    losses = Losses("row", "rows")
    for line, cells, raw in rows:
        if isinstance(cells, str):
            yield Rejected(f"line {line}", cells, raw, head)
        elif not header:
            header, head = [clean_line(name).lower() for name in cells], raw
        elif any(cell.strip() for cell in cells):
            try:
                entry, lost, doubts = _entry(header, cells, source)
            except ValueError as error:
                yield Rejected(f"line {line}", str(error), raw, head)
            else:
                yield entry
                losses.fields(lost)
                for doubt in doubts:
                    losses.doubt(doubt, line)
    yield from losses.remarks()


def _entry(header: list[str], cells: list[str], source: str) -> tuple[Entry, list[str], list[str]]:
    """Make an entry of a row; with it come columns that are not kept, and doubts. Raises ValueError."""
    row = _row(header, cells)
    if row.keys() >= _OURS:
        return _ours(row, source), [], []
    reference = _reference(header, cells)
    lost = [name for name in row if row[name].strip() and name not in _COLUMNS and name not in _IGNORED]
    return reference.entry(f"{NAME}:{source}"), lost, reference.doubts


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
    authors = people(row.get("authors", ""))
    document |= {"authors": [author.name for author in authors], "author_parts": [[*one] for one in authors]}
    document["categories"] = row.get("categories", "").split()
    document["featured"] = row.get("featured", "").split()
    document["tags"] = [tag for tag in row.get("tags", "").split("; ") if tag.strip()]
    document["bookmarked"] = row.get("bookmarked", "").strip().lower() in {"yes", "true", "1"}
    document["sources"] = [f"{NAME}:{source}"]
    document["urls"] = _links(row)
    document["details"] = {name: row.get(DETAIL_COLUMNS.get(name, name), "") for name in DETAILS}
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
    return {} if row.get("doi") and identity.doi(address) == row["doi"] else {"abstract": address}


def _reference(header: list[str], cells: list[str]) -> Reference:
    """Return what a row of another program's table says, by the names of its columns."""
    found: dict[str, list[str]] = {}
    for name, cell in zip(header, cells, strict=False):
        if (meaning := _COLUMNS.get(name)) and (text := clean(_plain(cell)).strip()):
            found.setdefault(meaning, []).append(text)
    texts = {meaning: values[0] for meaning, values in found.items()}
    dated, doubts = _dates(texts)
    rating = texts.get("rating", "")
    found_people = People(_names(texts.get("authors", "")))
    first_and_last = (texts.get(name, "") for name in ("first page", "last page"))
    pages = texts.get("pages") or "–".join(filter(None, first_and_last))
    return Reference(
        title=readable_line(texts.get("title", "")),
        authors=found_people.authors,
        has_more_authors=found_people.has_more,
        kind=_KINDS.get(texts.get("sort", "").lower(), Kind.OTHER),
        published=dated.day,
        abstract=texts.get("abstract", ""),
        venue=texts.get("venue") or texts.get("event", ""),
        volume=texts.get("volume", ""),
        issue=texts.get("issue", ""),
        pages=pages_of(pages),
        publisher=texts.get("publisher", ""),
        details=_details(texts, found.get("sort", [])) | {"status": dated.status},
        arxiv=texts.get("arxiv"),
        doi=texts.get("doi"),
        addresses=texts.get("url", "").split(),
        tags=[tag for text in found.get("tags", []) for tag in split_tags(text)],
        notes=found.get("notes", []),
        status=status_of(texts.get("status", "")),
        rating=int(rating) if re.fullmatch(r"[1-5]", rating) else None,
        key=texts.get("key", ""),
        doubts=doubts + found_people.doubts,
    )


def _dates(texts: Mapping[str, str]) -> tuple[Dating, list[str]]:
    found = [dating(texts[name]) for name in ("date", "year") if name in texts]
    best = max((one for one in found if one.day), key=lambda one: len(one.day or ""), default=None)
    status = next((one.status for one in found if one.status), "")
    doubts = [one.doubt for one in found if one.doubt and (one.day or best is None)]
    return Dating(best.day if best else None, status), doubts


def _details(texts: Mapping[str, str], sorts: list[str]) -> dict[str, str]:
    """Return the details of a row, by the meanings of its columns. Zotero has a genre beside the type."""
    found = {name: texts.get(name, "") for name in DETAILS}
    found["type"] = _SORTS.get(texts.get("sort", "").lower(), "")
    found["genre"] = found["genre"] or "".join(sorts[1:2])
    if found["type"] == "thesis":
        found["type"] = thesis_of(found["genre"])
    for name in ("editors", "translators"):
        found[name] = People(_names(found[name])).detail()
    found["number"] = texts.get("series number", "")
    found["accessed"] = day_of(found["accessed"]) or ""
    if found["event"] and not texts.get("venue"):
        found["event"] = ""
    return found


def _names(text: str) -> list[str]:
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
    return [name for part in names if (name := clean_line(part))]


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
