"""Keys that edit, obeyed where they come.

Textual inserts letters at once, but lets other keys go up to the app and come back as actions: of keys that
arrive in one burst, as over a slow connection, later letters would overtake an earlier backspace.
"""

from __future__ import annotations

from typing import Final

from textual import events
from textual.widget import Widget

_EDITS: Final = ("cursor_", "delete_", "home", "end")
"""How the names of actions begin that only move in a text, or take from it."""


async def edit_in_order(field: Widget, event: events.Key) -> None:
    """Let a key edit at once, where it is bound to that; to be awaited by the field's own handler of keys."""
    if event.is_printable:
        return
    for binding in field._bindings.key_to_bindings.get(event.key, ()):  # noqa: SLF001 - keymaps are merged there
        if binding.action.startswith(_EDITS):
            event.stop()
            event.prevent_default()
            await field.run_action(binding.action)
            return
