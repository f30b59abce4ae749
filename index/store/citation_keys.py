"""The citation keys that papers were given: once in somebody's LaTeX file, a key must not change.

They are settings of marks.db, so they are backed up with the marks: `citation-key/ID` holds the key of a
paper, and `cited-as/KEY`, in lower case, the id of the paper that has the key. A paper has one key, and may
have had others, or have them in other files: `second-key/KEY`, in lower case, holds one as it is written.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from papers_tui.index.cite.key_template import DEFAULT_TEMPLATE, KeyTemplate
from papers_tui.index.cite.keys import letters
from papers_tui.index.paper import Paper
from papers_tui.index.store.database import Database, Store, bindable
from papers_tui.index.store.decided import VERDICT
from papers_tui.index.store.marks_schema import MARKS

_KEY: Final = "citation-key/"
_PAPER: Final = "cited-as/"
_SECOND: Final = "second-key/"
_ALLOWED: Final = re.compile(r"[!$&'*+\-./:;<>?@\[\]^`|\w]{1,200}")
"""Keys of other programs that are taken over: nothing in them ends a key or a citation in BibTeX or TeX."""


class Refused(NamedTuple):
    """A key of an imported file that its paper did not get."""

    key: str
    why: str


class CitationKeys(Store):
    """Keys by the ids of papers. Every method may be called from any thread, and from several programs.

    Raises:
        LibraryError: if marks.db cannot be used, in one of its kinds; from any method.
    """

    def __init__(self, file: Path | Database) -> None:
        super().__init__(file, MARKS)

    def given(self, papers: Sequence[Paper], template: KeyTemplate = DEFAULT_TEMPLATE) -> list[str]:
        """Return the keys of papers, those without one given one for good, unique in the library.

        Where the file cannot be written, the keys are those that would be given.
        """
        if self.is_read_only:
            return self.expected(papers, template)
        with self._database.snapshot() as connection:
            known = [_key_of(connection, paper.id) for paper in papers]
        if None not in known:
            return [key for key in known if key is not None]
        with self._database.writing() as connection:
            keys = _keys(connection, papers, template)
            _store(connection, zip((paper.id for paper in papers), keys, strict=True))
        return keys

    def known(self, paper_ids: Iterable[str]) -> dict[str, str]:
        """Return the keys of those papers, by their ids, that have one."""
        with self._database.snapshot() as connection:
            found = {paper_id: _key_of(connection, paper_id) for paper_id in paper_ids}
        return {paper_id: key for paper_id, key in found.items() if key is not None}

    def expected(self, papers: Sequence[Paper], template: KeyTemplate = DEFAULT_TEMPLATE) -> list[str]:
        """Return the keys that papers have or would be given now, and keep nothing: for previews."""
        with self._database.snapshot() as connection:
            return _keys(connection, papers, template)

    def adopt(self, keys: Iterable[tuple[str, str]]) -> list[Refused]:
        """Give papers, by their ids, the keys that they have elsewhere; return the keys that are not kept.

        A paper that has a key keeps it, and the other one becomes its second key. A key that is another
        paper's, or that TeX cannot read, is refused.
        """
        with self._database.writing() as connection:
            return [why for paper_id, key in keys if (why := _adopt(connection, paper_id, key))]

    def add_second(self, keys: Iterable[tuple[str, str]]) -> list[Refused]:
        """Let papers, by their ids, have further keys; return those that they cannot have."""
        with self._database.writing() as connection:
            refused = [_add_second(connection, paper_id, key) for paper_id, key in keys]
        return [why for why in refused if why]

    def paper_of(self, key: str) -> str | None:
        """Return the id of the paper that has a key or had it, as the paper was called when it got that."""
        with self._database.snapshot() as connection:
            return _paper_of(connection, key)

    def second(self) -> dict[str, list[str]]:
        """Return all second keys by the ids of their papers, as these were called when they got them."""
        found: dict[str, list[str]] = {}
        query = "SELECT value FROM setting WHERE name > ? AND name < ? ORDER BY name"
        with self._database.snapshot() as connection:
            for (key,) in connection.execute(query, (_SECOND, f"{_SECOND[:-1]}0")).fetchall():
                paper_id = _paper_of(connection, key) if _ALLOWED.fullmatch(key) else None
                if paper_id is not None and (_key_of(connection, paper_id) or "").lower() != key.lower():
                    found.setdefault(paper_id, []).append(key)
        return found

    def follow(self, renamed: Callable[[Sequence[str]], Mapping[str, str]]) -> None:
        """Let keys follow papers to their new ids; `renamed` tells those of some ids that have a new one.

        A paper that has a key of its own keeps it; the other one becomes its second key.
        """
        if self.is_read_only:
            return
        with self._database.snapshot() as connection:
            query = "SELECT substr(name, ?) FROM setting WHERE name > ? AND name < ?"
            bounds = [(f"{_KEY}{kind}:", f"{_KEY}{kind};") for kind in ("title", "doi")]
            found = [row[0] for bound in bounds for row in connection.execute(query, (len(_KEY) + 1, *bound))]
            # An arXiv id, of which there are many, is left for another one only where the user said so.
            found += _said_to_be_same(connection)
            ids = [one for one in dict.fromkeys(found) if _key_of(connection, one) is not None]
        if not (now_called := renamed(ids)):
            return
        with self._database.writing() as connection:
            for former, paper_id in now_called.items():
                if (key := _key_of(connection, former)) is not None:
                    _set(connection, _PAPER + key.lower(), paper_id)
                    is_first = _key_of(connection, paper_id) is None
                    _set(connection, _KEY + paper_id if is_first else _SECOND + key.lower(), key)


def _adopt(connection: sqlite3.Connection, paper_id: str, key: str) -> Refused | None:
    """Give a paper a key, as its second one where it has one; return why it is not its first."""
    own = _key_of(connection, paper_id)
    if own is not None:
        is_own = own.lower() == key.lower()
        return _add_second(connection, paper_id, key) or (
            None if is_own else Refused(key, f"its paper has the key {own}")
        )
    if (refused := _refused(connection, paper_id, key)) is None:
        _store(connection, [(paper_id, key)])
    return refused


def _add_second(connection: sqlite3.Connection, paper_id: str, key: str) -> Refused | None:
    """Give a paper a further key, unless that is its first; return why it cannot have it."""
    refused = _refused(connection, paper_id, key)
    if refused is None and (_key_of(connection, paper_id) or "").lower() != key.lower():
        _set(connection, _PAPER + key.lower(), paper_id)
        _set(connection, _SECOND + key.lower(), key)
    return refused


def _refused(connection: sqlite3.Connection, paper_id: str, key: str) -> Refused | None:
    if not _ALLOWED.fullmatch(key) or not any(map(str.isalnum, key)):
        return Refused(key, "TeX cannot cite it")
    is_free = _paper_of(connection, key) in {None, bindable(paper_id)}
    return None if is_free else Refused(key, "another paper has it")


def _said_to_be_same(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of the papers that the user made one with others; `decisions` keeps them."""
    query = "SELECT substr(name, ?) FROM setting WHERE name > ? AND name < ? AND value = 'same'"
    rows = connection.execute(query, (len(VERDICT) + 1, VERDICT, VERDICT[:-1] + "0")).fetchall()
    return [paper_id for (pair,) in rows for paper_id in pair.split(" ")]


