"""Searching: how results get from the library to the screen.

Everything that may block is awaited in a thread; a newer search cancels an older one, so that an answer
that comes late is never shown.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.text import Text
from textual import on, work
from textual.message import Message
from textual.worker import WorkerError

from papers_tui.index.errors import PapersError
from papers_tui.tui.config import Config
from papers_tui.tui.failures import Stopped, tell
from papers_tui.tui.screens import wordings
from papers_tui.tui.screens.finding import Place, fetch_pages, find, moved_on
from papers_tui.tui.screens.frame import Frame
from papers_tui.tui.screens.likeness import find_similar
from papers_tui.tui.widgets.paper_list import PaperList
from papers_tui.tui.widgets.query_bar import QueryBox
from papers_tui.tui.widgets.views import library_views
from papers_tui.tui.wording import in_words

if TYPE_CHECKING:
    from papers_tui.index.library import Library
    from papers_tui.index.noticing import Noticed

POLL: Final = 1.0
"""Seconds between looks at what other windows have changed."""

INDEX_POLLS: Final = 5
"""Looks at the marks for each look at the index."""


class Searching(Frame):
    """The data that flows into the panes of the browser."""

    @dataclass
    class Progressed(Message):
        """Posted while the index is written."""

        done: int
        total: int

    def __init__(self, open_library: Callable[[], Library], config: Config) -> None:
        super().__init__(open_library, config)
        self._marks_version: int | None = None
        self._noticed: Noticed | None = None
        """What the last look at the library found."""
        self._polls = 0
        self._is_closing = False

    def on_mount(self) -> None:
        """Open the library once the frame is painted: both would only wait for each other."""
        self.call_after_refresh(self.start)

    def on_unmount(self) -> None:
        """Tell a thread that still writes the index to leave off."""
        self._is_closing = True

    # Opening and indexing

    @work(group="open", exit_on_error=False)
    async def start(self) -> None:
        """Open the library, show its papers, and then bring its index up to date."""
        try:
            self.library = library = await asyncio.to_thread(self._open_library)
        except PapersError as error:
            if await self.is_mended(error):
                self.start()
            else:
                self.app.exit(error.exit_code, error.exit_code, Text(in_words(error)))
            return
        with suppress(WorkerError):
            await self.search(pause=0).wait()  # Whatever else there is to read waits for the papers.
        try:
            self._noticed = await asyncio.to_thread(library.look)
            self._marks_version = self._noticed.marks_version
            await self._offer_shelf(library)
        except PapersError as error:  # what is in the library can be searched all the same
            tell(self, error)
        self.update_index()
        self.set_interval(POLL, self._poll)
        self.look_after(library)
        self._warm_up(library)

    @work(group="warm", exit_on_error=False)
    async def _warm_up(self, library: Library) -> None:
        """Search for what nobody sees: the first word that is typed need not wait for imports."""
        with suppress(PapersError):
            await asyncio.to_thread(library.search, "a")

    async def is_mended(self, error: PapersError) -> bool:  # noqa: ARG002 - for screens that can do something
        """Do something about a library that cannot be opened; return whether to open it again."""
        return False

    def look_after(self, library: Library) -> None:
        """Begin what goes on while the library is open."""

    async def _offer_shelf(self, library: Library) -> None:
        """Put the starter shelf into a new library."""
        if await asyncio.to_thread(library.is_shelf_wanted):
            shelf = await asyncio.to_thread(library.add_shelf)
            if shelf.added:  # else another window was faster
                self.notice = f"Starter shelf: {shelf.added} papers. Import your own: {wordings.IMPORT_HINT}"

    @work(exclusive=True, group="index", exit_on_error=False)
    async def update_index(self) -> None:
        """Bring the index up to date if it is not; searches go on meanwhile."""
        if (library := self.library) is None:
            return
        self.count()
        if await asyncio.to_thread(library.index_is_current):
            return
        self.progress = (0, 0)
        try:
            await asyncio.to_thread(library.update_index, self._reporter())
        finally:
            self.progress = None
        # Who has not moved from the top stays there, though it may be another paper now.
        self.reload(from_top=not self.papers.cursor)

    def _reporter(self) -> Callable[[int, int], None]:
        """Return what the indexing thread reports to: some ten messages a second at most."""
        last = 0.0

        def report(done: int, total: int) -> None:
            nonlocal last
            if self._is_closing:
                raise Stopped
            if time.monotonic() - last > 0.1:
                last = time.monotonic()
                self.post_message(self.Progressed(done, total))

        return report

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        if self.progress is not None:
            self.progress = (event.done, event.total)

    @work(exclusive=True, group="poll", exit_on_error=False)
    async def _poll(self) -> None:
        """Notice what other windows have changed."""
        if (library := self.library) is None:
            return
        try:
            before, self._noticed = self._noticed, await asyncio.to_thread(library.look)
        except PapersError:
            self.trouble = wordings.OUT_OF_REACH
            raise
        if self._noticed is before:
            return  # which another look still finds out, or the files are locked
        if self.trouble:
            self.trouble = ""
            self.reload()
        if before is not None:
            self._tell_noticed(before, self._noticed)
        if self._noticed.marks_version != self._marks_version:
            self._marks_version = self._noticed.marks_version
            self.reload()
        self._polls += 1
        is_due = self._polls % INDEX_POLLS == 0 and self.progress is None
        if is_due and not await asyncio.to_thread(library.index_is_current):
            self.update_index()
        elif is_due and await asyncio.to_thread(library.count) != self.library_total:
            self.reload()

    def _tell_noticed(self, before: Noticed, now: Noticed) -> None:
        """Tell what another program did to the files of the library."""
        if now.replacements != before.replacements:
            is_typed = self.keep_typed_anew()
            rescued = [one.command for one in now.rescued[len(before.rescued) :]]
            self.notify(
                wordings.replaced(rescued, is_typed=is_typed),
                title="The library was replaced",
                severity="warning",
                timeout=15,
                markup=False,
            )
            self.reload()
            self.update_index()
        if now.why_read_only != before.why_read_only:
            self.tell_read_only()
            self._tell_frame()

    def keep_typed_anew(self) -> bool:
        """Keep what is being typed in the files that are there now; return whether anything is."""
        return False

    def tell_read_only(self) -> None:
        """Say why the library can only be read, or that it can be changed again."""

    @work(exclusive=True, group="count", exit_on_error=False)
    async def count(self) -> None:
        """Count the library's papers, marks and tags for the side pane."""
        if self.library is not None:
            overview = await asyncio.to_thread(self.library.overview)
            self.trashed_total = overview.trashed
            self.library_total = overview.total
            self.views.show(library_views(overview))

    # Searching

    @on(QueryBox.Changed)
    def _query_changed(self, event: QueryBox.Changed) -> None:
        self.views.query_shown = event.value
        self.similar_to = None
        if event.value:
            self.dropped = ""
        self.search(pause=self.config.typing_pause)
        if self.results is not None and not self.results.is_searched and self.progress is None:
            self.update_index()

    async def searched(self) -> None:
        """Wait until the list shows what the query box asks for, if that is being searched."""
        while self.results is None or self.results.query.text != self.query_box.value:
            pending = [one for one in self.workers if one.group == "search" and not one.is_finished]
            if not pending:
                return
            with suppress(WorkerError):
                await pending[-1].wait()

    def place_in_list(self) -> Place:
        """Tell where the reader is."""
        papers = self.papers
        entry = papers.highlighted
        return Place(
            entry.paper.id if entry else None,
            papers.cursor,
            papers.scroll_offset.y // papers.row_height,
            papers.rows_in_view,
        )

    def reload(self, *, from_top: bool = False) -> None:
        """Search again, the reader staying where they are, or at the top."""
        self.search(pause=0, place=None if from_top else self.place_in_list())
        self.count()

    @work(exclusive=True, group="search", exit_on_error=False)
    async def search(self, *, pause: float, place: Place | None = None) -> None:
        """Search once the typing pauses; a newer search cancels this one."""
        await asyncio.sleep(pause)
        if (library := self.library) is None:
            return
        shown = self.found
        if (paper := self.similar_to) is not None:
            self.found, listing = await asyncio.to_thread(find_similar, library, paper, place)
        else:
            text = self.query_box.value
            if self.results is not None and self.results.query.text != text:
                place = None  # which was in the results of another query
            self.results, listing = await asyncio.to_thread(find, library, text, place)
            self.found = self.results
        if place is not None and type(shown) is type(self.found):
            listing = moved_on(listing, place, self.place_in_list())
        self.papers.show(listing)
        self._tell_search()

    @on(PaperList.Wanted)
    def _wanted(self, event: PaperList.Wanted) -> None:
        self._fetch(event.pages)

    @work(exclusive=True, group="pages", exit_on_error=False)
    async def _fetch(self, pages: tuple[int, ...]) -> None:
        """Fetch the pages in view; other ones that were scrolled past are not waited for."""
        if (found := self.found) is None:
            return
        fetched = await asyncio.to_thread(fetch_pages, found, pages)
        if found is self.found:
            self.papers.fill(fetched)

    @on(PaperList.Highlighted)
    def _highlighted(self, event: PaperList.Highlighted) -> None:
        if event.entry is not None and self.found is not None:
            self.abstract.present(event.entry, self.found.spans)
        elif not self.papers.total:
            self.abstract.present(None, lambda _text, _field: ())
