"""Reads CSL-JSON: our own, and that of Zotero, Mendeley, Pandoc and DOI services.

The objects of the list are read one by one, each with its line: one that is damaged is left out, and the
next one that can be told to begin is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from papers_tui.index.authors import Author
from papers_tui.index.formats import fields
from papers_tui.index.formats.items import Item, Rejected
from papers_tui.index.formats.reference_dates import day_of
from papers_tui.index.formats.references import Reference, pages_of, split_tags, status_of
from papers_tui.index.paper import Kind, Status
from papers_tui.index.text import clean, clean_line, readable, readable_line

NAME: Final = "csl-json"

_KINDS: Final = {
    **dict.fromkeys(
        ("article-journal", "article-magazine", "article-newspaper", "review", "review-book"), Kind.ARTICLE
    ),
    **dict.fromkeys(("paper-conference", "chapter", "speech"), Kind.INPROCEEDINGS),
    **dict.fromkeys(("book", "classic", "collection"), Kind.BOOK),
    **dict.fromkeys(("article", "manuscript"), Kind.PREPRINT),
}
_TYPE_NAMES: Final = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic"
    " collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic"
    " hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet"
    " paper-conference patent performance periodical personal_communication post post-weblog"
    " regulation report review review-book software song speech standard thesis treaty webpage"
)
_TYPES: Final = frozenset(_TYPE_NAMES.split())
_TELLING: Final = frozenset(("issued", "container-title", "DOI", "URL", "citation-key", "ISSN", "ISBN"))
_TYPE: Final = re.compile(r'[{,]\s*"type"\s*:\s*"([\w-]+)"')
_AUTHORS: Final = re.compile(r'"(?:authors|arxiv_id)"\s*:')
_FAMILY: Final = re.compile(r'"author"\s*:\s*\[\s*\{\s*"(?:family|given|literal)"')
_BEGINNING: Final = re.compile(
    r"(?:^|[\[,}])\s*(?=\{\s*\"(?!family|given|literal|suffix|(?:non-)?dropping|date-parts|raw|season))",
    re.MULTILINE,
)
_ARRAY: Final = re.compile(r"\s*(?:\{[^{}\[\]]{0,400}?\"(?:items|references)\"\s*:\s*)?\[")
_GAP: Final = re.compile(r"[\s,]*")
_EXTRA: Final = re.compile(r"(?im)^\s*(arxiv|doi|eprint)\s*:\s*(\S+)\s*$\n?")
_MOST_DAMAGED: Final = 1_000


def _no_number(_: str) -> None:
    """Take NaN and infinity, which are no JSON, for nothing."""


_decode: Final = json.JSONDecoder(parse_constant=_no_number).raw_decode


def is_csl(record: Mapping[str, Any]) -> bool:
    """Tell whether a JSON object is an item of CSL-JSON."""
    if record.get("type") in _TYPES and not {"authors", "arxiv_id"} & record.keys():
        return True
    author = record.get("author")
    has_names = isinstance(author, list) and any(isinstance(one, dict) for one in author)
    return "title" in record and (has_names or len(_TELLING & record.keys()) > 1)


def shows(start: str) -> bool:
    """Tell whether the beginning of a JSON text is that of CSL-JSON."""
    found = _TYPE.search(start)
    if found is not None:
        return found[1] in _TYPES and _AUTHORS.search(start) is None
    return _FAMILY.search(start) is not None


def items(text: str, source: str) -> Iterator[Item]:
    """Yield the entries of a file, and what could not be read."""
    array = _ARRAY.match(text)
    at = array.end() if array else 0
    line, counted, damaged = 1, 0, 0
    is_inner = bool(array) and "{" in text[:at]
    while (at := _gap_end(text, at)) < len(text) and not (text[at] == "]" and is_inner):
        if text[at] == "]":  # the end, or a stray bracket: what follows is looked at
            at += 1
            continue
        line, counted = line + text.count("\n", counted, at), at
        try:
            parsed_one, end = _read(text, at)
        except ValueError as error:
            damaged += 1
            end = _next(text, at) if damaged < _MOST_DAMAGED else len(text)
            yield Rejected(f"line {line}", str(error), text[at:end].strip().rstrip(",").strip())
        else:
            yield _item(parsed_one, line, text[at:end], source)
        at = end


def _read(text: str, at: int) -> tuple[Any, int]:
    try:
        return _decode(text, at)
    except json.JSONDecodeError as error:
        place = error.lineno
        raise ValueError(f"not JSON: {error.msg} (line {place})") from None
    except RecursionError:
        raise ValueError("nested too deep") from None
    except ValueError:
        raise ValueError("a number with thousands of digits") from None


def _next(text: str, at: int) -> int:
    """Return where the next object begins after a damaged one."""
    found = _BEGINNING.search(text, at + 1)
    if found is None:
        closing = text.rfind("]")
        return closing if closing > at else len(text)
    return found.end()


def _gap_end(text: str, at: int) -> int:
    found = _GAP.match(text, at)
    return found.end() if found else at


def _item(record: Any, line: int, raw: str, source: str) -> Item:
    try:
        return reference_of(fields.record(record)).entry(f"{NAME}:{source}")
    except ValueError as error:
        return Rejected(f"line {line}", str(error), raw)


def reference_of(record: Mapping[str, Any]) -> Reference:
    """Return what an item says. Variables of other types than they should have are passed over."""
    note = _text(record, "note")
    extra = {found[1].lower(): found[2] for found in _EXTRA.finditer(note)}
    note = _EXTRA.sub("", note)
    tags = record.get("keyword", "")
    return Reference(
        title=readable_line(_line(record, "title") or _line(record, "title-short")),
        authors=_authors(record.get("author")),
        kind=_kind(record),
        published=_published(record.get("issued")),
        abstract=readable(_text(record, "abstract")),
        venue=readable_line(_line(record, "container-title") or _line(record, "event-title")),
        volume=_line(record, "volume"),
        issue=_line(record, "issue"),
        pages=pages_of(_line(record, "page")),
        publisher=_line(record, "publisher"),
        arxiv=_arxiv(record) or extra.get("arxiv") or extra.get("eprint"),
        doi=_line(record, "DOI") or extra.get("doi"),
        addresses=[_line(record, "URL")],
        key=_line(record, "citation-key") or _key(_line(record, "id")),
        tags=[tag for tag in tags if isinstance(tag, str)]
        if isinstance(tags, list)
        else split_tags(clean_line(str(tags))),
        notes=[note, _text(record, "annote")],
        status=status_of(_line(record, "status")) if isinstance(record.get("status"), str) else Status.UNREAD,
        extra=[_line(record, "archive_location"), _line(record, "publisher")],
    )


def _key(text: str) -> str:
    """Return an id that is a citation key: Zotero's own ids are addresses."""
    return text if text[:1].isalpha() and "/" not in text else ""


