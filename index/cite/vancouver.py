"""Vancouver, as the National Library of Medicine has it (Citing Medicine, 2nd edition)."""

from __future__ import annotations

import re
from typing import Final

from papers_tui.index.authors import PARTICLES, Author
from papers_tui.index.cite import wording
from papers_tui.index.cite.dates import year_first
from papers_tui.index.cite.emphasis import linked
from papers_tui.index.cite.names import Byline, initials, is_whole
from papers_tui.index.cite.pages import minimal
from papers_tui.index.cite.prose import ended, joined, sentences
from papers_tui.index.cite.quotes import curled
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 6
"""Of more than six authors the first six are named."""

_ABBREVIATED: Final = re.compile(r"\.(?=[\s:,)]|$)")
"""The points after abbreviated words of a journal's name, which are left out."""

_PAGE_OF_SECTION: Final = re.compile(r"([A-Z])(\d+)")
"""A page of a newspaper: `A12` is page 12 of section A (chapter 23)."""

_ORDINALS: Final = {
    "II": "2nd",
    "III": "3rd",
    "IV": "4th",
    "V": "5th",
    "VI": "6th",
    "VII": "7th",
    "VIII": "8th",
}


def vancouver(work: Work) -> str:
    """Return `Du X, Yu Z. Title. arXiv:2404.04167 [Preprint]. 2024 Apr 5. doi: 10.48550/arXiv.2404.04167`."""
    byline, is_edited = wording.leading(work)
    group = wording.collaboration(work) if work.byline.names else ""
    names = joined("; ", _names(byline), group)
    role = _role(byline, "editor") if is_edited else ""
    if work.kind is Kind.OTHER and work.type == "patent":
        role = _role(byline, "inventor")
    names = joined(", ", names, role) if names else ""
    form = _form(work)
    title = joined(" ", curled(work.marked_title).rstrip(" .") if form else curled(work.marked_title), form)
    is_in_book = work.kind in {Kind.BOOK, Kind.INPROCEEDINGS}
    translators = "" if is_in_book else _people(work.translators, "translator")
    text = sentences(title, translators, _container(work), wording.remark(work))
    return joined(" ", ended(names), text, _address(work))


def _role(byline: Byline, word: str) -> str:
    return f"{word}s" if wording.is_several(byline) else word


def _people(byline: Byline, word: str) -> str:
    """Return `Gao S, Li M, editors`."""
    return f"{_names(byline)}, {_role(byline, word)}" if byline.names else ""


def _form(work: Work) -> str:
    """What stands in brackets after the title of what is no article and no book."""
    if work.is_thesis:
        return f"[{wording.thesis(work, doctor='dissertation', master='master’s thesis')}]"
    match work.type if work.kind is Kind.OTHER else "":
        case "software" | "dataset" as form:
            return f"[{form}]"
        case "unpublished":
            return f"[{wording.manuscript(work).lower()}]"
        case "online":
            return "[Internet]"
        case _:
            return ""


def _container(work: Work) -> str:
    date = year_first(work.date) or wording.capital(
        wording.undated(work, to_come="Forthcoming", unknown="[date unknown]")
    )
    pages = minimal(wording.cited_pages(work)).replace("–", "-")
    match work.kind:
        case Kind.ARTICLE:
            issue = f"({work.issue.replace('–', '-')})" if work.issue else ""
            numbers = work.volume + issue
            is_said = work.date and not work.appeared and not pages
            when = joined(";", "" if is_said else date, numbers)
            journal = ended(_ABBREVIATED.sub("", wording.container(work)).strip())
            if work.is_in_newspaper and not numbers and (page := _PAGE_OF_SECTION.fullmatch(pages)):
                return joined(" ", journal, f"{when};Sect. {page[1]}:{page[2]}")
            return joined(" ", journal, when + (f":{pages}" if pages else ""))
        case Kind.INPROCEEDINGS:
            return f"In: {_in_book(work, date, pages)}"
        case Kind.PREPRINT:
            place = joined(" ", wording.deposit(work) or work.repository, "[Preprint]")
            return f"{place}. {date}"
        case Kind.BOOK:
            editors = "" if wording.leading(work)[1] else _people(work.editors, "editor")
            people = joined("; ", _people(work.translators, "translator"), editors)
            chapter = f"Chapter {work.chapter}" if work.chapter else ""
            part = joined("; ", chapter, f"p. {pages}" if pages else "")
            return sentences(_which(work), people, _imprint(work, date), part, _series(work))
        case _:
            return _other(work, date)


