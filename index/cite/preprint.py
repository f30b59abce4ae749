"""The preprint of a paper that was published since: who read that version cites that version."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from papers_tui.index.details import details
from papers_tui.index.paper import Kind, Paper

_OF_THE_TEXT: Final = frozenset({"collaboration", "language", "protected", "version"})
"""Details that a preprint has too; all others are of what was made of it."""


def as_preprint(paper: Paper) -> Paper:
    """Return a paper as its preprint, without what its publisher added; one without an arXiv id as it is."""
    if paper.arxiv_id is None:
        return paper
    return replace(
        paper,
        kind=Kind.PREPRINT,
        appeared=None,
        venue=None,
        volume=None,
        issue=None,
        pages=None,
        publisher=None,
        details=details({name: text for name, text in paper.details.items() if name in _OF_THE_TEXT}),
        doi=None,
    )
