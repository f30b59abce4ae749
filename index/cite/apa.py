"""APA, 7th edition: reference list entries (Publication Manual, chapters 9 and 10)."""

from __future__ import annotations

from papers_tui.index.cite import wording
from papers_tui.index.cite.dates import month_first
from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, initials, inverted, listed, straight
from papers_tui.index.cite.prose import ended, joined, sentences, within_quotations
from papers_tui.index.cite.quotes import curled
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 20
"""Up to twenty authors are all named; of more, the first nineteen and the last (section 9.8)."""


def apa(work: Work) -> str:
    """Return `Du, X., & Yu, Z. (2024). Title (arXiv:2404.04167). arXiv. https://doi.org/…`."""
    byline, is_edited = wording.leading(work)
    role = ("(Eds.)" if wording.is_several(byline) else "(Ed.)") if is_edited else ""
    names = joined(" ", wording.on_behalf(work, _names(byline)), role)
    title = _title(work)
    date = f"({_date(work)})."
    opening = f"{ended(names)} {date} {ended(title)}" if names else f"{ended(title)} {date}"
    first = wording.first_published(work)
    original = f"(Original work published {first})" if first else ""
    return within_quotations(joined(" ", opening, sentences(*_source(work)), _link(work), original))


def _names(byline: Byline) -> str:
    names = [inverted(author, initials(author.given)) for author in byline.names]
    if byline.is_partial:
        return ", ".join([*names, "et al."])
    if len(names) > _NAMED:
        return ", ".join(names[: _NAMED - 1]) + ", . . . " + names[-1]
    return listed(names, two=", & ", last=", & ")


def _as_read(byline: Byline) -> str:
    """Editors of what a work is in, or of a book beside its authors, and translators: `S. Gao & M. Li`."""
    names = [straight(person, initials(person.given)) for person in byline.names]
    return f"{names[0]} et al." if byline.is_partial else listed(names, two=" & ", last=", & ")


def _title(work: Work) -> str:
    """Works that stand alone are in italics; parts of journals and of books are not (section 6.22)."""
    title = curled(work.marked_title)
    if work.kind in {Kind.ARTICLE, Kind.INPROCEEDINGS}:
        translators = _translators(work)
        return joined(" ", title, f"({translators})" if translators else "")
    number, form = _number(work), _form(work)
    return joined(
        " ",
        italic(_in_series(work, title) if work.kind is Kind.BOOK else title),
        f"({number})" if number else "",
        f"[{form}]" if form else "",
    )


def _in_series(work: Work, title: str) -> str:
    """A book numbered in a series is a volume of it: `Lecture notes: Vol. 9562. Title` (10.2)."""
    is_numbered = bool(work.number) != bool(work.volume)
    return (
        f"{work.series}: Vol. {wording.volume_of_series(work)}. {title}"
        if work.series and is_numbered
        else title
    )


def _volume(work: Work) -> str:
    """The volume of a work in several, where it is not that of a series."""
    is_of_series = work.series and not work.number
    return f"Vol. {work.volume}" if work.volume and not is_of_series else ""


def _translators(work: Work) -> str:
    """Return `H. Weaver, Trans.`, which stands after the title of what they translated (10.2, 10.3)."""
    return f"{_as_read(work.translators)}, Trans." if work.translators.names else ""


def _number(work: Work) -> str:
    """What stands in parentheses after a title: who translated it, edition and volume, number (9.19)."""
    if work.kind is not Kind.BOOK:
        return joined("; ", _translators(work), _number_of_other(work))
    _, is_edited = wording.leading(work)
    role = "Eds." if wording.is_several(work.editors) else "Ed."
    editors = f"{_as_read(work.editors)}, {role}" if work.editors.names and not is_edited else ""
    chapter = f"Chapter {work.chapter}" if work.chapter else ""
    pages = work.labelled_pages(wording.cited_pages(work), "Article")
    which = joined(", ", wording.edition(work, "ed."), _volume(work), chapter, pages)
    return joined("; ", editors, _translators(work), which)


