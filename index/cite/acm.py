"""ACM: the reference format of the Digital Library, numbered in the order given.

The format names every author, however many there are.
"""

from __future__ import annotations

from typing import Final

from papers_tui.index.cite.dates import parts
from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, listed, straight
from papers_tui.index.cite.prose import ended, joined, sentences
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_MONTHS: Final = (
    *("Jan.", "Feb.", "March", "April", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
"""As ACM-Reference-Format.bst abbreviates them."""


def acm(work: Work) -> str:
    """Return `Xinrun Du and Zhouliang Yu. 2024. Title. arXiv:2404.04167. Retrieved from https://…`."""
    year = work.year("[n. d.]")
    names = names_in_full(work.byline)
    title = ended(italic(work.title) if work.kind is Kind.BOOK else work.title)
    opening = joined(" ", ended(names), ended(year), title) if names else joined(" ", title, ended(year))
    return joined(" ", opening, ended(_container(work)), _address(work))


def _container(work: Work) -> str:
    match work.kind:
        case Kind.ARTICLE:
            published = work.appeared
            date = f"({_month_year(published)})" if published else ""
            article = f"Article {work.pages}" if work.has_article_number else ""
            numbers = joined(", ", work.volume, work.issue, article)
            place = joined(" ", italic(work.venue), numbers, date)
            return joined(", ", place, "" if article else work.pages)
        case Kind.INPROCEEDINGS:
            return joined(" ", ended(f"In {italic(work.venue)}"), joined(", ", work.publisher, work.pages))
        case Kind.PREPRINT:
            return work.eprint or work.repository
        case _:
            return sentences(italic(work.venue), work.publisher).rstrip(".")


def _month_year(published: str) -> str:
    year, *month = parts(published[:7])
    return f"{_MONTHS[month[0] - 1]} {year}" if month else str(year)


def _address(work: Work) -> str:
    if work.publisher_doi and work.kind is not Kind.PREPRINT:
        return linked(work.link)
    return f"Retrieved from {linked(work.address)}" if work.address else ""


def names_in_full(byline: Byline) -> str:
    """Return all names as they are read: `A B, C D, Jr., and E F`."""
    names = full_names(byline)
    return f"{', '.join(names)} et al." if byline.is_partial else listed(names, two=" and ", last=", and ")


def full_names(byline: Byline) -> list[str]:
    """Return each name as it is read, as BibTeX styles write it: `Martin Luther King, Jr.`."""
    return [straight(author, author.given, before_suffix=", ") for author in byline.names]
