"""What several styles say of a publication in the same way: who leads it, editions, theses, status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from papers_tui.index.authors import GROUP, Author
from papers_tui.index.cite.dates import parts
from papers_tui.index.cite.names import Byline
from papers_tui.index.cite.prose import joined
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_ORDINALS: Final = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_EDITION: Final = re.compile(r"\s*\b(?:edition|edn?|ed)\b\.?\s*$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(\d{1,3})(?:st|nd|rd|th|\.)?", re.IGNORECASE)

_REPORT: Final = re.compile(r"(?<=[\w.] )(?:report|patent|standard)$")

_SORTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "techreport": "Technical Report",
        "resreport": "Research Report",
        "patentus": "U.S. Patent",
        "patentuk": "British Patent",
        "patenteu": "European Patent",
        "patentde": "German Patent",
        "patentfr": "French Patent",
        "patreq": "Patent Request",
        "patrequs": "U.S. Patent Request",
    }
)
"""The keys that BibLaTeX has for sorts of reports and patents."""

_VERSION: Final = re.compile(r"^v(?:er(?:sion)?)?[. ]{0,2}(?=\d)", re.IGNORECASE)
_TYPED_DASH: Final = re.compile(r"(?<=\d)-{2,3}(?=\d)")

_TO_COME: Final = frozenset({"in press", "inpress", "in the press", "forthcoming", "to appear", "accepted"})
_DOCTOR: Final = re.compile(r"ph\.?\s?d|doctoral|doctorate", re.IGNORECASE)
_MASTER: Final = re.compile(r"master|m\.?\s?sc?\.?\b|mathesis", re.IGNORECASE)


def leading(work: Work) -> tuple[Byline, bool]:
    """Return those under whose names a work stands, and whether they edited it: a book of no author's."""
    byline = work.byline
    if byline.names:
        return byline, False
    if work.kind is Kind.BOOK and work.editors.names:
        return work.editors, True
    name = collaboration(work)
    return (Byline((Author(name, is_group=True),)) if name else byline), False


def collaboration(work: Work) -> str:
    """Return the collaboration that is none of the authors: `ATLAS Collaboration`."""
    name = work.collaboration
    if not name or any(name.lower() in author.name.lower() for author in work.byline.names):
        return ""
    return name if GROUP.search(name) else f"{name} Collaboration"


def on_behalf(work: Work, names: str) -> str:
    """Return the names, and after them in parentheses the collaboration for which they write."""
    name = collaboration(work)
    return joined(" ", names, f"({name})" if name and work.byline.names else "")


def is_several(byline: Byline) -> bool:
    """Whether they are more than one, as `eds.` says."""
    return len(byline.names) > 1 or byline.is_partial


def cited_pages(work: Work) -> str:
    """Return the pages that are cited; one number alone beside a book may as well count its pages."""
    is_part = work.kind is not Kind.BOOK or work.chapter or "–" in work.pages or "," in work.pages
    return work.pages if is_part else ""


def ordinal(number: int) -> str:
    """Return `1st`, `2nd`, `3rd`, `11th`."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"


def first_published(work: Work) -> str:
    """Return the year in which a work first appeared, unless it is the year of what is cited."""
    year = str(*parts(work.detail("original_date"))[:1])
    return "" if year == (work.date or "")[:4] else year


def edition(work: Work, word: str) -> str:
    """Return the edition as `2nd ed.`, `Revised ed.`; nothing of a first edition, which guides leave out."""
    text = _EDITION.sub("", work.edition)
    if text.lower() in _ORDINALS:
        text = ordinal(_ORDINALS.index(text.lower()) + 1)
    elif found := _NUMBER.fullmatch(text):
        text = ordinal(int(found[1]))
    if text.lower() in {"revised", "rev", "rev."}:
        text = "Rev."
    return f"{text} {word}" if text and text != "1st" else ""


def thesis(work: Work, *, doctor: str, master: str) -> str:
    """Return what a thesis is called: by the style's word, else as it calls itself, else `Thesis`."""
    named = work.genre
    if _DOCTOR.search(named) or (work.type == "phdthesis" and not named):
        return doctor
    if _MASTER.match(named) or (work.type == "mastersthesis" and not named):
        return master
    return capital(named) or "Thesis"


