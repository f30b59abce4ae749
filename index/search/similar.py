"""Papers like another: those that share its most telling words, weighed as a search would weigh them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from papers_tui.index.paper import Paper
from papers_tui.index.search.analysis import analyse, units
from papers_tui.index.search.arrays import Array
from papers_tui.index.search.inflection import forms, stem
from papers_tui.index.search.postings import bm25, frequencies_of, runs_of_term
from papers_tui.index.search.schema import author_term
from papers_tui.index.search.snapshot import Snapshot
from papers_tui.index.search.spellings import FUNCTION_WORDS
from papers_tui.index.text import fold

MOST_TERMS: Final = 25
"""Words of a paper that are looked for in others."""

_MOST_SHARED: Final = 8
"""Shared words that are told."""
_MOST_CANDIDATES: Final = 300
"""Different words of a paper that are weighed."""
_MOST_CHARACTERS: Final = 20_000
"""Of a text: what follows in an endless one tells nothing more."""
_TITLE: Final = 3
"""What a word in the title counts, against one in the abstract."""
_FIELDS: Final = (("title", 0.5), ("abstract", 1.0))
"""Where the words are looked for, and what they are worth there."""
_SATURATION: Final = 1.0
"""Of how often the paper itself has a word: how slowly more of it says more."""
_CATEGORY: Final = 0.1
"""What the same primary category adds, as a part of the best score."""
_AUTHOR: Final = 0.05
"""What each shared author adds, up to `_MOST_SHARED_AUTHORS`, as a part of the best score."""
_MOST_SHARED_AUTHORS: Final = 3
_MOST_AUTHORS: Final = 40


@dataclass(frozen=True, slots=True)
class Likeness:
    """A paper that is like another."""

    key: int
    """In the corpus."""
    score: float
    """About 1 for a paper that has all the words in its title and its abstract, in ones of average length."""
    shared_terms: tuple[str, ...]
    """The words that both have, the most telling first, as the other paper writes them."""


@dataclass(frozen=True, slots=True)
class _Telling:
    """A word of the paper, in all its forms."""

    shown: str
    weight: float
    postings: tuple[tuple[str, float, Array, Array], ...]
    """Field, what it is worth there, documents, frequencies."""
    mask: Array
    """bool [N], which documents have it."""


def similar(
    snapshot: Snapshot, paper: Paper, key: int | None, limit: int, hidden: Sequence[int] = ()
) -> list[Likeness]:
    """Return up to `limit` papers that are like `paper`, the most alike first.

    Args:
        snapshot: where to look.
        paper: need not be in the index.
        key: the paper's own key, never among the answers; None if it has none.
        limit: how many at most.
        hidden: the keys of papers that are not to be among the answers.
    """
    telling = _telling(snapshot, paper)
    scores = np.zeros(snapshot.size, dtype=np.float32)
    for word in telling:
        for field, worth, documents, frequencies in word.postings:
            scores[documents] += bm25(snapshot, field, documents, frequencies) * np.float32(
                word.weight * worth
            )
    scores[~snapshot.alive] = 0
    if left_out := [*hidden, *([key] if key is not None else [])]:
        scores[snapshot.documents_of(left_out)] = 0
    best = float(scores.max(initial=0.0))
    if not best:
        return []
    _raise_kin(snapshot, paper, scores, best)
    documents = _best(scores, limit)
    shared = _shared(telling, documents)
    whole = sum(word.weight for word in telling) * sum(worth for _, worth in _FIELDS)
    keys = snapshot.column("key")[documents].tolist()
    return [
        Likeness(found, float(score) / whole, terms)
        for found, score, terms in zip(keys, scores[documents], shared, strict=True)
    ]


def _telling(snapshot: Snapshot, paper: Paper) -> list[_Telling]:
    """Return the words of a paper that tell it best from others."""
    weighed = []
    for shown, count in _words(paper):
        papers = sum(run.size for run in runs_of_term(snapshot, "abstract", shown))
        weighed.append((_weight(snapshot, count, papers), shown, count))
    weighed.sort(key=lambda each: (-each[0], each[1]))
    found: list[_Telling] = []
    for _, shown, count in weighed:
        word = _looked_up(snapshot, shown, count)
        if word is not None:
            found.append(word)
        if len(found) == MOST_TERMS:
            break
    return sorted(found, key=lambda word: -word.weight)


def _weight(snapshot: Snapshot, count: float, papers: int) -> float:
    rarity = math.log((snapshot.count + 1) / (papers + 0.5))
    return max(0.0, rarity) * count / (count + _SATURATION)


def _words(paper: Paper) -> list[tuple[str, float]]:
    """Return the words of a paper, each in its most frequent form, with how much it makes of them."""
    counts: Counter[str] = Counter()
    ways: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, worth in ((paper.title[:_MOST_CHARACTERS], _TITLE), (paper.abstract[:_MOST_CHARACTERS], 1)):
        for term in _terms(text):
            root = stem(term)
            counts[root] += worth
            ways[root][term] += worth
    return [(ways[root].most_common(1)[0][0], count) for root, count in counts.most_common(_MOST_CANDIDATES)]


def _terms(text: str) -> Iterator[str]:
    for unit in units(fold(text)):
        for term in analyse(unit).parts:
            if len(term) > 1 and term not in FUNCTION_WORDS and not term.replace(".", "").isdecimal():
                yield term


def _looked_up(snapshot: Snapshot, shown: str, count: float) -> _Telling | None:
    """Return a word with its postings; None if no other paper has it."""
    postings = []
    for field, worth in _FIELDS:
        runs = [run for form in forms(shown) for run in runs_of_term(snapshot, field, form)]
        if runs:
            postings.append((field, worth, *frequencies_of(snapshot, runs)))
    if not postings:
        return None
    mask = np.zeros(snapshot.size, dtype=bool)
    for _, _, documents, _ in postings:
        mask[documents] = True
    papers = int(np.count_nonzero(mask))
    return _Telling(shown, _weight(snapshot, count, papers), tuple(postings), mask) if papers > 1 else None


def _raise_kin(snapshot: Snapshot, paper: Paper, scores: Array, best: float) -> None:
    """Raise papers of the same primary category and of the same authors, if they share words at all."""
    is_found = scores > 0
    if paper.categories:
        for run in runs_of_term(snapshot, "category", paper.categories[0].casefold()):
            scores[run.documents] += np.float32(_CATEGORY * best)
    written = np.zeros(snapshot.size, dtype=np.uint8)
    for author in paper.authors[:_MOST_AUTHORS]:
        for run in runs_of_term(snapshot, "author_name", author_term(author)):
            written[run.documents] += 1
    shared = np.flatnonzero(written)
    scores[shared] += np.minimum(written[shared], _MOST_SHARED_AUTHORS) * np.float32(_AUTHOR * best)
    scores[~is_found] = 0


def _best(scores: Array, limit: int) -> Array:
    """Return the documents of the best scores above 0, the best first; on a tie the last added first."""
    found = np.flatnonzero(scores)
    if len(found) > limit:
        least = np.partition(scores[found], len(found) - limit)[len(found) - limit]
        found = found[scores[found] >= least]
    order = np.lexsort((-found, -scores[found]))
    chosen: Array = found[order][:limit]
    return chosen


def _shared(telling: Sequence[_Telling], documents: Array) -> list[tuple[str, ...]]:
    """Return the words that each of the documents has."""
    shared: list[list[str]] = [[] for _ in documents]
    for word in telling:
        for place in np.flatnonzero(word.mask[documents]).tolist():
            if len(shared[place]) < _MOST_SHARED:
                shared[place].append(word.shown)
    return [tuple(terms) for terms in shared]
