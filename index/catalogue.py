"""The catalogue: the newest snapshot of the index together with the newest marks, ready to be searched."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from papers_tui.index.editing import EditedCorpus
from papers_tui.index.edits import edited_entry
from papers_tui.index.paper import Entry, Marks, Paper
from papers_tui.index.paper_cache import PaperCache
from papers_tui.index.private_folders import make_private
from papers_tui.index.results import Results, SimilarHit
from papers_tui.index.search.identified import identifiers, with_present_ids
from papers_tui.index.search.marked import Marked
from papers_tui.index.search.paper_index import PaperIndex
from papers_tui.index.search.parser import parse
from papers_tui.index.search.query import Query, Sort
from papers_tui.index.search.ranking import FixedRanking
from papers_tui.index.search.searcher import Searcher
from papers_tui.index.search.write_lock import in_the_way
from papers_tui.index.store.corpus import Corpus, Stamp
from papers_tui.index.store.mark_changes import MarksState
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.temporary_cache import TemporaryCache

_BLANK: Final = Marks()
"""What most papers have."""

if TYPE_CHECKING:
    from papers_tui.index.search.completion import Completion


@dataclass(frozen=True, slots=True)
class _KnownMarks:
    """The marks as they were last read, of the papers as they were then."""

    version: int
    stamp: Stamp
    replacements: int
    """Of the file that they were read from: another one may have gone through as many changes."""
    state: MarksState
    marked: Marked


class Catalogue:
    """Searches the newest snapshot of the index, with the marks as they are now."""

    def __init__(self, corpus: Corpus, marks: MarksStore, cache_dir: Path) -> None:
        self._corpus = corpus
        self._marks = marks
        self._temporary: TemporaryCache | None = None
        folder = self._writable(cache_dir)
        self._index = PaperIndex(folder / "index")
        self._edited = EditedCorpus(corpus, marks, folder / "edits.json")
        self._papers = PaperCache(corpus)
        self._replacements = 0
        """Of papers.db, when the index was last known to be of that file and no other."""
        self._lock = threading.Lock()
        self._searcher: Searcher | None = None
        self._known_marks: _KnownMarks | None = None

    def _writable(self, cache_dir: Path) -> Path:
        """Return the cache dir, or where it cannot be written and holds no index, a place for this run."""
        if _can_write(cache_dir) or _holds_index(cache_dir):
            return cache_dir
        self._temporary = TemporaryCache()
        return self._temporary.path

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            if self._searcher is not None:
                self._searcher.close()
                self._searcher = None
        if self._temporary is not None:
            self._temporary.close()

    def is_current(self) -> bool:
        """Whether the index covers every paper of the store."""
        is_known = self._corpus.replacements == self._replacements and self._edited.is_known()
        return is_known and self._index.is_current(self._corpus.stamp())

    def update(self, progress: Callable[[int, int], None]) -> None:
        """Bring the index up to date with the store."""
        if self._corpus.replacements != self._replacements:
            self.rebuild(progress)
            return
        with self._edited.followed():
            self._index.update(self._edited, progress)

    def rebuild(self, progress: Callable[[int, int], None]) -> None:
        """Build the index anew."""
        replacements = self._corpus.replacements
        with self._edited.followed():
            self._index.rebuild(self._edited, progress)
        self._replacements = replacements

    def search(
        self, text: str, *, today: date, sort: Sort | None, limit: int, is_corrected: bool = True
    ) -> Results:
        """Find the papers that match a query; where there is no index yet, show the newest and say so."""
        started = time.perf_counter()
        with self._lock:
            searcher = self._newest_searcher()
        opened = time.perf_counter()
        query = parse(text, today=today)
        if sort is not None:
            query = replace(query, sort=sort)
        if searcher is None:
            results = self._unindexed(query)
        else:
            results = self._search(searcher, query, is_corrected=is_corrected)
        results.hits = results.page(0, limit)
        results.open_ms = (opened - started) * 1000
        results.elapsed_ms = (time.perf_counter() - opened) * 1000
        return results

    def _search(self, searcher: Searcher, query: Query, *, is_corrected: bool) -> Results:
        marked = self._newest_marks()
        ranking = searcher.search(self._with_present_ids(query), marked, is_corrected=is_corrected)
        results = Results(
            query,
            ranking,
            self._entries,
            ids=self._corpus.ids_by_key,
            facets=lambda: searcher.facets(ranking, marked),
        )
        results.forms = lambda: searcher.other_forms(query)
        return results

    def _with_present_ids(self, query: Query) -> Query:
        """Let ids that papers had before they got better ones stand for those papers."""
        renamed = self._corpus.renamed(set(identifiers(query.root)))
        return replace(query, root=with_present_ids(query.root, renamed)) if query.root and renamed else query

    def similar(self, paper: Paper, limit: int) -> list[SimilarHit]:
        """Return the papers that are most like `paper`, which need not be indexed itself."""
        with self._lock:
            searcher = self._newest_searcher()
        if searcher is None:
            return []
        key = self._corpus.keys_of([paper.id]).get(paper.id)
        found = searcher.similar(paper, key, limit, self._newest_marks())
        entries = self._entries([one.key for one in found])
        return [
            SimilarHit(entries[one.key], one.score, one.shared_terms) for one in found if one.key in entries
        ]

    def completions(self, text: str, cursor: int) -> list[Completion]:
        """Return what may be meant at the cursor in a query; without an index, what needs none."""
        with self._lock:
            searcher = self._newest_searcher()
        if searcher is None:
            from papers_tui.index.search.completion import complete  # noqa: PLC0415 - nobody types yet

            return complete(text, cursor)
        return searcher.completions(text, cursor, self._newest_marks())

    def _unindexed(self, query: Query) -> Results:
        marked = self._newest_marks()
        trashed = set(marked.keys[marked.trashed].tolist())
        keys = [key for key in self._corpus.newest_keys() if key not in trashed]
        hint = "the index is not ready: these are the papers that came last" if keys and query.root else ""
        ranking = FixedRanking(keys, (hint,) if hint else ())
        results = Results(query, ranking, self._entries, ids=self._corpus.ids_by_key)
        results.is_searched = False
        return results

    def _newest_searcher(self) -> Searcher | None:
        if self._corpus.replacements != self._replacements:
            return None  # the index has the keys of other papers
        newest = self._index.searcher_if_newer(self._searcher)
        if newest is not self._searcher:
            if self._searcher is not None:
                self._searcher.close()
            self._searcher = newest
        return newest

    def _newest_marks(self) -> Marked:
        version, stamp = self._marks.version(), self._corpus.stamp()
        with self._lock:
            known = self._known_marks
            if known is None or (known.version, known.stamp) != (version, stamp):
                replacements = self._marks.replacements
                if known is not None and (known.stamp, known.replacements) != (stamp, replacements):
                    known = None  # papers may have come or gone that have marks
                changes = self._marks.changes(known.state if known else None)
                keys = self._corpus.keys_of(changes.marks)
                by_key = {keys[paper_id]: one for paper_id, one in changes.marks.items() if paper_id in keys}
                marked = known.marked.changed(by_key) if known and not changes.is_all else Marked(by_key)
                self._known_marks = known = _KnownMarks(version, stamp, replacements, changes.state, marked)
            return known.marked

    def _entries(self, keys: Sequence[int]) -> dict[int, Entry]:
        """Return the papers with these keys, with their marks; keys of no paper are left out."""
        papers = self._papers.papers(keys)
        marks = self._marks.get_many([paper.id for paper in papers.values()])
        return {key: edited_entry(paper, marks.get(paper.id, _BLANK)) for key, paper in papers.items()}


def _holds_index(cache_dir: Path) -> bool:
    """Tell whether an index of ours can be read, or at least be there."""
    folder = cache_dir / "index"
    try:
        return folder.is_dir() and not in_the_way(folder)
    except OSError:
        return False


def _can_write(folder: Path) -> bool:
    """Tell whether a folder can be written, making it where it is missing."""
    try:
        make_private(folder)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)
