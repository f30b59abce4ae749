"""The browser: moving between its panes, views, orders, and the commands that concern all of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on, work
from textual.binding import BindingType
from textual.widget import Widget

from papers_tui.tui.bindings import bindings, shown_keys
from papers_tui.tui.commands import COMMANDS, Where, command
from papers_tui.tui.screens.around import Around
from papers_tui.tui.screens.wordings import sort_name
from papers_tui.tui.widgets.abstract_pane import AbstractPane
from papers_tui.tui.widgets.paper_list import PaperList
from papers_tui.tui.widgets.query_bar import QueryBox
from papers_tui.tui.widgets.rows import Rows
from papers_tui.tui.widgets.views import Views

if TYPE_CHECKING:
    from papers_tui.index.library import Library
    from papers_tui.index.search.query import Sort

READING: Final = "-reading"
"""The class of a narrow screen on which the abstract takes the place of the list."""

VIEWING: Final = "-viewing"
"""The class of a screen too narrow for three panes on which the views are shown."""


class Browse(Around, inherit_bindings=False):
    """The screen that papers-tui is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("papers", "anywhere"),
        ("ctrl+c,super+c", "screen.copy_text", "Copy selected text"),
    ]

    # Panes

    @property
    def place(self) -> Where:
        """Where the focus is."""
        match self.focused:
            case QueryBox():
                return "search"
            case AbstractPane():
                return "abstract"
            case Views():
                return "library"
            case _:
                return "list"

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys of the pane that has the focus, and no pane in whose place another is wanted."""
        if not isinstance(event.widget, QueryBox):
            self.close_completions()
        self.key_hints.place = self.place
        if not isinstance(event.widget, AbstractPane):
            self.remove_class(READING)
        if not isinstance(event.widget, Views):
            self.remove_class(VIEWING)
        self.papers.refresh()

    def on_descendant_blur(self) -> None:
        """Draw cursors as they are without the focus."""
        self.papers.refresh()
        self.views.refresh()

    def _go_to(self, pane: Widget) -> None:
        self.set_class(pane is self.abstract and self.has_class("-narrow"), READING)
        self.set_class(pane is self.views and not self.has_class("-wide"), VIEWING)
        pane.focus()

    def action_search(self) -> None:
        """Go to the query box."""
        self._go_to(self.query_box)

    @on(QueryBox.Done)
    def _query_done(self) -> None:
        self._go_to(self.papers)

    def action_to_abstract(self) -> None:
        """Go to the abstract, which a narrow screen shows instead of the list."""
        if self.papers.highlighted is not None:
            self._go_to(self.abstract)

    def action_views(self) -> None:
        """Go to the views and tags, or back from there."""
        self._go_to(self.papers if self.place == "library" else self.views)

    @on(Rows.Chosen)
    def _row_chosen(self, event: Rows.Chosen) -> None:
        if isinstance(event.rows, PaperList):
            self.action_to_abstract()

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._step(1)

    def action_previous_pane(self) -> None:
        """Go to the previous pane."""
        self._step(-1)

    def _step(self, by: int) -> None:
        panes: list[Widget] = [self.query_box, self.views, self.papers, self.abstract]
        if not self.has_class("-wide") and self.place != "library":
            panes.remove(self.views)
        here = next((number for number, pane in enumerate(panes) if pane is self.focused), 0)
        self._go_to(panes[(here + by) % len(panes)])

    def action_back(self) -> None:
        """Go back to the list; from there, drop the range, the selection or the query, or bring that back."""
        papers = self.papers
        if self.place != "list":
            self._go_to(papers)
        elif papers.range_start is not None:
            papers.range_start = None
        elif papers.selected:
            papers.selected = frozenset()
        elif self.similar_to is not None:
            self.leave_similar()
        elif query := self.query_box.value:
            self.ask("")
            self.notice, self.dropped = "", query
        elif self.dropped:
            self.ask(self.dropped)
        else:
            self.notice = ""

    def action_scroll_abstract(self, by: int) -> None:
        """Scroll the abstract by a few lines, wherever the focus is."""
        self.abstract.scroll_relative(y=by * 3, animate=False)

    # Queries

    @on(Views.Selected)
    def _view_selected(self, event: Views.Selected) -> None:
        self.ask(event.query)
        self._go_to(self.papers)

    @work(group="dialog", exit_on_error=False)
    async def action_sort(self) -> None:
        """Choose the order of the results; it becomes part of the query."""
        from papers_tui.tui.screens.sort import SortMenu  # noqa: PLC0415 - dialogs are imported when they open

        if (results := self.results_on_show()) is not None:
            chosen = await self.app.push_screen_wait(SortMenu(results.sort))
            if chosen is not None:
                self._sort(chosen)

    def action_reverse(self) -> None:
        """Reverse the order of the results."""
        if (results := self.results_on_show()) is not None:
            now = results.sort
            self._sort(replace(now, is_reversed=not now.is_reversed))

    def _sort(self, sort: Sort) -> None:
        from papers_tui.index.search.choosing import sorted_by  # noqa: PLC0415 - after the first paint

        self.ask(sorted_by(self.query_box.value, sort))
        self.notify(f"Sorted by {sort_name(sort)}", markup=False)

    # The whole

    def action_command(self, command_id: str) -> None:
        """Carry out a command by its id, as its key would where the focus is."""
        wanted = command(command_id)
        pane: dict[Where, Widget] = {
            "search": self.query_box,
            "list": self.papers,
            "abstract": self.abstract,
            "library": self.views,
        }
        self.run_command(wanted.action, pane.get(wanted.where, self))

    @work(group="command", exit_on_error=False)
    async def run_command(self, action: str, on_widget: Widget) -> None:
        """Run an action where it belongs."""
        await self.app.run_action(action, on_widget)

    def action_help(self) -> None:
        """Show every key."""
        from papers_tui.tui.screens.help import HelpScreen  # noqa: PLC0415 - dialogs are imported when they open

        self.app.push_screen(HelpScreen(COMMANDS, shown_keys(self.config.keys)))

    @work(group="command", exit_on_error=False)
    async def action_suspend(self) -> None:
        """Stop until the shell goes on with this; not in the middle of a change: other windows would wait."""
        async with self._writing:
            self.app.action_suspend_process()

    def action_refresh_library(self) -> None:
        """Bring the index up to date and search again."""
        self.update_index()
        self.reload()

    def action_add_shelf(self) -> None:
        """Add the starter shelf."""
        self._change_shelf(is_wanted=True)

    def action_remove_shelf(self) -> None:
        """Remove the starter shelf, but for papers with marks."""
        self._change_shelf(is_wanted=False)

    @work(group="marks", exit_on_error=False)
    async def _change_shelf(self, *, is_wanted: bool) -> None:
        if (library := self.library) is None:
            return

        def change(library: Library) -> str:
            if is_wanted:
                return f"{library.add_shelf().added} papers added"
            return f"{len(library.remove_shelf())} papers removed; those with marks stay"

        said = await asyncio.to_thread(change, library)
        self.notice = ""
        self.papers.selected = frozenset()
        self.notify(said, title="Starter shelf", markup=False)
        self.update_index()
