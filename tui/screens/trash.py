"""The trash: removed papers, to be brought back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from papers_tui.index.text import clean_line
from papers_tui.tui.screens.dialog import LEAVE, Dialog, Hint
from papers_tui.tui.wording import shown_moment

if TYPE_CHECKING:
    from papers_tui.index.keeping import Removed

MOST: Final = 1_000
"""Papers that are listed."""


class TrashMenu(Dialog[str | None]):
    """Lists removed papers, those removed last first. Enter brings one back."""

    HINTS: ClassVar[Sequence[Hint]] = (Hint("enter", "bring it back", "accept"), LEAVE)

    menu = getters.query_one(OptionList)

    def __init__(self, removed: Sequence[Removed]) -> None:
        super().__init__("Trash")
        self._removed = removed[:MOST]

    def compose_body(self) -> ComposeResult:
        """Lay out the papers."""
        yield OptionList(*(Option(_row(one)) for one in self._removed))

    def on_mount(self) -> None:
        """Begin with the paper that was removed last."""
        self.menu.focus()
        self.menu.highlighted = 0

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._removed[event.option_index].entry.paper.id)

    def action_accept(self) -> None:
        """Take the paper under the cursor."""
        self.menu.action_select()


def _row(one: Removed) -> Content:
    # Below the title: behind a long one it would be cut.
    when = shown_moment(datetime.fromisoformat(one.when))
    title = clean_line(one.entry.paper.title, limit=200)
    return Content.assemble(title, (f"\n  removed {when}", "$text-muted"))
