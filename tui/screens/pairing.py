"""Papers that are there twice, to be made one and taken apart again; and papers that go out to a file."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual import work

from papers_tui.index.errors import PapersError
from papers_tui.tui.citing import key_template
from papers_tui.tui.failures import tell
from papers_tui.tui.locations import expanded
from papers_tui.tui.pairs import join, part
from papers_tui.tui.screens.finding import CHUNK, Found, in_order
from papers_tui.tui.screens.following import Following
from papers_tui.tui.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from papers_tui.index.joining import Pair
    from papers_tui.index.library import Library
    from papers_tui.index.paper import Entry


LONGER: Final = 10.0
"""Seconds for what is more than a word."""


class Pairing(Following):
    """The commands on papers that may be one, and the export."""

    @work(group="dialog", exit_on_error=False)
    async def action_export(self) -> None:
        """Write the selection, or all results where nothing is selected, to a file."""
        from papers_tui.tui.exporting import export  # noqa: PLC0415 - what opens later is imported then
        from papers_tui.tui.screens.confirm import Confirm  # noqa: PLC0415 - see above
        from papers_tui.tui.screens.export import ExportDialog  # noqa: PLC0415 - see above

        library, found = self.library, self.found
        chosen = await self.chosen_targets() if self.papers.selected else []
        if library is None or found is None or not (chosen or found.total):
            return
        count = len(chosen) or found.total
        typed = await self.app.push_screen_wait(ExportDialog(count))
        if typed is None:
            return
        path = expanded(typed)
        if await asyncio.to_thread(path.exists):
            question = Confirm("Replace the file?", f"{path} is there already.")
            if not await self.app.push_screen_wait(question):
                return
        try:
            entries = _chosen(library, found, chosen) if chosen else _all(found)
            await asyncio.to_thread(export, library, entries, path, key_template(self.config))
        except PapersError as error:
            tell(self, error)
            return
        self.notify(f"{plural(count, 'paper')} written to {path}", markup=False)

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
                done = await asyncio.to_thread(join, library, pair.one.paper.id, pair.other.paper.id)
        except PapersError as error:
            tell(self, error)
            return False
        if done.said:  # a warning is shown over the next pair
            self.notify(" ".join(("Joined.", *done.said)), severity="warning", timeout=LONGER, markup=False)
        else:
            self.notify("Joined. u takes it back", markup=False)
        return True

    async def _keep_apart(self, library: Library, pair: Pair) -> None:
        try:
            await asyncio.to_thread(library.demand_writable)
            await asyncio.to_thread(library.joining.keep_apart, pair.one.paper.id, pair.other.paper.id)
        except PapersError as error:
            tell(self, error)
            return
        self.notify("Kept apart. u takes it back", markup=False)

    @work(group="marks", exit_on_error=False)
    async def action_take_apart(self) -> None:
        """Make two papers again of the one under the cursor."""
        targets = await self.chosen_targets()
        if (library := self.library) is None or not targets:
            return
        try:
            async with self._writing:
                await asyncio.to_thread(library.demand_writable)
                done = await asyncio.to_thread(part, library, targets[0])
        except PapersError as error:
            tell(self, error)
            return
        told = f"Taken apart: {' and '.join(done.ids)}; u takes it back."
        self.notify(" ".join((told, *done.said)), timeout=LONGER, markup=False)
        await self._show_change(library)
        self.update_index()


def _all(found: Found) -> Iterator[Entry]:
    for start in range(0, found.total, CHUNK):
        for hit in found.page(start, start + CHUNK):
            yield hit.entry


def _chosen(library: Library, found: Found, ids: Sequence[str]) -> Iterator[Entry]:
    for paper_id in in_order(found, ids):
        yield library.entry(paper_id)
