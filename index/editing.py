"""Editing what is known of papers: said as a mark, and found by it from then on."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from papers_tui.index.edits import Edits, checked, edited, with_edits
from papers_tui.index.paper import Paper
from papers_tui.index.store.corpus import Corpus, Stamp
from papers_tui.index.store.marks import Change, MarksStore

LABEL: Final = "edit"
"""What undo calls an edit of what is known of a paper, with the fields behind it."""


class EditedCorpus:
    """The papers as the user says that they are, for the index.

    `file`, beside the index, holds the edits that the index knows of. Edits change with every undo, import
    and restore; the papers of those that the index does not know count as changed.
    """

    def __init__(self, corpus: Corpus, marks: MarksStore, file: Path) -> None:
        self._corpus = corpus
        self._marks = marks
        self._file = file
        self._known: dict[str, Edits] | None = None
        """What the file would hold, where it cannot be written."""

    def is_known(self) -> bool:
        """Whether the index knows every edit."""
        return self._corpus.is_read_only or self._indexed() == self._marks.edited()

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Within this block the index is brought up to date: it knows the edits that there were before."""
        known, now = self._indexed(), self._marks.edited()
        changed = [one for one in {**known, **now} if known.get(one) != now.get(one)]
        if changed and not self._corpus.is_read_only:
            self._corpus.touch(changed)
        yield
        if changed:
            self._remember(now)

    def _remember(self, edits: dict[str, Edits]) -> None:
        part = self._file.with_suffix(f".{secrets.token_hex(4)}.part")
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with open(descriptor, "w", encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor, not a path
                json.dump(edits, stream)
            part.replace(self._file)
        except OSError:  # the next run will read these papers again
            self._known = edits
        else:
            self._known = None

    def _indexed(self) -> dict[str, Edits]:
        """Return the edits that the index knows of."""
        if self._known is not None:
            return self._known
        try:
            stored = json.loads(self._file.read_text(encoding="utf-8"))
            return {one: tuple((field, text) for field, text in edits) for one, edits in stored.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}

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
