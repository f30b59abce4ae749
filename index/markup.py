"""HTML entities and tags, TeX's quotes and ties: marks of text that need no parser.

Repaired only where it is surely markup: a `<` may be less-than, a `&` may join names, a `~` may mean about.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Final

from papers_tui.index import tex_symbols
from papers_tui.index.patterns import pattern

_ENTITY: Final = pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG: Final = pattern(
    r"<(i|b|em|strong|tt|code|u|small|span|p|italic|bold|sub|sup|inf)>([^<>]*)</\1>", re.IGNORECASE
)
_LINK: Final = pattern(r"<a\s+href=[\"']([^\"'<>\s]*)[\"'][^<>]*>([^<>]*)</a>", re.IGNORECASE)
_BREAK: Final = pattern(r" ?<br ?/?> ?", re.IGNORECASE)
_DOUBLE_QUOTED: Final = pattern(r"``([^`]*?)''")
# These begin with a plain character, and look back over it: the search then skips ahead quickly.
_QUOTED: Final = pattern(r"`(?<![\w`\\]`)([^`'\n]{1,80})'(?![\w'])")
_TIE: Final = pattern(
    r"~(?<=[A-Za-z]{2}~)(?=\\(?:cite|ref|eqref)|\$)|~(?<=[a-z]\.~)(?=\\(?:cite|ref|eqref)|\$)"
    r"|~(?:(?<=\b(?:Fig|Tab|Sec|Ref|Eqs)\.~)|(?<=\bEq\.~)|(?<=\bal\.~))(?=[\w(\\])"
)
_WORD_TIE: Final = pattern(r"~(?<=[A-Za-z]{2}~)(?=[A-Za-z]{2})")
_TEX_COMMAND: Final = pattern(r"\\(?:url|href|cite[pt]?|ref|emph|text[a-z]+)\b")
_ESCAPED: Final = pattern(r"\\([%#&_~$])(?:\{\})?")
_WITHOUT_BRACE: Final = pattern(r"(https?://[^\s{}]+)\{([^{}]*)\}?")


def repaired(text: str) -> str:
    """Return `text` with entities, paired tags, TeX quotes and ties as the characters that they mean."""
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "<" in text:
        if "</" in text:
            text = _LINK.sub(lambda link: linked(link[1], link[2]), text)
            text = _TAG.sub(_untagged, text)
        text = _BREAK.sub(" ", text)
    if "`" in text:
        text = _QUOTED.sub(r"‘\1’", _DOUBLE_QUOTED.sub(r"“\1”", text))
    if "~" in text:
        text = _TIE.sub(" ", text)
        if _TEX_COMMAND.search(text):
            text = _WORD_TIE.sub(" ", text)
    return text


def linked(url: str, text: str) -> str:
    """Return a link as text: what it says, then its address, unless both are the same."""
    text = text.strip()
    return f"{text} ({url})" if text and text != url else url


def linked_without_brace(source: str) -> str | None:
    r"""Return the link of a `\href` whose address lost its brace, `address{text}`, or None if it is none."""
    match = _WITHOUT_BRACE.fullmatch(source)
    return match and linked(address(match[1]), match[2])


def address(source: str) -> str:
    """Return a web address as it was before TeX's escapes."""
    return _ESCAPED.sub(r"\1", source.strip())


def _entity(match: re.Match[str]) -> str:
    name = match[0]
    return html.unescape(name) if name[1] == "#" or name[1:] in html5 else name


def _untagged(match: re.Match[str]) -> str:
    name, content = match[1].lower(), match[2]
    if name == "sup":
        return tex_symbols.raised(content) or f"^{content}"
    if name in {"sub", "inf"}:
        return tex_symbols.lowered(content) or f"_{content}"
    return content
