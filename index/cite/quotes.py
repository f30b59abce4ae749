"""Quotation marks of titles: curled, and alternating where the title itself stands in some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_MATHEMATICS: Final = re.compile(r"(\$[^$]*\$)")
_DOUBLE: Final = re.compile(r"(?<!\d)\"([^\"]*)\"")
_SINGLE: Final = re.compile(r"(?<![\w'])'(?=[^\s'])((?:[^']|(?<=\w)'(?=\w)){1,300})(?<=[^\s'])'(?![\w'])")
_APOSTROPHE: Final = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])|(?<=[sxz])'(?=\s)|(?<!\S)'(?=\d\d(?:\W|$))")
_ELIDED: Final = re.compile(
    r"(?<![\w'])'(?=\d\ds(?!\w)|(?:n|til|tis|twas|em)(?![\w'-]))|(?<=\w )'(?=n' \w)|(?<=\w ['’]n)'(?= \w)"
)
"""Apostrophes that would be taken for opening marks: `'90s`, `'n'`, `'til`."""
_QUOTED_WORDS: Final = re.compile(r"(?<![\w\"])\"(?=\S)([^\"]*[^\s\"])\"(?!\w)")
_NO_PROSE: Final = re.compile(r"(\$[^$]*\$|(?:(?<!\S)\S*)?://\S*|(?<!\d)10\.\d{4,9}/\S*)")
"""Mathematics, addresses and DOIs."""
_OPENING: Final = "“‘"
_CLOSING: Final = "”’"


def curled(text: str) -> str:
    """Return a text with curled quotation marks and apostrophes in place of straight ones.

    Marks without their counterpart, as of inches and of derivatives, and mathematics stay as they are.
    """
    if not ('"' in text or "'" in text):
        return text
    return "".join(
        piece if piece.startswith("$") and len(piece) > 1 else _curled(piece)
        for piece in _MATHEMATICS.split(text)
    )


def with_apostrophes(reference: str) -> str:
    """Return a reference with curled apostrophes: those of names, of journals and of publishers, too."""
    if "'" not in reference:
        return reference
    pieces = enumerate(_NO_PROSE.split(reference))
    return "".join(
        piece if place % 2 else _APOSTROPHE.sub("’", _ELIDED.sub("’", piece)) for place, piece in pieces
    )


def with_quotation_marks(reference: str) -> str:
    """Return a reference with curled marks about its one quotation, as in the name of a workshop."""
    return _QUOTED_WORDS.sub(r"“\1”", reference) if reference.count('"') == 2 else reference


def _curled(text: str) -> str:
    before = ""
    while text != before:  # Of marks within marks of their kind, each turn curls the innermost.
        before = text
        text = _DOUBLE.sub(r"“\1”", _ELIDED.sub("’", text))
        text = _APOSTROPHE.sub("’", _SINGLE.sub(r"‘\1’", text))
    return text


def alternating(title: str, outer: str) -> str:
    """Return a title whose quotations are in the marks `outer`, quotations within them in the other ones.

    Apostrophes stay; a double mark without its counterpart is made one of `outer` all the same.
    """
    marks = (outer, "“”" if outer == "‘’" else "‘’")
    title = curled(title)
    chars = list(title)
    for place, depth, is_closing in _quotations(title):
        chars[place] = marks[depth % 2][is_closing]
    return "".join(chars)


def closing_marks(text: str) -> frozenset[int]:
    """Return where the marks are that close a quotation, not those that are apostrophes."""
    return frozenset(place for place, _, is_closing in _quotations(text) if is_closing)


def _quotations(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where each mark of a quotation is, how many others it is within, and whether it closes."""
    opened: list[int] = []
    last = text.rfind("’")
    for place, char in enumerate(text):
        if char == "“" or (char == "‘" and place < last and not text[max(0, place - 1) : place].isalnum()):
            opened.append(place)
        elif char in _CLOSING and not _is_apostrophe(text, place):
            expected = _OPENING[_CLOSING.index(char)]
            if opened and text[opened[-1]] == expected:
                start = opened.pop()
                yield start, len(opened), False
                yield place, len(opened), True
            elif char == "”":
                yield place, len(opened), True
    for place in opened:
        if text[place] == "“":
            yield place, 0, False


def _is_apostrophe(text: str, place: int) -> bool:
    return text[place] == "’" and text[place + 1 : place + 2].isalnum()
