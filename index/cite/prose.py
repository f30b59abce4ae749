"""Punctuation of references: no mark doubled, quotation marks nested."""

from __future__ import annotations

import re
from typing import Final

from papers_tui.index.cite.emphasis import MARKS, without_marks
from papers_tui.index.cite.quotes import alternating, closing_marks

_ENDINGS: Final = ".?!…。？！"
_CLOSING: Final = "”’\"')]»"
_ABBREVIATION: Final = re.compile(
    r"(?:(?<!\w)(?:[^\W\d_]{1,2}\.){2,}|\b(?:etc|Inc|Ltd|Co|Corp|Jr|Sr|al|vs)\.)$", re.IGNORECASE
)
"""What ends in a stop that is no full stop: `U.S.A.`, `Ph.D.`, `etc.`."""
_BEHIND_QUOTATION: Final = re.compile(
    rf"(?P<marks>[”’{MARKS}]{{0,6}}[”’][{MARKS}]{{0,3}})(?P<end>[.,])(?=[\s”’{MARKS}]|$)"
)


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
    """Return the title in double quotation marks with `end` inside them, its own ones single, then double.

    A title that ends in a mark of its own keeps that in place of a full stop; its full stop makes room
    for a comma, unless it is that of an abbreviation.
    """
    title = _before(end, alternating(title, "‘’"))
    return f"“{title}{'' if end == '.' and is_ended(title) else end}”"


def single_quoted(title: str, end: str) -> str:
    """Return the title in single quotation marks, its own ones double, then single; `end` is to follow."""
    return f"‘{_before(end, alternating(title, '“”'))}’"


def within_quotations(reference: str) -> str:
    """Return a reference whose stops and commas stand before closing quotation marks, as in American print.

    A mark of its own that a quotation ends in stays, and a comma behind it.
    """
    if not _BEHIND_QUOTATION.search(reference):
        return reference
    closing = closing_marks(reference)

    def moved(match: re.Match[str]) -> str:
        marks = range(match.start("marks"), match.end("marks"))
        own = [place for place in marks if reference[place] in "”’"]
        is_ended_already = reference[max(0, match.start() - 1) : match.start()] in {"?", "!", ".", ","}
        if is_ended_already or not closing.issuperset(own):
            return match[0]
        return match["end"] + match["marks"]

    return _BEHIND_QUOTATION.sub(moved, reference)


def _before(end: str, title: str) -> str:
    """Return a title that `end` follows; a comma takes the place of a full stop, within its marks too."""
    title = title.rstrip(" ,;:")
    body = title.rstrip("”’")
    is_stopped = end == "," and body.endswith(".") and not body.endswith("..")
    if not is_stopped or _ABBREVIATION.search(body[-40:]):
        return title
    return body[:-1].rstrip(" ,;:") + title[len(body) :]
