"""ACL: the references that the ACL style files make (acl_natbib.bst, 2025). A year not known is left out."""

from __future__ import annotations

from papers_tui.index.cite import wording
from papers_tui.index.cite.acm import full_names
from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, listed
from papers_tui.index.cite.prose import ended, joined, sentences
from papers_tui.index.cite.quotes import curled
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 20
_NAMED_OF_MORE = 19
"""Up to twenty authors are all named; of more, the first nineteen, and the others are counted."""


def acl(work: Work) -> str:
    """Return `Xinrun Du and Zhouliang Yu. 2024. Title. Preprint, arXiv:2404.04167.`."""
    byline, is_edited = wording.leading(work)
    year = ended(wording.capital(work.year(wording.undated(work, to_come="To appear", unknown=""))))
    names = wording.on_behalf(work, _names(byline))
    names = ended(joined(", ", names, _role(byline) if is_edited else ""))
    title = ended(_title(work))
    opening = (names, year, title) if names else (title, year)
    translated = f"Translated by {_names(work.translators)}" if work.translators.names else ""
    return joined(" ", *opening, sentences(translated, _container(work), wording.remark(work)))


def _role(byline: Byline) -> str:
    return "editors" if wording.is_several(byline) else "editor"


def _names(byline: Byline) -> str:
    names = full_names(byline)
    if byline.is_partial:
        return joined(", " if len(names) > 1 else " ", ", ".join(names[:_NAMED_OF_MORE]), "et al.")
    if len(names) > _NAMED:
        return ", ".join(names[:_NAMED_OF_MORE]) + f", and {len(names) - _NAMED_OF_MORE} others"
    return listed(names, two=" and ", last=", and ")


def _title(work: Work) -> str:
    """Books with edition and volume are in italics, and theses of doctors alone."""
    title = curled(work.marked_title)
    if work.kind is Kind.BOOK:
        chapter = f"chapter {work.chapter}" if work.chapter else ""
        return joined(
            ", ", italic(title), wording.edition(work, "edition"), _volume(work), chapter, _pages(work)
        )
    return italic(title) if work.is_thesis and work.type != "mastersthesis" else title


def _volume(work: Work) -> str:
    """Return `volume 3 of Series`."""
    return joined(" of ", f"volume {work.volume}", italic(work.series)) if work.volume else ""


def _number(work: Work, word: str) -> str:
    """Return `number 7 in Series` of what has no volume, or the series alone."""
    if work.volume or not work.series:
        return ""
    return f"{word} {work.number} in {work.series}" if work.number else work.series


def _pages(work: Work) -> str:
    pages = wording.cited_pages(work)
    label = "pages" if "–" in pages or "," in pages else "page"
    return f"{label} {pages}" if pages else ""


def _container(work: Work) -> str:
    match work.kind:
        case Kind.ARTICLE:
            issue = f"({work.issue})" if work.issue else ""
            numbers = work.volume + issue
            pages = f"{numbers}:{work.pages}" if work.pages else numbers
            found = joined(
                ", ",
                italic(wording.container(work)),
                pages if numbers else work.article_number or _pages(work),
            )
        case Kind.INPROCEEDINGS if work.is_chapter:
            found = _book_of_chapter(work)
        case Kind.INPROCEEDINGS:
            place = work.event_place or work.place
            which = (_volume(work), _number(work, "number"), _pages(work), place)
            found = sentences(
                joined(", ", f"In {italic(wording.container(work))}", *which), wording.book_publisher(work)
            )
        case Kind.PREPRINT:
            found = joined(", ", italic("Preprint"), wording.deposit(work) or work.repository)
        case Kind.BOOK:
            imprint = joined(", ", wording.book_publisher(work), work.place) or linked(work.link)
            found = sentences(_number(work, "Number"), imprint)
        case _:
            found = _other(work)
    return found


def _book_of_chapter(work: Work) -> str:
    editors = joined(", ", _names(work.editors), _role(work.editors)) if work.editors.names else ""
    book = joined(", ", f"In {editors}" if editors else "", italic(wording.container(work)))
    which = (
        wording.edition(work, "edition"),
        _volume(work),
        _number(work, "number"),
        f"chapter {work.chapter}" if work.chapter else "",
        _pages(work),
    )
    return sentences(
        joined(", ", book if editors else f"In {book}", *which),
        joined(", ", wording.book_publisher(work), work.place),
    )


def _other(work: Work) -> str:
    if work.is_thesis:
        name = wording.thesis(work, doctor="Ph.D. thesis", master="Master’s thesis")
        return joined(", ", name, work.institution, work.place)
    match work.type:
        case "report":
            number = wording.report(work, word="Technical Report") or "Technical report"
            found = joined(", ", number, work.institution or work.publisher, work.place)
        case "standard" | "patent":
            number = wording.report(work, word=work.type.capitalize())
            found = joined(", ", number, wording.distributor(work))
        case "unpublished":
            found = sentences(wording.manuscript(work), work.institution)
        case "speech":
            found = joined(", ", work.event or wording.container(work), work.event_place or work.place)
        case "software" | "dataset":
            release = f"Version {wording.version(work)}" if work.version else ""
            found = sentences(release, wording.distributor(work) or linked(work.link))
        case "online":
            found = sentences(italic(wording.container(work)), work.publisher, linked(work.link))
        case _:
            found = wording.issuer(work) or italic(wording.container(work)) or linked(work.link)
    return found
