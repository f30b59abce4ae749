import pytest

from papers_tui.tui.widgets.abstract_pane import AbstractPane
from papers_tui.tui.widgets.paper_list import PaperList
from papers_tui.tui.widgets.query_bar import QueryBox
from papers_tui.tui.widgets.views import Views


def _shown(browser):
    panes = {
        "views": browser.screen.views,
        "papers": browser.screen.papers,
        "abstract": browser.screen.abstract,
    }
    return {name for name, pane in panes.items() if pane.region.area and pane.display}


@pytest.mark.parametrize(
    ("size", "panes"),
    [
        ((160, 50), {"views", "papers", "abstract"}),
        ((120, 40), {"views", "papers", "abstract"}),
        ((119, 40), {"papers", "abstract"}),
        ((80, 24), {"papers", "abstract"}),
        ((60, 20), {"papers", "abstract"}),
        ((59, 20), {"papers"}),
        ((40, 12), {"papers"}),
        ((20, 5), {"papers"}),
    ],
)
async def test_as_many_panes_as_the_width_holds(browse, size, panes):
    async with browse(size) as browser:
        assert _shown(browser) == panes
        assert "Graph" in browser.text or "Quan" in browser.text


@pytest.mark.parametrize("size", [(40, 12), (20, 5)])
async def test_enter_opens_the_abstract_on_a_narrow_screen_and_escape_goes_back(browse, size):
    async with browse(size) as browser:
        await browser.ask("quantum")
        await browser.press("enter", "enter")
        assert _shown(browser) == {"abstract"}
        assert isinstance(browser.app.focused, AbstractPane)
        await browser.press("escape")
        assert _shown(browser) == {"papers"}
        assert isinstance(browser.app.focused, PaperList)


async def test_marks_can_be_made_while_a_narrow_screen_shows_the_abstract(browse):
    async with browse((40, 12)) as browser:
        await browser.ask("quantum")
        await browser.press("enter", "enter", "b")
        assert _shown(browser) == {"abstract"}
        assert "★ bookmarked" in browser.text


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_a_view_writes_its_query_into_the_query_box(browse, library, size):
    with library() as other:
        other.tag(["arxiv:2402.00002"], add=["fp4"])
    async with browse(size) as browser:
        await browser.press("enter", "T")
        assert isinstance(browser.app.focused, Views)
        assert "#fp4" in browser.text
        await browser.press(*["j"] * 20, "enter")
        assert browser.screen.query_box.value == "tag:fp4 "
        assert browser.titles == ["Quantum error correction at scale"]
        assert isinstance(browser.app.focused, PaperList)
        assert "papers" in _shown(browser)


async def test_a_tag_with_odd_characters_finds_its_papers(browse, library):
    with library() as other:
        other.tag(["arxiv:2402.00002"], add=["日本/c++"])
    async with browse() as browser:
        await browser.press("enter", "T", *["j"] * 20, "enter")
        assert browser.titles == ["Quantum error correction at scale"]


async def test_the_views_count_and_mark_the_one_on_show(browse, library):
    with library() as other:
        other.bookmark(["arxiv:2402.00002", "arxiv:2403.00003"], on=True)
    async with browse() as browser:
        await browser.press("enter", "T", *"jjjj", "enter")
        assert "▸Bookmarked        2" in browser.text
        assert browser.screen.query_box.value == "is:bookmarked "


async def test_escape_leaves_the_views_as_they_were(browse):
    async with browse((80, 24)) as browser:
        await browser.press("enter", "T", "escape")
        assert _shown(browser) == {"papers", "abstract"}
        assert browser.screen.query_box.value == ""


async def test_tab_goes_round_the_panes_and_h_and_l_too(browse):
    async with browse() as browser:
        seen = []
        for _ in range(4):
            await browser.press("tab")
            seen.append(type(browser.app.focused))
        assert seen == [Views, PaperList, AbstractPane, QueryBox]
        await browser.press("shift+tab", "h")
        assert isinstance(browser.app.focused, PaperList)
        await browser.press("l")
        assert isinstance(browser.app.focused, AbstractPane)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12), (20, 5), (8, 3), (3, 2), (1, 1)])
