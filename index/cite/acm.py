"""ACM: the reference format of the Digital Library, numbered in the order given.

The format names every author, however many there are.
"""

from __future__ import annotations

from typing import Final

from papers_tui.index.cite import wording
from papers_tui.index.cite.dates import month_first, parts
from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, listed, straight
from papers_tui.index.cite.prose import ended, joined, sentences
from papers_tui.index.cite.quotes import curled
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_MONTHS: Final = (
    *("Jan.", "Feb.", "March", "April", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
"""As ACM-Reference-Format.bst abbreviates them."""

_UPRIGHT: Final = frozenset({"", "online", "unpublished", "speech", "patent", "dataset"})
"""What has its title upright, as articles have; books, theses, reports and programs have it in italics."""


def acm(work: Work) -> str:
    """Return `Xinrun Du and Zhouliang Yu. 2024. Title. arXiv:2404.04167. Retrieved from https://…`."""
    byline, is_edited = wording.leading(work)
    names = joined(" ", wording.on_behalf(work, names_in_full(byline)), _role(byline) if is_edited else "")
    year = wording.capital(work.year(wording.undated(work, to_come="To appear", unknown="[n. d.]")))
    title = ended(_title(work))
    opening = joined(" ", ended(names), ended(year), title) if names else joined(" ", title, ended(year))
    translators = _translators(work) if work.kind not in {Kind.BOOK, Kind.INPROCEEDINGS} else ""
    text = joined(" ", opening, sentences(translators, _container(work)), _address(work))
    return joined(" ", text, ended(wording.remark(work)))


def _role(byline: Byline) -> str:
    return "(Eds.)" if wording.is_several(byline) else "(Ed.)"


def _translators(work: Work) -> str:
    return f"{names_in_full(work.translators)} (Trans.)" if work.translators.names else ""


def _title(work: Work) -> str:
    title = curled(work.marked_title)
    if work.kind is Kind.BOOK:
        return joined(" ", italic(title), _edition(work))
    is_upright = work.kind is not Kind.OTHER or work.type in _UPRIGHT
    return title if is_upright else italic(title)


def _edition(work: Work) -> str:
    """Return `(2nd. ed.)`, with the stop that ACM's examples have."""
    text = wording.edition(work, "ed.")
    return f"({text.replace(' ed.', '. ed.') if text[:1].isdigit() else text})" if text else ""


def _container(work: Work) -> str:
    match work.kind:
        case Kind.ARTICLE:
            published = work.appeared
            date = f"({_shown(published, work)})" if published else ""
            article = f"Article {work.pages}" if work.has_article_number else ""
            numbers = joined(", ", work.volume, work.issue, article)
            place = joined(" ", italic(wording.container(work)), numbers, date)
            return joined(", ", place, "" if article else work.pages)
        case Kind.INPROCEEDINGS:
            editors = joined(" ", names_in_full(work.editors), _role(work.editors))
            conference = "" if work.is_chapter else _conference(work)
            book = joined(" ", "In", italic(wording.container(work)), _edition(work), conference)
            book = joined(", ", book, editors if work.editors.names else "", _translators(work))
            chapter = f"Chapter {work.chapter}" if work.chapter else ""
            series = _series(work) if work.is_chapter or not work.series else ""
            return sentences(book, series, joined(", ", _publisher(work), chapter, _where(work)))
        case Kind.PREPRINT:
            return wording.deposit(work) or work.repository
        case Kind.BOOK:
            editors = joined(" ", names_in_full(work.editors), _role(work.editors))
            has_editors = work.editors.names and not wording.leading(work)[1]
            people = joined(", ", editors if has_editors else "", _translators(work))
            chapter = f"Chapter {work.chapter}" if work.chapter else ""
            imprint = joined(", ", _publisher(work), chapter, wording.cited_pages(work))
            return sentences(people, _series(work), imprint)
        case _:
            return _other(work)


def _conference(work: Work) -> str:
    """Return where a conference was held and the series of its proceedings: `(Rome, Italy) (BAR ’19)`."""
    series = curled(_series(work)) if work.series else ""
    return joined(" ", *(f"({text})" for text in (work.event_place, series) if text))


def _where(work: Work) -> str:
    """Return the pages of a paper in proceedings, or its number with how many it has."""
    if not work.has_article_number:
        return work.pages
    count = work.detail("page_total")
    return joined(", ", f"Article {work.pages}", f"{count} pages" if count.isdecimal() else "")


def _series(work: Work) -> str:
    """Return `Series of Things, Vol. 7`, or the volume of a work that has several."""
    if work.series:
        number = work.number or work.volume
        return joined(", ", work.series, f"Vol. {number}" if number else "")
    return f"Vol. {work.volume}" if work.volume else ""


def _publisher(work: Work) -> str:
    publisher = wording.book_publisher(work)
    return joined(", ", publisher, work.place) if publisher else ""


def _other(work: Work) -> str:
    if work.is_thesis:
        name = wording.thesis(work, doctor="Ph.D. Dissertation", master="Master’s thesis")
        return sentences(name, joined(", ", work.institution, work.place))
    match work.type:
        case "report":
            publisher = work.institution or work.publisher
            number = wording.report(work, word="Technical Report") or "Technical Report"
            found = sentences(number, joined(", ", publisher, work.place))
        case "standard" | "patent":
            found = sentences(wording.report(work, word=work.type.capitalize()), wording.distributor(work))
        case "software" | "dataset":
            found = sentences(
                f"Version {wording.version(work)}" if work.version else "", wording.distributor(work)
            )
        case "unpublished":
            found = sentences(wording.manuscript(work), work.institution)
        case "speech":
            event = joined(", ", work.event or wording.container(work), work.event_place or work.place)
            form = work.genre or "Presentation"
            found = f"{form} at {event}" if event else form
        case "online":
            found = wording.site(work)
        case _:
            found = sentences(italic(wording.container(work)), wording.issuer(work)).rstrip(".")
    return found


def _shown(published: str, work: Work) -> str:
    """Return `May 2020`, or the day of a newspaper."""
    year, *later = parts(published if work.is_in_newspaper else published[:7])
    date = " ".join([*(_MONTHS[month - 1] for month in later[:1]), *map(str, later[1:])])
    return joined(", " if len(later) > 1 else " ", date, str(year))


def _address(work: Work) -> str:
    if work.publisher_doi and work.kind is not Kind.PREPRINT:
        return linked(work.link)
    accessed = month_first(work.detail("accessed"))
    retrieved = joined(" ", "Retrieved", accessed, "from")
    return f"{retrieved} {linked(work.address)}" if work.address else ""


def names_in_full(byline: Byline) -> str:
    """Return all names as they are read: `A B, C D, Jr., and E F`."""
    names = full_names(byline)
    return f"{', '.join(names)} et al." if byline.is_partial else listed(names, two=" and ", last=", and ")


def full_names(byline: Byline) -> list[str]:
    """Return each name as it is read, as BibTeX styles write it: `Martin Luther King, Jr.`."""
    return [straight(author, author.given, before_suffix=", ") for author in byline.names]
