"""Which words of a title keep their capitals where BibTeX's styles make small letters of all others.

A word does that is written in a way of its own (`GPT-4`, `mRNA`, `McDonald`, `IEEE`, `X`-ray), one that the
source protects, and in a title in sentence case every word with a capital, as that is the name of somebody
or something: `The Hubble constant`. In a title in title case names cannot be told from other words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import groupby
from operator import itemgetter
from typing import Final

_FUNCTION_WORDS: Final = (
    "about above across after against all along alongside although amid among an and are around as at"
    " based be because been before behind being below beneath beside between beyond both but by can could"
    " despite do does down during each every except for from has have how if in inside into is it its like"
    " may more most near not of off on one onto or our out outside over per should since some such than"
    " that the their them then these they this those through throughout to toward towards under underneath"
    " unlike until up upon using versus via was we were what when where whether which while who whose why"
    " will with within without would yet you your"
)
_FUNCTION: Final = frozenset(_FUNCTION_WORDS.split())
"""Words that a title in title case may write with small letters."""

_MATHEMATICS: Final = re.compile(r"\$[^$]*\$")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-‐‑–'’][^\W\d_]+)*")
_START: Final = re.compile(r"(?:^|[:] )\W*$")
_PIECES: Final = re.compile(r"([-‐‑–/.'’])")
_APOSTROPHES: Final = "'’"


def names(title: str) -> frozenset[str]:
    """Return the words with a capital of a title in sentence case, their parts apart, else none."""
    capitalised: list[str] = []
    within: list[str] = []
    small = 0
    plain = _MATHEMATICS.sub(" ", title)
    for match in _WORD.finditer(plain):
        word = match[0]
        if word.lower() in _FUNCTION or len(word) < 2:
            continue
        pieces = _PIECES.split(word)
        if word[0].islower():
            small += 1
            within += pieces[1:]
        elif _START.search(plain, 0, match.start()):
            within += pieces[1:]
        elif not _is_kept(pieces, 0, ()):
            capitalised.append(word)
    if not small or small < len(capitalised):
        return frozenset()
    found = [piece for word in capitalised for piece in _PIECES.split(word)]
    return frozenset(piece for piece in (*found, *within) if piece[:1].isupper())


def is_mechanical(words: Collection[str]) -> bool:
    """Whether a program protects words, not a person: it does so with words that are names of nothing."""
    return any(word.lower() in _FUNCTION for word in words)


def braced(word: str, names: Collection[str] = ()) -> list[tuple[str, bool]]:
    """Return the parts of a word, and whether each is to be kept: `GPT-4`, `LLM` and `-Based`."""
    if word.islower():
        return [(word, False)]
    pieces = _PIECES.split(word)
    keep = [index % 2 == 0 and _is_kept(pieces, index, names) for index in range(len(pieces))]
    for index in range(2, len(pieces), 2):
        if pieces[index][:1].isdigit() and pieces[index - 2][:1].isupper():
            keep[index - 2] = keep[index] = True
    for index in range(1, len(pieces), 2):
        keep[index] = keep[index - 1] and keep[index + 1]
    return _merged(zip(pieces, keep, strict=True))


def has_own_capitals(word: str) -> bool:
    """Whether a word is written in a way of its own, so that it is kept in every title."""
    return all(is_kept or not part[:1].isupper() for part, is_kept in braced(word))


def _is_kept(pieces: list[str], index: int, names: Collection[str]) -> bool:
    piece = pieces[index]
    if piece in names:
        return True
    if any(char.isupper() for char in piece[1:]):
        return True
    before = pieces[index - 1] if index else ""
    if before and before in _APOSTROPHES and len(piece) > 2:
        return piece[:1].isupper()
    is_named = any(char.isdigit() for char in piece) or len(piece.rstrip("+#")) == 1
    return piece[:1].isupper() and is_named and (piece != "A" or bool(before))


def _merged(parts: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Join neighbours of which the same is true."""
    return [("".join(text for text, _ in run), is_kept) for is_kept, run in groupby(parts, itemgetter(1))]
