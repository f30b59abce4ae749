"""Chicago, 18th edition: author-date, and the bibliography beside notes (chapters 13 and 14)."""

from __future__ import annotations

from papers_tui.index.cite import wording
from papers_tui.index.cite.chicago_imprints import (
    chapter_and_pages,
    in_book,
    in_dated_journal,
    in_journal,
    manuscript_of,
    names_as_read,
    presented,
    series,
    stands_alone,
    translated_by,
)
from papers_tui.index.cite.dates import month_first, month_year
from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, inverted, listed, straight
from papers_tui.index.cite.prose import ended, joined, quoted, sentences, within_quotations
from papers_tui.index.cite.quotes import curled
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 6
_NAMED_OF_MORE = 3
"""Up to six authors are all named; of more, the first three (section 13.107)."""


def author_date(work: Work) -> str:
    """Return a reference list entry: `Du, Xinrun. 2024. “Title.” Preprint, arXiv, April 5. https://doi.org/….`."""
    year = work.year(wording.undated(work, to_come="forthcoming", unknown="n.d."))
    title, names = title_of(work), _leading(work)
    if first := wording.first_published(work):
        year = f"({first}) {year}"
    if names:
        year = year if year.startswith("n.d.") else year[:1].upper() + year[1:]
    opening = f"{ended(names)} {ended(year)} {title}" if names else f"{title} {ended(year)}"
    rest = _rest(work, day=month_first(work.date, with_year=False), year=None)
    return within_quotations(joined(" ", opening, sentences(_translated(work), *rest, linked(work.link))))


def bibliography_entry(work: Work) -> str:
    """Return a bibliography entry: `Du, Xinrun. “Title.” Preprint, arXiv, April 5, 2024. https://doi.org/….`."""
    year = work.year(wording.undated(work, to_come="forthcoming", unknown=""))
    rest = _rest(work, day=month_first(work.date) or year, year=year)
    text = sentences(_translated(work), *rest, linked(work.link))
    return within_quotations(joined(" ", ended(_leading(work)), title_of(work), text))


def _translated(work: Work) -> str:
    """Who translated an article or what is in no book; others are named with the book."""
    is_in_book = work.kind in {Kind.INPROCEEDINGS, Kind.BOOK}
    return "" if is_in_book else translated_by(work, "Translated by")


def _rest(work: Work, *, day: str, year: str | None) -> tuple[str, ...]:
    """Return what follows the title, `day` and `year` being what of the date is not said before it."""
    if work.kind is Kind.ARTICLE:
        return (
            in_journal(work, month_year(work.appeared).rpartition(" ")[0])
            if year is None
            else in_dated_journal(work, year),
        )
    first = wording.first_published(work) if year is not None else ""
    year = year or ""
    match work.kind:
        case Kind.INPROCEEDINGS:
            book = joined(" ", "In", in_book(work, edited="edited by", translated="translated by"))
            year = year and wording.own_year(work, year)
            if not wording.book_publisher(work):
                return (joined(", ", sentences(book, series(work), first).rstrip("."), year),)
            return book, series(work), first, joined(", ", wording.book_publisher(work), year)
        case Kind.PREPRINT:
            return (joined(", ", "Preprint", _repository(work), day),)
        case Kind.BOOK:
            return *_editions(work), series(work), first, joined(", ", wording.book_publisher(work), year)
        case _:
            return _other(work, day=day, year=year)


def _other(work: Work, *, day: str, year: str) -> tuple[str, ...]:
    if work.is_thesis:
        name = wording.thesis(work, doctor="PhD diss.", master="Master’s thesis")
        return (joined(", ", name, work.institution, year),)
    accessed = month_first(work.detail("accessed")) if not work.date and work.link else ""
    found: tuple[str, ...]
    match work.type:
        case "report" | "standard" | "patent":
            number = wording.report(work, word=work.type.capitalize())
            publisher = work.institution or wording.distributor(work)
            if work.type == "patent":
                return (joined(", ", number, publisher, f"issued {day}" if day else ""),)
            found = number, joined(", ", publisher, year)
        case "software" | "dataset":
            word = "V." if work.type == "software" else "Version"
            release = f"{word} {wording.version(work)}" if work.version else ""
            released = f"released {day}" if day and work.type == "software" else day
            given_out = joined(", ", wording.distributor(work), released)
            found = release, wording.capital(given_out)
        case "unpublished":
            found = (joined(", ", manuscript_of(work), day),)
        case "speech":
            found = (joined(", ", presented(work), day),)
        case _:
            found = (
                joined(", ", wording.site(work), day if wording.site(work) else wording.capital(day)),
                f"Accessed {accessed}" if accessed else "",
            )
    return found


def _editions(work: Work) -> tuple[str, ...]:
    """Return edition, editors beside authors, translators, volume and chapter, each a sentence."""
    editors = ""
    if work.editors.names and not wording.leading(work)[1]:
        editors = f"Edited by {names_as_read(work.editors)}"
    is_of_series = bool(work.series and not work.number)
    volume = f"Vol. {work.volume}" if work.volume and not is_of_series else ""
    translated = translated_by(work, "Translated by")
    return wording.edition(work, "ed."), editors, translated, volume, wording.capital(chapter_and_pages(work))


def title_of(work: Work, end: str = ".") -> str:
    """Return the title in italics with a stop, or in quotation marks with `end`."""
    return ended(italic(curled(work.marked_title))) if stands_alone(work) else quoted(work.marked_title, end)


def _repository(work: Work) -> str:
    number = wording.deposit(work)
    return number if number != work.eprint else work.repository


def _leading(work: Work) -> str:
    byline, is_edited = wording.leading(work)
    role = ("eds." if wording.is_several(byline) else "ed.") if is_edited else ""
    return joined(", ", wording.on_behalf(work, names_for_list(byline)), role)


def names_for_list(byline: Byline) -> str:
    """Return the names of an entry in a list: the first family name first, the others as they are read."""
    if not byline.names:
        return ""
    first, *others = byline.names
    names = [inverted(first, first.given), *(straight(author, author.given) for author in others)]
    if byline.is_partial or len(names) > _NAMED:
        return ", ".join([*names[:_NAMED_OF_MORE], "et al."])
    is_turned = "," in names[0]
    return listed(names, two=", and " if is_turned else " and ", last=", and ")