def _number_of_other(work: Work) -> str:
    match work.type if work.kind is Kind.OTHER else work.kind:
        case Kind.PREPRINT:
            return wording.deposit(work)
        case "report":
            return wording.report(work, word="Report", mark=" No. ") if work.number else ""
        case "patent" | "standard":
            return wording.report(work, word=work.type.capitalize(), mark=" No. ") if work.number else ""
        case "software" | "dataset":
            return f"Version {wording.version(work)}" if work.version else ""
        case _:
            return ""


def _form(work: Work) -> str:
    """What stands in brackets after a title: the form of works that are not of the usual ones (9.21)."""
    if work.is_thesis:
        name = wording.thesis(work, doctor="Doctoral dissertation", master="Master’s thesis")
        return joined(", ", name, work.institution)
    match work.type if work.kind is Kind.OTHER else "":
        case "report":
            found = "" if work.number else wording.report(work, word="")
        case "software":
            found = "Computer software"
        case "dataset":
            found = "Data set"
        case "unpublished":
            found = wording.manuscript(work)
        case "speech":
            found = work.genre or "Conference presentation"
        case _:
            found = ""
    return found


def _date(work: Work) -> str:
    """Web pages, talks, newspapers and what is of no sort show the day (section 9.14)."""
    year = work.year(wording.undated(work, to_come="in press", unknown="n.d."))
    is_of_day = work.kind is Kind.OTHER and work.type in {"", "online", "speech"}
    has_day = is_of_day or work.is_in_newspaper
    return joined(", ", year, month_first(work.date, with_year=False) if has_day else "")


def _source(work: Work) -> tuple[str, ...]:
    match work.kind:
        case Kind.ARTICLE:
            issue = f"({work.issue})" if work.issue else ""
            journal = italic(joined(", ", wording.container(work), work.volume)) + (
                issue if work.volume or not issue else f", {issue}"
            )
            return (
                joined(", ", journal, f"Article {work.pages}" if work.has_article_number else work.pages),
            )
        case Kind.INPROCEEDINGS:
            return _in_book(work), _unless_author(work, wording.book_publisher(work))
        case Kind.PREPRINT:
            return (work.repository,)
        case Kind.BOOK:
            return (_unless_author(work, wording.book_publisher(work)),)
        case _:
            return (_unless_author(work, _source_of_other(work)),)


def _in_book(work: Work) -> str:
    """Return `In S. Gao & M. Li (Eds.), Title (2nd ed., Vol. 3, pp. 45–67)` (sections 9.28, 10.3)."""
    role = "(Eds.)" if wording.is_several(work.editors) else "(Ed.)"
    editors = f"{_as_read(work.editors)} {role}," if work.editors.names else ""
    pages = work.labelled_pages(work.pages, "Article")
    chapter = f"Chapter {work.chapter}" if work.chapter and not pages else ""
    which = joined(", ", wording.edition(work, "ed."), _volume(work), chapter, pages)
    book = italic(_in_series(work, wording.container(work)))
    return joined(" ", "In", editors, book, f"({which})" if which else "")


def _source_of_other(work: Work) -> str:
    if work.is_thesis:
        return ""
    match work.type:
        case "report" | "unpublished":
            return work.institution or work.publisher
        case "speech":
            return joined(", ", work.event or wording.container(work), work.event_place or work.place)
        case _:
            return wording.distributor(work)


def _unless_author(work: Work, name: str) -> str:
    """Who published a work and wrote it too is named once (section 9.29)."""
    return "" if [name] == [author.name for author in wording.leading(work)[0].names] else name


def _link(work: Work) -> str:
    """A page without a date may change: it was retrieved on some day (section 9.16)."""
    accessed = work.detail("accessed")
    if accessed and not work.date and work.link and work.type == "online":
        return f"Retrieved {month_first(accessed)}, from {linked(work.link)}"
    return linked(work.link)
