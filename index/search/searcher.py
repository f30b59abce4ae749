"""Answers queries on a snapshot of the index."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from papers_tui.index.paper import Paper
from papers_tui.index.search.arrays import Array
from papers_tui.index.search.corpus_view import Stamp
from papers_tui.index.search.filters import Filters
from papers_tui.index.search.limits import Limits
from papers_tui.index.search.marked import Marked
from papers_tui.index.search.match import Match
from papers_tui.index.search.query import Node, Query, Sort
from papers_tui.index.search.ranking import Correction, FixedRanking, Hits, LazyRanking, Ranking
from papers_tui.index.search.snapshot import Snapshot
from papers_tui.index.search.sort_keys import newest_first, sort_values, title_ranks

if TYPE_CHECKING:
    from papers_tui.index.search.completion import Completion
    from papers_tui.index.search.corrections import Meant, Speller
    from papers_tui.index.search.evaluate import Evaluation
    from papers_tui.index.search.facets import FacetCounter, Facets
    from papers_tui.index.search.known_values import KnownValues, Names
    from papers_tui.index.search.other_forms import Forms
    from papers_tui.index.search.similar import Likeness

T = TypeVar("T")

_SPARSE: Final = 64
"""Up to a sixty-fourth of the documents, it is faster to sort them than to look at all in order."""

_REMEMBERED: Final = 48
"""What is kept of words: the documents and the spellings of those before the one being typed."""


class Searcher:
    """Searches one state of the index. Threads may share it.

    What only a query with words needs is imported with the first: a start shows all papers.
    """

    def __init__(self, snapshot: Snapshot, is_sound: Callable[[], bool]) -> None:
        """Search a snapshot. `is_sound` reads the files through, should they turn out to make no sense."""
        self._snapshot = snapshot
        self._is_sound = is_sound
        self._lock = Lock()
        self._remembered: dict[Hashable, Any] = {}
        self._filters: tuple[Marked, Filters] | None = None
        self._values: tuple[Marked, KnownValues] | None = None

    @property
    def stamp(self) -> Stamp:
        """Which state of which corpus it searches."""
        return self._snapshot.manifest

    def covers(self, build: str, toc: int) -> bool:
        """Whether it searches this generation of this build."""
        return (self._snapshot.manifest.build, self._snapshot.manifest.toc) == (build, toc)

    def close(self) -> None:
        """Let go of what was remembered. A search that runs meanwhile comes to its end."""
        with self._lock:
            self._remembered = {}
        self._filters = None
        self._values = None

    def search(self, query: Query, marked: Marked, *, is_corrected: bool = True) -> Ranking:
        """Find the papers that match a query, with the marks as they are; its words corrected, or not.

        If the files of the index were damaged in silence, none are found, and a hint says why.
        """
        damaged: Ranking = FixedRanking((), hints=("the index is damaged, and is going to be built anew",))
        return self._unless_damaged(lambda: self._search(query, marked, is_corrected=is_corrected), damaged)

    def _search(self, query: Query, marked: Marked, *, is_corrected: bool) -> Ranking:
        present = self._filters_of(marked).present
        if query.root is None:
            sort = query.sort or Sort("date")
            return LazyRanking(self._hits(self._in_order_of_age(present), None, sort), sort)
        from papers_tui.index.search.corrections import corrected, replaced  # noqa: PLC0415 - see the class
        from papers_tui.index.search.hints import Asked, hints_on  # noqa: PLC0415 - see the class
        from papers_tui.index.search.names import raise_one_author  # noqa: PLC0415 - see the class
        from papers_tui.index.search.neighbours import raise_neighbours  # noqa: PLC0415 - see the class

        limits = Limits()
        root = limits.bounded(query.root)
        evaluation, match = self._evaluate(root, marked)
        meant: Meant = {}
        typed = match
        if root is not None and match is not None and is_corrected:
            meant = self._speller.meant(root, evaluation, evaluation.count(match))
        if root is not None and meant:
            evaluation, match = self._evaluate(replaced(root, meant), marked)
        mask = present if match is None else match.mask & present
        scores = match.scores if match is not None else None
        sort = query.sort or Sort("relevance" if scores is not None else "date")
        documents = self._in_order_of_age(mask)
        hints = tuple(limits.hints)
        if root is not None and self._snapshot.count:
            asked = Asked(root, meant, evaluation, self._speller, self._snapshot, marked)
            hints += hints_on(asked, has_found=len(documents) > 0)
        if scores is not None and sort.key == "relevance":
            for variant in corrected(root, meant) if root is not None and meant else (root,):
                scores = raise_neighbours(self._snapshot, variant, documents, scores)
                scores = raise_one_author(self._snapshot, variant, documents, scores)
            if meant and typed is not None:
                scores = np.where(typed.mask, scores + scores.max(), scores)
        hits = self._hits(documents, scores, sort)
        corrections = tuple(Correction(word.text, one.text) for word, used in meant.items() for one in used)
        return LazyRanking(hits, sort, corrections=corrections, hints=hints)

    def other_forms(self, query: Query) -> Forms:
        """Return in which forms, beside those that were typed, the words of a query are found."""
        from papers_tui.index.search.other_forms import other_forms  # noqa: PLC0415 - see the class

        return self._unless_damaged(lambda: other_forms(query.root, self._snapshot), {})

    def facets(self, found: Ranking, marked: Marked) -> Facets:
        """Count the facets of all papers that a search of this searcher found, with these marks."""
        from papers_tui.index.search.facets import Facets  # noqa: PLC0415 - see the class

        return self._unless_damaged(
            lambda: self._facet_counter.count(found.documents, self._filters_of(marked), marked), Facets()
        )

    def similar(
        self, paper: Paper, key: int | None, limit: int, marked: Marked | None = None
    ) -> list[Likeness]:
        """Return up to `limit` papers that are like `paper`, which has this key in the corpus, if any.

        Papers that are `marked` as removed are passed over.
        """
        from papers_tui.index.search.similar import similar  # noqa: PLC0415 - see the class

        hidden = marked.keys[marked.trashed].tolist() if marked is not None else []
        return self._unless_damaged(lambda: similar(self._snapshot, paper, key, limit, hidden), [])

    def completions(self, text: str, cursor: int, marked: Marked) -> list[Completion]:
        """Return what may be meant at the cursor in the text of a query."""
        from papers_tui.index.search.completion import complete  # noqa: PLC0415 - see the class

        return self._unless_damaged(lambda: complete(text, cursor, self._values_of(marked).of), [])

    def _values_of(self, marked: Marked) -> KnownValues:
        from papers_tui.index.search.known_values import KnownValues  # noqa: PLC0415 - see the class

        known = self._values
        if known is None or known[0] is not marked:
            filters = self._filters_of(marked)
            library = self._facet_counter.count(np.flatnonzero(filters.present), filters, marked)
            self._values = known = marked, KnownValues(self._names, library, filters, filters.present)
        return known[1]

    def _unless_damaged(self, compute: Callable[[], T], otherwise: T) -> T:
        """Return what is computed; `otherwise` if the files of the index were damaged in silence."""
        try:
            return compute()
        except (IndexError, ValueError, OverflowError, MemoryError):
            if self._is_sound():
                raise
            return otherwise

    def _evaluate(self, root: Node | None, marked: Marked) -> tuple[Evaluation, Match | None]:
        from papers_tui.index.search.evaluate import Evaluation  # noqa: PLC0415 - see the class

        evaluation = Evaluation(self._snapshot, marked, self._filters_of(marked), self._remember)
        return evaluation, evaluation.match(root) if root is not None else None

    def _hits(self, documents: Array, scores: Array | None, sort: Sort) -> Hits:
        keys = self._snapshot.column("key")[documents]
        shown = scores[documents] if scores is not None else np.zeros(len(documents), np.float32)
        if sort.key == "relevance":
            return Hits(keys, shown * (-1.0 if sort.is_reversed else 1.0), shown, documents)
        titles = self._title_ranks if sort.key == "title" else None
        return Hits(keys, sort_values(self._snapshot, sort, titles)[documents], shown, documents)

    @cached_property
    def _speller(self) -> Speller:
        from papers_tui.index.search.corrections import Speller  # noqa: PLC0415 - see the class

        return Speller(self._snapshot)

    @cached_property
    def _facet_counter(self) -> FacetCounter:
        from papers_tui.index.search.facets import FacetCounter  # noqa: PLC0415 - see the class

        return FacetCounter(self._snapshot)

    @cached_property
    def _names(self) -> Names:
        from papers_tui.index.search.known_values import Names  # noqa: PLC0415 - see the class

        return Names(self._snapshot)

    def _in_order_of_age(self, mask: Array) -> Array:
        """Return the documents of a mask, the newest first."""
        found = np.flatnonzero(mask)
        if len(found) * _SPARSE > len(mask):
            return self._newest_first[mask[self._newest_first]]
        ordered: Array = found[np.argsort(self._ages[found])]
        return ordered

    @cached_property
    def _newest_first(self) -> Array:
        return newest_first(self._snapshot)

    @cached_property
    def _ages(self) -> Array:
        """The place of each document in `_newest_first`."""
        ages = np.empty(self._snapshot.size, dtype=np.uint32)
        ages[self._newest_first] = np.arange(self._snapshot.size, dtype=np.uint32)
        return ages

    @cached_property
    def _title_ranks(self) -> Array:
        return title_ranks(self._snapshot)

    def _filters_of(self, marked: Marked) -> Filters:
        if self._filters is None or self._filters[0] is not marked:
            filters = Filters(self._snapshot, marked)
            self._filters = marked, filters
            return filters
        return self._filters[1]

    def _remember(self, key: Hashable, find: Callable[[], T]) -> T:
        known = self._remembered.get(key)
        found: T = find() if known is None else known
        with self._lock:
            self._remembered.pop(key, None)
            self._remembered[key] = found
            while len(self._remembered) > _REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
        return found
