"""The note editor: what is typed is saved or kept, whatever happens."""

import pytest
from textual import events

from papers_tui.tui.screens import note
from papers_tui.tui.screens.note import NoteEdit, NoteEditor


async def test_the_note_is_saved(show):
    drafts = []
    async with show(NoteEditor("T", "old", None, on_draft=drafts.append)) as pilot:
        await pilot.press("enter", "n", "e", "w", "ctrl+s")
    assert pilot.app.answers == [NoteEdit("old\nnew")]
    assert drafts == []


async def test_the_users_own_key_saves_and_is_shown(show):
    async with show(NoteEditor("T", "old", None), keymap={"savenote": "f2"}) as pilot:
        assert "f2 save" in pilot.app.shown()
        await pilot.press("f2")
    assert pilot.app.answers == [NoteEdit("old")]


async def test_escape_keeps_a_draft(show):
    drafts = []
    async with show(NoteEditor("T", "old", None, on_draft=drafts.append)) as pilot:
        await pilot.press("x", "escape")
    assert pilot.app.answers == [None]
    assert drafts[-1] == "oldx"


async def test_a_draft_is_kept_while_typing_pauses(show, until):
    drafts = []
    async with show(NoteEditor("T", "", None, on_draft=drafts.append)) as pilot:
        await pilot.press("a", "b")
        await until(pilot, lambda: drafts == ["ab"])
        await pilot.press("escape")
    assert drafts[-1] == "ab"


async def test_leaving_the_program_keeps_a_draft(show):
    drafts = []
    async with show(NoteEditor("T", "", None, on_draft=drafts.append)) as pilot:
        await pilot.press("a", "b")
        pilot.app.exit()
    assert drafts[-1] == "ab"  # what was there when somebody paused may have been kept before


async def test_an_untouched_note_leaves_no_draft(show):
    drafts = []
    async with show(NoteEditor("T", "old", None, on_draft=drafts.append)) as pilot:
        await pilot.press("escape")
    assert drafts == []


async def test_a_draft_from_before_is_shown_and_said_to_be_one(show):
    async with show(NoteEditor("T", "old", "old and more")) as pilot:
        assert "draft not saved yet" in pilot.app.shown()
        assert "old and more" in pilot.app.shown()
        await pilot.press("ctrl+s")
    assert pilot.app.answers == [NoteEdit("old and more")]


async def test_a_draft_can_be_dropped_and_that_undone(show):
    drafts = []
    async with show(NoteEditor("T", "old", "old and more", on_draft=drafts.append)) as pilot:
        await pilot.press("ctrl+g")
        assert pilot.app.dialog.area.text == "old"
        assert "not saved yet" not in pilot.app.shown()
        await pilot.press("ctrl+z")
        assert pilot.app.dialog.area.text == "old and more"
        await pilot.press("ctrl+y", "escape")
    assert drafts[-1] == "old"


async def test_a_draft_is_dropped_with_the_mouse(show):
    async with show(NoteEditor("T", "old", "draft")) as pilot:
        await pilot.click("#draft", offset=(30, 0))
        assert pilot.app.dialog.area.text == "old"


@pytest.mark.parametrize("draft", [None, "same"])
async def test_without_another_draft_nothing_is_said_of_one(draft, show):
    async with show(NoteEditor("T", "same", draft)) as pilot:
        assert "not saved yet" not in pilot.app.shown()


async def test_a_paste_brings_no_control_characters(show, until):
    async with show(NoteEditor("T", "", None)) as pilot:
        pilot.app.post_message(events.Paste("a\x1b]52;c;eA==\x07b\r\n\tc\u202e"))
        await until(pilot, lambda: pilot.app.dialog.area.text == "ab\n c")


async def test_brackets_stay_brackets(show):
    async with show(NoteEditor("A [/] b", "[@click=app.quit]x[/]", None)) as pilot:
        assert "Note: A [/] b" in pilot.app.shown()
        assert "[@click=app.quit]x[/]" in pilot.app.shown()
        await pilot.press("ctrl+s")
    assert pilot.app.answers == [NoteEdit("[@click=app.quit]x[/]")]


async def test_a_draft_is_kept_while_keys_still_come(show, monkeypatch):
    now = iter(range(0, 10_000, 3))
    monkeypatch.setattr(note, "monotonic", lambda: next(now))
    drafts = []
    async with show(NoteEditor("T", "", None, on_draft=drafts.append)) as pilot:
        await pilot.press("a", "b")
        assert "a" in drafts
