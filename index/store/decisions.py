"""What the user said of pairs of papers, that they are one or two, as steps of the journal of marks.db.

`decided/ONE OTHER`, a setting, holds the verdict on two ids: so it is backed up with the marks, and holds
again where papers.db was lost and the papers come anew. A step also remembers how both papers were, and whose
history went over to the other one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from papers_tui.index.paper import Marks, Paper
from papers_tui.index.store import journal, mark_changes, mark_rows
from papers_tui.index.store.codec import encode_paper
from papers_tui.index.store.drafts import rename_drafts
from papers_tui.index.store.failures import UnreadableRow
from papers_tui.index.store.journal import Change, Item, Step
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.uniting import MERGED_NOTES, reverted, united

State = Literal["", "joined", "same", "apart"]
"""Nothing was said; an import made them one; the user did; the user keeps them apart."""

_PREFIX: Final = "decided/"
_KEY: Final = "citation-key/"
_CITED: Final = "cited-as/"
_JOINED: Final = ("joined", "same")
_VERDICTS: Final = ("same", "apart")


@dataclass(frozen=True, slots=True)
class Decided:
    """What a step decided of a pair."""

    one: str
    """The id that both have where they are one."""
    other: str
    was: State
    now: State
    papers: tuple[str, str]
    """Both as they are where they are two, as the store keeps papers."""
    moved: tuple[int, ...] = ()
    """The items of earlier steps that are the other one's."""

    @property
    def pair(self) -> tuple[str, str]:
        """The ids in order."""
        return (self.one, self.other) if self.one <= self.other else (self.other, self.one)

    def reached(self, action: Literal["undo", "redo"]) -> tuple[State, State]:
        """Return the states before and after the step is undone, or done again."""
        return (self.now, self.was) if action == "undo" else (self.was, self.now)


def read_decided(text: str) -> Decided | None:
    """Return what a step decided; None if it is one of marks alone. Raises UnreadableRow."""
    if not text:
        return None
    try:
        found = json.loads(text)
        one, other = map(str, found["pair"])
        papers, moved = tuple(map(str, found["papers"])), tuple(map(int, found["moved"]))
        return Decided(one, other, found["was"], found["now"], (papers[0], papers[1]), moved)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise UnreadableRow from error


def is_joined(state: State) -> bool:
    """Whether two papers are one in a state."""
    return state in _JOINED


