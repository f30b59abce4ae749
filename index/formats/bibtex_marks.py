"""What an entry of BibTeX says that is its user's: tags, notes, reading state, rating; and what is not.

A `note` is what BibTeX prints, and what most people write their own remarks into. It is taken for printed in
entries that have little else to print, and beside an `annote`, where a user's remarks then are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from papers_tui.index.cite.bib_entries import NOTED, is_manufactured, is_printed
from papers_tui.index.formats.bibtex_text import plain, shown, split_keywords
from papers_tui.index.formats.reference_notes import status_of
from papers_tui.index.formats.references import folded
from papers_tui.index.paper import Status

_NOTES: Final = ("annote", "annotation", "note", "review", "comment", "comments", "remark", "remarks")
_TAGS: Final = ("keywords", "keyword", "mendeley-tags", "mendeley-groups", "groups", "author_keywords")

Fields = Mapping[str, str]


def tags(fields: Fields) -> list[str]:
    """Return the keywords and groups of an entry."""
    return [tag for name in _TAGS for tag in split_keywords(fields.get(name, ""))]


def notes(kind: str, fields: Fields) -> list[str]:
    """Return the notes of the user of an entry of a type."""
    names = [name for name in fields if name in _NOTES or name.startswith("comment-")]
    if printed_note(kind, fields) or _is_manufactured(kind, fields):
        names.remove("note")
    return ["\n".join(line.strip() for line in plain(fields[name]).split("\n")).strip() for name in names]


def printed_note(kind: str, fields: Fields) -> str:
    """Return the note that belongs to the reference, or an empty text."""
    is_beside = any(fields.get(name, "").strip() for name in ("annote", "annotation"))
    if "note" not in fields or not (kind in NOTED or is_beside):
        return ""
    text = folded(shown(fields["note"]))
    return text if is_printed(text) and not _is_manufactured(kind, fields) else ""


def _is_manufactured(kind: str, fields: Fields) -> bool:
    """Tell whether a note says but what an export says of a manuscript, for styles that want a note."""
    texts = (shown(fields.get(name, "")).strip() for name in ("note", "type"))
    return kind == "unpublished" and "note" in fields and is_manufactured(*texts)


def status(fields: Fields) -> Status:
    """Return how far the user has read."""
    return status_of(shown(fields.get("readstatus", "") or fields.get("read", "")))


def rating(fields: Fields) -> int | None:
    """Return the stars that the user gave."""
    given = fields.get("ranking", "") or fields.get("rating", "")
    digits = re.fullmatch(r"\s*(?:rank)?\s*([1-5])\s*", given)
    return int(digits[1]) if digits else None
