"""The event loop touches neither the disk, nor SQLite, nor other programs: no key waits for them."""

import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from papers_tui.index.note_files import open_note_file
from papers_tui.index.store.connections import Connections
from papers_tui.tui import opener
from papers_tui.tui.commands import COMMANDS
from papers_tui.tui.editor import Edited
from papers_tui.tui.screens.note import NoteEditor

ON_FILES = {
    "open",
    "os.listdir",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.scandir",
    "os.truncate",
    "shutil.rmtree",
}
ELSEWHERE = {"sqlite3.connect", "subprocess.Popen", "socket.connect", "fcntl.flock"}
LEFT_OUT = {"quit", "suspend", "editnote"}


class Watch:
    """Takes down what one thread does to files below a folder, to SQLite and to other programs."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.thread: int | None = None
        self.seen: list[str] = []

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if self.thread != threading.get_ident() or self.folder is None:
            return
        if event in ELSEWHERE or (
            event in ON_FILES and isinstance(args[0], str | Path) and str(args[0]).startswith(self.folder)
        ):
            self.note(event)

    def note(self, what: str) -> None:
        ours = [frame for frame in traceback.extract_stack() if "/tui/" in frame.filename]
        self.seen.append(f"{what}: " + ", ".join(f"{one.name}:{one.lineno}" for one in ours[-4:]))

    @contextmanager
    def paused(self) -> Iterator[None]:
        thread, self.thread = self.thread, None
        yield
        self.thread = thread


WATCH = Watch()
sys.addaudithook(WATCH)


@pytest.fixture
def watch(tmp_path, monkeypatch):
    """Watches the thread of the test, in which the app runs."""
    take = Connections._take

    def taken(self):
        if threading.get_ident() == WATCH.thread:
            WATCH.note("a transaction")
        return take(self)

    monkeypatch.setattr(Connections, "_take", taken)
    WATCH.folder, WATCH.seen = str(tmp_path), []
    yield WATCH
    WATCH.folder = WATCH.thread = None


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    watch.thread = threading.get_ident()
    try:
        yield
    finally:
        watch.thread = None
    assert watch.seen == []


async def leave_dialogs(browser) -> None:
    while len(browser.app.screen_stack) > 1:
        await browser.press("escape")


@pytest.mark.parametrize("part", range(4))
async def test_no_command_waits_on_the_loop(browse, watch, part):
    commands = [one.id for one in COMMANDS if one.where in {"anywhere", "papers", "list"}]
    async with browse() as browser:
        await browser.ask("graph")
        await browser.press("enter")
        with watched(watch):
            for name in sorted(set(commands) - LEFT_OUT)[part::4]:
                browser.screen.action_command(name)
                await browser.settle()
                await leave_dialogs(browser)


async def test_nothing_that_is_typed_into_dialogs_waits_on_the_loop(browse, watch, tmp_path):
    async with browse() as browser:
        await browser.ask("graph")
        await browser.press("enter")
        with watched(watch):
            await browser.press("t", *"new", "enter", "enter")
            await leave_dialogs(browser)
            await browser.press("m", *"note", "ctrl+s")
            await browser.press("m", *"draft", "escape", "m", "escape")
            await browser.press("e", "x", "enter")
            await leave_dialogs(browser)
            await browser.press("y", "enter")
            await leave_dialogs(browser)
            await browser.press("delete")
            for name in ("trash", "export", "bind"):
                browser.screen.action_command(name)
                await browser.settle()
                await browser.press("enter")
                await leave_dialogs(browser)
            await browser.press("u", "ctrl+r")


async def test_leaving_with_a_note_open_waits_on_no_loop(browse, watch):
    async with browse() as browser:
        await browser.ask("graph")
        await browser.press("enter", "m", *"unfinished")
        assert isinstance(browser.app.screen, NoteEditor)
        watch.thread = threading.get_ident()
    watch.thread = None
    assert watch.seen == []


@pytest.mark.parametrize("how", ["unchanged", "changed", "emptied", "failed", "failed with nothing"])
async def test_what_comes_back_from_an_editor_waits_on_no_loop(browse, watch, monkeypatch, how):
    def edited(_app, text, place, **_settings):
        with watch.paused():
            file = open_note_file(place, text, is_kept=True)
        return {
            "unchanged": Edited(text, file=file),
            "changed": Edited("changed", file=file),
            "emptied": Edited("", file=file, emptied="before"),
            "failed": Edited(text, "it failed", file, "typed"),
            "failed with nothing": Edited(text, "it failed", file),
        }[how]

    monkeypatch.setattr(opener, "edit_text", edited)
    async with browse() as browser:
        await browser.ask("graph")
        await browser.press("enter")
        with watched(watch):
            await browser.press("M")
