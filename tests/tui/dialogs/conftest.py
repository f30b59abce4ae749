"""A bare app that shows one dialog and keeps what it answers."""

import contextlib
import time

import pytest
from textual.app import App

from papers_tui.tui.themes import THEMES

PATIENCE = 60.0
"""Seconds that a state may take to come: for slow machines, never waited out otherwise."""


class Host(App):
    """Shows a dialog; `answers` is empty until it closes."""

    def __init__(self, dialog, theme="papers-dark", keymap=None):
        super().__init__()
        self.dialog = dialog
        self.answers = []
        self._look = theme
        self._keys = keymap or {}

    def on_mount(self):
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._look
        self.set_keymap(self._keys)
        self.push_screen(self.dialog, self.answers.append)

    def shown(self):
        """The text on the screen, line by line."""
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@pytest.fixture(autouse=True)
def _own_world(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "BROWSER", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def show():
    """Open a dialog: `async with show(dialog) as pilot`."""

    @contextlib.asynccontextmanager
    async def show(dialog, *, size=(80, 24), **settings):
        async with Host(dialog, **settings).run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot

    return show


@pytest.fixture
def until():
    """Wait for a state of the screen: `await until(pilot, lambda: ...)`."""

    async def until(pilot, condition):
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, pilot.app.shown()
            await pilot.pause(0.01)
        await pilot.pause()

    return until
