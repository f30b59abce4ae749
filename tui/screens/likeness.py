"""Papers like one of the results, as a list of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from papers_tui.index.errors import UnknownPaper
from papers_tui.index.paper import Entry, Paper
from papers_tui.tui.screens.finding import Place, at_place
from papers_tui.tui.widgets.paper_list import PAGE, Listing
from papers_tui.tui.widgets.paper_row import Excerpt

if TYPE_CHECKING:
    from papers_tui.index.library import Library
    from papers_tui.index.results import SimilarHit

MOST: Final = 50
"""Similar papers that are listed."""


class SimilarPapers:
    """The papers that are like one, the most alike first."""

    def __init__(self, paper: Paper, hits: Sequence[SimilarHit]) -> None:
        from papers_tui.index.search.highlight import Highlighter  # noqa: PLC0415 - after the first paint
        from papers_tui.index.search.query import Or, Query, Word  # noqa: PLC0415 - with it

        self.paper = paper
        self._hits = hits
        self._shared = {hit.entry.paper.id: hit.shared_terms for hit in hits}
        words = dict.fromkeys(term for hit in hits for term in hit.shared_terms)
        self._highlighter = Highlighter(Query("", Or(tuple(map(Word, words)))))

    @property
    def total(self) -> int:
        """How many papers there are."""
        return len(self._hits)

    def page(self, start: int, stop: int) -> Sequence[SimilarHit]:
        """Return the papers from `start` up to `stop`."""
        return self._hits[start:stop]

    def ids(self, start: int, stop: int) -> list[str]:
        """Return the ids of the papers from `start` up to `stop`."""
        return [hit.entry.paper.id for hit in self._hits[start:stop]]

    def spans(self, text: str, field: str) -> Sequence[tuple[int, int]]:
        """Where a field's text has words that the papers share."""
        return self._highlighter.spans(text, field)

    def shared(self, entry: Entry) -> Excerpt:
        """Tell the words that a paper shares with the one, in place of a sentence of it."""
        text, spans = "shares ", []
        for number, term in enumerate(self._shared.get(entry.paper.id, ())):
            text += ", " if number else ""
            spans.append((len(text), len(text) + len(term)))
            text += term
        return Excerpt(text, spans) if spans else Excerpt("")


def find_similar(library: Library, paper: Paper, place: Place | None) -> tuple[SimilarPapers, Listing]:
    """Find papers like another; none are like one that is gone."""
    try:
        hits = library.similar(paper.id, MOST)
    except UnknownPaper:
        hits = []
    found = SimilarPapers(paper, hits)
    first = [hit.entry for hit in found.page(0, PAGE)]
    listing = Listing(found.total, {0: first}, found.spans, found.shared)
    return found, at_place(listing, found, place)
