"""ACL: the references that the ACL style files make (acl_natbib.bst, 2025). A year not known is left out."""

from __future__ import annotations

from papers_tui.index.cite.acm import full_names
from papers_tui.index.cite.emphasis import italic, linked
from papers_tui.index.cite.names import Byline, listed
from papers_tui.index.cite.prose import ended, joined, sentences
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind

_NAMED = 20
_NAMED_OF_MORE = 19
"""Up to twenty authors are all named; of more, the first nineteen, and the others are counted."""


def acl(work: Work) -> str:
    """Return `Xinrun Du and Zhouliang Yu. 2024. Title. Preprint, arXiv:2404.04167.`."""
    year = ended(work.year())
    names = ended(_names(work.byline))
    title = ended(italic(work.title) if work.kind is Kind.BOOK else work.title)
    opening = (names, year, title) if names else (title, year)
    return joined(" ", *opening, ended(_container(work)))


def _names(byline: Byline) -> str:
    names = full_names(byline)
    if byline.is_partial:
        return joined(", " if len(names) > 1 else " ", ", ".join(names[:_NAMED_OF_MORE]), "et al.")
    if len(names) > _NAMED:
        return ", ".join(names[:_NAMED_OF_MORE]) + f", and {len(names) - _NAMED_OF_MORE} others"
    return listed(names, two=" and ", last=", and ")


def _container(work: Work) -> str:
    match work.kind:
        case Kind.ARTICLE:
            issue = f"({work.issue})" if work.issue else ""
            numbers = work.volume + issue
            pages = f":{work.pages}" if numbers and work.pages else work.pages
            return joined(", ", italic(work.venue), numbers + pages)
        case Kind.INPROCEEDINGS:
            label = "pages" if "–" in work.pages or "," in work.pages else "page"
            pages = f"{label} {work.pages}" if work.pages else ""
            return sentences(joined(", ", f"In {italic(work.venue)}", pages), work.publisher)
        case Kind.PREPRINT:
            return joined(", ", "Preprint", work.eprint or work.repository)
        case _:
            return work.publisher or italic(work.venue) or linked(work.link)
