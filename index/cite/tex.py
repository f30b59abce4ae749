r"""Text as a BibTeX field value: nothing in it acts, and what TeX shows is the text.

Both braces and the backslash are written as commands, so a value can never end early; `$…$` is kept
where it is well-formed mathematics made of known commands only.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from papers_tui.index.cite import capitals
from papers_tui.index.cite.tex_math import is_safe_math
from papers_tui.index.cite.tex_scripts import SUBSCRIPT, as_mathematics
from papers_tui.index.cite.tex_symbols import mathematics, runs
from papers_tui.index.details import italic_spans

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
_HYPHENS: Final = re.compile("-(?=-)")
_DASHES: Final = {"–": "--", "—": "---"}
_DASH: Final = re.compile("(?<![-–—])[–—](?![-–—])")
_MATH: Final = re.compile(r"(?<![\\$])\$(?=[^\s$])([^$]*[^\s$\\])\$(?![\d$])")
_WORD: Final = re.compile(r"[^\W_]+(?:[+#]+|(?:[-‐‑–/.'’][^\W_]+)*)")


def typeset(text: str) -> str:
    """Return plain text as TeX that shows it, its signs as mathematics: for fields that are printed."""
    if text.isascii():
        return escape(text)
    pieces = enumerate(runs(text))
    return "".join(mathematics(piece) if place % 2 else escape(piece) for place, piece in pieces)


def escape(text: str) -> str:
    """Return plain text as TeX that shows it, its letters as they are: for names and what is not printed.

    Hyphens in a row are kept from becoming a dash.
    """
    if "--" in text:
        return _HYPHENS.sub("-{}", text.translate(_ESCAPES))
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


def title(text: str, protected: Collection[str] = (), italics: str = "") -> str:
    r"""Return a title as TeX, mathematics kept, and braced like acronyms where it has capitals.

    Without the braces BibTeX's styles would write `{LLM}` and the formula `{$\Gamma(N)$}` with small letters.
    Dashes are the hyphens that TeX makes dashes of.
    `protected` are further words that keep theirs, as the source has them, `italics` those to be emphasised.
    """
    shouts = not any(char.islower() for char in text) and len(text.split()) > 2
    keep = None if shouts else capitals.names(text).union(protected)
    written: list[str] = []
    end = 0
    mathless = _MATH.sub(lambda found: "$" * len(found[0]), text) if italics else ""
    for start, stop in italic_spans(text, italics):
        if "$" not in mathless[max(0, start - 1) : stop + 1]:  # the word might be one of mathematics
            written += [_phrase(text[end:start], keep), f"\\emph{{{_phrase(text[start:stop], keep)}}}"]
            end = stop
    return _DASH.sub(lambda dash: _DASHES[dash[0]], "".join([*written, _phrase(text[end:], keep)]))


def _phrase(text: str, keep: Collection[str] | None) -> str:
    written: list[str] = []
    end = 0
    for match in _MATH.finditer(text):
        if is_safe_math(match[1]):
            written += [_with_subscripts(text[end : match.start()], keep), _kept(match[0])]
            end = match.end()
    return "".join([*written, _with_subscripts(text[end:], keep)])


def _kept(math: str) -> str:
    """Brace mathematics in which a style would make small letters of capitals."""
    return f"{{{math}}}" if any(map(str.isupper, math)) else math


def _with_subscripts(text: str, keep: Collection[str] | None) -> str:
    """Write `M_⊙` as mathematics, and all else as words."""
    if "_" not in text:
        return _words(text, keep)
    written: list[str] = []
    end = 0
    for match in SUBSCRIPT.finditer(text):
        math = _kept(as_mathematics(match[1], match[2]))
        written += [_words(text[end : match.start()], keep), math]
        end = match.end()
    return "".join([*written, _words(text[end:], keep)])


def _words(text: str, keep: Collection[str] | None) -> str:
    if keep is None:
        return typeset(text)
    pieces = runs(text)
    return "".join(
        mathematics(piece) if place % 2 else _plain_words(piece, keep, place > 0, place < len(pieces) - 1)
        for place, piece in enumerate(pieces)
    )


def _plain_words(text: str, keep: Collection[str], follows: bool, precedes: bool) -> str:
    """Brace words with capitals; beside a sign, as in `Sr₂RuO₄`, every capital counts.

    Two hyphens between words, as authors write them to arXiv, are the dash that TeX makes of them.
    """
    written: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        is_beside = (follows and match.start() == 0) or (precedes and match.end() == len(text))
        is_kept = is_beside and any(map(str.isupper, match[0]))
        parts = [(match[0], True)] if is_kept else capitals.braced(match[0], keep)
        word = (f"{{{escape(part)}}}" if is_braced else escape(part) for part, is_braced in parts)
        between = text[end : match.start()]
        written += ["--" if between == "--" and written else escape(between), *word]
        end = match.end()
    return "".join([*written, escape(text[end:])])
