"""Plain text, Markdown and HTML: references with a link, in which no markup of a title acts."""

from __future__ import annotations

from html import escape as html_escape

from papers_tui.index.cite import wording
from papers_tui.index.cite.acm import names_in_full
from papers_tui.index.cite.dates import day_first
from papers_tui.index.cite.emphasis import linked, markdown_text, written
from papers_tui.index.cite.links import in_parentheses
from papers_tui.index.cite.names import Byline, is_whole, unnamed
from papers_tui.index.cite.prose import ended, joined, sentences
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind


def plain(work: Work) -> str:
    """Return `Xinrun Du and Zhouliang Yu. Title. arXiv:2404.04167, 5 April 2024. https://doi.org/…`."""
    opening = joined(" ", ended(_names(work)), ended(work.marked_title))
    is_in_book = work.kind in {Kind.INPROCEEDINGS, Kind.BOOK}
    translated = "" if is_in_book else wording.capital(_translated_by(work))
    first = wording.first_published(work)
    published = joined(", ", _place(work), _date(work), f"first published {first}" if first else "")
    return joined(" ", opening, sentences(translated, published, wording.remark(work)), linked(work.link))


def _translated_by(work: Work) -> str:
    return f"translated by {names_in_full(work.translators)}" if work.translators.names else ""


def one_line_reference(work: Work) -> str:
    """Return `Du et al. (2024), Title, arXiv:2404.04167`."""
    names = _family_names(wording.leading(work)[0])
    year = work.year(wording.undated(work, to_come="in press", unknown=""))
    year = f"({year})" if year else ""
    remark = unnamed(work.paper)
    where = work.publisher_doi if work.kind is not Kind.PREPRINT else wording.deposit(work)
    place = where or work.eprint or work.url
    title = work.title.rstrip(" ,;:")
    opening = (joined(" ", names, year), title) if names else (joined(" ", title, year),)
    text = joined(", ", *opening, place, work.remark.strip(" .,;:"))
    return joined(" ", text, f"[{remark}]" if remark else "")


def _family_names(byline: Byline) -> str:
    """One name or two; of more, or where the source names only some, the first."""
    names = [author.name if is_whole(author) else author.family for author in byline.names]
    if len(names) > 2 or byline.is_partial:
        return f"{names[0]} et al."
    return " and ".join(names)


def markdown(work: Work) -> str:
    """Return a reference as Markdown: the title is the link, what it appeared in is in italics."""
    place = _place(work)
    in_italics = f"*{markdown_text(place)}*" if place else ""
    date = markdown_text(_date(work))
    return joined(
        " ",
        markdown_text(ended(_names(work))),
        ended(markdown_link(work)),
        ended(joined(", ", in_italics, date)),
    )


def html(work: Work) -> str:
    """Return a reference as HTML: the title is the link, what it appeared in is in italics."""
    place = _place(work)
    in_italics = f"<i>{html_escape(place)}</i>" if place else ""
    date = html_escape(_date(work))
    return joined(
        " ",
        html_escape(ended(_names(work))),
        ended(html_link(work)),
        ended(joined(", ", in_italics, date)),
        html_escape(ended(wording.remark(work))),
    )


def _names(work: Work) -> str:
    byline, is_edited = wording.leading(work)
    role = ("eds." if wording.is_several(byline) else "ed.") if is_edited else ""
    return joined(", ", wording.on_behalf(work, names_in_full(byline)), role)


def _date(work: Work) -> str:
    """The date; of works to come `in press`, unless a whole reference has the year already."""
    status = wording.undated(work, to_come="in press", unknown="")
    return day_first(work.appeared) or (status if _place(work) else wording.capital(status))


def markdown_link(work: Work) -> str:
    """Return `[Title](https://…)`, or the title alone where no address is known."""
    title = markdown_text(work.title)  # it is read back
    return f"[{title}]({in_parentheses(work.address)})" if work.address else title


def html_link(work: Work) -> str:
    """Return the title as a link, or alone where no address is known."""
    title = written(work.marked_title, "html")
    return f'<a href="{html_escape(work.address)}">{title}</a>' if work.address else title


def _place(work: Work) -> str:
    match work.kind:
        case Kind.PREPRINT:
            return wording.deposit(work) or work.repository
        case Kind.ARTICLE:
            volume = work.volume + (f"({work.issue})" if work.issue else "")
            return joined(", ", joined(" ", wording.container(work), volume), work.pages, work.publisher)
        case Kind.INPROCEEDINGS | Kind.BOOK:
            return _in_book(work)
        case _:
            return _other(work)


def _in_book(work: Work) -> str:
    """Return `Book, edited by A B, 2nd ed., vol. 3, Series 7, 45–67, MIT Press, London`."""
    has_editors = work.editors.names and not wording.leading(work)[1]
    is_of_series = bool(work.series and not work.number)
    publisher = wording.book_publisher(work)
    text = joined(
        ", ",
        wording.container(work),
        f"edited by {names_in_full(work.editors)}" if has_editors else "",
        _translated_by(work),
        wording.edition(work, "ed."),
        f"vol. {work.volume}" if work.volume and not is_of_series else "",
        joined(" ", work.series, work.number or work.volume) if work.series else "",
        f"chapter {work.chapter}" if work.chapter else "",
        wording.cited_pages(work),
        "" if publisher == wording.container(work) else publisher,
        work.place if publisher else "",
    )
    return text if wording.container(work) else wording.capital(text)


def _other(work: Work) -> str:
    """Return what a work is that is in no journal or book, and who stands behind it."""
    if work.is_thesis:
        name = wording.thesis(work, doctor="PhD thesis", master="Master’s thesis")
        return joined(", ", name, work.institution, work.place)
    match work.type:
        case "report" | "standard" | "patent":
            number = wording.report(work, word=work.type.capitalize())
            return joined(", ", number, work.institution or wording.distributor(work), work.place)
        case "software" | "dataset":
            form = joined(" version ", work.type.capitalize(), wording.version(work))
            return joined(", ", form, wording.distributor(work))
        case "unpublished":
            return joined(", ", wording.manuscript(work), work.institution)
        case "speech":
            return joined(
                ", ", work.genre, work.event or wording.container(work), work.event_place or work.place
            )
        case _:
            return joined(", ", wording.container(work), wording.issuer(work))
