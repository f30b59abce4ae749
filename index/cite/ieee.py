"""IEEE: numbered references (IEEE Reference Style Guide for Authors)."""

from __future__ import annotations

from papers_tui.index.cite.dates import month_first, month_year
from papers_tui.index.cite.emphasis import ends_in_link, italic, linked
from papers_tui.index.cite.names import Byline, initials, listed, straight
from papers_tui.index.cite.prose import ended, joined, quoted
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 6
"""Of more than six authors the first is named."""


def ieee(work: Work) -> str:
    """Return `X. Du and Z. Yu, “Title,” Apr. 5, 2024, arXiv:2404.04167.`."""
    rest = joined(", ", *_container(work))
    names = _names(work.byline)
    if work.kind is Kind.BOOK:
        return _ended(joined(", ", names, joined(". ", italic(work.title), rest)))
    end = "." if not rest else "" if work.title.endswith(("?", "!")) else ","
    return _ended(joined(" ", joined(", ", names, quoted(work.title, end)), rest))


def _ended(reference: str) -> str:
    """An address ends the reference without a full stop."""
    return reference if ends_in_link(reference) else ended(reference)


def _container(work: Work) -> tuple[str, ...]:
    published = work.paper.published
    pages = work.labelled_pages(work.pages, "Art. no.")
    doi = f"doi: {work.publisher_doi}" if work.publisher_doi else ""
    online = f"[Online]. Available: {linked(work.url)}" if work.url and not doi else ""
    venue = italic(work.venue)
    match work.kind:
        case Kind.ARTICLE:
            volume = f"vol. {work.volume}" if work.volume else ""
            issue = f"no. {work.issue}" if work.issue else ""
            date = month_year(work.appeared, short=True)
            located = (date, pages) if work.has_article_number else (pages, date)
            return (venue, volume, issue, *located, doi or work.eprint or online)
        case Kind.INPROCEEDINGS:
            date = month_year(work.appeared, short=True)
            return (f"in {venue}", work.publisher, date, pages, doi or work.eprint or online)
        case Kind.PREPRINT:
            number = work.eprint or work.repository
            return (month_first(published, short=True), number, "" if work.eprint else doi or online)
        case Kind.BOOK:
            return (work.publisher or venue, work.year(), doi or online)
        case _:
            return (venue, work.publisher, month_first(published, short=True), doi or online)


def _names(byline: Byline) -> str:
    names = [straight(author, initials(author.given)) for author in byline.names]
    if len(names) > _NAMED or byline.is_partial:
        return f"{names[0]} {italic('et al.')}"
    return listed(names, two=" and ", last=", and ")
