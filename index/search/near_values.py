"""Values of fields that come near to one that no paper has: what a search that finds nothing asks back."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np

from papers_tui.index.search import fields
from papers_tui.index.search.marked import Marked
from papers_tui.index.search.postings import runs_of_prefix
from papers_tui.index.search.query import FromSource, InCategory, Node, Tagged
from papers_tui.index.search.schema import name_of
from papers_tui.index.search.snapshot import Snapshot
from papers_tui.index.search.unparse import unparse

_MOST: Final = 5
"""Values that are named where none is near."""


def other_values(node: Node, snapshot: Snapshot, marked: Marked) -> str:
    """Ask for the value that is nearest to one that no paper has, or name some; signs count for nothing.

    Empty for conditions that are not of a tag, a category or a source.
    """
    known: list[Node]
    match node:
        case Tagged(name):
            known = [Tagged(tag) for tag in _tags(marked)]
            none = "; you have no tags"
        case InCategory(name):
            names = [name_of(raw)[1] for raw in _terms(snapshot, "category_name")]
            above = f"{name.partition('.')[0].casefold()}."
            within = [one for one in names if one.casefold().startswith(above)]
            known = [InCategory(one) for one in within or names]
            none = "; no paper has a category"
        case FromSource(name):
            known = [FromSource(raw.decode("utf-8", "replace")) for raw in _terms(snapshot, "source")]
            none = "; no paper has a source"
        case _:
            return ""
    if not known:
        return none
    by_letters = {_letters(unparse(one).partition(":")[2]): one for one in reversed(known)}
    found = fields.nearest(_letters(name), tuple(reversed(by_letters)))
    if found is not None:
        return f"; did you mean {unparse(by_letters[found])}?"
    return f"; there {'is' if len(known) == 1 else 'are'} {', '.join(map(unparse, known[:_MOST]))}" + (
        ", …" * (len(known) > _MOST)
    )


def _tags(marked: Marked) -> list[str]:
    """Return all tags, those of the most papers first."""
    counts = Counter(tag for marks in marked.marks for tag in marks.tags)
    return sorted(counts, key=lambda tag: (-counts[tag], tag))


def _terms(snapshot: Snapshot, field: str) -> list[bytes]:
    """Return the terms of a field, those of the most papers first, and short ones before long ones."""
    counts: Counter[bytes] = Counter()
    for run in runs_of_prefix(snapshot, field, ""):
        papers = np.diff(run.columns.posting_starts[run.start : run.stop + 1].astype(np.int64)).tolist()
        counts.update(dict(zip(run.columns.terms_of(run.start, run.stop), papers, strict=True)))
    return sorted(counts, key=lambda term: (-counts[term], len(term), term))


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()
