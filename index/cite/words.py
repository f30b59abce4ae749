"""The words of titles and names as plain ASCII, for citation keys and for sorting."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_STOP_WORD: Final = re.compile(
    r"an?|the|and|or|of|on|in|for|with|without|to|from|by|at|as|is|are|be|do|does|can|via|towards?|into|using"
    r"|its?|their|how|what|why|when|where|which|that|this|we|you|not|but|if|than"
)
_PLAIN: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)


def ascii_words(text: str) -> list[str]:
    """Return the runs of `[a-z0-9]` of a text without its accents, case, apostrophes and TeX commands."""
    text = re.sub(r"\\[A-Za-z]+|['’ʼ`]", "", text)
    text = text.casefold()
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(char for char in plain if not unicodedata.combining(char))
    return re.findall(r"[a-z0-9]+", text)


def significant_words(title: str) -> list[str]:
    """Return the words of a title that are more than grammar; all of them where none is."""
    words = ascii_words(title)
    return [word for word in words if not _STOP_WORD.fullmatch(word)] or words
