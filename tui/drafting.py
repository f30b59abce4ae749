"""What is typed into notes, on its way to the disk: whatever ends the program waits for the last of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from papers_tui.index.errors import PapersError
from papers_tui.index.text import clean

if TYPE_CHECKING:
    from papers_tui.index.note_files import NoteFile, Place

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
        self._places: dict[str, Place] = {}
        self._unstored: dict[str, str] = {}
        self._rescued: dict[str, NoteFile] = {}

    def put(self, place: Place, text: str, store: Callable[[], T]) -> Future[Outcome[T]]:
        """Have a text stored, without waiting; one that waits to be stored for the same paper is left out.

        What cannot be stored is put into a file, until a later text of the same editor is stored: one with
        the same `place`.
        """
        if self._places.get(place.paper_id, place) is not place:
            self._thread.submit(self.leave, place.paper_id)  # what an earlier editor could not store
        self._places[place.paper_id] = place
        self._newest[place.paper_id] = turn = object()
        return self._thread.submit(self._store, place, text, store, turn)

    def settled(self) -> Future[None]:
        """Return what is done once all that was handed over is stored, or is not."""
        return self._thread.submit(lambda: None)

    def finish(self) -> None:
        """Wait until all is stored. Blocks; nothing more is taken afterwards."""
        self._thread.shutdown()
        for file in self._rescued.values():
            file.release()

    def unstored(self, paper_id: str) -> str | None:
        """Return the last text for a paper, where it could not be stored."""
        return self._unstored.get(paper_id)

    def rescued(self, paper_id: str) -> Path | None:
        """Return the file in which it is then, if there is one."""
        file = self._rescued.get(paper_id)
        return file.path if file else None

    def leave(self, paper_id: str) -> None:
        """Leave the file to be found when the note is opened again."""
        self._unstored.pop(paper_id, None)
        if file := self._rescued.pop(paper_id, None):
            file.release()

    def last_words(self) -> list[str]:
        """Say where the texts are that could not be stored; one that is nowhere else is said itself."""
        said = []
        for paper_id, text in self._unstored.items():
            file = self._rescued.get(paper_id)
            where = (
                f"stored. It is in {file.path}" if file else f"kept anywhere. What you typed:\n{clean(text)}"
            )
            said.append(f"the note on {paper_id} could not be {where}")
        return said

    def _store(self, place: Place, text: str, store: Callable[[], T], turn: object) -> Outcome[T]:
        paper_id = place.paper_id
        if self._newest.get(paper_id) is not turn:
            return Outcome()
        try:
            value = store()
        except PapersError as error:
            self._unstored[paper_id] = text
            self._rescue(place, text)
            return Outcome(error=error)
        self._unstored.pop(paper_id, None)
        if file := self._rescued.pop(paper_id, None):
            file.discard()
        return Outcome(value)

    def _rescue(self, place: Place, text: str) -> None:
        from papers_tui.index.note_files import open_note_file  # noqa: PLC0415 - what is stored needs no file

        file = self._rescued.pop(place.paper_id, None)
        try:
            if file is not None:
                file.write(text)
        except OSError:
            file = None
        with suppress(OSError):
            self._rescued[place.paper_id] = file or open_note_file(place, text, is_kept=False)
