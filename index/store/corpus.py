"""papers.db: the papers of the library."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Final, TypeVar

from papers_tui.index.paper import Paper
from papers_tui.index.store.codec import decode_paper, encode_paper
from papers_tui.index.store.corpus_schema import CORPUS
from papers_tui.index.store.database import Database, Store, bindable
from papers_tui.index.store.nearest import nearest

if TYPE_CHECKING:
    from papers_tui.index.store.outcomes import Outcome
    from papers_tui.index.store.rehearsal import Rehearsal

_T = TypeVar("_T")

_CHUNK: Final = 500
"""Papers read at once: little memory, and no writer waits long for the reader."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which state of which corpus: two equal stamps are of the same papers."""

    identity: str
    """Random, made with the file."""
    generation: int
    """Grows by one with each transaction that changes a paper."""


class Corpus(Store):
    """The papers of the library. Every method may be called from any thread.

    Where the file cannot be written, it is read-only, and `why_read_only` says why.

    Raises:
        LibraryError: if the file cannot be used, in one of its kinds; from any method.
    """

    def __init__(self, file: Path | Database) -> None:
        super().__init__(file, CORPUS)
        self._rehearsals = threading.local()

    def stamp(self) -> Stamp:
        """Return the state that the papers are in now."""
        if self._database.is_in_memory:
            return Stamp("", 0)
        with self._database.reading() as connection:
            return Stamp(*connection.execute("SELECT identity, generation FROM library").fetchone())

    def count(self) -> int:
        """Return how many papers there are."""
        with self._database.reading() as connection:
            found: int = connection.execute("SELECT count(*) FROM paper").fetchone()[0]
            return found

    # Putting in and taking out

    def put(self, papers: Sequence[Paper], *, added: str, dry_run: bool = False) -> list[Outcome]:
        """Put papers in, in one transaction, and return what became of each, in order.

        A paper that is here already is merged with what is known of it. `added` is the moment of the
        import, ISO 8601 in UTC. With `dry_run`, or within a `rehearsal`, nothing is written.
        """
        from papers_tui.index.store.intake import Intake  # noqa: PLC0415 - a start puts nothing in

        rehearsal: Rehearsal | None = getattr(self._rehearsals, "current", None)
        if rehearsal is not None:
            return rehearsal.put(papers, added=added)
        if dry_run:
            with self.rehearsal():
                return self.put(papers, added=added)
        with self._database.writing() as connection:
            intake = Intake(connection, added)
            outcomes = [intake.take(paper) for paper in papers]
            intake.finish()
        return outcomes

    @contextmanager
    def rehearsal(self, *, is_real: bool = False) -> Iterator[None]:
        """Within this block, this thread's `put` only tells what would become of the papers.

        With `is_real` the block is not a rehearsal after all.
        """
        if is_real:
            yield
            return
        from papers_tui.index.store.rehearsal import Rehearsal  # noqa: PLC0415 - a start puts nothing in

        rehearsal = Rehearsal(self._database)
        self._rehearsals.current = rehearsal
        try:
            yield
        finally:
            self._rehearsals.current = None
            rehearsal.close()

    def remove_source(self, source: str, *, keep: Collection[str]) -> list[str]:
        """Remove the papers that came from one source alone, but those in `keep`; return their ids.

        Papers that other sources know as well stay, and no longer name this one.
        """
        with self._database.writing() as connection:
            generation = connection.execute("SELECT generation FROM library").fetchone()[0] + 1
            query = (
                "SELECT key, document FROM paper JOIN paper_source ON paper = key"
                " JOIN source ON number = paper_source.source WHERE name = ?"
            )
            removed: list[str] = []
            for key, document in connection.execute(query, (source,)).fetchall():
                paper = decode_paper(document)
                if paper.sources != (source,):
                    _forget_source(connection, key, paper, source)
                elif paper.id in keep or (keep and _names(connection, key) & set(keep)):
                    continue
                else:
                    removed.append(paper.id)
                    connection.execute("DELETE FROM paper WHERE key = ?", (key,))
                    connection.execute("INSERT OR REPLACE INTO removed VALUES (?, ?)", (key, generation))
                connection.execute("UPDATE paper SET generation = ? WHERE key = ?", (generation, key))
                connection.execute("UPDATE library SET generation = ?", (generation,))
        return removed

    def remove(self, paper_ids: Collection[str]) -> None:
        """Remove papers for good."""
        keys = self.keys_of(paper_ids).values()
        if keys:
            with self._database.writing() as connection:
                connection.execute("UPDATE library SET generation = generation + 1")
                query = "INSERT OR REPLACE INTO removed SELECT ?, generation FROM library"
                connection.executemany(query, [(key,) for key in keys])
                connection.executemany("DELETE FROM paper WHERE key = ?", [(key,) for key in keys])

    # Looking up

    def get(self, paper_id: str) -> Paper | None:
        """Return the paper with this id, or that had it before it got a better one."""
        query = "SELECT document FROM name JOIN paper ON paper = key WHERE name.id = ?"
        with self._database.reading() as connection:
            row = connection.execute(query, (bindable(paper_id),)).fetchone()
            return decode_paper(row[0]) if row else None

    def keys_of(self, paper_ids: Collection[str]) -> dict[str, int]:
        """Return the keys of the papers with these ids; ids of no paper are left out."""
        keys: dict[str, int] = {}
        with self._database.reading() as connection:
            for some in _chunks(bindable(name) for name in paper_ids):
                query = f"SELECT id, paper FROM name WHERE id IN ({_marks(some)})"
                keys.update(connection.execute(query, some))
        return keys

    def is_whole(self) -> bool:
        """Whether SQLite finds nothing wrong with the file. Reads all of it."""
        with self._database.reading() as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")

    def add_names(self, keys: Mapping[str, int]) -> None:
        """Let more ids lead to papers, given by their keys. An id that leads to one already stays."""
        with self._database.writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", keys.items())

    def names(self) -> set[str]:
        """Return every id that a paper has or had."""
        with self._database.reading() as connection:
            return {name for (name,) in connection.execute("SELECT id FROM name")}

    def renamed(self, paper_ids: Collection[str]) -> dict[str, str]:
        """Return those of the ids whose papers have another one now, with that.

        Marks follow a new id in their own transaction: after a crash in between, this tells which did not.
        """
        found: dict[str, str] = {}
        query = "SELECT name.id, paper.id FROM name JOIN paper ON paper = key WHERE name.id <> paper.id"
        with self._database.reading() as connection:
            for some in _chunks(bindable(name) for name in paper_ids):
                found.update(connection.execute(f"{query} AND name.id IN ({_marks(some)})", some))
        return found

    def papers_by_key(self, keys: Sequence[int]) -> list[Paper]:
        """Return the papers with these keys, in their order; keys of no paper are left out."""
        papers: dict[int, Paper] = {}
        with self._database.reading() as connection:
            for some in _chunks(keys):
                query = f"SELECT key, document FROM paper WHERE key IN ({_marks(some)})"
                papers.update((key, decode_paper(text)) for key, text in connection.execute(query, some))
        return [papers[key] for key in keys if key in papers]

    def ids_by_key(self, keys: Sequence[int]) -> dict[int, str]:
        """Return the ids of the papers with these keys; keys of no paper are left out."""
        ids: dict[int, str] = {}
        with self._database.reading() as connection:
            for some in _chunks(keys):
                query = f"SELECT key, id FROM paper WHERE key IN ({_marks(some)})"
                ids.update(connection.execute(query, some))
        return ids

    def newest_keys(self) -> list[int]:
        """Return the keys of all papers, by the last day of which they are known to be, newest first."""
        with self._database.reading() as connection:
            query = "SELECT key FROM paper ORDER BY day DESC, key DESC"
            return [key for (key,) in connection.execute(query)]

    def latest_featured(self) -> str | None:
        """Return the latest day on which a listing featured papers."""
        with self._database.reading() as connection:
            # The condition is the index's own: without it SQLite reads every paper.
            query = "SELECT max(featured) FROM paper WHERE featured IS NOT NULL"
            found: str | None = connection.execute(query).fetchone()[0]
            return found

    def sources(self) -> dict[str, int]:
        """Return every source with the number of papers that it gave."""
        joined = "paper_source JOIN source ON number = paper_source.source"
        with self._database.reading() as connection:
            return dict(connection.execute(f"SELECT name, count(*) FROM {joined} GROUP BY name"))

    def nearest_ids(self, text: str, limit: int = 3) -> list[str]:
        """Return the ids of papers that are spelled most like `text`, the best first."""
        with self._database.reading() as connection:
            return nearest(connection, bindable(text), limit)

    def touch(self, paper_ids: Collection[str]) -> None:
        """Let papers count as changed, since what is said of them elsewhere has."""
        with self._database.writing() as connection:
            connection.execute("UPDATE library SET generation = generation + 1")
            query = "UPDATE paper SET generation = (SELECT generation FROM library) WHERE id = ?"
            connection.executemany(query, [(bindable(one),) for one in paper_ids])

    def changes(self, since: int) -> Iterator[tuple[int, Paper | None]]:
        """Yield the key and the state of each paper changed after generation `since`; None for one removed.

        Since 0, every paper there is. Take the stamp before the first is asked for: what changes while
        this runs may come in either state, and comes again after that stamp. Holds no lock in between.
        """
        if since <= 0:
            yield from self._present()
            return
        top = self.stamp().generation
        with self._database.reading() as connection:
            query = "SELECT paper FROM removed WHERE generation > ? ORDER BY paper"
            removed = [key for (key,) in connection.execute(query, (since,))]
        yield from ((key, None) for key in removed)
        at = (since, 1 << 62)
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(
                    "SELECT generation, key, document FROM paper WHERE (generation, key) > (?, ?)"
                    " AND generation <= ? ORDER BY generation, key LIMIT ?",
                    (*at, top, _CHUNK),
                ).fetchall()
                papers = [(key, decode_paper(document)) for _, key, document in rows]
            if not rows:
                return
            yield from papers
            at = rows[-1][:2]

    def _present(self) -> Iterator[tuple[int, Paper]]:
        last = 0
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(
                    "SELECT key, document FROM paper WHERE key > ? ORDER BY key LIMIT ?", (last, _CHUNK)
                ).fetchall()
                papers = [(key, decode_paper(document)) for key, document in rows]
            if not rows:
                return
            yield from papers
            last = rows[-1][0]


def _chunks(values: Iterable[_T]) -> Iterator[tuple[_T, ...]]:
    rest = iter(values)
    while some := tuple(islice(rest, _CHUNK)):
        yield some


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _names(connection: Connection, key: int) -> set[str]:
    return {name for (name,) in connection.execute("SELECT id FROM name WHERE paper = ?", (key,))}


def _forget_source(connection: Connection, key: int, paper: Paper, source: str) -> None:
    """Take one of several sources off a paper, which can then be imported from there again."""
    remaining = tuple(name for name in paper.sources if name != source)
    document = encode_paper(replace(paper, sources=remaining))
    connection.execute("UPDATE paper SET document = ?, seen = x'' WHERE key = ?", (document, key))
    query = "DELETE FROM paper_source WHERE paper = ? AND source = (SELECT number FROM source WHERE name = ?)"
    connection.execute(query, (key, source))
