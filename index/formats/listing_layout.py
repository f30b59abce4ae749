"""Which lines of a listing are titles and which are abstracts.

Nothing marks them. What a text looks like (its length, how it ends, its capitals) and where it stands (blank
lines, its neighbours, details that end a paper) each give a cost, and the reading of the least total cost
is taken: the shortest path over the lines, in steps that are a title or a paragraph of an abstract.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from papers_tui.index.formats.listing_lines import Line

Part = Literal["title", "abstract"]

LONE: Final = 2.2
"""What a title costs that has neither abstract nor details."""
_LONE_AMONG_DETAILS: Final = 4.0
_NO_ABSTRACT: Final = 1.0
_PARAGRAPH: Final = 3.0
_NO_TITLE: Final = 5.0
_UNLIKE: Final = 1.6
_WORST: Final = 12.0
_NEVER: Final = 99.0
_WITHIN: Final = 5.0
"""What it costs to end an abstract within a sentence that runs on in the next line."""
_NARROWEST: Final = 24
"""Columns that texts are wrapped to at least: shorter lines are no wrapped text."""
_MAX_TITLE: Final = 3
_MAX_LINES: Final = 80
_TAIL: Final = 40

_OPENING: Final = re.compile(
    r"(?:we|our|in this|in recent|this (?:paper|work|article|study|report|survey|thesis|note)|recent|recently"
    r"|here|to address|despite|while|although|however|existing|motivated|inspired|given|as)\b",
    re.IGNORECASE,
)
_VERBS: Final = re.compile(r"\b(?:is|are|was|were|we|has|have|this|these|which|that|our|it)\b")
_SENTENCE: Final = re.compile(r"[a-z0-9)\]][.]\s+[A-Z]|[。！？](?=\w)")
_DANGLING: Final = re.compile(
    r"(?:\b(?:a|an|the|of|and|or|for|with|to|in|on|by|from|via)|[,;:])$", re.IGNORECASE
)
_END: Final = re.compile(r"[.!?…。！？][\"'”’)\]]*$")
_BREAK: Final = re.compile(r"\s|(?<=[^\W\d]{2}-)(?=[^\W\d])")
_URL: Final = re.compile(r"https?://")
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Characters of scripts that say in one what Latin letters say in three."""
_LENGTHS: Final = ((40, -2.0), (90, -1.5), (140, -0.5), (200, 1.0), (300, 3.0), (500, 5.0))
_LONGEST: Final = 7.0
_HEAD: Final = 400


