"""The authors of a BibTeX entry: `van der Berg, Jr, Jan and {Gemma Team} and others`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from papers_tui.index.authors import SUFFIX, Author
from papers_tui.index.formats.bibtex_text import shown
from papers_tui.index.formats.losses import quoted
from papers_tui.index.formats.references import MAX_AUTHORS
from papers_tui.index.text import clean_line

_TOKENS: Final = re.compile(r"\\.|[{}]|,| and(?= |$)|^and(?= )", re.DOTALL | re.IGNORECASE)
_ET_AL: Final = re.compile(r"(?:others|et\.? al\.?)", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z]\.?[- ]?){1,4}")
_WHOLE_NAME: Final = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*)+")
_INITIALS_FIRST: Final = re.compile(r"(?:[^\W\d_a-z]\.?[- ]){1,4}[^\W\d_a-z][\w'-]+")


_TAIL: Final = re.compile(
    r"[\s,]{1,3}(?:et\.? al\.?|and others)\s?$|[\s,]{0,3}(?:\.\.\.|…)\s?$", re.IGNORECASE
)
_PART: Final = re.compile(r"\s*(family|given|prefix|suffix)(-i)?\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
_ANY_PART: Final = re.compile(r"\s*[a-z]+(?:-i)?\s*=", re.IGNORECASE)


@dataclass(slots=True)
class Names:
    """The people that a field names."""

    authors: list[Author] = field(default_factory=list)
    has_more: bool = False
    """Whether it says that there are others."""
    doubts: list[str] = field(default_factory=list)
    """What was assumed."""


def authors(value: str) -> Names:
    """Return the authors that a field names."""
    found = Names()
    listed = _names(" ".join(value.split()))
    has_commas = any(len(parts) > 1 for parts in listed[1:])
    for parts in listed:
        if "{" not in parts[-1] and (tail := _TAIL.search(parts[-1])):
            parts[-1] = parts[-1][: tail.start()]
            found.has_more = True
        whole = clean_line(" ".join(shown(part) for part in parts))
        if _ET_AL.fullmatch(whole) and "{" not in parts[0]:
            found.has_more = True
        elif whole and len(found.authors) < MAX_AUTHORS:
            people = _authors(parts, is_alone=len(listed) > 1 and not has_commas)
            if len(people) > 1:
                shown_ones = "; ".join(person.name for person in people)
                found.doubts.append(f"authors told apart without `and`: {quoted(shown_ones)}")
            found.authors += people
    return found


def _names(value: str) -> list[list[str]]:
    """Tell names apart, and each by its commas, where no brace encloses them."""
    names: list[list[str]] = [[]]
    depth = start = 0
    for found in _TOKENS.finditer(value):
        mark = found[0]
        if mark in "{}":
            depth = max(depth + (1 if mark == "{" else -1), 0)
        elif not depth and mark.strip().lower() in {",", "and"}:
            names[-1].append(value[start : found.start()])
            start = found.end()
            if mark != ",":
                names.append([])
    names[-1].append(value[start:])
    return names


def _authors(parts: list[str], *, is_alone: bool = False) -> list[Author]:
    """Return the author that one name means; several where commas or semicolons were put for `and`.

    `is_alone` says that no other name of the field has a comma.
    """
    parts = [part.strip() for part in parts]
    if all(map(_ANY_PART.match, parts)) and any(map(_PART.match, parts)):
        return [_of_named_parts(parts)]
    if (several := _several(parts, is_alone=is_alone)) is not None:
        return several
    family, *rest = (clean_line(shown(part)) for part in parts)
    given = rest[-1]
    suffix = rest[0] if len(rest) == 2 else ""
    if suffix and not SUFFIX.fullmatch(suffix) and SUFFIX.fullmatch(given):
        given, suffix = suffix, given
    return [Author.person(family, given, suffix)]


def _several(parts: list[str], *, is_alone: bool) -> list[Author] | None:
    """Return the authors of a name without commas, or of a list; None where commas part one name."""
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    if len(parts) == 1:
        pieces = [piece.strip() for piece in parts[0].split(";")] if "{" not in parts[0] else parts
        return [_straight(piece) for piece in pieces if piece]
    if any(";" in part for part in parts) and not any("{" in part for part in parts):
        rejoined = ", ".join(parts).split(";")
        return [author for name in rejoined if name.strip() for author in _authors(name.split(","))]
    if len(parts) > 3 and not len(parts) % 2 and all(map(_INITIALS.fullmatch, parts[1::2])):
        return [_authors([*pair])[0] for pair in zip(parts[::2], parts[1::2], strict=True)]
    are_names = len(parts) == 2 and is_alone and all(map(_WHOLE_NAME.fullmatch, parts))
    if are_names or (len(parts) == 2 and all(map(_INITIALS_FIRST.fullmatch, parts))):
        return [_straight(part) for part in parts]
    if len(parts) > 3 or (len(parts) == 3 and all(" " in part for part in parts)):
        return [_straight(part) for part in parts if part]
    return None


def _of_named_parts(parts: list[str]) -> Author:
    """Return the author of BibLaTeX's extended form: `family=Hasselt, given=Jan, prefix=van`."""
    given: dict[str, str] = {}
    for found in map(_PART.match, parts):
        if found and not found[2]:
            given[found[1].lower()] = clean_line(shown(found[3].strip().strip('"')))
    family = " ".join(filter(None, (given.get("prefix"), given.get("family"))))
    first, suffix = given.get("given", ""), given.get("suffix", "")
    return Author.person(family, first, suffix)


def _straight(name: str) -> Author:
    """Return the author of a name without commas."""
    whole = clean_line(shown(name))
    family, _, given = (clean_line(shown(part)) for part in name.partition("{}"))
    if given and Author(family, given).is_family_first:
        return Author(family, given)  # as our own exports part Chinese names for BibTeX
    if _is_braced(name):
        return (
            Author.parse(whole)
            if (_has_no_case(whole) and "," not in whole) or " " not in whole
            else Author(whole, is_group=True)
        )
    words = [clean_line(shown(word)) for word in _words(name)]
    words = [word for word in words if word]
    if len(words) < 2:
        return Author(whole)
    is_plain = "{" not in name
    if is_plain and "," not in whole:
        return Author.parse(whole)
    start = next((at for at in range(1, len(words) - 1) if words[at][:1].islower()), len(words) - 1)
    return Author.person(" ".join(words[start:]), " ".join(words[:start]))


def _words(name: str) -> list[str]:
    """Tell the words of a name apart, where no brace encloses them."""
    words = [""]
    depth = 0
    for part in re.split(r"(\\.|[{}]|\s+)", name.replace("~", " ")):
        if part in {"{", "}"}:
            depth = max(depth + (1 if part == "{" else -1), 0)
        if part.isspace() and not depth:
            words.append("")
        else:
            words[-1] += part
    return words


def _is_braced(name: str) -> bool:
    """Tell whether one pair of braces encloses all of a name, as it does that of a group."""
    if not (name.startswith("{") and name.endswith("}")) or name[1:2] == "\\":
        return False
    depth = 0
    for found in re.finditer(r"\\.|[{}]", name):
        depth += (found[0] == "{") - (found[0] == "}")
        if not depth and found.end() < len(name):
            return False
    return True


def _has_no_case(text: str) -> bool:
    return any(unicodedata.category(char) == "Lo" and char not in "ªº" for char in text)
