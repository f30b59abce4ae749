"""How the names of authors are written: initials, order, lists, and what stands in for unnamed authors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from papers_tui.index.authors import GROUP, PARTICLES, Author
from papers_tui.index.cite.emphasis import one_line
from papers_tui.index.details import people
from papers_tui.index.paper import Paper

_ON_BEHALF: Final = re.compile(r"(?:for|on behalf of)(?: the)?\b", re.IGNORECASE)
"""How given names begin that are none: `for the` of `for the ATLAS and CMS collaborations`."""

_MEMBERS: Final = re.compile(r"authors|collaborators|investigators|members|scientists", re.IGNORECASE)
"""The last words of groups that were split like names: `LSC Instrument`, `Authors`."""

_HYPHEN: Final = re.compile(r"[-‐‑]")
_CAPITALS: Final = re.compile(r"[A-Z]{2}|[B-DF-HJ-NP-TV-XZ]{3}")
_PARTED_HYPHEN: Final = re.compile(r"\.\s+-(?=\w)")
"""`T. -W.`, as arXiv writes `T.-W.`."""

_OTHERS: Final = frozenset({"others", "et al", "et al."})


@dataclass(frozen=True, slots=True)
class Byline:
    """Who a paper is by, as far as that is known."""

    names: tuple[Author, ...]
    is_partial: bool = False
    """Whether the source counts more authors than it names."""

    @classmethod
    def of(cls, paper: Paper) -> Byline:
        """The authors named, else the organisation as a group, else nobody."""
        if paper.authors:
            names = tuple(found for author in paper.authors if (found := _on_one_line(author)).name)
            return cls(names, is_partial=(paper.author_count or 0) > len(names) > 0)
        if paper.organization:
            return cls((Author(one_line(paper.organization), is_group=True),))
        return cls(())

    @classmethod
    def named(cls, people_named: str) -> Byline:
        """Those that a detail names, as editors: `Doe, Jane; others` are more than one."""
        found = [_on_one_line(person) for person in people(people_named)]
        names = tuple(person for person in found if person.name.lower() not in _OTHERS)
        return cls(names, is_partial=0 < len(names) < len(found))


def _on_one_line(author: Author) -> Author:
    family, given, suffix = map(one_line, (author.family, author.given, author.suffix))
    if " -" in given:
        given = _PARTED_HYPHEN.sub(".-", given)
    return Author(family, given, suffix, author.is_group)


def unnamed(paper: Paper) -> str:
    """Return the remark for a paper of which only the number of authors is known, else an empty text."""
    if Byline.of(paper).names or not paper.author_count:
        return ""
    plural = "s" if paper.author_count > 1 else ""
    return f"{paper.author_count} author{plural}, not named by the source"


def is_whole(author: Author) -> bool:
    """Whether the name is never turned around or shortened: groups, single names, scripts without case.

    Chinese, Japanese and Korean names of which the parts are known are read with the family name first,
    without a blank; other ones keep the order in which they were given.
    """
    return is_without_parts(author) or (
        not author.name.isascii()
        and any(unicodedata.category(char) == "Lo" and char not in "ªº" for char in author.name)
    )


def is_without_parts(author: Author) -> bool:
    """Whether nothing tells a family name from given ones: groups and single names.

    A group whose name was split (`for the Auger`, `Collaboration`; `for the`, `ATLAS`) is one all the same.
    """
    if author.is_group or not author.given or not author.family:
        return True
    is_split = GROUP.fullmatch(author.family) or _MEMBERS.fullmatch(author.family)
    return bool(is_split or _ON_BEHALF.match(author.given))


def initials(given: str, *, dot: str = ".", between: str = " ", hyphen: str = "-") -> str:
    """Return the initials of given names: `Jean-Pierre A.` gives `J.-P. A.`. Particles stay whole.

    Capitals written as one word, such as `JK`, are initials already.
    """
    words = [word for word in re.split(r"\s+|(?<=\.)(?=\w)", given) if any(map(str.isalpha, word))]
    words = [letter for word in words for letter in (word if _CAPITALS.fullmatch(word) else (word,))]
    gaps = [
        between or " " * bool({before, word} & PARTICLES)
        for before, word in zip(["", *words], words, strict=False)
    ]
    return "".join(gap + _initial(word, dot, hyphen) for gap, word in zip(gaps, words, strict=True)).lstrip()


def _initial(word: str, dot: str, hyphen: str) -> str:
    if word in PARTICLES:
        return word
    parts = [part for part in _HYPHEN.split(word) if any(map(str.isalpha, part))]
    return hyphen.join(_first_letter(part) + dot for part in parts)


def _first_letter(word: str) -> str:
    """Return the first letter with the signs that belong to it: `É`, `ʿA`."""
    start = next(place for place, char in enumerate(word) if char.isalpha())
    end = start
    while end < len(word) - 1 and unicodedata.category(word[end]) == "Lm":
        end += 1
    end += 1
    while end < len(word) and unicodedata.combining(word[end]):
        end += 1
    return word[start:end]


def inverted(author: Author, given: str, *, comma: str = ", ", before_suffix: str = ", ") -> str:
    """Return `Family, Given, Suffix` with `given` as the style writes it; a whole name stays as it is."""
    if is_whole(author):
        return author.name
    tail = before_suffix + _stopped(author.suffix) if author.suffix else ""
    return f"{author.family}{comma}{given}{tail}" if given else author.family + tail


def straight(author: Author, given: str, *, before_suffix: str = " ") -> str:
    """Return `Given Family Suffix` with `given` as the style writes it; a whole name stays as it is."""
    if is_whole(author):
        return author.name
    tail = before_suffix + _stopped(author.suffix) if author.suffix else ""
    return f"{given} {author.family}{tail}".lstrip()


def _stopped(suffix: str) -> str:
    """Return `Jr` with the stop that it has in all styles but those without any."""
    return f"{suffix}." if suffix.lower() in {"jr", "sr"} else suffix


def listed(names: Sequence[str], *, two: str, last: str) -> str:
    """Join names by commas; `two` stands between a pair, `last` before the last of three or more."""
    if len(names) < 3:
        return two.join(names)
    return ", ".join(names[:-1]) + last + names[-1]


def split_particles(family: str) -> tuple[str, str]:
    """Tell `van der Berg` into `van der` and `Berg`; there is nothing before most names."""
    words = family.split()
    start = 0
    while start < len(words) - 1 and words[start] in PARTICLES:
        start += 1
    return " ".join(words[:start]), " ".join(words[start:])
