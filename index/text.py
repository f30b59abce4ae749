"""Text from outside, made safe to print, pleasant to read, and ready to be matched.

Every text that enters is cleaned once, where papers are made; texts of the operating system (file names,
error messages) are cleaned where they are printed. A clean text holds no control character but the line
feed, nothing that turns or hides other characters, and always encodes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from papers_tui.index.patterns import pattern

MAX_FIELD: Final = 5_000_000
"""Characters that a field may have: a longer one is cut there and ends in `…`."""

MAX_REPAIRED: Final = 500_000
"""Characters of a text in which TeX and HTML are repaired; a longer one stays as it came."""

_MAX_MARKS: Final = 4
"""Combining marks that may follow one another: no orthography needs more, and stacks of them cover lines."""

_MAX_ROUNDS: Final = 6

_REMEMBERED_LENGTH: Final = 32
"""Characters of a word that is worth remembering."""

_PRINTABLE: Final = bytes([*range(32, 127), 10])

# ECMA-48: OSC, DCS, SOS, PM and APC strings; CSI; the rest. A string without an end stops at the end of
# its line, so that it cannot swallow an abstract.
_ESCAPES: Final = pattern(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x18\x1a\x1b\x9c\n]*(?:[\x07\x18\x1a\x9c]|\x1b\\)?"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_ENDS: Final = pattern(r"\r\n?|[\v\f\x85\u2028\u2029]")
_PAIRS: Final = pattern("(?:[\ud800-\udbff][\udc00-\udfff])+")
_LONE: Final = pattern("[\ud800-\udfff]")
_UNSAFE: Final = pattern(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\ufdd0-\ufdef"
    + "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000))
    + "]"
)
# Its first sign stands alone: `re` then skips ahead quickly.
_PERHAPS_MARKS: Final = pattern(r"[^\w\x00-\x7f][^\w\x00-\x7f]{4,}")
_SYMBOLS: Final = pattern(r"[^\w\x00-\x7f]+")


def clean(text: str, *, limit: int = MAX_FIELD) -> str:
    r"""Return `text` safe to print: NFC, lines ended by `\n`, escape sequences and invisible controls gone.

    Keeps the joiners (U+200C, U+200D) that Persian, Indic scripts and emoji need. Lone surrogates become
    U+FFFD. A text of more than `limit` characters is cut to `limit`, the last of them `…`.
    Linear in the length of `text`, and idempotent.
    """
    is_cut = len(text) > limit
    text = text[:limit]
    if not _is_printable(text):
        text = _ESCAPES.sub("", _LINE_ENDS.sub("\n", text))
        text = _LONE.sub("\ufffd", _PAIRS.sub(_characters, text))
        text = _UNSAFE.sub("", text.replace("\t", " "))
    if not text.isascii():
        text = _composed(text)
    return text[: max(limit - 1, 0)] + "…" if is_cut or len(text) > limit else text


def _is_printable(text: str) -> bool:
    """Tell whether a text is of lines that can be printed: of ASCII much faster than `isprintable` tells."""
    if text.isascii():
        return not text.encode().translate(None, _PRINTABLE)
    return text.replace("\n", "").isprintable()


def clean_line(text: str, *, limit: int = MAX_FIELD) -> str:
    """Return `text` clean and on one line: runs of white space are one space, none at the ends."""
    return " ".join(clean(text, limit=limit).split())


def readable(text: str) -> str:
    """Return `text` with TeX and HTML left by listings shown as a reader expects it.

    What cannot be repaired safely stays as it came. Idempotent; a clean text stays clean.
    """
    from papers_tui.index.tex import repaired  # noqa: PLC0415 - few starts bring in text to be repaired

    shown = text
    for _ in range(_MAX_ROUNDS if len(text) <= MAX_REPAIRED else 0):
        before, shown = shown, repaired(shown)
        if shown == before:
            return shown
        shown = clean(shown)
    return text


def readable_line(text: str) -> str:
    """Return a title readable and on one line: what TeX leaves between words is one space."""
    return " ".join(readable(text).split())


def fold(text: str) -> str:
    """Return `text` as it is matched: without case, accents and width, white space folded. Idempotent.

    Marks that are letters of their own (Indic vowels, Thai tones, kana voicing) stay.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(filter(None, map(_folded_word, text.split())))


def _folded_word(word: str) -> str:
    """Fold what stands between white space: no mark reaches across."""
    if word.isascii():
        return word.lower()
    return _remembered_fold(word) if len(word) <= _REMEMBERED_LENGTH else _fold(word)


def _fold(text: str) -> str:
    text = _fewer_marks(text, 4 * _MAX_MARKS)
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = _SYMBOLS.sub(_plain_symbols, text).translate(_LETTERS)
    return " ".join(unicodedata.normalize("NFC", text).split())


_remembered_fold: Final = lru_cache(maxsize=4096)(_fold)
"""The same for short words, most of which come again."""


def _composed(text: str) -> str:
    """Return `text` in NFC, without floods of marks."""
    if _PERHAPS_MARKS.search(text) is None and unicodedata.is_normalized("NFC", text):
        return text
    # Marks are cut before as well: putting a flood of them in order takes quadratic time.
    return _fewer_marks(unicodedata.normalize("NFC", _fewer_marks(text, 4 * _MAX_MARKS)), _MAX_MARKS)


def _characters(match: re.Match[str]) -> str:
    """Return the characters that pairs of surrogates stand for."""
    return match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _fewer_marks(text: str, limit: int) -> str:
    """Return `text` with at most `limit` marks and joiners in a row."""

    def shortened(match: re.Match[str]) -> str:
        kept: list[str] = []
        run = 0
        for char in match[0]:
            run = run + 1 if _is_mark(char) else 0
            if run <= limit:
                kept.append(char)
        return "".join(kept)

    return _PERHAPS_MARKS.sub(shortened, text)


@cache
def _is_mark(char: str) -> bool:
    return char in "\u200c\u200d" or unicodedata.category(char) in {"Mn", "Me"}


@cache
def _is_accent(char: str) -> bool:
    """Tell whether matching ignores `char`: an accent, enclosure, Hebrew or Arabic point, joiner, variant."""
    position = unicodedata.combining(char)
    return (
        position == 1
        or 10 <= position <= 36
        or position >= 200
        or char in "\u034f\u200c\u200d"
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
        or unicodedata.category(char) == "Me"
    )


def _plain_symbols(match: re.Match[str]) -> str:
    return "".join(char for char in match[0] if not _is_accent(char))


# What no decomposition takes apart: letters with strokes and hooks, ligatures, typographic punctuation.
_LETTERS: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
    | {"ĸ": "k", "ŋ": "n", "ƀ": "b", "ɓ": "b", "ƈ": "c", "ɗ": "d", "ɖ": "d", "ƒ": "f", "ǥ": "g", "ɠ": "g"}
    | {"ɨ": "i", "ƙ": "k", "ɲ": "n", "ƥ": "p", "ʂ": "s", "ƭ": "t", "ʈ": "t", "ʋ": "v", "ƴ": "y", "ƶ": "z"}
    | {"ɵ": "o", "ȼ": "c", "ɇ": "e", "ɉ": "j", "ɍ": "r", "ɏ": "y", "ȷ": "j", "ⱥ": "a"}
    | dict.fromkeys("‘’‚‛′", "'")
    | dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"⁄": "/"}
)
