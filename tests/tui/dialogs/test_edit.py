"""The corrections of a paper."""

from papers_tui.index.authors import Author
from papers_tui.index.edits import edited_entry
from papers_tui.index.paper import Entry, Marks, Paper
from papers_tui.tui.screens.edit import EditDialog

PAPER = Paper(
    id="arxiv:1706.03762",
    title="Attenton",
    authors=(Author("Vaswani", "Ashish"), Author("Shazeer", "Noam")),
    published="2017-06-12",
    arxiv_id="1706.03762",
)
EDITED = edited_entry(PAPER, Marks(edits=(("title", "Attention"),)))


async def test_only_what_was_changed_is_an_edit(show):
    async with show(EditDialog(Entry(PAPER))) as pilot:
        assert "Vaswani, Ashish; Shazeer, Noam" in pilot.app.shown()
        pilot.app.dialog._input("title").value = "Attention"
        pilot.app.dialog._input("venue").value = "NeurIPS"
        await pilot.press("enter")
    assert pilot.app.answers == [{"title": "Attention", "venue": "NeurIPS"}]


async def test_nothing_changed_is_no_edit(show):
    async with show(EditDialog(EDITED)) as pilot:
        await pilot.press("enter")
    assert pilot.app.answers == [None]


async def test_what_the_sources_say_is_shown_and_comes_back(show):
    async with show(EditDialog(EDITED)) as pilot:
        assert "Edited. The sources say: Attenton" in pilot.app.shown()
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert pilot.app.dialog._input("title").value == "Attenton"
        await pilot.press("enter")
    assert pilot.app.answers == [{"title": None}]


async def test_what_cannot_be_is_said_and_not_taken(show):
    async with show(EditDialog(Entry(PAPER))) as pilot:
        await pilot.press("tab", "tab")
        pilot.app.dialog._input("date").value = "2017-13"
        await pilot.pause()
        assert "2017-13 cannot be the date" in pilot.app.shown()
        await pilot.press("tab", "enter")
        assert pilot.app.answers == []
        assert pilot.app.dialog._input("date").has_focus
        await pilot.press("escape")
    assert pilot.app.answers == [None]


async def test_how_an_empty_field_is_written_is_not_taken_for_what_it_says(show):
    async with show(EditDialog(Entry(Paper(id="title:gardens-12345678", title="Gardens")))) as pilot:
        shown = " ".join(pilot.app.shown().split())
        for example in ("2024-04-05", "2404.04167", "10.1000/182"):
            assert f"e.g. {example}" in shown
