"""Snippets: the sentence of a text that shows best why a search found it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from papers_tui.index.patterns import pattern
from papers_tui.index.search.inflection import stem
from papers_tui.index.text import fold

MOST_LOOKED_AT: Final = 20_000
"""Characters of a text from which a snippet is taken: more than an abstract has."""

LONGEST: Final = 400
"""Characters of a snippet; a longer sentence is cut to where its matched words are densest."""

_BEFORE: Final = 60
"""Characters that are kept before the first matched word of a sentence that is cut."""

# A stop, perhaps with closing quotes or brackets, a blank, and something that may begin a sentence.
_END: Final = pattern(
    r"(?<![.!?…])[.!?…]++[\"'’”)\]]*\s+(?=[\"'‘“(\[]?[^\Wa-z_])"
    r"|[。！？]"
    r"|\n\s*\n"
)
_LAST_WORD: Final = pattern(r"[\w.]*\w(?=\.[\"'’”)\]]*\s*\Z)")
_LONGEST_ABBREVIATION: Final = 8
_ABBREVIATIONS: Final = pattern(
    r"al|approx|cf|ca|dr|eds?|eqns?|eqs?|etc|e\.?g|i\.?e|figs?|inc|jr|mr|mrs|ms|ph\.d|prof|resp|sr|st|viz|vs"
    r"|w\.r\.t",
    re.IGNORECASE,
)
_NUMBERED: Final = pattern(r"chap|ch|cor|def|ex|lem|nos?|pp?|prop|refs?|sect?|tab|thm|vol", re.IGNORECASE)
"""Abbreviations only before a number: else they are words, or end a sentence like one."""
_INITIALS: Final = pattern(r"(?:[^\W\d_]\.)*[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A sentence, on one line, and where matched words stand in it."""

    text: str
    spans: tuple[tuple[int, int], ...]
    """(start, end) pairs in order that do not overlap."""


Spans = Callable[[str], Sequence[tuple[int, int]]]
"""Returns where matched words stand in a text: in order, without overlaps."""


def snippet(text: str, spans_of: Spans) -> Snippet | None:
    """Return the sentence of `text` with the most different matched words, the earliest of those.

    None if no word of it matches. Of a huge text, only the beginning is looked at.
    """
    text = text[:MOST_LOOKED_AT]
    found = spans_of(text)
    if not found:
        return None
    starts = sentence_starts(text)
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for start, end in found:
        by_sentence.setdefault(bisect_right(starts, start) - 1, []).append((start, end))
    best = max(by_sentence, key=lambda number: (_different(text, by_sentence[number]), -number))
    stop = starts[best + 1] if best + 1 < len(starts) else len(text)
    return _cut(text, starts[best], stop, by_sentence[best])


def sentence_starts(text: str) -> list[int]:
    """Return where the sentences of a text begin, the first at 0; `e.g.`, `et al.` and `J. Doe` end none."""
    starts = [0]
    for match in _END.finditer(text):
        if match.end() < len(text) and not _is_abbreviated(text, starts[-1], match):
            starts.append(match.end())
    return starts


def _is_abbreviated(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether the stop that `match` found belongs to the word before it."""
    if not match[0].startswith(".") or match[0].startswith(".."):
        return False
    word = _LAST_WORD.search(text, max(start, match.start() - _LONGEST_ABBREVIATION), match.end())
    if word is None:
        return False
    if _NUMBERED.fullmatch(word[0]):
        return text[match.end()].isdecimal()
    is_initial = word[0][0].isupper() and _INITIALS.fullmatch(word[0])
    return bool(is_initial or _ABBREVIATIONS.fullmatch(word[0]))


def _different(text: str, spans: Iterable[tuple[int, int]]) -> int:
    """Return how many different words stand at the spans; singular and plural are the same."""
    return len({stem(fold(text[start:end])) for start, end in spans})


def _cut(text: str, start: int, stop: int, spans: Sequence[tuple[int, int]]) -> Snippet:
    """Return the sentence from `start` up to `stop`, or the part of it that matters if it is too long."""
    stop = start + len(text[start:stop].rstrip())
    start += len(text[start:stop]) - len(text[start:stop].lstrip())
    before = after = ""
    if stop - start > LONGEST:
        first = _densest(spans)
        if first - start > _BEFORE:
            start, before = _word_boundary(text, first - _BEFORE, first), "…"
        if stop - start > LONGEST:
            stop, after = start + LONGEST, "…"
    shown = re.sub(r"\s", " ", text[start:stop])
    shift = len(before) - start
    kept = [(low + shift, high + shift) for low, high in spans if low >= start and high <= stop]
    return Snippet(before + shown + after, tuple(kept))


def _densest(spans: Sequence[tuple[int, int]]) -> int:
    """Return where the first of the most matched words that fit into a snippet together stands."""
    most, place, last = 0, spans[0][0], 0
    for number, (low, _) in enumerate(spans):
        while last < len(spans) and spans[last][1] <= low + LONGEST - _BEFORE:
            last += 1
        if last - number > most:
            most, place = last - number, low
    return place


def _word_boundary(text: str, start: int, stop: int) -> int:
    """Return where the first word after `start` begins, no later than `stop`."""
    match = re.compile(r"\s+").search(text, start, stop)
    return match.end() if match is not None else stop
