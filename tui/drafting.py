"""What is typed into notes, on its way to the disk: whatever ends the program waits for the last of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from papers_tui.index.errors import PapersError
from papers_tui.index.text import clean
from papers_tui.tui.editor import keep_in_file

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of a text that was handed over."""

    value: T | None = None
    """What storing it returned."""
    error: PapersError | None = None
    """Why it could not be stored."""


class DraftWriter:
    """Stores texts one after another in a thread of its own, which nothing cancels."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "drafts")
        self._newest: dict[str, object] = {}
        self._unstored: dict[str, str] = {}
        self._rescued: dict[str, Path] = {}

    def put(self, paper_id: str, text: str, store: Callable[[], T]) -> Future[Outcome[T]]:
        """Have a text stored, without waiting; one that waits to be stored for the same paper is left out.

        What cannot be stored is put into a file, until a text for the same paper is stored.
        """
        self._newest[paper_id] = turn = object()
        return self._thread.submit(self._store, paper_id, text, store, turn)

    def finish(self) -> None:
        """Wait until all is stored. Blocks; nothing more is taken afterwards."""
        self._thread.shutdown()

    def unstored(self, paper_id: str) -> str | None:
        """Return the last text for a paper, where it could not be stored."""
        return self._unstored.get(paper_id)

    def rescued(self, paper_id: str) -> Path | None:
        """Return the file in which it is then, if there is one."""
        return self._rescued.get(paper_id)

    def leave(self, paper_id: str) -> None:
        """Leave the file to the user."""
        self._unstored.pop(paper_id, None)
        self._rescued.pop(paper_id, None)

    def last_words(self) -> list[str]:
        """Say where the texts are that could not be stored; one that is nowhere else is said itself."""
        said = []
        for paper_id, text in self._unstored.items():
            file = self._rescued.get(paper_id)
            said.append(
                f"the note on {paper_id} could not be stored. It is in {file}"
                if file
                else f"the note on {paper_id} could be kept nowhere. What you typed:\n{clean(text)}"
            )
        return said

    def _store(self, paper_id: str, text: str, store: Callable[[], T], turn: object) -> Outcome[T]:
        if self._newest.get(paper_id) is not turn:
            return Outcome()
        try:
            value = store()
        except PapersError as error:
            self._unstored[paper_id] = text
            self._rescue(paper_id, text)
            return Outcome(error=error)
        self._unstored.pop(paper_id, None)
        if file := self._rescued.pop(paper_id, None):
            file.unlink(missing_ok=True)
        return Outcome(value)

    def _rescue(self, paper_id: str, text: str) -> None:
        try:
            self._rescued[paper_id] = keep_in_file(text, self._rescued.get(paper_id))
        except OSError:
            self._rescued.pop(paper_id, None)
