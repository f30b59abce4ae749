"""What sort of entry a work is in BibTeX and in BibLaTeX, and the fields that say more of it.

BibTeX's own types and fields are those of its manual (btxdoc); BibLaTeX's are those of its own, section 2.
Fields that BibTeX's styles pass over, as `translator` and `urldate`, have BibLaTeX's names there too, but for
those that ACM's style knows: `numpages`, and `location` for the place of a conference, which is read as that
beside `address` alone. The number of an article is `eid`, which that style, REVTeX's and natbib's know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from papers_tui.index.cite import tex
from papers_tui.index.cite.names import Byline
from papers_tui.index.cite.prose import joined
from papers_tui.index.cite.wording import cited_pages, manuscript
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

Fields = dict[str, str]
Names = Callable[[Byline], str]
"""Writes a list of names."""

_KINDS: Final = {
    Kind.ARTICLE: "article",
    Kind.INPROCEEDINGS: "inproceedings",
    Kind.BOOK: "book",
    Kind.PREPRINT: "misc",
    Kind.OTHER: "misc",
}
_BIBTEX: Final[Mapping[str, str]] = MappingProxyType(
    {
        "incollection": "incollection",
        "inbook": "incollection",  # BibTeX's own @inbook has no title but that of the book
        "proceedings": "proceedings",
        "booklet": "booklet",
        "manual": "manual",
        "thesis": "phdthesis",
        "phdthesis": "phdthesis",
        "mastersthesis": "mastersthesis",
        "report": "techreport",
        "unpublished": "unpublished",
    }
)
_BIBLATEX: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_BIBTEX,
        "inbook": "inbook",
        "collection": "collection",
        "thesis": "thesis",
        "phdthesis": "thesis",
        "mastersthesis": "thesis",
        **{name: name for name in ("online", "software", "dataset", "patent")},
    }
)
_NAMED_TYPES: Final = {"phdthesis": "phdthesis", "mastersthesis": "mathesis"}
"""What BibLaTeX's `type` is where the work does not say itself what it is: it translates these."""

_ORDINALS: Final = (
    *("First", "Second", "Third", "Fourth", "Fifth"),
    *("Sixth", "Seventh", "Eighth", "Ninth", "Tenth"),
)
_NUMBER: Final = re.compile(r"(\d{1,3})(?:st|nd|rd|th|\.)?", re.IGNORECASE)
_COMMANDS: Final = re.compile(r"[\\{}~^<>|$%#_]")
_BRACKETS: Final = re.compile(r"[()\[\]]")
_STATES: Final = {
    "in press": "inpress",
    "in preparation": "inpreparation",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
}


NOTED: Final = frozenset({"misc", "unpublished"})
"""Types of entries whose `note` belongs to the reference: they have little else to print."""

_LONGEST_NOTE: Final = 300
_OF_PROGRAMS: Final = re.compile(
    r"(?:cite )?arxiv|\d+ authors?, not named|read[_ ]status|(?:citation|bibtex)[ -]?key|doi|10\.\d{4}",
    re.IGNORECASE,
)
"""How notes begin that hold what has fields of its own."""


def is_printed(note: str) -> bool:
    """Tell whether a `note` may be one for the reference: short, and not what programs keep there."""
    is_short = 0 < len(note) <= _LONGEST_NOTE and "\n" not in note
    return is_short and _OF_PROGRAMS.match(note) is None and "<" not in note


_UNPUBLISHED: Final = (
    "Unpublished manuscript",
    "Manuscript in preparation",
    "Manuscript submitted for publication",
)


def is_manufactured(note: str, genre: str) -> bool:
    """Tell whether the note of an `@unpublished` is what `for_unpublished` writes there."""
    return note in {*_UNPUBLISHED, genre[:1].upper() + genre[1:]}


def for_unpublished(kind: str, fields: Fields, work: Work) -> Fields:
    """Return fields with the note that BibTeX wants of an `@unpublished`: how far it has come."""
    if kind != "unpublished" or fields.get("note"):
        return fields
    return fields | {"note": tex.typeset(manuscript(work))}


def _how_published(work: Work) -> str:
    """Return what BibTeX's styles are to print of a `@misc`, where nothing says how it was published.

    They print one field: of programs, data, talks, patents and standards it repeats what others have.
    """
    if work.detail("how_published"):
        return ""
    match work.cited_type:
        case "software" | "dataset":
            return joined(", ", f"Version {work.version}" if work.version else "", work.publisher)
        case "speech":
            return joined(", ", work.event or work.venue, work.event_place)
        case "patent" | "standard" as sort:
            number = joined(" ", sort.capitalize(), work.number) if work.number else ""
            return joined(", ", number, work.institution or work.publisher)
        case _:
            return ""


def is_repeated(how: str, texts: Iterable[str]) -> bool:
    """Tell whether a way of publishing says nothing but what other fields of the entry do."""
    how = how.lower()
    for text in sorted(["version", "patent", "standard", *map(str.lower, texts)], key=len, reverse=True):
        how = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", "", how, count=1) if text in how else how
    return not how.strip(" ,")


def with_note(kind: str, fields: Fields, *, has_notes: bool) -> Fields:
    """Return fields with what the reference prints besides as `note` where it is read as that again.

    BibTeX's styles print no `addendum`. `has_notes` says that the user's own stand beside it.
    """
    text = fields.get("addendum", "")
    if not text or fields.get("note") or not (kind in NOTED or has_notes) or not is_printed(text):
        return fields
    return {"note" if name == "addendum" else name: value for name, value in fields.items() if name != "note"}


