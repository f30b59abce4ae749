"""Rich text of CSL-JSON and of publishers: `<span class="nocase">`, `<i>`, `<sub>`, JATS."""

from __future__ import annotations

import re
from typing import Final

_PASSED: Final = (
    "span|sc|scp|i|b|em|strong|u|small|tt|nocase|italic|bold|underline|p|title|sec|list|list-item"
    "|inline-formula|alternatives|ext-link|div|mml:[a-z]+|jats:[a-z-]+"
)
_PAIR: Final = re.compile(rf"<({_PASSED})(?:\s[^<>]*)?>|</({_PASSED})\s*>", re.IGNORECASE)
_SHIFTED: Final = re.compile(r"<(/?)jats:(sub|sup)>", re.IGNORECASE)
_BLOCKS: Final = frozenset({"p", "div", "title", "sec", "jats:p", "jats:title", "jats:sec", "list-item"})


def without_markup(text: str) -> str:
    """Return a text without tags that have a partner; `<sub>` and `<sup>` stay, for they mean something.

    A `<` that begins no such tag, as in `p < 0.05`, stays.
    """
    if "</" not in text:
        return text
    text = _SHIFTED.sub(r"<\1\2>", text)
    opened: dict[str, list[tuple[int, int]]] = {}
    out: list[tuple[int, int, str]] = []
    for found in _PAIR.finditer(text):
        name = (found[1] or found[2]).lower()
        if found[1]:
            opened.setdefault(name, []).append(found.span())
        elif opened.get(name):
            space = "\n" if name in _BLOCKS else ""
            out += [(*opened[name].pop(), ""), (*found.span(), space)]
    parts: list[str] = []
    at = 0
    for start, end, instead in sorted(out):
        parts += [text[at:start], instead]
        at = end
    return "".join([*parts, text[at:]]).strip()
