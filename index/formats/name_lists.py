"""Lists of names as RIS, CSL-JSON and tables have them, where one field may hold several people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from papers_tui.index.authors import GROUP, SUFFIX, Author
from papers_tui.index.details import named_people
from papers_tui.index.formats.losses import quoted
from papers_tui.index.text import clean_line, readable

_ET_AL: Final = re.compile(r"(?:and |& )?(?:others|et\.? al\.?)|\.\.\.|…", re.IGNORECASE)
_TAIL: Final = re.compile(r"[\s,]{1,3}(?:et\.? al\.?|and others)$|[\s,]{0,3}(?:\.\.\.|…)$", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z]\.?[- ]?){1,4}")


class People:
    """The people that some fields name, each once."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        self.authors: list[Author] = []
        self.has_more = False
        """Whether they end with `et al.`."""
        self.doubts: list[str] = []
        self._seen: set[str] = set()
        given = [clean_line(readable(value)) for value in values]
        self._are_inverted = any("," in name.strip(",; ") for text in given for name in _apart(text))
        for text in given:
            self._add(text)

    def detail(self) -> str:
        """Return the people as a detail of a publication names them."""
        return named_people(self.authors, has_more=self.has_more)

    def _add(self, text: str) -> None:
        """Add what a field says: one name, or several with a semicolon or an `and` between them.

        A name with a comma behind it is a group's: so EndNote marks them. Where it has another one within,
        its words have to say so too.
        """
        whole = text.strip(",; ")
        is_whole = text.endswith(",") and " " in whole and ";" not in whole
        if is_whole and ("," not in whole or GROUP.search(whole)):
            self._keep(whole, is_group=True)
            return
        names = _apart(whole)
        if len(names) > 1:
            self.doubts.append(f"authors told apart in one field: {quoted('; '.join(names))}")
        for name in names:
            self._add_one(name)

    def _add_one(self, name: str) -> None:
        if _ET_AL.fullmatch(name):
            self.has_more = True
            return
        if tail := _TAIL.search(name):
            self.has_more = True
            name = name[: tail.start()].strip(",; ")
        is_group = self._are_inverted and _is_literal(name)
        if is_group and not GROUP.search(name):
            self.doubts.append(f"taken for the name of a group, for want of a comma: {quoted(name)}")
        self._keep(name, is_group=is_group)

    def _keep(self, name: str, *, is_group: bool) -> None:
        if name and name not in self._seen:
            self._seen.add(name)
            self.authors.append(Author(name, is_group=True) if is_group else Author.parse(name))


def _is_literal(name: str) -> bool:
    """Tell whether a name beside others with commas is one in which no given name is told apart."""
    words = name.split()
    is_initialed = any(_INITIALS.fullmatch(word) and len(word.strip(".")) < 3 for word in words)
    is_person = is_initialed or SUFFIX.fullmatch(words[-1]) if words else True
    return len(words) > 1 and "," not in name and bool(Author.parse(name).given) and not is_person


def _apart(text: str) -> list[str]:
    """Tell names apart. An `and` may be a group's own, but not where both sides have a comma."""
    if ";" in text:
        names = text.split(";")
    elif len(parts := re.split(r",? and ", text)) > 1 and all("," in part for part in parts):
        names = [name for part in parts for name in _pairs(part)]
    else:
        names = _pairs(text)
    return [name for part in names if (name := part.strip(", "))]


def _pairs(text: str) -> list[str]:
    """Return the names of `Roe, J., Doe, A. B.`; of anything else, the text."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 3 and not len(parts) % 2 and all(map(_INITIALS.fullmatch, parts[1::2])):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return [text]
