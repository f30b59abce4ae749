"""Which paper is meant: identifiers in every spelling that people paste, in one normal form."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from papers_tui.index.pasted import (
    ARXIV_NEW,
    ARXIV_OLD,
    ARXIV_PLACE,
    arxiv_in_address,
    doi_in_address,
    stamped,
    unwrapped,
)
from papers_tui.index.patterns import pattern
from papers_tui.index.text import clean_line, fold

_ARXIV: Final = pattern(
    rf"(?:{ARXIV_PLACE}"
    r"|(?:https?://)?(?:dx\.|www\.)?doi\.org/10\.48550/arxiv\."
    r"|(?:doi:\s*)?10\.48550/arxiv\."
    r"|arxiv:\s*)?"
    rf"(?P<id>{ARXIV_NEW}|{ARXIV_OLD})(?P<version>v\d+)?(?:\.pdf|/)?(?:[?#]\S*)?",
    re.IGNORECASE | re.ASCII,
)
_LONGEST: Final = 1000
"""Characters of what is pasted, above which it is no identifier."""
_DOI: Final = pattern(
    r"(?:(?:https?://)?(?:dx[.-]|www\.)?doi[.-][\w.-]+/|doi[:\s]\s*)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE
)
"""Behind doi.org, a resolver of a publisher (`doi.acm.org`), or a proxy (`doi-org.ezproxy.uio.no`)."""

_BRACKETS: Final = pattern(r"(?:&(?P<name>[lg])t;|%3(?P<code>[ce]))", re.IGNORECASE)


def arxiv_id(text: str) -> str | None:
    """Return the arXiv id that `text` spells, without its version, or None.

    Accepts bare ids (`2404.04167v2`, `hep-th/9901001`, `math.GT/0309136`), `arXiv:` and URLs of the
    abstract, the PDF and the DOI that arXiv itself registers. Old ids lose their subject class.
    """
    match = _ARXIV.fullmatch(text.strip())
    if match is None:
        return None
    found = match["id"].lower()
    archive, slash, number = found.partition("/")
    return f"{archive.partition('.')[0]}/{number}" if slash else found


def doi(text: str) -> str | None:
    """Return the DOI that `text` spells, lower-cased, clean and bare, or None: DOIs tell no cases apart.

    Angle brackets, which old DOIs of Wiley have, may be escaped as in HTML or in an address.
    """
    match = _DOI.fullmatch(_BRACKETS.sub(_bracket, clean_line(text)))
    return match["doi"].lower().rstrip(".,;") if match else None


def _bracket(escaped: re.Match[str]) -> str:
    return "<" if (escaped["name"] or escaped["code"]).lower() in {"l", "c"} else ">"


def title_id(title: str) -> str:
    """Return `title:<slug>-<8 hex>` of the folded title, for a paper that has no other identifier."""
    folded = fold(title)
    words = re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKD", folded))
    slug = "-".join(words)[:48].strip("-") or "untitled"
    return f"title:{slug}-{hashlib.sha256(folded.encode()).hexdigest()[:8]}"


def paper_id(*, arxiv: str | None, doi: str | None, title: str) -> str:
    """Return the id of a paper: by its arXiv id, else its DOI, else its title."""
    if arxiv:
        return f"arxiv:{arxiv}"
    return f"doi:{doi}" if doi else title_id(title)


def canonical_id(text: str) -> str | None:
    """Return the id that `text` spells in any way a person may write it, or None.

    >>> canonical_id("https://arxiv.org/abs/2404.04167v2")
    'arxiv:2404.04167'
    """
    text = text.strip()
    if text.startswith("title:"):
        return text
    if len(text) > _LONGEST:
        return None
    text = unwrapped(text)
    in_address = doi_in_address(text)
    if (found := arxiv_id(in_address or stamped(text) or text)) is not None:
        return f"arxiv:{found}"
    if in_address is None and (inside := arxiv_in_address(text)) is not None:
        return f"arxiv:{arxiv_id(inside)}"
    found = doi(in_address or text)
    return f"doi:{found}" if found is not None else None
