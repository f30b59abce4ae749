import pytest

from papers_tui.index.paper import Status
from papers_tui.tui.screens.note import NoteEditor
from papers_tui.tui.screens.tags import TagEditor
from papers_tui.tui.screens.yank import YankMenu

GRAPH = "arxiv:2401.00001"
QUANTUM = "arxiv:2402.00002"


async def _on(browser, query):
    """Put the cursor on the first paper that a query finds."""
    await browser.ask(query)
    await browser.press("enter")


async def test_a_bookmark_is_stored_before_it_shows_and_a_second_press_takes_it_away(browse, library):
    async with browse((80, 24)) as browser:
        await _on(browser, "quantum")
        await browser.press("b")
        with library() as other:
            assert other.entry(QUANTUM).marks.bookmarked
        assert "★ bookmarked" in browser.text
        await browser.press("b")
        assert "★" not in browser.text


@pytest.mark.parametrize(
    ("keys", "status"),
    [("r", Status.READ), ("R", Status.READING), ("rr", Status.UNREAD), ("rR", Status.READING)],
)
async def test_reading_states(browse, library, keys, status):
    async with browse() as browser:
        await _on(browser, "quantum")
        await browser.press(*keys)
    with library() as other:
        assert other.entry(QUANTUM).marks.status is status


async def test_stars_go_from_none_to_five_and_back(browse, library):
    async with browse() as browser:
        await _on(browser, "quantum")
        await browser.press(*["plus"] * 6)
        assert "rated 5/5" in browser.text
        await browser.press(*["minus"] * 6)
        assert "rated" not in browser.text
    with library() as other:
        assert other.entry(QUANTUM).marks.rating is None


async def test_a_selection_is_marked_as_one_and_undone_as_one(browse, library):
    async with browse() as browser:
        await _on(browser, "graph")
        await browser.press("space", "space")
        assert "2 selected" in browser.text
        await browser.press("b")
        with library() as other:
            assert other.overview().bookmarked == 2
        await browser.press("u")
        with library() as other:
            assert other.overview().bookmarked == 0
        assert "Undone" in browser.text
        await browser.press("ctrl+r")
        with library() as other:
            assert other.overview().bookmarked == 2
        await browser.press("escape")
        assert "selected" not in browser.text


async def test_undo_without_anything_to_undo_says_so(browse):
    async with browse() as browser:
        await browser.press("enter", "u")
        assert "Nothing to undo" in browser.text
        await browser.press("ctrl+r")
        assert "Nothing to redo" in browser.text


async def test_every_result_is_selected_and_none(browse):
    async with browse() as browser:
        await browser.press("enter", "asterisk")
        assert len(browser.screen.papers.selected) == 4
        await browser.press("asterisk")
        assert not browser.screen.papers.selected


async def test_a_range_is_selected_from_one_v_to_the_other(browse):
    async with browse() as browser:
        await browser.press("enter", "j", "v", "j")
        assert "range" in browser.text
        await browser.press("v")
        assert "2 selected" in browser.text
        await browser.press("v", "escape")
        assert "range" not in browser.text
        assert len(browser.screen.papers.selected) == 2


async def test_the_selection_outlives_another_search(browse, library):
    async with browse() as browser:
        await _on(browser, "quantum")
        await browser.press("space")
        await browser.ask("survey")
        await browser.press("b")
    with library() as other:
        assert other.entry(QUANTUM).marks.bookmarked
        assert other.overview().bookmarked == 1


async def test_the_cursor_stays_on_its_paper_when_the_list_changes(browse, library):
    async with browse() as browser:
        await browser.ask("-is:read sort:title ")
        await browser.press("enter", "j")
        wanted = browser.screen.papers.highlighted.paper
        with library() as other:
            first = browser.screen.papers.entry_at(0).paper.id
            other.set_status([first], Status.READ)
        browser.screen._poll()
        await browser.settle()
        assert len(browser.titles) == 3
        assert browser.screen.papers.highlighted.paper == wanted
        assert browser.screen.papers.cursor == 0


async def test_a_paper_that_leaves_the_list_gives_its_place_to_the_next(browse):
    async with browse() as browser:
        await browser.ask("is:unread sort:title ")
        await browser.press("enter", "j")
        following = browser.screen.papers.entry_at(2).paper
        await browser.press("r")
        assert browser.screen.papers.highlighted.paper == following


