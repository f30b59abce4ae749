"""MLA, 9th edition: works cited entries (MLA Handbook, chapter 5).

The list is in the order of authors, then titles; names are repeated in every entry where the handbook
would put dashes, so that each entry stands by itself.
"""

from __future__ import annotations

from papers_tui.index.cite.dates import day_first, month_year
from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, inverted, straight
from papers_tui.index.cite.pages import two_digits
from papers_tui.index.cite.prose import ended, joined, quoted
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind


def mla(work: Work) -> str:
    """Return `Du, Xinrun, et al. “Title.” arXiv:2404.04167, arXiv, 5 Apr. 2024, https://doi.org/….`."""
    is_book = work.kind is Kind.BOOK
    title = ended(italic(work.title)) if is_book else quoted(work.title, ".")
    return joined(" ", ended(_names(work.byline)), title, ended(_container(work)))


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


def _container(work: Work) -> str:
    pages = work.labelled_pages(two_digits(work.pages), "article")
    venue, link = italic(work.venue), linked(work.link)
    published = work.paper.published
    match work.kind:
        case Kind.ARTICLE:
            volume = f"vol. {work.volume}" if work.volume else ""
            issue = f"no. {work.issue}" if work.issue else ""
            return joined(", ", venue, volume, issue, month_year(work.appeared, short=True), pages, link)
        case Kind.INPROCEEDINGS | Kind.BOOK:
            return joined(", ", venue, work.publisher, work.year(), pages, link)
        case Kind.PREPRINT:
            return joined(", ", work.eprint, work.repository, day_first(published, short=True), link)
        case _:
            return joined(", ", venue, work.publisher, day_first(published, short=True), link)
