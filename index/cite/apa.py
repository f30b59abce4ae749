"""APA, 7th edition: reference list entries (Publication Manual, chapters 9 and 10)."""

from __future__ import annotations

from papers_tui.index.cite.dates import month_first
from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, initials, inverted, listed
from papers_tui.index.cite.prose import ended, joined, sentences
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 20
"""Up to twenty authors are all named; of more, the first nineteen and the last (section 9.8)."""


def apa(work: Work) -> str:
    """Return `Du, X., & Yu, Z. (2024). Title (arXiv:2404.04167). arXiv. https://doi.org/…`."""
    names = _names(work.byline)
    title = _title(work)
    date = f"({_date(work)})."
    opening = f"{ended(names)} {date} {ended(title)}" if names else f"{ended(title)} {date}"
    return joined(" ", opening, sentences(_container(work)), linked(work.link))


def _names(byline: Byline) -> str:
    names = [inverted(author, initials(author.given)) for author in byline.names]
    if byline.is_partial:
        return ", ".join([*names, "et al."])
    if len(names) > _NAMED:
        return ", ".join(names[: _NAMED - 1]) + ", . . . " + names[-1]
    return listed(names, two=", & ", last=", & ")


def _title(work: Work) -> str:
    """Works that stand alone are in italics; parts of journals and proceedings are not (section 6.22)."""
    if work.kind in {Kind.ARTICLE, Kind.INPROCEEDINGS}:
        return work.title
    number = f"({work.eprint})" if work.kind is Kind.PREPRINT and work.eprint else ""
    return joined(" ", italic(work.title), number)


def _date(work: Work) -> str:
    """Works that are neither periodicals nor preprints show the day, as web pages do (section 9.14)."""
    year = work.year("n.d.")
    day = month_first(work.paper.published, with_year=False) if work.kind is Kind.OTHER else ""
    return joined(", ", year, day)


def _container(work: Work) -> str:
    match work.kind:
        case Kind.ARTICLE:
            issue = f"({work.issue})" if work.issue else ""
            journal = italic(joined(", ", work.venue, work.volume)) + issue
            return joined(", ", journal, f"Article {work.pages}" if work.has_article_number else work.pages)
        case Kind.INPROCEEDINGS:
            pages = work.labelled_pages(work.pages, "Article")
            place = joined(" ", f"In {italic(work.venue)}", f"({pages})" if pages else "")
            return sentences(place, work.publisher)
        case Kind.PREPRINT:
            return work.repository
        case _:
            return work.publisher or work.venue
