"""The user's marks, prepared to be searched together with the index, which knows nothing of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, Literal

import numpy as np

from papers_tui.index.paper import Marks, Status
from papers_tui.index.search.analysis import tokenize
from papers_tui.index.search.arrays import Array
from papers_tui.index.search.query import State
from papers_tui.index.search.spellings import Spelling, Step
from papers_tui.index.tags import normal_tag
from papers_tui.index.text import fold

_STATUS: Final = {"reading": Status.READING, "read": Status.READ}
_LAST: Final = "\U0010ffff"

_Texts = tuple[str, ...]
_TextName = Literal["tags", "note"]


@lru_cache(maxsize=20_000)
def _places(texts: _Texts) -> Mapping[str, Sequence[int]]:
    """Return the positions of each term in the texts of a paper. No phrase reaches into the next text."""
    places: dict[str, list[int]] = {}
    start = 0
    for text in texts:
        end = start
        for token in tokenize(text):
            end = start + token.position
            places.setdefault(token.term, []).append(end)
        start = end + 2
    return places


class MarkedText:
    """The words of a few thousand short texts, with their positions. It stays as it is: threads share it."""

    def __init__(self, texts: Mapping[int, _Texts]) -> None:
        """Index the texts of papers, by the papers' keys."""
        places: defaultdict[str, dict[int, Sequence[int]]] = defaultdict(dict)
        for key, some in texts.items():
            for term, positions in _places(some).items():
                places[term][key] = positions
        self._set(places)

    def _set(self, places: Mapping[str, dict[int, Sequence[int]]]) -> None:
        self._terms = sorted(places)
        # In this order they are sorted at once when a few are added.
        self._positions = {term: places[term] for term in self._terms}

    def changed(self, before: Mapping[int, _Texts], after: Mapping[int, _Texts]) -> MarkedText:
        """Return these words, but that papers have the texts `after` in place of those `before`."""
        terms = {term for texts in (before, after) for some in texts.values() for term in _places(some)}
        renewed = {term: dict(self._positions.get(term, {})) for term in terms}
        for key, some in before.items():
            for term in _places(some):
                del renewed[term][key]
        for key, some in after.items():
            for term, positions in _places(some).items():
                renewed[term][key] = positions
        changed = MarkedText({})
        changed._set({term: papers for term, papers in (self._positions | renewed).items() if papers})
        return changed

    def find(self, spelling: Spelling) -> dict[int, int]:
        """Return how often each paper, by its key, has the steps one after the other."""
        first, *others = spelling
        if not others:
            return self._counts(first)
        found = self._starts(first)
        for offset, step in enumerate(others, 1):
            following = self._starts(step)
            found = {
                key: kept
                for key, starts in found.items()
                if (kept := {start for start in starts if start + offset in following.get(key, ())})
            }
        return {key: len(starts) for key, starts in found.items()}

    def _counts(self, step: Step) -> dict[int, int]:
        found: defaultdict[int, int] = defaultdict(int)
        for term in self._terms_of(step):
            for key, positions in self._positions[term].items():
                found[key] += len(positions)
        return found

    def _starts(self, step: Step) -> dict[int, set[int]]:
        found: defaultdict[int, set[int]] = defaultdict(set)
        for term in self._terms_of(step):
            for key, positions in self._positions[term].items():
                found[key].update(positions)
        return found

    def _terms_of(self, step: Step) -> set[str]:
        found = {term for term in step.terms if term in self._positions}
        if step.is_prefix:
            start = bisect_left(self._terms, step.term)
            found.update(self._terms[start : bisect_left(self._terms, step.term + _LAST)])
        return found


class Marked:
    """The marks of papers, by the papers' keys. All that it tells of papers is in the order of `keys`."""

    def __init__(self, marks: Mapping[int, Marks]) -> None:
        self._by_key = dict(sorted(marks.items()))
        self._texts: dict[_TextName, MarkedText] = {}
        self.keys: Array = np.fromiter(self._by_key, dtype=np.int64, count=len(self._by_key))
        """[M] ascending."""

    def changed(self, marks: Mapping[int, Marks]) -> Marked:
        """Return these marks, but that papers have other ones now, blank ones where they have none."""
        if not marks:
            return self
        changed = Marked({**self._by_key, **marks})
        before = {key: self._by_key[key] for key in marks.keys() & self._by_key.keys()}
        for name, text in self._texts.items():
            old, new = _texts(name, before), _texts(name, marks)
            changed._texts[name] = text if old == new else text.changed(old, new)
        return changed

    def __len__(self) -> int:
        return len(self._by_key)

    @property
    def marks(self) -> Collection[Marks]:
        """The marks themselves."""
        return self._by_key.values()

    @cached_property
    def ratings(self) -> Array:
        """[M] 1 to 5, -1 where there is none."""
        ratings = (-1 if mark.rating is None else mark.rating for mark in self.marks)
        return np.fromiter(ratings, dtype=np.int64, count=len(self))

    def in_state(self, state: State) -> Array:
        """Return which papers are in a state, bool [M]. Papers without marks are unread."""
        if state == "bookmarked":
            return self._where(mark.bookmarked for mark in self.marks)
        if state == "unread":
            return self._where(mark.status is Status.UNREAD for mark in self.marks)
        return self._where(mark.status is _STATUS[state] for mark in self.marks)

    @cached_property
    def trashed(self) -> Array:
        """Which papers the user removed, bool [M]."""
        return self._where(mark.trashed is not None for mark in self.marks)

    @property
    def noted(self) -> Array:
        """Which papers have a note, bool [M]."""
        return self._where(bool(mark.note) for mark in self.marks)

    @property
    def any_tag(self) -> Array:
        """Which papers have a tag, bool [M]."""
        return self._where(bool(mark.tags) for mark in self.marks)

    def tagged(self, tag: str, *, is_prefix: bool) -> Array:
        """Return which papers have a tag, in any spelling of it, or one that begins so, bool [M]."""
        wanted = fold(normal_tag(tag, is_begun=is_prefix))
        found = np.zeros(len(self), dtype=bool)
        if not wanted:
            return found
        for name, places in self._by_tag.items():
            if name == wanted or (is_prefix and name.startswith(wanted)):
                found[places] = True
        return found

    @property
    def tags(self) -> MarkedText:
        """The words of the tags."""
        return self._text("tags")

    @property
    def notes(self) -> MarkedText:
        """The words of the notes."""
        return self._text("note")

    def _text(self, name: _TextName) -> MarkedText:
        if name not in self._texts:
            self._texts[name] = MarkedText(_texts(name, self._by_key))
        return self._texts[name]

    @cached_property
    def _by_tag(self) -> Mapping[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, mark in enumerate(self.marks):
            for tag in mark.tags:
                places[_found_by(tag)].append(place)
        return places

    def _where(self, answers: Iterable[bool]) -> Array:
        return np.fromiter(answers, dtype=bool, count=len(self))


@lru_cache(maxsize=10_000)
def _found_by(tag: str) -> str:
    return fold(normal_tag(tag))


def _texts(name: _TextName, marks: Mapping[int, Marks]) -> dict[int, _Texts]:
    """Return the tags or the note of the papers that have some."""
    if name == "tags":
        return {key: mark.tags for key, mark in marks.items() if mark.tags}
    return {key: (mark.note,) for key, mark in marks.items() if mark.note}
