"""What changed in marks.db since it was last read: thousands of marks are not read again for one of them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from papers_tui.index.paper import Marks
from papers_tui.index.store import mark_rows


@dataclass(frozen=True, slots=True)
class MarksState:
    """A state of the marks. A state that was read before tells what has changed since."""

    identity: str
    """Of the file: a random word made with it."""
    generation: int
    """Transactions that changed marks."""


@dataclass(frozen=True, slots=True)
class MarkChanges:
    """Marks that changed."""

    state: MarksState
    """After the changes."""
    marks: dict[str, Marks]
    """By the papers' ids; blank where all was taken off."""
    is_all: bool
    """Whether these are the marks of all papers, whatever was read before."""


def read_state(connection: sqlite3.Connection) -> MarksState:
    """Return the state that `connection` reads."""
    return MarksState(*connection.execute("SELECT identity, generation FROM library").fetchone())


def read_changes(connection: sqlite3.Connection, since: MarksState | None) -> MarkChanges:
    """Return what changed `since`, or all where that cannot be told. `connection` is to read one state."""
    state = read_state(connection)
    removed = connection.execute("SELECT removed FROM library").fetchone()[0]
    if (
        since is None
        or since.identity != state.identity
        or not removed <= since.generation <= state.generation
    ):
        return MarkChanges(state, mark_rows.read_all(connection), is_all=True)
    return MarkChanges(state, mark_rows.read_changed(connection, since.generation), is_all=False)


def note_change(connection: sqlite3.Connection) -> None:
    """Write down that this transaction changed marks."""
    connection.execute("UPDATE library SET generation = generation + 1")


def remove_row(connection: sqlite3.Connection, paper_id: str) -> None:
    """Take out the row of a paper, which `note_change` has to follow."""
    connection.execute("DELETE FROM mark WHERE id = ?", (paper_id,))
    connection.execute("UPDATE library SET removed = generation + 1")