async def test_marks_of_another_window_are_noticed(browse, library):
    async with browse() as browser:
        await _on(browser, "quantum")
        with library() as other:
            other.tag([QUANTUM], add=["elsewhere"])
        browser.screen._poll()
        await browser.settle()
        assert browser.text.count("#elsewhere") == 3


async def test_tags_are_edited_in_two_keys_and_a_word(browse, library):
    async with browse() as browser:
        await _on(browser, "quantum")
        await browser.press("t")
        assert isinstance(browser.app.screen, TagEditor)
        await browser.press(*"codes", "enter")
        assert "#codes" in browser.text
    with library() as other:
        assert other.tags() == {"codes": 1}


async def test_a_note_is_saved_and_found(browse, library):
    async with browse() as browser:
        await _on(browser, "quantum")
        await browser.press("m")
        assert isinstance(browser.app.screen, NoteEditor)
        await browser.press(*"surface", "ctrl+s")
        assert "Note ─" in browser.text
        await browser.ask("note:surface")
        assert browser.titles == ["Quantum error correction at scale"]
    with library() as other:
        assert other.entry(QUANTUM).marks.note == "surface"
        assert other.draft(QUANTUM) is None


async def test_a_note_that_was_left_is_there_when_it_is_opened_again(browse, library):
    async with browse() as browser:
        await _on(browser, "quantum")
        await browser.press("m", *"half a tho", "escape")
        await browser.press("m")
        assert browser.app.screen.area.text == "half a tho"
    with library() as other:
        assert other.draft(QUANTUM) == "half a tho"
        assert other.entry(QUANTUM).marks.note == ""


async def test_a_citation_is_copied_and_the_style_is_remembered(browse, monkeypatch):
    copied = []
    monkeypatch.setattr(
        "papers_tui.tui.app.PapersApp.copy_to_clipboard", lambda _app, text: copied.append(text)
    )
    monkeypatch.setenv("TERM", "xterm-256color")
    async with browse(clipboard="osc52") as browser:
        await _on(browser, "quantum")
        await browser.press("y")
        assert isinstance(browser.app.screen, YankMenu)
        await browser.press("a")
        assert copied[-1].startswith("Hopper, G.")
        await browser.press("Y")
        assert copied[-1] == copied[0]
        assert len(copied) == 2
    async with browse(clipboard="osc52") as browser:
        await _on(browser, "graph networks")
        await browser.press("Y")
        assert copied[-1].startswith("Lovelace, A.")


async def test_a_text_that_no_clipboard_takes_is_shown(browse):
    async with browse(clipboard="off") as browser:
        await _on(browser, "quantum")
        await browser.press("Y")
        assert "Copy it from here" in browser.text
        assert "@misc{hopper" in browser.text


async def test_the_page_of_a_paper_is_opened(browse, monkeypatch):
    opened = []
    monkeypatch.setattr("papers_tui.tui.opener.open_url", opened.append)
    monkeypatch.setenv("BROWSER", "env")
    async with browse() as browser:
        await _on(browser, "quantum")
        await browser.press("o")
        assert opened == ["https://arxiv.org/abs/2402.00002"]
        await browser.press("O", "j", "enter")
        assert len(opened) == 2


async def test_every_other_key_leaves_the_library_as_it_is(browse, library):
    async with browse() as browser:
        await browser.press("enter", *"jkgGJKhlnNxzdw1234567890")
        assert browser.app.is_running
    with library() as other:
        assert other.overview().tags == {}
        assert other.undo() is None


async def test_a_note_that_is_being_typed_when_the_program_ends_is_a_draft(browse, library):
    async with browse() as browser:
        await _on(browser, "quantum")
        await browser.press("m")
        for key in "half a tho":
            await browser.pilot.press("space" if key == " " else key)
        await browser.pilot.press("ctrl+q")
    with library() as other:
        assert other.draft(QUANTUM) == "half a tho"


async def test_a_mark_is_for_the_paper_that_is_found_not_one_that_was_there_before(browse, library):
    async with browse() as browser:
        browser.screen.query_box.value = "quantum"
        await browser.pilot.press("enter", "b")
        await browser.until(lambda: browser.titles == ["Quantum error correction at scale"])
        await browser.settle()
        with library() as other:
            assert other.entry("arxiv:2402.00002").marks.bookmarked
            assert other.overview().bookmarked == 1
