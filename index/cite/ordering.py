"""In which order a bibliography has its works, and what stands before each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from papers_tui.index.cite.keys import letters
from papers_tui.index.cite.words import ascii_words
from papers_tui.index.cite.work import Work

Order = Callable[[Sequence[Work]], Sequence[Work]]


def as_given(works: Sequence[Work]) -> Sequence[Work]:
    """Keep the order in which the works are cited."""
    return works


def by_year(works: Sequence[Work]) -> Sequence[Work]:
    """Sort by authors, year and title; works of the same authors and year have letters: 2024a, 2024b."""
    return _lettered(sorted(works, key=_by_author_and_year))


def by_title(works: Sequence[Work]) -> Sequence[Work]:
    """Sort by authors and title."""
    return sorted(works, key=_by_author_and_title)


def _by_author_and_year(work: Work) -> tuple[list[str], float, list[str]]:
    """Works without a date follow the dated ones of their authors."""
    year = int(work.year()) if work.date else float("inf")
    return _authors_for_sorting(work), year, _title_for_sorting(work)


def _by_author_and_title(work: Work) -> tuple[list[str], list[str]]:
    return _authors_for_sorting(work), _title_for_sorting(work)


def _authors_for_sorting(work: Work) -> list[str]:
    """Names stand under their particles, as they are written; works without an author under their title."""
    names = [
        " ".join(ascii_words(f"{author.family} {author.given}")) or author.name
        for author in work.byline.names
    ]
    return names or [" ".join(_title_for_sorting(work))]


def _title_for_sorting(work: Work) -> list[str]:
    words = ascii_words(work.title) or [work.title]
    return words[1:] if words[0] in {"a", "an", "the"} and len(words) > 1 else words


def _lettered(works: Sequence[Work]) -> list[Work]:
    alike: dict[tuple[object, ...], list[int]] = {}
    for place, work in enumerate(works):
        if work.byline.names:
            alike.setdefault((work.byline, work.year()), []).append(place)
    suffixes = dict(_suffixes(places for places in alike.values() if len(places) > 1))
    return [Work(work.paper, work.key, suffixes.get(place, "")) for place, work in enumerate(works)]


def _suffixes(groups: Iterable[list[int]]) -> Iterable[tuple[int, str]]:
    for places in groups:
        for rank, place in enumerate(places, 1):
            yield place, letters(rank)
