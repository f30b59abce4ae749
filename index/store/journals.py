"""Whether two names are those of one journal or conference, abbreviated or not."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final

from papers_tui.index.patterns import pattern
from papers_tui.index.text import fold

_LETTERS: Final = pattern(r"[^\W\d_]+")
_SUBTITLE: Final = pattern(r"(?<=.{6})(?::|\s[-–—])\s.*", re.DOTALL)
_BRACKETED: Final = pattern(r"[(\[]([^)\]]*)[)\]]")
_FILLERS: Final = "the of in and on for an at to de la le les des du der die das und et fur el los"
_SKIPPED: Final = frozenset(_FILLERS.split())
_FRAMES: Final = "proceedings proc annual advances adv th st nd rd vol volume pp pages no ieee acm cvf"
_OUTER: Final = frozenset(_FRAMES.split())
_EVENTS: Final = (
    "conference conf international intl int workshop symposium symp meeting usa united states america"
)
_AROUND: Final = _OUTER | frozenset(_EVENTS.split())
"""Words that stand around the name of a conference in one place and not in another."""

_LONGEST_ACRONYM: Final = 12

_ARCHIVE: Final = pattern(
    r"\b(?:arxiv|corr|computing research repository|biorxiv|medrxiv|chemrxiv|psyarxiv|techrxiv|e-?prints?"
    r"|preprints?|ssrn|research square)\b",
    re.IGNORECASE,
)


def is_archive(venue: str) -> bool:
    """Tell whether a venue is where preprints are kept: `arXiv preprint arXiv:1706.03762`, `CoRR`."""
    return _ARCHIVE.search(venue) is not None


@lru_cache(maxsize=1024)
def may_be_same(one: str, other: str) -> bool:
    """Tell whether two names may be of one journal: `Phys. Rev. D`, `PRD` and `Physical Review D`."""
    return any(_may_be(ours, theirs) for ours in _forms(one) for theirs in _forms(other))


def _forms(name: str) -> list[list[str]]:
    """Return the words that tell the journal, of the name as it is and of what may stand for it."""
    plain = _BRACKETED.sub(" ", name)
    forms = [_telling(form) for form in (plain, _SUBTITLE.sub("", plain), *_BRACKETED.findall(name))]
    return [words for words in forms if words]


def _telling(name: str) -> list[str]:
    return [word for word in _LETTERS.findall(fold(name)) if word not in _SKIPPED]


def _may_be(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    if _are_abbreviated(ours, theirs):
        return True
    bare, others_bare = (_without(words, _AROUND) for words in (ours, theirs))
    if _are_abbreviated(bare, others_bare):
        return True
    return any(
        len(short) == 1 and _stands_for(short[0], words)
        for short, full, fewest in ((bare, theirs, others_bare), (others_bare, ours, bare))
        for words in (full, _without(full, _OUTER), fewest)
    )


def _without(words: Sequence[str], some: Collection[str]) -> Sequence[str]:
    return [word for word in words if word not in some] or words


def _are_abbreviated(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return len(ours) == len(theirs) and all(map(_is_short_for, ours, theirs))


def _is_short_for(one: str, other: str) -> bool:
    """Tell whether of two words one abbreviates the other: `phys` or `natl`."""
    short, full = (one, other) if len(one) <= len(other) else (other, one)
    return full.startswith(short) or (len(short) > 1 and _is_contained(short, full))


def _is_contained(letters: str, word: str) -> bool:
    """Tell whether a word begins with the first of some letters and has the others in their order."""
    rest = iter(word)
    return word[0] == letters[0] and all(letter in rest for letter in letters)


def _stands_for(acronym: str, words: Sequence[str]) -> bool:
    """Tell whether a word is made of the first letters of others, and of more: `jhep`, `apj`, `neurips`."""
    if not words or not acronym:
        return not words and not acronym
    if len(words) > len(acronym) or len(acronym) > _LONGEST_ACRONYM:
        return False
    return any(
        _is_contained(acronym[:length], words[0]) and _stands_for(acronym[length:], words[1:])
        for length in range(1, len(acronym) - len(words) + 2)
    )
