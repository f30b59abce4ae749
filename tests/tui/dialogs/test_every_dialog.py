"""What holds for all dialogs: sizes, themes, Esc, the mouse, and hostile text."""

import pytest

from papers_tui.index.joining import Pair
from papers_tui.index.keeping import Removed
from papers_tui.index.paper import Entry, Paper
from papers_tui.index.search.facets import Facets, FacetValue
from papers_tui.index.search.query import Sort
from papers_tui.tui.citing import Choice, styles
from papers_tui.tui.commands import COMMANDS
from papers_tui.tui.screens.bind import BindDialog
from papers_tui.tui.screens.confirm import Confirm
from papers_tui.tui.screens.copy_fallback import CopyFallback
from papers_tui.tui.screens.damage import Damage
from papers_tui.tui.screens.edit import EditDialog
from papers_tui.tui.screens.export import ExportDialog
from papers_tui.tui.screens.facets import FacetMenu
from papers_tui.tui.screens.help import HelpScreen
from papers_tui.tui.screens.note import NoteEditor
from papers_tui.tui.screens.open_link import OpenLink
from papers_tui.tui.screens.pairs import PairDialog
from papers_tui.tui.screens.sort import SortMenu
from papers_tui.tui.screens.tags import TagEditor
from papers_tui.tui.screens.trash import TrashMenu
from papers_tui.tui.screens.yank import YankMenu

ODD = "Odd [/] [@click=app.quit]x[/] \\[b] 漢字 " + "long " * 60
PAPER = Paper(
    id="title:odd", title=ODD, abstract=ODD * 50, urls={"abstract": "https://arxiv.org/" + "x" * 300}
)

DIALOGS = {
    "bind": lambda: BindDialog(ODD, [(ODD, ODD)] * 9),
    "confirm": lambda: Confirm(ODD, ODD),
    "damage": lambda: Damage(ODD, ODD),
    "copy": lambda: CopyFallback(ODD, ODD),
    "edit": lambda: EditDialog(Entry(PAPER)),
    "facets": lambda: FacetMenu(
        Facets({year: year % 9 for year in range(1850, 2026)}, (FacetValue(ODD, 10**9),) * 50), 10**9, ODD
    ),
    "facets of nothing": lambda: FacetMenu(Facets(), 0, ""),
    "export": lambda: ExportDialog(10**6),
    "help": lambda: HelpScreen(COMMANDS, {}),
    "note": lambda: NoteEditor(ODD, ODD, "draft"),
    "open": lambda: OpenLink([*PAPER.urls.items(), (ODD, "https://a@b")]),
    "pair": lambda: PairDialog(Pair(Entry(PAPER), Entry(PAPER), 100), 1, 10**6),
    "sort": lambda: SortMenu(Sort()),
    "tags": lambda: TagEditor({f"tag{number}": 1 for number in range(90)}, 2, {"x" * 64: 1}),
    "trash": lambda: TrashMenu([Removed(Entry(PAPER), "2026-01-02T03:04:05Z")] * 90),
    "yank": lambda: YankMenu([PAPER], Choice("abstract"), styles()),
}
SIZES = [(120, 40), (80, 24), (40, 12), (20, 5)]

every_dialog = pytest.mark.parametrize("make", DIALOGS.values(), ids=DIALOGS)


@every_dialog
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_fits_the_screen_and_escape_leaves_it(make, size, show):
    async with show(make(), size=size) as pilot:
        box = pilot.app.dialog.query_one("#dialog")
        assert pilot.app.screen.region.contains_region(box.region)
        assert box.content_size.height > 0
        await pilot.press("escape")
        assert len(pilot.app.answers) == 1
        assert not pilot.app.answers[0]


@every_dialog
async def test_it_survives_being_squeezed(make, show):
    async with show(make(), size=(80, 24)) as pilot:
        for size in ((30, 8), (12, 4), (4, 3), (1, 1), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        await pilot.press("escape")
        assert len(pilot.app.answers) == 1


@every_dialog
async def test_a_click_beside_it_leaves_it(make, show):
    async with show(make(), size=(140, 40)) as pilot:
        await pilot.click("#dialog", offset=(3, 0))
        assert pilot.app.answers == []
        await pilot.click(offset=(1, 1))
        assert len(pilot.app.answers) == 1


@every_dialog
async def test_its_keys_can_be_clicked(make, show):
    async with show(make(), size=(120, 40)) as pilot:
        hints = pilot.app.dialog.query_one("#dialog-keys")
        column = hints.render().plain.index("esc")
        await pilot.click("#dialog-keys", offset=(column, 0))
        assert len(pilot.app.answers) == 1


@every_dialog
@pytest.mark.parametrize("theme", ["papers-light", "ansi-dark", "nord"])
async def test_it_has_a_look_in_every_theme(make, theme, show):
    async with show(make(), theme=theme) as pilot:
        assert pilot.app.dialog.query_one("#dialog").border_title is not None


@every_dialog
@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
async def test_borders_are_ascii_where_the_browser_has_them_so(make, size, show):
    async with show(SortMenu(Sort()), size=size) as pilot:
        await pilot.press("escape")
        pilot.app.screen.add_class("-ascii")
        pilot.app.push_screen(make())
        await pilot.pause()
        shown = pilot.app.shown()
    assert "+-" in shown
    assert not [letter for letter in shown if "\u2500" <= letter <= "\u257f"]


@pytest.mark.parametrize(("key", "answer"), [("enter", True), ("y", True), ("n", False), ("escape", False)])
async def test_a_question_is_answered_with_yes_or_no(key, answer, show):
    async with show(Confirm("Remove the shelf?", "24 papers go.")) as pilot:
        assert "24 papers go." in pilot.app.shown()
        await pilot.press(key)
    assert pilot.app.answers == [answer]


async def test_markup_in_a_title_is_text(show):
    async with show(Confirm("a [/] [@click=app.quit]x[/]", "[b]y[/b] [/]")) as pilot:
        assert "a [/] [@click=app.quit]x[/]" in pilot.app.shown()
        assert "[b]y[/b] [/]" in pilot.app.shown()


async def test_escape_sequences_in_titles_are_gone(show):
    async with show(Confirm("a\x1b]52;c;eA==\x07b", "c\x1b[31md\x9b0m")) as pilot:
        assert "\x1b" not in pilot.app.shown()
        assert " ab " in pilot.app.shown()
        assert "cd" in pilot.app.shown()
