"""The same paper from two places becomes one, with the best of each.

`merge` is idempotent and absorbing: merging in again what has been merged before changes nothing. Each
choice between two values therefore follows an order that does not depend on which came last, or falls to
the value that was there first. No identifier, link, category or source is ever lost.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import count
from types import MappingProxyType
from typing import Any, Final

from papers_tui.index.details import united
from papers_tui.index.paper import Kind, Paper
from papers_tui.index.text import fold

_ARXIV_DOI: Final = "10.48550/arxiv."
_CUT: Final = ("…", "...")
_SCHEME: Final = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_FILLED: Final = ("organization", "code", "arxiv_id", "added")
_PUBLICATION: Final = ("venue", "volume", "issue", "pages", "publisher")
_PUBLISHED: Final = frozenset((Kind.ARTICLE, Kind.INPROCEEDINGS, Kind.BOOK))
_COUNTS: Final = ("comments", "upvotes", "stars")


def merge(old: Paper, new: Paper) -> Paper:
    """Return the best of two descriptions of one paper; `old` was known before."""
    if old == new:
        return old
    fields: dict[str, Any] = {name: _filled(old, new, name) for name in _FILLED}
    # An older page may be imported after a newer one, and counts grow: the larger one is the newer one.
    fields |= {name: _largest((getattr(old, name), getattr(new, name))) for name in _COUNTS}
    fields |= _titles(old, new) | _abstracts(old, new) | _people(old, new) | _publication(old, new)
    fields |= _dates(old, new, fields["venue"])
    fields["featured"] = _days(old, new)
    first, second = (new, old) if _authority(new) > _authority(old) and new.categories else (old, new)
    fields["categories"] = _union(first.categories, second.categories)
    fields["sources"] = _union(old.sources, new.sources)
    fields["doi"] = _better_doi(old.doi, new.doi)
    fields["urls"] = _links(old, new, fields["doi"])
    return replace(old, id=_id(old, fields), **fields)


def _authority(paper: Paper) -> int:
    """Order papers by how surely their source speaks of the paper itself."""
    return 2 if paper.arxiv_id else 1 if paper.doi else 0


def _id(old: Paper, fields: Mapping[str, Any]) -> str:
    if fields["arxiv_id"]:
        return f"arxiv:{fields['arxiv_id']}"
    return f"doi:{fields['doi']}" if fields["doi"] else old.id


def _filled(old: Paper, new: Paper, name: str) -> Any:
    value = getattr(old, name)
    return getattr(new, name) if value is None else value


def _largest(numbers: Iterable[int | None]) -> int | None:
    return max((number for number in numbers if number is not None), default=None)


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return (*first, *(item for item in dict.fromkeys(second) if item not in first))


def _days(old: Paper, new: Paper) -> tuple[str, ...]:
    more = set(new.featured).difference(old.featured)
    return tuple(sorted({*old.featured, *more})) if more else old.featured


def _titles(old: Paper, new: Paper) -> dict[str, Any]:
    def worth(paper: Paper) -> tuple[bool, bool, int]:
        return bool(paper.title), not paper.title.endswith(_CUT), _authority(paper)

    chosen = new if worth(new) > worth(old) else old
    return {"title": chosen.title, "source_title": chosen.source_title}


def _abstracts(old: Paper, new: Paper) -> dict[str, Any]:
    def worth(paper: Paper) -> tuple[bool, bool, bool, int]:
        text = paper.abstract
        return bool(text), paper.abstract_note is None, not text.endswith(_CUT), len(text)

    chosen = new if worth(new) > worth(old) else old
    return {name: getattr(chosen, name) for name in ("abstract", "abstract_note", "source_abstract")}


def _people(old: Paper, new: Paper) -> dict[str, Any]:
    def worth(paper: Paper) -> tuple[int, int]:
        return len(paper.authors), sum(len(author.given) for author in paper.authors)

    authors = (new if worth(new) > worth(old) else old).authors
    known = _largest((old.author_count, new.author_count))
    organization = _filled(old, new, "organization")
    handle = old.organization_handle
    if handle is None and new.organization == organization:
        handle = new.organization_handle
    return {
        "authors": authors,
        "author_count": None if known is None else max(known, len(authors)),
        "organization_handle": handle,
    }


def _published(old: Paper, new: Paper) -> str | None:
    """Prefer the more precise date, then that of the paper with an identifier, then the earlier one."""
    if not old.published or not new.published:
        return old.published or new.published
    old_worth, new_worth = (len(old.published), _authority(old)), (len(new.published), _authority(new))
    if old_worth == new_worth:
        return min(old.published, new.published)
    return new.published if new_worth > old_worth else old.published


def _dates(old: Paper, new: Paper, venue: str | None) -> dict[str, Any]:
    """Keep the date of the preprint apart from that of the version which a venue published."""
    appeared = _filled(old, new, "appeared")
    preprint, other = (old, new) if old.arxiv_id else (new, old)
    is_pair = bool(preprint.arxiv_id) and not other.arxiv_id and other.kind in _PUBLISHED
    if is_pair and other.venue and other.published and fold(other.venue) == fold(venue or ""):
        return {"published": preprint.published or other.published, "appeared": appeared or other.published}
    return {"published": _published(old, new), "appeared": appeared}


def _publication(old: Paper, new: Paper) -> dict[str, Any]:
    """Fill in one publication from another only where both are the same: pages belong to their venue."""
    ranks = {Kind.OTHER: 0, Kind.PREPRINT: 1}
    new_is_better = ranks.get(new.kind, 2) > ranks.get(old.kind, 2)
    kind = new.kind if new_is_better else old.kind
    if not old.venue or not new.venue or fold(old.venue) == fold(new.venue):
        first, second = (new, old) if new_is_better else (old, new)
        filled = {name: _filled(old, new, name) for name in _PUBLICATION}
        return {"kind": kind, "details": united(first.details, second.details), **filled}
    chosen = new if new_is_better else old
    return {"kind": kind} | {name: getattr(chosen, name) for name in (*_PUBLICATION, "details")}


def _better_doi(old: str | None, new: str | None) -> str | None:
    """Prefer a publisher's DOI to the one that arXiv derives from its id."""
    if not old or not new:
        return old or new
    return new if old.startswith(_ARXIV_DOI) and not new.startswith(_ARXIV_DOI) else old


def _links(old: Paper, new: Paper, doi: str | None) -> Mapping[str, str]:
    """Keep every link; one that differs from another of the same name gets a name with a number."""
    offered = list(new.urls.items())
    if old.code and new.code and _bare(old.code) != _bare(new.code):
        offered.append(("code", new.code))
    derived = {f"{_ARXIV_DOI}{paper.arxiv_id}" for paper in (old, new)}
    lost = {one for one in (old.doi, new.doi) if one and one != doi} - derived
    offered += [("doi", f"https://doi.org/{one}") for one in sorted(lost)]
    links = dict(old.urls)
    present = {_bare(address) for address in links.values()}
    for name, address in offered:
        if _bare(address) not in present:
            present.add(_bare(address))
            links[_free_name(name, links)] = address
    return MappingProxyType(links)


def _free_name(name: str, taken: Collection[str]) -> str:
    names = (name if number == 1 else f"{name} {number}" for number in count(1))
    return next(free for free in names if free not in taken)


def _bare(address: str) -> str:
    return _SCHEME.sub("", address).rstrip("/")
