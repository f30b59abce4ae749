"""What a file is that lies in the place of one of ours, told without touching it.

SQLite looks at it as at a file that cannot change: no journal of another program is played back, no lock is
taken, and no file made beside it.
"""

from __future__ import annotations

import codecs
import os
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

from papers_tui.index.text import clean_line

_OURS: Final[Mapping[int, tuple[str, frozenset[str]]]] = {
    0x5054504D: ("marks.db", frozenset({"mark", "step", "tag"})),
    0x50545043: ("papers.db", frozenset({"paper", "name", "title"})),
}
"""Our files by their application ids, with tables that each has in every version."""

_MOST_NAMED: Final = 3
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_PAGE: Final = 4096
_MOST_PAGES: Final = 1000
_HEADERS: Final[Mapping[int, int]] = {2: 12, 5: 12, 10: 8, 13: 8}
"""The kinds of pages of a B-tree, and the bytes of their headers: <https://sqlite.org/fileformat2.html>."""
_MOST_FRAGMENTS: Final = 60
"""Bytes of a page that are lost between its cells, at most."""


def stranger(path: Path, application_id: int) -> str:
    """Return what a file is that is nothing of ours, in words that follow its name.

    Returns nothing for what is ours, or was before it was damaged, and for what holds nothing yet.

    Raises:
        OSError: if the file cannot be read.
    """
    if not path.stat().st_size:
        return ""
    try:
        found = _looked_at(path)
    except UnicodeDecodeError:  # of SQLite's words on a schema that is damaged
        return ""
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") != "SQLITE_NOTADB":
            return ""
        found = None
    if found is None:  # or the first page of ours is being written
        return "" if path.with_name(f"{path.name}-journal").exists() else _what_bytes_are(path)
    owner, tables = found
    own_tables = _OURS[application_id][1] if application_id in _OURS else {""}
    is_new = not owner and not tables and not _has_wal(path)
    if owner == application_id or is_new or own_tables <= set(tables):
        return ""
    return f"is a {_OURS[owner][0]} of papers-tui" if owner in _OURS else _of_another_program(owner, tables)


def _looked_at(path: Path) -> tuple[int, list[str]] | None:
    """Return the application id of a database and the names of its tables; None where it has no pages."""
    with closing(_unchanging(path)) as connection:
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        tables = [name for (name,) in found if isinstance(name, str)]
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        return (owner, tables) if pages else None


def _has_wal(path: Path) -> bool:
    """Whether there is more of a database beside it, as there never is of ours."""
    return path.with_name(f"{path.name}-wal").exists()


def _unchanging(path: Path) -> sqlite3.Connection:
    address = f"file:{quote(os.fsencode(path.absolute()))}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    connection.text_factory = lambda text: text.decode(errors="replace")
    return connection


def _of_another_program(owner: int, tables: list[str]) -> str:
    more = ", …" if len(tables) > _MOST_NAMED else ""
    named = ", ".join(clean_line(name, limit=40) for name in tables[:_MOST_NAMED])
    facts = [f"application id {owner:#x}"] if owner else []
    facts += [f"with the tables {named}{more}"] if tables else []
    said = f" ({', '.join(facts)})" if facts else ""
    return f"is a database of another program{said}"


def _what_bytes_are(path: Path) -> str:
    """Tell what a file is that SQLite does not take for a database. No store has locks on such a file."""
    with path.open("rb") as file:
        head = file.read(_PAGE)
        if not any(head) or _has_pages(file):
            return ""
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        text = "\0"
    return "is no database that can be read" if _NOT_TEXT.search(text) else "is a text file, and no database"


def _has_pages(file: BinaryIO) -> bool:
    """Whether pages of tables follow the first, as in a database whose first page was damaged."""
    for _ in range(_MOST_PAGES):
        if len(page := file.read(_PAGE)) < _PAGE:
            return False
        free, cells, content = (int.from_bytes(page[at : at + 2]) for at in (1, 3, 5))
        first = _HEADERS.get(page[0], _PAGE) + 2 * cells
        if cells and first <= content <= _PAGE and free <= _PAGE and page[7] <= _MOST_FRAGMENTS:
            return True
    return False
