"""The journal of changes to marks, by which each can be undone and done again, also after a restart.

A step is what the user did at once, however many papers it touched. The latest step that this session made
is undone first, then the latest of all: one window does not take back what another one just did, as long as
it has done something itself. A new step ends what could have been done again. The newest thousand
steps are kept.

That a backup was restored is a step, too: what was done before it was done to other marks, and is undone
once they are back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from papers_tui.index.paper import Marks
from papers_tui.index.store.codec import decode_marks, encode_marks
from papers_tui.index.text import clean_line

RESTORE: Final = "restore"
"""Whose step it is that a backup was restored: nobody undoes what is older without undoing that first."""

_UNDOABLE: Final = (
    "undone IS NULL AND number >= coalesce("
    "(SELECT max(number) FROM step WHERE undone IS NULL AND session = :restore), 0)"
)

_REDOABLE: Final = (
    "undone IS NOT NULL AND number <= coalesce("
    "(SELECT min(number) FROM step WHERE undone IS NOT NULL AND session = :restore), number)"
    " AND (session <> :restore OR NOT EXISTS"
    " (SELECT 1 FROM step AS older WHERE older.undone IS NOT NULL AND older.number < step.number))"
)

_KEPT_STEPS: Final = 1_000
_KEPT_ITEMS: Final = 500_000


class OtherStep(Exception):
    """Another step is the next by now: another window did something meanwhile. Not an error."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of marks that is on the disk."""

    label: str
    ids: tuple[str, ...]
    """The papers whose marks changed."""
    conflict: bool = False
    """Whether something was changed elsewhere meanwhile: nothing was lost, and the user should look."""
    skipped: tuple[str, ...] = ()
    """Papers of which `undo` or `redo` left something alone, since it was changed again elsewhere."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a step did to the marks of one paper."""

    id: str
    before: Marks
    after: Marks


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the journal."""

    number: int
    """0 before it is written down."""
    label: str
    decided: str = ""
    """What it decided of two papers, as `decisions` writes that; empty where it changed marks alone."""


def record(
    connection: sqlite3.Connection,
    session: str,
    step: Step,
    done: Sequence[Item],
    *,
    continues: bool = False,
) -> None:
    """Write down what was just done, as a step of its own.

    If it `continues` the step before, which this session made under the same label, it becomes part of that.
    """
    connection.execute("DELETE FROM step WHERE undone IS NOT NULL")
    number = _last_alike(connection, session, step.label) if continues else None
    if number is None:
        made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        values = (step.label, session, made, step.decided)
        query = "INSERT INTO step (label, session, made, decided) VALUES (?, ?, ?, ?) RETURNING number"
        number = connection.execute(query, values).fetchone()[0]
    connection.executemany(
        "INSERT INTO step_item (step, id, before, after) VALUES (?, ?, ?, ?)",
        [(number, item.id, encode_marks(item.before), encode_marks(item.after)) for item in done],
    )
    connection.execute("DELETE FROM step WHERE number <= ?", (number - _KEPT_STEPS,))
    _drop_oldest(connection)


def _last_alike(connection: sqlite3.Connection, session: str, label: str) -> int | None:
    query = "SELECT number, session, label FROM step ORDER BY number DESC LIMIT 1"
    row = connection.execute(query).fetchone()
    return row[0] if row and row[1:] == (session, label) else None


def latest(connection: sqlite3.Connection, session: str, action: Literal["undo", "redo"]) -> Step | None:
    """Return the step to undo, or to do again, next."""
    condition, whose, order = (
        (_UNDOABLE, "session", "number") if action == "undo" else (_REDOABLE, "undone_by", "undone")
    )
    row = connection.execute(
        f"SELECT number, label, decided FROM step WHERE {condition}"
        f" ORDER BY {whose} = :own DESC, {order} DESC LIMIT 1",
        {"own": session, "restore": RESTORE},
    ).fetchone()
    return Step(row[0], clean_line(row[1]), *row[2:]) if row else None


def items(connection: sqlite3.Connection, step: Step) -> Iterator[Item]:
    """Yield what a step did, paper by paper."""
    rows = connection.execute(
        "SELECT id, before, after FROM step_item WHERE step = ? ORDER BY number", (step.number,)
    )
    for paper_id, before, after in rows:
        yield Item(paper_id, decode_marks(before), decode_marks(after))


def set_undone(connection: sqlite3.Connection, step: Step, session: str) -> None:
    """Write down that a session undid a step."""
    turn = connection.execute("SELECT coalesce(max(undone), 0) + 1 FROM step").fetchone()[0]
    values = (turn, session, step.number)
    connection.execute("UPDATE step SET undone = ?, undone_by = ? WHERE number = ?", values)


def set_redone(connection: sqlite3.Connection, step: Step) -> None:
    """Write down that a step was done again."""
    connection.execute("UPDATE step SET undone = NULL, undone_by = NULL WHERE number = ?", (step.number,))


def former_notes(connection: sqlite3.Connection, paper_id: str) -> set[str]:
    """Return the notes that a paper is known to have had."""
    rows = connection.execute("SELECT before, after FROM step_item WHERE id = ?", (paper_id,))
    return {note for row in rows for text in row if (note := decode_marks(text).note)}


def rename(connection: sqlite3.Connection, old_id: str, new_id: str) -> None:
    """Let what was done to a paper follow its new id."""
    connection.execute("UPDATE step_item SET id = ? WHERE id = ?", (new_id, old_id))


def _drop_oldest(connection: sqlite3.Connection) -> None:
    # Two queries: SQLite finds one end of a table at once, and reads all of it for both.
    first, last = (
        connection.execute(f"SELECT {end}(number) FROM step_item").fetchone()[0] for end in ("min", "max")
    )
    if first is not None and last - first >= _KEPT_ITEMS:
        limit = last - _KEPT_ITEMS
        connection.execute(
            "DELETE FROM step WHERE number < (SELECT max(step) FROM step_item WHERE number <= ?)", (limit,)
        )
