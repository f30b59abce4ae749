"""Bibliographies: told apart by their content, decoded whole, and read entry by entry."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

from papers_tui.index.formats.encodings import text_encoding
from papers_tui.index.formats.items import Item, Rejected, Remark
from papers_tui.index.formats.source import Source
from papers_tui.index.paper import Entry

NAMES: Final = ("bibtex", "biblatex", "ris", "csl-json", "csv", "markdown")
"""The formats that are read here. BibLaTeX is read as BibTeX is, and known only where the user says it."""

MAX_BIBLIOGRAPHY: Final = 1 << 28
"""Bytes that a bibliography may have: some hundred thousand entries with their abstracts."""

_MODULES: Final = {
    "bibtex": "bibtex",
    "biblatex": "bibtex",
    "ris": "ris",
    "csl-json": "csl_json",
    "csv": "csv_rows",
    "markdown": "markdown_items",
}
_SUFFIXES: Final = {
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".biblatex": "bibtex",
    ".ris": "ris",
}
_BIBTEX: Final = re.compile(
    r"^[^\S\n]*@\s*[A-Za-z][\w-]*\s*[{(]\s*(?:[^\s,={}()\"]*\s*,|[\w-]+\s*=|\}|$)"
    r"|^[ \t]*@(?:comment|preamble)\s*[{(]",
    re.IGNORECASE | re.MULTILINE,
)
_RIS: Final = re.compile(r"^[ \t]*TY {0,3}-(?: |$)", re.MULTILINE)
_MARKDOWN: Final = re.compile(r"\A\s*- (?:[^\n]*\]\(https?://|[^\n]*\*\*)")
_HEADER: Final = re.compile(r"\A\s*([^\n]*)")
_COLUMN: Final = re.compile(
    r"(?:^|[,;\t])\"?(title|item type|authors?|doi|year|journal|abstract)\"?(?=[,;\t]|$)", re.IGNORECASE
)
_DECLARED: Final = re.compile(
    rb"\A(?:[^\n]*\n){0,4}?%\s*(?:encoding|coding)\s*[:=]\s*([\w-]+)", re.IGNORECASE
)
_LINE_END: Final = re.compile(r"\r\n?")
_LOOKED_AT: Final = 1 << 16


def detected(start: str, path: Path | None) -> str | None:
    """Return the format that the beginning of a text shows, or else its name; None for no bibliography."""
    start = _LINE_END.sub("\n", start.lstrip("\ufeff"))
    header = _HEADER.match(start)
    columns = {name.lower() for name in _COLUMN.findall(header[1])} if header else set()
    if "title" in columns and len(columns) > 1:
        return "csv"  # whatever its cells hold: a note may quote a record of another format
    if _MARKDOWN.match(start):
        return "markdown"
    if _RIS.search(start) and not _BIBTEX.match(start.lstrip()):
        return "ris"
    if _BIBTEX.search(start):
        return "bibtex"
    return _SUFFIXES.get(path.suffix.lower()) if path else None


def items(source: Source, encoding: str, name: str) -> Iterator[Item]:
    """Yield the entries of a bibliography, and what could not be read of it.

    Raises:
        UnusableInput: it is too large, or nothing like a bibliography; or damaged, after what came before.
    """
    data = _whole(source, name)
    declared = _DECLARED.match(data[:1024])
    text, remark = decoded(data, encoding, declared[1].decode() if declared else None)
    del data
    reader = importlib.import_module(f"papers_tui.index.formats.{_MODULES[name]}")
    found = 0
    for item in reader.items(_LINE_END.sub("\n", text).replace("\0", ""), source.name):
        found += isinstance(item, Entry | Rejected)
        yield item
    if remark:
        yield Remark(remark)
    if source.damage is not None:
        raise source.unusable(
            f"{source.damage}; everything before was read", where=_last_line(text), detected=name
        )
    if not found and detected(text[:_LOOKED_AT], None) is None:
        raise source.unusable("no entries were found in it", detected=name)
    if not found:
        yield Remark("no entries were found in it")


def decoded(data: bytes, encoding: str, declared: str | None = None) -> tuple[str, str]:
    """Return the text of a file, and what was assumed of its bytes.

    Lines that are not UTF-8 are read in the encoding that the file itself declares, as JabRef's do, else in
    Windows-1252, of which Latin-1 is a part: files that many programs wrote to have both.
    """
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError:
        pass
    fallback = _usable(declared) or "cp1252"
    if not encoding.startswith("utf-8") or fallback not in {"cp1252", "latin-1", "iso8859-1"}:
        other = fallback if encoding.startswith("utf-8") else encoding
        return data.decode(other, "replace"), f"read as {other}; what is no {other} is shown as \ufffd"
    lines: list[str] = []
    odd: list[int] = []
    for number, line in zip(count(1), data.split(b"\n"), strict=False):
        try:
            lines.append(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError:
            odd.append(number)
            lines.append(_latin(line))
    where = f"line {odd[0]}" + (f" and {len(odd) - 1:,} more" if len(odd) > 1 else "")
    return "\n".join(lines), f"not UTF-8, read as Windows-1252: {where}; --encoding NAME says otherwise"


def _latin(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _usable(name: str | None) -> str | None:
    """Return the normal name of an encoding of text that Python knows, or None."""
    found = text_encoding(name or "")
    return found if found and not found.startswith("utf") else None


def _whole(source: Source, name: str) -> bytes:
    data = bytearray()
    for block in source.blocks():
        data += block
        if len(data) > MAX_BIBLIOGRAPHY:
            why = f"more than {MAX_BIBLIOGRAPHY >> 20} MiB"
            raise source.unusable(why, remedy="split it", detected=name)
    return bytes(data)


def _last_line(text: str) -> str:
    return f"line {text.count(chr(10)) + 1}"
