"""Words of a query that are the name of one author, not of several: `j garcia perez`.

The index has the whole names of authors as terms, found by their family names. A word of a query may be the
beginning of one; whether the words beside it are in the same name too, the name tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from papers_tui.index.authors import PARTICLES
from papers_tui.index.search.analysis import analyse, units
from papers_tui.index.search.arrays import Array
from papers_tui.index.search.match import Match
from papers_tui.index.search.neighbours import best, neighbours
from papers_tui.index.search.postings import Run, idf, runs_of_prefix, runs_of_range, runs_of_term
from papers_tui.index.search.query import Node, Phrase, Word
from papers_tui.index.search.schema import name_of
from papers_tui.index.search.snapshot import Snapshot
from papers_tui.index.search.spellings import FUNCTION_WORDS, Step, parts_of
from papers_tui.index.search.words import PHRASE_WEIGHT, WEIGHTS
from papers_tui.index.text import fold

_MOST_WORDS: Final = 8
"""Words side by side above which they are no name."""
_CANDIDATES: Final = 2000
"""Papers among which names are looked for."""
_MOST_NAMES: Final = 4000
"""Names that begin so, above which it takes too long to look at each."""

ONE_AUTHOR: Final = 3.0
"""What words of one author's name are worth in addition, against the words by themselves: more than a short
list of authors is worth against a long one."""


@dataclass(frozen=True, slots=True)
class _Name:
    """The words of a name, folded, as they are read."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    """With a suffix such as `jr`."""

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.given, *self.family)


def raise_one_author(snapshot: Snapshot, root: Node | None, documents: Array, scores: Array) -> Array:
    """Return the scores, [N], the best of `documents` raised if one author has several words of a query.

    Words of a name stand side by side in a query, in any order; initials count for given names.
    """
    among: Array | None = None
    gains: dict[int, float] = {}
    for run in neighbours(root):
        steps = _steps(run) if run[0].field in {None, "author"} else []
        known = _known(snapshot, steps) if len(steps) <= _MOST_WORDS else []
        if not known:
            continue
        among = best(documents, scores, _CANDIDATES) if among is None else among
        rarity = [idf(snapshot, papers) * WEIGHTS["author"] * ONE_AUTHOR for papers in known]
        for place, step in enumerate(steps):
            others = [one for one, papers in zip(steps, known, strict=True) if papers and one != step]
            for run_of_name, name in _names(snapshot, step, others, among) if known[place] else ():
                gain = sum(rarity[each] for each in _matched(name, steps, place))
                for document in run_of_name.documents.tolist() if gain else ():
                    gains[document] = max(gain, gains.get(document, 0.0))
    if not gains:
        return scores
    raised = scores.copy()
    raised[list(gains)] += np.array(list(gains.values()), dtype=np.float32)
    return raised


def named_in(snapshot: Snapshot, phrase: Phrase) -> Match:
    """Return the papers with an author of the name that a phrase is, initials left out, family name first.

    `Smith, J` and `J Smith` find John M. Smith; so does `Smith J`, where nobody is called J Smith otherwise.
    """
    family, comma, given = phrase.text.partition(",")
    words = [*parts_of(given), *parts_of(family)] if comma else parts_of(phrase.text)
    mask = np.zeros(snapshot.size, dtype=bool)
    turned = np.zeros(snapshot.size, dtype=bool)
    steps = list(map(Step, words))
    for step in steps if 1 < len(steps) <= _MOST_WORDS else ():
        others = [other for other in steps if other != step]
        for run, name in _names(snapshot, step, others, snapshot.alive):
            if _is_named(name, words):
                mask[run.documents] = True
            elif not comma and _is_named_turned(name, words):
                turned[run.documents] = True
    if not mask.any():
        mask = turned
    worth = PHRASE_WEIGHT * WEIGHTS["author"] * idf(snapshot, int(np.count_nonzero(mask)))
    return Match(mask, mask * np.float32(worth))


def _steps(run: Sequence[Word]) -> list[Step]:
    steps = [Step(part) for word in run for part in parts_of(word.text)]
    if steps and (run[-1].is_typing or run[-1].is_prefix):
        steps[-1] = Step(steps[-1].term, "prefix")
    return steps


def _known(snapshot: Snapshot, steps: Sequence[Step]) -> list[int]:
    """Return how many papers have each word in an author's name; nothing where no two can tell an author."""
    telling = 0
    for place, step in enumerate(steps):
        if telling + len(steps) - place < 2:
            return []
        telling += _tells(steps, place, step.term) and _papers_with(snapshot, Step(step.term)) > 0
    return [_papers_with(snapshot, step) for step in steps] if telling > 1 else []


