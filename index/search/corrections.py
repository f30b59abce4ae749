"""What was probably meant by a misspelt word: the nearest terms that papers have, with the other words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from papers_tui.index.search.arrays import Array
from papers_tui.index.search.evaluate import Evaluation
from papers_tui.index.search.match import Match, all_of
from papers_tui.index.search.postings import bm25, idf, runs_of_prefix
from papers_tui.index.search.query import And, Node, Or, Word
from papers_tui.index.search.snapshot import Snapshot
from papers_tui.index.search.spellings import Step, parts_of
from papers_tui.index.search.words import WEIGHTS, ending_of, find, runs_of, spellings_of

_FIELDS: Final = ("title", "abstract", "author", "org", "venue")
_SHORTEST: Final = 4
_LONG: Final = 7
"""Letters from which on two slips are forgiven, not one."""
_LONGEST: Final = 40
_REMEMBERED: Final = 256
_REMEMBERED_LETTERS: Final = 40
"""Beginnings of which the vocabulary is kept, by field."""
_NEAREST: Final = 24
"""Terms that are tried in the place of a word."""
_MOST_LIKELY: Final = 8
"""Terms that a second misspelt word may stand for while the first one is read."""
_MOST_MEANT: Final = 2
"""Terms that a word is read as, all of which papers have together with the other words."""
_MOST_WORDS: Final = 8
"""Words of a query that are tried, one after the other."""
_MOST_CONDITIONS: Final = 16
"""Conditions of a query above which it takes too long to try them together."""
_SWAP: Final = 1.5
"""How much likelier letters that changed places are than another slip that fits as well: there are few."""
_FEW: Final = 2
"""Papers that are too few for a common word: it may be a slip that somebody else made, too."""
_COMMON: Final = 100
"""How many times more papers must have the nearest word for a rare one to be taken for a slip."""

Meant = dict[Word, tuple[Word, ...]]
"""What is searched in the place of words, the likeliest first."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    term: str
    distance: int
    is_swap: bool
    """Whether two letters have changed places."""
    is_beginning: bool
    papers: int

    @property
    def rank(self) -> tuple[int, bool, bool, int, str]:
        """The smaller, the likelier."""
        is_swap = self.is_swap and not self.is_beginning
        return self.distance, not is_swap, self.is_beginning, -self.papers, self.term


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a word may be read as."""

    used: tuple[Word, ...]
    worth: float
    """About the score of the best paper, by the slips that it takes."""


class Speller:
    """Corrects the words of queries by a snapshot's vocabulary, and by what papers have together."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._nearest: dict[Word, tuple[_Candidate, ...]] = {}
        self._vocabulary: dict[tuple[str, str], dict[str, int]] = {}

    def meant(self, root: Node, evaluation: Evaluation, papers: int) -> Meant:
        """Return what was meant by the words of a query that so many papers match; excluded words aside."""
        nodes = root.nodes if isinstance(root, And) else (root,)
        if papers > _FEW or len(nodes) > _MOST_CONDITIONS:
            return {}
        plain = [node for node in dict.fromkeys(nodes) if isinstance(node, Word)][:_MOST_WORDS]
        if papers and self._is_title(plain):
            return {}
        meant: Meant = {}
        for word in dict.fromkeys(_wanted(root)):
            if word not in plain and evaluation.found.get(word) == 0:
                used = self._alone(word, self._candidates(word))
                meant |= {word: used} if used else {}
        doubtful = [word for word in plain if evaluation.found.get(word, _FEW + 1) <= _FEW]
        if papers or any(evaluation.found[word] == 0 for word in doubtful):
            return meant | self._each(doubtful, nodes, evaluation)
        return meant | self._likeliest(plain, nodes, evaluation)

    def suggestion(self, word: Word, papers: int) -> Word | None:
        """Return what a word that so many papers have is probably a slip of, wherever that leads."""
        return next((_as(word, each.term) for each in self._likely(word, papers)), None)

    def _is_title(self, words: Sequence[Word]) -> bool:
        """Tell whether a title has all of several words: rare as they are, they are no slips then."""
        in_titles = [find(self._snapshot, spellings_of(word, self._snapshot), ("title",)) for word in words]
        return len(words) > 1 and bool((all_of(in_titles).mask & self._snapshot.alive).any())

    def _each(self, words: Sequence[Word], nodes: Sequence[Node], evaluation: Evaluation) -> Meant:
        """Return what was meant by every one of some words that hardly any paper has."""
        meant: Meant = {}
        likely = {word: self._likely(word, evaluation.found[word]) for word in words}
        readings: Meant = {
            word: tuple(_as(word, each.term) for each in near[:_MOST_LIKELY])
            for word, near in likely.items()
            if near or not evaluation.found[word]
        }
        for word in words:
            others = [node for node in nodes if node != word]
            context = _context(others, evaluation, readings | meant)
            if (reading := self._reading(word, likely[word], context)) is not None:
                meant[word] = reading.used
        return meant

    def _likely(self, word: Word, papers: int) -> list[_Candidate]:
        """Return what may be meant by a word that so many papers have: only what far more have."""
        return [each for each in self._candidates(word) if each.papers >= papers * _COMMON]

    def _likeliest(self, words: Sequence[Word], nodes: Sequence[Node], evaluation: Evaluation) -> Meant:
        """Return what was meant by one of several words that papers have, but no paper together."""
        together = evaluation.match(And(tuple(words))) if len(words) > 1 else None
        if together is None or evaluation.count(together):
            return {}
        best: dict[Word, _Reading] = {}
        for word in words:
            context = _context([node for node in nodes if node != word], evaluation)
            if (reading := self._reading(word, self._candidates(word), context)) is not None:
                best[word] = reading
        if not best:
            return {}
        chosen = max(best, key=lambda word: best[word].worth)
        return {chosen: best[chosen].used}

    def _reading(
        self, word: Word, candidates: Sequence[_Candidate], context: Match | None
    ) -> _Reading | None:
        """Return the nearest terms that a paper of the context has."""
        if context is None or context.scores is None:
            among = self._snapshot.alive if context is None else context.mask & self._snapshot.alive
            used = self._alone(word, [each for each in candidates if self._best(word, each, among, None)])
            return _Reading(used, 0.0) if used else None
        among = context.mask & self._snapshot.alive
        for distance in (1, 2):
            near = [each for each in candidates if each.distance == distance]
            worth = {
                each: self._best(word, each, among, context.scores) * (_SWAP if each.is_swap else 1.0)
                for each in near
            }
            likely = sorted(
                (each for each in near if worth[each]), key=lambda each: (-worth[each], each.rank)
            )
            if likely:
                used = tuple(_as(word, each.term) for each in likely[:_MOST_MEANT])
                return _Reading(used, worth[likely[0]] / distance)
        return None

    def _alone(self, word: Word, candidates: Sequence[_Candidate]) -> tuple[Word, ...]:
        return tuple(_as(word, each.term) for each in candidates[:1])

    def _best(self, word: Word, candidate: _Candidate, among: Array, scores: Array | None) -> float:
        """Return about the score of the best paper of the mask `among` with a term, 0 if there is none."""
        best = 0.0
        step = Step(candidate.term, ending_of(word))
        for field in _fields_of(word):
            runs = runs_of(self._snapshot, field, step)
            worth = WEIGHTS[field] * idf(self._snapshot, sum(run.size for run in runs))
            for run in runs:
                documents = run.documents
                documents = documents[among[documents]]
                if not len(documents):
                    continue
                once = np.ones(len(documents), dtype=np.float32)
                total = bm25(self._snapshot, field, documents, once) * np.float32(worth)
                best = max(best, float((total if scores is None else total + scores[documents]).max()))
        return best

    def _candidates(self, word: Word) -> tuple[_Candidate, ...]:
        """Return the terms that are nearest to a word, the likeliest first."""
        if word not in self._nearest:
            if len(self._nearest) >= _REMEMBERED:
                self._nearest.clear()
            parts = [] if word.is_prefix else parts_of(word.text)
            is_word = len(parts) == 1 and _SHORTEST <= len(parts[0]) <= _LONGEST and parts[0].isalpha()
            found = self._near(parts[0], word) if is_word else []
            best = {each.term: each for each in sorted(found, key=lambda each: each.rank, reverse=True)}
            self._nearest[word] = tuple(sorted(best.values(), key=lambda each: each.rank)[:_NEAREST])
        return self._nearest[word]

    def _near(self, term: str, word: Word) -> Iterator[_Candidate]:
        slips = 2 if len(term) >= _LONG else 1
        for first in dict.fromkeys(term[:2]):
            for field in _fields_of(word):
                papers = self._terms(field, first)
                whole = {each: n for each, n in papers.items() if abs(len(each) - len(term)) <= slips}
                yield from _within(term, whole, slips, is_beginning=False)
                if word.is_typing:
                    beginnings: dict[str, int] = {}
                    for each, n in papers.items():
                        begin = each[: len(term)]
                        beginnings[begin] = max(n, beginnings.get(begin, 0))
                    yield from _within(term, beginnings, 1, is_beginning=True)

    def _terms(self, field: str, first: str) -> dict[str, int]:
        """Return the terms of a field that begin with a letter, with how many papers have each."""
        if (field, first) in self._vocabulary:
            return self._vocabulary[field, first]
        found: dict[str, int] = {}
        for run in runs_of_prefix(self._snapshot, field, first):
            counts = np.diff(run.columns.posting_starts[run.start : run.stop + 1].astype(np.int64)).tolist()
            for raw, count in zip(run.columns.terms_of(run.start, run.stop), counts, strict=True):
                if len(raw) >= _SHORTEST - 1:
                    term = raw.decode("utf-8", "replace")
                    found[term] = found.get(term, 0) + count
        if len(self._vocabulary) >= _REMEMBERED_LETTERS:
            self._vocabulary = {}
        self._vocabulary[field, first] = found
        return found


