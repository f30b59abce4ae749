"""Papers that are there twice: shown pair by pair, made one, and taken apart again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from papers_tui.index.errors import PapersError
from papers_tui.tui.failures import tell
from papers_tui.tui.screens.following import Following

if TYPE_CHECKING:
    from papers_tui.index.joining import Pair
    from papers_tui.index.library import Library


class Pairing(Following):
    """The commands on papers that may be one."""

    @work(group="dialog", exit_on_error=False)
    async def action_duplicates(self) -> None:
        """Show pairs of papers that may be one, and do what the user says of them."""
        from papers_tui.tui.screens.pairs import PairDialog  # noqa: PLC0415 - dialogs are imported when they open

        if (library := self.library) is None:
            return
        self.notify("Looking for papers that are there twice", markup=False)
        pairs = await asyncio.to_thread(library.joining.pairs)
        if not pairs:
            self.notify("No two papers look like one", markup=False)
        joined: set[str] = set()
        for number, pair in enumerate(pairs, 1):
            if joined & {pair.one.paper.id, pair.other.paper.id}:
                continue
            answer = await self.app.push_screen_wait(PairDialog(pair, number, len(pairs)))
            if answer is None:
                break
            if answer == "apart":
                await self._keep_apart(library, pair)
            elif answer == "join" and await self._join(library, pair):
                joined |= {pair.one.paper.id, pair.other.paper.id}
        if joined:
            await self._show_change(library)
            self.update_index()

    async def _join(self, library: Library, pair: Pair) -> bool:
        try:
            async with self._writing:
                await asyncio.to_thread(library.demand_writable)
                await asyncio.to_thread(library.joining.merge, pair.one.paper.id, pair.other.paper.id)
        except PapersError as error:
            tell(self, error)
            return False
        self.notify("Joined. The command “take apart” takes it back", markup=False)
        return True

    async def _keep_apart(self, library: Library, pair: Pair) -> None:
        try:
            await asyncio.to_thread(library.demand_writable)
            await asyncio.to_thread(library.joining.keep_apart, pair.one.paper.id, pair.other.paper.id)
        except PapersError as error:
            tell(self, error)

    @work(group="marks", exit_on_error=False)
    async def action_take_apart(self) -> None:
        """Make two papers again of the one under the cursor."""
        targets = await self.chosen_targets()
        if (library := self.library) is None or not targets:
            return
        try:
            async with self._writing:
                await asyncio.to_thread(library.demand_writable)
                ids = await asyncio.to_thread(library.joining.separate, targets[0])
        except PapersError as error:
            tell(self, error)
            return
        self.notify(f"Taken apart: {' and '.join(ids)}", markup=False)
        await self._show_change(library)
        self.update_index()
