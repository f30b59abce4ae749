"""Finding and scoring words in the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from typing import Final

import numpy as np

from papers_tui.index.search.arrays import Array
from papers_tui.index.search.beginnings import COMMON
from papers_tui.index.search.match import Match
from papers_tui.index.search.postings import (
    Run,
    documents_of_places,
    encoded,
    idf,
    in_sequence,
    runs_of_prefix,
    runs_of_terms,
)
from papers_tui.index.search.query import Phrase, Word
from papers_tui.index.search.snapshot import Snapshot
from papers_tui.index.search.spellings import Ending, Spelling, Step, parts_of, phrase_spellings, spellings
from papers_tui.index.search.tallies import Few, Tally, presence, tallies

WEIGHTS: Final[Mapping[str, float]] = {
    "title": 6.0,
    "abstract": 1.0,
    "author": 7.0,
    "org": 2.0,
    "venue": 0.2,
    "ident": 6.0,
}
"""What a word is worth by where it stands. One in a title is worth more than any number in an abstract."""

AS_TYPED: Final = 0.8
"""What a word is worth in the form in which it was typed; the rest is for any of its forms."""

PREFIX_WEIGHT: Final = 0.4
"""What the beginning of a word is worth, against a whole word."""

PHRASE_WEIGHT: Final = 1.5
"""What words one after the other are worth, against a single word as rare."""

OTHER_SPELLING: Final = 0.5
"""What a word is worth that is spelled in another way than it was typed, as one word or as two."""

_MOST_TERMS: Final = 32
"""Terms of a single word or phrase; what follows in an endless one is ignored."""


def spellings_of(node: Word | Phrase, snapshot: Snapshot) -> list[Spelling]:
    """Return how what a query asks for may be spelled; none if it has no letters or digits."""
    parts = parts_of(node.text)[:_MOST_TERMS]
    if not parts:
        return []

    def frequency(step: Step) -> int:
        return papers_with(snapshot, step)

    if isinstance(node, Phrase):
        return phrase_spellings(parts, "prefix" if node.is_prefix else "exact", frequency)
    return spellings(parts, ending_of(node), frequency)


def papers_with(snapshot: Snapshot, step: Step) -> int:
    """Return roughly how many papers have what a step stands for in their title or abstract."""
    return sum(run.size for field in ("title", "abstract") for run in runs_of(snapshot, field, step))


def ending_of(word: Word) -> Ending:
    """Return what the last term of a word stands for."""
    if word.is_typing:
        return "typing"
    return "prefix" if word.is_prefix else "inflected"


def find(
    snapshot: Snapshot, found_as: Sequence[Spelling], fields: Sequence[str], among: Array | None = None
) -> Match:
    """Return the documents that have any of the spellings in any of the fields, scored by BM25F.

    What fields are worth adds up; of several spellings in a field, the best one counts. The first spelling
    is the one that was typed. Another one does not count for rarer than that. The scores of documents that
    are not in the mask `among` may be too low.
    """
    mask = np.zeros(snapshot.size, dtype=bool)
    scores = np.zeros(snapshot.size, dtype=np.float32)
    for field in fields:
        worths: list[Array] = []
        typed = 0
        for place, spelling in enumerate(found_as):
            worth: Array | None = scores if len(found_as) == 1 else None
            for share, parts in _tallies(snapshot, field, spelling):
                papers = sum(part.papers for part in parts)
                rarity = idf(snapshot, max(papers, typed if place else 0))
                value = np.float32(share * WEIGHTS[field] * rarity * (OTHER_SPELLING if place else 1.0))
                if worth is None:
                    worth = np.zeros_like(scores)
                    worths.append(worth)
                for part in parts:
                    part.mark(mask)
                    part.score(worth, value, snapshot.norms(field), among)
                typed = typed if place else max(typed, papers)
        if worths:
            scores += reduce(np.maximum, worths)
    return Match(mask, scores)


def _tallies(snapshot: Snapshot, field: str, spelling: Spelling) -> Iterator[tuple[float, Sequence[Tally]]]:
    """Yield what a spelling stands for in a field, with its share.

    A common beginning tells papers apart no more: it only says which papers have it.
    """
    if len(spelling) > 1:
        sequence = sequence_of(snapshot, field, spelling)
        if sequence:
            found = documents_of_places(in_sequence(sequence, snapshot.alive))
            yield PHRASE_WEIGHT, [Few(slice(0, snapshot.size), *found)]
        return
    step = spelling[0]
    if whole := _whole(snapshot, field, step):
        as_typed = [run for run in whole if run.columns[run.start] == encoded(step.term)]
        if len(as_typed) == len(whole):
            yield 1.0, tallies(snapshot, field, whole)
        else:
            yield 1.0 - AS_TYPED, tallies(snapshot, field, whole)
            if as_typed:
                yield AS_TYPED, tallies(snapshot, field, as_typed)
    if step.is_prefix and (runs := list(runs_of_prefix(snapshot, field, step.term))):
        if sum(run.size for run in runs) * COMMON < snapshot.size:
            yield PREFIX_WEIGHT, tallies(snapshot, field, runs)
        else:
            yield PREFIX_WEIGHT, presence(snapshot, runs)


def _whole(snapshot: Snapshot, field: str, step: Step) -> list[Run]:
    return runs_of_terms(snapshot, field, _encoded_terms(step))


@lru_cache(maxsize=4096)
def _encoded_terms(step: Step) -> tuple[bytes, ...]:
    return tuple(encoded(term) for term in dict.fromkeys(step.terms))


def runs_of(snapshot: Snapshot, field: str, step: Step) -> list[Run]:
    """Return the postings of all that a step stands for."""
    runs = _whole(snapshot, field, step)
    if step.is_prefix:
        beginning = [run for run in runs if not _begins_with(run, step.term)]
        runs = [*beginning, *runs_of_prefix(snapshot, field, step.term)]
    return runs


def sequence_of(snapshot: Snapshot, field: str, steps: Sequence[Step]) -> list[list[Run]]:
    """Return the postings of each of some steps; nothing if there are none of one of them."""
    sequence = []
    for step in steps:
        runs = runs_of(snapshot, field, step)
        if not runs:
            return []
        sequence.append(runs)
    return sequence


def _begins_with(run: Run, prefix: str) -> bool:
    return run.columns[run.start].startswith(encoded(prefix))
