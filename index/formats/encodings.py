"""Which characters the bytes of a text stand for."""

from __future__ import annotations

import codecs
import re
from typing import Final

from papers_tui.index.errors import WrongUsage
from papers_tui.index.text import clean_line

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OF_OTHER_THINGS: Final = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})

_BINARY: Final = bytes(set(range(32)) - set(b"\t\n\v\f\r\x08\x1b"))
"""Control characters that no text has."""

_ESCAPED: Final = re.compile("[\udc00-\udcff]+")
_ALL_ESCAPED: Final = "".join(map(chr, range(0xDC00, 0xDD00)))
_FEW: Final = 3
"""Lines with undecodable bytes that a text of the right encoding may have, whatever else is in it."""
_MOST_DAMAGED: Final = 5
"""Of so many lines that are not ASCII, one may have undecodable bytes."""


def encoding_of(head: bytes, wanted: str | None) -> str | None:
    """Return the name of the encoding that `head` shows, or None where it is no text at all.

    `wanted`, what the user says, comes first. UTF-16 without a byte order mark shows in the zeros that
    Latin letters have in every other byte; what shows nothing is taken for UTF-8.

    Raises:
        WrongUsage: no encoding has the name `wanted`.
    """
    if wanted is not None:
        return _known(wanted, head)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if b"\0" in head and (wide := _utf16(head[:4096])):
        return wide
    controls = sum(map(head.count, (bytes((byte,)) for byte in _BINARY)))
    return "utf-8" if controls * 50 <= len(head) else None


def text_encoding(name: str) -> str | None:
    """Return the normal name of an encoding of texts, or None: escapes and host names have theirs too."""
    try:
        found = codecs.lookup(name).name
        "a".encode(found)
    except (LookupError, ValueError):
        return None
    return None if found in _OF_OTHER_THINGS else found


def _known(wanted: str, head: bytes) -> str:
    name = text_encoding(wanted)
    if name is None:
        raise WrongUsage(
            f"no encoding is called {clean_line(wanted)}",
            remedy="--encoding utf-8, utf-16, cp1252, gb18030, …",
        )
    return "utf-8-sig" if name == "utf-8" and head.startswith(codecs.BOM_UTF8) else name


def _utf16(head: bytes) -> str | None:
    pairs = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 3 >= pairs and even * 20 <= pairs:
        return "utf-16-le"
    return "utf-16-be" if even * 3 >= pairs and odd * 20 <= pairs else None


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("papers_tui.escape", _escape)


def escaped(data: bytes, encoding: str) -> str:
    """Decode `data`; each byte that stands for nothing becomes a lone surrogate, U+DC00 and the byte.

    The scheme of PEP 383, which leaves out the bytes that UTF-16 may break at.
    """
    return data.decode(encoding, "papers_tui.escape")


def first_escaped(text: str) -> int | None:
    """Return the first byte that `escaped` could not decode, or None."""
    match = _ESCAPED.search(text)
    return ord(match[0][0]) - 0xDC00 if match else None


def with_stand_ins(text: str) -> str:
    """Return `text` with what most likely stood where bytes could not be decoded, so that its layout shows.

    Within a word that is a letter; elsewhere it is a bullet, or the space that keeps words together.
    """
    return _ESCAPED.sub(_stand_in, text)


def _stand_in(match: re.Match[str]) -> str:
    if match[0] == "\udca0":
        return " "
    return "x" if match.string[max(match.start() - 1, 0) : match.start()].isalpha() else "·"


def without_cut(text: str) -> str:
    """Return `text` without the bytes of a character that its end cut."""
    return text.rstrip(_ALL_ESCAPED)


def is_of_other_encoding(text: str) -> bool:
    """Tell whether bytes could not be decoded in so many lines that the encoding must be another one."""
    lines = [line for line in text.splitlines() if not line.isascii()]
    damaged = sum(_ESCAPED.search(line) is not None for line in lines)
    return damaged >= _FEW and damaged * _MOST_DAMAGED > len(lines)
