"""The marks, history and citation keys of two papers, when it is decided that they are one, or two."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, Literal

from papers_tui.index.paper import Marks
from papers_tui.index.store import journal, mark_changes, mark_rows
from papers_tui.index.store.decided import Decided
from papers_tui.index.store.drafts import rename_drafts
from papers_tui.index.store.journal import Item, Step
from papers_tui.index.store.uniting import MERGED_NOTES, reverted, united

_KEY: Final = "citation-key/"
_CITED: Final = "cited-as/"
_NOTHING: Final[Mapping[str, tuple[Marks, Marks]]] = MappingProxyType({})


def join_marks(
    connection: sqlite3.Connection, decided: Decided, done: Mapping[str, tuple[Marks, Marks]] = _NOTHING
) -> list[Item]:
    """Give the marks of both papers to the one, and return what that did.

    Where it was `done` before, from some marks to others by ids of papers, it is done as it was then, unless
    something was marked since.
    """
    known = mark_rows.read_many(connection, [decided.one, decided.other])
    ours, theirs = known.get(decided.one, Marks()), known.get(decided.other, Marks())
    both = _joined_again(decided, ours, theirs, done) or united(ours, theirs, between=MERGED_NOTES)
    revision = max(ours.note_revision, theirs.note_revision) + (decided.other in known)
    trashed = ours.trashed and theirs.trashed
    if known:
        both = replace(both, note_revision=revision, trashed=trashed)
        mark_rows.write(connection, decided.one, both, decided.papers[0])
    if decided.other in known:
        mark_changes.remove_row(connection, decided.other)
    rename_drafts(connection, decided.other, decided.one)
    return [Item(decided.one, ours, both), Item(decided.other, theirs, Marks())] if known else []


def _joined_again(
    decided: Decided, ours: Marks, theirs: Marks, done: Mapping[str, tuple[Marks, Marks]]
) -> Marks | None:
    if decided.one not in done or decided.other not in done:
        return None
    both, is_blocked = reverted(ours, *done[decided.one])
    was = done[decided.other][0]
    is_as_it_was = replace(theirs, note_revision=0) == replace(was, note_revision=0)
    return both if is_as_it_was and not is_blocked else None


def part_marks(
    connection: sqlite3.Connection, step: Step, action: Literal["undo", "redo"], decided: Decided
) -> list[str]:
    """Give both papers the marks that they have where they are two; return those left with the one."""
    skipped = []
    snapshots: Mapping[str, str] = dict(zip((decided.one, decided.other), decided.papers, strict=True))
    shared = mark_rows.read(connection, decided.one).note_revision
    for item in list(journal.items(connection, step)):
        made, wanted = (item.after, item.before) if action == "undo" else (item.before, item.after)
        now = mark_rows.read(connection, item.id)
        then, is_blocked = reverted(now, made, wanted)
        then = mark_rows.settled(now, then)
        revision = max(then.note_revision, shared + 1) if item.id == decided.other else then.note_revision
        mark_rows.write(connection, item.id, replace(then, note_revision=revision), snapshots.get(item.id))
        if is_blocked:
            skipped.append(item.id)
    return skipped


def move(
    connection: sqlite3.Connection, decided: Decided, *, but: tuple[int, str] = (0, "")
) -> tuple[int, ...]:
    """Let what was done to the other paper be undone in the one; return which items that are.

    What made the other paper one with some paper, or two again, stays its own: `but` is a step that did, and
    the id that it had then.
    """
    query = (
        "UPDATE step_item SET id = :one WHERE id = :other AND step <> :step AND step NOT IN"
        " (SELECT number FROM step WHERE decided <> ''"
        " AND json_extract(decided, '$.pair[1]') IN (:other, :former))"
        " RETURNING number"
    )
    values = {"one": decided.one, "other": decided.other, "step": but[0], "former": but[1]}
    return tuple(number for (number,) in connection.execute(query, values).fetchall())


def move_back(connection: sqlite3.Connection, decided: Decided) -> None:
    """Give the other paper its history, and its citation key if that went over to the one."""
    query = "UPDATE step_item SET id = ? WHERE number = ? AND id = ?"
    connection.executemany(query, [(decided.other, number, decided.one) for number in decided.moved])

    key = _setting(connection, f"{_KEY}{decided.other}")
    if key is not None and _setting(connection, f"{_CITED}{key.lower()}") == decided.one:
        query = "UPDATE setting SET value = ? WHERE name = ?"
        connection.execute(query, (decided.other, f"{_CITED}{key.lower()}"))
        query = "DELETE FROM setting WHERE name = ? AND value = ?"
        connection.execute(query, (f"{_KEY}{decided.one}", key))


def _setting(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None