def _in_book(work: Work, date: str, pages: str) -> str:
    """Return `Gao S, Li M, editors. Book. 2nd ed. London: MIT Press; 2020. p. 45-67. (Series; 7)`."""
    editors = joined("; ", _people(work.editors, "editor"), _people(work.translators, "translator"))
    event = joined("; ", work.event, work.event_place) if work.event else ""
    chapter = f"Chapter {work.chapter}" if work.chapter and not pages else ""
    where = f"p. {pages}" if pages else chapter
    return sentences(
        editors, wording.container(work), event, _which(work), _imprint(work, date), where, _series(work)
    )


def _which(work: Work) -> str:
    """Return edition and volume, the volume of a series standing with that."""
    is_of_series = bool(work.series and not work.number)
    volume = f"Vol. {work.volume}" if work.volume and not is_of_series else ""
    return sentences(wording.edition(work, "ed."), volume)


def _imprint(work: Work, date: str) -> str:
    publisher = wording.book_publisher(work)
    return joined("; ", wording.at_place(publisher, work.place) if publisher else "", date)


def _series(work: Work) -> str:
    """Return `(Series of Things; no. 7)` or `(Series of Things; vol. 7)`."""
    if not work.series:
        return ""
    number = f"no. {work.number}" if work.number else f"vol. {work.volume}" if work.volume else ""
    return f"({joined('; ', work.series, number)})"


def _other(work: Work, date: str) -> str:
    publisher = work.institution or wording.distributor(work)
    imprint = joined("; ", wording.at_place(publisher, work.place) if publisher else "", date)
    match work.type:
        case "report":
            number = work.number
            return sentences(imprint, f"Report No.: {number}" if number else work.genre)
        case "standard" | "patent":
            return sentences(wording.report(work, word=work.type.capitalize()), imprint)
        case "software" | "dataset":
            return sentences(f"Version {wording.version(work)}" if work.version else "", imprint) + _cited(
                work
            )
        case "speech":
            event = joined("; ", work.event or wording.container(work), date, work.event_place or work.place)
            form = work.genre or "Paper"
            return f"{form} presented at: {event}" if work.event or wording.container(work) else event
        case "online":
            return joined("; ", wording.site(work), date) + _cited(work)
        case _:
            return imprint


def _cited(work: Work) -> str:
    cited = year_first(work.detail("accessed")) if work.link else ""
    return f" [cited {cited}]" if cited else ""


def _address(work: Work) -> str:
    if work.cited_doi:
        return f"doi: {work.cited_doi}"
    return f"Available from: {linked(work.url)}" if work.url else ""


def _names(byline: Byline) -> str:
    """Commas part persons; a semicolon stands beside an organisation."""
    names = ""
    shown = byline.names[:_NAMED]
    for place, author in enumerate(shown):
        is_beside_group = author.is_group or shown[place - 1].is_group
        names = joined("; " if is_beside_group else ", ", names, _name(author))
    if len(byline.names) > _NAMED or byline.is_partial:
        return f"{names}, et al."
    return names


def _name(author: Author) -> str:
    """Return `St John XJ 3rd`: two initials at most, and no stops (chapter 1)."""
    words = " ".join(word for word in author.given.split() if word not in PARTICLES)
    given = initials(words, dot="", between="", hyphen="").upper()[:2]
    suffix = author.suffix.rstrip(".")
    suffix = _ORDINALS.get(suffix.upper(), suffix)
    family = re.sub(r"(?<=\w)\.(?=[\s-]|$)", "", author.family)
    return author.name if is_whole(author) else joined(" ", family, given, suffix)
