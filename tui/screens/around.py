"""Around the results: papers like one of them, and the words as they were typed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work

from papers_tui.tui.config import Config
from papers_tui.tui.screens.completing import Completing
from papers_tui.tui.screens.finding import Place
from papers_tui.tui.uncorrected import as_read, as_typed

if TYPE_CHECKING:
    from papers_tui.index.library import Library
    from papers_tui.index.results import Results


class Around(Completing):
    """The commands that lead from results to others."""

    def __init__(self, open_library: Callable[[], Library], config: Config, last_style: str | None) -> None:
        super().__init__(open_library, config, last_style)
        self._left: Place | None = None
        """Where the reader was in the results before they looked for similar papers."""

    def ask(self, query: str) -> None:
        """Write a query into the query box, which searches it."""
        is_same = self.query_box.value == query
        self.query_box.value = query
        self.query_box.cursor_position = len(query)
        if is_same and self.similar_to is not None:
            self.leave_similar()

    def results_on_show(self) -> Results | None:
        """Return the results; None, with a word about it, while the list shows similar papers."""
        if self.similar_to is None:
            return self.results
        self.notify("That is for results: esc goes back to them", markup=False)
        return None

    def action_similar(self) -> None:
        """List the papers that are like the one under the cursor."""
        entry = self.papers.highlighted
        if self.library is None or entry is None:
            return
        if self.similar_to is None:
            self._left = self.place_in_list()
        self.similar_to = entry.paper
        self.search(pause=0)
        self.papers.focus()

    def leave_similar(self) -> None:
        """Go back to the results, to where the reader left them."""
        self.similar_to = None
        self.search(pause=0, place=self._left)

    @work(group="dialog", exit_on_error=False)
    async def action_facets(self) -> None:
        """Narrow the results to some years, or to a value; the filter becomes part of the query."""
        if (results := self.results_on_show()) is None:
            return
        facets = await asyncio.to_thread(results.facets)
        from papers_tui.index.search.choosing import narrowed  # noqa: PLC0415 - after the first paint
        from papers_tui.tui.screens.facets import FacetMenu  # noqa: PLC0415 - dialogs are imported when they open

        if not (results.total or facets.years):
            self.notify("There is nothing to narrow: no paper is found", markup=False)
            return
        query = self.query_box.value
        node = await self.app.push_screen_wait(FacetMenu(facets, results.total, query))
        if node is not None:
            self.ask(narrowed(query, node))

    def action_refuse(self) -> None:
        """Search the words as they were typed, in quotes that can be seen and edited; or corrected again."""
        words = [one.word for one in self.results.corrections] if self.results is not None else []
        typed = self.query_box.value
        if (query := as_typed(typed, words)) != typed:
            self.refused.update(words)
            self.ask(query)
        elif (query := as_read(typed, self.refused)) != typed:
            self.ask(query)
        else:
            self.notify("Every word is searched as it was typed", markup=False)
