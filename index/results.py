"""What a search answers with: the papers in order, fetched page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from papers_tui.index.paper import Entry
from papers_tui.index.search.query import Query, Sort
from papers_tui.index.search.ranking import Correction, Ranking

if TYPE_CHECKING:
    from papers_tui.index.search.facets import Facets
    from papers_tui.index.search.highlight import Highlighter
    from papers_tui.index.search.other_forms import Forms
    from papers_tui.index.search.snippets import Snippet


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper that a search found."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """A paper that is like another."""

    entry: Entry
    score: float
    shared_terms: tuple[str, ...]
    """The words that both have, the most telling first."""


class Results:
    """All papers that match a query, in order; `hits` are the first of them."""

    def __init__(
        self,
        query: Query,
        ranking: Ranking,
        fetch: Callable[[Sequence[int]], Mapping[int, Entry]],
        *,
        ids: Callable[[Sequence[int]], Mapping[int, str]],
        facets: Callable[[], Facets] | None = None,
    ) -> None:
        self.query = query
        self.is_searched = True
        """Whether there was an index to search; if not, these are all papers, whatever the query asks for."""
        self.forms: Callable[[], Forms] = dict
        """Finds in which other forms the words of the query are found."""
        self.hints = (*query.hints, *ranking.hints)
        self.hits: list[Hit] = []
        self.elapsed_ms = 0.0
        """Parsing, searching, the exact total, and fetching the first hits."""
        self.open_ms = 0.0
        """Opening the index, where this search had to."""
        self._ranking = ranking
        self._fetch = fetch
        self._ids = ids
        self._count_facets = facets

    @property
    def total(self) -> int:
        """How many papers match."""
        return self._ranking.total

    @property
    def sort(self) -> Sort:
        """The order of the results."""
        return self._ranking.sort

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The words that found too little, and what was searched instead."""
        return self._ranking.corrections

    def explained(self) -> str:
        """Say how the query was read, which words were corrected, and which other forms of them are found."""
        from papers_tui.index.search.explain import explain  # noqa: PLC0415 - the browser never asks

        return explain(self.query, self.forms(), self.corrections)

    def page(self, start: int, stop: int) -> list[Hit]:
        """Fetch the hits from `start` up to `stop`. Reads the store: not for the event loop."""
        ranked = self._ranking.page(start, stop)
        entries = self._fetch([key for key, _ in ranked])
        return [Hit(entries[key], score) for key, score in ranked if key in entries]

    def ids(self, start: int, stop: int) -> list[str]:
        """Return the ids of the hits from `start` up to `stop`, with nothing else read: for many of them."""
        keys = [key for key, _ in self._ranking.page(start, stop)]
        ids = self._ids(keys)
        return [ids[key] for key in keys if key in ids]

    def facets(self) -> Facets:
        """Count how all papers that match spread over years, categories and the like: not for the event loop.

        Without an index there are none.
        """
        from papers_tui.index.search.facets import Facets  # noqa: PLC0415 - a start shows all papers

        return self._count_facets() if self._count_facets is not None else Facets()

    def snippet(self, entry: Entry) -> Snippet | None:
        """Return the sentence of a paper's abstract that matches best, None if no word of it matches."""
        from papers_tui.index.search.snippets import snippet  # noqa: PLC0415 - a start shows all papers

        return snippet(entry.paper.abstract, lambda text: self.spans(text, "abstract"))

    def note_snippet(self, entry: Entry) -> Snippet | None:
        """Return the sentence of the user's note that matches best, None if no word of it matches."""
        from papers_tui.index.search.snippets import snippet  # noqa: PLC0415 - a start shows all papers

        return snippet(entry.marks.note, lambda text: self.spans(text, "note"))

    def spans(self, text: str, field: str) -> list[tuple[int, int]]:
        """Where the query's words stand in a field's text: sorted (start, end) pairs that do not overlap."""
        return self._highlighter.spans(text, field)

    @cached_property
    def _highlighter(self) -> Highlighter:
        from papers_tui.index.search.highlight import Highlighter  # noqa: PLC0415 - a start shows all papers

        return Highlighter(self.query, self.corrections)
