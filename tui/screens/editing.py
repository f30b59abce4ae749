"""Correcting papers: said as a mark, undone as one, and found by it once the index has it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from papers_tui.tui.screens.copying import Copying

if TYPE_CHECKING:
    from papers_tui.index.library import Library
    from papers_tui.index.paper import Entry


class Editing(Copying):
    """The command that corrects what is known of a paper."""

    @work(group="dialog", exit_on_error=False)
    async def action_edit(self) -> None:
        """Correct title, authors, date, venue and ids of the paper under the cursor."""
        from papers_tui.tui.screens.edit import EditDialog  # noqa: PLC0415 - dialogs are imported when they open

        await self.searched()
        shown = self.papers.highlighted
        if (library := self.library) is None or shown is None:
            return

        def read(library: Library) -> Entry:
            library.demand_writable()
            return library.entry(shown.paper.id)

        entry = await asyncio.to_thread(read, library)
        changes = await self.app.push_screen_wait(EditDialog(entry))
        if changes:
            async with self._writing:
                await asyncio.to_thread(library.edit, entry.paper.id, changes)
            await self._show_change(library)
            self.notify(f"Edited: {', '.join(changes)}. u undoes it", markup=False)
            self.update_index()
