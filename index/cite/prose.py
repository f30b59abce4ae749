"""Punctuation of references: no mark doubled, quotation marks nested."""

from __future__ import annotations

import re
from typing import Final

from papers_tui.index.cite.emphasis import MARKS, without_marks

_ENDINGS: Final = ".?!…。？！"
_CLOSING: Final = "”’\"')]»"
_SINGLE: Final = re.compile(r"(?<!\w)‘((?:[^‘’]|’(?=\w))*)’(?!\w)")
_PAIR: Final = re.compile(r'"([^"]*)"')


def is_ended(text: str) -> bool:
    """Whether the text ends a sentence by itself, a closing quotation mark or bracket aside."""
    text = without_marks(text)
    stripped = text.rstrip(_CLOSING)
    return text.endswith(tuple(_ENDINGS)) or (
        stripped.endswith(tuple(_ENDINGS)) and not text.endswith((")", "]"))
    )


def ended(text: str) -> str:
    """Return the text with a full stop, unless it has one or is empty."""
    if not text or is_ended(text):
        return text
    body = text.rstrip(MARKS)
    kept = body.rstrip(" ,;:")
    return kept + text[len(body) :] + "." if without_marks(kept) else text


def sentences(*texts: str) -> str:
    """Join what is not empty as sentences, each with its full stop."""
    return " ".join(ended(text) for text in texts if text)


def joined(separator: str, *texts: str) -> str:
    """Join what is not empty."""
    return separator.join(text for text in texts if text)


def quoted(title: str, end: str = "") -> str:
    """Return the title in double quotation marks with `end` inside them, its own ones made single.

    A title that ends in a mark of its own keeps that in place of a full stop; its full stop makes room
    for a comma.
    """
    title = _before(end, _PAIR.sub(r"‘\1’", title).replace("“", "‘").replace("”", "’"))
    return f"“{title}{'' if end == '.' and is_ended(title) else end}”"


def doubled(title: str) -> str:
    """Return a text with its single quotation marks made double; apostrophes stay."""
    return _SINGLE.sub(r"“\1”", title)


def single_quoted(title: str, end: str) -> str:
    """Return the title in single quotation marks, its own ones made double, to be followed by `end`."""
    title = _before(end, doubled(title))
    return f"‘{title}’"


def _before(end: str, title: str) -> str:
    title = title.rstrip(" ,;:")
    is_stopped = end == "," and title.endswith(".") and not title.endswith("..")
    return title[:-1] if is_stopped else title
