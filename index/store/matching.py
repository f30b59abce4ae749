"""When two descriptions are of the same paper.

The same arXiv id, the same DOI, or the same title where nothing speaks against it and one side has no
identifier of its own, or one has only an arXiv id, the other only a publisher's DOI, and their authors are
the same: a preprint and its published version. Two papers taken for one lose something; one paper taken for
two loses nothing. So doubt keeps them apart.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

from papers_tui.index.paper import Paper
from papers_tui.index.text import fold

_WORD: Final = re.compile(r"[\w+#]+")
_IDEOGRAPH: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_FEW_WORDS: Final = 3
"""A title of fewer words (`Reply`, `Erratum`) says too little to join two papers by itself."""

_FAR_APART: Final = 3
"""Years between two dates from which they are not those of one paper."""


def title_key(title: str) -> int:
    """Return a number (64 bits, signed) that titles share if only case, accents or punctuation differ."""
    folded = fold(title)
    joined = "".join(_WORD.findall(folded)) or folded
    return int.from_bytes(blake2b(joined.encode(), digest_size=8).digest(), "big", signed=True)


def is_same(one: Paper, other: Paper) -> bool:
    """Tell whether two papers with the same title are one."""
    if _contradict(one, other):
        return False
    if have_different_ids(one, other):
        return _are_versions(one, other)
    return _words(one.title) >= _FEW_WORDS or agree(one, other)


def _are_versions(one: Paper, other: Paper) -> bool:
    """Tell whether two papers of one title are a preprint and what a publisher made of it."""
    if not (one.arxiv_id and not one.doi and other.doi and not other.arxiv_id):
        one, other = other, one
    if not (one.arxiv_id and not one.doi and other.doi and not other.arxiv_id):
        return False
    ours, theirs = families(one), families(other)
    fewer = min(len(ours), len(theirs))
    is_by_the_same = bool(fewer) and 2 * len(ours & theirs) > fewer and _first(one) == _first(other)
    years = (one.year, other.year)
    is_in_time = None in years or -1 <= (years[1] or 0) - (years[0] or 0) <= _FAR_APART
    return is_by_the_same and is_in_time and _words(one.title) >= _FEW_WORDS


def _first(paper: Paper) -> str:
    """Return the last word of the first author's family name, folded."""
    return fold(paper.authors[0].family).split()[-1] if fold(paper.authors[0].family) else ""


def have_different_arxiv_ids(one: Paper, other: Paper) -> bool:
    """Tell whether two papers cannot be one, whatever else they share."""
    return bool(one.arxiv_id and other.arxiv_id and one.arxiv_id != other.arxiv_id)


def have_different_ids(one: Paper, other: Paper) -> bool:
    """Tell whether both papers have an identifier, and none in common: only their titles join them."""
    return bool((one.arxiv_id or one.doi) and (other.arxiv_id or other.doi)) and not _share_identifier(
        one, other
    )


def agree(one: Paper, other: Paper) -> bool:
    """Tell whether something besides the title speaks for two papers being one."""
    if _share_identifier(one, other) or (families(one) & families(other)):
        return True
    if one.organization and other.organization and fold(one.organization) == fold(other.organization):
        return True
    dates = (one.published or "", other.published or "")
    return min(map(len, dates)) >= 7 and (dates[0].startswith(dates[1]) or dates[1].startswith(dates[0]))


def families(paper: Paper) -> set[str]:
    """Return the last words of the family names, folded: `berg` of `van den Berg`."""
    return {words[-1] for author in paper.authors if (words := fold(author.family).split())}


def _share_identifier(one: Paper, other: Paper) -> bool:
    return bool((one.arxiv_id and one.arxiv_id == other.arxiv_id) or (one.doi and one.doi == other.doi))


def _contradict(one: Paper, other: Paper) -> bool:
    if have_different_arxiv_ids(one, other):
        return True
    if _share_identifier(one, other):
        return False
    has_group = any(author.is_group for paper in (one, other) for author in paper.authors)
    if one.authors and other.authors and not has_group:
        return not families(one) & families(other)
    years = (one.year, other.year)
    return years[0] is not None and years[1] is not None and abs(years[0] - years[1]) >= _FAR_APART


def _words(title: str) -> int:
    """Count words; each character of a script written without spaces counts as one."""
    return len(_WORD.findall(title)) + len(_IDEOGRAPH.findall(title))
