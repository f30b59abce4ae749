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


class _Ending(NamedTuple):
    """How a line ends, as the last one of a text."""

    likeness: float
    """How much that is like an abstract (above 0) or a title (below 0)."""
    is_sentence: bool
    dangling: float
    """What it costs to end there: nothing, unless a word is missing."""

    @classmethod
    def of(cls, line: Line) -> _Ending:
        return cls.of_text(line.text[-_TAIL:])

    @classmethod
    def of_text(cls, text: str) -> _Ending:
        """Look at the end of a text."""
        dangling = 1.0 if _DANGLING.search(text) else 0.0
        if not _END.search(text):
            return cls(-1.0, is_sentence=False, dangling=dangling)
        is_asked = text.rstrip("\"'”’)]").endswith(("?", "!", "？", "！"))
        return cls(-0.5 if is_asked else 1.5, is_sentence=True, dangling=dangling)


class _Way(NamedTuple):
    """The best way to read all lines up to one."""

    cost: float
    part: Part | None
    start: int
    """The line at which the part begins."""
    last: Part | None
    """What comes before the part."""


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
    return _likeness(text, _Ending.of_text(end), length)


def _likeness(text: str, ending: _Ending, length: int) -> float:
    manner, wide = _manner(text)
    length += 2 * wide
    for most, weight in _LENGTHS:
        if length <= most:
            return manner + ending.likeness + weight
    return manner + ending.likeness + _LONGEST


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
    best[0][None] = _Way(0.0, None, 0, None)
    lone = _LONE_AMONG_DETAILS if has_details else LONE
    seams = [Seam(0.0, 0.0, 0.0), *itertools.starmap(setting.seam, itertools.pairwise(lines))]
    ends = [_Ending.of(line) for line in lines]
    for at, seam in enumerate(seams):
        ways = [
            (last, way.cost + (seam.after_title if last == "title" else seam.after_abstract))
            for last, way in best[at].items()
        ]
        for part, end, own in _units(lines, at, seams, ends):
            column = best[end]
            for last, before in ways:
                cost = before + own + _step(last, part, lone)
                if part not in column or cost < column[part].cost:
                    column[part] = _Way(cost, part, at, last)
    final = best[-1]
    if (ending := final.get("title")) is not None:
        final["title"] = ending._replace(cost=ending.cost + (_NO_ABSTRACT if has_details else lone))
    last = min(final, key=lambda part: final[part].cost)
    total = final[last].cost
    return _traced(best, last, lines), total


def _traced(best: Sequence[_Column], last: Part | None, lines: Sequence[Line]) -> list[Unit]:
    """Follow the best way back from the end."""
    units: list[Unit] = []
    at = len(best) - 1
    while (way := best[at][last]).part is not None:
        units.append(Unit(way.part, tuple(lines[way.start : at])))
        at, last = way.start, way.last
    return units[::-1]


def _step(last: Part | None, part: Part, lone: float) -> float:
    if part == "title":
        return lone if last == "title" else 0.0
    return {"title": 0.0, "abstract": _PARAGRAPH, None: _NO_TITLE}[last]


def _units(
    lines: Sequence[Line], at: int, seams: Sequence[Seam], ends: Sequence[_Ending]
) -> Iterator[tuple[Part, int, float]]:
    """Yield what may begin at a line, with the line behind it and its own cost."""
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
        ending = ends[end]
        like = _likeness(head, ending, length)
        cost = joins + ending.dangling
        unended = 1.0 if length > 150 and not ending.is_sentence else 0.0
        yield "abstract", end + 1, cost + max(0.0, -like) * _UNLIKE + starts_low * 1.5 + unended
        if may_be_title:
            yield "title", end + 1, cost + 0.5 * (end - at) + max(0.0, like) + starts_low * 0.7


def _fills(before: str, after: str, width: int) -> bool:
    """Tell whether `after` begins with what had no room behind `before`."""
    word = _BREAK.split(after, maxsplit=1)[0]
    return len(before) + 1 + len(word) > width
