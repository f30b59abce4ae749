r"""Words that markup of a title sets in italics: `\emph{E. coli}`, `{\it Drosophila}`, `<i>in vivo</i>`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from papers_tui.index.details import in_italics

_ARGUMENT: Final = r"((?:[^{}]|\{[^{}]*\})*)"
_TEX: Final = re.compile(
    rf"\\(?:emph|textit|textsl|mkbibemph|mkbibitalic)\s*\{{{_ARGUMENT}\}}"
    rf"|\{{\\(?:it|em|sl|itshape|slshape)(?![A-Za-z])\s*{_ARGUMENT}\}}"
)
_TAGS: Final = re.compile(r"<(i|em|italic|jats:italic)(?:\s[^<>]*)?>([^<>]*)</\1\s*>", re.IGNORECASE)


def italics_of_tex(source: str, title: str, shown: Callable[[str], str]) -> str:
    """Return what TeX sets in italics in the source of a title; `shown` tells how a piece of it is shown."""
    if "\\" not in source:
        return ""
    return in_italics((shown(found[1] or found[2] or "") for found in _TEX.finditer(source)), title)


def italics_of_html(source: str, title: str, shown: Callable[[str], str]) -> str:
    """Return what tags set in italics in the source of a title; `shown` tells how a piece of it is shown."""
    if "</" not in source:
        return ""
    return in_italics((shown(found[2]) for found in _TAGS.finditer(source)), title)


def italics(source: str, title: str, shown: Callable[[str], str]) -> str:
    """Return what TeX or tags set in italics in the source of a title."""
    return italics_of_tex(source, title, shown) or italics_of_html(source, title, shown)
