"""Papers and marks as the compact JSON that the stores keep.

Only what is known is written, under short names, so that most papers take little more than their texts.
Names that this version does not know are passed over in reading. This form is private to the stores; the
public one is `papers_tui.index.formats.papers_json`.
"""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from papers_tui.index.authors import Author
from papers_tui.index.paper import Kind, Marks, Paper, Status
from papers_tui.index.store.failures import UnreadableRow
from papers_tui.index.text import clean

_PLAIN: Final = (
    ("i", "id"),
    ("t", "title"),
    ("a", "abstract"),
    ("an", "abstract_note"),
    ("n", "author_count"),
    ("o", "organization"),
    ("oh", "organization_handle"),
    ("p", "published"),
    ("ap", "appeared"),
    ("c", "comments"),
    ("u", "upvotes"),
    ("v", "venue"),
    ("vv", "volume"),
    ("vi", "issue"),
    ("vp", "pages"),
    ("pu", "publisher"),
    ("x", "arxiv_id"),
    ("d", "doi"),
    ("co", "code"),
    ("s", "stars"),
    ("st", "source_title"),
    ("sa", "source_abstract"),
)
_LISTS: Final = (("f", "featured"), ("ca", "categories"), ("so", "sources"))
_ADDED: Final = ("ad", "added")

_SHORT: Final = [short for short, _ in (*_PLAIN, *_LISTS)]
_values: Final = attrgetter(*(name for _, name in (*_PLAIN, *_LISTS)))
_NAMES: Final = dict((*_PLAIN, _ADDED))

_ESCAPED: Final = re.compile(r"\\(.)")
_CONTROLS: Final = frozenset("ubfrt")
"""What follows the backslash where JSON writes the control characters that no text of ours has."""

_KINDS: Final = {kind.value: kind for kind in Kind}

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode: Final = json.JSONDecoder().decode


def encode_paper(paper: Paper) -> str:
    """Return a paper as JSON. Equal papers give equal texts, links in the same order provided."""
    document: dict[str, Any] = {
        short: value
        for short, value in zip(_SHORT, _values(paper), strict=True)
        if value is not None and value not in ("", ())
    }
    if paper.authors:
        document["au"] = [_author_parts(author) for author in paper.authors]
    if paper.kind is not Kind.OTHER:
        document["k"] = paper.kind.value
    if paper.urls:
        document["l"] = dict(paper.urls)
    if paper.details:
        document["de"] = dict(paper.details)
    text = _encode(document)
    return with_added(text, paper.added) if paper.added else text


def with_added(text: str, added: str) -> str:
    """Return the text of a paper that does not say when it was first imported, with that."""
    return f'{text[:-1]},"{_ADDED[0]}":{_encode(added)}}}'


def decode_paper(text: str) -> Paper:
    """Return the paper that `encode_paper` wrote. Raises UnreadableRow."""
    try:
        return _paper(text)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableRow from error


def _paper(text: str) -> Paper:
    document = _read(text)
    fields: dict[str, Any] = {_NAMES[short]: document[short] for short in document if short in _NAMES}
    for short, name in _LISTS:
        if short in document:
            fields[name] = tuple(document[short])
    if "au" in document:
        fields["authors"] = tuple(_author(parts) for parts in document["au"])
    if "k" in document:
        fields["kind"] = _KINDS[document["k"]]
    if "l" in document:
        fields["urls"] = MappingProxyType(document["l"])
    if "de" in document:
        fields["details"] = MappingProxyType(document["de"])
    fields.setdefault("title", "")
    return Paper(**fields)


def _read(text: str) -> Any:
    """Return the document that a row holds, safe to print whoever wrote the row: a store may be another's."""
    document = _decode(text)
    is_printable = (text.isascii() and "\x7f" not in text) or text.isprintable()
    is_clean = is_printable and _CONTROLS.isdisjoint(_ESCAPED.findall(text))
    return document if is_clean else _cleaned(document)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.replace("\n", "").isprintable() else clean(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return {key: _cleaned(item) for key, item in value.items()} if isinstance(value, dict) else value


def digest(text: str) -> bytes:
    """Return the 8 bytes by which the text of a paper is known again."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _author_parts(author: Author) -> list[Any]:
    if author.is_group:
        return [author.family, author.given, author.suffix, 1]
    if author.suffix:
        return [author.family, author.given, author.suffix]
    return [author.family, author.given] if author.given else [author.family]


def _author(parts: list[Any]) -> Author:
    return Author(*parts) if len(parts) < 4 else Author(parts[0], parts[1], parts[2], is_group=True)


def encode_marks(marks: Marks) -> str:
    """Return marks as JSON."""
    document: dict[str, Any] = {
        "b": marks.bookmarked,
        "t": marks.tags,
        "n": marks.note,
        "r": marks.note_revision,
        "s": marks.status.value,
        "g": marks.rating,
    }
    if marks.trashed:
        document["x"] = marks.trashed
    if marks.edits:
        document["e"] = dict(marks.edits)
    return _encode(document)


def decode_marks(text: str) -> Marks:
    """Return the marks that `encode_marks` wrote. Raises UnreadableRow."""
    try:
        return _marks(_read(text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableRow from error


def _marks(document: dict[str, Any]) -> Marks:
    return Marks(
        bookmarked=document["b"],
        tags=tuple(document["t"]),
        note=document["n"],
        note_revision=document["r"],
        status=Status(document["s"]),
        rating=document["g"],
        trashed=document.get("x"),
        edits=_edits(document.get("e", {})),
    )


def encode_edits(edits: tuple[tuple[str, str], ...]) -> str:
    """Return edits as JSON; empty where there are none."""
    return _encode(dict(edits)) if edits else ""


def decode_edits(text: str) -> tuple[tuple[str, str], ...]:
    """Return the edits that `encode_edits` wrote. Raises UnreadableRow."""
    try:
        return _edits(_read(text)) if text else ()
    except (ValueError, TypeError, AttributeError) as error:
        raise UnreadableRow from error


def _edits(document: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(field), str(text)) for field, text in document.items()))
