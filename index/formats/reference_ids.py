"""Identifiers and addresses as references name them: arXiv's ids in running text, links that tell more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from papers_tui.index import identity
from papers_tui.index.formats.fields import link

_NUMBER: Final = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7}"
_NAMED: Final = re.compile(
    rf"(?:\barxiv(?:\.org/(?:abs|pdf|html)/|\s*(?:preprint\s+)?(?:arxiv)?\s*[:.]?\s*)|\babs/)(?P<id>{_NUMBER})"
    r"(?:v\d+)?(?![\d.]\d)",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(
    rf"\s*(?:https?://)?(?:arxiv\.org/abs/|arxiv\s*(?:preprint\s*)?(?:arxiv\s*)?:?\s*)(?:{_NUMBER})(?:v\d+)?"
    r"\s*(?:\[[\w.\-, ]*\])?\s*\.?\s*",
    re.IGNORECASE,
)
_OF_ITSELF: Final = re.compile(r"\s*(?:(?:https?://)?(?:www\.)?arxiv|corr\b|abs/)", re.IGNORECASE)
"""How a text begins that tells where the paper itself is: other ids in a note are those of other papers."""

_VERSION: Final = re.compile(r"[\d/]\d{4,7}v(\d{1,3})(?!\d)")
_MONTH: Final = re.compile(r"(?:.*/)?(\d\d)(0[1-9]|1[0-2])")


def arxiv_named(text: str) -> str | None:
    """Return the arXiv id that a text names, as `arXiv preprint arXiv:1706.03762` does, or None."""
    found = _NAMED.search(text)
    return identity.arxiv_id(found["id"]) if found else None


def arxiv_of_itself(text: str) -> str | None:
    """Return the arXiv id that a text names if it begins by saying where the paper itself is."""
    return arxiv_named(text) if _OF_ITSELF.match(text) else None


def is_arxiv_alone(text: str) -> bool:
    """Tell whether a text is nothing but an arXiv id that it calls so."""
    return _ALONE.fullmatch(text) is not None


def arxiv_version(text: str) -> str:
    """Return the version that an arXiv id names: `2` of `1706.03762v2`; empty where it names none."""
    found = _VERSION.search(text)
    return found[1] if found else ""


def arxiv_month(arxiv_id: str) -> str | None:
    """Return the month of the deposit, which an id begins with: `2017-06` of `1706.03762`."""
    found = _MONTH.match(arxiv_id)
    if found is None:
        return None
    return f"{'19' if found[1] > '90' else '20'}{found[1]}-{found[2]}"


def links(addresses: Iterable[str], arxiv: str | None, doi: str | None) -> MappingProxyType[str, str]:
    """Return the addresses that tell more than the identifiers do."""
    found: dict[str, str] = {}
    for address in addresses:
        safe = link(address.strip())
        if safe is None or safe in found.values():
            continue
        if (doi and identity.doi(unquote(safe)) == doi) or (arxiv and identity.arxiv_id(safe) == arxiv):
            continue
        name = "pdf" if safe.lower().endswith(".pdf") else "abstract"
        number = 2
        free = name
        while free in found:
            free, number = f"{name} {number}", number + 1
        found[free] = safe
    return MappingProxyType(found)


def is_citation_key(text: str) -> bool:
    """Tell whether an id is a citation key: other programs put addresses, DOIs and numbers in its place."""
    return (
        any(map(str.isalpha, text))
        and not any(map(str.isspace, text))
        and "://" not in text
        and identity.doi(text) is None
        and not re.fullmatch(r"\d+/[A-Z0-9]{8}|[a-f0-9-]{32,36}", text)
    )
