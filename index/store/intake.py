"""How a paper enters the corpus: matched with what is there, merged into it, or added."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from typing import Final, Literal

from papers_tui.index.paper import Paper
from papers_tui.index.store.codec import decode_paper, digest, encode_paper, with_added
from papers_tui.index.store.matching import (
    agree,
    have_different_arxiv_ids,
    have_different_ids,
    is_same,
    title_key,
)
from papers_tui.index.store.merge import merge
from papers_tui.index.store.mergers import are_apart, remember_absorbed, remember_version

_DIGEST: Final = 8
_REMEMBERED: Final = 64
"""Descriptions of one paper that are known again without merging them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one paper that was put into the corpus."""

    id: str
    """The paper's id now."""
    key: int
    change: Literal["added", "updated", "unchanged"]
    former_ids: tuple[str, ...] = ()
    """Other ids under which the paper was known or offered: what hangs on them belongs to `id`."""


@dataclass(frozen=True, slots=True)
class _Row:
    key: int
    id: str
    seen: bytes
    document: str

    @property
    def paper(self) -> Paper:
        return decode_paper(self.document)

    def has_seen(self, mark: bytes) -> bool:
        return any(self.seen[at : at + _DIGEST] == mark for at in range(0, len(self.seen), _DIGEST))


def names_of(paper: Paper) -> list[str]:
    """Return the ids by which a paper is looked for."""
    names = [paper.id]
    if paper.arxiv_id:
        names.append(f"arxiv:{paper.arxiv_id}")
    if paper.doi:
        names.append(f"doi:{paper.doi}")
    return list(dict.fromkeys(names))


