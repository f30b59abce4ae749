"""Nature: numbered references (formatting guide for authors)."""

from __future__ import annotations

from papers_tui.index.cite import wording
from papers_tui.index.cite.emphasis import bold, italic, linked
from papers_tui.index.cite.names import Byline, initials, inverted, listed
from papers_tui.index.cite.prose import ended, joined
from papers_tui.index.cite.quotes import curled
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 5
"""Of more than five authors the first is named."""


def nature(work: Work) -> str:
    """Return `Du, X. & Yu, Z. Title. Preprint at https://doi.org/… (2024).`."""
    byline, is_edited = wording.leading(work)
    names = wording.on_behalf(work, _names(byline))
    names = f"{names} ({'eds' if wording.is_several(byline) else 'ed.'})" if is_edited else ended(names)
    title = curled(work.marked_title)
    if work.kind is Kind.BOOK:
        return joined(" ", names, italic(title), ended(_book(work)))
    is_report = work.kind is Kind.OTHER and work.type in {"report", "standard"}
    title = ended(italic(title) if is_report else title)
    translators = "" if work.kind is Kind.INPROCEEDINGS else _translators(work)
    return joined(" ", names, title, ended(joined(" ", translators, _container(work))))


def _names(byline: Byline) -> str:
    names = [inverted(author, initials(author.given), before_suffix=" ") for author in byline.names]
    if len(names) > _NAMED or byline.is_partial:
        return f"{names[0]} {italic('et al.')}"
    return listed(names, two=" & ", last=" & ")


def _year(work: Work) -> str:
    return work.year(wording.undated(work, to_come="in the press", unknown=""))


def _in_parentheses(text: str) -> str:
    return f"({text})" if text else ""


def _container(work: Work) -> str:
    year = _in_parentheses(_year(work))
    link = linked(work.link)
    match work.kind:
        case Kind.ARTICLE:
            volume = joined(" ", italic(wording.container(work)), bold(work.volume))
            place = joined(", " if work.volume else " ", volume, work.pages)
            return joined(" ", place, "" if work.pages else link, year)
        case Kind.INPROCEEDINGS:
            return joined(" ", f"In {italic(wording.container(work))}", _book(work))
        case Kind.PREPRINT:
            number = wording.deposit(work)
            release = f"{number}," if number != work.eprint else ""
            return joined(" ", "Preprint at", joined(" ", release, link) or work.repository, year)
        case _:
            return _other(work, link)


def _book(work: Work) -> str:
    """Return what follows a title: `2nd edn, Vol. 3 (eds Gao, S. & Li, M.) 45–67 (MIT Press, 2020)`."""
    volume = f"Vol. {work.volume}" if work.volume else ""
    if work.series:
        volume = joined(" ", work.series, volume) if not work.number else joined(", ", volume, _series(work))
    editors = "" if wording.leading(work)[1] or not work.editors.names else _names(work.editors)
    role = "eds" if wording.is_several(work.editors) else "ed."
    chapter = f"Ch. {work.chapter}" if work.chapter else ""
    publisher = wording.book_publisher(work)
    return joined(
        " ",
        joined(", ", wording.edition(work, "edn"), volume),
        _in_parentheses(joined(" ", role, editors)) if editors else "",
        _translators(work),
        joined(", ", chapter, wording.cited_pages(work)),
        "" if work.pages else linked(work.link),
        _in_parentheses(joined(", ", publisher, work.place if publisher else "", _year(work))),
    )


def _translators(work: Work) -> str:
    return f"(transl. {_names(work.translators)})" if work.translators.names else ""


def _series(work: Work) -> str:
    return f"{work.series} {work.number}"


def _other(work: Work, link: str) -> str:
    year = _in_parentheses(_year(work))
    if work.is_thesis:
        name = wording.thesis(work, doctor="PhD thesis", master="Master’s thesis")
        return joined(" ", joined(", ", name, work.institution), year)
    match work.type:
        case "report" | "standard" | "patent":
            number = wording.report(work, word=work.type.capitalize())
            publisher = work.institution or wording.distributor(work)
            imprint = _in_parentheses(joined(", ", publisher, _year(work)))
            return joined(" ", number, joined("; ", imprint, link))
        case "unpublished":
            return joined(" ", wording.manuscript(work), link, year)
        case "software" | "dataset":
            release = f"Version {wording.version(work)}" if work.version else ""
            return joined(" ", ended(release), italic(wording.distributor(work)), link, year)
        case "speech":
            event = joined(", ", work.event or wording.container(work), work.event_place or work.place)
            return joined(" ", f"Paper presented at {event}" if event else "", link, year)
        case _:
            return joined(" ", italic(wording.container(work)) or wording.issuer(work), link, year)
