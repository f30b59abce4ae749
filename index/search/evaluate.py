"""The evaluation of a query: from its tree of conditions to the documents that match."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from typing import Final, Protocol, TypeVar

import numpy as np

from papers_tui.index.search import words
from papers_tui.index.search.arrays import Array
from papers_tui.index.search.filters import Filters
from papers_tui.index.search.marked import Marked, MarkedText
from papers_tui.index.search.match import Match, all_of, any_of, best_of, none_of, raised
from papers_tui.index.search.names import named_in
from papers_tui.index.search.postings import idf, runs_of_prefix, runs_of_term
from papers_tui.index.search.query import And, Node, Not, Or, Phrase, Word
from papers_tui.index.search.schema import TEXT_FIELDS
from papers_tui.index.search.snapshot import Snapshot
from papers_tui.index.search.spellings import Spelling, joined_pair, parts_of
from papers_tui.index.text import fold

T = TypeVar("T")

_LETTER_AND_WORD: Final = re.compile(r"[^\W_][-‐‑‒–]\w{2,}")
_SIGNED_LETTER: Final = re.compile(r"(?<![^\W_])[^\W\d_][\^{]*(?:[+±∓]|[-−](?!\w))")
"""What particles are called, and no initial: `e+e-`, `B+`, `K^-`."""
_HARDLY_A_NAME: Final = 0.02
_BUT_AUTHORS: Final = tuple(name for name in TEXT_FIELDS if name != "author")
_TAG_WEIGHT: Final = 4.0
_NOTE_WEIGHT: Final = 2.0
_BOTH_HALVES: Final = 1.2
"""What a compound is worth that was typed as two words, against the rarer of them."""


class Remember(Protocol):
    """Remembers what was found of the last words of a query, for its next key."""

    def __call__(self, key: Hashable, find: Callable[[], T], /) -> T:
        """Return what the function finds, or what it found before."""


class Evaluation:
    """One evaluation of one query on a snapshot with the user's marks."""

    def __init__(self, snapshot: Snapshot, marked: Marked, filters: Filters, remember: Remember) -> None:
        self._snapshot = snapshot
        self._marked = marked
        self._filters = filters
        self._remember = remember
        self.found: dict[Word | Phrase, int] = {}
        """How many papers have each word or phrase."""

    def count(self, match: Match) -> int:
        """Return how many papers match."""
        return int(np.count_nonzero(match.mask & self._filters.present))

    def match(self, node: Node, among: Array | None = None) -> Match | None:
        """Return what matches a node; None if it asks for nothing, such as a word without a letter.

        Scores need only be right for the documents in the mask `among`: all others are going to be left out.
        """
        match node:
            case And(nodes):
                found = self._conjuncts(nodes)
                return all_of(found) if found else None
            case Or(nodes):
                found = self._matches(nodes)
                return any_of(found) if found else None
            case Not(inner):
                excluded = self.match(inner)
                return none_of(excluded) if excluded is not None else None
            case Word() | Phrase():
                return self._word(node, among)
            case _:
                return Match(self._filters.mask(node))

    def _matches(self, nodes: Sequence[Node]) -> list[Match]:
        found = (self.match(node) for node in nodes)
        return [match for match in found if match is not None]

    def _all_matches(self, nodes: Sequence[Node], among: Array | None) -> list[Match]:
        """Return matches that must all hold, of documents in the mask `among`."""
        found: list[Match] = []
        for node in nodes:
            if (match := self.match(node, among)) is not None:
                found.append(match)
                among = _narrowed(among, match)
        return found

    def _conjuncts(self, nodes: Sequence[Node]) -> list[Match]:
        """Return matches that must all hold. Neighbours are also looked for as one word: `pre training`."""
        found: list[Match] = []
        among: Array | None = None
        rest = list(reversed(nodes))
        while rest:
            node = rest.pop()
            joined = compound(node, rest[-1]) if rest else None
            if joined is None or not self._exists(joined):
                match = self.match(node, among)
            else:
                halves = node, rest.pop()
                apart = all_of(self._all_matches(halves, among))
                together = self._all_matches([joined], among)
                match = best_of([apart, *(self._compound(one, halves) for one in together)])
            if match is not None:
                found.append(match)
                among = _narrowed(among, match)
        return found

    def _compound(self, match: Match, halves: Sequence[Node]) -> Match:
        """Return what matches a compound that was typed as two words, as if it were no rarer than they."""
        rarest = min(self.found.get(half, 0) for half in halves if isinstance(half, Word))
        papers = self.count(match)
        share = idf(self._snapshot, max(papers, rarest)) / idf(self._snapshot, papers)
        return raised(match, _BOTH_HALVES * share)

    def _word(self, node: Word | Phrase, among: Array | None) -> Match | None:
        spellings = self._remember(("spellings", node), lambda: words.spellings_of(node, self._snapshot))
        if not spellings:
            return None
        found = self._spelled(node, spellings, among)
        self.found[node] = self.count(found)
        return found

    def _spelled(self, node: Word | Phrase, spellings: Sequence[Spelling], among: Array | None) -> Match:
        if node.field == "note":
            return self._in_marks(spellings, [(self._marked.notes, _NOTE_WEIGHT)])
        if among is not None and isinstance(node, Word) and node.is_typing:
            found = self._in_papers(node, spellings, among)  # at the next key it is another word
        else:
            found = self._remember(("papers", node), lambda: self._in_papers(node, spellings))
        if node.field is not None or not len(self._marked):
            return found
        texts = [(self._marked.tags, _TAG_WEIGHT), (self._marked.notes, _NOTE_WEIGHT)]
        return any_of([found, self._in_marks(spellings, texts)])

    def _in_papers(
        self, node: Word | Phrase, spellings: Sequence[Spelling], among: Array | None = None
    ) -> Match:
        def find(fields: Sequence[str]) -> Match:
            return words.find(self._snapshot, spellings, fields, among)

        if node.field is None and _SIGNED_LETTER.search(fold(node.text)):
            return find(_BUT_AUTHORS)
        if node.field is None and _LETTER_AND_WORD.match(node.text):  # an x-ray is hardly anybody's name
            return any_of([find(_BUT_AUTHORS), raised(find(["author"]), _HARDLY_A_NAME)])
        found = find(TEXT_FIELDS if node.field is None else [node.field])
        if isinstance(node, Phrase) and node.field == "author":
            return best_of([found, named_in(self._snapshot, node)])
        return found

    def _in_marks(self, spellings: Sequence[Spelling], texts: Sequence[tuple[MarkedText, float]]) -> Match:
        """Return the documents whose tags or notes have any of the spellings."""
        values = np.zeros(len(self._marked), dtype=np.float32)
        for text, weight in texts:
            for spelling in spellings:
                counts = text.find(spelling)
                places = np.searchsorted(self._marked.keys, np.fromiter(counts, np.int64))
                found = np.fromiter(counts.values(), np.float32)
                values[places] += weight * found / (found + 1)
        scores = np.zeros(self._snapshot.size, dtype=np.float32)
        scores[self._filters.documents] = values[self._filters.places]
        return Match(scores > 0, scores)

    def _exists(self, word: Word) -> bool:
        find = runs_of_prefix if word.is_prefix or word.is_typing else runs_of_term
        return any(True for field in ("title", "abstract") for _ in find(self._snapshot, field, word.text))


def _narrowed(among: Array | None, match: Match) -> Array:
    return match.mask if among is None else among & match.mask


def compound(first: Node, second: Node) -> Word | None:
    """Return the word that two neighbours make together, None where they are no halves of one."""
    if not isinstance(first, Word) or not isinstance(second, Word):
        return None
    if first.field != second.field or first.is_prefix or first.is_typing or first.field == "note":
        return None
    parts = (*parts_of(first.text), *parts_of(second.text))
    if len(parts) != 2 or not (text := joined_pair(*parts)):
        return None
    return Word(text, first.field, is_prefix=second.is_prefix, is_typing=second.is_typing)
