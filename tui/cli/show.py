"""`papers-tui show`: a paper with everything that is known and said of it."""

from __future__ import annotations

import argparse
import textwrap

from rich.text import Text

from papers_tui.index.edits import said_by_sources
from papers_tui.index.formats.papers_json import to_json
from papers_tui.index.paper import Entry
from papers_tui.tui.cli.opened import opened_library
from papers_tui.tui.cli.output import console, print_json
from papers_tui.tui.wording import byline, plural, shown_date, states

SHOWN_AUTHORS = 500
"""Names printed of one paper."""


def run(args: argparse.Namespace) -> int:
    """Show one paper."""
    with opened_library(args) as library:
        entry = library.entry(args.id)
    if args.json:
        print_json(to_json(entry))
        return 0
    out = console()
    out.print(Text(entry.paper.title, style="bold"))
    for name, value in _facts(entry):
        out.print(Text.assemble((f"{name:>12}  ", "dim"), value))
    if entry.paper.abstract:
        note = f" ({entry.paper.abstract_note})" if entry.paper.abstract_note else ""
        _print_block(f"Abstract{note}", entry.paper.abstract)
    if entry.marks.note:
        _print_block("Note", entry.marks.note)
    return 0


def _facts(entry: Entry) -> list[tuple[str, str]]:
    paper, marks = entry.paper, entry.marks
    names = ", ".join(author.name for author in paper.authors[:SHOWN_AUTHORS])
    if len(paper.authors) > SHOWN_AUTHORS:
        names += f" and {len(paper.authors) - SHOWN_AUTHORS} more"
    counts = [(paper.comments, "comment"), (paper.upvotes, "upvote"), (paper.stars, "star")]
    facts = [
        ("id", paper.id),
        ("authors", names or byline(paper)),
        ("organisation", paper.organization if paper.authors else ""),
        ("published", shown_date(paper.published)),
        ("appeared", shown_date(paper.appeared)),
        ("featured", ", ".join(shown_date(day) for day in paper.featured)),
        ("venue", paper.venue),
        ("doi", paper.doi),
        ("categories", " ".join(paper.categories)),
        ("listed with", ", ".join(plural(count, noun) for count, noun in counts if count is not None)),
        *((name, url) for name, url in paper.urls.items()),
        ("source", ", ".join(paper.sources)),
        ("tags", " ".join(f"#{tag}" for tag in marks.tags)),
        ("marks", ", ".join(states(marks))),
        *((f"{field} was", text) for field, text in said_by_sources(entry)),
    ]
    return [(name, value) for name, value in facts if value]


def _print_block(title: str, text: str) -> None:
    out = console()
    out.print(Text(f"\n{title}", style="bold"))
    width = min(out.width, 88) if out.is_terminal else 88
    for line in text.split("\n"):
        out.print(Text(textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)))
