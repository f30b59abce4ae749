"""`papers-tui edit`: what the user says of a paper's title, authors, date, venue and ids."""

from __future__ import annotations

import argparse

from papers_tui.index.edits import FIELDS, said_of
from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Entry
from papers_tui.index.text import clean_line
from papers_tui.tui.cli.opened import index, opened_library
from papers_tui.tui.cli.output import print_json, print_text, tell
from papers_tui.tui.pairs import shared_ids


def run(args: argparse.Namespace) -> int:
    """Edit a paper, or show what can be edited."""
    changes = _changes(args)
    with opened_library(args) as library:
        paper_id = library.entry(args.id).paper.id  # the changes may take away what it was found by
        if changes:
            library.edit(paper_id, changes)
            index(library)
        entry = library.entry(paper_id)
        for name, other in shared_ids(library, entry, changes):
            tell(f"papers-tui: {name} is also the id of {other}")
            tell(f"  papers-tui merge {other} {paper_id} makes one of them, if they are one")
    if args.json:
        print_json({"id": entry.paper.id, "fields": fields_of(entry)})
        return 0
    print_text(entry.paper.id)
    for field, value in fields_of(entry).items():
        print_text(f"{field:>8}  {value['text'] or '-'}")
        if value["is_edited"]:
            print_text(f"{'':8}  the sources say: {value['source'] or 'nothing'}")
    return 0


def _changes(args: argparse.Namespace) -> dict[str, str | None]:
    """Read the changes. Raises WrongUsage where they cannot be read or contradict each other."""
    changes: dict[str, str | None] = {}
    for said in args.set:
        field, equals, text = said.partition("=")
        if not equals:
            raise WrongUsage(f"{clean_line(said)} has no =", remedy="--set FIELD=TEXT")
        changes[field.strip().lower()] = text
    for field in args.unset:
        if field not in FIELDS:
            raise WrongUsage(f"there is no field {clean_line(field)}", remedy=f"Fields: {', '.join(FIELDS)}")
        if field in changes:
            raise WrongUsage(f"{field} is both set and unset", remedy="papers-tui edit --help")
        changes[field] = None
    return changes


def fields_of(entry: Entry) -> dict[str, dict[str, object]]:
    """Return every field with what is said of it, and what the sources say."""
    edits = dict(entry.marks.edits)
    source = entry.source or entry.paper
    return {
        field: {
            "text": said_of(entry.paper, field),
            "is_edited": field in edits,
            "source": said_of(source, field),
        }
        for field in FIELDS
    }
