"""From text to terms: what counts as a word, in papers and in queries alike.

Text is folded (case, accents and width) and cut into *units*: runs of letters and digits that hyphens,
apostrophes or dots hold together. A unit has *parts*, one a position, and *aliases* at the position of its
first part: `pre-training` has the parts `pre` and `training` and the alias `pretraining`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from papers_tui.index.patterns import pattern
from papers_tui.index.search.inflection import stem
from papers_tui.index.text import fold

__all__ = [
    "GREEK",
    "LONGEST_TERM",
    "VERSION",
    "Token",
    "Unit",
    "analyse",
    "stem",
    "tokenize",
    "units",
    "words",
]

VERSION: Final = 1
"""Grows whenever the same text would give other terms: an index of another version is built anew."""

LONGEST_TERM: Final = 64
"""Characters of a term that tell it from others; what follows is ignored."""

_MOST_PARTS_JOINED: Final = 5
_JOINERS: Final = r"\-‐‑‒–−'’ʼ&_·"
_LETTERS: Final = r"\w\u0900-\u0963\u0966-\u0dff"  # Indic vowel signs are no word characters to `re`
_SIGNED: Final = r"[a-z](?:\+\+|\#)"  # C++, C#, F#
_DOT_NET: Final = r"\.net(?!\w)(?<![\w.]\.net)"
_UNIT: Final = pattern(
    rf"{_SIGNED}|[{_LETTERS}]+(?:[{_JOINERS}.][{_LETTERS}]+)*|{_DOT_NET}",
)
_ASCII_UNIT: Final = pattern(rf"{_SIGNED}|[a-z0-9_]+(?:[\-'&_.][a-z0-9_]+)*|{_DOT_NET}", re.ASCII)
"""The same for ASCII alone, and half as fast again."""
_PLAIN: Final = bytes(
    code if code > 127 or chr(code) in "-'&_.+#" else ord(chr(code).lower()) if chr(code).isalnum() else 32
    for code in range(256)
)
"""For bytes of UTF-8: ASCII letters small, and a blank for each ASCII sign that is part of no unit."""
_BETWEEN_PARTS: Final = pattern(rf"[{_JOINERS}]|(?<!\d)\.|\.(?!\d)")
_POSSESSIVE: Final = pattern(r"['’ʼ]s$")
_IDEOGRAPH: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_WITHOUT_SPACES: Final = pattern(rf"[{_IDEOGRAPH}]|[^{_IDEOGRAPH}]+")
GREEK: Final[Mapping[str, str]] = {
    chr(code): unicodedata.name(chr(code)).rsplit(" ", 1)[1].lower().replace("lamda", "lambda")
    for code in range(0x3B1, 0x3CA)
    if code != 0x3C2  # the final sigma is folded to the other one
}
"""The names of Greek letters."""


def units(folded: str) -> list[str]:
    """Cut a folded text into its units. Its white space need not be folded."""
    return _ASCII_UNIT.findall(folded) if folded.isascii() else _UNIT.findall(folded)


def words(text: str) -> list[str]:
    """Fold a text and cut it into words, so that no unit reaches beyond one. Most words are a unit.

    Much faster than `units(fold(text))`: `units` then has to look at each distinct word alone, and `fold` at
    the words that are not ASCII.
    """
    plain = text.encode("utf-8", "surrogatepass").translate(_PLAIN).decode("utf-8", "surrogatepass")
    found = plain.replace(". ", " ").rstrip(". ").split()
    if text.isascii():
        return found
    return [unit for word in found for unit in ((word,) if word.isascii() else _UNIT.findall(fold(word)))]


@dataclass(frozen=True, slots=True)
class Unit:
    """The terms of a unit."""

    parts: tuple[str, ...]
    """One term a position."""
    aliases: tuple[str, ...] = ()
    """Other terms, at the position of the first part."""

    @property
    def joined(self) -> str:
        """The unit written as one word."""
        return "".join(self.parts)[:LONGEST_TERM]


@dataclass(frozen=True, slots=True)
class Token:
    """A term and where it stands."""

    term: str
    start: int
    """In characters of the text as it was given."""
    end: int
    position: int
    """Which word of the text it is, from 0. The parts of a compound count one by one."""


def analyse(unit: str) -> Unit:
    """Return the terms of a unit, as `units` cut it.

    >>> analyse("1.5-pints")
    Unit(parts=('1.5', 'pints'), aliases=('1.5pints',))
    """
    if unit.isascii() and unit.isalnum():
        return Unit((unit[:LONGEST_TERM],))
    if unit == ".net":
        return Unit((".net",), ("net",))
    if unit[-1] in "+#":
        return Unit((unit,))
    pieces = [piece for piece in _BETWEEN_PARTS.split(_POSSESSIVE.sub("", unit)) if piece]
    parts = [part[:LONGEST_TERM] for piece in pieces for part in _WITHOUT_SPACES.findall(piece)]
    aliases = []
    if 1 < len(pieces) <= _MOST_PARTS_JOINED:
        aliases.append("".join(pieces)[:LONGEST_TERM])
    if parts and (name := GREEK.get(parts[0])) is not None:
        aliases.append(name)
    return Unit(tuple(parts), tuple(aliases))


def _folded_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the folded text, and for each of its characters the range of `text` that it came from."""
    if text.isascii():
        return text.lower(), [(place, place + 1) for place in range(len(text))]
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        piece = " " if text[start].isspace() else fold(text[start:end])
        folded.append(piece)
        places += [(start, end)] * len(piece)
        start = end
    return "".join(folded), places


def tokenize(text: str) -> list[Token]:
    """Return the terms of a text with their places, in the order of their positions.

    The parts of a compound are placed part by part, its aliases over the whole of it.
    """
    folded, places = _folded_with_places(text)
    tokens = []
    position = 0
    for match in _UNIT.finditer(folded):
        unit = analyse(match[0])
        start, end = places[match.start()][0], places[match.end() - 1][1]
        tokens += [Token(alias, start, end, position) for alias in unit.aliases]
        cursor = match.start()
        for part in unit.parts:
            found = folded.find(part, cursor, match.end())
            cursor = found + len(part)
            tokens.append(Token(part, places[found][0], places[cursor - 1][1], position))
            position += 1
    return tokens
