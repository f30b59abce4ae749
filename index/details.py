"""What bibliographies say of a publication beyond the fields that every paper has.

`Paper.details` holds texts of one line by the names below, only those that a source gave. The names follow
BibLaTeX where it has one for the thing (https://ctan.org/pkg/biblatex, section 2.2).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Final

from papers_tui.index.authors import Author
from papers_tui.index.paper import Kind
from papers_tui.index.text import clean_line

DETAILS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "type": "what sort of publication it is, finer than its kind: one of TYPES",
        "genre": "what the publication calls itself: `Habilitation`, `Technical report`",
        "article_number": "the number of the article in its volume, which stands in place of pages (`eid`)",
        "number": "the number of a report or of a book in its series",
        "chapter": "the chapter of the book",
        "edition": "the edition: `2`, `Second`, `Revised`",
        "series": "the series of the book or of the proceedings",
        "volumes": "how many volumes the book has",
        "editors": "`Family, Given; Family, Given`, a group in braces, `others` for those not named",
        "translators": "written like editors",
        "collaboration": "the collaboration on whose behalf the authors write",
        "institution": "the university of a thesis, the institution of a report",
        "organization": "who organised the conference or keeps the manual",
        "address": "the place of the publisher or of the institution",
        "event": "the name of the conference, where the proceedings have a title of their own",
        "event_place": "where the conference was held",
        "book_title": "the title of the book, where `venue` is that of the series or conference",
        "short_venue": "the venue as the source abbreviates it",
        "status": "`in press`, `submitted`, `forthcoming`: what stands in place of a year",
        "remark": "what the reference prints besides (`note`, `addendum`)",
        "how_published": "the way of publishing that is neither journal nor book",
        "isbn": "the ISBN, as it was written",
        "issn": "the ISSN, as it was written",
        "language": "the language of the text, as it was written",
        "page_total": "how many pages it has",
        "version": "the version of the software, of the data or of the preprint (`2`)",
        "accessed": "when the page was looked at: an ISO date",
        "original_date": "when it first appeared: an ISO date",
        "protected": "words of the title whose capitals the source protects, a blank between them",
        "italics": "words of the title that the source sets in italics: `E. coli; in vivo`",
    }
)
"""The names of details, in the order in which they are kept and shown, and what each is."""

TYPES: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "newspaper": Kind.ARTICLE,
        "magazine": Kind.ARTICLE,
        "incollection": Kind.INPROCEEDINGS,
        "inbook": Kind.INPROCEEDINGS,
        "proceedings": Kind.BOOK,
        "collection": Kind.BOOK,
        "booklet": Kind.BOOK,
        "manual": Kind.BOOK,
        "thesis": Kind.OTHER,
        "phdthesis": Kind.OTHER,
        "mastersthesis": Kind.OTHER,
        "report": Kind.OTHER,
        "unpublished": Kind.OTHER,
        "online": Kind.OTHER,
        "software": Kind.OTHER,
        "dataset": Kind.OTHER,
        "patent": Kind.OTHER,
        "standard": Kind.OTHER,
        "speech": Kind.OTHER,
    }
)
"""The sorts of publication that `details["type"]` tells, and the kind of paper that each is."""


def details(values: Mapping[str, str | None]) -> Mapping[str, str]:
    """Return details in their order, clean, without blank and unknown ones; a type is one of TYPES."""
    found = {name: clean_line(values.get(name) or "") for name in DETAILS}
    if found["type"] not in TYPES:
        del found["type"]
    return MappingProxyType({name: text for name, text in found.items() if text})


def united(first: Mapping[str, str], second: Mapping[str, str]) -> Mapping[str, str]:
    """Return all details of two descriptions of one publication; the first's stand where both have one."""
    if not second or first == second:
        return first
    both = {**second, **first}
    return MappingProxyType({name: both[name] for name in DETAILS if name in both})


_MOST_ITALICS: Final = 50
_LONGEST_TITLE: Final = 20_000


def in_italics(phrases: Iterable[str], title: str) -> str:
    """Return the detail that names words in italics: those that stand in the title and are not all of it.

    A single letter that is upright elsewhere in the title is not named: it would be marked there as well.
    """
    counts = Counter(clean_line(phrase) for phrase in islice(phrases, _MOST_ITALICS))
    kept: list[str] = []
    for phrase, count in counts.items():
        if phrase and ";" not in phrase and phrase != title:
            places = len(italic_spans(title, phrase))
            kept += [phrase] * (places > 0 and (len(phrase) > 1 or places <= count))
    return "; ".join(kept)


def italic_spans(title: str, italics: str) -> list[tuple[int, int]]:
    """Return where the words in italics stand in a title: sorted, none within another."""
    if not italics:
        return []
    named = filter(None, (one.strip() for one in italics.split(";", _MOST_ITALICS)[:_MOST_ITALICS]))
    phrases = sorted(named, key=len, reverse=True)
    if not phrases:
        return []
    pattern = "|".join(map(re.escape, phrases))
    return [found.span() for found in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", title[:_LONGEST_TITLE])]


def people(text: str) -> tuple[Author, ...]:
    """Return the editors or translators that a detail names."""
    return tuple(Author.read(name.strip()) for name in text.split(";") if name.strip(" {}"))


def named_people(authors: Iterable[Author], *, has_more: bool = False) -> str:
    """Return editors or translators as their detail names them; `has_more` says that there are others."""
    names = [author.written.replace(";", ",") for author in authors]
    return "; ".join([*names, "others"] if names and has_more else names)
