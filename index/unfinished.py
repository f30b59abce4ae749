"""Notes that were typed and not saved: drafts in the marks, and files that were left behind."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from papers_tui.index.errors import LibraryError
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.uniting import both_notes

if TYPE_CHECKING:
    from papers_tui.index.note_files import LeftFile
    from papers_tui.index.store.drafts import Draft

_IN_A_FILE: Final = "left in a file"


@dataclass(frozen=True, slots=True)
class LeftNote:
    """All that was typed into a note and not saved, by programs that ended and by this one."""

    text: str
    base: int
    """The revision of the note that it was typed over; the oldest of them."""
    draft: Draft | None
    files: tuple[LeftFile, ...]


class Unfinished:
    """The part of the library that keeps notes until they are saved."""

    def __init__(self, corpus: Corpus, marks: MarksStore) -> None:
        self._corpus = corpus
        self._marks = marks

    @property
    def folder(self) -> Path:
        """The data directory."""
        return self._marks.path.parent

    def drafts(self) -> dict[str, str]:
        """The titles of the papers with a note that was typed and not saved, by their ids, the newest first.

        What is being typed in other windows is not among them.
        """
        filed = [self._now_called(file.paper_id) for file in self._left_files() if file.text]
        left = dict.fromkeys([*self._marks.left_unfinished(), *filed])
        return {one: self._title(one) for one in left}

    def cut_off(self) -> dict[str, str]:
        """The titles of the papers beside whose notes an editor left something of its own, by their ids."""
        left = [self._now_called(file.paper_id) for file in self._left_files() if file.others]
        return {one: self._title(one) for one in left}

    def unfinished(self, paper_id: str) -> LeftNote | None:
        """What was typed into a note and not saved: by this session, and by those that ended."""
        now = self._now_called(paper_id)
        draft = self._marks.unfinished(now)
        files = [one for one in self._left_files() if one.text and self._now_called(one.paper_id) == now]
        if draft is None and not files:
            return None
        text = draft.text if draft else ""
        for file in files:
            text = both_notes(text, file.text, _IN_A_FILE)
        note = self._marks.get(now).note
        bases = [*([draft.base] if draft else []), *(file.base_over(note) for file in files)]
        return LeftNote(text, min(bases), draft, tuple(files))

    def is_typed_elsewhere(self, paper_id: str) -> bool:
        """Whether another window that is open has an unfinished note on a paper."""
        return self._marks.is_typed_elsewhere(self._now_called(paper_id))

    def draft(self, paper_id: str) -> str | None:
        """The text of a note that was typed and not saved."""
        left = self.unfinished(paper_id)
        return left.text if left else None

    def save_draft(
        self,
        paper_id: str,
        text: str,
        *,
        base_revision: int = 0,
        over: LeftNote | None = None,
        base_note: str | None = None,
    ) -> None:
        """Keep the text of a note that is being typed over revision `base_revision`, which was `base_note`.

        It takes the place of what it began with, `over`.
        """
        draft, now = over.draft if over else None, self._now_called(paper_id)
        self._marks.save_draft(now, text, base_revision=base_revision, over=draft, base_note=base_note)
        _discard_files(over)

    def drop_draft(self, paper_id: str, over: LeftNote | None = None) -> None:
        """Forget what this session kept of an unfinished note, and what it began with, `over`."""
        self._marks.drop_draft(self._now_called(paper_id), over.draft if over else None)
        _discard_files(over)

    def sweep(self) -> None:
        """Take what is in files of notes into the marks, with which it is backed up; the files go.

        One that an editor may still have open stays, and so does one that cannot be taken in now.
        """
        from papers_tui.index.note_files import sweep  # noqa: PLC0415 - the first results come sooner without it

        for file in self._left_files():
            if file.text and not file.may_be_open:
                with suppress(LibraryError):
                    self._take_in(file)
        sweep(self.folder)

    def _take_in(self, file: LeftFile) -> None:
        paper_id = self._now_called(file.paper_id)
        note = self._marks.get(paper_id).note
        if file.text != note:
            self._marks.keep_left(paper_id, file.text, file.base_over(note))
        file.discard()

    def _left_files(self) -> list[LeftFile]:
        from papers_tui.index.note_files import left_files  # noqa: PLC0415 - as above

        return left_files(self.folder)

    def _title(self, paper_id: str) -> str:
        paper = self._corpus.get(paper_id) or self._marks.snapshot(paper_id)
        return paper.title if paper else paper_id

    def _now_called(self, paper_id: str) -> str:
        """Return the id that a paper has now: an import may change it while a note is being typed."""
        return self._corpus.renamed([paper_id]).get(paper_id, paper_id)


def _discard_files(over: LeftNote | None) -> None:
    for file in over.files if over else ():
        file.discard()
