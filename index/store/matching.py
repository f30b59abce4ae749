"""When two descriptions are of the same paper.

The same arXiv id, the same DOI, or the same title where nothing speaks against it, and enough for it: the
shorter and the more common a title is, the more; most where each has an identifier of its own, as a preprint
and its published version. Two papers taken for one lose something; one paper taken for two loses nothing. So
doubt keeps them apart.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from papers_tui.index.paper import Paper
from papers_tui.index.patterns import pattern
from papers_tui.index.store.bylines import Likeness, families, first_family, likeness
from papers_tui.index.store.contradictions import are_contradictory, are_of_one_place, place
from papers_tui.index.text import fold

_WORD: Final = pattern(r"[\w+#]+")
_IDEOGRAPH: Final = pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_FEW_WORDS: Final = 3
"""A title of fewer words (`Deep learning`) needs two things more that are the same; one of so many, one."""

_COMMON: Final = """
abstract, abstracts, acknowledgements, acknowledgments, addendum, afterword, announcement, appendix,
authors reply, author response, authors response, bibliography, book review, book reviews, comment,
comments, commentary, conclusion, conclusions, contents, contributors, correction, corrections,
corrigenda, corrigendum, discussion, editorial, editorials, editors introduction, editors note, epilogue,
errata, erratum, foreword, from the editor, from the editors, general introduction, glossary, guest
editorial, guest editors introduction, in memoriam, index, introduction, introductory remarks, letter,
letter to the editor, letters, letters to the editor, list of contributors, message from the chair,
message from the chairs, miscellany, news, note, notes, obituary, opening remarks, overview, perspective,
postscript, preface, prologue, publishers note, rejoinder, remarks, reply, reply to comment, reply to
comments, response, retraction, review, reviews, summary, table of contents, untitled, welcome,
einleitung, einführung, vorwort, geleitwort, nachwort, avant propos, introducción, prólogo, prefacio,
introduzione, prefazione, 序言, 前言, 引言, 绪论, はじめに, まえがき
"""
_COMMON_TITLES: Final = frozenset(fold(title) for title in _COMMON.split(","))
"""Titles that tell nothing of what follows."""

_NUMBERED: Final = pattern(r"\A(title:[a-z0-9-]+-[0-9a-f]{8})-[0-9]{1,6}\Z")
_SIMPLE: Final = pattern(r"[’'`]")
_OPENING: Final = 200
"""Characters of an abstract by which it is known again."""


def title_key(title: str) -> int:
    """Return a number (64 bits, signed) that titles share if only case, accents or punctuation differ."""
    folded = fold(title)
    joined = "".join(_WORD.findall(folded)) or folded
    return int.from_bytes(blake2b(joined.encode(), digest_size=8).digest(), "big", signed=True)


def untold(paper_id: str) -> str:
    """Return an id by title without the number that tells it from that of another paper with the title."""
    return _NUMBERED.sub(r"\1", paper_id)


def is_same(one: Paper, other: Paper) -> bool:
    """Tell whether two papers with the same title are one, as sure as can be without asking anybody."""
    if have_different_arxiv_ids(one, other):
        return False
    if share_identifier(one, other):
        return True
    return not are_contradictory(one, other) and _is_supported(one, other)


def may_be_same(one: Paper, other: Paper) -> bool:
    """Tell whether it is worth asking if two papers with the same title are one."""
    if one.authors and other.authors and not families(one) & families(other):
        return False
    if have_different_arxiv_ids(one, other):
        return agree(one, other)
    return not (is_common(one.title) and are_contradictory(one, other))


def is_common(title: str) -> bool:
    """Tell whether a title tells nothing: `Introduction`, `Editorial`, `Reply`."""
    return " ".join(_WORD.findall(_SIMPLE.sub("", fold(title)))) in _COMMON_TITLES


def have_different_arxiv_ids(one: Paper, other: Paper) -> bool:
    """Tell whether two papers cannot be one, whatever else they share."""
    return bool(one.arxiv_id and other.arxiv_id and one.arxiv_id != other.arxiv_id)


def share_identifier(one: Paper, other: Paper) -> bool:
    """Tell whether two papers have the same arXiv id or the same DOI."""
    return bool((one.arxiv_id and one.arxiv_id == other.arxiv_id) or (one.doi and one.doi == other.doi))


def agree(one: Paper, other: Paper) -> bool:
    """Tell whether something besides the title speaks for two papers being one."""
    if share_identifier(one, other) or (families(one) & families(other)):
        return True
    return _have_one_organization(one, other) or _have_one_day(one, other)


def _is_supported(one: Paper, other: Paper) -> bool:
    """Tell whether enough speaks for two papers with one title, of which nothing speaks against it."""
    found = _agreements(one, other)
    if (one.arxiv_id or one.doi) and (other.arxiv_id or other.doi):
        is_by_the_same = "authors" in found and first_family(one) == first_family(other)
        return is_by_the_same and _words(one.title) >= _FEW_WORDS and not is_common(one.title)
    if is_common(one.title):
        return bool(found & {"place", "abstract"}) or ("day" in found and len(found) > 2)
    words = _words(one.title)
    return len(found) >= (2 if words < _FEW_WORDS else 1 if words == _FEW_WORDS else 0)


def _agreements(one: Paper, other: Paper) -> set[str]:
    """Return what two papers have in common, by its names."""
    found = set()
    if likeness(one, other) in {Likeness.SAME, Likeness.FEWER}:
        found.add("authors")
    if _have_one_organization(one, other):
        found.add("organization")
    if _have_one_day(one, other):
        found.add("day")
    if one.year is not None and one.year == other.year:
        found.add("year")
    if are_of_one_place(place(one), place(other)):
        found.add("place")
    openings = [fold(paper.abstract[:_OPENING]) for paper in (one, other)]
    if len(openings[0]) > _OPENING // 2 and openings[0] == openings[1]:
        found.add("abstract")
    return found


def _have_one_organization(one: Paper, other: Paper) -> bool:
    ours, theirs = one.organization, other.organization
    return bool(ours and theirs) and fold(ours or "") == fold(theirs or "")


def _have_one_day(one: Paper, other: Paper) -> bool:
    dates = (one.published or "", other.published or "")
    return min(map(len, dates)) >= 7 and (dates[0].startswith(dates[1]) or dates[1].startswith(dates[0]))


def _words(title: str) -> int:
    """Count words; each character of a script written without spaces counts as one."""
    return len(_WORD.findall(title)) + len(_IDEOGRAPH.findall(title))
