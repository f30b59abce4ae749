"""How two papers were before they became one, as rows of papers.db, and pairs that are to stay two."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from papers_tui.index.paper import Marks, Paper
from papers_tui.index.store.codec import encode_marks, encode_paper
from papers_tui.index.store.database import bindable


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper with all that leads to it."""

    key: int
    seen: bytes
    document: str
    names: tuple[str, ...]
    titles: tuple[int, ...]
    mergers: tuple[int, ...] = ()

    def written(self, marks: Marks) -> str:
        """Return it as JSON, together with marks."""
        parts: dict[str, Any] = {"seen": self.seen.hex(), "document": self.document, "names": self.names}
        parts |= {"titles": self.titles, "mergers": self.mergers, "marks": encode_marks(marks)}
        return json.dumps(parts, ensure_ascii=False)


def read_row(connection: sqlite3.Connection, paper_id: str) -> PaperRow | None:
    """Return the paper to which an id leads."""
    query = "SELECT key, seen, document FROM name JOIN paper ON paper = key WHERE name.id = ?"
    found = connection.execute(query, (bindable(paper_id),)).fetchone()
    if found is None:
        return None

    def column(query: str) -> tuple[Any, ...]:
        return tuple(value for (value,) in connection.execute(query, (found[0],)))

    names = column("SELECT id FROM name WHERE paper = ?")
    titles = column("SELECT number FROM title WHERE paper = ?")
    key, seen, document = found
    mergers = column("SELECT number FROM merger WHERE paper = ?")
    return PaperRow(key, seen, document, names, titles, mergers)


def remember(connection: sqlite3.Connection, key: int, kept: str, taken: str) -> int:
    """Remember two papers, as `PaperRow.written` has them, that become the one with a key; return where."""
    made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    query = "INSERT INTO merger (paper, kept, taken, made) VALUES (?, ?, ?, ?) RETURNING number"
    number: int = connection.execute(query, (key, kept, taken, made)).fetchone()[0]
    return number


def remember_absorbed(connection: sqlite3.Connection, kept: str, taken: str) -> int:
    """Remember two papers, by their ids, that an import is about to make one. Their marks follow later."""
    first, second = read_row(connection, kept), read_row(connection, taken)
    if first is None or second is None:
        raise AssertionError("an import joins papers that are there")
    return remember(connection, first.key, first.written(Marks()), second.written(Marks()))


def remember_version(
    connection: sqlite3.Connection, kept: str, paper: Paper, names: Collection[str], seen: bytes
) -> int:
    """Remember a paper that an import is about to take for the one with the id `kept`."""
    from papers_tui.index.store.matching import title_key  # noqa: PLC0415 - a start compares no titles

    row = read_row(connection, kept)
    if row is None:
        raise AssertionError("an import joins papers that are there")
    taken = PaperRow(0, seen, encode_paper(paper), tuple(names), (title_key(paper.title),))
    return remember(connection, row.key, row.written(Marks()), taken.written(Marks()))


def keep_apart(connection: sqlite3.Connection, one: str, other: str) -> None:
    """Remember that two papers are different, by their ids."""
    if one != other:
        pair = sorted(map(bindable, (one, other)))
        connection.execute("INSERT OR IGNORE INTO apart VALUES (?, ?)", pair)


def are_apart(connection: sqlite3.Connection, one: int, other: int) -> bool:
    """Tell whether the user said that the papers with two keys are different."""
    query = (
        "SELECT 1 FROM apart JOIN name first ON first.id = one JOIN name second ON second.id = other"
        " WHERE (first.paper, second.paper) IN ((:one, :other), (:other, :one))"
    )
    return connection.execute(query, {"one": one, "other": other}).fetchone() is not None


def is_kept_apart(connection: sqlite3.Connection, name: str, key: int) -> bool:
    """Tell whether the user said that what has an id is not the paper with a key."""
    query = (
        "SELECT 1 FROM apart JOIN name ON name.id = iif(one = :name, other, one)"
        " WHERE :name IN (one, other) AND paper = :key"
        " AND NOT EXISTS (SELECT 1 FROM name WHERE id = :name)"
    )
    return connection.execute(query, {"name": bindable(name), "key": key}).fetchone() is not None


def awaits_another(connection: sqlite3.Connection, title_id: str) -> bool:
    """Tell whether the user keeps apart two papers of one title, the second of which is not here yet.

    Without an identifier both come with the same id, and the second is told by a number after it.
    """
    query = (
        "SELECT 1 FROM apart WHERE one = :id AND substr(other, 1, length(:id) + 1) = :id || '-'"
        " AND other NOT IN (SELECT id FROM name)"
    )
    return connection.execute(query, {"id": bindable(title_id)}).fetchone() is not None
