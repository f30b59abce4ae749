"""Harvard, as Cite Them Right (12th edition) has it.

The guide asks for the day on which a page was read; the program does not know it, and leaves it out.
"""

from __future__ import annotations

from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, initials, inverted, listed
from papers_tui.index.cite.prose import ended, joined, single_quoted
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 3
"""Of four authors or more the first is named."""


def harvard(work: Work) -> str:
    """Return `Du, X. et al. (2024) ‘Title’, arXiv [Preprint]. Available at: https://doi.org/….`."""
    title = italic(work.title) if work.kind is Kind.BOOK else single_quoted(work.title, ",")
    date = f"({work.year('no date')})"
    names = _names(work.byline)
    opening = f"{names} {date} {title}" if names else f"{title} {date}"
    available = f"Available at: {linked(work.link)}" if work.link else ""
    return joined(" ", ended(_contained(opening, work)), ended(available))


def _contained(opening: str, work: Work) -> str:
    pages = work.labelled_pages(work.pages, "article")
    venue = italic(work.venue)
    match work.kind:
        case Kind.ARTICLE:
            issue = f"({work.issue})" if work.issue else ""
            return joined(", ", opening, venue, work.volume + issue, pages)
        case Kind.INPROCEEDINGS:
            place = joined(", ", opening, f"in {venue}")
            return (
                f"{ended(place)} {joined(', ', work.publisher, pages)}"
                if work.publisher
                else joined(", ", place, pages)
            )
        case Kind.PREPRINT:
            return joined(", ", opening, joined(" ", italic(work.repository), "[Preprint]"))
        case Kind.BOOK:
            return f"{ended(opening)} {work.publisher}".rstrip()
        case _:
            return joined(", ", opening, venue, work.publisher)


def _names(byline: Byline) -> str:
    names = [inverted(author, initials(author.given, between="")) for author in byline.names]
    if len(names) > _NAMED or byline.is_partial:
        return f"{names[0]} {italic('et al.')}"
    return listed(names, two=" and ", last=" and ")