async def test_no_key_breaks_a_screen_of_any_size(browse, size):
    async with browse(size) as browser:
        await browser.press("enter", "j", "space", "v", "j", "v", "enter", "n", "N", "J", "G", "g", "escape")
        await browser.press(
            "T", "j", "enter", "slash", *"graph", "enter", "s", "escape", "question_mark", "escape"
        )
        assert browser.app.is_running


async def test_a_screen_that_is_resized_keeps_its_paper(browse):
    async with browse((120, 40)) as browser:
        await browser.ask("sort:title ")
        await browser.press("enter", "j", "j")
        paper = browser.screen.papers.highlighted
        for size in [(40, 12), (20, 5), (80, 24), (200, 60), (1, 1), (120, 40)]:
            await browser.pilot.resize_terminal(*size)
            await browser.settle()
            assert browser.screen.papers.highlighted == paper
        assert paper.paper.title[:20] in browser.text


async def test_a_click_goes_to_a_paper_and_a_second_one_opens_it(browse):
    async with browse((80, 24)) as browser:
        await browser.ask("sort:title ")
        await browser.pilot.click(PaperList, offset=(10, 3))
        await browser.settle()
        assert browser.screen.papers.cursor == 1
        assert isinstance(browser.app.focused, PaperList)
        await browser.pilot.click(PaperList, offset=(10, 3))
        await browser.settle()
        assert isinstance(browser.app.focused, AbstractPane)


async def test_a_click_with_control_held_selects(browse):
    async with browse((80, 24)) as browser:
        await browser.pilot.click(PaperList, offset=(10, 3), control=True)
        await browser.settle()
        assert browser.screen.papers.selected == {browser.screen.papers.highlighted.paper.id}


async def test_a_click_on_a_view_shows_it(browse):
    async with browse() as browser:
        await browser.pilot.click(Views, offset=(5, 2))
        await browser.settle()
        assert browser.screen.query_box.value == "is:unread "


async def test_a_click_on_a_key_in_the_footer_does_what_the_key_does(browse):
    async with browse((80, 24)) as browser:
        await browser.press("enter")
        footer = browser.text.splitlines()[-1]
        await browser.pilot.click("#keys", offset=(footer.index("bookmark"), 0))
        await browser.settle()
        assert "★ bookmarked" in browser.text


async def test_matches_are_gone_to_one_by_one(browse):
    async with browse((40, 12)) as browser:
        await browser.ask("graph molecules")
        await browser.press("enter", "enter", "n")
        first = browser.screen.abstract._match
        await browser.press("n")
        assert browser.screen.abstract._match == first + 1
        await browser.press("N")
        assert browser.screen.abstract._match == first


async def test_the_abstract_scrolls_from_the_list(browse):
    async with browse((80, 10)) as browser:
        await browser.ask("graph molecules")
        await browser.press("enter", "J")
        assert browser.screen.abstract.scroll_offset.y > 0
        await browser.press("K", "K")
        assert browser.screen.abstract.scroll_offset.y == 0


async def test_the_footer_shows_keys_that_work_where_the_focus_is(browse):
    async with browse((80, 24)) as browser:
        assert "f1 help" in browser.text
        assert "b bookmark" not in browser.text
        await browser.press("enter")
        assert "b bookmark" in browser.text
        assert "? help" in browser.text
        await browser.press("enter")
        assert "n next match" in browser.text


async def test_keys_can_be_changed_and_taken_away(browse, library):
    async with browse((80, 24), keys={"bookmark": ("B", "f6"), "read": ()}) as browser:
        await browser.press("enter")
        assert "B bookmark" in browser.text
        await browser.press("b", "r", "f6")
    with library() as other:
        counts = other.overview()
        assert (counts.bookmarked, counts.read) == (1, 0)


async def test_the_palette_finds_commands_by_name(browse):
    async with browse((80, 24)) as browser:
        await browser.press("enter", "colon")
        await browser.press(*"bookmark", "enter")
        assert "★ bookmarked" in browser.text


