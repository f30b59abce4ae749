"""A note on a paper. What is typed is never lost: it is saved, or kept as a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import TextArea

from papers_tui.index.text import clean
from papers_tui.tui.bindings import bindings
from papers_tui.tui.screens.dialog import LEAVE, Dialog, Hint, HintLine
from papers_tui.tui.widgets.in_order import edit_in_order

DRAFT_PAUSE: Final = 0.4
"""Seconds without a key after which a draft is handed out."""

DRAFT_AGE: Final = 2.0
"""Seconds after which it is handed out while keys still come."""


@dataclass(frozen=True, slots=True)
class NoteEdit:
    """A note as it is to be saved; empty to remove it."""

    text: str


class NoteArea(TextArea):
    """A text that takes nothing from a paste that cannot be printed."""

    async def _on_key(self, event: events.Key) -> None:
        await edit_in_order(self, event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)


class NoteEditor(Dialog[NoteEdit | None]):
    """Asks for the text of a note. Esc leaves the note as it was and what was typed as a draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("note"),
        Binding("ctrl+g", "drop_draft", "back to the saved note", show=False, priority=True),
    ]
    DRAFT_HINTS: ClassVar[Sequence[Hint]] = (
        Hint("draft", "not saved yet"),
        Hint("ctrl+g", "back to the saved note", "drop_draft"),
    )

    area = getters.query_one(NoteArea)
    draft_line = getters.query_one("#draft", HintLine)

    def __init__(
        self,
        title: str,
        note: str,
        draft: str | None,
        *,
        on_draft: Callable[[str], None] | None = None,
        on_save: Callable[[str], None] | None = None,
    ) -> None:
        """Begin with the draft, else with the note.

        Args:
            title: The paper's.
            note: As it is saved.
            draft: What was typed before and not saved.
            on_draft: Hears the text whenever typing pauses, and at leaving; must not block. A text equal
                to `note` means that nothing is left to keep.
            on_save: Hears the text that is to be saved, before the editor closes; must not block.
        """
        super().__init__(f"Note: {title}")
        self._note = note
        self._draft = draft if draft is not None and draft != note else None
        self._on_draft = on_draft
        self._on_save = on_save
        text = draft if draft is not None else note
        self._area = NoteArea(
            text, soft_wrap=True, tab_behavior="focus", compact=True, show_line_numbers=False
        )
        """Still has what was typed when it is no longer on the screen."""
        self._start = text
        self._kept: str | None = text
        """What was last handed out."""
        self._kept_at = monotonic()
        self._pause: Timer | None = None
        self._is_saved = False

    def compose_body(self) -> ComposeResult:
        """Lay out the text."""
        yield HintLine(self.DRAFT_HINTS, id="draft")
        yield self._area

    def on_mount(self) -> None:
        """Go on writing at the end, and show the keys as the user has set them."""
        self.draft_line.display = self._draft is not None
        self.area.focus()
        self.area.move_cursor(self.area.document.end)
        saving = [key for key, active in self.active_bindings.items() if active.binding.id == "savenote"]
        hints = [
            *(Hint(key, "save", "save") for key in saving[:1]),
            LEAVE._replace(does="leave, keeping a draft"),
        ]
        self.query_one("#dialog-keys", HintLine).hints = hints

    def on_unmount(self) -> None:
        """Keep what was typed when the whole program is left."""
        self._keep()

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        if monotonic() - self._kept_at > DRAFT_AGE:
            self._keep()
        self._pause = self.set_timer(DRAFT_PAUSE, self._keep)

    def _keep(self) -> None:
        """Hand the text out, unless it was already."""
        text = self._area.text
        if not self._is_saved and self._on_draft is not None and text != self._kept:
            self._kept = text
            self._kept_at = monotonic()
            self._on_draft(text)

    def keep_anew(self) -> None:
        """Hand the text out once more: what it was kept in is gone."""
        if self._area.text != self._note:
            self._kept = None
            self._keep()

    def action_save(self) -> None:
        """Save the note and close."""
        text = self._area.text
        self._is_saved = True
        if self._on_save is not None:
            self._on_save(text)
        self.dismiss(NoteEdit(text))

    def action_leave(self) -> None:
        """Close without saving; the text stays as a draft."""
        if self._kept != self._start:
            self.keep_anew()  # nobody may have noticed yet
        self._keep()
        self.dismiss(None)

    def action_drop_draft(self) -> None:
        """Put the saved note in the place of the draft. It can be undone like any edit."""
        if self._draft is not None:
            self._draft = None
            self.draft_line.display = False
            self.area.replace(self._note, self.area.document.start, self.area.document.end)
            self.area.focus()
