"""Editing what is known of papers: said as a mark, and found by it from then on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from papers_tui.index.edits import checked, edited, with_edits
from papers_tui.index.paper import Paper
from papers_tui.index.store.corpus import Corpus, Stamp
from papers_tui.index.store.marks import Change, MarksStore

LABEL: Final = "edit"
"""What undo calls an edit of what is known of a paper, with the fields behind it."""


def is_edit(label: str) -> bool:
    """Tell whether a change was an edit of what is known of papers."""
    return label.startswith(f"{LABEL} ")


class EditedCorpus:
    """The papers as the user says that they are, for the index."""

    def __init__(self, corpus: Corpus, marks: MarksStore) -> None:
        self._corpus = corpus
        self._marks = marks

    def stamp(self) -> Stamp:
        """Return the state that the papers are in."""
        return self._corpus.stamp()

    def count(self) -> int:
        """Return how many papers there are."""
        return self._corpus.count()

    def papers_by_key(self, keys: Sequence[int]) -> list[Paper]:
        """Return the papers with these keys, in order; keys of no paper are left out."""
        edits = self._marks.edited()
        papers = self._corpus.papers_by_key(keys)
        return [edited(paper, edits.get(paper.id, ())) for paper in papers] if edits else papers

    def changes(self, since: int) -> Iterator[tuple[int, Paper | None]]:
        """Yield every paper changed since a generation, None for one removed; since 0, all that there are."""
        edits = self._marks.edited()
        for key, paper in self._corpus.changes(since):
            yield key, paper and edited(paper, edits.get(paper.id, ()))


def edit(marks: MarksStore, paper: Paper, changes: Mapping[str, str | None]) -> Change:
    """Say what the fields of a paper are; None lets the sources say it again.

    Raises:
        WrongUsage: for a field or a value that cannot be; nothing is changed then.
    """
    wanted = {field: None if text is None else checked(field, text) for field, text in changes.items()}
    label = f"{LABEL} {', '.join(sorted(wanted))}"
    return marks.change([paper], partial(with_edits, changes=wanted), label=label)
