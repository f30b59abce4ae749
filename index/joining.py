"""The same paper twice: doubtful pairs, shown to the user, who makes one of them or keeps them apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from papers_tui.index.deciding import Deciding
from papers_tui.index.edits import edited, edited_entry
from papers_tui.index.paper import Entry, Paper
from papers_tui.index.store.bylines import families
from papers_tui.index.store.contradictions import contradictions
from papers_tui.index.store.matching import have_different_arxiv_ids, may_be_same, title_key
from papers_tui.index.store.merge import merge
from papers_tui.index.store.uniting import MERGED_NOTES, united
from papers_tui.index.text import fold

LIKE_ENOUGH: Final = 92
"""Of 100, how alike two titles by the same first author are from which they may be one paper's."""

_LARGEST_BLOCK: Final = 2_000
"""Papers that share a first author, or the beginning of their titles, and are compared with one another."""

_ID_FIELDS: Final = {"arxiv": "arxiv_id", "doi": "doi"}
_FAR_APART: Final = 3
_NUMBER: Final = re.compile(r"\d+|[ivx]+", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers that may be one."""

    one: Entry
    other: Entry
    likeness: int
    """How alike their titles are, of 100."""
    against: tuple[str, ...] = ()
    """What they do not have in common and one paper would: `volume`, `given names`."""

    @property
    def merged(self) -> Entry:
        """The paper that they would be, with its marks."""
        marks = united(self.one.marks, self.other.marks, between=MERGED_NOTES)
        papers = (entry.source or entry.paper for entry in (self.one, self.other))
        return edited_entry(merge(*papers), marks)


@dataclass(frozen=True, slots=True)
class _Known:
    id: str
    title: str
    first: str
    year: int | None


class Joining(Deciding):
    """Finds doubtful pairs in a library, and does what the user says of them."""

    def close(self) -> None:
        """Close the file."""
        self._mergers.close()

    def pairs(self) -> list[Pair]:
        """Return the pairs that may be one paper, those most alike first. Reads all papers."""
        apart = {self._as_called_now(pair) for pair in self._mergers.apart()}
        trashed = set(self._marks.trashed())
        edits = self._marks.edited()
        papers = (paper for _, paper in self._corpus.changes(0) if paper and paper.id not in trashed)
        known = [
            _Known(paper.id, fold(paper.title), _first(paper), paper.year)
            for paper in (edited(paper, edits.get(paper.id, ())) for paper in papers)
        ]
        of_one_id = set(self._of_one_id(trashed))
        found: dict[tuple[str, str], int] = {}
        for one, other, likeness in (*((*pair, 100) for pair in of_one_id), *_alike(known)):
            ids = (min(one, other), max(one, other))
            if ids not in apart:
                found[ids] = max(likeness, found.get(ids, 0))
        # A common title is that of hundreds of papers, each in a pair with each.
        paper_of = lru_cache(maxsize=2 * _LARGEST_BLOCK)(self._as_said)
        pairs = []
        for ids, likeness in sorted(found.items(), key=lambda item: (-item[1], item[0])):
            first, second = map(paper_of, ids)
            if first and second and (ids in of_one_id or _may_be_one(first.paper, second.paper)):
                pairs.append(Pair(first, second, likeness, contradictions(first.paper, second.paper)))
        return pairs

    def called(self, name: str) -> list[str]:
        """Return the ids of all papers with an id, `arxiv:…` or `doi:…`, by what the user says of them."""
        return self._called(name, self._said_ids().get(name, []))

    def _called(self, name: str, by_user: Iterable[str]) -> list[str]:
        field, _, number = name.partition(":")
        holder = self._as_said(name)
        is_held = holder is not None and getattr(holder.paper, _ID_FIELDS[field]) == number
        held_by = [holder.paper.id] if holder and is_held else []
        return list(dict.fromkeys((*held_by, *map(self._now_called, by_user))))

    def _said_ids(self) -> dict[str, list[str]]:
        """Return the ids that the user says that papers have, with those of the papers."""
        found: dict[str, list[str]] = {}
        for paper_id, edits in self._marks.edited().items():
            for field, number in edits:
                if field in _ID_FIELDS and number:
                    found.setdefault(f"{field}:{number}", []).append(paper_id)
        return found

    def _of_one_id(self, trashed: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield pairs of papers of which the user says that one has the other's arXiv id or DOI."""
        for name, by_user in self._said_ids().items():
            ids = (one for one in self._called(name, by_user) if one not in trashed)
            yield from combinations(sorted(ids), 2)

    def _as_said(self, paper_id: str) -> Entry | None:
        """Return a paper as the user says that it is, with its marks."""
        paper = self._corpus.get(paper_id)
        return edited_entry(paper, self._marks.get(paper.id)) if paper else None

    def _as_called_now(self, pair: tuple[str, str]) -> tuple[str, str]:
        one, other = map(self._now_called, pair)
        return (one, other) if one <= other else (other, one)


def _first(paper: Paper) -> str:
    """Return the first author's family name, folded; empty where no author is named."""
    return fold(paper.authors[0].family) if paper.authors else ""


def _alike(known: Iterable[_Known]) -> Iterator[tuple[str, str, int]]:
    """Yield the ids of papers whose titles are alike, and how much of 100."""
    blocks: dict[tuple[str, str], list[_Known]] = {}
    for paper in known:
        if paper.first:
            blocks.setdefault(("author", paper.first), []).append(paper)
        blocks.setdefault(("title", paper.title[:12]), []).append(paper)
    for block in blocks.values():
        if 1 < len(block) <= _LARGEST_BLOCK:
            yield from _alike_of(block)
        elif len(block) > _LARGEST_BLOCK:
            yield from _equal(block)


def _alike_of(block: list[_Known]) -> Iterator[tuple[str, str, int]]:
    if len(block) == 2 and block[0].title == block[1].title:
        yield block[0].id, block[1].id, 100
        return
    import numpy as np  # noqa: PLC0415 - only this needs it here
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - see above

    titles = [paper.title for paper in block]
    likeness = process.cdist(titles, titles, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, dtype=np.uint8)
    for one, other in np.argwhere(np.triu(likeness, 1)):
        if _differ_in_more_than_numbers(titles[one], titles[other]):
            yield block[one].id, block[other].id, int(likeness[one, other])


def _equal(block: list[_Known]) -> Iterator[tuple[str, str, int]]:
    """Yield those of very many papers whose titles are the same."""
    titles: dict[str, list[_Known]] = {}
    for paper in block:
        titles.setdefault(paper.title, []).append(paper)
    for same in titles.values():
        for one, other in combinations(same[:50], 2):
            yield one.id, other.id, 100


def _differ_in_more_than_numbers(one: str, other: str) -> bool:
    """Tell parts of a series apart: `… II` is no other spelling of `… III`. Equal titles are none."""
    words = set(_WORD.findall(one)) ^ set(_WORD.findall(other))
    return not words or not all(_NUMBER.fullmatch(word) for word in words)


def _may_be_one(one: Paper, other: Paper) -> bool:
    """Tell whether nothing shows that two papers with titles alike are different."""
    if title_key(one.title) == title_key(other.title):
        return may_be_same(one, other)
    if have_different_arxiv_ids(one, other):
        return False
    if one.authors and other.authors and not families(one) & families(other):
        return False
    years = (one.year, other.year)
    return years[0] is None or years[1] is None or abs(years[0] - years[1]) <= _FAR_APART
