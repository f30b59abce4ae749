"""What could not be copied, to be selected with the mouse or saved to a file."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

from textual import getters, on, work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from papers_tui.index.text import clean, clean_line
from papers_tui.tui.editor import deaf_to_interrupts
from papers_tui.tui.screens.dialog import LEAVE, CleanInput, Dialog, Hint, HintLine

_FILE_NAME: Final = "papers-tui-copy"


class CopyFallback(Dialog[None]):
    """Shows a text that no clipboard took, and why."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "ask_path", "save", show=False),
        Binding("p", "print", "print", show=False),
        Binding("enter", "accept", "close", show=False),
    ]
    HINTS: ClassVar[Sequence[Hint]] = (
        Hint("s", "save to a file", "ask_path"),
        Hint("p", "print it plainly", "print"),
        LEAVE._replace(does="close"),
    )
    PATH_HINTS: ClassVar[Sequence[Hint]] = (Hint("enter", "save", "accept"), LEAVE._replace(does="back"))

    area = getters.query_one(TextArea)
    path = getters.query_one(CleanInput)
    why = getters.query_one("#why", Static)
    hints = getters.query_one("#dialog-keys", HintLine)

    def __init__(self, text: str, why: str) -> None:
        super().__init__("Copy it from here")
        self._text = clean(text)
        self._why = clean_line(why)

    def compose_body(self) -> ComposeResult:
        """Lay out why, the text, and the path that it may be saved to."""
        yield Static(Content(self._why), id="why", markup=False)
        yield TextArea(self._text, read_only=True, soft_wrap=True, compact=True, show_cursor=False)
        yield CleanInput(placeholder="path of a new file", compact=True)

    def on_mount(self) -> None:
        """Show the text."""
        self.path.display = False
        self.area.focus()

    @work(exclusive=True)
    async def action_ask_path(self) -> None:
        """Ask where to save the text, offering a file that does not exist."""
        if not self.path.value:
            self.path.value = str(await asyncio.to_thread(_free_path))
        self.path.display = True
        self.path.focus()
        self.hints.hints = self.PATH_HINTS

    def action_leave(self) -> None:
        """Go back from the path to the text, else close."""
        if not self.path.display:
            self.dismiss(None)
            return
        self.path.display = False
        self.area.focus()
        self.hints.hints = self.HINTS

    def action_accept(self) -> None:
        """Save to the path that is typed, else close."""
        if self.path.display:
            self._save(self.path.value.strip())
        else:
            self.dismiss(None)

    def action_print(self) -> None:
        """Leave the screen to the bare text, which the mouse selects without a frame around it."""
        try:
            with self.app.suspend(), deaf_to_interrupts():
                _print_and_wait(self._text)
        except SuspendNotSupported:
            self.why.update(Content.styled("This terminal cannot show it plainly.", "$text-error"))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_accept()

    @work(exclusive=True)
    async def _save(self, typed: str) -> None:
        if not typed:
            return
        try:
            path = await asyncio.to_thread(write_new, typed, self._text)
        except (OSError, ValueError, RuntimeError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            self.why.update(Content.styled(clean_line(f"Not saved to {typed}: {reason}"), "$text-error"))
            return
        self.app.notify(clean_line(f"Saved to {path}"), markup=False)
        self.dismiss(None)


def write_new(typed: str, text: str) -> Path:
    """Write a text to a new file that the user alone can read, and return its path.

    `~` and variables are expanded. Raises OSError where the file exists or cannot be made, RuntimeError and
    ValueError for a path that is none.
    """
    path = Path(os.path.expandvars(typed)).expanduser()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with open(os.open(path, flags, 0o600), "w", encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor
        stream.write(text if text.endswith("\n") else text + "\n")
    return path


def _print_and_wait(text: str) -> None:
    """Print a text, and wait for Enter. Raises nothing: the terminal would not come back."""
    with contextlib.suppress(OSError, ValueError, EOFError):
        sys.stdout.write(f"\n{text.rstrip()}\n\n")
        input("[Enter goes back to papers-tui] ")


def _free_path() -> Path:
    """Return a path in the working directory that nothing has."""
    directory = Path.cwd()
    numbers = ("", *(f"-{number}" for number in range(2, 1000)))
    free = (directory / f"{_FILE_NAME}{number}.txt" for number in numbers)
    return next((path for path in free if not os.path.lexists(path)), directory / f"{_FILE_NAME}.txt")