def _keys(connection: sqlite3.Connection, papers: Sequence[Paper], template: KeyTemplate) -> list[str]:
    taken: set[str] = set()
    found: dict[str, str] = {}

    def is_free(key: str, paper_id: str) -> bool:
        return key.lower() not in taken and _paper_of(connection, key) in {None, paper_id}

    for paper in papers:
        if (known := _key_of(connection, paper.id)) is not None:
            found[paper.id] = known
            taken.add(known.lower())
    for paper in papers:
        if paper.id in found:
            continue
        key = _first_free(template.key(paper), partial(is_free, paper_id=paper.id))
        found[paper.id] = key
        taken.add(key.lower())
    return [found[paper.id] for paper in papers]


def _first_free(base: str, is_free: Callable[[str], bool]) -> str:
    """Return the key, or the first with a letter after it that is free; of many, found by halves."""
    if is_free(base):
        return base
    taken, free = 0, 1
    while not is_free(base + letters(free)):
        taken, free = free, 2 * free
    while free - taken > 1:
        middle = (taken + free) // 2
        if is_free(base + letters(middle)):
            free = middle
        else:
            taken = middle
    return base + letters(free)


def _key_of(connection: sqlite3.Connection, paper_id: str) -> str | None:
    """Return the key of a paper, unless it went over to another one."""
    key = _get(connection, _KEY + paper_id)
    return key if key is not None and _paper_of(connection, key) == bindable(paper_id) else None


def _paper_of(connection: sqlite3.Connection, key: str) -> str | None:
    return _get(connection, _PAPER + key.lower())


def _store(connection: sqlite3.Connection, keys: Iterable[tuple[str, str]]) -> None:
    for paper_id, key in keys:
        _set(connection, _KEY + paper_id, key)
        _set(connection, _PAPER + key.lower(), paper_id)


def _get(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (bindable(name),)).fetchone()
    return str(row[0]) if row else None


def _set(connection: sqlite3.Connection, name: str, value: str) -> None:
    query = "INSERT OR REPLACE INTO setting VALUES (?, ?)"
    connection.execute(query, (bindable(name), bindable(value)))
