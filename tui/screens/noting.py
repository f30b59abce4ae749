"""Notes: typed here or in the user's editor. What was typed is never lost, whatever fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual import work

from papers_tui.index.paper import Entry
from papers_tui.tui.config import Config
from papers_tui.tui.drafting import DraftWriter, Outcome
from papers_tui.tui.failures import tell
from papers_tui.tui.screens.marking import Marking

if TYPE_CHECKING:
    from papers_tui.index.library import Library
    from papers_tui.index.store.marks import Change

T = TypeVar("T")


class Noting(Marking):
    """The commands on the note of the paper under the cursor."""

    def __init__(self, open_library: Callable[[], Library], config: Config) -> None:
        super().__init__(open_library, config)
        self.drafts = DraftWriter()
        """Has to be finished before the library is closed."""
        self._is_told = False
        """Whether it was told that drafts cannot be stored."""

    @work(group="dialog", exit_on_error=False)
    async def action_note(self) -> None:
        """Write a note; where it cannot be stored, it comes back to be stored later."""
        from papers_tui.tui.screens.note import NoteEditor  # noqa: PLC0415 - imported when it opens

        if (found := await self._noted()) is None:
            return
        library, entry, draft, base = found
        saving: Future[Outcome[Change]] | None = None

        def save(text: str) -> None:
            nonlocal saving
            saving = self._save(library, entry, base, text)

        while True:
            saving = None
            keep = partial(self._keep_draft, library, entry, base)
            editor = NoteEditor(entry.paper.title, entry.marks.note, draft, on_draft=keep, on_save=save)
            edit = await self.app.push_screen_wait(editor)
            if edit is None or saving is None:
                if (draft := await self._unkept_draft(entry)) is None:
                    return
            elif await self._is_stored(library, saving):
                return
            else:
                draft = edit.text

    @work(group="dialog", exit_on_error=False)
    async def action_edit_note(self) -> None:
        """Write a note in the user's editor, which gets the terminal; a draft is where it begins."""
        from papers_tui.tui.opener import edit_text  # noqa: PLC0415 - imported when it is wanted

        if (found := await self._noted()) is None:
            return
        library, entry, draft, base = found
        start = entry.marks.note if draft is None else draft
        edited = edit_text(self.app, start)
        if edited.problem:
            self.notify(edited.problem, title="The note is as it was", severity="warning", markup=False)
            if edited.typed is not None:
                self._keep_draft(library, entry, base, edited.typed)
        elif edited.text == start or await self._is_stored(
            library, self._save(library, entry, base, edited.text)
        ):
            edited.discard()
        elif edited.file is not None:
            self.notify(f"What you typed is in {edited.file}", severity="warning", timeout=30, markup=False)

    async def _noted(self) -> tuple[Library, Entry, str | None, int] | None:
        """Return the paper under the cursor as it is now, its draft, and the revision to change."""
        await self.searched()
        shown = self.papers.highlighted
        if (library := self.library) is None or shown is None:
            return None

        def read(library: Library) -> tuple[Entry, str | None, int]:
            library.demand_writable()
            entry = library.entry(shown.paper.id)
            base = library.draft_base(entry.paper.id)
            return entry, library.draft(entry.paper.id), entry.marks.note_revision if base is None else base

        return library, *await asyncio.to_thread(read, library)

    def _keep_draft(self, library: Library, entry: Entry, base: int, text: str) -> None:
        """Store what is typed as a draft; a text that is the note itself needs none."""
        paper_id = entry.paper.id
        if text == entry.marks.note:
            store = partial(library.drop_draft, paper_id)
        else:
            store = partial(library.save_draft, paper_id, text, base_revision=base)
        self._tell_stored(self.drafts.put(paper_id, text, store))

    @work(group="drafts", exit_on_error=False)
    async def _tell_stored(self, storing: Future[Outcome[None]]) -> None:
        """Say once that drafts cannot be stored."""
        error = (await _ended(storing)).error
        if error is not None and not self._is_told:
            tell(self, error)
        self._is_told = error is not None

    async def _unkept_draft(self, entry: Entry) -> str | None:
        """Return the draft that could be kept nowhere; one that is in a file is told of."""
        paper_id = entry.paper.id
        await self.workers.wait_for_complete([one for one in self.workers if one.group == "drafts"])
        if (text := self.drafts.unstored(paper_id)) is None:
            return None
        if (file := self.drafts.rescued(paper_id)) is None:
            self.notify(
                "Nothing can be kept now. Free some space, then save.", severity="error", markup=False
            )
            return text
        self.notify(f"What you typed is in {file}", severity="warning", timeout=30, markup=False)
        self.drafts.leave(paper_id)
        return None

    def _save(self, library: Library, entry: Entry, base: int, text: str) -> Future[Outcome[Change]]:
        """Begin to store a note: that goes on even if the program is left."""
        paper_id = entry.paper.id

        def store() -> Change:
            change = library.set_note(paper_id, text, base_revision=base)
            library.drop_draft(paper_id)
            return change

        return self.drafts.put(paper_id, text, store)

    async def _is_stored(self, library: Library, saving: Future[Outcome[Change]]) -> bool:
        """Wait for a note to be stored; where that fails, say why, and return False."""
        async with self._writing:
            outcome = await _ended(saving)
        if outcome.error is not None or outcome.value is None:
            tell(self, outcome.error)
            return False
        if outcome.value.conflict:
            self.notify(
                "The note was changed elsewhere meanwhile. Both versions are in it now.",
                title="Two versions",
                severity="warning",
                markup=False,
            )
        await self._show_change(library)
        return True


async def _ended(storing: Future[T]) -> T:
    """Wait for a text to be stored. Who stops waiting does not stop that."""
    return await asyncio.shield(asyncio.wrap_future(storing))
