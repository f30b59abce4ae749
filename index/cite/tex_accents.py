r"""Latin letters with accents as TeX commands: `{\'e}`, which BibTeX counts as one letter.

BibTeX knows no UTF-8: a style that shortens `Élodie` to her initial would cut the letter in two.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ACCENTS: Final = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0306": "u",
    "\u0307": ".",
    "\u0308": '"',
    "\u030a": "r",
    "\u030b": "H",
    "\u030c": "v",
    "\u0323": "d",
    "\u0327": "c",
    "\u0328": "k",
    "\u0331": "b",
}
_LETTERS: Final = (
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i"}
    | {"å": "aa", "Å": "AA", "đ": "dj", "Đ": "DJ", "ð": "dh", "Ð": "DH", "þ": "th", "Þ": "TH"}
    | {"ŋ": "ng", "Ŋ": "NG"}
)
_LETTER: Final = re.compile(r"[^\W\d_\x00-\x7f]")


def accented(text: str) -> str:
    """Write the accented Latin letters of a text that is TeX already; other scripts stay as they are."""
    return text if text.isascii() else _LETTER.sub(_command, unicodedata.normalize("NFC", text))


def _command(match: re.Match[str]) -> str:
    letter = match[0]
    if letter in _LETTERS:
        return f"{{\\{_LETTERS[letter]}}}"
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if not base.isascii() or not marks or any(mark not in _ACCENTS for mark in marks):
        return letter
    written = f"\\{base}" if base in "ij" and "\u0323" not in marks and "\u0328" not in marks else base
    for mark in marks:
        accent = _ACCENTS[mark]
        is_word = accent.isalpha()
        written = f"\\{accent}{{{written}}}" if is_word or len(marks) > 1 else f"\\{accent}{written}"
    return f"{{{written}}}"
