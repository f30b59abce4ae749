"""Reads BibTeX and BibLaTeX files: our own, and those of Zotero, JabRef, Mendeley, BibDesk and others.

Keywords and groups become tags, notes become notes, and what JabRef and BibDesk keep of reading states and
ratings is kept. Every entry is read or rejected; macros, comments and preambles are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Final

from papers_tui.index.formats import jabref, journal_macros
from papers_tui.index.formats.bibtex_blocks import COMMENTED_OUT, Block, Damage, blocks
from papers_tui.index.formats.bibtex_fields import is_known
from papers_tui.index.formats.bibtex_references import Fields, reference_of
from papers_tui.index.formats.bibtex_tokens import Piece
from papers_tui.index.formats.items import Item, Rejected, Remark
from papers_tui.index.formats.losses import Losses, quoted
from papers_tui.index.paper import Entry
from papers_tui.index.text import MAX_FIELD

NAME: Final = "bibtex"

_MAX_MACRO: Final = 10_000
_MAX_INHERITANCE: Final = 8
_CROSSED: Final = re.compile(r"crossref|xdata", re.IGNORECASE)
_ENTRY_IN_COMMENT: Final = re.compile(
    r"(?:^|\{)[ \t]*@[ \t]*(?!comment)[A-Za-z]+[ \t]*[{(]", re.IGNORECASE | re.MULTILINE
)
_OWN_FIELDS: Final = (
    "crossref xdata xref keywords note annote annotation comment review abstract groups file ids"
    " options readstatus ranking doi eprint url entryset related"
)
_NOT_INHERITED: Final = frozenset(_OWN_FIELDS.split())
_CONTAINERS: Final = ("set", "xdata")
_JOINED: Final = {
    **dict.fromkeys(("author", "editor"), " and "),
    **dict.fromkeys(("keywords", "mendeley-tags", "groups"), ", "),
}


def items(text: str, source: str) -> Iterator[Item]:
    r"""Yield the entries of a file whose lines end in `\n`, and what could not be read."""
    return _Reader(text, source).items()


class _Reader:
    def __init__(self, text: str, source: str) -> None:
        self._text = text
        self._source = f"{NAME}:{source}"
        self._macros: dict[str, str] = {}
        self._doubts: list[str] = []
        self._parents: dict[str, Fields] = {}
        self._groups: Mapping[str, tuple[str, ...]] = jabref.groups(text)
        self._commented_out = 0
        self._losses = Losses()

    def items(self) -> Iterator[Item]:
        if _CROSSED.search(self._text):
            self._parents = self._referred_to()
            self._macros = {}
        for block in blocks(self._text):
            yield from self._items_of(block)
        if self._commented_out:
            yield Remark(f"entries in comments, left out: {self._commented_out:,}")
        yield from self._losses.remarks()

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
        text = "".join(self._expanded(piece) if is_macro else piece for piece, is_macro in value)
        if len(text) > limit:
            raise ValueError(f"a value has more than {limit:,} characters")
        return text

    def _expanded(self, name: str) -> str:
        """Return what a macro stands for. Numbers and words without delimiters are no macros."""
        lower = name.lower()
        if (text := self._macros.get(lower)) is not None:
            return text
        if lower in journal_macros.STANDARD:
            return journal_macros.STANDARD[lower]
        if lower.strip(".") not in journal_macros.MONTHS and name[:1].isalpha():
            self._doubts.append(f"the macro {quoted(name)} is not defined: its name is kept")
        return name

    def _fields(self, block: Block) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in block.fields:
            before = len(self._doubts)
            text = self._joined(value, MAX_FIELD)
            if not is_known(name):
                del self._doubts[before:]
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
            for name in ("xdata", "crossref"):
                for key in child.get(name, "").lower().split(","):
                    parent = self._parents.get(key.strip())
                    if parent is None and key.strip():
                        self._doubts.append(f"the entry {quoted(key)} that it refers to is not in the file")
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
        self._doubts = []
        fields = self._fields(block)
        if block.kind in _CONTAINERS:
            raise ValueError(f"@{block.kind} is no paper: other entries use it")
        if "crossref" in fields or "xdata" in fields:
            fields = self._inherited(fields)
        reference, lost = reference_of(block.kind, fields)
        reference.tags += self._groups.get(block.key, ())
        reference.key = block.key
        entry = reference.entry(self._source)
        self._losses.fields(lost)
        for doubt in (*self._doubts, *reference.doubts):
            self._losses.doubt(doubt, block.line)
        return entry
