"""MLA, 9th edition: works cited entries (MLA Handbook, chapter 5).

The list is in the order of authors, then titles; names are repeated in every entry where the handbook
would put dashes, so that each entry stands by itself.
"""

from __future__ import annotations

from papers_tui.index.cite import wording
from papers_tui.index.cite.dates import day_first, month_year
from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, inverted, listed, straight
from papers_tui.index.cite.pages import two_digits
from papers_tui.index.cite.prose import ended, joined, quoted, sentences, within_quotations
from papers_tui.index.cite.quotes import curled
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_STANDING_ALONE = frozenset(
    {"report", "software", "standard", "patent", "thesis", "phdthesis", "mastersthesis"}
)
"""What has its title in italics, as books have; all others are in quotation marks (chapter 5)."""


_IN_BOOKS = frozenset({Kind.INPROCEEDINGS, Kind.BOOK})


def mla(work: Work) -> str:
    """Return `Du, Xinrun, et al. “Title.” arXiv:2404.04167, arXiv, 5 Apr. 2024, https://doi.org/….`."""
    byline, is_edited = wording.leading(work)
    role = ("editors" if wording.is_several(byline) else "editor") if is_edited else ""
    names = joined(", ", wording.on_behalf(work, _names(byline)), role)
    first = wording.first_published(work)
    translated = "" if work.kind in _IN_BOOKS else wording.capital(_translated_by(work))
    rest = sentences(first, translated, *_containers(work), wording.remark(work))
    return within_quotations(joined(" ", ended(names), _title(work), rest))


def _names(byline: Byline) -> str:
    """Of three authors or more only the first is named (section 5.7)."""
    if not byline.names:
        return ""
    first = byline.names[0]
    name = inverted(first, first.given)
    if len(byline.names) > 2 or byline.is_partial:
        return f"{name}, et al."
    if len(byline.names) == 1:
        return name
    return f"{name}, and {straight(byline.names[1], byline.names[1].given)}"


def _edited_by(work: Work) -> str:
    """Editors beside authors, after the title of the book."""
    if not work.editors.names or wording.leading(work)[1]:
        return ""
    return f"edited by {_as_read(work.editors)}"


def _translated_by(work: Work) -> str:
    return f"translated by {_as_read(work.translators)}" if work.translators.names else ""


def _as_read(byline: Byline) -> str:
    names = [straight(person, person.given) for person in byline.names]
    is_short = len(names) < 3 and not byline.is_partial
    return listed(names, two=" and ", last="") if is_short else f"{names[0]} et al."


def _title(work: Work) -> str:
    is_alone = work.kind is Kind.BOOK or (work.kind is Kind.OTHER and work.type in _STANDING_ALONE)
    return ended(italic(curled(work.marked_title))) if is_alone else quoted(work.marked_title, ".")


def _containers(work: Work) -> tuple[str, ...]:
    """Return what follows the title: its container, and after a stop what is no part of that."""
    pages = work.labelled_pages(two_digits(wording.cited_pages(work)), "article")
    venue, link = italic(wording.container(work)), linked(work.link)
    volume = f"vol. {work.volume}" if work.volume else ""
    to_come = wording.undated(work, to_come="forthcoming", unknown="")
    day = day_first(work.date, short=True)
    match work.kind:
        case Kind.ARTICLE:
            issue = f"no. {work.issue}" if work.issue else ""
            date = day if work.is_in_newspaper else month_year(work.appeared, short=True)
            return (joined(", ", venue, volume, issue, date or to_come, pages, link),)
        case Kind.INPROCEEDINGS | Kind.BOOK:
            release = wording.edition(work, "ed.").replace("Rev.", "rev.")
            series = joined(" ", work.series, work.number)
            if work.series and not work.number:
                series, volume = joined(" ", work.series, work.volume), ""
            publisher = wording.book_publisher(work)
            chapter = f"ch. {work.chapter}" if work.chapter and (work.kind is Kind.BOOK or not pages) else ""
            imprint = joined(", ", publisher, wording.own_year(work, to_come), chapter, pages, link)
            book = joined(", ", venue, _edited_by(work), _translated_by(work), release, volume, imprint)
            return (book if venue else wording.capital(book)), series
        case Kind.PREPRINT:
            return (joined(", ", wording.deposit(work), work.repository, day, link),)
        case _:
            return _other(work, link)


def _other(work: Work, link: str) -> tuple[str, ...]:
    """Return what follows the title of a work that is in no journal or book, as far as it is known."""
    date = day_first(work.date, short=True) or wording.undated(work, to_come="forthcoming", unknown="")
    if work.is_thesis:
        name = wording.thesis(work, doctor="PhD dissertation", master="Master’s thesis")
        return work.year() or date, joined(", ", work.institution, name), link
    match work.type:
        case "report" | "standard" | "patent":
            number = (
                wording.report(work, word=work.type.capitalize(), mark=" no. ") if work.number else work.genre
            )
            return (joined(", ", number, work.institution or wording.distributor(work), date, link),)
        case "software" | "dataset":
            release = f"Version {wording.version(work)}" if work.version else ""
            return (joined(", ", release, wording.distributor(work), date, link),)
        case "unpublished":
            return joined(", ", work.institution, date, link), wording.manuscript(work)
        case "speech":
            event, place = work.event or wording.container(work), work.event_place or work.place
            return joined(", ", event, date, place, link), work.genre or "Conference presentation"
        case _:
            publisher = work.publisher if wording.container(work) else ""
            accessed = day_first(work.detail("accessed"), short=True) if link else ""
            page = joined(", ", italic(wording.container(work)) or wording.site(work), publisher, date, link)
            return page if wording.site(work) else wording.capital(
                page
            ), f"Accessed {accessed}" if accessed else ""
