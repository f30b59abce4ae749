"""The files that are bound to queries: settings of marks.db, so they are backed up with the marks.

`bound-file/PATH` holds a JSON object: the query, the style, and the SHA-256 of what was written last.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from papers_tui.index.store.database import Database, Store
from papers_tui.index.store.marks_schema import MARKS

_PREFIX: Final = "bound-file/"


@dataclass(frozen=True, slots=True)
class Binding:
    """A file that holds the papers which a query finds."""

    path: Path
    """Absolute."""
    query: str
    style: str
    """What its records are written in: `bibtex`."""
    digest: str = ""
    """The SHA-256 of what was written last; empty if nothing was yet."""


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
        value = {"query": binding.query, "style": binding.style, "digest": binding.digest}
        with self._database.writing() as connection:
            query = "INSERT OR REPLACE INTO setting VALUES (?, ?)"
            connection.execute(query, (_PREFIX + str(binding.path), json.dumps(value)))

    def settle(self, binding: Binding, digest: str) -> None:
        """Remember what was written, unless the file was bound otherwise meanwhile, or set free."""
        now = self.get(binding.path)
        if now is not None and (now.query, now.style) == (binding.query, binding.style):
            self.put(Binding(binding.path, binding.query, binding.style, digest))

    def remove(self, path: Path) -> bool:
        """Set a file free; False where it was not bound."""
        with self._database.writing() as connection:
            query = "DELETE FROM setting WHERE name = ?"
            return connection.execute(query, (_PREFIX + str(path),)).rowcount > 0


def _binding(path: str, value: str) -> Binding:
    """Return a binding as it was stored; what is odd about it shows when it is used."""
    try:
        document = json.loads(value)
    except ValueError:
        document = None
    stored = document if isinstance(document, dict) else {}
    texts = {name: str(stored.get(name, "")) for name in ("query", "style", "digest")}
    return Binding(Path(path), **texts)
