"""Reads BibTeX and BibLaTeX files: our own, and those of Zotero, JabRef, Mendeley, BibDesk and others.

Keywords and groups become tags, notes become notes, and what JabRef and BibDesk keep of reading states and
ratings is kept. Every entry is read or rejected; macros, comments and preambles are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Final

from papers_tui.index.authors import Author
from papers_tui.index.formats import bibtex_names, jabref
from papers_tui.index.formats.bibtex_blocks import COMMENTED_OUT, Block, Damage, blocks
from papers_tui.index.formats.bibtex_text import plain, shown, verbatim
from papers_tui.index.formats.bibtex_tokens import Piece
from papers_tui.index.formats.items import Item, Rejected, Remark
from papers_tui.index.formats.reference_dates import day_of
from papers_tui.index.formats.references import Reference, folded, pages_of, split_tags, status_of
from papers_tui.index.paper import Entry, Kind, Status
from papers_tui.index.text import MAX_FIELD

NAME: Final = "bibtex"

_MAX_MACRO: Final = 10_000
_MAX_INHERITANCE: Final = 8
_CROSSED: Final = re.compile(r"crossref|xdata", re.IGNORECASE)
_ENTRY_IN_COMMENT: Final = re.compile(
    r"^[ \t]*@[ \t]*(?!comment)[A-Za-z]+[ \t]*[{(]", re.IGNORECASE | re.MULTILINE
)
_OWN_FIELDS: Final = (
    "crossref xdata xref keywords note annote annotation comment review abstract groups file ids"
    " options readstatus ranking doi eprint url entryset related"
)
_NOT_INHERITED: Final = frozenset(_OWN_FIELDS.split())
_KINDS: Final = {
    "article": Kind.ARTICLE,
    "periodical": Kind.ARTICLE,
    "suppperiodical": Kind.ARTICLE,
    "inproceedings": Kind.INPROCEEDINGS,
    "conference": Kind.INPROCEEDINGS,
    "incollection": Kind.INPROCEEDINGS,
    "book": Kind.BOOK,
    "mvbook": Kind.BOOK,
    "inbook": Kind.BOOK,
    "booklet": Kind.BOOK,
    "collection": Kind.BOOK,
    "mvcollection": Kind.BOOK,
    "proceedings": Kind.BOOK,
    "mvproceedings": Kind.BOOK,
    "reference": Kind.BOOK,
}
_CONTAINERS: Final = ("set", "xdata")
_TITLES: Final = ("title", "maintitle", "booktitle", "chapter", "shorttitle")
_VENUES: Final = (
    *("journal", "journaltitle", "booktitle", "eventtitle", "shortjournal", "howpublished"),
    *("institution", "school", "organization", "series"),
)
_NOTES: Final = ("annote", "annotation", "note", "addendum", "review", "comment", "comments")
_JOINED: Final = {"author": " and ", "keywords": ", ", "mendeley-tags": ", ", "groups": ", "}

Fields = Mapping[str, str]


def items(text: str, source: str) -> Iterator[Item]:
    r"""Yield the entries of a file whose lines end in `\n`, and what could not be read."""
    return _Reader(text, source).items()


class _Reader:
    def __init__(self, text: str, source: str) -> None:
        self._text = text
        self._source = f"{NAME}:{source}"
        self._macros: dict[str, str] = {}
        self._parents: dict[str, Fields] = {}
        self._groups: Mapping[str, tuple[str, ...]] = jabref.groups(text)
        self._commented_out = 0

    def items(self) -> Iterator[Item]:
        if _CROSSED.search(self._text):
            self._parents = self._referred_to()
            self._macros = {}
        for block in blocks(self._text):
            yield from self._items_of(block)
        if self._commented_out:
            yield Remark(f"entries in comments, left out: {self._commented_out:,}")

    def _items_of(self, block: Block | Damage) -> Iterator[Item]:
        if isinstance(block, Damage):
            yield Rejected(f"line {block.line}", block.why, block.source)
        elif block.kind == "comment":
            self._commented_out += len(_ENTRY_IN_COMMENT.findall(block.source, len("@comment")))
        elif block.kind == COMMENTED_OUT:
            self._commented_out += 1
        else:
            try:
                if block.kind == "string":
                    self._define(block)
                else:
                    yield self._entry(block)
            except ValueError as error:
                yield Rejected(f"line {block.line}", str(error), block.source)

    def _define(self, block: Block) -> None:
        for name, value in block.fields:
            self._macros[name] = self._joined(value, _MAX_MACRO)

    def _joined(self, value: Iterable[Piece], limit: int) -> str:
        """Return the text of a value. A macro that nothing defines, as those of months, is its name."""
        text = "".join(
            self._macros.get(piece.lower(), piece) if is_macro else piece for piece, is_macro in value
        )
        if len(text) > limit:
            raise ValueError(f"a value has more than {limit:,} characters")
        return text

    def _fields(self, block: Block) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in block.fields:
            text = self._joined(value, MAX_FIELD)
            if name in _JOINED and found.get(name) and text.strip():
                found[name] += _JOINED[name] + text
            elif not found.get(name, "").strip():
                found[name] = text
        return found

    def _referred_to(self) -> dict[str, Fields]:
        """Return the fields of the entries that others inherit from, by their keys in lower case."""
        wanted = {
            key.strip().lower()
            for block in blocks(self._text)
            if isinstance(block, Block)
            for name, value in block.fields
            if name in {"crossref", "xdata"}
            for piece, _ in value
            for key in piece.split(",")
        }
        found: dict[str, Fields] = {}
        for block in blocks(self._text):
            if not isinstance(block, Block):
                continue
            with suppress(ValueError):  # rejected where its turn comes
                if block.kind == "string":
                    self._define(block)
                elif block.key.lower() in wanted - found.keys():
                    found[block.key.lower()] = self._fields(block)
        return found

    def _inherited(self, fields: dict[str, str]) -> dict[str, str]:
        """Return fields with those of the entry that `crossref` names, and so on; a circle ends."""
        seen: set[str] = set()
        waiting = [fields]
        while waiting and len(seen) < _MAX_INHERITANCE:
            child = waiting.pop()
            for name in ("crossref", "xdata"):
                for key in child.get(name, "").lower().split(","):
                    parent = self._parents.get(key.strip())
                    if parent is None or key.strip() in seen:
                        continue
                    seen.add(key.strip())
                    for field, value in parent.items():
                        if field not in _NOT_INHERITED and (field != "title" or name == "xdata"):
                            fields.setdefault(field, value)
                    if name == "crossref" and parent.get("title"):
                        fields.setdefault("booktitle", parent["title"])
                    waiting.append(dict(parent))
        return fields

    def _entry(self, block: Block) -> Entry:
        fields = self._fields(block)
        if block.kind in _CONTAINERS:
            raise ValueError(f"@{block.kind} is no paper: other entries use it")
        if self._parents:
            fields = self._inherited(fields)
        reference = reference_of(block.kind, fields)
        reference.tags += self._groups.get(block.key, ())
        reference.key = block.key
        return reference.entry(self._source)


def reference_of(kind: str, fields: Fields) -> Reference:
    """Return what an entry of a type says."""
    venue_name = next((name for name in _VENUES if _is_venue(fields.get(name, ""))), "")
    title_name = next((name for name in _TITLES if shown(fields.get(name, "")).strip()), "title")
    if title_name == venue_name:
        venue_name = ""
    authors, has_more = _authors(fields)
    return Reference(
        title=_title(fields, title_name),
        authors=authors,
        has_more_authors=has_more,
        kind=_kind(kind, fields),
        published=_published(fields),
        abstract=folded(shown(fields.get("abstract", ""))),
        venue=shown(fields.get(venue_name, "")),
        volume=shown(fields.get("volume", "")),
        issue=shown(fields.get("number", "") or fields.get("issue", "")),
        pages=pages_of(shown(fields.get("pages", ""))),
        publisher=shown(fields.get("publisher", "")),
        arxiv=_arxiv(fields),
        doi=verbatim(fields.get("doi", "")),
        categories=_categories(fields),
        addresses=_addresses(fields),
        tags=_tags(fields),
        notes=_notes(fields),
        status=_status(fields),
        rating=_rating(fields),
        extra=[fields.get(name, "") for name in ("howpublished", "journal")],
    )


def _is_venue(value: str) -> bool:
    """Tell whether a field names a place: `howpublished` often has an address."""
    return bool(value.strip()) and "://" not in value


def _title(fields: Fields, name: str) -> str:
    """Return the title, with what BibLaTeX keeps apart as the subtitle."""
    title = shown(fields.get(name, "")).strip()
    subtitle = shown(fields.get("subtitle", "")).strip() if name == "title" else ""
    if not (title and subtitle):
        return title
    return f"{title}{'' if title.endswith(('.', '?', '!', ':')) else ':'} {subtitle}"


def _kind(kind: str, fields: Fields) -> Kind:
    if fields.get("pubstate", "").strip().lower() in {"prepublished", "preprint"}:
        return Kind.PREPRINT
    return _KINDS.get(kind, Kind.OTHER)


def _authors(fields: Fields) -> tuple[list[Author], bool]:
    return bibtex_names.authors(fields.get("author", ""))


def _published(fields: Fields) -> str | None:
    date = shown(fields.get("date", "")).partition("/")[0]
    year = shown(fields.get("year", ""))
    month = shown(fields.get("month", ""))
    return day_of(date) or day_of(year, month, fields.get("day", ""))


def _arxiv(fields: Fields) -> str | None:
    kind = (fields.get("eprinttype") or fields.get("archiveprefix") or "arxiv").strip("{} ").lower()
    for name in ("arxivid", "arxiv", "eprint") if kind == "arxiv" else ("arxivid", "arxiv"):
        if value := verbatim(fields.get(name, "")):
            return value
    return None


def _categories(fields: Fields) -> tuple[str, ...]:
    given = shown(fields.get("primaryclass", "") or fields.get("eprintclass", ""))
    return tuple(dict.fromkeys(part for part in re.split(r"[\s,]+", given) if part)) if _arxiv(fields) else ()


def _addresses(fields: Fields) -> list[str]:
    values = [fields.get("url", ""), fields.get("link", "")]
    values += [value for name, value in fields.items() if name.startswith("bdsk-url")]
    if "http" in fields.get("howpublished", ""):
        values.append(re.sub(r"\s.*", "", fields["howpublished"][fields["howpublished"].index("http") :]))
    words = (verbatim(word) for value in values for word in value.split())
    return [word for word in words if word]


def _tags(fields: Fields) -> list[str]:
    names = ("keywords", "keyword", "mendeley-tags", "mendeley-groups", "groups")
    return [tag for name in names for tag in split_tags(plain(fields.get(name, "")).replace("\n", " "))]


def _notes(fields: Fields) -> list[str]:
    names = [name for name in fields if name in _NOTES or name.startswith("comment-")]
    return ["\n".join(line.strip() for line in plain(fields[name]).split("\n")).strip() for name in names]


def _status(fields: Fields) -> Status:
    return status_of(shown(fields.get("readstatus", "") or fields.get("read", "")))


def _rating(fields: Fields) -> int | None:
    given = fields.get("ranking", "") or fields.get("rating", "")
    digits = re.fullmatch(r"\s*(?:rank)?\s*([1-5])\s*", given)
    return int(digits[1]) if digits else None
