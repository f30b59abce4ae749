"""The files that are bound to queries: settings of marks.db, so they are backed up with the marks.

`bound-file/PATH` holds a JSON object: the query, the style, and the SHA-256 of each text written last.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from papers_tui.index.store.database import Database, Store
from papers_tui.index.store.marks_schema import MARKS

_PREFIX: Final = "bound-file/"
_KEPT: Final = 16
"""Texts that are remembered of a file."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A file that holds the papers which a query finds."""

    path: Path
    """Absolute."""
    query: str
    style: str
    """What its records are written in: `bibtex`."""
    digests: tuple[str, ...] = ()
    """The SHA-256 of each of the texts that were written last, or were about to be."""


class Bindings(Store):
    """Bindings by their files. Every method may be called from any thread, and from several programs.

    Raises:
        ReadOnlyLibrary: from a change where marks.db can only be read.
        LibraryError: if marks.db cannot be used, in one of its kinds; from any method.
    """

    def __init__(self, file: Path | Database) -> None:
        super().__init__(file, MARKS)

    def all(self) -> list[Binding]:
        """Return every binding, by path."""
        query = "SELECT name, value FROM setting WHERE name > ? AND name < ? ORDER BY name"
        with self._database.reading() as connection:
            rows = connection.execute(query, (_PREFIX, _PREFIX[:-1] + "0")).fetchall()
        return [_binding(name.removeprefix(_PREFIX), value) for name, value in rows]

    def get(self, path: Path) -> Binding | None:
        """Return the binding of a file."""
        with self._database.reading() as connection:
            query = "SELECT value FROM setting WHERE name = ?"
            row = connection.execute(query, (_PREFIX + str(path),)).fetchone()
        return _binding(str(path), row[0]) if row else None

    def put(self, binding: Binding) -> None:
        """Bind a file, or bind it otherwise."""
        with self._database.writing() as connection:
            query = "INSERT OR REPLACE INTO setting VALUES (?, ?)"
            connection.execute(query, (_PREFIX + str(binding.path), _value(binding)))

    def expect(self, binding: Binding, digest: str) -> None:
        """Remember what is about to be written, unless the file was bound otherwise meanwhile, or set free.

        Before it is written: of two programs that write at once, either may come last.
        """
        with self._database.writing() as connection:
            name = _PREFIX + str(binding.path)
            row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
            now = _binding(str(binding.path), row[0]) if row else None
            if now is not None and (now.query, now.style) == (binding.query, binding.style):
                kept = tuple(dict.fromkeys([*now.digests, digest]))[-_KEPT:]
                value = _value(replace(now, digests=kept))
                connection.execute("UPDATE setting SET value = ? WHERE name = ?", (value, name))

    def remove(self, path: Path) -> bool:
        """Set a file free; False where it was not bound."""
        with self._database.writing() as connection:
            query = "DELETE FROM setting WHERE name = ?"
            return connection.execute(query, (_PREFIX + str(path),)).rowcount > 0


def _value(binding: Binding) -> str:
    return json.dumps({"query": binding.query, "style": binding.style, "digests": binding.digests})


def _binding(path: str, value: str) -> Binding:
    """Return a binding as it was stored; what is odd about it shows when it is used."""
    try:
        document = json.loads(value)
    except ValueError:
        document = None
    stored = document if isinstance(document, dict) else {}
    digests = stored.get("digests")
    return Binding(
        Path(path),
        str(stored.get("query", "")),
        str(stored.get("style", "")),
        tuple(map(str, digests)) if isinstance(digests, list) else (),
    )
