"""Help: every command and every filter can be found in it."""

import pytest
from rich.console import Console

from papers_tui.index.search.fields import FIELDS
from papers_tui.tui.commands import COMMANDS
from papers_tui.tui.screens.help import HelpScreen, HelpText

KEYS = {command.id: " ".join(command.keys) for command in COMMANDS}


def text_of(pilot):
    """All of the help, whether it is in view or not."""
    console = Console(width=200, color_system=None)
    with console.capture() as captured:
        console.print(pilot.app.dialog.query_one(HelpText).render())
    return captured.get()


async def test_every_command_is_there_with_its_keys(show):
    async with show(HelpScreen(COMMANDS, KEYS | {"bookmark": "ctrl+b"})) as pilot:
        lines = text_of(pilot).splitlines()
    for command in COMMANDS:
        key = "ctrl+b" if command.id == "bookmark" else KEYS[command.id] or "palette"
        assert any(line.startswith(key) and line.rstrip().endswith(command.help) for line in lines), command


async def test_every_filter_is_there_with_its_examples(show):
    async with show(HelpScreen(COMMANDS, KEYS)) as pilot:
        text = text_of(pilot)
    for field in FIELDS:
        assert f"\n{field.name}: " in text
        assert all(example in text for example in field.examples)


async def test_typing_finds(show):
    async with show(HelpScreen(COMMANDS, KEYS)) as pilot:
        await pilot.press(*"bookmark")
        shown = pilot.app.shown()
    assert "Bookmark, or take the bookmark away" in shown
    assert "is:bookmarked" in shown
    assert "Type a search" not in shown


async def test_what_is_not_there_is_said(show):
    async with show(HelpScreen(COMMANDS, KEYS)) as pilot:
        await pilot.press(*"xyzzy")
        assert "Nothing here has these words" in pilot.app.shown()


async def test_it_scrolls_while_the_box_has_the_focus(show, until):
    async with show(HelpScreen(COMMANDS, KEYS)) as pilot:
        pages = pilot.app.dialog.pages
        await pilot.press("down", "pagedown")
        await until(pilot, lambda: pages.scroll_y > 2)
        await pilot.press("up", "pageup")
        await until(pilot, lambda: pages.scroll_y == 0)


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_it_closes(key, show):
    async with show(HelpScreen(COMMANDS, KEYS)) as pilot:
        await pilot.press(key)
    assert pilot.app.answers == [None]
