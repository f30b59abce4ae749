"""Italics, bold and links of references: marked while one is put together, written as text, HTML or Markdown.

The marks are control characters, which no text from outside has: `papers_tui.index.text` takes them out,
and `one_line` does once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape as html_escape
from typing import Final, Literal

from papers_tui.index.cite.tex_scripts import html_with_subscripts

Form = Literal["plain", "html", "markdown"]
FORMS: Final[tuple[Form, ...]] = ("plain", "html", "markdown")

_ITALIC, _UPRIGHT, _BOLD, _LIGHT, _LINK, _LINK_END = "\x0e", "\x0f", "\x11", "\x12", "\x13", "\x14"
_TURN, _TURN_BACK = "\x15", "\x16"
"""Where words within italics begin to stand upright, and no longer do."""
MARKS: Final = _ITALIC + _UPRIGHT + _BOLD + _LIGHT + _LINK + _LINK_END + _TURN + _TURN_BACK

_TURNED: Final = str.maketrans({_ITALIC: _TURN, _UPRIGHT: _TURN_BACK, _TURN: _ITALIC, _TURN_BACK: _UPRIGHT})
_NOT_NESTED: Final = str.maketrans({_TURN: _UPRIGHT, _TURN_BACK: _ITALIC})
_TURNED_WORDS: Final = re.compile(f"(?<=[{_ITALIC}\\s]){_TURN}([^{MARKS}]*){_TURN_BACK}(?=[{_UPRIGHT}\\s])")
_BLANK_INSIDE: Final = re.compile(f"( ?){_UPRIGHT}([^{MARKS}]*){_ITALIC}( ?)")
_PIECES: Final = re.compile(f"([{MARKS}])")
_NOTHING: Final = re.compile(f"{_ITALIC}{_UPRIGHT}|{_BOLD}{_LIGHT}|{_LINK}{_LINK_END}")
_NO_MARKS: Final = str.maketrans("", "", MARKS)
_CLOSED_BY: Final = {_ITALIC: _UPRIGHT, _BOLD: _LIGHT, _LINK: _LINK_END}
_HTML: Final = {_ITALIC: "<i>", _UPRIGHT: "</i>", _BOLD: "<b>", _LIGHT: "</b>", _LINK: "", _LINK_END: ""}
_SIGNS: Final = {_ITALIC: "*", _UPRIGHT: "*", _BOLD: "**", _LIGHT: "**", _LINK: "<", _LINK_END: ">"}

_MARKDOWN: Final = re.compile(
    r"[\\`*_{}\[\]<>#+|~$&@^]|:(?=//|[\w+-]+:)|(?<=www)\.|^[-=](?=[\s=-]|$)", re.IGNORECASE
)
_NUMBERED: Final = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")


def italic(text: str) -> str:
    """Mark a text as italic; an empty one stays empty. What is in italics within it stands upright."""
    return f"{_ITALIC}{text.translate(_TURNED)}{_UPRIGHT}" if text else ""


def bold(text: str) -> str:
    """Mark a text as bold; an empty one stays empty."""
    return f"{_BOLD}{text}{_LIGHT}" if text else ""


def linked(address: str) -> str:
    """Mark a safe address, as of `papers_tui.index.cite.links`, as a link; an empty one stays empty."""
    return f"{_LINK}{address}{_LINK_END}" if address else ""


def ends_in_link(text: str) -> bool:
    """Whether the last thing of a marked text is a link."""
    return text.endswith(_LINK_END)


def without_marks(text: str) -> str:
    """Return a text with no mark in it."""
    return text.translate(_NO_MARKS)


def one_line(text: str) -> str:
    """Fold all white space, line ends of every kind included; no mark of emphasis stays."""
    return " ".join((text if text.isprintable() else without_marks(text)).split())


def written(text: str, form: Form) -> str:
    """Write a marked text in a form, in which nothing of the text itself acts."""
    if form == "plain":
        return without_marks(text)
    if form == "html":
        return _written(text.translate(_NOT_NESTED), _HTML, html_with_subscripts, _html_link)
    return _written(_told_apart(text), _SIGNS, markdown_text, str)


def _told_apart(text: str) -> str:
    """Return a marked text in which italics end before words that stand upright within them.

    Markdown has no italics that end behind a blank or begin before one, nor some that begin before a stop:
    words that are no words of their own (`E. coli: growth`) stay in italics.
    """
    if _TURN not in text:
        return text
    text = _TURNED_WORDS.sub(f"{_UPRIGHT}\\1{_ITALIC}", text)
    text = text.replace(_TURN, "").replace(_TURN_BACK, "")
    return _BLANK_INSIDE.sub(f"{_UPRIGHT}\\1\\2\\3{_ITALIC}", text)


def _written(
    text: str, signs: Mapping[str, str], plain: Callable[[str], str], link: Callable[[str], str]
) -> str:
    """Write each piece; a mark within another's text, or without its counterpart, is left out."""
    pieces: list[str] = []
    closing = ""
    for piece in _PIECES.split(_NOTHING.sub("", text)):
        if not closing and piece in _CLOSED_BY:
            closing = _CLOSED_BY[piece]
            pieces.append(signs[piece])
        elif closing and piece == closing:
            closing = ""
            pieces.append(signs[piece])
        elif piece not in signs:
            pieces.append(link(piece) if closing == _LINK_END else plain(piece))
    if closing:
        pieces.append(signs[closing])
    return "".join(pieces)


def _html_link(address: str) -> str:
    shown = html_escape(address)
    return f'<a href="{shown}">{shown}</a>'


def markdown_text(text: str) -> str:
    """Escape what Markdown, and what GitHub adds to it, would take for markup in a line of text."""
    return _NUMBERED.sub(r"\1\\", _MARKDOWN.sub(lambda match: "\\" + match[0], text))
