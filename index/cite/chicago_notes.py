"""Chicago, 18th edition: full notes (chapters 13 and 14)."""

from __future__ import annotations

from papers_tui.index.cite import wording
from papers_tui.index.cite.chicago import title_of
from papers_tui.index.cite.chicago_imprints import (
    chapter_and_pages,
    in_book,
    in_dated_journal,
    manuscript_of,
    presented,
    series,
    stands_alone,
    translated_by,
)
from papers_tui.index.cite.dates import month_first
from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, listed, straight
from papers_tui.index.cite.pages import chicago as shortened
from papers_tui.index.cite.prose import ended, joined, within_quotations
from papers_tui.index.cite.quotes import curled
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind


def note(work: Work) -> str:
    """Return a full note: `Xinrun Du et al., “Title,” preprint, arXiv, April 5, 2024, https://doi.org/….`."""
    byline, is_edited = wording.leading(work)
    role = ("eds." if wording.is_several(byline) else "ed.") if is_edited else ""
    names = joined(", ", wording.on_behalf(work, _names(byline)), role)
    if stands_alone(work):
        return within_quotations(ended(joined(", ", names, _standing_alone(work), linked(work.link))))
    to_come = wording.undated(work, to_come="forthcoming", unknown="")
    day = month_first(work.date) or to_come
    year = work.year(to_come)
    match work.kind:
        case Kind.ARTICLE:
            rest = in_dated_journal(work, year)
        case Kind.INPROCEEDINGS:
            imprint = _dated(work, joined(", ", wording.book_publisher(work), wording.own_year(work, year)))
            book = in_book(work, edited="ed.", translated="trans.", with_pages=False)
            book = joined(", ", book, series(work))
            place = joined(" ", f"in {book}", f"({imprint})" if imprint else "")
            rest = joined(", ", place, shortened(work.pages))
        case Kind.PREPRINT:
            number = wording.deposit(work)
            rest = joined(", ", "preprint", number if number != work.eprint else work.repository, day)
        case _:
            rest = _other(work, day)
    if work.kind is not Kind.INPROCEEDINGS:
        rest = joined(" " if rest.startswith("(") else ", ", translated_by(work, "trans."), rest)
    in_parentheses = rest.startswith("(")
    rest = joined(", ", rest, linked(work.link))
    title = title_of(work, "" if in_parentheses else "," if rest else ".")
    return within_quotations(ended(joined(" ", joined(", ", names, title), rest)))


def _standing_alone(work: Work) -> str:
    """Return title, edition and number, and in parentheses who published it when."""
    editors = ""
    if work.kind is Kind.BOOK and work.editors.names and not wording.leading(work)[1]:
        editors = f"ed. {_names(work.editors)}"
    is_of_series = bool(work.series and not work.number)
    volume = f"vol. {work.volume}" if work.volume and not is_of_series else ""
    number = wording.report(work, word=work.type.capitalize()) if work.type in {"report", "standard"} else ""
    release = f"v. {wording.version(work)}" if work.version else ""
    title = joined(
        ", ",
        italic(curled(work.marked_title)),
        wording.edition(work, "ed.").replace("Rev.", "rev."),
        editors,
        translated_by(work, "trans."),
        volume,
        series(work),
        number,
        release,
    )
    year = work.year(wording.undated(work, to_come="forthcoming", unknown=""))
    is_book = work.kind is Kind.BOOK
    publisher = wording.book_publisher(work) if is_book else work.institution or wording.distributor(work)
    if work.type == "software" and work.date:
        year = f"released {month_first(work.date)}"
    imprint = _dated(work, joined(", ", publisher, year))
    title = joined(" ", title, f"({imprint})" if imprint else "")
    return joined(", ", title, chapter_and_pages(work) if is_book else "")


def _dated(work: Work, imprint: str) -> str:
    """Return `1966; University of Things, 1978` where the work first appeared in another year."""
    return joined("; ", wording.first_published(work), imprint)


def _other(work: Work, day: str) -> str:
    if work.is_thesis:
        name = wording.thesis(work, doctor="PhD diss.", master="master’s thesis")
        return f"({joined(', ', name, work.institution, work.year())})"
    accessed = month_first(work.detail("accessed")) if not work.date and work.link else ""
    match work.type:
        case "patent":
            return joined(
                ", ",
                wording.report(work, word="Patent"),
                wording.distributor(work),
                f"issued {day}" if day else "",
            )
        case "dataset":
            release = f"version {wording.version(work)}" if work.version else ""
            return joined(", ", release, wording.distributor(work), day)
        case "unpublished":
            return joined(", ", _small(manuscript_of(work)), day)
        case "speech":
            return joined(", ", _small(presented(work)), day)
        case _:
            return joined(", ", wording.site(work), day, f"accessed {accessed}" if accessed else "")


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _names(byline: Byline) -> str:
    """Notes name two authors; of more, the first (section 13.78)."""
    names = [straight(author, author.given) for author in byline.names]
    if len(names) > 2 or byline.is_partial:
        return f"{names[0]} et al."
    return listed(names, two=" and ", last=", and ")
