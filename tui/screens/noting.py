"""Notes: typed here or in the user's editor. What was typed is never lost, whatever fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
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
    from papers_tui.index.note_files import Place
    from papers_tui.index.store.marks import Change
    from papers_tui.index.unfinished import LeftNote
    from papers_tui.tui.editor import Edited

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Noted:
    """A paper whose note is being written."""

    library: Library
    entry: Entry
    draft: LeftNote | None
    """What was typed before, and not saved."""
    place: Place

    @property
    def start(self) -> str:
        """The text to begin with."""
        return self.draft.text if self.draft else self.entry.marks.note

    @property
    def is_kept(self) -> bool:
        """Whether that text is in the library."""
        return not (self.draft and self.draft.files)

    def keep(self, text: str) -> None:
        """Store what is typed as a draft; a text that is the note itself needs none."""
        library, paper_id = self.library, self.entry.paper.id
        if text == self.entry.marks.note:
            library.drop_draft(paper_id, over=self.draft)
        else:
            note, base = self.entry.marks.note, self.place.base
            library.save_draft(paper_id, text, base_revision=base, over=self.draft, base_note=note)

    def keep_emptied(self, text: str) -> None:
        """Store as a draft what an editor had saved before it emptied the file."""
        library, paper_id = self.library, self.entry.paper.id
        library.save_draft(paper_id, text, base_revision=library.entry(paper_id).marks.note_revision)

    def save(self, text: str) -> Change:
        """Store the note."""
        note, base = self.entry.marks.note, self.place.base
        change = self.library.set_note(self.entry.paper.id, text, base_revision=base, base_note=note)
        self.library.drop_draft(self.entry.paper.id, over=self.draft)
        return change


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

        if (noted := await self._noted()) is None:
            return
        marks, text = noted.entry.marks, noted.draft.text if noted.draft else None
        saving: Future[Outcome[Change]] | None = None

        def save(text: str) -> None:
            nonlocal saving
            saving = self._save(noted, text)

        while True:
            saving = None
            keep = partial(self._keep_draft, noted)
            editor = NoteEditor(noted.entry.paper.title, marks.note, text, on_draft=keep, on_save=save)
            edit = await self.app.push_screen_wait(editor)
            if edit is None or saving is None:
                if (text := await self._unkept_draft(noted)) is None:
                    return
            elif await self._is_stored(noted, saving):
                return
            else:
                text = edit.text

    @work(group="dialog", exit_on_error=False)
    async def action_edit_note(self) -> None:
        """Write a note in the user's editor, which gets the terminal; a draft is where it begins."""
        from papers_tui.tui.opener import edit_text  # noqa: PLC0415 - imported when it is wanted

        if (noted := await self._noted()) is None:
            return
        edited = edit_text(self.app, noted.start, noted.place, is_kept=noted.is_kept)
        if edited.problem:
            await self._tell_edited(noted, edited)
        elif edited.text == noted.start and edited.emptied is None:
            await asyncio.to_thread(edited.discard)
        else:

            def save() -> Change:
                change = noted.save(edited.text)
                if edited.emptied is not None:
                    noted.keep_emptied(edited.emptied)
                edited.discard()
                return change

            saving = self.drafts.put(noted.place, edited.text, save)
            if await self._is_stored(noted, saving):
                self._tell_emptied(edited, is_removed=bool(noted.entry.marks.note and not edited.text))
            elif (file := await asyncio.to_thread(edited.leave)) is not None:
                self.notify(f"What you typed is in {file}", severity="warning", timeout=30, markup=False)

    def _tell_emptied(self, edited: Edited, *, is_removed: bool) -> None:
        """Tell what became of a note that an editor emptied, and of what it had saved before."""
        said = ["Note removed. u brings it back."] if is_removed else []
        if edited.emptied is not None:
            said.append("What was saved before it was emptied is a draft: open the note again.")
        if said:
            self.notify(" ".join(said), timeout=10, markup=False)

    async def _tell_edited(self, noted: Noted, edited: Edited) -> None:
        """Tell what went wrong in an editor; what was typed all the same becomes a draft."""
        where = ""
        if (typed := edited.typed) is not None:

            def keep() -> None:
                noted.keep(typed)
                edited.discard()

            if (await _ended(self.drafts.put(noted.place, typed, keep))).error is None:
                where = ". What you typed is a draft: open the note again"
            elif (file := await asyncio.to_thread(edited.leave)) is not None:
                where = f". What you typed is in {file}"
        said = f"{edited.problem}{where}"
        self.notify(said, title="The note is as it was", severity="warning", timeout=10, markup=False)

    async def _noted(self) -> Noted | None:
        """Return the paper under the cursor as it is now, with all that was typed so far as its draft."""
        from papers_tui.index.note_files import Place  # noqa: PLC0415 - the browser starts faster without it

        await self.searched()
        await _ended(self.drafts.settled())
        shown = self.papers.highlighted
        if (library := self.library) is None or shown is None:
            return None

        def read(library: Library) -> tuple[Noted, bool]:
            library.demand_writable()
            entry = library.entry(shown.paper.id)
            paper, left = entry.paper, library.unfinished(entry.paper.id)
            base = left.base if left else entry.marks.note_revision
            place = Place(library.folder, paper.id, paper.title, base, entry.marks.note)
            noted = Noted(library, entry, left, place)
            return noted, library.is_typed_elsewhere(paper.id)

        noted, is_typed_elsewhere = await asyncio.to_thread(read, library)
        if is_typed_elsewhere:
            self.notify(
                "Both texts will be kept.",
                title="This note is being written in another window",
                severity="warning",
                markup=False,
            )
        return noted

    def keep_typed_anew(self) -> bool:
        """Keep what is being typed in the files that are there now; return whether anything is."""
        from papers_tui.tui.screens.note import NoteEditor  # noqa: PLC0415 - imported when it opens

        editors = [screen for screen in self.app.screen_stack if isinstance(screen, NoteEditor)]
        for editor in editors:
            editor.keep_anew()
        return bool(editors)

    def _keep_draft(self, noted: Noted, text: str) -> None:
        self._tell_stored(self.drafts.put(noted.place, text, partial(noted.keep, text)))

    @work(group="drafts", exit_on_error=False)
    async def _tell_stored(self, storing: Future[Outcome[None]]) -> None:
        """Say once that drafts cannot be stored."""
        error = (await _ended(storing)).error
        if error is not None and not self._is_told:
            tell(self, error)
        self._is_told = error is not None

    async def _unkept_draft(self, noted: Noted) -> str | None:
        """Return the draft that could be kept nowhere; one that is in a file is told of."""
        paper_id = noted.entry.paper.id
        await _ended(self.drafts.settled())
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

    def _save(self, noted: Noted, text: str) -> Future[Outcome[Change]]:
        """Begin to store a note: that goes on even if the program is left."""
        return self.drafts.put(noted.place, text, partial(noted.save, text))

    async def _is_stored(self, noted: Noted, saving: Future[Outcome[Change]]) -> bool:
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
        await self._show_change(noted.library)
        return True


async def _ended(storing: Future[T]) -> T:
    """Wait for a text to be stored. Who stops waiting does not stop that."""
    return await asyncio.shield(asyncio.wrap_future(storing))
