"""Correcting papers: said as a mark, undone as one, and found by it once the index has it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual import work

from papers_tui.index.text import clean_line
from papers_tui.tui.pairs import shared_ids
from papers_tui.tui.screens.copying import Copying

if TYPE_CHECKING:
    from collections.abc import Collection

    from papers_tui.index.library import Library
    from papers_tui.index.paper import Entry


_LONGER: Final = 10.0
"""Seconds for what is more than a word."""


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
            await self._tell_shared_ids(library, entry.paper.id, changes)
            self.update_index()

    async def _tell_shared_ids(self, library: Library, paper_id: str, changes: Collection[str]) -> None:
        """Warn where an id is now that of two papers."""

        def look() -> list[tuple[str, str]]:
            return shared_ids(library, library.entry(paper_id), changes)

        if not {"arxiv", "doi"}.isdisjoint(changes):
            for name, other in await asyncio.to_thread(look):
                told = f"{name} is also the id of {other}: duplicates in the palette shows both"
                self.notify(clean_line(told), severity="warning", timeout=_LONGER, markup=False)
