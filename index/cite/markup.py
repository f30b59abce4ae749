"""Plain text, Markdown and HTML: references with a link, in which no markup of a title acts."""

from __future__ import annotations

from html import escape as html_escape

from papers_tui.index.cite.acm import names_in_full
from papers_tui.index.cite.dates import day_first
from papers_tui.index.cite.emphasis import linked, markdown_text
from papers_tui.index.cite.links import in_parentheses
from papers_tui.index.cite.names import Byline, is_whole, unnamed
from papers_tui.index.cite.prose import ended, joined
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind


def plain(work: Work) -> str:
    """Return `Xinrun Du and Zhouliang Yu. Title. arXiv:2404.04167, 5 April 2024. https://doi.org/…`."""
    opening = joined(" ", ended(names_in_full(work.byline)), ended(work.title))
    return joined(
        " ", opening, ended(joined(", ", _place(work), day_first(work.appeared))), linked(work.link)
    )


def one_line_reference(work: Work) -> str:
    """Return `Du et al. (2024), Title, arXiv:2404.04167`."""
    names = _family_names(work.byline)
    year = f"({work.year()})" if work.date else ""
    remark = unnamed(work.paper)
    where = work.publisher_doi if work.kind is not Kind.PREPRINT else work.eprint
    place = where or work.eprint or work.url
    title = work.title.rstrip(" ,;:")
    opening = (joined(" ", names, year), title) if names else (joined(" ", title, year),)
    text = joined(", ", *opening, place)
    return joined(" ", text, f"[{remark}]" if remark else "")


def _family_names(byline: Byline) -> str:
    """One name or two; of more, or where the source names only some, the first."""
    names = [author.name if is_whole(author) else author.family for author in byline.names]
    if len(names) > 2 or byline.is_partial:
        return f"{names[0]} et al."
    return " and ".join(names)


def markdown(work: Work) -> str:
    """Return a reference as Markdown: the title is the link, what it appeared in is in italics."""
    names = markdown_text(ended(names_in_full(work.byline)))
    place = _place(work)
    in_italics = f"*{markdown_text(place)}*" if place else ""
    return joined(
        " ",
        names,
        ended(markdown_link(work)),
        ended(joined(", ", in_italics, day_first(work.appeared))),
    )


def html(work: Work) -> str:
    """Return a reference as HTML: the title is the link, what it appeared in is in italics."""
    names = html_escape(ended(names_in_full(work.byline)))
    place = _place(work)
    in_italics = f"<i>{html_escape(place)}</i>" if place else ""
    date = day_first(work.appeared)
    return joined(" ", names, ended(html_link(work)), ended(joined(", ", in_italics, date)))


def markdown_link(work: Work) -> str:
    """Return `[Title](https://…)`, or the title alone where no address is known."""
    title = markdown_text(work.title)
    return f"[{title}]({in_parentheses(work.address)})" if work.address else title


def html_link(work: Work) -> str:
    """Return the title as a link, or alone where no address is known."""
    title = html_escape(work.title)
    return f'<a href="{html_escape(work.address)}">{title}</a>' if work.address else title


def _place(work: Work) -> str:
    if work.kind is Kind.PREPRINT:
        return work.eprint or work.repository
    volume = work.volume + (f"({work.issue})" if work.issue else "")
    return joined(", ", joined(" ", work.venue, volume), work.pages, work.publisher)
