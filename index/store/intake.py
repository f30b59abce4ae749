"""How a paper enters the corpus: matched with what is there, merged into it, or added."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import combinations
from typing import Final, NamedTuple

from papers_tui.index.paper import Paper
from papers_tui.index.store.codec import decode_paper, digest, encode_paper, with_added
from papers_tui.index.store.matching import (
    agree,
    have_different_arxiv_ids,
    is_same,
    may_be_same,
    title_key,
    untold,
)
from papers_tui.index.store.merge import merge
from papers_tui.index.store.merger_rows import (
    are_apart,
    awaits_another,
    is_kept_apart,
    remember_absorbed,
    remember_version,
)
from papers_tui.index.store.outcomes import Change, Join, Outcome

__all__ = ["Intake", "Outcome", "names_of"]

_DIGEST: Final = 8
_REMEMBERED: Final = 64
"""Descriptions of one paper that are known again without merging them."""

# Each of many papers with one title (`Editorial`) is looked at again for every new one.
_decoded = lru_cache(maxsize=2048)(decode_paper)


@dataclass(frozen=True, slots=True)
class _Row:
    key: int
    id: str
    seen: bytes
    document: str

    @property
    def paper(self) -> Paper:
        return _decoded(self.document)

    def has_seen(self, mark: bytes) -> bool:
        return any(self.seen[at : at + _DIGEST] == mark for at in range(0, len(self.seen), _DIGEST))


class _New(NamedTuple):
    """A paper that is put in."""

    paper: Paper
    text: str
    number: int
    marks: tuple[bytes, ...]
    """The digest of its text as it came; where it has no identifier, also that of what makes its citation."""


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
        number = title_key(paper.title)
        named, titled = self._known(names_of(paper), number)
        known = next((row for row in (*named, *titled) if row.has_seen(mark)), None)
        if known is not None:
            return Outcome(known.id, known.key, "unchanged", self._former(known.key, known.id, [paper.id]))
        new = _New(paper, text, number, (mark,) if _has_identifier(paper) else (mark, _told(paper)))
        return self._put(new, named, titled) if named or titled else self._add(new)

    def _put(self, new: _New, named: list[_Row], titled: list[_Row]) -> Outcome:
        paper = new.paper
        again = [row for row in (*named, *titled) if any(map(row.has_seen, new.marks[1:]))][:1]
        group = again or self._not_apart(new, named, _joined(paper, named, titled))
        if not group:
            outcome = self._add(new)
        else:
            certain = {row.key for row in (named if _has_identifier(paper) else again)}
            outcome = self._update(group, new, certain)
        doubts = [row for row in (*named, *titled) if row not in group and may_be_same(row.paper, paper)]
        if not doubts:
            return outcome
        ids = tuple(row.id for row in doubts if not are_apart(self._connection, row.key, outcome.key))
        return replace(outcome, doubts=ids)

    def _not_apart(self, new: _New, named: Sequence[_Row], group: list[_Row]) -> list[_Row]:
        """Leave out of a group what the user said is another paper; all, if it cannot be told which."""
        first = [row for row in group if row in named and not self._is_second(new.paper, row)]
        others = [row for row in group if row not in first and not self._is_other(new.paper, row)]
        if not first and any(self._are_apart(one, other) for one, other in combinations(others, 2)):
            return []
        kept: list[_Row] = []
        for row in (*first, *others):
            if not any(self._are_apart(row, one) for one in kept):
                kept.append(row)
        return sorted(kept, key=lambda row: row.key)

    def _is_other(self, paper: Paper, row: _Row) -> bool:
        """Tell whether the user said of a paper, before it came here, that it is not the one of a row."""
        is_apart = any(is_kept_apart(self._connection, name, row.key) for name in names_of(paper))
        return is_apart or self._is_second(paper, row)

    def _is_second(self, paper: Paper, row: _Row) -> bool:
        is_told = _has_identifier(paper) or row.id != paper.id
        return not is_told and awaits_another(self._connection, paper.id)

    def _are_apart(self, one: _Row, other: _Row) -> bool:
        return are_apart(self._connection, one.key, other.key)

    def _known(self, names: Sequence[str], number: int) -> tuple[list[_Row], list[_Row]]:
        """Return the papers that have, or had, one of these ids, and others with this title: mostly none."""
        named = f"SELECT paper FROM name WHERE id IN ({','.join('?' * len(names))})"
        titled = "SELECT paper FROM title WHERE number = ?"
        if self._connection.execute(f"{named} UNION ALL {titled}", (*names, number)).fetchone() is None:
            return [], []
        rows = self._rows(named, names)
        return rows, [row for row in self._rows(titled, [number]) if row not in rows]

    def _rows(self, query: str, values: Sequence[str | int]) -> list[_Row]:
        """Return the papers whose keys `query` finds."""
        query = f"SELECT key, id, seen, document FROM paper WHERE key IN ({query}) ORDER BY key"
        return [_Row(*row) for row in self._connection.execute(query, values)]

    def _add(self, new: _New) -> Outcome:
        self._has_changed = True
        paper, text = new.paper, new.text
        paper_id = self._free_id(paper)
        if paper_id != paper.id:
            paper = replace(paper, id=paper_id)
            text = encode_paper(paper)
        document = text if paper.added else with_added(text, self._added)
        inserted = self._connection.execute(
            "INSERT INTO paper (id, generation, day, featured, seen, document) VALUES (?, ?, ?, ?, ?, ?)",
            (paper_id, self._generation, *_days(paper), b"".join(new.marks), document),
        )
        key = inserted.lastrowid
        if key is None:
            raise AssertionError("SQLite tells the key of each row that it inserts")
        self._link(key, paper, [], new.number)
        return Outcome(paper.id, key, "added")

    def _free_id(self, paper: Paper) -> str:
        """Return an id that no other paper has: two papers may share a title and nothing else."""
        if paper.arxiv_id:
            return f"arxiv:{paper.arxiv_id}"
        wanted = f"doi:{paper.doi}" if paper.doi else paper.id
        free, turn = wanted, 1
        while self._connection.execute("SELECT 1 FROM name WHERE id = ?", (free,)).fetchone():
            turn += 1
            free = f"{untold(wanted)}-{turn}"
        return free

    def _update(self, group: Sequence[_Row], new: _New, certain: Collection[int]) -> Outcome:
        """Merge a paper into a row, and other rows with it; those of the keys `certain` are it for sure."""
        first, *others = group
        paper = new.paper
        merged = merge(reduce(merge, (row.paper for row in group)), paper)
        document = encode_paper(merged)
        joins = self._joins(group, new, certain)
        has_changed = bool(others) or document != encode_paper(first.paper)
        seen = b"".join([*(row.seen for row in group), *new.marks])[-_REMEMBERED * _DIGEST :]
        for row in others:
            self._absorb(row.key, first.key)
        if has_changed:
            self._has_changed = True
            self._connection.execute(
                "UPDATE paper SET id = ?, generation = ?, day = ?, featured = ?, seen = ?, document = ?"
                " WHERE key = ?",
                (merged.id, self._generation, *_days(merged), seen, document, first.key),
            )
        else:
            self._connection.execute("UPDATE paper SET seen = ? WHERE key = ?", (seen, first.key))
        self._link(first.key, merged, names_of(paper), new.number)
        former = self._former(first.key, merged.id, [*(row.id for row in group), paper.id])
        change: Change = "updated" if has_changed or joins else "unchanged"
        return Outcome(merged.id, first.key, change, former, joins)

    def _joins(self, group: Sequence[_Row], new: _New, certain: Collection[int]) -> tuple[Join, ...]:
        """Remember how the papers were that are about to be one: the rows of a group, and the new one."""
        first, *others = group
        paper, joins = new.paper, []
        if not any(row.key in certain for row in group):
            number = remember_version(self._connection, first.id, paper, names_of(paper), b"".join(new.marks))
            joins.append(Join(number, first.id, paper.id, is_new=True, is_by_title=True))
        for row in others:
            number = remember_absorbed(self._connection, first.id, row.id)
            is_by_title = not {first.key, row.key} <= set(certain)
            joins.append(Join(number, first.id, row.id, is_new=False, is_by_title=is_by_title))
        return tuple(joins)

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


def _has_identifier(paper: Paper) -> bool:
    return bool(paper.arxiv_id or paper.doi)


def _told(paper: Paper) -> bytes:
    """Return the digest of what tells a paper from others and makes its citation.

    By it a paper without an identifier is known again when its source counts, lists or describes it anew.
    """
    counted = replace(paper, comments=None, upvotes=None, stars=None, featured=(), categories=(), added=None)
    named = replace(counted, id=untold(paper.id), sources=(), source_title=None, urls={}, code=None)
    told = replace(named, abstract="", abstract_note=None, source_abstract=None)
    return digest("told:" + encode_paper(told))
