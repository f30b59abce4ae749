"""The preprint of a paper that was published since: who read that version cites that version."""

from __future__ import annotations

from dataclasses import replace

from papers_tui.index.paper import Kind, Paper


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
        doi=None,
    )
