"""What values of BibTeX fields are made of: groups in braces, quoted text, numbers and macros."""

from __future__ import annotations

import re
from typing import Final

Piece = tuple[str, bool]
"""A part of a value, and whether it is the name of a macro."""

Field = tuple[str, tuple[Piece, ...]]

TYPES: Final = (
    "article|book|booklet|collection|conference|dataset|electronic|inbook|incollection|inproceedings|manual"
    "|mastersthesis|misc|online|patent|phdthesis|proceedings|report|software|techreport|thesis|unpublished"
)
NAME: Final = r"[^\s\"#%'(),={}@]+"
_NEXT: Final = (
    r"^[ \t]*@[ \t]*(?:"
    r"(?:string|preamble|comment)[ \t]*[{(]"
    r"|[A-Za-z][\w-]*\s{0,9}[{(]\s{0,9}[^\s,={}()\"]*\s{0,9},"
    rf"|(?:{TYPES})[ \t]*[{{(])"
)
NEXT_ENTRY: Final = re.compile(_NEXT, re.IGNORECASE | re.MULTILINE)
_BRACES: Final = {
    False: re.compile(rf"[{{}}]|{_NEXT}", re.IGNORECASE | re.MULTILINE),
    True: re.compile(rf"\\.|[{{}}]|{_NEXT}", re.IGNORECASE | re.MULTILINE | re.DOTALL),
}
_QUOTES: Final = {
    False: re.compile(rf"[{{}}\"]|{_NEXT}", re.IGNORECASE | re.MULTILINE),
    True: re.compile(rf"\\.|[{{}}\"]|{_NEXT}", re.IGNORECASE | re.MULTILINE | re.DOTALL),
}
_BLANK: Final = re.compile(r"(?:[\s,]|%[^\n]*(?=\n))*")
_BRACE: Final = re.compile(r"[{}]")
_SPACE: Final = re.compile(r"\s*")
_BARE: Final = re.compile(r"[^\",{}#=\n]*")
_MACRO: Final = re.compile(NAME)
_AFTER_VALUE: Final = re.compile(r"\s*(?:[,#})]|$|\n\s*[\w-]+\s*=)")


class Broken(Exception):
    """A block that cannot be read further."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.why = why
        self.at = at


def read_value(text: str, at: int, closing: str, *, is_escaping: bool) -> tuple[tuple[Piece, ...], int]:
    """Read the pieces of a value."""
    pieces: list[Piece] = []
    while True:
        at = space_end(text, at)
        mark = text[at : at + 1]
        if mark == "{":
            end = closed(text, at, is_escaping=is_escaping)
            pieces.append((text[at + 1 : end - 1], False))
        elif mark == '"':
            end = _unquoted(text, at, is_escaping=is_escaping)
            pieces.append((text[at + 1 : end - 1], False))
        else:
            piece, end = _bare(text, at, closing)
            pieces.append(piece)
        at = space_end(text, end)
        if not text.startswith("#", at):
            return tuple(pieces), end
        at += 1


def _bare(text: str, at: int, closing: str) -> tuple[Piece, int]:
    """Read a number, the name of a macro, or words that should have been in braces."""
    found = _BARE.match(text, at)
    word = found[0] if found else ""
    if closing == ")":
        word = word.partition(")")[0]
    end = at + len(word)
    if text.startswith("=", end):  # a comma is missing, and the last word is the next field's name
        word = word.rstrip()
        word = word[: -len(re.split(r"\s", word)[-1])] if word else word
        end = at + len(word)
    if text.startswith(("{", '"'), end):
        raise Broken("a value has text before its braces or quotes", end)
    word = word.strip()
    return (word, bool(_MACRO.fullmatch(word)) and not word.isdecimal()), end


def closed(text: str, at: int, *, is_escaping: bool) -> int:
    """Return where the group that begins at `at` ends, its closing brace included."""
    depth = 0
    for found in _BRACES[is_escaping].finditer(text, at):
        mark = found[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if not depth:
                return found.end()
        elif not mark.startswith("\\"):
            break
    raise Broken("a brace is never closed", at)


def _unquoted(text: str, at: int, *, is_escaping: bool) -> int:
    """Return where the quoted text that begins at `at` ends, its closing quote included."""
    depth = 0
    for found in _QUOTES[is_escaping].finditer(text, at + 1):
        mark = found[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
        elif mark == '"':
            is_accent = text[found.start() - 1] == "\\"
            if not depth and (not is_accent or _AFTER_VALUE.match(text, found.end())):
                return found.end()
        elif not mark.startswith("\\"):
            break
        if depth < 0:
            break
    raise Broken("a quote is never closed, or braces in it do not match", at)


def group_end(text: str, at: int) -> int:
    """Return where the group that begins at `at` ends, whatever is in it; 0 if it never does."""
    depth = 0
    for found in _BRACE.finditer(text, at):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return found.end()
    return 0


def space_end(text: str, at: int) -> int:
    """Return where blanks end."""
    found = _SPACE.match(text, at)
    return found.end() if found else at


def blank_end(text: str, at: int) -> int:
    """Return where blanks, commas and comments end."""
    found = _BLANK.match(text, at)
    return found.end() if found else at