class Decisions:
    """Verdicts on pairs, and the steps that give them. Every method may be called from any thread.

    Raises:
        LibraryError: if marks.db cannot be used, in one of its kinds; from any method.
    """

    def __init__(self, marks: MarksStore) -> None:
        self._marks = marks
        self._database = marks.database

    def verdicts(self) -> dict[tuple[str, str], str]:
        """Return what was said, by pairs of ids in order."""
        with self._database.reading() as connection:
            query = "SELECT name, value FROM setting WHERE name > ? AND name < ?"
            rows = connection.execute(query, (_PREFIX, _PREFIX[:-1] + "0")).fetchall()
        pairs = ((tuple(name.removeprefix(_PREFIX).split(" ")), value) for name, value in rows)
        return {(pair[0], pair[1]): value for pair, value in pairs if len(pair) == 2 and value in _VERDICTS}

    def take_over(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Keep pairs apart that an earlier version kept apart, unless something was said of them since."""
        with self._database.writing() as connection:
            rows = [(_name(pair), "apart") for pair in pairs]
            connection.executemany("INSERT OR IGNORE INTO setting VALUES (?, ?)", rows)

    def next_step(self, action: Literal["undo", "redo"]) -> Decided | None:
        """Return what the step decided that is to be undone, or done again, next."""
        with self._database.snapshot() as connection:
            step = journal.latest(connection, self._marks.session, action)
            return read_decided(step.decided) if step else None

    def before_join(self, ids: tuple[str, str]) -> dict[str, Item] | None:
        """Return what the user did to the marks of two papers, by their ids, in making them one.

        None if an import did it, or it is not known any more.
        """
        with self._database.snapshot() as connection:
            step = _standing(connection, (min(ids), max(ids)))
            if step is None:
                return None
            blank = {paper_id: Item(paper_id, Marks(), Marks()) for paper_id in ids}
            return blank | {item.id: item for item in journal.items(connection, step)}

    def join(self, one: tuple[Paper, str], other: Paper, was: State) -> Change:
        """Say that a paper and another one are one; the first is given with its id then.

        Its marks are those of both from now on.
        """
        paper, now_called = one
        kept, taken = (paper, other) if paper.id == now_called else (other, paper)
        decided = Decided(kept.id, taken.id, was, "same", (encode_paper(kept), encode_paper(taken)))
        with self._database.writing() as connection:
            items = _join_marks(connection, decided)
            _give(connection, decided, "same")
            moved = _move(connection, decided)
            label = f"merge of {kept.id} and {taken.id}"
            self._record(connection, label, items, replace(decided, moved=moved))
        return Change(label, (kept.id,))

    def part(self, stays: Item, leaves: Item, papers: tuple[Paper, Paper], was: State) -> Change:
        """Say that a paper is two, and what marks each had and has."""
        texts = (encode_paper(papers[0]), encode_paper(papers[1]))
        decided = Decided(stays.id, leaves.id, was, "apart", texts)
        with self._database.writing() as connection:
            step = _standing(connection, decided.pair)
            joined = read_decided(step.decided) if step else None
            decided = replace(decided, moved=joined.moved if joined else ())
            _move_back(connection, decided)
            for item, text in zip((stays, leaves), texts, strict=True):
                if item.before.is_blank and item.after.is_blank:
                    continue
                after = mark_rows.settled(item.before, item.after)
                # A note that is open in a window must not be taken for an older one.
                revision = max(after.note_revision, stays.before.note_revision + 1)
                mark_rows.write(connection, item.id, replace(after, note_revision=revision), text)
            _give(connection, decided, "apart")
            label = f"take apart {stays.id} and {leaves.id}"
            self._record(connection, label, [stays, leaves], decided)
        return Change(label, (stays.id, leaves.id))

    def keep_apart(self, one: Paper, other: Paper) -> Change:
        """Say that two papers, of which nothing was said, are two."""
        decided = Decided(one.id, other.id, "", "apart", (encode_paper(one), encode_paper(other)))
        with self._database.writing() as connection:
            _give(connection, decided, "apart")
            label = f"keep {one.id} and {other.id} apart"
            self._record(connection, label, [], decided)
        return Change(label, (one.id, other.id))

    def _record(
        self, connection: sqlite3.Connection, label: str, items: Iterable[Item], decided: Decided
    ) -> None:
        step = Step(0, label, _written(decided))
        journal.record(connection, self._marks.session, step, list(items))
        mark_changes.note_change(connection)


def travel(
    connection: sqlite3.Connection, step: Step, action: Literal["undo", "redo"]
) -> tuple[list[str], list[str]]:
    """Take back what a step decided, or decide it again, marks included.

    Returns the ids of the papers that it changed, and of those of which something was left alone.
    """
    decided = read_decided(step.decided)
    if decided is None:
        raise UnreadableRow
    before, after = decided.reached(action)
    _give(connection, decided, after)
    if is_joined(before) == is_joined(after):
        return [decided.one, decided.other], []
    if is_joined(after):
        _join_marks(connection, decided)
        moved = _move(connection, decided)
        _rewrite(connection, step, replace(decided, moved=moved))
        return [decided.one], []
    _move_back(connection, decided)
    return [decided.one, decided.other], _part_marks(connection, step, action, decided)


def _join_marks(connection: sqlite3.Connection, decided: Decided) -> list[Item]:
    """Give the marks of both papers to the one, and return what that did."""
    known = mark_rows.read_many(connection, [decided.one, decided.other])
    ours, theirs = known.get(decided.one, Marks()), known.get(decided.other, Marks())
    both = united(ours, theirs, between=MERGED_NOTES)
    revision = max(ours.note_revision, theirs.note_revision) + (decided.other in known)
    trashed = ours.trashed and theirs.trashed
    if known:
        both = replace(both, note_revision=revision, trashed=trashed)
        mark_rows.write(connection, decided.one, both, decided.papers[0])
    if decided.other in known:
        mark_changes.remove_row(connection, decided.other)
    rename_drafts(connection, decided.other, decided.one)
    return [Item(decided.one, ours, both), Item(decided.other, theirs, Marks())] if known else []


def _part_marks(
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


def _move(connection: sqlite3.Connection, decided: Decided) -> tuple[int, ...]:
    """Let what was done to the other paper be undone in the one; return which items that are.

    What made the other paper one with some paper, or two again, stays its own.
    """
    query = (
        "UPDATE step_item SET id = :one WHERE id = :other AND step NOT IN"
        " (SELECT number FROM step WHERE decided <> '' AND json_extract(decided, '$.pair[1]') = :other)"
        " RETURNING number"
    )
    values = {"one": decided.one, "other": decided.other}
    return tuple(number for (number,) in connection.execute(query, values).fetchall())


def _move_back(connection: sqlite3.Connection, decided: Decided) -> None:
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


def _standing(connection: sqlite3.Connection, pair: tuple[str, str]) -> Step | None:
    """Return the last step, if it was not undone, by which the user made one paper of a pair."""
    query = (
        "SELECT number, label, decided FROM step WHERE decided <> '' AND undone IS NULL ORDER BY number DESC"
    )
    for row in connection.execute(query):
        step = Step(*row)
        decided = read_decided(step.decided)
        if decided is not None and decided.pair == pair:
            return step if decided.now == "same" else None
    return None


def _give(connection: sqlite3.Connection, decided: Decided, state: State) -> None:
    """Write the verdict of a state down."""
    name = _name(decided.pair)
    if state in _VERDICTS:
        connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, state))
    else:
        connection.execute("DELETE FROM setting WHERE name = ?", (name,))
    mark_changes.note_change(connection)


def _name(pair: tuple[str, str]) -> str:
    return f"{_PREFIX}{' '.join(sorted(pair))}"


def _rewrite(connection: sqlite3.Connection, step: Step, decided: Decided) -> None:
    connection.execute("UPDATE step SET decided = ? WHERE number = ?", (_written(decided), step.number))


def _written(decided: Decided) -> str:
    document: dict[str, Any] = {"pair": (decided.one, decided.other), "was": decided.was, "now": decided.now}
    return json.dumps(document | {"papers": decided.papers, "moved": decided.moved}, ensure_ascii=False)
