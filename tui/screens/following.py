"""Files that follow queries: bound here, and rewritten within about a second of a change."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual import events, on, work

from papers_tui.index.errors import PapersError
from papers_tui.tui.citing import key_template
from papers_tui.tui.config import Config
from papers_tui.tui.screens.editing import Editing
from papers_tui.tui.wording import plural

if TYPE_CHECKING:
    from papers_tui.index.library import Library
    from papers_tui.tui.binding import BoundFiles, Written

LOOK: Final = 1.0
"""Seconds between looks at whether anything changed, here or in another window."""


class Following(Editing):
    """The files that are bound to queries."""

    def __init__(self, open_library: Callable[[], Library], config: Config, last_style: str | None) -> None:
        super().__init__(open_library, config, last_style)
        self._bound: BoundFiles | None = None
        self._followed: object = None
        """The state of the library to which the files were brought."""
        self._following = asyncio.Lock()

    def on_mount(self) -> None:
        """Keep an eye on the library."""
        self.set_interval(LOOK, self._follow)

    @on(events.Unmount)
    async def _follow_at_last(self) -> None:
        """Let the files follow the last changes too."""
        async with self._following:
            if (library := self.library) is not None:
                with contextlib.suppress(PapersError):  # the next start brings the files up to date
                    await asyncio.to_thread(self._refresh, library)

    @work(group="follow", exit_on_error=False)
    async def _follow(self) -> None:
        """Bring bound files up to date where something changed, and tell of trouble."""
        if (library := self.library) is None or self._following.locked():
            return
        done: list[Written] = []
        async with self._following:
            with contextlib.suppress(PapersError):  # a library in trouble is told of by whoever reads it
                done = await asyncio.to_thread(self._refresh, library)
        for one in done:
            if one.problem:
                self.notify(one.problem, title="Not rewritten", severity="warning", timeout=10, markup=False)

    def _refresh(self, library: Library) -> list[Written]:
        """Bring bound files up to date; not for the event loop."""
        if not library.bindings.all():
            return []
        state = (library.version(), library.index_is_current())
        if state == self._followed:
            return []
        self._followed = state
        return self._bound_files(library).refresh()

    def _bound_files(self, library: Library) -> BoundFiles:
        from papers_tui.tui.binding import BoundFiles  # noqa: PLC0415 - few libraries have bound files

        if self._bound is None:
            self._bound = BoundFiles(library, lambda: key_template(self.config))
        return self._bound

    @work(group="dialog", exit_on_error=False)
    async def action_bind(self) -> None:
        """Bind the search to a file that follows it."""
        from papers_tui.tui.binding import new_binding  # noqa: PLC0415 - few libraries have bound files
        from papers_tui.tui.screens.bind import BindDialog  # noqa: PLC0415 - dialogs are imported when they open

        query = self.query_box.value.strip()
        if (library := self.library) is None:
            return
        if not query:
            self.notify("Search first: a bound file follows a search", markup=False)
            return
        bound = await asyncio.to_thread(library.bindings.all)
        known = [(str(one.path), one.query) for one in bound]
        typed = await self.app.push_screen_wait(BindDialog(query, known))
        if typed is not None:
            wanted = new_binding(typed, query)
            made, _ = await asyncio.to_thread(self._bound_files(library).bind, wanted)
            said = f"{plural(made.count, 'paper')} in {made.binding.path}"
            self.notify(said, title="Bound", markup=False)
