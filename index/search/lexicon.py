"""What texts are made of, numbered as it is met: each word or name is looked at once."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from itertools import count, islice
from typing import Final, Generic, TypeVar

from papers_tui.index.authors import Author
from papers_tui.index.search.analysis import LONGEST_TERM, Unit, analyse, units
from papers_tui.index.text import fold

Key = TypeVar("Key", bound=Hashable)

Analysed = tuple[Iterable[str], Iterable[int], int]
"""The terms of something, the place of each, and how many places it takes up."""


class Numbering(Generic[Key]):
    """Numbers things from 0, in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: defaultdict[Key, int] = defaultdict(count().__next__)

    def numbers(self, keys: Iterable[Key]) -> Iterator[int]:
        """Return the number of each key, in order."""
        return map(self._numbers.__getitem__, keys)

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Key]:
        """Yield the keys in the order of their numbers."""
        return iter(self._numbers)

    def since(self, number: int) -> list[Key]:
        """Return the keys from a number on, without a look at those before."""
        return list(islice(reversed(self._numbers), len(self) - number))[::-1]


class Lexicon(Numbering[Key]):
    """The items that the texts of a field are made of, and the terms of each.

    Items are only numbered while texts come in. `settle` works out the terms of the new ones: those of item
    i are `terms[starts[i]:starts[i + 1]]`, each at a place counted from the item's own; the item takes up
    `widths[i]` places.
    """

    def __init__(self, analysed: Callable[[Key], Analysed]) -> None:
        super().__init__()
        self._analysed = analysed
        self.term_numbers: Numbering[str] = Numbering()
        self.terms = array("I")
        self.places = array("I")
        self.starts = array("I", [0])
        self.widths = array("I")

    def settle(self) -> None:
        """Work out the terms of the items met since the last time."""
        for item in self.since(len(self.widths)):
            terms, places, width = self._analysed(item)
            self.terms.extend(self.term_numbers.numbers(terms))
            self.places.extend(places)
            self.starts.append(len(self.terms))
            self.widths.append(width)


GAP: Final = "\n"
"""A word without a term, which takes up a place, so that no phrase reaches across."""


def word_terms(word: str) -> Analysed:
    """Return the terms of a word."""
    if word.isascii() and word.isalnum():
        return (word[:LONGEST_TERM],), (0,), 1
    return ((), (), 1) if word == GAP else _laid_out(map(analyse, units(word)))


def author_terms(author: Author) -> Analysed:
    """Return the terms of a name, and a gap. It is also found by the initials of its given names."""
    given = map(_with_initials, units(_folded(author.given)))
    family = map(analyse, units(_folded(f"{author.family} {author.suffix}")))
    terms, places, width = _laid_out([*given, *family])
    return terms, places, width + 1


def _folded(text: str) -> str:
    """Fold a text but for its white space, which is no part of any word."""
    return text.lower() if text.isascii() else fold(text)


@lru_cache(maxsize=4096)
def _with_initials(given: str) -> Unit:
    """Return the terms of a unit of a given name, and its initials. The same ones come again and again."""
    unit = analyse(given)
    initials = tuple(dict.fromkeys(part[0] for part in unit.parts if len(part) > 1))
    return Unit(unit.parts, (*unit.aliases, *initials))


def _laid_out(units_: Iterable[Unit]) -> Analysed:
    """Return the terms of units that follow each other: aliases stand where the first part does."""
    terms: list[str] = []
    places: list[int] = []
    width = 0
    for unit in units_:
        if unit.aliases:
            terms += unit.aliases
            places += [width] * len(unit.aliases)
        for part in unit.parts:
            terms.append(part)
            places.append(width)
            width += 1
    return terms, places, width
