"""Keys that edit, obeyed where they come.

Textual inserts letters at once, but lets other keys go up to the app and come back as actions: of keys that
arrive in one burst, as over a slow connection, later letters would overtake an earlier backspace.
"""

from __future__ import annotations

from typing import Final

from textual import events
from textual.binding import Binding
from textual.command import CommandInput
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input

_EDITS: Final = ("cursor_", "delete_", "home", "end")
"""How the names of actions begin that only move in a text, or take from it."""


async def edit_in_order(field: Widget, event: events.Key) -> None:
    """Let a key edit at once, where it is bound to that; to be awaited by the field's own handler of keys."""
    if (edit := _edit(field, event)) is not None:
        event.stop()
        event.prevent_default()
        await field.run_action(edit.action)


def does_keep(field: DOMNode, event: events.Event) -> bool:
    """Tell whether a field obeys what was done where it comes: nothing of it goes up to the app."""
    if not isinstance(field, Input):
        from textual.widgets import TextArea  # noqa: PLC0415 - the first screen has none, and comes sooner

        if not isinstance(field, TextArea):
            return False
        if isinstance(event, events.Key) and event.key == "enter":
            return not field.read_only
    if not isinstance(event, events.Key):
        return isinstance(event, events.Paste)
    if field.check_consume_key(event.key, event.character):
        return True
    return not isinstance(field, CommandInput) and _edit(field, event) is not None


def _edit(field: Widget, event: events.Key) -> Binding | None:
    """Return what a key edits."""
    if event.is_printable:
        return None
    bound = field._bindings.key_to_bindings.get(event.key, ())  # noqa: SLF001 - keymaps are merged there
    return next((one for one in bound if one.action.startswith(_EDITS)), None)
