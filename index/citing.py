"""The citation keys of a library: given once, kept, and following papers to their new ids."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from papers_tui.index.cite.key_template import DEFAULT_TEMPLATE, KeyTemplate
from papers_tui.index.cite.keys import KeyOf
from papers_tui.index.paper import Entry, Paper
from papers_tui.index.store.citation_keys import CitationKeys, Refused
from papers_tui.index.store.corpus import Corpus, Stamp
from papers_tui.index.store.database import Database

_TOLD: Final = 10
_BATCH: Final = 2000
"""Papers that are given their keys in one transaction."""


class Citing:
    """Tells and gives the citation keys of the papers in a corpus. The store is made with the first."""

    def __init__(self, corpus: Corpus, marks: Database) -> None:
        self._corpus = corpus
        self._marks = marks
        self._keys: CitationKeys | None = None
        self._followed: Stamp | None = None
        self._lock = threading.Lock()

    def keys(
        self, papers: Sequence[Paper], template: KeyTemplate = DEFAULT_TEMPLATE, *, is_kept: bool = True
    ) -> list[str]:
        """Return the keys of papers, unique in the library; with `is_kept` they are theirs from now on.

        Raises:
            LibraryError: the keys cannot be read or kept.
        """
        store = self._current()
        return store.given(papers, template) if is_kept else store.expected(papers, template)

    def keyed(
        self, entries: Iterable[Entry], template: KeyTemplate = DEFAULT_TEMPLATE
    ) -> tuple[Iterator[Entry], KeyOf]:
        """Return entries to be written, and what tells the key of each once it has come.

        The keys are kept, some hundred at a time. A LibraryError comes out of the iterator.
        """
        keys: dict[str, str] = {}

        def batches() -> Iterator[Entry]:
            remaining, second = iter(entries), self.second()
            while batch := list(islice(remaining, _BATCH)):
                papers = [entry.paper for entry in batch]
                keys.clear()
                keys.update(zip((paper.id for paper in papers), self.keys(papers, template), strict=True))
                yield from (
                    replace(entry, second_keys=second[entry.paper.id]) if entry.paper.id in second else entry
                    for entry in batch
                )

        return batches(), lambda paper: keys[paper.id]

    def known(self, paper_ids: Iterable[str]) -> dict[str, str]:
        """Return the keys of those papers, by their ids, that were given one."""
        return self._current().known(paper_ids)

    def second(self) -> Mapping[str, tuple[str, ...]]:
        """Return the other keys by which documents may cite papers, by the ids of those that have some."""
        found: dict[str, tuple[str, ...]] = {}
        by_former_ids = self._current().second()
        renamed = self._corpus.renamed(by_former_ids) if by_former_ids else {}
        for former, keys in by_former_ids.items():
            now_called = renamed.get(former, former)
            found[now_called] = (*found.get(now_called, ()), *keys)
        return found

    def paper_of(self, key: str) -> str | None:
        """Return the id of the paper that is or was cited by a key, None where none is."""
        found = self._current().paper_of(key)
        return found and self._corpus.renamed([found]).get(found, found)

    def with_known(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Return entries with the keys that their papers were given; none is given a new one."""
        second = self.second()
        remaining = iter(entries)
        while batch := list(islice(remaining, _BATCH)):
            keys = self.known(entry.paper.id for entry in batch)
            for entry in batch:
                paper_id = entry.paper.id
                yield replace(entry, key=keys.get(paper_id, ""), second_keys=second.get(paper_id, ()))

    def adopt(self, keys: Iterable[tuple[str, str]]) -> list[Refused]:
        """Give papers, by their ids, the keys of an imported file; return the keys that are not kept.

        Raises:
            LibraryError: the keys cannot be kept.
        """
        return self._current().adopt(keys)

    def add_second(self, keys: Iterable[tuple[str, str]]) -> list[Refused]:
        """Let papers, by their ids, have further keys; return those that they cannot have.

        Raises:
            LibraryError: the keys cannot be kept.
        """
        return self._current().add_second(keys)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._keys is not None:
                self._keys.close()
            self._keys = None

    def _current(self) -> CitationKeys:
        """Return the store, its keys with the papers as they are called now."""
        with self._lock:
            if self._keys is None:
                self._keys = CitationKeys(self._marks)
            stamp = self._corpus.stamp()
            if stamp != self._followed:
                self._keys.follow(self._corpus.renamed)
                self._followed = stamp
            return self._keys


def told(refused: Sequence[Refused]) -> str:
    """Return what is said of keys that are not kept: the first few, and why."""
    shown = ", ".join(f"{one.key} ({one.why})" for one in refused[:_TOLD])
    more = f" and {len(refused) - _TOLD:,} more" if len(refused) > _TOLD else ""
    are = "citation key is" if len(refused) == 1 else "citation keys are"
    return f"{len(refused):,} {are} not kept: {shown}{more}"
