"""The ways in which what was typed may be spelled in a paper.

`pretraining`, `pre-training` and `pre training` are the same word to a reader. Each spelling is a
sequence of steps, one a position; a single step is a term, several are a phrase.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from papers_tui.index.patterns import pattern
from papers_tui.index.search.analysis import GREEK, LONGEST_TERM, analyse, units
from papers_tui.index.search.inflection import forms, forms_of_unfinished
from papers_tui.index.search.umlauts import other_umlauts
from papers_tui.index.text import fold, readable

Ending = Literal["exact", "inflected", "prefix", "typing"]
"""What the last term stands for: itself; its singular and plural; all that begins with it; the last two."""

Frequency = Callable[["Step"], int]
"""How many papers have what a step stands for, roughly."""

FUNCTION_WORDS: Final = frozenset(
    [
        "a",
        "all",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "for",
        "from",
        "has",
        "have",
        "here",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "no",
        "non",
        "not",
        "of",
        "on",
        "or",
        "other",
        "our",
        "out",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "under",
        "up",
        "via",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "will",
        "with",
        "you",
    ]
)
"""Words that are not halves of compounds: `information` is not `in formation`."""

_GREEK_OR_NAME: Final = {**GREEK, **{name: letter for letter, name in GREEK.items()}}
_SHORTEST_HALF: Final = 3
_MOST_SPLITS: Final = 2
_RAREST_HALF: Final = 2
_TEX: Final = pattern(r"[\\$]")
_LETTER_DIGIT: Final = pattern(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Step:
    """What stands at one position."""

    term: str
    ending: Ending = "exact"

    @property
    def terms(self) -> tuple[str, ...]:
        """The whole terms that it stands for."""
        match self.ending:
            case "exact":
                return (self.term, *self._other_letters)
            case "inflected":
                return (*forms(self.term), *self._other_letters)
            case "prefix":
                return ()
            case "typing":
                return (*forms(self.term), *self._other_letters, *forms_of_unfinished(self.term))

    @property
    def _other_letters(self) -> tuple[str, ...]:
        """A Greek letter for its name, or its name for a letter; the other way to write an umlaut."""
        other = _GREEK_OR_NAME.get(self.term)
        return (other,) if other is not None else other_umlauts(self.term)

    @property
    def is_prefix(self) -> bool:
        """Whether it stands for all terms that begin with it, too."""
        return self.ending in {"prefix", "typing"}


Spelling = tuple[Step, ...]


def parts_of(text: str) -> list[str]:
    """Return the terms of a typed text, one a position. TeX is read as in papers."""
    return list(_parts_of(text))


@lru_cache(maxsize=256)
def _parts_of(text: str) -> tuple[str, ...]:
    if _TEX.search(text):
        text = readable(text)
    return tuple(part for unit in units(fold(text)) for part in analyse(unit).parts)


def spellings(parts: list[str], ending: Ending, frequency: Frequency) -> list[Spelling]:
    """Return how consecutive terms may be spelled: as they are, as one word, or a single one as two."""
    *before, last = parts
    found: list[Spelling] = [(*map(Step, before), Step(last, ending))]
    if before and (joined := _joined(parts)):
        found.append((Step(joined, ending),))
    elif not before:
        found += _splits(last, ending, frequency)
    return found


def phrase_spellings(parts: list[str], ending: Ending, frequency: Frequency) -> list[Spelling]:
    """Return how a phrase may be spelled: with any two neighbours as one word, or any one as two."""
    *before, last = parts
    steps: Spelling = (*map(Step, before), Step(last, ending))
    found = [steps]
    for place in range(len(steps)):
        pair = steps[place : place + 2]
        if len(pair) > 1 and (joined := joined_pair(pair[0].term, pair[1].term)):
            one = Step(joined, pair[1].ending)
            if frequency(one):
                found.append((*steps[:place], one, *steps[place + 2 :]))
        found += [
            (*steps[:place], *halves, *steps[place + 1 :])
            for halves in _splits(steps[place].term, steps[place].ending, frequency)
        ]
    return found


def joined_pair(first: str, second: str) -> str:
    """Return two neighbouring words written as one, empty where they are no halves of a compound."""
    is_compound = (
        first not in FUNCTION_WORDS
        and second not in FUNCTION_WORDS
        and len(first) + len(second) <= LONGEST_TERM
        and (len(second) >= _SHORTEST_HALF or second.isdecimal())
    )
    return first + second if is_compound else ""


def _joined(parts: list[str]) -> str:
    joined = "".join(parts)
    return joined if len(joined) <= LONGEST_TERM else ""


def _splits(term: str, ending: Ending, frequency: Frequency) -> list[Spelling]:
    """Return the best ways to read one word as two that papers have."""
    weighed = []
    for halves in _halves(term, ending):
        counts = [frequency(halves[0])]
        if counts[0] >= _RAREST_HALF:
            counts += map(frequency, halves[1:])
        if min(counts) >= _RAREST_HALF:
            weighed.append((min(counts), halves))
    return [halves for _, halves in sorted(weighed, key=lambda each: -each[0])[:_MOST_SPLITS]]


def _halves(term: str, ending: Ending) -> Iterator[Spelling]:
    if not term.isascii() or not term.isalnum() or len(term) > LONGEST_TERM // 2:
        return
    borders = {match.start() for match in _LETTER_DIGIT.finditer(term)}
    for place in (*borders, *range(_SHORTEST_HALF, len(term) - _SHORTEST_HALF + 1)):
        first, second = term[:place], term[place:]
        if first not in FUNCTION_WORDS and second not in FUNCTION_WORDS:
            yield Step(first), Step(second, ending)
