"""Operators of other query languages in words: what is said of those that mean nothing here."""

from __future__ import annotations

from typing import Final

from papers_tui.index.patterns import pattern
from papers_tui.index.search.lexer import structured
from papers_tui.index.search.ranges import quoted

_LONGEST: Final = 200
"""Characters of what may be an operator: no longer text is looked at."""

# Single letters with a star, as in `D*` and `C*-algebra`, are names; so are `p|q` and `f?`.
_LEFT_OUT: Final = (
    (pattern(r"/[^/]*[*+?.\[|^$\\][^/]*/\Z"), "there are no regular expressions: {} is read as words"),
    (
        pattern(r".*?(?:(?<!.)\*+\w{2}|\w{2}\*+\w{2})"),
        "a star stands for letters at the end of a word only: that in {} is left out",
    ),
    (pattern(r".*?(?:\w\?\w{2}|\w{2}\?\w)"), "no sign stands for a single letter: that in {} is left out"),
    (pattern(r".*\w{2}~[0-9.]*\Z"), "the ~ in {} is left out: misspelt words are corrected without"),
    (pattern(r".*?\w{2}(?:\|\|?|&&)\w{2}"), "operators stand between blanks: that in {} is left out"),
)
_STAR_IN_PHRASE: Final = pattern(r"\w{2}\*+\s|(?:\A|\s)\*+(?:\s|\Z)|\A\*+\w")


def hint_on_word(text: str) -> str | None:
    """Return what is to be said of an operator in a word that is read as a sign that counts for nothing."""
    if text.isalnum() or len(text) > _LONGEST or "://" in text:
        return None
    plain = structured(text)
    return next((hint.format(quoted(text)) for found, hint in _LEFT_OUT if found.match(plain)), None)


def hint_on_phrase(text: str) -> str | None:
    """Return what is to be said of a star in a phrase elsewhere than at its end."""
    if "*" in text and len(text) <= _LONGEST and _STAR_IN_PHRASE.search(structured(text)):
        return f"a star counts at the end of a phrase only: that in {quoted(text)} is left out"
    return None
