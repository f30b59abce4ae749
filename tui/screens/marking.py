"""Marking: what the user says of papers. A mark shows once it is safely stored."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from textual import on, work

from papers_tui.index.paper import Status
from papers_tui.tui.config import Config
from papers_tui.tui.screens.finding import fetch_ids
from papers_tui.tui.screens.searching import Searching
from papers_tui.tui.widgets.paper_list import PaperList
from papers_tui.tui.wording import plural

if TYPE_CHECKING:
    from papers_tui.index.library import Library
    from papers_tui.index.store.marks import Change

MAX_STARS: Final = 5

MANY: Final = 500
"""Papers of which marking takes so long that the footer tells of it."""


class Marking(Searching):
    """The commands on marks, for the selected papers or the one under the cursor."""

    def __init__(self, open_library: Callable[[], Library], config: Config) -> None:
        super().__init__(open_library, config)
        self._writing = asyncio.Lock()
        self._selecting_rows: object | None = None
        self._has_selected = asyncio.Event()
        self._has_selected.set()

    # Which papers

    def targets(self) -> list[str]:
        """Return the ids of the selected papers, else of the one under the cursor."""
        if self.papers.selected:
            return sorted(self.papers.selected)
        entry = self.papers.highlighted
        return [entry.paper.id] if entry is not None else []

    def action_select(self) -> None:
        """Select the paper under the cursor, or take it out, and move on."""
        self.papers.toggle_selected()
        self.papers.action_cursor(1)

    def action_select_all(self) -> None:
        """Select every result; once more selects none."""
        if self._selecting_rows is not None:
            return
        if len(self.papers.selected) >= self.papers.total:
            self.papers.selected = frozenset()
        else:
            self._begin_to_select(range(self.papers.total))

    @on(PaperList.RangeChosen)
    def _range_chosen(self, event: PaperList.RangeChosen) -> None:
        self._begin_to_select(event.rows)

    def _begin_to_select(self, rows: range) -> None:
        self._selecting_rows = rows
        self._has_selected.clear()
        self.key_hints.selection = f"selecting {len(rows):,}"
        self._select(rows)

    @work(exclusive=True, group="select", exit_on_error=False)
    async def _select(self, rows: range) -> None:
        """Select the papers of these rows, wherever they are."""
        try:
            if (found := self.found) is not None:
                self.papers.selected |= set(await asyncio.to_thread(fetch_ids, found, rows))
                self._tell_selection()
        finally:
            if self._selecting_rows is rows:
                self._selecting_rows = None
                self._has_selected.set()

    async def chosen_targets(self) -> list[str]:
        """Return the targets once a selection that is being made is whole, and the list shows what was typed.

        Who types, presses Enter and marks at once means the paper that is found, not one that was there.
        """
        await self._has_selected.wait()
        await self.searched()
        return self.targets()

    @on(PaperList.SelectionChanged)
    def _tell_selection(self) -> None:
        papers = self.papers
        said = [f"{len(papers.selected):,} selected"] if papers.selected else []
        said += ["range: v ends it"] if papers.range_start is not None else []
        self.key_hints.selection = ", ".join(said)

    # Changing marks

    @work(group="marks", exit_on_error=False)
    async def change(
        self,
        make: Callable[[Library, list[str]], Change | None],
        *,
        targets: list[str] | None = None,
        done: str = "",
    ) -> None:
        """Change marks in a thread, one change after the other, and show them when they are stored.

        `targets` are the papers where they were chosen before; `done` says what was done where it was done
        to several of them.
        """
        targets = await self.chosen_targets() if targets is None else targets
        if (library := self.library) is None or not targets:
            return
        if len(targets) >= MANY:
            self.key_hints.selection = f"storing {len(targets):,}"
        async with self._writing:
            changed = await asyncio.to_thread(make, library, targets)
        self._tell_selection()
        if done and changed is not None and len(targets) > 1:
            self.notify(f"{done}: {plural(len(changed.ids), 'paper')}. u undoes it", markup=False)
        await self._show_change(library)

    async def _show_change(self, library: Library) -> None:
        self._marks_version = await asyncio.to_thread(library.marks_version)
        self.reload()

    def action_bookmark(self) -> None:
        """Bookmark the papers, or take the bookmarks away where all have one."""

        def make(library: Library, ids: list[str]) -> Change:
            is_on = not all(library.entry(one).marks.bookmarked for one in ids)
            return library.bookmark(ids, on=is_on)

        self.change(make, done="Bookmarks changed")

    def action_toggle_read(self) -> None:
        """Mark the papers as read, or as unread where all are read."""
        self._toggle_status(Status.READ)

    def action_toggle_reading(self) -> None:
        """Mark the papers as being read, or as unread where all are."""
        self._toggle_status(Status.READING)

    def _toggle_status(self, status: Status) -> None:
        def make(library: Library, ids: list[str]) -> Change:
            has_all = all(library.entry(one).marks.status is status for one in ids)
            return library.set_status(ids, Status.UNREAD if has_all else status)

        self.change(make, done=f"Marked as {status}, or unread")

    def action_rate(self, by: int) -> None:
        """Give the papers one star more or less than the first of them has."""

        def make(library: Library, ids: list[str]) -> Change:
            stars = (library.entry(ids[0]).marks.rating or 0) + by
            return library.set_rating(ids, max(0, min(stars, MAX_STARS)) or None)

        self.change(make, done="Rated")

    def action_undo(self) -> None:
        """Take the last change back, whichever papers it was made to."""
        self._go_back_or_forth("Undone", "Nothing to undo", lambda library: library.undo())

    def action_redo(self) -> None:
        """Make the change that was undone again."""
        self._go_back_or_forth("Redone", "Nothing to redo", lambda library: library.redo())

    @work(group="marks", exit_on_error=False)
    async def _go_back_or_forth(
        self, did: str, nothing: str, make: Callable[[Library], Change | None]
    ) -> None:
        if (library := self.library) is None:
            return
        async with self._writing:
            changed = await asyncio.to_thread(make, library)
        if changed is None:
            self.notify(nothing, markup=False)
            return
        self.notify(f"{did}: {changed.label}, {plural(len(changed.ids), 'paper')}", markup=False)
        await self._show_change(library)
        self.update_index()

    @work(group="dialog", exit_on_error=False)
    async def action_tag(self) -> None:
        """Add tags to the papers and take others away."""
        from papers_tui.tui.screens.tags import TagEditor  # noqa: PLC0415 - dialogs are imported when they open

        targets = await self.chosen_targets()
        if (library := self.library) is None or not targets:
            return
        current, known = await asyncio.to_thread(_tags_of, library, targets)
        edit = await self.app.push_screen_wait(TagEditor(current, len(targets), known))
        if edit is not None and (edit.add or edit.remove):
            add, remove = edit.add, edit.remove
            self.change(
                lambda door, ids: door.tag(ids, add=add, remove=remove), targets=targets, done="Tagged"
            )


def _tags_of(library: Library, ids: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the tags of these papers with how many have each, and those of the whole library."""
    current = Counter(tag for one in ids for tag in library.entry(one).marks.tags)
    return dict(current), library.tags()
