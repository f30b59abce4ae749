"""Whether two lists of authors may be those of one paper."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple

from papers_tui.index.authors import Author
from papers_tui.index.paper import Paper
from papers_tui.index.text import fold

_NOT_IN_A_WORD: Final = re.compile(r"[\W_]+")
_INITIALS: Final = re.compile(r"[A-Z]{2,3}")
"""Given names as databases of medicine abbreviate them: `JA` of `John Adam`."""

_ONE_IN: Final = 5
"""Of so many authors one may be spelled otherwise."""


class Likeness(Enum):
    """How two lists of authors stand to each other."""

    UNKNOWN = "unknown"
    """One of them is not known, or names a group where the other names persons."""
    SAME = "same"
    FEWER = "fewer"
    """All authors of the one are among those of the other, which has more."""
    NAMESAKES = "namesakes"
    """Their family names are the same, their given names cannot be."""
    DIFFERENT = "different"


def likeness(one: Paper, other: Paper) -> Likeness:
    """Compare the authors of two papers."""
    if not one.authors or not other.authors:
        return Likeness.UNKNOWN
    ours, theirs = _groups(one), _groups(other)
    if ours and theirs and not ours & theirs:
        return Likeness.DIFFERENT
    fewer, more = sorted((_Persons.of(one), _Persons.of(other)), key=lambda persons: len(persons.names))
    if not fewer.names:
        return Likeness.SAME if ours & theirs else Likeness.UNKNOWN
    strangers, namesakes = _unmatched(fewer.names, more.names)
    forgiven = len(fewer.names) // _ONE_IN
    if strangers > forgiven:
        return Likeness.DIFFERENT
    if strangers + namesakes > forgiven or _are_namesakes(fewer.names[0], more.names[0]):
        return Likeness.NAMESAKES
    return Likeness.SAME if fewer.is_cut or len(fewer.names) == len(more.names) else Likeness.FEWER


def families(paper: Paper) -> set[str]:
    """Return the last words of the family names, folded: `berg` of `van den Berg`."""
    return {name for author in paper.authors if (name := _family(author))}


def first_family(paper: Paper) -> str:
    """Return the last word of the first author's family name, folded; empty where there is none."""
    return _family(paper.authors[0]) if paper.authors else ""


class _Persons(NamedTuple):
    """The persons among the authors of a paper."""

    names: tuple[Author, ...]
    is_cut: bool
    """Whether more are known to be than are named."""

    @classmethod
    def of(cls, paper: Paper) -> _Persons:
        names = tuple(author for author in paper.authors if not author.is_group)
        return cls(names, (paper.author_count or 0) > len(paper.authors))


def _groups(paper: Paper) -> set[str]:
    return {fold(author.name) for author in paper.authors if author.is_group}


def _unmatched(fewer: tuple[Author, ...], more: tuple[Author, ...]) -> tuple[int, int]:
    """Count the authors of whom the longer list has not even a namesake, and those with namesakes only."""
    named: dict[str, list[Author]] = {}
    for author in more:
        named.setdefault(_family(author), []).append(author)
    strangers = namesakes = 0
    whole = None
    for author in fewer:
        candidates = named.get(_family(author), ())
        if any(_may_be_called(author.given, one.given) for one in candidates):
            continue
        whole = whole or {_all_words(one) for one in more}
        if _all_words(author) in whole:  # the family name stands first in one of both
            continue
        namesakes += bool(candidates)
        strangers += not candidates
    return strangers, namesakes


def _are_namesakes(one: Author, other: Author) -> bool:
    return _family(one) == _family(other) and not _may_be_called(one.given, other.given)


def _family(author: Author) -> str:
    words = fold(author.family).split()
    return words[-1] if words else ""


def _all_words(author: Author) -> frozenset[str]:
    return frozenset(_words(f"{author.given} {author.family}"))


def _may_be_called(one: str, other: str) -> bool:
    """Tell whether two given names may be one person's: `J.`, `Jane` and `Jane B.`, not `Jane` and `John`."""
    pairs = zip(_given_words(one), _given_words(other), strict=False)
    return all(ours.startswith(theirs) or theirs.startswith(ours) for ours, theirs in pairs)


def _given_words(given: str) -> list[str]:
    return list(given.lower()) if _INITIALS.fullmatch(given) else _words(given)


def _words(text: str) -> list[str]:
    return [word for word in _NOT_IN_A_WORD.split(fold(text)) if word]
