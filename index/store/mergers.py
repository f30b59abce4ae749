"""Papers that the user makes one, and takes apart again; pairs that are to stay two."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from papers_tui.index.paper import Marks, Paper
from papers_tui.index.store.codec import decode_marks, decode_paper, encode_marks, encode_paper
from papers_tui.index.store.corpus_schema import CORPUS
from papers_tui.index.store.database import Database, Store, bindable
from papers_tui.index.store.failures import UnreadableRow
from papers_tui.index.store.matching import title_key
from papers_tui.index.store.merge import merge


@dataclass(frozen=True, slots=True)
class Part:
    """One of two papers that became one, as it was before."""

    paper: Paper
    marks: Marks


@dataclass(frozen=True, slots=True)
class _Row:
    """A paper with all that leads to it."""

    key: int
    seen: bytes
    document: str
    names: tuple[str, ...]
    titles: tuple[int, ...]
    mergers: tuple[int, ...] = ()

    def written(self, marks: Marks) -> str:
        parts: dict[str, Any] = {"seen": self.seen.hex(), "document": self.document, "names": self.names}
        parts |= {"titles": self.titles, "mergers": self.mergers, "marks": encode_marks(marks)}
        return json.dumps(parts, ensure_ascii=False)


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
            kept, taken = (_row(connection, paper_id) for paper_id, _ in (one, other))
            if kept is None or taken is None or kept.key == taken.key:
                return None
            _remember(connection, kept.key, kept.written(one[1]), taken.written(other[1]))
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

    def separate(self, paper_id: str) -> tuple[str, str] | None:
        """Take apart what the last merger made one, as both were before it; return both ids.

        What was imported of either since comes back with its next import. Both are kept apart from now on.
        """
        with self._database.writing() as connection:
            found = _merger(connection, paper_id)
            if found is None:
                return None
            number, key, kept, taken = found
            generation = _next_generation(connection)
            papers = [decode_paper(_text(part, "document")) for part in (kept, taken)]
            _update(connection, key, papers[0], bytes.fromhex(_text(kept, "seen")), generation)
            query = (
                "INSERT INTO paper (id, generation, day, seen, document) VALUES ('', 0, '', x'', '')"
                " RETURNING key"
            )
            other = connection.execute(query).fetchone()[0]
            _update(connection, other, papers[1], bytes.fromhex(_text(taken, "seen")), generation)
            for name in set(taken["names"]).difference(kept["names"]):
                connection.execute("UPDATE name SET paper = ? WHERE id = ? AND paper = ?", (other, name, key))
            _link(connection, key, papers[0], kept["titles"])
            _link(connection, other, papers[1], taken["titles"])
            connection.execute("DELETE FROM merger WHERE number = ?", (number,))
            for one in taken["mergers"]:
                connection.execute("UPDATE merger SET paper = ? WHERE number = ?", (other, one))
            _keep_apart(connection, papers[0].id, papers[1].id)
        return papers[0].id, papers[1].id

    def keep_apart(self, one: str, other: str) -> None:
        """Remember that two papers are different, whatever they have in common."""
        with self._database.writing() as connection:
            _keep_apart(connection, one, other)

    def apart(self) -> set[tuple[str, str]]:
        """Return the pairs of ids that are different papers, each in order."""
        with self._database.reading() as connection:
            return {(one, other) for one, other in connection.execute("SELECT one, other FROM apart")}


def are_apart(connection: sqlite3.Connection, one: int, other: int) -> bool:
    """Tell whether the user said that the papers with two keys are different."""
    query = (
        "SELECT 1 FROM apart JOIN name first ON first.id = one JOIN name second ON second.id = other"
        " WHERE (first.paper, second.paper) IN ((:one, :other), (:other, :one))"
    )
    return connection.execute(query, {"one": one, "other": other}).fetchone() is not None


def remember_absorbed(connection: sqlite3.Connection, kept: str, taken: str) -> None:
    """Remember two papers, by their ids, that an import is about to make one. Their marks follow later."""
    rows = _row(connection, kept), _row(connection, taken)
    if rows[0] is not None and rows[1] is not None:
        _remember(connection, rows[0].key, rows[0].written(Marks()), rows[1].written(Marks()))


def remember_version(
    connection: sqlite3.Connection, kept: str, paper: Paper, names: Collection[str], mark: bytes
) -> None:
    """Remember a paper that an import is about to take for another version of the one with the id `kept`."""
    row = _row(connection, kept)
    if row is not None:
        taken = _Row(0, mark, encode_paper(paper), tuple(names), (title_key(paper.title),))
        _remember(connection, row.key, row.written(Marks()), taken.written(Marks()))


def _remember(connection: sqlite3.Connection, key: int, kept: str, taken: str) -> None:
    made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    query = "INSERT INTO merger (paper, kept, taken, made) VALUES (?, ?, ?, ?)"
    connection.execute(query, (key, kept, taken, made))


def _pairs(names: Collection[str]) -> set[tuple[str, str]]:
    return {(one, other) for one in names for other in names if one < other}


def _keep_apart(connection: sqlite3.Connection, one: str, other: str) -> None:
    if one != other:
        pair = sorted(map(bindable, (one, other)))
        connection.execute("INSERT OR IGNORE INTO apart VALUES (?, ?)", pair)


def _row(connection: sqlite3.Connection, paper_id: str) -> _Row | None:
    query = "SELECT key, seen, document FROM name JOIN paper ON paper = key WHERE name.id = ?"
    found = connection.execute(query, (bindable(paper_id),)).fetchone()
    if found is None:
        return None

    def column(query: str) -> tuple[Any, ...]:
        return tuple(value for (value,) in connection.execute(query, (found[0],)))

    names = column("SELECT id FROM name WHERE paper = ?")
    titles = column("SELECT number FROM title WHERE paper = ?")
    key, seen, document = found
    return _Row(key, seen, document, names, titles, column("SELECT number FROM merger WHERE paper = ?"))


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
    number, key, *parts = found
    try:
        kept, taken = map(json.loads, parts)
    except ValueError as error:
        raise UnreadableRow from error
    return number, key, kept, taken


def _text(part: dict[str, Any], name: str) -> str:
    value = part.get(name)
    if not isinstance(value, str):
        raise UnreadableRow
    return value


def _part(part: dict[str, Any]) -> Part:
    return Part(decode_paper(_text(part, "document")), decode_marks(_text(part, "marks")))
