"""The values that the fields of a query may have, from the index's own vocabulary and the user's marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

import numpy as np

from papers_tui.index.search.arrays import Array
from papers_tui.index.search.completion import MOST, Candidate, choices
from papers_tui.index.search.facets import Facets, FacetValue, by_count, names_of, term_counts
from papers_tui.index.search.fields import PARTS, STATES, Field, Value
from papers_tui.index.search.filters import Filters
from papers_tui.index.search.postings import Run, encoded, runs_of_prefix
from papers_tui.index.search.query import Has, InState
from papers_tui.index.search.schema import name_of
from papers_tui.index.search.snapshot import Snapshot
from papers_tui.index.search.spellings import FUNCTION_WORDS
from papers_tui.index.text import fold

_MOST_GIVEN: Final = 3
"""Given names that may be typed before the family name."""
_MOST_VARIANTS: Final = 3
"""For each name that is offered, the names that are looked at: some are the same but for accents."""


class Names:
    """The names that papers of a snapshot have. Threads may share it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def organizations(self, begun: str) -> list[FacetValue]:
        """Return the organisations with a word that begins so; those that begin so themselves first."""
        found = [
            (not folded.startswith(begun), value)
            for folded, value in self._organizations.items()
            if f" {begun}" in f" {folded}"
        ]
        return [
            value for _, value in sorted(found, key=lambda each: (each[0], -each[1].papers, each[1].name))
        ]

    @cached_property
    def _organizations(self) -> dict[str, FacetValue]:
        return names_of(self._snapshot, "org_name")

    @cached_property
    def sources(self) -> list[FacetValue]:
        """The kinds and names of sources, folded, those of the most papers first."""
        counts: dict[str, int] = {}
        for term, count in term_counts(self._snapshot, "source", self._snapshot.alive):
            source = term.decode("utf-8", "replace")
            counts[source] = counts.get(source, 0) + count
        return sorted((FacetValue(*item) for item in counts.items()), key=lambda one: (-one.papers, one.name))

    def venues(self, begun: str) -> list[FacetValue]:
        """Return the words of venues that begin so, those of the most papers first: names differ too much."""
        counts: dict[str, int] = {}
        for run in runs_of_prefix(self._snapshot, "venue", begun):
            sizes = np.diff(run.columns.posting_starts[run.start : run.stop + 1].astype(np.int64)).tolist()
            for term, size in zip(run.columns.terms_of(run.start, run.stop), sizes, strict=True):
                word = term.decode("utf-8", "replace")
                if word.isalpha() and len(word) > 1 and word not in FUNCTION_WORDS:
                    counts[word] = counts.get(word, 0) + size
        return list(by_count(FacetValue(*item) for item in counts.items()))

    def authors(self, begun: str) -> list[FacetValue]:
        """Return the authors of the most papers whose names begin so, with the family name or the given one.

        `yann lec` finds Yann LeCun as well as `lecun y` does; of a single word only the family name counts.
        """
        keys = set(self._most_frequent(begun, ""))
        words = begun.split(" ")
        for cut in range(1, min(len(words), _MOST_GIVEN + 1)):
            keys.update(self._most_frequent(" ".join(words[cut:]), " ".join(words[:cut])))
        found = [self._author(key) for key in keys]
        kept = [value for value in found if value.papers]
        return sorted(kept, key=lambda value: (-value.papers, value.name))[:MOST]

    def _most_frequent(self, family: str, given: str) -> Iterator[str]:
        """Yield what the most frequent names that begin so are found by, segment by segment."""
        most = MOST * _MOST_VARIANTS
        wanted = encoded(f" {given}")  # as the name is found by; as it is shown, it has capitals
        for run in runs_of_prefix(self._snapshot, "author_name", family):
            sizes = np.diff(run.columns.posting_starts[run.start : run.stop + 1].astype(np.int64))
            places = np.arange(len(sizes))
            if given:
                terms = enumerate(run.columns.terms_of(run.start, run.stop))
                places = np.array([place for place, term in terms if wanted in term], dtype=np.int64)
            if len(places) > most:
                places = places[np.argpartition(-sizes[places], most)[:most]]
            for place in places.tolist():
                yield name_of(run.columns[run.start + place])[0]

    def _author(self, key: str) -> FacetValue:
        """Return the name that is found by `key`, as most papers write it, with all its papers."""
        ways: dict[str, int] = {}
        for run in runs_of_prefix(self._snapshot, "author_name", f"{key}\0"):
            for ordinal in range(run.start, run.stop):
                one = Run(run.base, run.columns, ordinal, ordinal + 1)
                shown = name_of(run.columns[ordinal])[1]
                alive = int(np.count_nonzero(self._snapshot.alive[one.documents]))
                ways[shown] = ways.get(shown, 0) + alive
        return FacetValue(max(sorted(ways), key=ways.__getitem__), sum(ways.values()))


class KnownValues:
    """The values of every field, with how many papers of the whole library have them."""

    def __init__(self, names: Names, library: Facets, filters: Filters, alive: Array) -> None:
        self._names = names
        self._library = library
        self._filters = filters
        self._alive = alive

    def of(self, field: Field, begun: str) -> list[Candidate]:
        """Return the values of a field that begin so, folded, the best first."""
        counted = self._counted(field, begun)
        if counted is not None:
            return [Candidate(*value) for value in counted]
        return [
            Candidate(name, self._of_choices.get((field.value, name))) for name, _ in choices(field, begun)
        ]

    def _counted(self, field: Field, begun: str) -> Iterable[FacetValue] | None:
        """Return the values of a field that were counted; None for fields of few choices, and all others."""
        match field.value:
            case Value.TAG:
                found: Iterable[FacetValue] | None = _beginning(self._library.tags, begun)
            case Value.CATEGORY:
                found = _beginning(self._library.categories, begun)
            case Value.SOURCE:
                found = _beginning(self._names.sources, begun)
            case Value.DAYS if field.name == "year":
                years = reversed(self._library.years.items())
                found = _beginning((FacetValue(str(year), papers) for year, papers in years), begun)
            case Value.WORDS if field.text_field == "author":
                found = self._names.authors(begun)
            case Value.WORDS if field.text_field == "venue":
                found = self._names.venues(begun)
            case Value.WORDS if field.text_field == "org":
                found = self._names.organizations(begun)
            case _:
                found = None
        return found

    @cached_property
    def _of_choices(self) -> dict[tuple[Value, str], int]:
        """How many papers are in each state, and have each part."""
        masks = {(Value.STATE, str(state)): self._filters.mask(InState(state)) for state in STATES}
        masks |= {(Value.PART, str(part)): self._filters.mask(Has(part)) for part in PARTS}
        return {choice: int(np.count_nonzero(mask & self._alive)) for choice, mask in masks.items()}


def _beginning(values: Iterable[FacetValue], begun: str) -> Iterator[FacetValue]:
    return (value for value in values if fold(value.name).startswith(begun))
