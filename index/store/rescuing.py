"""Marks whose file was removed while it was open: who has it open still reads them, and nobody else."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from papers_tui.index.errors import LibraryError
from papers_tui.index.store import mark_rows
from papers_tui.index.store.backup import back_up
from papers_tui.index.store.backups import count_marks, is_blank
from papers_tui.index.store.database import Database
from papers_tui.index.store.failures import UnreadableRow, shown, translated, unopened
from papers_tui.index.text import clean

_PATIENCE: Final = 1.0
_PAUSE: Final = 0.01
"""Seconds: how long, and how often, it is looked at whether a change to the file that is there has ended."""

_MOST: Final = 20_000
"""Characters of notes that are said where they can be copied nowhere."""


@dataclass(frozen=True, slots=True)
class Rescued:
    """What became of marks whose file was removed while it was open."""

    removed: Path
    """The file."""
    copy: Path | None
    """None where none could be made."""
    why: str = ""
    """Why none could be made, in words."""
    notes: tuple[tuple[str, str], ...] = ()
    """The ids of papers with their notes then, and with what was being typed."""

    @property
    def command(self) -> str:
        """What the user types to have the marks again; empty where there is no copy."""
        return f"papers-tui restore {shlex.quote(shown(self.copy))}" if self.copy else ""

    @property
    def in_words(self) -> str:
        """What is said of it on the terminal; notes that are nowhere else are said themselves."""
        gone = f"{shown(self.removed.parent)} was removed while it was open"
        if self.copy is not None:
            return f"{gone}. Your marks and notes: {self.command}"
        said = [f"{gone}, and your marks could be copied nowhere: {self.why}"]
        room = _MOST
        for paper_id, note in self.notes:
            words = f"The note on {paper_id}:\n{clean(note)}"
            if len(words) > room:
                said.append(words[:room])
                said.append("More is left out here.")
                break
            said.append(words)
            room -= len(words)
        return "\n\n".join(said)


def rescue(database: Database, *, is_last: bool = False) -> list[Rescued]:
    """Copy the marks of removed files, each to a folder of its own: where temporary files are, or elsewhere.

    Nothing is done of what is blank, or is the same in the file that is there now. What cannot be copied is
    left to be tried again; at the last time its notes are returned.
    """
    rescued, left = [], {}
    for identity, connection in database.take_removed().items():
        try:
            one = _rescued(connection, database)
        except sqlite3.Error as error:
            one = Rescued(database.path, None, translated(error, database.path).message)
        if one is not None and one.copy is None and not is_last:
            left[identity] = connection
            continue
        connection.close()
        if one is not None:
            rescued.append(one)
    database.keep_removed(left)
    return rescued


def _rescued(connection: sqlite3.Connection, database: Database) -> Rescued | None:
    """Copy what one connection reads. None if nobody misses it. Raises sqlite3.Error if it cannot be read."""
    _begin(connection, database.path)
    try:
        if is_blank(connection) or _is_there(connection, database):
            return None
        why = ""
        for place in _places(database.path):
            try:
                return Rescued(database.path, _copied(connection, place, database.path.name))
            except (OSError, sqlite3.Error, LibraryError) as error:
                why = why or _in_words(error, place)
        return Rescued(database.path, None, why or "there is no place for it", tuple(_notes(connection)))
    finally:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


def _begin(connection: sqlite3.Connection, path: Path) -> None:
    """Begin to read: not while a journal is there, which is of the file that took the place of ours.

    SQLite would take it for one of ours that a crash left behind, and play it back into ours.
    """
    journal, end = path.with_name(f"{path.name}-journal"), time.monotonic() + _PATIENCE
    while os.path.lexists(journal):
        if time.monotonic() > end:
            raise sqlite3.OperationalError("another program keeps changing the file in its place")
        time.sleep(_PAUSE)
    connection.execute("BEGIN")
    connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()


def _is_there(connection: sqlite3.Connection, database: Database) -> bool:
    """Whether all marks and unfinished notes are in the file that took the place of theirs, too."""
    drafts = "SELECT id, text FROM draft"
    try:
        former, typed = mark_rows.read_all(connection), set(connection.execute(drafts).fetchall())
        with database.snapshot() as current:
            now, kept = mark_rows.read_all(current), set(current.execute(drafts).fetchall())
    except (UnreadableRow, LibraryError, sqlite3.Error):
        return False
    return typed <= kept and all(now.get(one) == marks for one, marks in former.items())


def _places(path: Path) -> Iterator[Path]:
    """The folders in which a copy may be made, the best first."""
    with suppress(OSError):  # where no temporary file can be made
        yield Path(tempfile.gettempdir())
    yield path.parent.parent
    with suppress(RuntimeError):  # of a user without a home
        yield Path.home()
    yield Path("/var/tmp")  # noqa: S108 - a folder of its own is made there, with a name that nobody guesses


def _copied(connection: sqlite3.Connection, place: Path, name: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="papers-tui-rescued-", dir=place))
    with ExitStack() as undoing:
        undoing.callback(shutil.rmtree, folder, ignore_errors=True)
        back_up(connection, folder / name, count=count_marks)
        undoing.pop_all()
    return folder / name


def _in_words(error: OSError | sqlite3.Error | LibraryError, place: Path) -> str:
    if isinstance(error, sqlite3.Error):
        return translated(error, place).message
    return unopened(error, place).message if isinstance(error, OSError) else error.message


def _notes(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The notes by ids of papers, and what was being typed into some."""
    query = "SELECT id, note FROM mark WHERE note <> '' UNION SELECT id, text FROM draft ORDER BY 1"
    with suppress(sqlite3.Error):
        yield from connection.execute(query)
