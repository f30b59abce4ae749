"""Papers that the user makes one, and takes apart again; pairs that are to stay two."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from papers_tui.index.paper import Marks, Paper
from papers_tui.index.store import merger_rows
from papers_tui.index.store.codec import decode_marks, decode_paper, encode_marks, encode_paper
from papers_tui.index.store.corpus_schema import CORPUS
from papers_tui.index.store.database import Database, Store, bindable
from papers_tui.index.store.failures import UnreadableRow
from papers_tui.index.store.merge import merge
from papers_tui.index.store.merger_rows import read_row, remember


@dataclass(frozen=True, slots=True)
class Part:
    """One of two papers that became one, as it was before."""

    paper: Paper
    marks: Marks
    names: frozenset[str] = frozenset()
    """The ids that led to it: its own one may have become better before."""


class Mergers(Store):
    """Joins and separates papers in papers.db. Every method may be called from any thread.

    Raises:
        LibraryError: if the file cannot be used or written, in one of its kinds; from any method.
    """

    def __init__(self, file: Path | Database) -> None:
        super().__init__(file, CORPUS)

    def join(self, one: tuple[str, Marks], other: tuple[str, Marks]) -> tuple[str, tuple[str, ...]] | None:
        """Make two papers one, by their ids, and remember how they and their marks were before.

        Returns the id of that one and the other ids that led to either, or None where they are one already,
        or one of them is not there.
        """
        with self._database.writing() as connection:
            kept, taken = (read_row(connection, paper_id) for paper_id, _ in (one, other))
            if kept is None or taken is None or kept.key == taken.key:
                return None
            remember(connection, kept.key, kept.written(one[1]), taken.written(other[1]))
            generation = _next_generation(connection)
            for table in ("name", "title", "paper_source", "merger"):
                query = f"UPDATE OR IGNORE {table} SET paper = ? WHERE paper = ?"
                connection.execute(query, (kept.key, taken.key))
            connection.execute("DELETE FROM paper WHERE key = ?", (taken.key,))
            connection.execute("INSERT OR REPLACE INTO removed VALUES (?, ?)", (taken.key, generation))
            merged = merge(decode_paper(kept.document), decode_paper(taken.document))
            _update(connection, kept.key, merged, kept.seen + taken.seen, generation)
            connection.execute("INSERT OR IGNORE INTO name VALUES (?, ?)", (merged.id, kept.key))
            for pair in _pairs([*kept.names, *taken.names]):
                connection.execute("DELETE FROM apart WHERE one = ? AND other = ?", pair)
            names = dict.fromkeys((*kept.names, *taken.names))
        return merged.id, tuple(name for name in names if name != merged.id)

    def parts(self, paper_id: str) -> tuple[Part, Part] | None:
        """Return the papers that the last merger made one paper of, as they were; None if there was none."""
        with self._database.reading() as connection:
            found = _merger(connection, paper_id)
        return found and (_part(found[2]), _part(found[3]))

    def remember_marks(self, number: int, kept: Marks, taken: Marks) -> None:
        """Remember also the marks that two papers had before an import made them one."""
        with self._database.writing() as connection:
            query = "SELECT kept, taken FROM merger WHERE number = ?"
            if (found := connection.execute(query, (number,)).fetchone()) is None:
                return
            texts = [
                _written({**_read(part), "marks": encode_marks(marks)})
                for part, marks in zip(found, (kept, taken), strict=True)
            ]
            connection.execute("UPDATE merger SET kept = ?, taken = ? WHERE number = ?", (*texts, number))

    def separate(self, paper_id: str, *, is_decided: bool = True) -> tuple[str, str] | None:
        """Take apart what the last merger made one, as both were before it; return both ids.

        What was imported of either since comes back with its next import. If that `is_decided`, both are kept
        apart from now on.
        """
        with self._database.writing() as connection:
            found = _merger(connection, paper_id)
            if found is None:
                return None
            number, key, kept, taken = found
            generation = _next_generation(connection)
            query = (
                "INSERT INTO paper (id, generation, day, seen, document) VALUES ('', 0, '', x'', '')"
                " RETURNING key"
            )
            other = connection.execute(query).fetchone()[0]
            for name in set(taken["names"]).difference(kept["names"]):
                connection.execute("UPDATE name SET paper = ? WHERE id = ? AND paper = ?", (other, name, key))
            one, another = (decode_paper(_text(part, "document")) for part in (kept, taken))
            another = _with_free_id(connection, replace(another, added=another.added or one.added), other)
            _update(connection, key, one, bytes.fromhex(_text(kept, "seen")), generation)
            _update(connection, other, another, bytes.fromhex(_text(taken, "seen")), generation)
            _link(connection, key, one, kept["titles"])
            _link(connection, other, another, taken["titles"])
            connection.execute("DELETE FROM merger WHERE number = ?", (number,))
            for earlier in taken["mergers"]:
                connection.execute("UPDATE merger SET paper = ? WHERE number = ?", (other, earlier))
            if is_decided:
                merger_rows.keep_apart(connection, one.id, another.id)
        return one.id, another.id

    def keep_apart(self, one: str, other: str) -> None:
        """Remember that two papers are different, whatever they have in common."""
        with self._database.writing() as connection:
            merger_rows.keep_apart(connection, one, other)

    def release(self, one: str, other: str) -> None:
        """Forget that two papers are different."""
        with self._database.writing() as connection:
            pair = sorted(map(bindable, (one, other)))
            connection.execute("DELETE FROM apart WHERE one = ? AND other = ?", pair)

    def apart(self) -> set[tuple[str, str]]:
        """Return the pairs of ids that are different papers, each in order."""
        with self._database.reading() as connection:
            return {(one, other) for one, other in connection.execute("SELECT one, other FROM apart")}


def _pairs(names: Collection[str]) -> set[tuple[str, str]]:
    return {(one, other) for one in names for other in names if one < other}


def _with_free_id(connection: sqlite3.Connection, paper: Paper, key: int) -> Paper:
    """Return a paper that is to have a key with an id that leads to no other one: titles may be the same."""
    names = (paper.id if turn == 1 else f"{paper.id}-{turn}" for turn in count(1))
    query = "SELECT 1 FROM name WHERE id = ? AND paper <> ?"
    return replace(
        paper, id=next(one for one in names if not connection.execute(query, (one, key)).fetchone())
    )


def _next_generation(connection: sqlite3.Connection) -> int:
    query = "UPDATE library SET generation = generation + 1 RETURNING generation"
    found: int = connection.execute(query).fetchone()[0]
    return found


def _update(connection: sqlite3.Connection, key: int, paper: Paper, seen: bytes, generation: int) -> None:
    featured = paper.featured[-1] if paper.featured else None
    day = max(paper.published or "", featured or "")
    connection.execute(
        "UPDATE paper SET id = ?, generation = ?, day = ?, featured = ?, seen = ?, document = ?"
        " WHERE key = ?",
        (paper.id, generation, day, featured, seen, encode_paper(paper), key),
    )


def _link(connection: sqlite3.Connection, key: int, paper: Paper, titles: list[int]) -> None:
    """Let a paper that was taken apart be found by its own ids, titles and sources, and by no other's."""
    from papers_tui.index.store.matching import title_key  # noqa: PLC0415 - a start compares no titles

    connection.execute("INSERT OR IGNORE INTO name VALUES (?, ?)", (paper.id, key))
    connection.execute("DELETE FROM title WHERE paper = ?", (key,))
    for number in {*titles, title_key(paper.title)}:
        connection.execute("INSERT INTO title VALUES (?, ?)", (number, key))
    connection.execute("DELETE FROM paper_source WHERE paper = ?", (key,))
    for source in paper.sources:
        connection.execute("INSERT OR IGNORE INTO source (name) VALUES (?)", (source,))
        query = "INSERT OR IGNORE INTO paper_source SELECT number, ? FROM source WHERE name = ?"
        connection.execute(query, (key, source))


def _merger(
    connection: sqlite3.Connection, paper_id: str
) -> tuple[int, int, dict[str, Any], dict[str, Any]] | None:
    query = (
        "SELECT number, merger.paper, kept, taken FROM merger JOIN name ON name.paper = merger.paper"
        " WHERE name.id = ? ORDER BY number DESC LIMIT 1"
    )
    found = connection.execute(query, (bindable(paper_id),)).fetchone()
    if found is None:
        return None
    number, key, kept, taken = found
    return number, key, _read(kept), _read(taken)


def _read(text: str) -> dict[str, Any]:
    try:
        part = json.loads(text)
    except ValueError as error:
        raise UnreadableRow from error
    if not isinstance(part, dict):
        raise UnreadableRow
    return part


def _written(part: dict[str, Any]) -> str:
    return json.dumps(part, ensure_ascii=False)


def _text(part: dict[str, Any], name: str) -> str:
    value = part.get(name)
    if not isinstance(value, str):
        raise UnreadableRow
    return value


def _part(part: dict[str, Any]) -> Part:
    names = part.get("names")
    if not isinstance(names, list):
        raise UnreadableRow
    return Part(
        decode_paper(_text(part, "document")), decode_marks(_text(part, "marks")), frozenset(map(str, names))
    )
