"""Binding a search to a file, which follows it from then on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from papers_tui.index.text import clean_line
from papers_tui.tui.screens.dialog import LEAVE, CleanInput, Dialog, Hint


class BindDialog(Dialog[str | None]):
    """Asks for the file that is to follow a query: the result is what was typed."""

    HINTS: ClassVar[Sequence[Hint]] = (Hint("enter", "bind", "accept"), LEAVE)

    path = getters.query_one(CleanInput)

    def __init__(self, query: str, bound: Sequence[tuple[str, str]]) -> None:
        """`bound` are the files that follow queries already, with their queries."""
        super().__init__("Bind this search to a file")
        self._query = clean_line(query)
        self._bound = [(clean_line(file), clean_line(query)) for file, query in bound]

    def compose_body(self) -> ComposeResult:
        """Lay out the query, the path, and the files that are bound already."""
        yield Static(Content.assemble(("Follows: ", "$text-muted"), self._query), id="why", markup=False)
        yield CleanInput(placeholder="~/thesis/refs.bib, or .ris or .json", compact=True)
        lines = [f"{file}  {query}" for file, query in self._bound]
        if lines:
            lines = ["", "Bound already (papers-tui bind --remove FILE sets one free):", *lines]
        yield Static(Content.styled("\n".join(lines), "$text-muted"), id="bound", markup=False)

    def on_mount(self) -> None:
        """Begin with the path."""
        self.path.focus()

    def action_accept(self) -> None:
        """Bind to the path that is typed."""
        if typed := self.path.value.strip():
            self.dismiss(typed)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_accept()
