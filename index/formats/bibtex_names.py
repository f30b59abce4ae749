"""The authors of a BibTeX entry: `van der Berg, Jr, Jan and {Gemma Team} and others`."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from papers_tui.index.authors import SUFFIX, Author
from papers_tui.index.formats.bibtex_text import shown
from papers_tui.index.formats.references import MAX_AUTHORS
from papers_tui.index.text import clean_line

_TOKENS: Final = re.compile(r"\\.|[{}]|,| and(?= |$)|^and(?= )", re.DOTALL | re.IGNORECASE)
_ET_AL: Final = re.compile(r"(?:others|et\.? al\.?)", re.IGNORECASE)
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z]\.?[- ]?){1,4}")
_INITIALS_FIRST: Final = re.compile(r"(?:[^\W\d_a-z]\.?[- ]){1,4}[^\W\d_a-z][\w'-]+")


def authors(value: str) -> tuple[list[Author], bool]:
    """Return the authors that a field names, and whether it says that there are others."""
    named: list[Author] = []
    has_more = False
    for parts in _names(" ".join(value.split())):
        whole = clean_line(" ".join(shown(part) for part in parts))
        if _ET_AL.fullmatch(whole) and "{" not in parts[0]:
            has_more = True
        elif whole and len(named) < MAX_AUTHORS:
            named += _authors(parts)
    return named, has_more


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


def _authors(parts: list[str]) -> list[Author]:
    """Return the author that one name means; several where commas or semicolons were put for `and`."""
    parts = [part.strip() for part in parts]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    if len(parts) == 1:
        pieces = [piece.strip() for piece in parts[0].split(";")] if "{" not in parts[0] else parts
        return [_straight(piece) for piece in pieces if piece]
    if any(";" in part for part in parts) and not any("{" in part for part in parts):
        rejoined = ", ".join(parts).split(";")
        return [author for name in rejoined for author in _authors(name.split(",")) if name.strip()]
    if len(parts) > 3 and not len(parts) % 2 and all(map(_INITIALS.fullmatch, parts[1::2])):
        return [_authors([*pair])[0] for pair in zip(parts[::2], parts[1::2], strict=True)]
    if len(parts) == 2 and all(map(_INITIALS_FIRST.fullmatch, parts)):
        return [_straight(part) for part in parts]
    if len(parts) > 3 or (len(parts) == 3 and all(" " in part for part in parts)):
        return [_straight(part) for part in parts if part]
    family, *rest = (clean_line(shown(part)) for part in parts)
    given = rest[-1]
    suffix = rest[0] if len(rest) == 2 else ""
    if suffix and not SUFFIX.fullmatch(suffix) and SUFFIX.fullmatch(given):
        given, suffix = suffix, given
    return [Author(family, given, suffix) if family else Author(given)]


def _straight(name: str) -> Author:
    """Return the author of a name without commas."""
    whole = clean_line(shown(name))
    if _is_braced(name):
        return (
            Author.parse(whole) if _has_no_case(whole) and "," not in whole else Author(whole, is_group=True)
        )
    words = [clean_line(shown(word)) for word in _words(name)]
    words = [word for word in words if word]
    if len(words) < 2:
        return Author(whole)
    is_plain = "{" not in name
    if is_plain and "," not in whole:
        return Author.parse(whole)
    start = next((at for at in range(1, len(words) - 1) if words[at][:1].islower()), len(words) - 1)
    return Author(" ".join(words[start:]), " ".join(words[:start]))


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