class Seam(NamedTuple):
    """What stands between two lines, in costs."""

    join: float
    """Of reading them as one text."""
    after_title: float
    """Of reading them as two, the first of which ends a title."""
    after_abstract: float
    """Of reading them as two otherwise."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the lines of a whole listing are set."""

    is_spaced: bool
    """Whether blank lines part titles from abstracts."""
    width: int | None
    """The columns that texts were wrapped to, if they were."""

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Setting:
        """Tell the setting from all texts of a listing."""
        blanks = sum(line.after_blank for line in lines[1:])
        width = max((len(line.text) for line in lines), default=0)
        pairs = [(a, b) for a, b in itertools.pairwise(lines) if not b.after_blank]
        full = sum(_fills(a.text, b.text, width) for a, b in pairs)
        is_wrapped = _NARROWEST <= width <= 200 and len(pairs) > 2 and full * 5 >= len(pairs) * 2
        return cls(blanks > 0.08 * len(lines), width if is_wrapped else None)

    def seam(self, before: Line, after: Line) -> Seam:
        """Return what it costs to read two lines as one text, or as two."""
        is_ended = _END.search(before.text[-_TAIL:]) is not None
        loose = 1.5 if self.is_spaced else 0.0
        if after.after_blank:
            return Seam(join=_NEVER, after_title=0.0, after_abstract=0.0)
        if self.is_wrapped(before, after):
            return Seam(0.02, loose + 1.0, loose + (1.0 if is_ended else _WITHIN))
        if after.text[:1].islower() and not is_ended:
            return Seam(0.3, loose, loose)
        return Seam(0.8 if self.is_spaced else 3.0, loose, loose)

    def is_wrapped(self, before: Line, after: Line) -> bool:
        """Tell whether the second of two lines holds what had no room on the first."""
        return (
            self.width is not None and not after.after_blank and _fills(before.text, after.text, self.width)
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that are one title, or one paragraph of an abstract."""

    part: Part
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The text, its lines joined."""
        return joined(self.lines)


class _Way(NamedTuple):
    """The best way to read all lines up to one."""

    cost: float
    unit: Unit | None
    last: Part | None
    """What comes before the unit."""


_Column = dict[Part | None, _Way]


def joined(lines: Sequence[Line]) -> str:
    """Return wrapped lines as one: words that were broken at their hyphen are whole again."""
    text = lines[0].text
    for line in lines[1:]:
        is_broken = re.search(r"\w-$", text[-2:]) and not re.match(r"(?:and|or|to)\s", line.text)
        text += line.text if is_broken else f" {line.text}"
    return text


def likeness(text: str, end: str, length: int) -> float:
    """Tell how much a text looks like an abstract (above 0) or a title (below 0).

    `text` may be its first few hundred characters; `end` is its last line and `length` its whole length.
    """
    manner, wide = _manner(text)
    length += 2 * wide
    found = manner + next((weight for most, weight in _LENGTHS if length <= most), _LONGEST)
    if _END.search(end):
        return found + (1.5 if not end.rstrip("\"'”’)]").endswith(("?", "!", "？", "！")) else -0.5)
    return found - 1.0


@lru_cache(maxsize=64)
def _manner(text: str) -> tuple[float, int]:
    """Tell how much a beginning is like an abstract (above 0) or a title, and its number of wide characters.

    The beginning of a long text is looked at for each of its ends.
    """
    found = min(2, len(_SENTENCE.findall(text))) * 1.5
    words = [word for word in text.split()[1:] if len(word) >= 4 and word[0].isalpha()]
    if words:
        capitals = sum(not word[0].islower() for word in words) / len(words)
        found += -1.5 if capitals >= 0.7 else 0.7 if capitals <= 0.3 else 0.0
    found += 1.5 if _OPENING.match(text) else 0.0
    found += 0.8 if _VERBS.search(text) else 0.0
    found += 5.0 if _URL.search(text) else 0.0
    found -= 0.5 if ":" in text[:60] else 0.0
    return found, 0 if text.isascii() else len(_WIDE.findall(text))


def parts(lines: Sequence[Line], setting: Setting, *, has_details: bool) -> tuple[list[Unit], float]:
    """Read the texts that stand before details (or before the end), and tell what the reading costs."""
    best: list[_Column] = [{} for _ in range(len(lines) + 1)]
    best[0][None] = _Way(0.0, None, None)
    lone = _LONE_AMONG_DETAILS if has_details else LONE
    seams = [Seam(0.0, 0.0, 0.0), *itertools.starmap(setting.seam, itertools.pairwise(lines))]
    for at, seam in enumerate(seams):
        for unit, own in _units(lines, at, seams):
            column = best[at + len(unit.lines)]
            for last, way in best[at].items():
                between = seam.after_title if last == "title" else seam.after_abstract
                cost = way.cost + between + own + _step(last, unit.part, lone)
                if unit.part not in column or cost < column[unit.part].cost:
                    column[unit.part] = _Way(cost, unit, last)
    final = best[-1]
    if (ending := final.get("title")) is not None:
        final["title"] = ending._replace(cost=ending.cost + (_NO_ABSTRACT if has_details else lone))
    last = min(final, key=lambda part: final[part].cost)
    total = final[last].cost
    return _traced(best, last), total


def _traced(best: Sequence[_Column], last: Part | None) -> list[Unit]:
    """Follow the best way back from the end."""
    units: list[Unit] = []
    at = len(best) - 1
    while (unit := best[at][last].unit) is not None:
        last = best[at][last].last
        units.append(unit)
        at -= len(unit.lines)
    return units[::-1]


def _step(last: Part | None, part: Part, lone: float) -> float:
    if part == "title":
        return lone if last == "title" else 0.0
    return {"title": 0.0, "abstract": _PARAGRAPH, None: _NO_TITLE}[last]


def _units(lines: Sequence[Line], at: int, seams: Sequence[Seam]) -> Iterator[tuple[Unit, float]]:
    """Yield what may begin at a line, with its own cost."""
    joins, length, head = 0.0, 0, ""
    starts_low = lines[at].text[:1].islower() if lines else False
    last = min(at + _MAX_LINES, len(lines)) - 1
    for end in range(at, last + 1):
        text = lines[end].text
        joins += seams[end].join if end > at else 0.0
        if joins > _WORST:
            return
        length += len(text) + 1
        if len(head) < _HEAD:
            head = f"{head} {text[:_HEAD]}".lstrip()
        may_be_title = end - at < _MAX_TITLE
        if not may_be_title and end < last and seams[end + 1].after_abstract >= _WITHIN:
            continue
        tail = text[-_TAIL:]
        like = likeness(head, tail, length)
        chosen = tuple(lines[at : end + 1])
        cost = joins + (1.0 if _DANGLING.search(tail) else 0.0)
        unended = 1.0 if length > 150 and not _END.search(tail) else 0.0
        yield Unit("abstract", chosen), cost + max(0.0, -like) * _UNLIKE + starts_low * 1.5 + unended
        if may_be_title:
            yield Unit("title", chosen), cost + 0.5 * (end - at) + max(0.0, like) + starts_low * 0.7


def _fills(before: str, after: str, width: int) -> bool:
    """Tell whether `after` begins with what had no room behind `before`."""
    word = _BREAK.split(after, maxsplit=1)[0]
    return len(before) + 1 + len(word) > width
