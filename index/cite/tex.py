r"""Text as a BibTeX field value: nothing in it acts, and what TeX shows is the text.

Both braces and the backslash are written as commands, so a value can never end early; `$…$` is kept
where it is well-formed mathematics made of known commands only.
"""

from __future__ import annotations

import re
from typing import Final

from papers_tui.index.cite.tex_math import is_safe_math
from papers_tui.index.cite.tex_symbols import mathematics, runs

_ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
    }
)
_SPECIAL: Final = re.compile(r"[\\{}~^<>|$&%#_]")
_MATH: Final = re.compile(r"(?<![\\$])\$(?=[^\s$])([^$]*[^\s$\\])\$(?![\d$])")
_WORD: Final = re.compile(r"[^\W_]+(?:[+#]+|(?:[-‐‑–/.][^\W_]+)*)")
_PIECES: Final = re.compile(r"([-‐‑–/.])")


def typeset(text: str) -> str:
    """Return plain text as TeX that shows it, its signs as mathematics: for fields that are printed."""
    if text.isascii():
        return text.translate(_ESCAPES) if _SPECIAL.search(text) else text
    pieces = enumerate(runs(text))
    return "".join(mathematics(piece) if place % 2 else piece.translate(_ESCAPES) for place, piece in pieces)


def escape(text: str) -> str:
    """Return plain text as TeX that shows it, its letters as they are: for names and what is not printed."""
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


def title(text: str) -> str:
    r"""Return a title as TeX, mathematics kept, and braced like acronyms where it has capitals.

    Without the braces BibTeX's styles would write `{LLM}` and the formula `{$\Gamma(N)$}` with small letters.
    """
    shouts = not any(char.islower() for char in text) and len(text.split()) > 2
    written = []
    end = 0
    for match in _MATH.finditer(text):
        if is_safe_math(match[1]):
            math = f"{{{match[0]}}}" if any(char.isupper() for char in match[0]) else match[0]
            written += [_words(text[end : match.start()], shouts=shouts), math]
            end = match.end()
    return "".join([*written, _words(text[end:], shouts=shouts)])


def _words(text: str, *, shouts: bool) -> str:
    if shouts:
        return typeset(text)
    pieces = runs(text)
    return "".join(
        mathematics(piece) if place % 2 else _plain_words(piece, place > 0, place < len(pieces) - 1)
        for place, piece in enumerate(pieces)
    )


def _plain_words(text: str, follows: bool, precedes: bool) -> str:
    """Brace words with capitals; beside a sign, as in `Sr₂RuO₄`, every capital counts."""
    written = []
    end = 0
    for match in _WORD.finditer(text):
        is_beside = (follows and match.start() == 0) or (precedes and match.end() == len(text))
        is_kept = is_beside and any(map(str.isupper, match[0]))
        word = f"{{{escape(match[0])}}}" if is_kept else _protected(match[0])
        written += [escape(text[end : match.start()]), word]
        end = match.end()
    return "".join([*written, escape(text[end:])])


def _protected(word: str) -> str:
    """Brace the parts of a hyphened word that have capitals of their own: `{GPT-4}`, `{LLM}-Based`."""
    if word.islower():
        return escape(word)
    pieces = _PIECES.split(word)
    keep = [index % 2 == 0 and _has_capitals(piece) for index, piece in enumerate(pieces)]
    for index in range(2, len(pieces), 2):
        if pieces[index][0].isdigit() and pieces[index - 2][0].isupper():
            keep[index - 2] = keep[index] = True
    for index in range(1, len(pieces), 2):
        keep[index] = keep[index - 1] and keep[index + 1]
    written = ""
    for index, piece in enumerate(pieces):
        opens = keep[index] and not (index and keep[index - 1])
        closes = keep[index] and not (index + 1 < len(pieces) and keep[index + 1])
        written += "{" * opens + escape(piece) + "}" * closes
    return written


def _has_capitals(piece: str) -> bool:
    if any(char.isupper() for char in piece[1:]):
        return True
    is_named = any(char.isdigit() for char in piece) or len(piece.rstrip("+#")) == 1
    return piece[:1].isupper() and is_named and piece != "A"
