"""The preprint of a paper that was published since: who read that version cites that version."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from papers_tui.index.details import details
from papers_tui.index.paper import Kind, Paper

_NUMBER: Final = re.compile(r"(?:^|/)(\d\d)(\d\d)")
"""Year and month, in numbers of both forms: `2404.04167`, `hep-th/9901001`."""

_OF_THE_TEXT: Final = frozenset({"collaboration", "language", "protected", "version"})
"""Details that a preprint has too; all others are of what was made of it."""


def as_preprint(paper: Paper) -> Paper:
    """Return a paper as its preprint, without what its publisher added; one without an arXiv id as it is."""
    if paper.arxiv_id is None:
        return paper
    return replace(
        paper,
        kind=Kind.PREPRINT,
        published=_deposited(paper),
        appeared=None,
        venue=None,
        volume=None,
        issue=None,
        pages=None,
        publisher=None,
        details=details({name: text for name, text in paper.details.items() if name in _OF_THE_TEXT}),
        doi=None,
    )


def _deposited(paper: Paper) -> str | None:
    """Return when the preprint appeared: the month of its number, where the date can only be its venue's."""
    number = _NUMBER.search(paper.arxiv_id or "")
    if paper.kind is Kind.PREPRINT or paper.appeared or not paper.published or not number:
        return paper.published
    month = f"{'19' if number[1] > '90' else '20'}{number[1]}-{number[2]}"
    return month if paper.published[:7] > month[: len(paper.published)] else paper.published
