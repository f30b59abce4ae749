"""A query's text cut into tokens. Any text can be cut; what looks odd is left to the parser to judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final, NamedTuple

from papers_tui.index.pasted import ARXIV_NEW, ARXIV_OLD, STAMP_BEHIND
from papers_tui.index.patterns import pattern
from papers_tui.index.search import fields


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()
    NOT = auto()
    AND = auto()
    OR = auto()


class Token(NamedTuple):
    """A piece of a query. `start` and `end` are positions in the text, the end not included."""

    kind: Kind
    text: str
    """What was typed: a word, a phrase without its quotes, a field's name without its colon."""
    start: int
    end: int
    is_closed: bool = True
    """False for a phrase whose closing quote is missing."""


_SEPARATORS: Final = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
"""The separators of Unicode, its general category Z, but for the blank itself."""


def _structure() -> dict[int, str]:
    """Return what characters stand for: blanks, straight quotes, and ASCII for its full-width forms."""
    table = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x2060, 0xFEFF), " ")
    table |= dict.fromkeys(_SEPARATORS, " ")
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys(map(ord, "“”„‟«»＂"), '"')
    return table | {ord("−"): "-"}


_STRUCTURE: Final = _structure()

_BLANKS: Final = pattern(" +")
_FIELD: Final = pattern("([A-Za-z][A-Za-z_]*):")
_COMPARED: Final = pattern("([A-Za-z]+)(?=[<>=]+[0-9])")
# A bracket inside a word, closed within it, belongs to it: `O(n)`, `p(doom)`.
_WORD: Final = pattern(r'(?:[^ ()"]|(?<=[^ ("])\([^ ()"]*\))+')
# Addresses and DOIs hold brackets, colons and anything else but blanks and quotes.
_ADDRESS: Final = pattern(r'(?:(?:arxiv|doi|id):)?(?:https?://|10\.[0-9]{4,9}/)[^ "]*', re.IGNORECASE)
_DASHES: Final = pattern("-+")
# What identifiers are pasted with: `DOI: 10.1000/x`, `arXiv preprint arXiv:2404.04167v2 [cs.CL]`.
_BEFORE_ID: Final = pattern(
    rf"doi +(?=10\.[0-9]{{4,9}}/)|arxiv +(?:(?:e-?prints?|preprint)[ ,:]+)?(?=(?:arxiv:)?{ARXIV_NEW})",
    re.IGNORECASE,
)
_ID_APART: Final = pattern(
    rf" +(?=10\.[0-9]{{4,9}}/|https?://|(?:arxiv:)?(?:{ARXIV_NEW}|{ARXIV_OLD}))", re.IGNORECASE
)
_ENDS_IN_ARXIV_ID: Final = pattern(rf"(?<![0-9])(?:{ARXIV_NEW}|{ARXIV_OLD})(?:v[0-9]+)?\Z", re.IGNORECASE)
_BEHIND_ID: Final = pattern(STAMP_BEHIND, re.IGNORECASE)
_LONGEST_NUMBER: Final = 40
_ID_FIELDS: Final = frozenset({"arxiv", "doi", "id", "ids"})

_OPERATORS: Final = {
    "AND": Kind.AND,
    "&&": Kind.AND,
    "OR": Kind.OR,
    "||": Kind.OR,
    "|": Kind.OR,
    "NOT": Kind.NOT,
}


def structured(text: str) -> str:
    """Return `text` with every character that shapes a query in its ASCII form. Lengths are the same."""
    return text if text.isascii() and text.isprintable() else text.translate(_STRUCTURE)


def tokens(text: str) -> Iterator[Token]:
    """Cut a query into tokens. Takes time linear in the length of `text`."""
    plain = structured(text)
    at = 0
    while at < len(plain):
        if blanks := _BLANKS.match(plain, at):
            at = blanks.end()
        elif (dashes := _DASHES.match(plain, at)) and _begins(plain, at):
            if dashes.end() == at + 1 and plain[at + 1 : at + 2].strip(" )"):
                yield Token(Kind.NOT, text[at : at + 1], at, at + 1)
            at = dashes.end()
        elif (before := _BEFORE_ID.match(plain, at)) and _begins(plain, at):
            at = before.end()
        elif (field := _FIELD.match(plain, at)) and _is_field(plain, field):
            end = _value_start(plain, field)
            yield Token(Kind.FIELD, field[1], at, end)
            at = end
            if plain[at : at + 1].strip(' ()"'):
                token = _word(text, plain, at)
                yield token
                at = _end(plain, token)
        elif (compared := _COMPARED.match(plain, at)) and _is_range(compared[1]):
            yield Token(Kind.FIELD, compared[1], at, compared.end())
            at = compared.end()
        else:
            token = _piece(text, plain, at)
            yield token
            at = _end(plain, token)


def _begins(plain: str, at: int) -> bool:
    """Tell whether a dash at a place negates: it does not after a word, a bracket or a quote."""
    return at == 0 or plain[at - 1] in " ("


def _value_start(plain: str, field: re.Match[str]) -> int:
    """Return where the value of a field begins: right behind the colon, but for `DOI: 10.1000/x`."""
    apart = _ID_APART.match(plain, field.end()) if field[1].lower() in _ID_FIELDS else None
    return apart.end() if apart is not None else field.end()


def _end(plain: str, token: Token) -> int:
    """Return where a token ends, with what stands behind the number of a preprint on its first page."""
    behind = _BEHIND_ID.match(plain, token.end) if plain[token.end : token.end + 1] == " " else None
    is_stamp = behind is not None and _ENDS_IN_ARXIV_ID.search(token.text[-_LONGEST_NUMBER:])
    return behind.end() if behind is not None and is_stamp else token.end


def _is_range(name: str) -> bool:
    """Tell whether a name before a sign is a field of numbers or days: `year>2020`."""
    field = fields.find(name)
    return field is not None and field.range_field is not None


def _is_field(plain: str, match: re.Match[str]) -> bool:
    """Tell whether a word and a colon are meant as a field: known, or at least followed by a value."""
    if fields.find(match[1]) is not None:
        return True
    return bool(plain[match.end() : match.end() + 1].strip(" ):/"))


def _piece(text: str, plain: str, at: int) -> Token:
    """Return the token at `at`: a phrase, a bracket, an operator or a word."""
    char = plain[at]
    if char == '"':
        end = plain.find('"', at + 1)
        is_closed = end >= 0
        end = end if is_closed else len(plain)
        return Token(Kind.PHRASE, text[at + 1 : end], at, end + is_closed, is_closed)
    if char in "()":
        return Token(Kind.OPEN if char == "(" else Kind.CLOSE, char, at, at + 1)
    token = _word(text, plain, at)
    operator = _OPERATORS.get(plain[token.start : token.end])
    return token if operator is None else token._replace(kind=operator)


def _word(text: str, plain: str, at: int) -> Token:
    """Return the word at `at`, of one character at least."""
    if address := _ADDRESS.match(plain, at):
        end = at + _balanced(address[0])
    else:
        word = _WORD.match(plain, at)
        end = word.end() if word is not None else at + 1
    return Token(Kind.WORD, text[at:end], at, end)


def _balanced(address: str) -> int:
    """Return the length of the longest beginning of `address` that closes no bracket it did not open."""
    depth = 0
    for place, char in enumerate(address):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return place
    return len(address)
