"""Chicago, 18th edition: author-date, and notes with their bibliography (chapters 13 and 14)."""

from __future__ import annotations

from papers_tui.index.cite.dates import month_first
from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, inverted, listed, straight
from papers_tui.index.cite.pages import chicago as shortened
from papers_tui.index.cite.prose import ended, joined, quoted, sentences
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 6
_NAMED_OF_MORE = 3
"""Up to six authors are all named; of more, the first three (section 13.107)."""


def author_date(work: Work) -> str:
    """Return a reference list entry: `Du, Xinrun. 2024. “Title.” Preprint, arXiv, April 5. https://doi.org/….`."""
    year = work.year("n.d.")
    title = _title(work, ".")
    names = names_for_list(work.byline)
    opening = f"{ended(names)} {ended(year)} {title}" if names else f"{title} {ended(year)}"
    match work.kind:
        case Kind.ARTICLE:
            issue = f"({work.issue})" if work.issue else ""
            rest = _located(joined(" ", italic(work.venue), work.volume, issue), work)
        case Kind.INPROCEEDINGS:
            rest = sentences(_in_proceedings(work), work.publisher)
        case Kind.PREPRINT:
            rest = joined(
                ", ", "Preprint", work.repository, month_first(work.paper.published, with_year=False)
            )
        case Kind.BOOK:
            rest = joined(", ", italic(work.venue), work.publisher)
        case _:
            day = month_first(work.paper.published, with_year=False)
            rest = joined(", ", italic(work.venue), work.publisher, day)
    return joined(" ", opening, sentences(rest, linked(work.link)))


def bibliography_entry(work: Work) -> str:
    """Return a bibliography entry: `Du, Xinrun. “Title.” Preprint, arXiv, April 5, 2024. https://doi.org/….`."""
    opening = joined(" ", ended(names_for_list(work.byline)), _title(work, "."))
    year = work.year()
    match work.kind:
        case Kind.INPROCEEDINGS:
            rest = sentences(_in_proceedings(work), joined(", ", work.publisher, year))
        case Kind.PREPRINT:
            rest = joined(", ", "Preprint", work.repository, month_first(work.paper.published))
        case _:
            rest = _dated(work)
    return joined(" ", opening, sentences(rest, linked(work.link)))


def note(work: Work) -> str:
    """Return a full note: `Xinrun Du et al., “Title,” preprint, arXiv, April 5, 2024, https://doi.org/….`."""
    names = _names_in_note(work.byline)
    match work.kind:
        case Kind.INPROCEEDINGS:
            imprint = joined(", ", work.publisher, work.year())
            place = joined(" ", f"in {italic(work.venue)}", f"({imprint})" if imprint else "")
            rest = joined(", ", place, shortened(work.pages))
        case Kind.PREPRINT:
            rest = joined(", ", "preprint", work.repository, month_first(work.paper.published))
        case Kind.BOOK:
            imprint = joined(", ", work.publisher, work.year())
            place = joined(" ", italic(work.title), f"({imprint})" if imprint else "")
            return ended(joined(", ", names, place, linked(work.link)))
        case _:
            rest = _dated(work)
    rest = joined(", ", rest, linked(work.link))
    return ended(joined(" ", joined(", ", names, _title(work, "," if rest else ".")), rest))


def _title(work: Work, end: str) -> str:
    return ended(italic(work.title)) if work.kind is Kind.BOOK else quoted(work.title, end)


def _in_proceedings(work: Work) -> str:
    return joined(", ", f"In {italic(work.venue)}", shortened(work.pages))


def _dated(work: Work) -> str:
    """Return where it appeared, with the date in the place that notes give it."""
    if work.kind is Kind.ARTICLE:
        number = f"no. {work.issue}" if work.issue else ""
        year = work.year() if work.appeared else ""
        place = joined(", ", joined(" ", italic(work.venue), work.volume), number)
        return _located(joined(" ", place, f"({year})" if year else ""), work)
    return joined(", ", italic(work.venue), work.publisher, month_first(work.paper.published))


def _located(place: str, work: Work) -> str:
    if not work.pages:
        return place
    pages = shortened(work.pages)
    return f"{place}: {pages}" if work.volume or work.issue else f"{place}, {pages}"


def names_for_list(byline: Byline) -> str:
    """Return the names of an entry in a list: the first family name first, the others as they are read."""
    if not byline.names:
        return ""
    first, *others = byline.names
    names = [inverted(first, first.given), *(straight(author, author.given) for author in others)]
    if byline.is_partial:
        return ", ".join([*names[:_NAMED_OF_MORE], "et al."])
    if len(names) > _NAMED:
        return ", ".join([*names[:_NAMED_OF_MORE], "et al."])
    is_turned = "," in names[0]
    return listed(names, two=", and " if is_turned else " and ", last=", and ")


def _names_in_note(byline: Byline) -> str:
    """Notes name two authors; of more, the first (section 13.78)."""
    names = [straight(author, author.given) for author in byline.names]
    if len(names) > 2 or byline.is_partial:
        return f"{names[0]} et al."
    return listed(names, two=" and ", last=", and ")
