r"""Words of a BibTeX title whose capitals braces protect: `{E}uler` and `{Markov} chains`, but not `{\"o}`.

Braces around all of a title, as Google's and Zotero's exports have them, tell nothing of its words, nor do
those that a program puts around every word with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from papers_tui.index.cite.capitals import has_own_capitals, is_mechanical
from papers_tui.index.formats.bibtex_text import shown
from papers_tui.index.tex_groups import closing_braces

_TOKENS: Final = re.compile(
    r"\\(?:[cuvHkrdbt](?![A-Za-z])|[^A-Za-z])\s*\{[^{}]*\}|\\(?:[A-Za-z]+\*?|.)|\$[^$]*\$|[{}]"
    r"|[^\w'’{}\\$]",
    re.DOTALL,
)
"""Accents with their letters, commands, mathematics, braces, and what parts words."""

_ACCENTS: Final = frozenset("'`^\"~=.")
_WORD: Final = re.compile(r"[^\W\d_][\w'’]*")
_LONGEST: Final = 2_000
"""Characters of the longest title that is looked at."""

_WRAPPED: Final = 3
"""Pairs of braces around all of a title that are taken off."""

_MANY: Final = 4
"""Of so many words, all that have capitals are protected by programs alone."""


def protected_words(title: str) -> str:
    """Return the words of a title, with braces and commands as in the file, that keep their capitals.

    They stand in one line, a blank between them; those that every title protects are left out.
    """
    if "{" not in title or len(title) > _LONGEST:
        return ""
    title = title.strip()
    for _ in range(_WRAPPED):
        if title.startswith("{") and closing_braces(title).get(0) == len(title) - 1:
            title = title[1:-1].strip()
    words = [word for raw in _protected(title) for word in _capitalised(raw)]
    if is_mechanical(words) or (len(words) >= _MANY and set(_capitalised(title)[1:]) <= set(words)):
        return ""
    return " ".join(dict.fromkeys(word for word in words if not has_own_capitals(word)))


def _capitalised(raw: str) -> list[str]:
    return [word for word in _WORD.findall(shown(raw)) if word[:1].isupper()]


def _protected(title: str) -> Iterator[str]:
    """Yield the words that have a capital in braces, without those braces."""
    word, is_protected = "", False
    is_special: list[bool] = []
    start = 0
    for found in (*_TOKENS.finditer(title), None):
        text = title[start : found.start() if found else None]
        word += text
        is_protected |= bool(is_special) and not is_special[-1] and any(map(str.isupper, text))
        mark, start = (found[0], found.end()) if found else ("", len(title))
        if mark == "{":
            is_special.append(title.startswith("\\", start))
            word += mark if is_special[-1] else ""
        elif mark == "}":
            word += mark if is_special and is_special.pop() else ""
        elif mark.startswith(("\\", "$")) and not _is_sign(mark):
            word += mark
            is_protected |= bool(is_special) and not is_special[-1]
        else:
            if is_protected:
                yield word
            word, is_protected = "", False


def _is_sign(mark: str) -> bool:
    r"""Tell whether a command stands for a sign, as `\&` and `\textbraceleft` do, which parts words."""
    text = shown(mark) if mark.startswith("\\") and mark[1:] not in _ACCENTS else ""
    return bool(text) and not any(map(str.isalnum, text))
