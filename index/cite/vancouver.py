"""Vancouver, as the National Library of Medicine has it (Citing Medicine, 2nd edition)."""

from __future__ import annotations

import re
from typing import Final

from papers_tui.index.authors import Author
from papers_tui.index.cite.dates import year_first
from papers_tui.index.cite.emphasis import linked
from papers_tui.index.cite.names import Byline, initials, inverted
from papers_tui.index.cite.pages import minimal
from papers_tui.index.cite.prose import ended, joined
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 6
"""Of more than six authors the first six are named."""

_ABBREVIATED: Final = re.compile(r"\.(?=\s|$)")
"""The points after abbreviated words of a journal's name, which are left out."""

_ORDINALS: Final = {
    "II": "2nd",
    "III": "3rd",
    "IV": "4th",
    "V": "5th",
    "VI": "6th",
    "VII": "7th",
    "VIII": "8th",
}


def vancouver(work: Work) -> str:
    """Return `Du X, Yu Z. Title. arXiv:2404.04167 [Preprint]. 2024 Apr 5. doi: 10.48550/arXiv.2404.04167`."""
    opening = joined(" ", ended(_names(work.byline)), ended(work.title))
    return joined(" ", opening, ended(_container(work)), _address(work))


def _container(work: Work) -> str:
    date = year_first(work.date) or "[date unknown]"
    pages = minimal(work.pages).replace("–", "-")
    match work.kind:
        case Kind.ARTICLE:
            issue = f"({work.issue})" if work.issue else ""
            numbers = work.volume + issue
            when = joined(";", "" if work.date and not work.appeared else date, numbers)
            return joined(" ", ended(_ABBREVIATED.sub("", work.venue)), when + (f":{pages}" if pages else ""))
        case Kind.INPROCEEDINGS:
            imprint = joined("; ", work.publisher, date)
            return joined(" ", ended(f"In: {work.venue}"), ended(imprint), f"p. {pages}" if pages else "")
        case Kind.PREPRINT:
            place = joined(" ", work.eprint or work.repository, "[Preprint]")
            return f"{place}. {date}"
        case _:
            return joined("; ", work.publisher or work.venue, date)


def _address(work: Work) -> str:
    if work.cited_doi:
        return f"doi: {work.cited_doi}"
    return f"Available from: {linked(work.url)}" if work.url else ""


def _names(byline: Byline) -> str:
    """Commas part persons; a semicolon stands beside an organisation."""
    names = ""
    shown = byline.names[:_NAMED]
    for place, author in enumerate(shown):
        is_beside_group = author.is_group or shown[place - 1].is_group
        names = joined("; " if is_beside_group else ", ", names, _name(author))
    if len(byline.names) > _NAMED or byline.is_partial:
        return f"{names}, et al."
    return names


def _name(author: Author) -> str:
    """Return `Du XJ 3rd`: two initials at most, without stops."""
    given = initials(author.given, dot="", between="", hyphen="")
    given = "".join(char for char in given if not char.islower())[:2] if author.given.isascii() else given[:2]
    suffix = author.suffix.rstrip(".")
    plain = Author(author.family, author.given, _ORDINALS.get(suffix.upper(), suffix), author.is_group)
    return inverted(plain, given, comma=" ", before_suffix=" ")
