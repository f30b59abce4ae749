"""Citation keys: family name, year and a word of the title, in plain ASCII."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from papers_tui.index.authors import Author
from papers_tui.index.cite.names import Byline, is_whole
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Paper

_STOP_WORD: Final = re.compile(
    r"an?|the|and|or|of|on|in|for|with|without|to|from|by|at|as|is|are|be|do|does|can|via|towards?|into|using"
    r"|its?|their|how|what|why|when|where|which|that|this|we|you|not|but|if|than"
)
_PLAIN: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
_LONGEST_NAME: Final = 24


def ascii_words(text: str) -> list[str]:
    """Return the runs of `[a-z0-9]` of a text without its accents, case, apostrophes and TeX commands."""
    text = re.sub(r"\\[A-Za-z]+|['’ʼ`]", "", text)
    text = text.casefold()
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(char for char in plain if not unicodedata.combining(char))
    return re.findall(r"[a-z0-9]+", text)


def citation_key(paper: Paper) -> str:
    """Return a key such as `du2024chinese`: `[a-z0-9]+`, the same for the same paper on every machine.

    A paper without an author that ASCII can write takes two words of the title, and one whose title
    ASCII cannot write takes its identifier.
    """
    year = Work(paper).year()
    names = Byline.of(paper).names
    name = _surname(names[0]) if names else ""
    words = ascii_words(paper.title)
    words = [word for word in words if not _STOP_WORD.fullmatch(word)] or words
    if not name and words:
        name = words.pop(0)
    word = words[0] if words else ""
    if name and not name.isdecimal():
        return f"{name}{year}{word}"
    return f"paper{year}" + "".join(ascii_words(paper.id.partition(":")[2] or paper.id))


def _surname(author: Author) -> str:
    words = ascii_words(author.name if is_whole(author) else author.family)
    words = [word for word in words if word not in {"the", "for"}] or words
    return "".join(words)[:_LONGEST_NAME]


class Keys:
    """Gives each paper of one bibliography a key of its own, in the order in which they come."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._repeats: dict[str, int] = {}

    def add(self, paper: Paper) -> str:
        """Return the key of the next paper: `du2024chinese`, then `du2024chinesea`, `du2024chineseb`."""
        base = key = citation_key(paper)
        while key in self._taken:
            repeat = self._repeats[base] = self._repeats.get(base, 0) + 1
            key = base + letters(repeat)
        self._taken.add(key)
        return key


def unique_keys(papers: Iterable[Paper]) -> list[str]:
    """Return a key for each paper, no two the same."""
    keys = Keys()
    return [keys.add(paper) for paper in papers]


def letters(number: int) -> str:
    """Return 1 as `a`, 26 as `z`, 27 as `aa`."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
