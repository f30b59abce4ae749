"""Fetching results, off the event loop: what the list shows first, and the pages it asks for later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from papers_tui.index.paper import Entry
from papers_tui.tui.widgets.paper_list import PAGE, Listing
from papers_tui.tui.widgets.paper_row import Excerpt

if TYPE_CHECKING:
    from papers_tui.index.library import Library
    from papers_tui.index.results import Hit, Results, SimilarHit
    from papers_tui.index.search.query import Node

OPENING: Final = 300
"""Characters of an abstract in which no word of the query is."""

CHUNK: Final = 500
"""Papers that are fetched at a time where only their ids are wanted: none of them is kept."""

SEARCHED: Final = 5_000
"""Results in which selected papers are looked for, to tell their order."""


class Found(Protocol):
    """Papers in an order, of which pages can be fetched."""

    @property
    def total(self) -> int:
        """How many papers there are."""

    def page(self, start: int, stop: int) -> Sequence[Hit] | Sequence[SimilarHit]:
        """Fetch the papers from `start` up to `stop`."""

    def ids(self, start: int, stop: int) -> Sequence[str]:
        """Fetch the ids of the papers from `start` up to `stop`."""

    def spans(self, text: str, field: str) -> Sequence[tuple[int, int]]:
        """Where a field's text has the words that the papers were found by."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader was in a list that is to be refreshed."""

    id: str | None
    row: int
    top: int
    rows: range


def find(library: Library, text: str, place: Place | None) -> tuple[Results, Listing]:
    """Search, and fetch what the list shows first."""
    results = library.search(text, limit=PAGE)
    first = [hit.entry for hit in results.hits]
    excerpt = partial(_sentence, results) if _seeks_sentences(results.query.root) else None
    listing = Listing(results.total, {0: first}, results.spans, excerpt)
    return results, at_place(listing, results, place)


def at_place(listing: Listing, found: Found, place: Place | None) -> Listing:
    """Return a listing that begins where the reader was, with the pages in view there."""
    if place is None:
        return listing
    wanted = {place.row // PAGE, *(row // PAGE for row in (place.rows.start, max(0, place.rows.stop - 1)))}
    pages = {**listing.pages, **fetch_pages(found, tuple(wanted - {0}))}
    row = _row_of(place, pages)
    top = max(0, place.top + row - place.row)
    return replace(listing, pages=pages, cursor=row, top=top)


def moved_on(listing: Listing, begun: Place, now: Place) -> Listing:
    """Return a refreshed listing for a reader who went on from one place to another while it was fetched."""
    top = listing.top if listing.top is None else max(0, listing.top + now.top - begun.top)
    return replace(listing, cursor=max(0, listing.cursor + now.row - begun.row), top=top)


def _seeks_sentences(node: Node | None) -> bool:
    """Tell whether a query looks for words in abstracts or notes."""
    from papers_tui.index.search.query import And, Or, Phrase, Word  # noqa: PLC0415 - after the first paint

    match node:
        case Word(field=field) | Phrase(field=field):
            return field in {None, "abstract", "note"}
        case And(nodes) | Or(nodes):
            return any(map(_seeks_sentences, nodes))
        case _:
            return False


def _sentence(results: Results, entry: Entry) -> Excerpt:
    """Return the sentence of the abstract that matches best, of the note, else how the abstract begins."""
    found = results.snippet(entry)
    if found is not None:
        return Excerpt(found.text, found.spans)
    if (found := results.note_snippet(entry)) is not None:
        label = "note: "
        spans = [(start + len(label), end + len(label)) for start, end in found.spans]
        return Excerpt(label + found.text, tuple(spans))
    return Excerpt(" ".join(entry.paper.abstract[:OPENING].split()))


def _row_of(place: Place, pages: Mapping[int, Sequence[Entry]]) -> int:
    for page, entries in pages.items():
        for number, entry in enumerate(entries):
            if entry.paper.id == place.id:
                return page * PAGE + number
    return place.row


def fetch_pages(found: Found, pages: tuple[int, ...]) -> dict[int, list[Entry]]:
    """Fetch pages of results by their numbers."""
    return {page: [hit.entry for hit in found.page(page * PAGE, (page + 1) * PAGE)] for page in pages}


def fetch_ids(found: Found, rows: range) -> list[str]:
    """Fetch the ids of the papers in some rows."""
    return [*found.ids(rows.start, rows.stop)]


def in_order(found: Found, ids: Sequence[str]) -> list[str]:
    """Return ids as their papers stand in the list; those that are not far up there come last."""
    left = dict.fromkeys(ids)
    ordered: list[str] = []
    for start in range(0, min(found.total, SEARCHED), CHUNK):
        if not left:
            break
        here = [one for one in fetch_ids(found, range(start, start + CHUNK)) if one in left]
        ordered += here
        left = {one: None for one in left if one not in here}
    return [*ordered, *left]
