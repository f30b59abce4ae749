"""What the user said of pairs of papers, that they are one or two, as steps of the journal of marks.db.

`decided/ONE OTHER`, a setting, holds the verdict on two ids: so it is backed up with the marks, and holds
again where papers.db was lost and the papers come anew. A step also remembers how both papers were, and whose
history went over to the other one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Literal

from papers_tui.index.paper import Marks, Paper
from papers_tui.index.store import journal, mark_changes, mark_rows
from papers_tui.index.store.codec import encode_paper
from papers_tui.index.store.decided import VERDICT, Decided, State, is_joined, read_decided, written
from papers_tui.index.store.decided_marks import join_marks, move, move_back, part_marks
from papers_tui.index.store.failures import UnreadableRow
from papers_tui.index.store.journal import Change, Item, Step
from papers_tui.index.store.marks import MarksStore

_VERDICTS: Final = ("same", "apart")


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
            rows = connection.execute(query, (VERDICT, VERDICT[:-1] + "0")).fetchall()
        pairs = ((tuple(name.removeprefix(VERDICT).split(" ")), value) for name, value in rows)
        return {(pair[0], pair[1]): value for pair, value in pairs if len(pair) == 2 and value in _VERDICTS}

    def called_now(self, pair: tuple[str, str]) -> tuple[str, str]:
        """Return the ids that two papers have now which the user made one."""
        with self._database.snapshot() as connection:
            step = _standing(connection, pair)
            decided = read_decided(step.decided) if step else None
            if step is None or decided is None:
                return pair
            now = _as_called_now(decided, journal.items(connection, step))
            return now.one, now.other

    def take_over(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Keep pairs apart that an earlier version kept apart, unless something was said of them since."""
        with self._database.writing() as connection:
            rows = [(_name(pair), "apart") for pair in pairs]
            connection.executemany("INSERT OR IGNORE INTO setting VALUES (?, ?)", rows)

    def next_step(self, action: Literal["undo", "redo"]) -> tuple[int, Decided | None]:
        """Return the number of the step that is to be undone, or done again, next, and what it decided.

        The papers have the ids that they have now. 0 where there is no step.
        """
        with self._database.snapshot() as connection:
            step = journal.latest(connection, self._marks.session, action)
            decided = read_decided(step.decided) if step else None
            if step is None or decided is None:
                return (step.number if step else 0), None
            now = _as_called_now(decided, journal.items(connection, step))
            return step.number, replace(now, former=(decided.one, decided.other))

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
            items = join_marks(connection, decided)
            _give(connection, decided, "same")
            moved = move(connection, decided)
            label = f"merge of {kept.id} and {taken.id}"
            self._record(connection, label, items, replace(decided, moved=moved))
        return Change(label, (kept.id,))

    def said_before_join(self, ids: tuple[str, str]) -> State:
        """Return what was said of two papers before the user made them one."""
        with self._database.snapshot() as connection:
            step = _standing(connection, (min(ids), max(ids)))
            decided = read_decided(step.decided) if step else None
        return decided.was if decided else ""

    def part(
        self, stays: Item, leaves: Item, papers: tuple[Paper, Paper], states: tuple[State, State]
    ) -> Change:
        """Say that a paper is two, what was said of them and now is, and what marks each had and has."""
        texts = (encode_paper(papers[0]), encode_paper(papers[1]))
        decided = Decided(stays.id, leaves.id, *states, texts)
        with self._database.writing() as connection:
            step = _standing(connection, decided.pair)
            joined = read_decided(step.decided) if step else None
            decided = replace(decided, moved=joined.moved if joined else ())
            move_back(connection, decided)
            for item, text in zip((stays, leaves), texts, strict=True):
                if item.before.is_blank and item.after.is_blank:
                    continue
                after = mark_rows.settled(item.before, item.after)
                # A note that is open in a window must not be taken for an older one.
                revision = max(after.note_revision, stays.before.note_revision + 1)
                mark_rows.write(connection, item.id, replace(after, note_revision=revision), text)
            _give(connection, decided, decided.now)
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
        step = Step(0, label, written(decided))
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
    items = list(journal.items(connection, step))
    now = _as_called_now(decided, items)
    if is_joined(before) == is_joined(after):
        return [now.one, now.other], []
    if is_joined(after):
        done = {
            item.id: (item.after, item.before) if action == "undo" else (item.before, item.after)
            for item in items
        }
        join_marks(connection, now, done)
        moved = move(connection, now, but=(step.number, decided.other))
        _rewrite(connection, step, replace(decided, moved=moved))
        return [now.one], []
    move_back(connection, now)
    return [now.one, now.other], part_marks(connection, step, action, now)


def _as_called_now(decided: Decided, items: Iterable[Item]) -> Decided:
    """Return a decision with the ids that the papers have now, which the items of its step follow."""
    ids = [item.id for item in items]
    return replace(decided, one=ids[0], other=ids[1]) if len(set(ids)) == len(ids) == 2 else decided


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
    return f"{VERDICT}{' '.join(sorted(pair))}"


def _rewrite(connection: sqlite3.Connection, step: Step, decided: Decided) -> None:
    connection.execute("UPDATE step SET decided = ? WHERE number = ?", (written(decided), step.number))
