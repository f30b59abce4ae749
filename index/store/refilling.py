"""Other contents for marks.db: those of a backup, or what could be read of a damaged file.

They may come from anywhere, so every text is cleaned, and what this program could not have written is left
out. What must not be lost with the contents before stays: unfinished notes, citation keys, and the revisions
of notes, which only grow, so that a note that is open in a window is not taken for an older one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from papers_tui.index.paper import Marks
from papers_tui.index.store import journal, mark_rows
from papers_tui.index.store.codec import decode_edits, decode_marks, decode_paper
from papers_tui.index.store.decided import read_decided
from papers_tui.index.store.failures import UnreadableRow
from papers_tui.index.store.journal import Item, Step
from papers_tui.index.store.tags import usable_tags
from papers_tui.index.text import clean

Row = Mapping[str, Any]
"""The values of a row by the names of their columns."""

Read = Callable[[str], Iterable[Row]]
"""Yields the rows of a table."""

_KEPT: Final = ("draft", "setting")
_MARKS: Final = ("mark", "tag")
_REPLACED: Final = (*_MARKS, "step", "step_item")
TABLES: Final = (*_REPLACED, *_KEPT)
"""In an order in which they can be filled."""

_KEY: Final = "citation-key/"
_CITED: Final = "cited-as/"


def rows_of(connection: sqlite3.Connection) -> Read:
    """Return what yields the rows of the tables that `connection` reads."""

    def read(table: str) -> Iterable[Row]:
        cursor = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, values, strict=True)) for values in cursor)

    return read


def refill_as_step(connection: sqlite3.Connection, read: Read, label: str) -> int:
    """Put other marks in the place of those that are there, as a step of the history, which goes on.

    Within the caller's transaction. Returns what `refill` returns.
    """
    before = mark_rows.read_rows(connection)
    left_out = refill(connection, read, replaced=_MARKS)
    after = mark_rows.read_rows(connection)
    both = ((one, before.get(one, Marks()), after.get(one, Marks())) for one in {**before, **after})
    done = [Item(one, then, now) for one, then, now in both if _said(then) != _said(now)]
    if done:
        journal.record(connection, journal.RESTORE, Step(0, label), done)
    return left_out


def refill(connection: sqlite3.Connection, read: Read, *, replaced: Collection[str] = _REPLACED) -> int:
    """Put other contents in the place of what is there, within the caller's transaction.

    Returns how many rows were left out, since this program could not have written them.
    """
    notes = {
        paper_id: (note, revision, snapshot)
        for paper_id, note, revision, snapshot in connection.execute(
            "SELECT id, note, note_revision, snapshot FROM mark"
        )
    }
    taken = dict(connection.execute("SELECT name, value FROM setting WHERE name LIKE ?", (f"{_CITED}%",)))
    for table in reversed(tuple(replaced)):
        connection.execute(f"DELETE FROM {table}")
    left_out = 0
    for table in (*replaced, *_KEPT):
        columns = [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
        for given in read(table):
            row = _cleaned(table, given)
            if table == "mark" and row is not None:
                row |= {"note_revision": _next_revision(row, notes.pop(row["id"], None))}
            if table == "setting" and row is not None and _is_taken(row, taken):
                continue
            if row is None or not _insert(connection, table, columns, row):
                left_out += 1
    for paper_id, (note, revision, snapshot) in notes.items():
        blank = "bookmarked, note, status) VALUES (?, ?, ?, 0, '', 'unread')"
        values = (paper_id, revision + bool(note), snapshot)
        connection.execute(f"INSERT INTO mark (id, note_revision, snapshot, {blank}", values)
    connection.execute("UPDATE library SET generation = generation + 1, removed = generation + 1")
    connection.execute("UPDATE mark SET changed = (SELECT generation FROM library)")
    return left_out


def _said(marks: Marks) -> Marks:
    return replace(marks, note_revision=0)


def _insert(connection: sqlite3.Connection, table: str, columns: list[str], row: Row) -> bool:
    names = [name for name in columns if name in row]
    verb = "INSERT OR IGNORE" if table in _KEPT else "INSERT"
    query = f"{verb} INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    try:
        connection.execute(query, [row[name] for name in names])
    except (sqlite3.IntegrityError, OverflowError):
        return False
    return True


def _next_revision(row: Row, now: tuple[str, int, str] | None) -> Any:
    """Return the revision of a note that takes the place of another."""
    revision = row.get("note_revision")
    if now is None or not isinstance(revision, int):
        return revision
    return max(revision, now[1] + (row.get("note") != now[0]))


def _is_taken(row: Row, taken: Mapping[str, str]) -> bool:
    """Tell whether a setting gives a paper a citation key that another one has now."""
    name, value = str(row.get("name")), str(row.get("value"))
    if name.startswith(_KEY):
        return taken.get(f"{_CITED}{value.lower()}", name.removeprefix(_KEY)) != name.removeprefix(_KEY)
    return name.startswith(_CITED) and taken.get(name, value) != value


def _cleaned(table: str, row: Row) -> dict[str, Any] | None:
    """Return a row with clean texts; None if this program cannot have written it."""
    clean_row = {name: clean(value) if isinstance(value, str) else value for name, value in row.items()}
    try:
        if table == "mark":
            clean_row["snapshot"] = _cleaned_snapshot(row.get("snapshot"))
            if edits := row.get("edits"):
                clean_row["edits"] = _cleaned_json(edits)
                decode_edits(clean_row["edits"])
        elif table == "step":
            clean_row["decided"] = _cleaned_decision(row.get("decided"))
        elif table == "step_item":
            for name in ("before", "after"):
                clean_row[name] = _cleaned_json(row[name])
                decode_marks(clean_row[name])
        elif table == "tag":
            (clean_row["name"],) = usable_tags([clean_row["name"]])
    except (UnreadableRow, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return clean_row


def _cleaned_snapshot(text: Any) -> str:
    """Return the snapshot of a paper with clean texts; an empty one if it cannot be read."""
    if not text:
        return ""
    try:
        text = _cleaned_json(text)
        decode_paper(text)
    except (UnreadableRow, ValueError, TypeError, RecursionError):
        return ""
    return str(text)


def _cleaned_decision(text: Any) -> str:
    """Return what a step decided of two papers with clean texts; nothing if it cannot be read."""
    try:
        tidy = _cleaned_json(text) if text else ""
        read_decided(tidy)
    except (UnreadableRow, ValueError, TypeError, RecursionError):
        return ""
    return tidy


def _cleaned_json(text: str) -> str:
    document = json.loads(text)
    tidy = _cleaned_value(document)
    return text if tidy == document else json.dumps(tidy, ensure_ascii=False, separators=(",", ":"))


def _cleaned_value(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case list():
            return [_cleaned_value(item) for item in value]
        case dict():
            return {clean(name): _cleaned_value(item) for name, item in value.items()}
        case _:
            return value
