"""Two papers that may be one, in words side by side: what is the same, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from papers_tui.index.text import clean_line, fold
from papers_tui.tui.wording import byline, shown_date, states

if TYPE_CHECKING:
    from papers_tui.index.paper import Entry

Row = tuple[str, str, str, bool]
"""A name, the value of either paper, and whether they are the same."""


def rows(one: Entry, other: Entry) -> list[Row]:
    """Return what is known or said of either paper, row by row."""
    found = []
    for (name, ours), (_, theirs) in zip(_facts(one), _facts(other), strict=True):
        if ours or theirs:
            found.append((name, ours, theirs, fold(ours) == fold(theirs)))
    return found


def _facts(entry: Entry) -> list[tuple[str, str]]:
    paper, marks = entry.paper, entry.marks
    facts = [
        ("id", paper.id),
        ("title", paper.title),
        ("authors", byline(paper)),
        ("published", shown_date(paper.published)),
        ("appeared", shown_date(paper.appeared)),
        ("venue", " ".join(filter(None, (paper.venue, paper.volume, paper.pages)))),
        ("arXiv", paper.arxiv_id or ""),
        ("DOI", paper.doi or ""),
        ("source", ", ".join(paper.sources)),
        ("tags", " ".join(f"#{tag}" for tag in marks.tags)),
        ("marks", ", ".join(states(marks))),
        ("note", marks.note),
        ("abstract", paper.abstract),
    ]
    return [(name, clean_line(value, limit=400)) for name, value in facts]
