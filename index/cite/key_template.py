"""Templates of citation keys: `{surname}{year}{word}` makes `du2024chinese`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from papers_tui.index.authors import Author
from papers_tui.index.cite.names import Byline, is_whole
from papers_tui.index.cite.words import ascii_words, significant_words
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Paper

_FIELD: Final = re.compile(r"\{([^{}]*)\}")
_LITERAL: Final = re.compile(r"[A-Za-z0-9:._/+-]*")
"""What both BibTeX and biber take in keys, and a shell, a URL and Pandoc leave alone."""

_LONGEST_NAME: Final = 24
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the fields of a template take from a paper, each as words in lower case."""

    names: list[list[str]]
    year: str
    words: list[str]
    identifier: list[str]

    @classmethod
    def of(cls, paper: Paper) -> _Parts:
        """A paper without authors that ASCII can write gives its editors, or the first word of its title."""
        work = Work(paper)
        authors = Byline.of(paper).names or work.editors.names
        names = [name for author in authors if (name := _surname(author))]
        words = significant_words(paper.title)
        if not names and words:
            names = [[words.pop(0)]]
        return cls(names, work.year(), words, ascii_words(paper.id.partition(":")[2] or paper.id))


def _surname(author: Author) -> list[str]:
    words = ascii_words(author.name if is_whole(author) else author.family)
    return [word for word in words if word not in {"the", "for"}] or words


def _joined(words: list[str]) -> str:
    return "".join(words)[:_LONGEST_NAME]


def _surnames(parts: _Parts) -> str:
    """Up to three family names; of more, the first and `etal`."""
    if len(parts.names) > 3:
        return _joined(parts.names[0]) + "etal"
    return "".join(_joined(name) for name in parts.names)


_FIELDS: Final[Mapping[str, Callable[[_Parts], str]]] = MappingProxyType(
    {
        "surname": lambda parts: _joined(parts.names[0]) if parts.names else "",
        "surnames": _surnames,
        "year": lambda parts: parts.year,
        "yy": lambda parts: parts.year[-2:],
        "word": lambda parts: parts.words[0] if parts.words else "",
        "words": lambda parts: "".join(parts.words[:3]),
        "title": lambda parts: "".join(parts.words[:8]),
        "id": lambda parts: "".join(parts.identifier),
    }
)


class KeyTemplate:
    """A checked template. Fields in braces are filled in; `{Surname}` and `{SURNAME}` set the case.

    Raises:
        ValueError: a field is unknown, a character cannot stand in a key, or nothing tells papers apart.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._pieces = _FIELD.split(text)
        for literal in self._pieces[::2]:
            if not _LITERAL.fullmatch(literal):
                raise ValueError(
                    f"{text!r} has characters that keys cannot have: letters, digits and :._/+- can"
                )
        for name in self._pieces[1::2]:
            if name.lower() not in _FIELDS or name not in {name.lower(), name.upper(), name.capitalize()}:
                near = get_close_matches(name.lower(), _FIELDS, n=1)
                hint = f"; did you mean {{{near[0]}}}?" if near else f"; there are {', '.join(_FIELDS)}"
                raise ValueError(f"{{{name}}} is no field of a citation key{hint}")
        if len(self._pieces) == 1:
            raise ValueError("a citation key needs a field, such as {surname}{year}{word}")

    def key(self, paper: Paper) -> str:
        """Return the key of a paper: the same for the same paper on every machine, but not yet unique.

        A paper of which ASCII can write neither an author nor a title takes its identifier.
        """
        parts = _Parts.of(paper)
        key = "".join(
            _cased(piece, parts) if place % 2 else piece for place, piece in enumerate(self._pieces)
        )[:_LONGEST]
        has_name = bool(parts.names) and not _joined(parts.names[0]).isdecimal()
        if re.search(r"[A-Za-z]", key) and (has_name or not self._uses_names):
            return key
        return f"paper{parts.year}" + "".join(parts.identifier)

    @property
    def _uses_names(self) -> bool:
        return any(name.lower().startswith("surname") for name in self._pieces[1::2])


def _cased(field: str, parts: _Parts) -> str:
    text = _FIELDS[field.lower()](parts)
    if field.islower():
        return text
    return text.upper() if field.isupper() else text[:1].upper() + text[1:]


DEFAULT_TEMPLATE: Final = KeyTemplate("{surname}{year}{word}")
