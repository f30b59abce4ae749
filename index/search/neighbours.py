"""Words that stand in a paper as they do in a query, side by side or in order: what raises it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from papers_tui.index.search.arrays import Array
from papers_tui.index.search.postings import (
    PLACE_BITS,
    idf,
    in_common,
    in_sequence,
    places_of,
)
from papers_tui.index.search.query import And, Node, Word
from papers_tui.index.search.snapshot import Snapshot
from papers_tui.index.search.spellings import Step, parts_of
from papers_tui.index.search.words import PHRASE_WEIGHT, WEIGHTS, papers_with, runs_of, sequence_of

_FIELDS: Final = ("title", "abstract", "author")
_CANDIDATES: Final = 1000
"""Papers among which words side by side are looked for."""
_MANY: Final = 50_000
"""Postings of a beginning, or one a paper, above which it takes too long to see what it stands next to."""

_POSITION: Final = (1 << PLACE_BITS) - 1
"""The bits of a place that tell where in its field it is."""

IN_ORDER: Final = 24.0
"""What is added to a paper whose title has all words of a query in their order, however far apart."""

AT_THE_START: Final = 24.0
"""What is added to a paper whose title begins with the words of a query."""


def raise_neighbours(snapshot: Snapshot, root: Node | None, documents: Array, scores: Array) -> Array:
    """Return the scores, [N], the best of `documents` raised if they have a query's words as it has them.

    Words side by side add the weight of the field times the rarity of the words together. A title adds more
    if it begins with them, or has them in their order.
    """
    runs = neighbours(root)
    if not runs or not len(documents):
        return scores
    among = best(documents, scores, _CANDIDATES)
    candidates = np.flatnonzero(among)
    raised = scores.copy()
    for run in runs:
        steps = _steps(snapshot, run)
        if len(steps) > 1:
            in_title = [places_of(runs_of(snapshot, "title", step), among) for step in steps]
            raised[candidates] += _side_by_side(snapshot, steps, in_title, among)
            raised[candidates] += _in_order(in_title, candidates) * np.float32(IN_ORDER)
    return raised


def best(documents: Array, scores: Array, most: int) -> Array:
    """Return which are the best of some documents, up to so many: bool [N]."""
    if len(documents) > most:
        place = len(documents) - most
        documents = documents[np.argpartition(scores[documents], place)[place:]]
    among = np.zeros(len(scores), dtype=bool)
    among[documents] = True
    return among


def _steps(snapshot: Snapshot, run: Sequence[Word]) -> list[Step]:
    """Return what stands for the words, without a beginning that too many papers have."""
    steps = [Step(part) for word in run for part in parts_of(word.text)]
    if steps and (run[-1].is_typing or run[-1].is_prefix):
        beginning = Step(steps.pop().term, "prefix")
        if papers_with(snapshot, beginning) <= max(_MANY, snapshot.size):
            steps.append(beginning)
    return steps


def _side_by_side(
    snapshot: Snapshot, steps: Sequence[Step], in_title: Sequence[Array], among: Array
) -> Array:
    """Return what each document of the mask `among` gains by having the steps one after the other: float32.

    `in_title` are the places in the title of each step.
    """
    candidates = np.flatnonzero(among)
    titles = in_title[0]
    for offset, places in enumerate(in_title[1:], 1):
        titles = in_common(titles, places - offset)
    weights = np.zeros(len(candidates), dtype=np.float32)
    for field in _FIELDS:
        places = titles
        if field != "title":
            sequence = sequence_of(snapshot, field, steps)
            places = in_sequence(sequence, among) if sequence else np.zeros(0, np.int64)
        documents = places >> PLACE_BITS
        weights[np.searchsorted(candidates, documents)] += np.float32(WEIGHTS[field])
    gain = weights * np.float32(PHRASE_WEIGHT * idf(snapshot, int(np.count_nonzero(weights))))
    opened = titles[(titles & _POSITION) == 0] >> PLACE_BITS
    gain[np.searchsorted(candidates, opened)] += np.float32(AT_THE_START)
    return gain


def _in_order(in_title: Sequence[Array], candidates: Array) -> Array:
    """Return the share of neighbouring steps that each of some documents has in order in its title: float32.

    `in_title` are the places of each step, in these documents alone.
    """
    share = np.zeros(len(candidates), dtype=np.float32)
    for before, after in pairwise(in_title):
        first = np.full(len(candidates), np.iinfo(np.int64).max)
        first[np.searchsorted(candidates, before[::-1] >> PLACE_BITS)] = before[::-1]
        owners = np.searchsorted(candidates, after >> PLACE_BITS)
        is_in_order = np.zeros(len(candidates), dtype=bool)
        is_in_order[owners[after > first[owners]]] = True
        share += is_in_order * np.float32(1 / (len(in_title) - 1))
    return share


def neighbours(node: Node | None) -> list[tuple[Word, ...]]:
    """Return the runs of plain words that stand side by side in a query: two or more, in their order."""
    if not isinstance(node, And):
        return []
    runs: list[list[Word]] = []
    before: Node | None = None
    for each in node.nodes:
        if isinstance(each, Word):
            if isinstance(before, Word) and before.field == each.field:
                runs[-1].append(each)
            else:
                runs.append([each])
        before = each
    return [tuple(run) for run in runs if len(run) > 1]