def report(work: Work, *, word: str, mark: str = " ") -> str:
    """Return `Technical Report TR-12`: `word` for a report of no genre, `mark` before its number.

    A number that begins with its genre is not given one more; without genre and number there is nothing.
    """
    number, genre = work.number, _SORTS.get(work.genre.lower(), work.genre)
    genre = _REPORT.sub(lambda match: match[0].capitalize(), genre)
    if genre and number.lower().startswith(genre.lower()):
        return number
    if not number:
        return capital(genre)
    return f"{capital(genre) or word}{mark}{number}"


def is_to_come(work: Work) -> bool:
    """Whether it is accepted and has no date yet."""
    return not work.date and _status(work) in _TO_COME


def undated(work: Work, *, to_come: str, unknown: str) -> str:
    """Return what stands in place of the year of a work without one: `in press`, `submitted`, `n.d.`."""
    if is_to_come(work):
        return to_come
    return unknown if work.type == "unpublished" else _status(work) or unknown


def manuscript(work: Work) -> str:
    """Return what an unpublished work is: as it calls itself, or as far as it has come."""
    status = _status(work)
    if work.genre:
        return capital(work.genre)
    if "submitted" in status or "review" in status:
        return "Manuscript submitted for publication"
    return "Manuscript in preparation" if "preparation" in status else "Unpublished manuscript"


def deposit(work: Work) -> str:
    """Return the number of a preprint with the version that its source names: `arXiv:2404.04167v2`."""
    version = work.version.lower().removeprefix("version").strip(" v.")
    return f"{work.eprint}v{version}" if work.eprint and version.isdecimal() else work.eprint


def remark(work: Work) -> str:
    """Return what the reference prints besides, as the sentence that ends it."""
    return capital(work.remark.strip(" .,;:"))


def version(work: Work) -> str:
    """Return the number of a version, without a `v` before it: styles have their own word for that."""
    return _VERSION.sub("", work.version)


def container(work: Work) -> str:
    """Return the journal, the proceedings or the book, the dashes of a whole reference as signs."""
    return _TYPED_DASH.sub("–", work.venue)


def own_year(work: Work, without: str) -> str:
    """Return the year of a book or of proceedings, unless these are a whole reference that has it."""
    return work.year(without) if work.appeared or not work.date else ""


def distributor(work: Work) -> str:
    """Return who gives out software, data or a page: its publisher, its site, or who stands behind it."""
    return issuer(work) if work.publisher else container(work) or work.institution or _kept(work)


def site(work: Work) -> str:
    """Return the site that a page belongs to."""
    return container(work) or work.publisher or _kept(work)


def book_publisher(work: Work) -> str:
    """Return who published a book or the proceedings that a paper is in, else who stands behind it."""
    if work.kind is not Kind.BOOK:
        return work.publisher or work.detail("organization")
    return work.publisher or container(work) or _kept(work)


def issuer(work: Work) -> str:
    """Return the publisher of what is in no journal or book, else how it was published."""
    return work.publisher or work.detail("how_published")


def _kept(work: Work) -> str:
    return work.detail("organization") or work.detail("how_published")


def at_place(publisher: str, place: str) -> str:
    """Return `London: MIT Press`, or what is known of the two."""
    return ": ".join(part for part in (place, publisher) if part)


def volume_of_series(work: Work) -> str:
    """Return the number that a book has in its series: its own, else its volume."""
    return work.number or work.volume


def _status(work: Work) -> str:
    return work.status.strip(" .").lower()


def capital(text: str) -> str:
    """Return a text that begins a sentence."""
    return text[:1].upper() + text[1:]
