"""Identifiers inside what people paste: addresses of mirrors and publishers, and the stamps of preprints.

The paths of publishers are those that their sites show in the address bar; the DOIs of Nature are its
prefix and the name of the article, and an ADS bibcode of a preprint holds its arXiv number.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from papers_tui.index.patterns import pattern
from papers_tui.index.text import clean_line

ARXIV_NEW: Final = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
ARXIV_OLD: Final = r"[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/\d{7}"
ARXIV_HOSTS: Final = (
    r"(?:https?://)?(?:[a-z0-9-]+\.)*"
    r"(?:arxiv\.org|ar5iv\.org|alphaxiv\.org|arxiv-vanity\.com|huggingface\.co|hf\.co)"
)
"""arXiv, and the sites that show its papers under arXiv's numbers."""

ARXIV_PLACE: Final = rf"{ARXIV_HOSTS}/(?:abs|pdf|html|papers|format|e-print|overview)/"
"""What stands before the number in the address of a paper."""

STAMP_BEHIND: Final = r"\s*\[[a-z]+(?:-[a-z]+)*(?:\.[a-z-]+)?\](?:\s+[0-9]{1,2}\s+[a-z]{3,9}\s+[0-9]{4})?"
_STAMP: Final = pattern(
    r"(?:arxiv\s+(?:e-?prints?|preprint)[\s,:]+)?(?:arxiv\s*[:.]?\s*)?"
    rf"(?P<id>(?:{ARXIV_NEW}|{ARXIV_OLD})(?:v\d+)?)"
    rf"(?:{STAMP_BEHIND})?",
    re.IGNORECASE | re.ASCII,
)
"""`arXiv:2404.04167v2 [cs.CL] 5 Apr 2024`, as it stands on the first page, and shorter forms of it."""

_ADDRESS: Final = pattern(r"(?:https?://|(?:[a-z0-9-]+\.)+[a-z]{2,}/)", re.IGNORECASE | re.ASCII)
_DOI_IN_ADDRESS: Final = pattern(r"(?<=[/=:])10\.\d{4,9}/[^\s?#]+", re.ASCII)
_ARXIV_IN_ADDRESS: Final = pattern(
    rf"(?:/(?:arxiv:)?(?P<new>{ARXIV_NEW})|/(?:abs|pdf|html|arxiv|papers)/(?:arxiv:)?(?P<old>{ARXIV_OLD})"
    r"|/\d{4}arxiv(?P<month>\d{4})\.?(?P<number>\d{4,5})[a-z])(?:v\d+)?(?=\.pdf|[/?#]|\Z)",
    re.IGNORECASE | re.ASCII,
)
_OF_DOI_ORG: Final = pattern(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_OF_NATURE: Final = pattern(r"nature\.com/articles/(?P<name>[a-z0-9-]+(?:\.\d+)*)", re.IGNORECASE)
_VIEWS: Final = (
    *("/", "/full", "/fulltext", "/full-text", "/abstract", "/abs", "/pdf", "/epdf", "/pdfdirect", "/html"),
    *("/meta", "/references", "/summary", "/figures"),
    *(".pdf", ".full", ".full-text", ".abstract", ".html", ".htm", ".xml", ".short"),
)
"""What the address of a view of an article has behind its DOI."""
_VERSION_OF_RXIV: Final = pattern(r"(10\.1101/[\d.]+)v\d+.*", re.ASCII)
_ENCODED: Final = pattern(r"%[0-9a-f]{2}", re.IGNORECASE)

_OPENING: Final = "(<[{"
_CLOSING: Final = ")>]}"
_AROUND: Final = " \"'“”„‘’‚«»"
_BEHIND: Final = ".,;:!?"


def unwrapped(text: str) -> str:
    """Return what was pasted without the quotes and brackets around it, and the full stop behind it."""
    text = clean_line(text)
    before = ""
    while text != before:
        before, text = text, text.strip(_AROUND).rstrip(_BEHIND)
        opened = text[:1] and _OPENING.find(text[0]) >= 0
        if opened and text.count(text[0]) > text[1:].count(_CLOSING[_OPENING.find(text[0])]):
            text = text[1:]
        elif opened and text.endswith(_CLOSING[_OPENING.find(text[0])]):
            text = text[1:-1]
        elif text and (kind := _CLOSING.find(text[-1])) >= 0:
            text = text[:-1] if text.count(text[-1]) > text.count(_OPENING[kind]) else text
    return clean_line(unquote(text)) if _ENCODED.search(text) else text


def stamped(text: str) -> str | None:
    """Return the arXiv id, with its version, of a stamp or of a reference to a preprint; None for others."""
    found = _STAMP.fullmatch(text)
    return found["id"] if found else None


def doi_in_address(text: str) -> str | None:
    """Return the DOI that an address holds or stands for, or None. It is as it is spelled there."""
    if not _ADDRESS.match(text):
        return None
    if found := _OF_NATURE.search(text):
        return f"10.1038/{found['name']}"
    if not (inside := _DOI_IN_ADDRESS.search(text)):
        return None
    if _OF_DOI_ORG.match(text):
        return inside[0]
    doi = inside[0].partition("&")[0]
    return _without_view(_VERSION_OF_RXIV.sub(r"\1", doi))


def arxiv_in_address(text: str) -> str | None:
    """Return the arXiv id in an address of any site, or None."""
    found = _ARXIV_IN_ADDRESS.search(text) if _ADDRESS.match(text) else None
    if found is None:
        return None
    return found["new"] or found["old"] or f"{found['month']}.{found['number']}"


def _without_view(doi: str) -> str:
    while view := next((view for view in _VIEWS if doi.lower().endswith(view)), ""):
        doi = doi.removesuffix(doi[-len(view) :])
    return doi
