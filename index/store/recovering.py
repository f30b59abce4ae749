"""Saving what a damaged papers.db still holds: its papers, with the ids that they had before."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from papers_tui.index.errors import DamagedLibrary, ForeignFile, LibraryError
from papers_tui.index.paper import Paper
from papers_tui.index.store.codec import decode_paper
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.corpus_schema import CORPUS
from papers_tui.index.store.database import Database
from papers_tui.index.store.exchanging import exchange
from papers_tui.index.store.failures import UnreadableRow, shown
from papers_tui.index.store.mergers import Mergers
from papers_tui.index.store.opening import demand_ours
from papers_tui.index.store.wreck import opened_wreck

_BATCH: Final = 500
_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was saved of the papers."""

    papers: int
    aside: Path
    """Where the damaged file lies."""


def recover(papers: Path) -> Recovered:
    """Save the papers that can be read of a damaged file into a new one, and move the damaged one aside.

    Raises:
        ForeignFile: if it is nothing of ours; nothing was changed then.
        LibraryError: if nothing can be read, or the new file cannot be made; nothing was changed then.
        OSError: if something cannot be written; nothing was changed then.
    """
    demand_ours(papers, CORPUS)
    with opened_wreck(papers, CORPUS, {"paper": "key"}) as wreck:
        rows = wreck.rows("paper", ["key"])
        names = wreck.rows("name", ["id"])
        apart = wreck.rows("apart", ["one", "other"])
    if not rows and _holds_something(papers):
        raise LibraryError(
            f"nothing can be read of {shown(papers)}",
            remedy=f"Nothing was changed. Move {shown(papers)} away, and import your papers again.",
        )
    former: dict[Any, list[str]] = {}
    for row in names:
        former.setdefault(row["paper"], []).append(row["id"])
    with tempfile.TemporaryDirectory(dir=papers.parent, prefix=".restore-") as folder:
        fresh = Path(folder) / papers.name
        with closing(Mergers(fresh)) as mergers:
            for row in apart:
                mergers.keep_apart(row["one"], row["other"])
        with closing(Corpus(fresh)) as corpus:
            for batch in _batches(_readable(rows)):
                _store(corpus, batch, former)
            count = corpus.count()
        aside = exchange(papers, fresh)
    if aside is None:
        raise LibraryError(
            f"another program put a new {shown(papers)} in its place", remedy="Close it, and try again."
        )
    return Recovered(count, aside)


def is_whole(papers: Path) -> bool:
    """Whether papers can be opened and read; they are only looked at.

    Raises:
        ForeignFile: if they are none of ours.
        LibraryError: if it cannot be told.
    """
    try:
        with closing(Database(papers, CORPUS, is_only_read=True)) as database:
            return Corpus(database).is_whole()
    except ForeignFile:
        raise
    except DamagedLibrary:
        return False


def _holds_something(path: Path) -> bool:
    """Whether a file has anything but zeros, which a crash of the system may leave."""
    with path.open("rb") as file:
        return any(any(chunk) for chunk in iter(lambda: file.read(_CHUNK), b""))


def _readable(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[Any, Paper]]:
    for row in rows:
        with suppress(UnreadableRow, TypeError):
            yield row["key"], decode_paper(row["document"])


def _batches(papers: Iterator[tuple[Any, Paper]]) -> Iterator[list[tuple[Any, Paper]]]:
    while batch := list(islice(papers, _BATCH)):
        yield batch


def _store(corpus: Corpus, batch: list[tuple[Any, Paper]], former: dict[Any, list[str]]) -> None:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    outcomes = corpus.put([paper for _, paper in batch], added=now)
    keys = zip(batch, outcomes, strict=True)
    corpus.add_names({name: outcome.key for (key, _), outcome in keys for name in former.get(key, ())})
