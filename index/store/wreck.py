"""What a damaged SQLite file still tells: its rows, one by one, past the pages that cannot be read.

A table is read from its beginning up to the damage, from its end back to it, and from every row between
that is known from elsewhere. Nothing here writes to the file itself: a private copy is read.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Final

from papers_tui.index.store.database import Database
from papers_tui.index.store.opening import Schema
from papers_tui.index.store.scratch import scratch_folder

_Key = tuple[Any, ...]
_Row = dict[str, Any]

_DAMAGE: Final = (sqlite3.Error, UnicodeDecodeError, OverflowError)
"""What SQLite raises at damage; the second where its own words on it cannot be read."""

_PROBES: Final = 100_000
"""Numbers of rows that are tried one by one, at most."""
_BLIND: Final = 2_000
"""The same where none was found."""
_HEADER: Final = slice(16, 18)
_PAGE_COUNT: Final = slice(28, 32)


class Wreck:
    """The rows that can be read of a damaged file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.is_incomplete: set[str] = set()
        """The tables of which something could not be read."""

    def rows(self, table: str, key: Sequence[str], known: Iterable[_Key] = (), index: str = "") -> list[_Row]:
        """Return the rows of a table that is stored by the columns of its `key`.

        `known` are keys to look for; where there are none, and the key is a number, all between are. An
        `index` of the table that has all of its columns is a second copy of it.
        """
        found: dict[_Key, _Row] = {}
        forwards, backwards = ", ".join(key), ", ".join(f"{column} DESC" for column in key)
        whole = f"SELECT * FROM {table} NOT INDEXED ORDER BY"
        if not self._read(f"{whole} {forwards}", (), key, found):
            self.is_incomplete.add(table)
            self._read(f"{whole} {backwards}", (), key, found)
            marks = ", ".join("?" * len(key))
            query = f"SELECT * FROM {table} NOT INDEXED WHERE ({forwards}) >= ({marks}) ORDER BY {forwards}"
            for foothold in sorted(known) or _numbers_between(found):
                if foothold not in found:
                    self._read(query, foothold, key, found)
            for order in ("", " DESC") if index else ():
                second = f"SELECT * FROM {table} INDEXED BY {index} ORDER BY {key[-1]}{order}"
                self._read(second, (), key, found)
        return list(found.values())

    def values(self, table: str, column: str) -> set[Any]:
        """Return the values of an indexed column, as far as they can be read."""
        found: set[Any] = set()
        for order in ("", " DESC"):
            with suppress(*_DAMAGE):
                query = f"SELECT {column} FROM {table} ORDER BY {column}{order}"
                for (value,) in self._connection.execute(query):
                    found.add(value)
                return found
        return found

    def _read(self, query: str, foothold: _Key, key: Sequence[str], found: dict[_Key, _Row]) -> bool:
        """Read rows until one cannot be, or, from a foothold on, until one that is known. False at damage."""
        try:
            cursor = self._connection.execute(query, foothold)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                fields = dict(zip(names, row, strict=True))
                place = tuple(fields[column] for column in key)
                if foothold and place in found:
                    break
                found[place] = fields
        except _DAMAGE:
            return False
        return True


@contextmanager
def opened_wreck(path: Path, schema: Schema, tables: Mapping[str, str]) -> Iterator[Wreck]:
    """Open a damaged file in the way by which most of some tables can be read, given with their first keys.

    The first page says where the tables begin. Where it is damaged, that of a new file is tried: its tables
    were made in the same order, and begin at the same places.

    Raises:
        DiskFull: if there is no room for a copy.
        OSError: if it cannot be copied.
    """
    with scratch_folder("salvage") as folder:
        ways: list[tuple[int, sqlite3.Connection]] = []
        try:
            for number, first_page in enumerate((None, *_first_pages(folder, schema))):
                copy = folder / f"{number}.db"
                _copy(path, copy, first_page)
                connection = sqlite3.connect(copy, isolation_level=None)
                connection.execute("PRAGMA writable_schema = ON")  # lets a file be read that was cut short
                connection.text_factory = lambda text: text.decode(errors="replace")
                ways.append((_readable_rows(connection, tables), connection))
            best = max(ways, key=lambda way: way[0])
            yield Wreck(best[1])
        finally:
            for _, connection in ways:
                connection.close()


def _first_pages(folder: Path, schema: Schema) -> Iterator[bytes]:
    """Yield the first page of a new file of the newest version, and of each one before."""
    for version in range(schema.version, 0, -1):
        fresh = folder / f"fresh-{version}.db"
        migrations = schema.migrations[:version]
        Database(fresh, Schema(schema.application_id, migrations)).close()
        content = fresh.read_bytes()
        yield content[: int.from_bytes(content[_HEADER])]


def _copy(path: Path, copy: Path, first_page: bytes | None) -> None:
    shutil.copyfile(path, copy)
    if first_page is None:
        journal = path.with_name(f"{path.name}-journal")
        with suppress(FileNotFoundError):
            shutil.copyfile(journal, copy.with_name(f"{copy.name}-journal"))
        return
    pages = -(-copy.stat().st_size // len(first_page))
    page = bytearray(first_page)
    page[_PAGE_COUNT] = pages.to_bytes(4)
    with copy.open("r+b") as file:
        file.write(page)
        file.truncate(pages * len(first_page))


def _readable_rows(connection: sqlite3.Connection, tables: Mapping[str, str]) -> int:
    rows = 0
    for table, key in tables.items():
        for order in ("", " DESC"):
            with suppress(*_DAMAGE):
                for _ in connection.execute(f"SELECT * FROM {table} NOT INDEXED ORDER BY {key}{order}"):
                    rows += 1
    return rows


def _numbers_between(found: Iterable[_Key]) -> Iterator[_Key]:
    """Yield the numbers of rows that may be there, between those that are."""
    numbers = sorted(key[0] for key in found if isinstance(key[0], int)) or [_BLIND]
    missing = (n for low, high in pairwise([0, *numbers]) for n in range(low + 1, high))
    return ((number,) for number in list(islice(missing, _PROBES)))
