r"""TeX's accents over letters of text: `\'e`, `{\"o}`, `\v{c}`, `\'{\i}`."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from papers_tui.index.patterns import pattern
from papers_tui.index.tex_symbols import LETTERS, TEXT_ACCENTS

_ACCENT: Final = pattern(
    r"\\(?P<mark>['`^\"~=.])"
    r"(?:\{ ?(?P<group>\\[ij]\b|[^\W\d_]) ?\}|(?P<bare>\\[ij](?![A-Za-z]) ?|[^\W\d_]))"
    r"|\\(?P<named>[uvHckrdb])"
    r"(?:\{ ?(?P<named_group>\\[ij]\b|[^\W\d_]) ?\}|[ ](?P<named_bare>[^\W\d_])(?=\w))"
)
_CONTRACTION: Final = pattern(r"\\'(?:s|ll|re|ve|d|m|t)\b", re.IGNORECASE)
_CLOSING_QUOTE: Final = pattern(
    r"(?<=[\w.,;:!?)])\\['\"](?![\w{\\ ])(?! ?[\w{])|(?<=\w)\\['\"](?=[\s.,;:)]|$)"
)
_SPACED_LETTERS: Final = frozenset("oOlL")


def has_escaped_quotes(text: str) -> bool:
    r"""Tell whether `text` escapes its quotes, as in `\"so called\"`."""
    return ("\\'" in text or '\\"' in text) and _CLOSING_QUOTE.search(text) is not None


def accent_at(text: str, start: int, *, quotes_are_escaped: bool) -> tuple[str, int] | None:
    r"""Return the letter that the accent at `start` makes, and where it ends; None if it makes none.

    Args:
        text: the whole text.
        start: the place of the backslash.
        quotes_are_escaped: whether `\"` and `\'` before a word open a quotation.
    """
    match = _ACCENT.match(text, start)
    if match is None:
        return None
    mark = match["mark"] or match["named"]
    before = text[start - 1 : start]
    is_bare = match["bare"] is not None or match["named_bare"] is not None
    if is_bare and before != "{" and _is_doubtful(text, start, mark, match["bare"] or ""):
        return None
    if quotes_are_escaped and mark in "'\"" and is_bare and not before.isalpha() and before != "{":
        return None
    letter = match["group"] or match["bare"] or match["named_group"] or match["named_bare"] or ""
    letter = letter.strip().removeprefix("\\")
    shown = unicodedata.normalize("NFC", letter + TEXT_ACCENTS[mark])
    return (shown, match.end()) if len(shown) == 1 else None


def _is_doubtful(text: str, start: int, mark: str, letter: str) -> bool:
    r"""Tell whether an accent without braces is more likely an escape: `don\'t`, `www\.example`, `\b a`."""
    if mark == ".":
        return letter not in {"I", "Z"}
    return mark in {"b", "d", "r", "u"} or _CONTRACTION.match(text, start) is not None


def letter_at(text: str, name: re.Match[str]) -> tuple[str, int] | None:
    r"""Return the letter that the macro `name` means, and where it ends: `\o{}`, `J\o rgensen`, `\ss`.

    None for one letter alone, which may be an escape: `\L`, `\i+`.
    """
    shown = LETTERS[name[1]]
    after = name.end()
    if text.startswith("{}", after):
        return (shown, after + 2)
    follower = text[after + 1 : after + 2]
    is_spaced = text[after : after + 1] == " " and follower.isalpha()
    if len(name[1]) == 1 and not (name[1] in _SPACED_LETTERS and is_spaced and follower.islower()):
        return None
    ends_name = is_spaced and name[1] not in {"AA", "aa"}
    return (shown, after + 1 if ends_name else after)
