"""In which order a bibliography has its works, and what stands before each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from papers_tui.index.authors import Author
from papers_tui.index.cite.keys import letters
from papers_tui.index.cite.names import Byline
from papers_tui.index.cite.wording import is_to_come, leading
from papers_tui.index.cite.words import ascii_words
from papers_tui.index.cite.work import Work

Order = Callable[[Sequence[Work]], Sequence[Work]]

_ET_AL: Final = ("et al.",)


def as_given(works: Sequence[Work]) -> Sequence[Work]:
    """Keep the order in which the works are cited."""
    return works


def by_year(works: Sequence[Work]) -> Sequence[Work]:
    """Sort by authors, year and title; works of the same authors and year have letters: 2024a, 2024b.

    Works without a date follow the dated ones of their authors, and works to come follow those.
    """
    return _lettered(sorted(works, key=lambda work: _by_author_and_year(work, undated=1)), _all_names)


def by_year_undated_first(works: Sequence[Work]) -> Sequence[Work]:
    """Sort like `by_year`, but works without a date before the dated ones, as APA has them (9.46)."""
    return _lettered(sorted(works, key=lambda work: _by_author_and_year(work, undated=-1)), _all_names)


def by_year_of_first(works: Sequence[Work]) -> Sequence[Work]:
    """Sort like `by_year`; all works of four authors or more and one first author are told by letters."""
    return _lettered(
        sorted(works, key=lambda work: _by_author_and_year(work, undated=1)),
        lambda names: (names.names[:1], "et al.") if len(names.names) > 3 or names.is_partial else names,
    )


def by_label(works: Sequence[Work]) -> Sequence[Work]:
    """Sort by what texts cite, family names of one or two or of the first, then by year, names and title."""
    return _lettered(sorted(works, key=_by_label), _family_names)


def by_title(works: Sequence[Work]) -> Sequence[Work]:
    """Sort by authors and title."""
    return sorted(works, key=_by_author_and_title)


def _by_author_and_year(work: Work, undated: int) -> tuple[list[str], int, int, list[str]]:
    rank = 0 if work.date else 2 if is_to_come(work) else undated
    return _names_for_sorting(work), rank, _year(work), _title_for_sorting(work)


def _by_label(work: Work) -> tuple[str, int, list[str], list[str]]:
    names = _names_for_sorting(work)
    cited = _family_names(leading(work)[0])
    joint = " " if cited[-1:] == _ET_AL else " and "
    label = joint.join(" ".join(ascii_words(name)) or name for name in cited) or names[0]
    return label, _year(work), names, _title_for_sorting(work)


def _by_author_and_title(work: Work) -> tuple[list[str], list[str]]:
    return _names_for_sorting(work), _title_for_sorting(work)


def _year(work: Work) -> int:
    return int(work.date[:4]) if work.date else 0


def _names_for_sorting(work: Work) -> list[str]:
    """Names stand under their particles, as they are written; works without a name under their title."""
    names = [_name_for_sorting(author) for author in leading(work)[0].names]
    return names or [" ".join(_title_for_sorting(work))]


def _name_for_sorting(author: Author) -> str:
    return " ".join(ascii_words(f"{author.family} {author.given}")) or author.name


def _title_for_sorting(work: Work) -> list[str]:
    words = ascii_words(work.title) or [work.title]
    return words[1:] if words[0] in {"a", "an", "the"} and len(words) > 1 else words


def _all_names(byline: Byline) -> Hashable:
    return byline


def _family_names(byline: Byline) -> tuple[str, ...]:
    """Return the names of a citation in a text: those of one or two, or the first and `et al.`."""
    names = tuple(author.family for author in byline.names)
    return names[:1] + _ET_AL if len(names) > 2 or byline.is_partial else names


def _lettered(works: Sequence[Work], cited: Callable[[Byline], Hashable]) -> list[Work]:
    """Give letters to works of the same year that texts would cite by the same names."""
    alike: dict[tuple[Hashable, ...], list[int]] = {}
    for place, work in enumerate(works):
        byline, _ = leading(work)
        if byline.names:
            alike.setdefault((cited(byline), work.year(), is_to_come(work)), []).append(place)
    suffixes = dict(_suffixes(places for places in alike.values() if len(places) > 1))
    return [replace(work, suffix=suffixes.get(place, "")) for place, work in enumerate(works)]


def _suffixes(groups: Iterable[list[int]]) -> Iterable[tuple[int, str]]:
    for places in groups:
        for rank, place in enumerate(places, 1):
            yield place, letters(rank)
