"""Two papers that may be one, side by side: the user says what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from rich.table import Table
from rich.text import Text
from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from papers_tui.index.joining import Pair
from papers_tui.tui.pairs import KEPT, contrast, rows
from papers_tui.tui.screens.dialog import LEAVE, WIDE, Dialog, Hint

Answer = Literal["join", "apart", "later"]


class PairDialog(Dialog[Answer | None]):
    """Shows one pair: they are one paper, or two, or that is decided later."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll(1)", "down", show=False),
        Binding("k,up", "scroll(-1)", "up", show=False),
        Binding("o,enter", "answer('join')", "one paper", show=False),
        Binding("t", "answer('apart')", "two papers", show=False),
        Binding("n,space", "answer('later')", "later", show=False),
    ]
    HINTS: ClassVar[Sequence[Hint]] = (
        Hint("enter", "one paper", "answer('join')"),
        Hint("t", "two papers", "answer('apart')"),
        Hint("n", "next", "answer('later')"),
        LEAVE,
    )

    body = getters.query_one("#pair", VerticalScroll)

    def __init__(self, pair: Pair, number: int, count: int) -> None:
        super().__init__(f"One paper or two? {number:,} of {count:,}")
        self._rows = rows(pair)
        self._contrast = contrast(pair)
        self._is_wide = True

    def compose_body(self) -> ComposeResult:
        """Lay out both papers."""
        self._is_wide = self.app.size.width >= WIDE
        with VerticalScroll(id="pair"):
            legend = f"{KEPT}is kept in one paper. {self._contrast}".strip()
            yield Static(Text(legend), id="pair-legend")
            yield Static(self._table(), id="pair-table")

    def on_mount(self) -> None:
        """Begin with the first line."""
        self.body.focus()

    def on_resize(self) -> None:
        """Put the papers side by side where there is room, else each value below the other."""
        is_wide = self.size.width >= WIDE
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            # Within a resize the new height would be that of the last layout.
            self.call_after_refresh(self.query_one("#pair-table", Static).update, self._table())

    def _table(self) -> Table:
        return self._side_by_side() if self._is_wide else self._stacked()

    def _side_by_side(self) -> Table:
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(style="dim", no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        table.add_column(ratio=1, overflow="fold")
        for row in self._rows:
            table.add_row(row.name, Text(row.one), Text(row.second, style="dim" if row.is_same else ""))
        return table

    def _stacked(self) -> Table:
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(style="dim", no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        for row in self._rows:
            table.add_row(row.name, Text(row.one))
            table.add_row("", Text(row.second, style="dim" if row.is_same else ""))
        return table

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.body.scroll_relative(y=lines, animate=False)

    def action_answer(self, answer: Answer) -> None:
        """Say what the papers are."""
        self.dismiss(answer)