def in_label(written: str) -> str:
    """Return TeX with its brackets braced, for names and years: natbib ends labels at them."""
    return _BRACKETS.sub(r"{\g<0>}", written)


def bibtex_type(work: Work) -> str:
    """Return the type of a BibTeX entry: `@inbook` is a part of a book, which has the title of that alone."""
    if work.kind is Kind.BOOK and not work.cited_type and (work.chapter or cited_pages(work)):
        is_titled = " " in work.chapter and any(map(str.isalpha, work.chapter))
        return "book" if is_titled else "inbook"
    return _BIBTEX.get(work.cited_type, _KINDS[work.kind])


def biblatex_type(work: Work) -> str:
    """Return the type of a BibLaTeX entry.

    A thesis that says itself what it is keeps its degree by it. A report that does not is `@techreport`,
    which BibLaTeX takes for a `@report` of that type.
    """
    if work.kind is Kind.PREPRINT:
        return "online"
    if work.genre and work.cited_type in {"phdthesis", "mastersthesis"}:
        return work.type
    if work.is_report and work.genre:
        return "report"
    return _BIBLATEX.get(work.cited_type, _KINDS[work.kind])


def bibtex_details(work: Work, names: Names) -> Fields:
    """Return the fields of details for BibTeX; empty ones are to be left out."""
    found = _shared(work, names)
    found["edition"] = tex.typeset(_in_words(work.edition))
    found["address"] = tex.typeset(work.place)
    if found["eid"]:
        found["numpages"] = found.pop("pagetotal")
    if found["address"] and found["venue"] != found["address"]:
        found["location"] = found.pop("venue")
    if work.is_thesis:
        found["school"] = found.pop("institution")
    found["type"] = tex.typeset(work.genre or _plain_type(work, _BIBTEX))
    found["organization"] = in_label(found["organization"])
    if how := _how_published(work):
        found["howpublished"] = tex.typeset(how)
    return found


def biblatex_details(work: Work, names: Names) -> Fields:
    """Return the fields of details for BibLaTeX; empty ones are to be left out."""
    found = _shared(work, names)
    number = _NUMBER.fullmatch(work.edition)
    words = {word.lower(): str(place) for place, word in enumerate(_ORDINALS, 1)}
    found["edition"] = number[1] if number else words.get(work.edition.lower(), tex.typeset(work.edition))
    found["location"] = tex.typeset(work.place)
    named = _NAMED_TYPES.get(work.cited_type, "") or _plain_type(work, _BIBLATEX)
    found["type"] = _keyword(work.genre) or named
    found["pubstate"] = _STATES.get(work.status.lower(), _keyword(work.status))
    found["language"] = _keyword(work.detail("language"))
    return found


def _shared(work: Work, names: Names) -> Fields:
    is_on_site = work.kind is Kind.OTHER and bool(work.cited_type)
    site = work.venue if is_on_site and work.venue not in {work.institution, work.event} else ""
    return {
        "editor": names(work.editors),
        "translator": names(work.translators),
        "collaboration": tex.typeset(work.collaboration),
        "eventtitle": tex.typeset(work.event),
        "venue": tex.typeset(work.event_place),
        "series": tex.typeset(work.series or (work.venue if work.kind is Kind.BOOK else "")),
        "volumes": tex.typeset(work.detail("volumes")),
        "chapter": tex.typeset(work.chapter),
        "eid": tex.typeset(work.named_article_number),
        "organization": tex.typeset(work.detail("organization") or site),
        "institution": tex.typeset(work.institution),
        "shortjournal": tex.typeset(work.detail("short_venue")) if work.kind is Kind.ARTICLE else "",
        "pagetotal": tex.typeset(work.detail("page_total")),
        "version": tex.typeset(work.version),
        "language": tex.typeset(work.detail("language")),
        "isbn": tex.typeset(work.detail("isbn")),
        "issn": tex.typeset(work.detail("issn")),
        "addendum": tex.typeset(work.remark),
        "origdate": tex.escape(work.detail("original_date")),
        "urldate": tex.escape(work.detail("accessed")),
    }


def _keyword(text: str) -> str:
    """Return a text for fields of which BibLaTeX looks whether they are words that it translates.

    No command may stand in them.
    """
    return " ".join(_COMMANDS.sub(" ", text.replace("&", "and")).split())


def _plain_type(work: Work, types: Mapping[str, str]) -> str:
    """Return the type of a work of which a format has no entries, as `type` of the nearest that it has.

    BibTeX's styles print it but of theses and chapters.
    """
    kind = work.cited_type
    if kind == "thesis":
        return "Thesis" if types is _BIBTEX else kind
    if kind == "inbook" and types is _BIBTEX:
        return "" if work.chapter else kind
    return "" if kind in types else kind


def _in_words(edition: str) -> str:
    """Return an edition as BibTeX wants it, an ordinal: `2` is `Second`, `11` is `11th`."""
    number = _NUMBER.fullmatch(edition)
    if not number or not int(number[1]):
        return edition
    count = int(number[1])
    if count <= len(_ORDINALS):
        return _ORDINALS[count - 1]
    ending = "th" if count // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"
