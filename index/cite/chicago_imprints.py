"""What notes and lists of the Chicago Manual of Style, 18th edition, say in the same way: where a work is."""

from __future__ import annotations

from typing import Final

from papers_tui.index.cite.dates import month_first, month_year
from papers_tui.index.cite.emphasis import italic
from papers_tui.index.cite.names import Byline, listed, straight
from papers_tui.index.cite.pages import chicago as shortened
from papers_tui.index.cite.prose import joined
from papers_tui.index.cite.wording import cited_pages, container, edition, manuscript, undated
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_STANDING_ALONE: Final = frozenset({"report", "software", "standard"})

_NAMED: Final = 6
_NAMED_OF_MORE: Final = 3


def stands_alone(work: Work) -> bool:
    """Whether its title is in italics, as of books, reports and programs; not of theses and data."""
    return work.kind is Kind.BOOK or (work.kind is Kind.OTHER and work.type in _STANDING_ALONE)


def in_journal(work: Work, month: str) -> str:
    """Return `Journal 12 (3): 45–67`; where no issue has a number, the month tells which it is.

    Newspapers and magazines are cited by their day alone.
    """
    journal = italic(container(work))
    if work.is_in_newspaper:
        return joined(", ", journal, month_first(work.date, with_year=False), shortened(work.pages))
    if work.volume:
        which = work.issue or month
        return _at_pages(joined(" ", journal, work.volume, f"({which})" if which else ""), work)
    if work.issue:
        return _at_pages(joined(" ", f"{journal}, no. {work.issue}", f"({month})" if month else ""), work)
    return joined(", ", journal, month, shortened(work.pages))


def in_dated_journal(work: Work, year: str) -> str:
    """Return `Journal 12, no. 3 (2020): 45–67`, as notes and their bibliography have it."""
    if work.is_in_newspaper:
        return joined(", ", italic(container(work)), month_first(work.date) or year, shortened(work.pages))
    journal = joined(" ", italic(container(work)), work.volume)
    if work.date:
        dated = work.volume and work.issue
        year = (year if dated else month_year(work.appeared)) if work.appeared else ""
    if not work.volume and not work.issue:
        return joined(", ", journal, year, shortened(work.pages))
    place = joined(", ", journal, f"no. {work.issue}" if work.issue else "")
    return _at_pages(joined(" ", place, f"({year})" if year else ""), work)


def _at_pages(place: str, work: Work) -> str:
    is_clear = work.volume or place.endswith(")")
    return joined(": " if is_clear else ", ", place, shortened(work.pages))


def names_as_read(byline: Byline) -> str:
    """Return all names of editors or translators up to six, of more the first three."""
    names = [straight(person, person.given) for person in byline.names]
    if byline.is_partial or len(names) > _NAMED:
        return " ".join([", ".join(names[:_NAMED_OF_MORE]) + ("," if len(names) > 1 else ""), "et al."])
    return listed(names, two=" and ", last=", and ")


def translated_by(work: Work, translated: str) -> str:
    """Return `translated by A B and C D`, by the words that notes or lists have for it."""
    return f"{translated} {names_as_read(work.translators)}" if work.translators.names else ""


def chapter_and_pages(work: Work) -> str:
    """Return the part of a book that is cited: `chap. 3, 10–119`."""
    return joined(", ", f"chap. {work.chapter}" if work.chapter else "", shortened(cited_pages(work)))


def in_book(work: Work, *, edited: str, translated: str, with_pages: bool = True) -> str:
    """Return `Title, 2nd ed., edited by A B and C D, translated by E F, vol. 3, 45–67`."""
    editors = f"{edited} {names_as_read(work.editors)}" if work.editors.names else ""
    is_of_series = bool(work.series and not work.number)
    volume = f"vol. {work.volume}" if work.volume and not is_of_series else ""
    chapter = f"chap. {work.chapter}" if work.chapter and not work.pages else ""
    pages = shortened(work.pages) if with_pages else ""
    return joined(
        ", ",
        italic(container(work)),
        edition(work, "ed.").replace("Rev.", "rev."),
        editors,
        translated_by(work, translated),
        volume,
        chapter,
        pages,
    )


def series(work: Work) -> str:
    """Return the series of a book with the number that the book has in it: `Lecture Notes in Things 7`."""
    return joined(" ", work.series, work.number or work.volume) if work.series else ""


def presented(work: Work) -> str:
    """Return where a talk was given: `Paper presented at Conference on Things, Rome`."""
    place = joined(", ", work.event or container(work), work.event_place or work.place)
    return joined(" ", work.genre or "Paper", f"presented at {place}" if place else "presented")


def manuscript_of(work: Work) -> str:
    """Return what an unpublished work is, and where it lies."""
    status = undated(work, to_come="forthcoming", unknown="")
    return joined(", ", manuscript(work), work.institution, status)
