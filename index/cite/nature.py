"""Nature: numbered references (formatting guide for authors)."""

from __future__ import annotations

from papers_tui.index.cite.emphasis import bold, italic, linked
from papers_tui.index.cite.names import Byline, initials, inverted, listed
from papers_tui.index.cite.prose import ended, joined
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 5
"""Of more than five authors the first is named."""


def nature(work: Work) -> str:
    """Return `Du, X. & Yu, Z. Title. Preprint at https://doi.org/… (2024).`."""
    title = italic(work.title) if work.kind is Kind.BOOK else work.title
    opening = joined(" ", ended(_names(work.byline)), title if work.kind is Kind.BOOK else ended(title))
    return joined(" ", opening, ended(_container(work)))


def _container(work: Work) -> str:
    year = f"({work.year()})" if work.year() else ""
    link = linked(work.link)
    match work.kind:
        case Kind.ARTICLE:
            place = joined(", ", joined(" ", italic(work.venue), bold(work.volume)), work.pages)
            return joined(" ", place, "" if work.pages else link, year)
        case Kind.INPROCEEDINGS | Kind.BOOK:
            place = f"In {italic(work.venue)}" if work.kind is Kind.INPROCEEDINGS else ""
            imprint = joined(", ", work.publisher, work.year())
            link = "" if work.pages else link
            return joined(" ", place, work.pages, link, f"({imprint})" if imprint else "")
        case Kind.PREPRINT:
            return joined(" ", "Preprint at", link or work.repository, year)
        case _:
            return joined(" ", italic(work.venue) or work.publisher, link, year)


def _names(byline: Byline) -> str:
    names = [inverted(author, initials(author.given), before_suffix=" ") for author in byline.names]
    if len(names) > _NAMED or byline.is_partial:
        return f"{names[0]} {italic('et al.')}"
    return listed(names, two=" & ", last=" & ")
