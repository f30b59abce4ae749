"""The papers shown last, decoded: from one key to the next a search finds much the same ones."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

from papers_tui.index.paper import Paper
from papers_tui.index.store.corpus import Corpus, Stamp

_REMEMBERED: Final = 2_000
"""Papers: a few megabytes."""


class PaperCache:
    """Reads papers of a corpus, and remembers those that were asked for last."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._lock = threading.Lock()
        self._stamp: tuple[Stamp, int] | None = None
        self._papers: dict[int, Paper] = {}

    def papers(self, keys: Sequence[int]) -> dict[int, Paper]:
        """Return the papers with these keys as they are now; keys of no paper are left out."""
        # Another file in the place of ours may have gone through as many changes.
        stamp = (self._corpus.stamp(), self._corpus.replacements)
        with self._lock:
            if stamp != self._stamp:
                self._stamp, self._papers = stamp, {}
            known = {key: self._papers.pop(key) for key in keys if key in self._papers}
            self._papers |= known
        known |= self._read([key for key in keys if key not in known])
        with self._lock:
            if stamp == self._stamp:
                self._papers |= known
                while len(self._papers) > _REMEMBERED:
                    del self._papers[next(iter(self._papers))]
        return known

    def _read(self, keys: Sequence[int]) -> dict[int, Paper]:
        papers = self._corpus.papers_by_key(keys)
        if len(papers) == len(keys):
            return dict(zip(keys, papers, strict=True))
        return {key: paper for key in keys for paper in self._corpus.papers_by_key([key])}