def _fields_of(word: Word) -> tuple[str, ...]:
    return _FIELDS if word.field is None else (word.field,)


def _as(word: Word, term: str) -> Word:
    return replace(word, text=term)


def _context(others: Sequence[Node], evaluation: Evaluation, readings: Meant | None = None) -> Match | None:
    """Return what matches the rest of a query, some words read otherwise; None if there is no rest."""
    read = [_read(node, readings or {}) for node in others]
    nodes = tuple(node for node in read if node is not None)
    return evaluation.match(And(nodes)) if nodes else None


def _read(node: Node, readings: Meant) -> Node | None:
    """Return how a condition is read; None where it is a word that stands for nothing known."""
    if not isinstance(node, Word) or node not in readings:
        return node
    return Or((node, *readings[node])) if readings[node] else None


def _within(term: str, papers: dict[str, int], slips: int, *, is_beginning: bool) -> Iterator[_Candidate]:
    from rapidfuzz import process  # noqa: PLC0415 - most queries have no slip
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    near = process.extract(
        term, papers.keys(), scorer=OSA.distance, processor=None, score_cutoff=slips, limit=50
    )
    for found, distance, _ in near:
        if distance:
            is_swap = distance == 1 and len(found) == len(term) and sorted(found) == sorted(term)
            yield _Candidate(found, int(distance), is_swap, is_beginning, papers[found])


def _wanted(node: Node) -> Iterator[Word]:
    """Yield the words of a query that are not excluded."""
    match node:
        case And(nodes) | Or(nodes):
            for inner in nodes:
                yield from _wanted(inner)
        case Word():
            yield node


def replaced(node: Node, meant: Meant) -> Node:
    """Return a query that also asks for what was meant."""
    match node:
        case And(nodes) | Or(nodes):
            return type(node)(tuple(replaced(inner, meant) for inner in nodes))
        case Word() if node in meant:
            return Or((node, *meant[node]))
        case _:
            return node


def corrected(node: Node, meant: Meant) -> Iterator[Node]:
    """Yield the queries that were probably meant, with one word in the place of each."""
    for place in range(max(map(len, meant.values()), default=0)):
        yield _corrected(node, {word: used[min(place, len(used) - 1)] for word, used in meant.items()})


def _corrected(node: Node, used: Mapping[Word, Word]) -> Node:
    if isinstance(node, And):
        return And(tuple(_corrected(inner, used) for inner in node.nodes))
    return used.get(node, node) if isinstance(node, Word) else node
