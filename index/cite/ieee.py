"""IEEE: numbered references (IEEE Reference Style Guide for Authors)."""

from __future__ import annotations

import re
from typing import Final

from papers_tui.index.cite import wording
from papers_tui.index.cite.dates import month_first, month_year
from papers_tui.index.cite.emphasis import ends_in_link, italic, linked
from papers_tui.index.cite.names import Byline, initials, listed, straight
from papers_tui.index.cite.prose import ended, joined, quoted, sentences
from papers_tui.index.cite.quotes import curled
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 6
"""Of more than six authors the first is named."""

_TECHNICAL: Final = re.compile(r"^Technical Report\b", re.IGNORECASE)


def ieee(work: Work) -> str:
    """Return `X. Du and Z. Yu, “Title,” Apr. 5, 2024, arXiv:2404.04167.`."""
    byline, is_edited = wording.leading(work)
    role = ("Eds." if wording.is_several(byline) else "Ed.") if is_edited else ""
    names = joined(", ", wording.on_behalf(work, _names(byline)), role)
    online = _online(work)
    if work.kind is Kind.BOOK or (work.kind is Kind.OTHER and work.type in {"software", "standard"}):
        reference = joined(", ", names, _standing_alone(work))
        reference = sentences(reference, wording.remark(work)) if work.remark else reference
    else:
        is_in_book = work.kind is Kind.INPROCEEDINGS
        translators = "" if is_in_book else _translators(work)
        rest = joined(", ", translators, *_container(work), work.remark.strip(" .,;:"))
        end = "." if not rest else "" if work.title.endswith(("?", "!")) else ","
        reference = joined(" ", joined(", ", names, quoted(work.marked_title, end)), rest)
    reference = joined(" ", ended(reference) if online else reference, online)
    return reference if ends_in_link(reference) else ended(reference)


def _names(byline: Byline) -> str:
    names = [straight(author, initials(author.given)) for author in byline.names]
    if len(names) > _NAMED or byline.is_partial:
        return f"{names[0]} {italic('et al.')}"
    return listed(names, two=" and ", last=", and ")


def _editors(work: Work) -> str:
    role = "Eds." if wording.is_several(work.editors) else "Ed."
    return f"{_names(work.editors)}, {role}" if work.editors.names and not wording.leading(work)[1] else ""


def _translators(work: Work) -> str:
    return f"{_names(work.translators)}, Trans." if work.translators.names else ""


def _doi(work: Work) -> str:
    return f"doi: {work.publisher_doi}" if work.publisher_doi else ""


def _online(work: Work) -> str:
    """An address ends the reference without a full stop; what has a DOI or is at arXiv needs none."""
    if work.publisher_doi or work.eprint or not work.url:
        return ""
    accessed = month_first(work.detail("accessed"), short=True)
    opening = f"Accessed: {accessed}. " if accessed else ""
    return f"{opening}[Online]. Available: {linked(work.url)}"


def _container(work: Work) -> tuple[str, ...]:
    to_come = wording.undated(work, to_come="to be published", unknown="")
    day = month_first(work.date, short=True) or to_come
    pages = work.labelled_pages(work.pages, "Art. no.")
    venue, doi = italic(wording.container(work)), _doi(work)
    date = month_year(work.appeared, short=True) or to_come
    match work.kind:
        case Kind.ARTICLE:
            volume = f"vol. {work.volume}" if work.volume else ""
            issue = f"no. {work.issue}" if work.issue else ""
            date = day if work.is_in_newspaper else date
            located = (date, pages) if work.has_article_number else (pages, date)
            return (venue, volume, issue, *located, doi or work.eprint)
        case Kind.INPROCEEDINGS if work.is_chapter:
            chapter = f"ch. {work.chapter}" if work.chapter else ""
            return _imprint(work, joined(" ", "in", _book(work))), chapter, pages, doi or work.eprint
        case Kind.INPROCEEDINGS:
            publisher = wording.book_publisher(work)
            place = work.event_place or ("" if publisher else work.place)
            publisher = publisher if place else wording.at_place(publisher, work.place)
            return f"in {_book(work)}", place, publisher, date, pages, doi or work.eprint
        case Kind.PREPRINT:
            return day, wording.deposit(work) or work.repository, "" if work.eprint else doi
        case _:
            return (*_other(work, day), doi or work.eprint)


def _book(work: Work) -> str:
    """Return `Title (Series of Things), vol. 3, S. Gao and M. Li, Eds., 2nd ed.`."""
    series = joined(", no. ", work.series, work.number) if work.series else ""
    title = (
        italic(wording.container(work))
        if work.kind is Kind.INPROCEEDINGS
        else italic(curled(work.marked_title))
    )
    volume = f"vol. {work.volume}" if work.volume else ""
    title = joined(" ", title, f"({series})" if series else "")
    return joined(", ", title, volume, _editors(work), _translators(work), wording.edition(work, "ed."))


def _imprint(work: Work, book: str) -> str:
    """Return a book and, after a stop, where and by whom it was published, and when."""
    publisher = wording.book_publisher(work)
    year = work.year(wording.undated(work, to_come="to be published", unknown=""))
    imprint = joined(", ", wording.at_place(publisher, work.place), year)
    return joined(" ", ended(book), imprint) if imprint else book


def _standing_alone(work: Work) -> str:
    """Return a book, a program or a standard, its title in italics, and what follows it."""
    day = month_first(work.date, short=True)
    match work.type if work.kind is Kind.OTHER else "":
        case "software":
            release = f"(version {wording.version(work)})" if work.version else ""
            title = joined(" ", italic(curled(work.marked_title)), release)
            parts = (title, f"({day})" if day else "", wording.distributor(work), _doi(work))
            return " ".join(ended(part) for part in parts if part)
        case "standard":
            number = wording.report(work, word="Standard")
            return joined(", ", italic(curled(work.marked_title)), number, work.publisher, day, _doi(work))
        case _:
            chapter = f"ch. {work.chapter}" if work.chapter and work.kind is Kind.BOOK else ""
            pages = (
                work.labelled_pages(wording.cited_pages(work), "Art. no.") if work.kind is Kind.BOOK else ""
            )
            return joined(", ", _imprint(work, _book(work)), chapter, pages, _doi(work))


def _other(work: Work, day: str) -> tuple[str, ...]:
    date = month_year(work.date, short=True)
    if work.is_thesis:
        name = wording.thesis(work, doctor="Ph.D. dissertation", master="Master’s thesis")
        return name, work.institution, work.place, work.year()
    found: tuple[str, ...]
    match work.type:
        case "report":
            number = _TECHNICAL.sub("Tech. Rep.", wording.report(work, word="Rep."))
            found = work.institution or work.publisher, work.place, number, date
        case "patent":
            found = wording.report(work, word="Patent"), day
        case "dataset":
            found = f"version {wording.version(work)}" if work.version else "", wording.distributor(work), day
        case "unpublished":
            form = wording.manuscript(work)
            found = work.institution, date, "unpublished" if form.startswith("Unpub") else form.lower()
        case "speech":
            event = work.event or wording.container(work)
            found = f"presented at {event}" if event else "", work.event_place or work.place, day
        case "online":
            found = wording.site(work), day
        case _:
            found = italic(wording.container(work)), wording.issuer(work), day
    return found