class Intake:
    """Puts papers into a corpus, within a transaction that the caller begins and ends."""

    def __init__(self, connection: sqlite3.Connection, added: str) -> None:
        self._connection = connection
        self._added = added
        found = connection.execute("SELECT generation FROM library").fetchone()
        self._generation: int = found[0] + 1
        self._sources: dict[str, int] = {}
        self._has_changed = False

    def finish(self) -> None:
        """Count this transaction as a generation, if it changed a paper."""
        if self._has_changed:
            self._connection.execute("UPDATE library SET generation = ?", (self._generation,))

    def take(self, paper: Paper) -> Outcome:
        """Put one paper in."""
        text = encode_paper(paper)
        mark = digest(text)
        named = self._named(names_of(paper))
        known = next((row for row in named if row.has_seen(mark)), None)
        if known is None:
            number = title_key(paper.title)
            titled = [row for row in self._titled(number) if row not in named]
            known = next((row for row in titled if row.has_seen(mark)), None)
        if known is not None:
            return Outcome(known.id, known.key, "unchanged", self._former(known.key, known.id, [paper.id]))
        group = self._not_apart(named, _joined(paper, named, titled))
        return self._update(group, paper, number, mark) if group else self._add(paper, text, number, mark)

    def _not_apart(self, named: Sequence[_Row], group: list[_Row]) -> list[_Row]:
        """Leave out of a group what the user said is another paper; all, if it cannot be told which."""
        if len(group) < 2:
            return group
        first = [row for row in group if row in named]
        others = [row for row in group if row not in first]
        if not first and any(self._are_apart(one, other) for one, other in combinations(others, 2)):
            return []
        kept: list[_Row] = []
        for row in (*first, *others):
            if not any(self._are_apart(row, one) for one in kept):
                kept.append(row)
        return sorted(kept, key=lambda row: row.key)

    def _are_apart(self, one: _Row, other: _Row) -> bool:
        return are_apart(self._connection, one.key, other.key)

    def _named(self, names: Sequence[str]) -> list[_Row]:
        """Return the papers that have, or had, one of these ids."""
        marks = ",".join("?" * len(names))
        return self._rows(f"SELECT paper FROM name WHERE id IN ({marks})", names)

    def _titled(self, number: int) -> list[_Row]:
        return self._rows("SELECT paper FROM title WHERE number = ?", [number])

    def _rows(self, query: str, values: Sequence[str | int]) -> list[_Row]:
        """Return the papers whose keys `query` finds: most often there is none to be read."""
        if self._connection.execute(query, values).fetchone() is None:
            return []
        rows = f"SELECT key, id, seen, document FROM paper WHERE key IN ({query}) ORDER BY key"
        return [_Row(*row) for row in self._connection.execute(rows, values)]

    def _add(self, paper: Paper, text: str, number: int, mark: bytes) -> Outcome:
        """Add a paper whose text, as it came, has the digest `mark`."""
        self._has_changed = True
        paper_id = self._free_id(paper)
        if paper_id != paper.id:
            paper = replace(paper, id=paper_id)
            text = encode_paper(paper)
        document = text if paper.added else with_added(text, self._added)
        inserted = self._connection.execute(
            "INSERT INTO paper (id, generation, day, featured, seen, document) VALUES (?, ?, ?, ?, ?, ?)",
            (paper_id, self._generation, *_days(paper), mark, document),
        )
        key = inserted.lastrowid
        if key is None:
            raise AssertionError("SQLite tells the key of each row that it inserts")
        self._link(key, paper, [], number)
        return Outcome(paper.id, key, "added")

    def _free_id(self, paper: Paper) -> str:
        """Return an id that no other paper has: two papers may share a title and nothing else."""
        if paper.arxiv_id:
            return f"arxiv:{paper.arxiv_id}"
        wanted = f"doi:{paper.doi}" if paper.doi else paper.id
        free, turn = wanted, 1
        while self._connection.execute("SELECT 1 FROM name WHERE id = ?", (free,)).fetchone():
            turn += 1
            free = f"{wanted}-{turn}"
        return free

    def _update(self, group: Sequence[_Row], paper: Paper, number: int, mark: bytes) -> Outcome:
        first, *others = group
        merged = merge(reduce(merge, (row.paper for row in group)), paper)
        document = encode_paper(merged)
        has_changed = bool(others) or document != encode_paper(first.paper)
        seen = b"".join([*(row.seen for row in group), mark])[-_REMEMBERED * _DIGEST :]
        if has_changed:
            self._has_changed = True
            if have_different_ids(first.paper, paper):
                remember_version(self._connection, first.id, paper, names_of(paper), mark)
            for row in others:
                remember_absorbed(self._connection, first.id, row.id)
                self._absorb(row.key, first.key)
            self._connection.execute(
                "UPDATE paper SET id = ?, generation = ?, day = ?, featured = ?, seen = ?, document = ?"
                " WHERE key = ?",
                (merged.id, self._generation, *_days(merged), seen, document, first.key),
            )
        else:
            self._connection.execute("UPDATE paper SET seen = ? WHERE key = ?", (seen, first.key))
        self._link(first.key, merged, names_of(paper), number)
        former = self._former(first.key, merged.id, [*(row.id for row in group), paper.id])
        return Outcome(merged.id, first.key, "updated" if has_changed else "unchanged", former)

    def _absorb(self, key: int, into: int) -> None:
        """Let everything that led to one paper lead to another, and remove the first."""
        for table in ("name", "title", "paper_source", "merger"):
            self._connection.execute(f"UPDATE OR IGNORE {table} SET paper = ? WHERE paper = ?", (into, key))
        self._connection.execute("DELETE FROM paper WHERE key = ?", (key,))
        self._connection.execute("INSERT OR REPLACE INTO removed VALUES (?, ?)", (key, self._generation))

    def _link(self, key: int, paper: Paper, more_names: Iterable[str], number: int) -> None:
        """Let the paper be found by its ids, its title and its sources."""
        execute = self._connection.execute
        for name in dict.fromkeys([*names_of(paper), *more_names]):
            execute("INSERT OR IGNORE INTO name VALUES (?, ?)", (name, key))
        execute("INSERT OR IGNORE INTO title VALUES (?, ?)", (number, key))
        for source in paper.sources:
            execute("INSERT OR IGNORE INTO paper_source VALUES (?, ?)", (self._source(source), key))

    def _former(self, key: int, current: str, names: Iterable[str]) -> tuple[str, ...]:
        """Return those of `names` that lead to the paper and are not its id."""
        others = [name for name in dict.fromkeys(names) if name != current]
        query = "SELECT 1 FROM name WHERE id = ? AND paper = ?"
        return tuple(name for name in others if self._connection.execute(query, (name, key)).fetchone())

    def _source(self, name: str) -> int:
        if name not in self._sources:
            self._connection.execute("INSERT OR IGNORE INTO source (name) VALUES (?)", (name,))
            found = self._connection.execute("SELECT number FROM source WHERE name = ?", (name,)).fetchone()
            self._sources[name] = found[0]
        return self._sources[name]


def _days(paper: Paper) -> tuple[str, str | None]:
    """Return the day by which a paper is new, and the last one in a listing."""
    featured = paper.featured[-1] if paper.featured else None
    return max(paper.published or "", featured or ""), featured


def _joined(paper: Paper, named: Sequence[_Row], titled: Sequence[_Row]) -> list[_Row]:
    """Return the rows that describe the paper; several where it shows that they are one."""
    group = [row for row in named if _is_named(paper, row.paper)]
    if len(group) > 1 and have_different_arxiv_ids(group[0].paper, group[1].paper):
        group = [row for row in group if row.id == paper.id] or group[:1]
    others = [row for row in (*named, *titled) if row not in group and is_same(row.paper, paper)]
    if group:
        others = [row for row in others if all(is_same(row.paper, one.paper) for one in group)]
    elif len(others) > 1:
        others = [row for row in others if agree(row.paper, paper)] or others
    if any(not is_same(one.paper, other.paper) for one, other in combinations(others, 2)):
        others = []  # which of them is meant cannot be told
    return sorted([*group, *others], key=lambda row: row.key)


def _is_named(paper: Paper, known: Paper) -> bool:
    """Tell whether a paper that was found by an id is meant by it."""
    if have_different_arxiv_ids(paper, known):
        return False
    has_identifier = bool(paper.arxiv_id or paper.doi)
    return (has_identifier and bool(known.arxiv_id or known.doi)) or is_same(paper, known)
