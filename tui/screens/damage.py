"""A damaged library: what is wrong, and the ways out of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from papers_tui.index.text import clean
from papers_tui.tui.screens.dialog import TALL, Dialog, Hint

WayOut = Literal["restore", "salvage"]


class Damage(Dialog[WayOut | None]):
    """Offers the newest good backup, and saving what can still be read. Esc leaves the file as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "restore", "restore", show=False),
        Binding("s", "salvage", "save", show=False),
    ]
    HINTS: ClassVar[Sequence[Hint]] = (
        Hint("r", "restore the backup", "restore"),
        Hint("s", "save what can be read", "salvage"),
        Hint("esc", "quit", "leave"),
    )
    IS_UNASKED: ClassVar[bool] = True

    def __init__(self, what: str, backup: str, *, is_foreign: bool = False, is_lost: bool = False) -> None:
        """Tell what is wrong.

        Args:
            what: The error's message.
            backup: The newest good backup in words; empty where there is none.
            is_foreign: Whether the file is none of ours: nothing can be saved from it then.
            is_lost: Whether it is missing or empty.
        """
        title = "Another file is in the way" if is_foreign else "The library is damaged"
        super().__init__("The marks are missing" if is_lost else title)
        self._is_lost = is_lost
        self._is_foreign = is_foreign
        self._what = clean(what, limit=1000)
        self._backup = clean(backup, limit=1000)

    def compose_body(self) -> ComposeResult:
        """Lay out what is wrong, and the ways out of it."""
        gap = "\n\n" if self.app.size.height >= TALL else "\n"
        offer = f"{gap}The newest good backup: {self._backup}." if self._backup else ""
        kept = "" if self._is_lost else f"{gap}The file that is there now is kept, whatever you choose."
        said = f"{self._what}.{offer}{kept}"
        with VerticalScroll(id="damage"):
            yield Static(Content(said), id="detail")

    def shown_hints(self) -> Sequence[Hint]:
        """Return the ways that there are."""
        return list(compress(self.HINTS, [bool(self._backup), not self._is_foreign, True]))

    def action_restore(self) -> None:
        """Choose the backup."""
        if self._backup:
            self.dismiss("restore")

    def action_salvage(self) -> None:
        """Choose to save what can be read."""
        if not self._is_foreign:
            self.dismiss("salvage")
