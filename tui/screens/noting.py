"""Notes: typed here or in the user's editor. What was typed is never lost, whatever fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.worker import Worker, WorkerFailed

from papers_tui.index.errors import PapersError
from papers_tui.index.paper import Entry
from papers_tui.tui.editor import keep_in_file
from papers_tui.tui.failures import tell
from papers_tui.tui.screens.marking import Marking

if TYPE_CHECKING:
    from pathlib import Path

    from papers_tui.index.library import Library
    from papers_tui.index.store.marks import Change


class Noting(Marking):
    """The commands on the note of the paper under the cursor."""

    _storing: Worker[None] | None = None
    """What stores the latest draft."""
    _unkept: str | None = None
    """The latest draft, if it could not be stored."""
    _rescue: Path | None = None
    """The file that it was put into then."""

    @work(group="dialog", exit_on_error=False)
    async def action_note(self) -> None:
        """Write a note; where it cannot be stored, it comes back to be stored later."""
        from papers_tui.tui.screens.note import NoteEditor  # noqa: PLC0415 - imported when it opens

        if (found := await self._noted()) is None:
            return
        library, entry, draft, base = found
        while True:
            keep = partial(self._keep_draft, library, entry, base)
            editor = NoteEditor(entry.paper.title, entry.marks.note, draft, on_draft=keep)
            edit = await self.app.push_screen_wait(editor)
            if edit is None:
                if (draft := await self._unkept_draft()) is None:
                    return
            elif await self._is_stored(library, entry, edit.text, base):
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
        elif edited.text == start or await self._is_stored(library, entry, edited.text, base):
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
        if text == entry.marks.note:
            store = partial(library.drop_draft, entry.paper.id)
        else:
            store = partial(library.save_draft, entry.paper.id, text, base_revision=base)
        self._storing = self._store_draft(store, text)

    @work(group="drafts", exit_on_error=False)
    async def _store_draft(self, store: Callable[[], None], text: str) -> None:
        """Store a draft; where that fails, keep it in a file, and say so once."""
        async with self._writing:
            try:
                await asyncio.to_thread(store)
            except PapersError as error:
                if self._unkept is None:
                    tell(self, error)
                self._unkept = text
                with suppress(OSError):
                    self._rescue = await asyncio.to_thread(keep_in_file, text, self._rescue)
                return
            self._unkept = None
            if self._rescue is not None:
                await asyncio.to_thread(self._rescue.unlink, missing_ok=True)
                self._rescue = None

    async def _unkept_draft(self) -> str | None:
        """Return the draft that could be kept nowhere; one that is in a file is told of."""
        if self._storing is not None:
            with suppress(WorkerFailed):
                await self._storing.wait()
        if self._unkept is None:
            return None
        if self._rescue is None:
            self.notify(
                "Nothing can be kept now. Free some space, then save.", severity="error", markup=False
            )
            return self._unkept
        self.notify(f"What you typed is in {self._rescue}", severity="warning", timeout=30, markup=False)
        self._unkept = self._rescue = None
        return None

    async def _is_stored(self, library: Library, entry: Entry, text: str, base: int) -> bool:
        """Store a note; where that fails, say why, and return False."""

        def store() -> Change:
            change = library.set_note(entry.paper.id, text, base_revision=base)
            library.drop_draft(entry.paper.id)
            return change

        try:
            async with self._writing:
                change = await asyncio.to_thread(store)
        except PapersError as error:
            tell(self, error)
            return False
        if change.conflict:
            self.notify(
                "The note was changed elsewhere meanwhile. Both versions are in it now.",
                title="Two versions",
                severity="warning",
                markup=False,
            )
        await self._show_change(library)
        return True
