"""The search pane: the query, and what it found."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from papers_tui.index.text import clean_line
from papers_tui.tui.bindings import bindings
from papers_tui.tui.widgets.in_order import edit_in_order

MAX_QUERY: Final = 10_000
"""Characters a query may have."""


class QueryBox(Input):
    """Where queries are typed."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("completion"), *bindings("search")]

    class Done(Message):
        """Posted when the query is as wanted and the results are to be looked at."""

    def __init__(self) -> None:
        super().__init__(
            placeholder="Search",
            id="query",
            select_on_focus=False,
            max_length=MAX_QUERY,
            compact=True,
        )

    def action_to_results(self) -> None:
        """Go on to the results."""
        self.post_message(self.Done())

    async def _on_key(self, event: events.Key) -> None:
        await edit_in_order(self, event)

    def _on_paste(self, event: events.Paste) -> None:
        """Make one printable line of what is pasted, before Textual takes its first line alone."""
        event.text = clean_line(event.text, limit=MAX_QUERY)


class QueryBar(Horizontal):
    """The query box, with the number of results at its right."""

    def compose(self) -> ComposeResult:
        """Lay out the bar."""
        yield QueryBox()
        yield Static(id="status", markup=False)

    def tell(self, words: str) -> None:
        """Show what the search found, or is doing."""
        self.query_one("#status", Static).update(Content(words))
