"""An item of CSL-JSON as a reference: what its variables say, and which of them are not kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from papers_tui.index import identity
from papers_tui.index.authors import Author
from papers_tui.index.details import named_people
from papers_tui.index.formats import csl_fields
from papers_tui.index.formats.csl_text import without_markup
from papers_tui.index.formats.italics import italics_of_html
from papers_tui.index.formats.losses import quoted
from papers_tui.index.formats.name_lists import People
from papers_tui.index.formats.reference_dates import Dating, dating, day_of
from papers_tui.index.formats.reference_ids import is_citation_key
from papers_tui.index.formats.reference_notes import is_reading_state, status_of
from papers_tui.index.formats.references import Reference, pages_of, split_tags
from papers_tui.index.paper import Kind, Status
from papers_tui.index.text import clean, clean_line, readable, readable_line

_EXTRA: Final = re.compile(r"(?im)^\s*(arxiv|doi|eprint)\s*:\s*(\S+)\s*$\n?")
_ET_AL: Final = re.compile(r"others|et\.? al\.?", re.IGNORECASE)

Item = Mapping[str, Any]


def reference_of(record: Item) -> tuple[Reference, list[str]]:
    """Return what an item says, and the names of the variables that are not kept.

    Variables of other types than they should have are passed over.
    """
    note = _text(record, "note")
    extra = {found[1].lower(): found[2] for found in _EXTRA.finditer(note)}
    texts = {name: _shown(record, name) for name in record}
    authors, has_more = _people(record.get("author"))
    dated = _published(record.get("issued"))
    details = csl_fields.details_of(_line(record, "type"), texts, _custom(record))
    details |= {name: _people_detail(record.get(name[:-1])) for name in ("editors", "translators")}
    status = "" if is_reading_state(texts.get("status", "")) else texts.get("status", "")
    details["status"] = dated.status or status
    reference = Reference(
        title=_title(texts),
        authors=authors,
        has_more_authors=has_more,
        kind=_kind(record),
        published=dated.day,
        abstract=readable(without_markup(_text(record, "abstract"))),
        venue=texts.get("container-title") or details.pop("event", ""),
        volume=_line(record, "volume"),
        issue=_line(record, "issue"),
        pages=pages_of(_line(record, "page")),
        publisher=texts.get("publisher", ""),
        details=details,
        arxiv=_arxiv(record) or extra.get("arxiv") or extra.get("eprint"),
        doi=_line(record, "DOI") or extra.get("doi"),
        addresses=[_line(record, "URL")],
        key=next((key for name in ("citation-key", "id") if is_citation_key(key := _line(record, name))), ""),
        tags=_tags(record.get("keyword", "")),
        notes=[_EXTRA.sub("", note), _text(record, "annote")],
        status=status_of(_line(record, "status")) if isinstance(record.get("status"), str) else Status.UNREAD,
        extra=[_line(record, "archive_location"), _line(record, "publisher")],
        doubts=[dated.doubt] * bool(dated.doubt),
    )
    _read_dates(reference, record)
    title = _text(record, "title")
    reference.details["italics"] = italics_of_html(
        title, reference.title, lambda text: readable_line(clean_line(text))
    )
    return reference, _lost(record, texts)


def _lost(record: Item, texts: Mapping[str, str]) -> list[str]:
    """Return the names of the variables that are not kept."""
    lost = [name for name, value in record.items() if value and not csl_fields.is_known(str(name))]
    if texts.get("collection-number") and texts.get("number") and _line(record, "type") == "chapter":
        lost.append("number")
    return lost


def _title(texts: Mapping[str, str]) -> str:
    """Return the title, with the subtitle that Crossref keeps apart."""
    title, subtitle = texts.get("title") or texts.get("title-short", ""), texts.get("subtitle", "")
    if not (title and subtitle) or subtitle in title:
        return title
    return f"{title}{'' if title.endswith(('.', '?', '!', ':')) else ':'} {subtitle}"


def _read_dates(reference: Reference, record: Item) -> None:
    for detail, name in (("accessed", "accessed"), ("original_date", "original-date")):
        found = _published(record.get(name))
        if found.day:
            reference.details[detail] = found.day
        elif record.get(name) and (found.status or found.doubt):
            reference.doubts.append(f"no date is read from {quoted(found.status or found.doubt)}")


def _kind(record: Item) -> Kind:
    if _line(record, "genre").lower() == "preprint":
        return Kind.PREPRINT
    return csl_fields.KINDS.get(_line(record, "type"), Kind.OTHER)


def _arxiv(record: Item) -> str | None:
    """Return what a number or a place in an archive says, where that is arXiv."""
    is_there = _line(record, "archive").lower() == "arxiv"
    for name in ("number", "archive_location"):
        value = _line(record, name)
        if value.lower().startswith("arxiv:") or (is_there and identity.arxiv_id(value)):
            return value
    return None


def _custom(record: Item) -> dict[str, str]:
    custom = record.get("custom")
    return {str(name): _line(custom, name) for name in custom} if isinstance(custom, dict) else {}


def _tags(given: Any) -> list[str]:
    if isinstance(given, list):
        return [tag for tag in given if isinstance(tag, str)]
    return split_tags(clean_line(str(given)))


def _text(record: Item, name: str) -> str:
    """Return a variable as text: numbers as they are written, the first of several."""
    value = record.get(name)
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean(str(value))


def _line(record: Item, name: str) -> str:
    return clean_line(_text(record, name))


def _shown(record: Item, name: str) -> str:
    """Return a variable as a reader expects it."""
    return readable_line(clean_line(without_markup(_text(record, name))))


def _people_detail(names: Any) -> str:
    found, has_more = _people(names)
    return named_people(found, has_more=has_more)


def _people(names: Any) -> tuple[list[Author], bool]:
    """Return the people that a variable names, and whether it says that there are others."""
    if isinstance(names, str):
        people = People([names])
        return people.authors, people.has_more
    listed = names if isinstance(names, list) else []
    found = [_author(name) for name in listed if isinstance(name, dict | str)]
    named = [author for author in found if author.name.strip() and not _ET_AL.fullmatch(author.name.strip())]
    return named, any(_ET_AL.fullmatch(author.name.strip()) for author in found)


def _author(name: Item | str) -> Author:
    if isinstance(name, str):
        return Author.parse(clean_line(name))
    literal = _line(name, "literal") or _line(name, "name")
    if literal:
        parsed_one = Author.parse(literal)
        has_case = literal.upper() != literal.lower()
        return Author(literal, is_group=True) if " " in literal and has_case else parsed_one
    particles = (
        _line(name, "dropping-particle"),
        _line(name, "non-dropping-particle"),
        _line(name, "family"),
    )
    family = " ".join(part for part in particles if part)
    return Author.person(family, _line(name, "given"), _line(name, "suffix"))


def _unkept(issued: Item) -> str:
    """Return what a date says besides its parts, as a doubt."""
    if issued.get("season"):
        return f"a season is not kept: {quoted(str(issued['season']))}"
    return "a date about which its source is unsure is kept as exact" if issued.get("circa") else ""


def _published(issued: Any) -> Dating:
    """Return a date: its parts, or the text that some programs write."""
    if isinstance(issued, str | int):
        return dating(clean_line(str(issued)))
    if not isinstance(issued, dict):
        return Dating(None)
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = [str(part).strip() for part in first] if isinstance(first, list) else []
    if numbers and all(re.fullmatch(r"\d{1,4}", number) for number in numbers[:1]):
        year, month, day = (*numbers, "", "", "")[:3]
        found = day_of(f"{int(year):04}", month, day) if month else day_of(f"{int(year):04}")
        is_range = isinstance(parts, list) and len(parts) > 1 and parts[1] not in ([], [0], first)
        doubt = "of a range of dates the first is kept" if is_range else _unkept(issued)
        return Dating(found, doubt=doubt if found else f"no date is read from {quoted(str(first))}")
    if numbers and any(numbers):
        return Dating(None, doubt=f"no date is read from {quoted(str(first))}")
    return dating(clean_line(str(issued.get("raw") or issued.get("literal") or "")))
