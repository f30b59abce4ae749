"""Names of authors: their parts, and how to tell the parts of a written name."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from papers_tui.index.patterns import pattern

_PARTICLES: Final = (
    "af al ap bin da das de degli dei del della den der di do dos du el la las le los op ten ter van vom von"
    " zu zum zur 't"
)
PARTICLES: Final = frozenset(_PARTICLES.split())
"""Lower-case words that belong to the family name that follows them."""

SUFFIX: Final = pattern(r"(?:jr|sr)\.?|i{2,3}|iv|vi{0,3}", re.IGNORECASE)
"""Generational suffixes: Jr., Sr., II to VIII."""

_HOMONYM: Final = pattern(r"(?<=\S) 0\d{3}(?=$|,)")
"""What DBLP numbers people of one name with: `Yang Liu 0005`. No year begins so."""

_EAST_ASIAN: Final = pattern(
    r"[\u3005\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff\s]+"
)
_FAMILY_FIRST: Final = pattern(r"[\u3005\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Family names of Chinese, Japanese and Korean; what Japanese writes with signs of sound alone is foreign."""

GROUP: Final = pattern(
    r"\b(?:collaborations?|consortium|team|group|project|network|initiative|committee|council"
    r"|institute|university|laborator(?:y|ies)|labs?|foundation|association|organi[sz]ation|corporation|commission"
    r"|society|department|ministry|agency|administration|bureau|federation|academy|authority|research|services"
    r"|inc|ltd|gmbh|llc|company|united nations|(?:world|central|development) bank|bank (?:of|for)"
    r"|cent(?:er|re) (?:of|for)|school of|board of|office of"
    r"|google|deepmind|microsoft|nvidia|openai|anthropic)\b",
    re.IGNORECASE,
)
"""Words that only the name of a group has."""


class Author(NamedTuple):
    """An author: a person with a family name, or a group named as a whole.

    A tuple, because papers are decoded at every key, and some have thousands of authors.
    """

    family: str
    """The family name with its particles (`van der Berg`), a single name, or a group's whole name."""
    given: str = ""
    suffix: str = ""
    is_group: bool = False

    @property
    def name(self) -> str:
        """The name in reading order: `José García-Pérez`, `John Smith Jr.`, `Gemma Team`, `毛泽东`."""
        if self.is_family_first:
            return self.family + self.given + self.suffix
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    @property
    def is_family_first(self) -> bool:
        """Whether the name has parts and is written in Chinese, Japanese or Korean."""
        return (
            bool(self.given)
            and not self.family.isascii()
            and not self.is_group
            and _FAMILY_FIRST.fullmatch(self.family) is not None
            and _EAST_ASIAN.fullmatch(self.given) is not None
        )

    @property
    def written(self) -> str:
        """The name as `read` tells its parts again: `Family, Suffix, Given`, a group in braces."""
        if self.is_group:
            return f"{{{self.name}}}"
        if not self.given:
            return self.name
        return ", ".join(part for part in (self.family, self.suffix, self.given) if part)

    @classmethod
    def read(cls, name: str) -> Author:
        """Return who is `written` so; one in braces is a group."""
        is_group = name.startswith("{") and name.endswith("}")
        return cls(" ".join(name[1:-1].split()), is_group=True) if is_group else cls.parse(name)

    @classmethod
    def person(cls, family: str, given: str = "", suffix: str = "") -> Author:
        """Return a person by parts that a source tells, without the number of DBLP in one of them."""
        if given and re.fullmatch(r"0\d{3}", family):
            return cls.parse(given)
        family, given = _HOMONYM.sub("", family), _HOMONYM.sub("", given)
        return cls(family, given, suffix) if family else cls(given)

    @classmethod
    def parse(cls, name: str) -> Author:
        """Tell the parts of a name written `Given Family`, `Family, Given` or `Family, Suffix, Given`.

        The number by which DBLP tells people of one name apart is left out. A Chinese, Japanese or Korean
        name without a comma stays whole: nothing says which of its parts is the family's.
        """
        name = _HOMONYM.sub("", " ".join(name.split()))
        if "," in name:
            return cls._parse_inverted(name)
        words = name.split(" ")
        if len(words) == 1 or (not name.isascii() and _EAST_ASIAN.fullmatch(name)):
            return cls(name)
        if GROUP.search(name):
            return cls(name, is_group=True)
        suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""
        start = len(words) - 1
        while start > 1 and words[start - 1] in PARTICLES:
            start -= 1
        return cls(" ".join(words[start:]), " ".join(words[:start]), suffix)

    @classmethod
    def _parse_inverted(cls, name: str) -> Author:
        family, *rest = (part.strip() for part in name.split(","))
        if len(rest) == 1 and SUFFIX.fullmatch(rest[0]) and " " in family:
            before = cls.parse(family)
            return cls(before.family, before.given, rest[0])
        if len(rest) > 1 and SUFFIX.fullmatch(rest[0]):
            return cls(family, " ".join(rest[1:]), rest[0])
        if len(rest) > 1 and SUFFIX.fullmatch(rest[-1]):
            return cls(family, " ".join(rest[:-1]), rest[-1])
        return cls(family, " ".join(rest).strip())