def _papers_with(snapshot: Snapshot, step: Step) -> int:
    """Return how many papers have an author with a word in the name."""
    find = runs_of_prefix if step.is_prefix else runs_of_term
    return sum(run.size for run in find(snapshot, "author", step.term))


def _names(
    snapshot: Snapshot, family: Step, others: Sequence[Step], among: Array
) -> Iterator[tuple[Run, _Name]]:
    """Yield names in documents of a mask that begin with a word, by the family, and may have another one."""
    term = family.term
    if len(term) < 2:
        return
    if family.is_prefix:
        runs = list(runs_of_prefix(snapshot, "author_name", term))
    else:  # what follows a whole word sorts before digits and letters
        runs = list(runs_of_range(snapshot, "author_name", f"{term}\0", f"{term}/"))
    if sum(run.stop - run.start for run in runs) > _MOST_NAMES:
        return
    wanted = [part for other in others for part in _in_bytes(other)]
    for run in runs:
        starts: Array = run.columns.posting_starts[run.start : run.stop + 1].astype(np.int64)
        owners = np.repeat(np.arange(run.start, run.stop), starts[1:] - starts[:-1])
        for place in np.unique(owners[among[run.documents]]).tolist():
            raw = run.columns[place]
            if any(part in raw for part in wanted):
                yield Run(run.base, run.columns, place, place + 1), _name(raw)


def _in_bytes(step: Step) -> tuple[bytes, ...]:
    """Return what the bytes of a name have one of, where it has the word behind its first one."""
    return tuple(mark + step.term.encode("utf-8", "replace") for mark in (b" ", b"-", b".", b"'"))


@lru_cache(maxsize=4096)
def _name(raw: bytes) -> _Name:
    inverted, words = map(_words, name_of(raw))
    family = 0
    while family < len(words) - 1 and inverted[: len(words) - family] != words[family:]:
        family += 1
    return _Name(words[:family], words[family:])


def _words(text: str) -> tuple[str, ...]:
    return tuple(part for unit in units(fold(text)) for part in analyse(unit).parts)


def _matched(name: _Name, steps: Sequence[Step], family: int) -> range:
    """Return which words of a query, side by side and `family` among them, a name has; none for one alone.

    A word that is still being typed tells nothing by itself, nor does an article.
    """
    left = list(name.words)
    found: list[str | None] = [None] * len(steps)
    for place in sorted(range(len(steps)), key=lambda each: (each != family, -len(steps[each].term))):
        word = next((word for word in left if _fits(steps[place], word, name)), None)
        if word is not None:
            left.remove(word)
            found[place] = word
    start = stop = family
    while start and found[start - 1]:
        start -= 1
    while stop < len(steps) and found[stop]:
        stop += 1
    telling = [place for place in range(start, stop) if _tells(steps, place, found[place])]
    return range(start, stop) if len(telling) > 1 else range(0)


def _tells(steps: Sequence[Step], place: int, word: str | None) -> bool:
    step = steps[place]
    is_initial = len(step.term) == 1
    if step.term in FUNCTION_WORDS and not (is_initial and place in {0, len(steps) - 1}):
        return False
    return step.term not in PARTICLES and (not step.is_prefix or (word == step.term and not is_initial))


def _fits(step: Step, word: str, name: _Name) -> bool:
    if len(step.term) == 1:
        return word[0] == step.term and word in name.given
    return word.startswith(step.term) if step.is_prefix else word == step.term


def _is_named(name: _Name, wanted: Sequence[str]) -> bool:
    """Tell whether a name has words in their order, with nothing between them but initials."""
    words = name.words
    for start in range(len(words)):
        place, rest = start, list(wanted)
        while place < len(words) and rest:
            is_initial = len(rest[0]) == 1 and place < len(name.given) and words[place][0] == rest[0]
            if is_initial or words[place] == rest[0]:
                rest.pop(0)
            elif place == start or len(words[place]) > 1:
                break
            place += 1
        if not rest:
            return True
    return False


def _is_named_turned(name: _Name, wanted: Sequence[str]) -> bool:
    """Tell whether words are a name with its family name first, and nothing but initials left out behind it.

    What is taken for the last given name may be part of the family name.
    """
    for cut in range(1, len(name.given) + 1):
        family, given = name.words[cut:], name.words[:cut]
        rest = list(wanted[len(family) :])
        if not rest or tuple(wanted[: len(family)]) != family or rest[0] not in {given[0], given[0][0]}:
            continue
        for word in given:
            if rest and rest[0] in {word, word[0]}:
                rest.pop(0)
            elif len(word) > 1:
                break
        else:
            if not rest:
                return True
    return False
