"""Correcting what is known of a paper, beside what its sources say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from papers_tui.index.edits import FIELDS, checked, said_of
from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Entry
from papers_tui.tui.screens.dialog import LEAVE, CleanInput, Dialog, Hint

Changes = Mapping[str, str | None]
"""What the user says of fields; None where the sources are to say it again."""


class EditDialog(Dialog[Changes | None]):
    """Asks for corrections of a paper. What the sources say of the field under the cursor is below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", "next", show=False),
        Binding("up", "app.focus_previous", "previous", show=False),
        Binding("ctrl+o", "restore", "as the sources say", show=False, priority=True),
        Binding("ctrl+s", "accept", "save", show=False, priority=True),
    ]
    HINTS: ClassVar[Sequence[Hint]] = (
        Hint("enter", "save", "accept"),
        Hint("tab", "next field"),
        Hint("ctrl+o", "as the sources say", "restore"),
        LEAVE,
    )

    told = getters.query_one("#edit-told", Static)

    def __init__(self, entry: Entry) -> None:
        super().__init__(f"Edit: {entry.paper.title[:200]}")
        source = entry.source or entry.paper
        self._now = {field: said_of(entry.paper, field) for field in FIELDS}
        self._sources = {field: said_of(source, field) for field in FIELDS}

    def compose_body(self) -> ComposeResult:
        """Lay out the fields, and below them what the sources say."""
        with VerticalScroll(id="edit-fields", can_focus=False):
            for field, written in FIELDS.items():
                with Horizontal(classes="edit-row"):
                    yield Static(Content.styled(field, "$text-muted"), classes="edit-name", markup=False)
                    yield CleanInput(
                        self._now[field],
                        placeholder=f"e.g. {written}" if written[0].isdigit() else written,
                        id=f"edit-{field}",
                        compact=True,
                        select_on_focus=False,
                    )
        yield Static(id="edit-told", markup=False)

    def on_mount(self) -> None:
        """Begin with the title."""
        self._input("title").focus()

    def _input(self, field: str) -> CleanInput:
        return self.query_one(f"#edit-{field}", CleanInput)

    @property
    def _field(self) -> str:
        """The field under the cursor."""
        name = (self.focused.id if self.focused is not None else None) or ""
        return name.removeprefix("edit-")

    @on(events.DescendantFocus)
    @on(Input.Changed)
    def _tell(self) -> None:
        """Show what is wrong with the field, else what its sources say."""
        field = self._field
        if field not in FIELDS:
            return
        problem = self._problem(field)
        if problem:
            self.told.update(Content.styled(problem, "$text-error"))
            return
        is_edited = self._input(field).value.strip() != self._sources[field]
        mark = "Edited. " if is_edited else ""
        said = self._sources[field] or "nothing"
        self.told.update(Content.assemble((f"{mark}The sources say: ", "$text-muted"), said))

    def _problem(self, field: str) -> str:
        typed = self._input(field).value
        if typed == self._now[field]:
            return ""
        try:
            checked(field, typed)
        except WrongUsage as error:
            return f"{error.message}. {error.remedy}" if error.remedy else error.message
        return ""

    def action_restore(self) -> None:
        """Put what the sources say into the field under the cursor."""
        if (field := self._field) in FIELDS:
            self._input(field).value = self._sources[field]

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Take the corrections, unless one of them cannot be."""
        changes: dict[str, str | None] = {}
        for field in FIELDS:
            if self._problem(field):
                self._input(field).focus()
                return
            typed = self._input(field).value.strip()
            if typed != self._now[field]:
                changes[field] = None if typed == self._sources[field] else typed
        self.dismiss(changes or None)
