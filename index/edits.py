"""What the user says a paper's title, authors, date, venue and ids are, in place of what its sources say.

Edits are marks: durable, undone and redone, backed up, and never touched by an import. The paper that the
sources describe stays as it is beside them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from papers_tui.index import identity
from papers_tui.index.authors import Author
from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Entry, Marks, Paper
from papers_tui.index.text import clean_line

Edits = tuple[tuple[str, str], ...]
"""Fields with what the user says of them, sorted; an empty text says that there is nothing."""

FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "the title",
        "authors": "Family, Given; Family, Given",
        "date": "2024-04-05, 2024-04 or 2024",
        "venue": "the journal or the conference",
        "arxiv": "2404.04167",
        "doi": "10.1000/182",
    }
)
"""What can be edited, and how it is written."""

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def checked(field: str, text: str) -> str:
    """Return what is to be said of a field in its one form. Raises WrongUsage for what cannot be."""
    if field not in FIELDS:
        raise WrongUsage(
            f"there is no field {clean_line(field, limit=80)} to edit", remedy=f"Fields: {', '.join(FIELDS)}"
        )
    text = clean_line(text)
    if not text:
        if field == "title":
            raise WrongUsage("a paper has a title")
        return ""
    if field == "authors":
        return "; ".join(author.written for author in _authors(text))
    normal = {"date": _date, "arxiv": identity.arxiv_id, "doi": identity.doi}.get(field, str)(text)
    if normal is None:
        raise WrongUsage(f"{text} cannot be the {field}", remedy=f"It is written {FIELDS[field]}")
    return normal


def with_edits(marks: Marks, changes: Mapping[str, str | None]) -> Marks:
    """Return marks with other edits; None takes an edit back. The texts are `checked`."""
    edits: dict[str, str | None] = {**dict(marks.edits), **changes}
    kept = ((field, text) for field, text in sorted(edits.items()) if text is not None)
    return replace(marks, edits=tuple(kept))


def edited(paper: Paper, edits: Edits) -> Paper:
    """Return a paper as the user says that it is."""
    if not edits:
        return paper
    values: dict[str, Any] = {}
    for field, text in edits:
        if field == "title":
            values["title"] = text
        elif field == "authors":
            values["authors"] = _authors(text)
            values["author_count"] = len(values["authors"]) or None
        elif field == "date":
            values |= {"published": text or None, "appeared": None}
        elif field in FIELDS:
            values[{"arxiv": "arxiv_id"}.get(field, field)] = text or None
    return replace(paper, **values)


def edited_entry(paper: Paper, marks: Marks) -> Entry:
    """Return a paper as the user says that it is, with its marks, and with what the sources say."""
    return Entry(edited(paper, marks.edits), marks, source=paper) if marks.edits else Entry(paper, marks)


def unedited(paper: Paper, marks: Marks) -> Paper:
    """Return a stored paper with the identifiers that its id tells of, and none that only the user said.

    Earlier versions stored papers as the user said that they are.
    """
    kind, _, number = paper.id.partition(":")
    arxiv_id, doi = number if kind == "arxiv" else None, paper.doi
    if kind == "title" or (doi and doi == dict(marks.edits).get("doi")):
        doi = None
    if kind == "doi" and not (doi and number.startswith(doi)):  # a second paper of a DOI has an id with `-2`
        doi = number
    return replace(paper, arxiv_id=arxiv_id, doi=doi)


def said_of(paper: Paper, field: str) -> str:
    """Return what a paper says of a field, as it would be typed."""
    if field == "authors":
        return "; ".join(author.written for author in paper.authors)
    name = {"arxiv": "arxiv_id", "date": "published"}.get(field, field)
    return getattr(paper, name) or ""


def said_by_sources(entry: Entry) -> list[tuple[str, str]]:
    """Return the fields that the user edited, each with what the sources say of it."""
    if entry.source is None:
        return []
    return [(field, said_of(entry.source, field) or "nothing") for field, _ in entry.marks.edits]


def _authors(text: str) -> tuple[Author, ...]:
    names = text.split(";") if ";" in text else re.split(r" and ", text)
    return tuple(Author.read(name.strip()) for name in names if name.strip(" ,{}"))


def _date(text: str) -> str | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
    return text
