"""Reads the Markdown lists that papers-tui writes: `- Names. [Title](address). *Place*, date`.

Lists of others are read too as far as they have that form: an item with a link to a paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from papers_tui.index.authors import SUFFIX, Author
from papers_tui.index.formats.items import Item, Rejected, Remark
from papers_tui.index.formats.reference_dates import day_of
from papers_tui.index.formats.reference_ids import arxiv_named
from papers_tui.index.formats.references import Reference
from papers_tui.index.paper import Kind
from papers_tui.index.text import clean, clean_line, readable_line

NAME: Final = "markdown"

_ITEM: Final = re.compile(r" ? ?[-*+] +")
_TAGS: Final = re.compile(r"\s+Tags: (.*)")
_QUOTED: Final = re.compile(r"\s+>(?: |$)(.*)")
_LINK: Final = re.compile(r"(?P<open>\[)|\\.|\]\((?P<address>[^()\s]*)\)")
_BOLD: Final = re.compile(r"\\.|(?P<mark>\*\*)")
_PLACE: Final = re.compile(r"\*((?:\\.|[^*\\])+)\*")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_REMARK: Final = re.compile(r"\((\d{1,7} authors?, not named by the source)\)\s*$")
_PROCEEDINGS: Final = re.compile(r"\b(?:proc|conf|workshop|symposium)", re.IGNORECASE)
_AND: Final = re.compile(r", and | and |, ")


def items(text: str, source: str) -> Iterator[Item]:
    r"""Yield the items of a file whose lines end in `\n`, and what could not be read as one."""
    waiting: list[str] = []
    start = others = 0
    for number, line in enumerate([*text.split("\n"), "- "], 1):
        if _ITEM.match(line):
            if waiting:
                yield _item(waiting, start, source)
            waiting, start = [line], number
        elif waiting and (not line.strip() or line.startswith((" ", "\t"))):
            waiting.append(line)
        elif line.strip():
            if waiting:
                yield _item(waiting, start, source)
            waiting = []
            others += 1
    if others:
        yield Remark(f"lines outside of lists, passed over: {others:,}")


def _item(lines: list[str], number: int, source: str) -> Item:
    try:
        return _reference(lines).entry(f"{NAME}:{source}")
    except ValueError as error:
        return Rejected(f"line {number}", str(error), "\n".join(lines).strip())


def _reference(lines: list[str]) -> Reference:
    """Return what an item says. Raises ValueError."""
    first = _ITEM.sub("", lines[0], count=1)
    quoted = [_plain(found[1]) for line in lines[1:] if (found := _QUOTED.match(line))]
    tags = [tag for line in lines[1:] if (found := _TAGS.match(line)) for tag in _plain(found[1]).split(", ")]
    names, title, address, rest = _parts(first)
    place = _PLACE.search(rest)
    venue = clean_line(_plain(place[1])) if place else ""
    remark = _REMARK.search(rest)
    arxiv = arxiv_named(venue) if venue.lower().startswith("arxiv:") else None
    date = rest[place.end() :] if place else rest
    return Reference(
        title=readable_line(clean_line(_plain(title))),
        authors=[] if remark else _authors(clean_line(_plain(names))),
        has_more_authors=names.strip().endswith(" et al."),
        kind=_kind(venue, arxiv or arxiv_named(address)),
        published=day_of(clean_line(_REMARK.sub("", date))),
        venue="" if arxiv else venue,
        arxiv=arxiv,
        addresses=[address],
        tags=tags,
        notes=[clean("\n".join(quoted)).strip(), remark[1] if remark else ""],
    )


def _kind(venue: str, arxiv: str | None) -> Kind:
    """Return what a paper with an arXiv id is, by the place that is named beside it."""
    if arxiv is None:
        return Kind.OTHER
    if not venue or venue.lower().startswith("arxiv:"):
        return Kind.PREPRINT
    return Kind.INPROCEEDINGS if _PROCEEDINGS.search(venue) else Kind.ARTICLE


def _parts(line: str) -> tuple[str, str, str, str]:
    """Tell names, title, address and the rest apart. Raises ValueError where no title shows."""
    start = -1
    for found in _LINK.finditer(line):
        if found["open"]:
            start = found.start() if start < 0 else start
        elif found["address"] is not None and start >= 0:
            return line[:start], line[start + 1 : found.start()], found["address"], line[found.end() :]
    marks = [found.start() for found in _BOLD.finditer(line) if found["mark"]]
    if len(marks) > 1:
        return line[: marks[0]], line[marks[0] + 2 : marks[1]], "", line[marks[1] + 2 :]
    raise ValueError("no title shows: neither a link nor bold text")


def _plain(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)


def _authors(names: str) -> list[Author]:
    """Return the authors of `A B, C D, Jr., and E F`."""
    names = names if names.endswith((" Jr.", " Sr.")) else names.removesuffix(".").removesuffix(" et al")
    found: list[str] = []
    for part in _AND.split(names):
        if found and SUFFIX.fullmatch(part):
            found[-1] += f" {part}"
        elif part.strip():
            found.append(part.strip())
    return [Author.parse(name) for name in found]
