"""The file that papers are written to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from papers_tui.tui.screens.dialog import LEAVE, CleanInput, Dialog, Hint
from papers_tui.tui.wording import plural


class ExportDialog(Dialog[str | None]):
    """Asks for the file: the result is what was typed."""

    HINTS: ClassVar[Sequence[Hint]] = (Hint("enter", "write", "accept"), LEAVE)

    path = getters.query_one(CleanInput)

    def __init__(self, count: int) -> None:
        super().__init__(f"Write {plural(count, 'paper')} to a file")

    def compose_body(self) -> ComposeResult:
        """Lay out the path, and what its ending tells."""
        yield CleanInput(placeholder="~/papers.bib", compact=True)
        endings = ".bib .ris .json (CSL-JSON) .csv .md .html; .jsonl keeps everything"
        yield Static(Content.styled(endings, "$text-muted"), id="bound", markup=False)

    def on_mount(self) -> None:
        """Begin with the path."""
        self.path.focus()

    def action_accept(self) -> None:
        """Write to the path that is typed."""
        if typed := self.path.value.strip():
            self.dismiss(typed)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_accept()