async def test_the_theme_is_remembered(browse):
    async with browse() as browser:
        assert browser.app.current_theme.dark
        await browser.press("ctrl+t")
        assert not browser.app.current_theme.dark
        chosen = browser.app.theme
    async with browse() as browser:
        assert browser.app.theme == chosen


async def test_ascii_borders_and_signs(browse):
    async with browse((80, 24), is_ascii=True) as browser:
        await browser.ask("graph")
        await browser.press("enter", "b", "space", "enter")
        assert not {sign for sign in browser.text if not sign.isascii()}


async def test_q_quits(browse):
    async with browse() as browser:
        await browser.press("q")
        assert browser.screen.query_box.value == "q"
        await browser.press("enter", "q")
        assert browser.app.return_code == 0


async def test_the_query_box_keeps_its_place(browse):
    async with browse() as browser:
        await browser.press(*"graph", "enter", "slash", "x")
        assert browser.screen.query_box.value == "graphx"
        assert isinstance(browser.app.focused, QueryBox)


async def test_without_colours_the_cursor_is_reversed_and_the_focus_has_a_heavy_border(browse, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with browse((80, 24)) as browser:
        await browser.press("enter")
        papers = browser.screen.papers
        assert all(segment.style.reverse for segment in papers.render_line(0) if segment.text.strip())
        assert not any(segment.style.reverse for segment in papers.render_line(2) if segment.style)
        assert "┏" in browser.text


async def test_a_link_in_the_abstract_is_opened_by_a_click(browse, monkeypatch):
    opened = []
    monkeypatch.setattr("papers_tui.tui.opener.open_url", opened.append)
    monkeypatch.setenv("BROWSER", "env")
    async with browse((120, 40)) as browser:
        await browser.ask("quantum")
        lines = browser.text.splitlines()
        row = next(number for number, line in enumerate(lines) if "https://arxiv.org/pdf" in line)
        await browser.pilot.click(offset=(lines[row].index("https"), row))
        await browser.settle()
        assert opened == ["https://arxiv.org/pdf/2402.00002"]


async def test_text_of_the_abstract_can_be_selected_with_the_mouse(browse):
    async with browse((120, 40)) as browser:
        await browser.ask("quantum")
        lines = browser.text.splitlines()
        left = browser.screen.abstract.region.x
        row = next(number for number, line in enumerate(lines) if "Codes correct" in line[left:])
        column = lines[row].index("Codes", left)
        await browser.pilot.mouse_down(offset=(column, row))
        await browser.pilot.hover(offset=(column + 6, row))
        await browser.pilot.mouse_up(offset=(column + 13, row))
        await browser.settle()
        assert browser.app.screen.get_selected_text().strip() == "Codes correct"


async def test_first_and_last_view_have_keys(browse, library):
    with library() as other:
        other.tag(["arxiv:2401.00001"], add=["fp4", "thesis"])
    async with browse() as browser:
        await browser.press("enter", "T", "G")
        views = browser.screen.views
        assert views.cursor == views.total - 1
        await browser.press("enter")
        assert browser.screen.query_box.value == "tag:thesis "
        await browser.press("T", "g")
        assert views.cursor == 0
        await browser.press("ctrl+d", "ctrl+d", "ctrl+u")
        assert views._views[views.cursor].query is not None


async def test_escape_brings_back_the_search_that_it_cleared(browse):
    async with browse() as browser:
        await browser.ask("graph drawing ")
        await browser.press("enter")
        titles = browser.titles
        await browser.press("escape")
        assert browser.screen.query_box.value == ""
        assert len(browser.titles) == 4
        assert 'dropped "graph drawing"' in browser.text
        assert "esc brings it back" in browser.text
        await browser.press("escape")
        assert browser.screen.query_box.value == "graph drawing "
        assert browser.titles == titles
        assert "brings it back" not in browser.text


async def test_a_search_that_was_cleared_is_forgotten_once_another_is_typed(browse):
    async with browse() as browser:
        await browser.ask("graph")
        await browser.press("enter", "escape", "slash", *"quan", "enter", "escape")
        assert 'dropped "quan"' in browser.text
        assert 'graph"' not in browser.text
