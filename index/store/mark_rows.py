"""Marks as rows of marks.db, read and written within a transaction of the caller's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Marks, Status
from papers_tui.index.store.codec import decode_edits, encode_edits
from papers_tui.index.store.failures import UnreadableRow
from papers_tui.index.store.tags import validate_tag
from papers_tui.index.text import clean

_CHUNK: Final = 500
_COLUMNS: Final = "id, bookmarked, note, note_revision, status, rating, trashed, edits"


def read(connection: sqlite3.Connection, paper_id: str) -> Marks:
    """Return the marks of a paper; blank ones where it has none."""
    return read_many(connection, [paper_id]).get(paper_id, Marks())


def read_many(connection: sqlite3.Connection, paper_ids: Iterable[str]) -> dict[str, Marks]:
    """Return the marks of those of the papers that ever had some."""
    found: dict[str, Marks] = {}
    rest = iter(dict.fromkeys(paper_ids))
    while some := tuple(islice(rest, _CHUNK)):
        found.update(_select(connection, f" WHERE id IN ({','.join('?' * len(some))})", some))
    return found


def read_all(connection: sqlite3.Connection) -> dict[str, Marks]:
    """Return the marks of every paper that has some."""
    return {paper_id: marks for paper_id, marks in _select(connection, "", ()) if not marks.is_blank}


def read_rows(connection: sqlite3.Connection) -> dict[str, Marks]:
    """Return the marks of every paper that ever had some."""
    return dict(_select(connection, "", ()))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many papers have some mark; those in the trash are left out."""

    bookmarked: int
    reading: int
    read: int
    noted: int


def count(connection: sqlite3.Connection) -> Counts:
    """Count the papers with marks."""
    conditions = ("bookmarked", "status = 'reading'", "status = 'read'", "note <> ''")
    columns = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in conditions)
    return Counts(*connection.execute(f"SELECT {columns} FROM mark WHERE trashed IS NULL").fetchone())


def read_changed(connection: sqlite3.Connection, since: int) -> dict[str, Marks]:
    """Return the marks of the papers whose marks changed after a generation, blank ones as well."""
    return dict(_select(connection, " WHERE id IN (SELECT id FROM mark WHERE changed > ?)", (since,)))


def _select(
    connection: sqlite3.Connection, condition: str, values: tuple[str | int, ...]
) -> Iterator[tuple[str, Marks]]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM mark{condition}", values).fetchall()
    if not rows:  # as of most papers that a search finds
        return
    tags: dict[str, list[str]] = {}
    for paper_id, name in connection.execute(f"SELECT id, name FROM tag{condition} ORDER BY name", values):
        tags.setdefault(paper_id, []).append(clean(name))  # another program may have written it
    for paper_id, bookmarked, note, revision, status, rating, trashed, edits in rows:
        yield (
            paper_id,
            Marks(
                bookmarked=bool(bookmarked),
                tags=tuple(sorted(tags.get(paper_id, ()))),
                note=clean(note),
                note_revision=revision,
                status=_status(status),
                rating=rating,
                trashed=trashed,
                edits=decode_edits(edits),
            ),
        )


def _status(text: str) -> Status:
    try:
        return Status(text)
    except ValueError as error:
        raise UnreadableRow from error


def settled(old: Marks, new: Marks) -> Marks:
    """Return `new` as it is stored in place of `old`: clean, its tags normal, its revision the next.

    Raises:
        WrongUsage: for a tag or a rating that cannot be.
    """
    if new.rating is not None and new.rating not in range(1, 6):
        raise WrongUsage(f"a rating is a number from 1 to 5, not {new.rating}")
    note = clean(new.note)
    return Marks(
        bookmarked=new.bookmarked,
        tags=new.tags if new.tags == old.tags else tuple(sorted({validate_tag(tag) for tag in new.tags})),
        note=note,
        note_revision=old.note_revision + (note != old.note),
        status=new.status,
        rating=new.rating,
        trashed=new.trashed,
        edits=new.edits,
    )


def write(connection: sqlite3.Connection, paper_id: str, marks: Marks, snapshot: str | None) -> None:
    """Store the marks of a paper; without a `snapshot` the one that is there stays."""
    connection.execute(
        f"INSERT INTO mark ({_COLUMNS}, snapshot, changed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, ''), (SELECT generation + 1 FROM library))"
        " ON CONFLICT (id) DO UPDATE SET bookmarked = excluded.bookmarked, note = excluded.note,"
        " note_revision = excluded.note_revision, status = excluded.status, rating = excluded.rating,"
        " trashed = excluded.trashed, edits = excluded.edits,"
        " snapshot = iif(excluded.snapshot = '', snapshot, excluded.snapshot), changed = excluded.changed",
        (
            paper_id,
            int(marks.bookmarked),
            marks.note,
            marks.note_revision,
            marks.status.value,
            marks.rating,
            marks.trashed,
            encode_edits(marks.edits),
            snapshot,
        ),
    )
    connection.execute("DELETE FROM tag WHERE id = ?", (paper_id,))
    connection.executemany("INSERT INTO tag VALUES (?, ?)", [(name, paper_id) for name in marks.tags])