def _kind(record: Mapping[str, Any]) -> Kind:
    if _line(record, "genre").lower() == "preprint":
        return Kind.PREPRINT
    return _KINDS.get(_line(record, "type"), Kind.OTHER)


def _arxiv(record: Mapping[str, Any]) -> str | None:
    for name in ("number", "archive_location"):
        value = _line(record, name)
        if value.lower().startswith("arxiv:") or _line(record, "archive").lower() == "arxiv":
            return value
    return None


def _text(record: Mapping[str, Any], name: str) -> str:
    """Return a variable as text: numbers as they are written, the first of several."""
    value = record.get(name)
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean(str(value))


def _line(record: Mapping[str, Any], name: str) -> str:
    return clean_line(_text(record, name))


def _authors(names: Any) -> list[Author]:
    found = (
        [_author(name) for name in names if isinstance(name, dict | str)] if isinstance(names, list) else []
    )
    return [author for author in found if author.name.strip()]


def _author(name: Mapping[str, Any] | str) -> Author:
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
    given = _line(name, "given")
    return Author(family, given, _line(name, "suffix")) if family else Author(given)


def _published(issued: Any) -> str | None:
    """Return a date: its parts, or the text that some programs write."""
    if isinstance(issued, str):
        return day_of(clean_line(issued))
    if not isinstance(issued, dict):
        return None
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = [str(part).strip() for part in first] if isinstance(first, list) else []
    if numbers and all(re.fullmatch(r"\d{1,4}", number) for number in numbers[:1]):
        year, month, day = (*numbers, "", "", "")[:3]
        return day_of(f"{int(year):04}", month, day) if month else day_of(f"{int(year):04}")
    return day_of(clean_line(str(issued.get("raw") or issued.get("literal") or "")))
