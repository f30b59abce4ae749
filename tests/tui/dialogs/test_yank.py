"""The menu of citation styles."""

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import STYLES, bibliography, cite
from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Paper
from papers_tui.tui.citing import Choice, Offered, choice, cited, styles
from papers_tui.tui.screens.copy_fallback import CopyFallback
from papers_tui.tui.screens.yank import LETTERS, YankMenu

PAPER = Paper(
    id="arxiv:1706.03762",
    title="Attention Is All You Need",
    authors=(Author("Vaswani", "Ashish"), Author("Shazeer", "Noam")),
    published="2017-06-12",
    arxiv_id="1706.03762",
)


def menu(papers, last=None, **settings):
    return YankMenu(papers, choice(last), styles(), **settings)


def papers(count):
    return [
        Paper(id=f"arxiv:2401.{number:05}", title=f"Paper {number}", arxiv_id=f"2401.{number:05}")
        for number in range(count)
    ]


def words(text):
    return text.split()


async def test_enter_takes_the_style_that_was_used_last(show):
    async with show(menu([PAPER], "ieee")) as pilot:
        await pilot.press("enter")
    assert pilot.app.answers == [Choice("ieee")]


@pytest.mark.parametrize("last", [None, "gone"])
async def test_without_a_last_style_bibtex_comes_first(last, show):
    async with show(menu([PAPER], last)) as pilot:
        await pilot.press("y")
    assert pilot.app.answers == [Choice("bibtex")]


@pytest.mark.parametrize(
    ("letter", "style"),
    [
        ("b", "bibtex"),
        ("l", "biblatex"),
        ("a", "apa"),
        ("m", "mla"),
        ("c", "chicago"),
        ("i", "ieee"),
        ("A", "acm"),
        ("r", "ris"),
        ("j", "csl-json"),
        ("u", "url"),
        ("t", "title"),
        ("x", "abstract"),
        ("p", "plain"),
        ("d", "markdown-link"),
    ],
)
async def test_a_letter_takes_a_style_at_once(letter, style, show):
    async with show(menu([PAPER], "bibtex")) as pilot:
        await pilot.press(letter)
    assert pilot.app.answers == [Choice(style)]


def test_every_style_has_a_letter_of_its_own():
    assert set(LETTERS) == set(STYLES)
    assert len({*LETTERS.values(), *"yfs"}) == len(STYLES) + 3


async def test_the_preview_is_what_will_be_copied(show):
    async with show(menu([PAPER], "apa"), size=(140, 40)) as pilot:
        assert words(str(pilot.app.dialog.preview_text.content)) == words(cite(PAPER, "apa"))
        await pilot.press("down")
        await pilot.pause()
        assert words(str(pilot.app.dialog.preview_text.content)) == words(cite(PAPER, "mla"))
        assert "Vaswani" in pilot.app.shown()


async def test_many_papers_are_previewed_in_part(show, until):
    many = papers(40)
    async with show(menu(many, "bibtex")) as pilot:
        assert "Cite 40 papers" in pilot.app.shown()
        await until(pilot, lambda: "and 10 more" in str(pilot.app.dialog.preview_text.content))
        shown = str(pilot.app.dialog.preview_text.content)
        assert bibliography(many[:30], "bibtex").strip() in shown


async def test_what_a_paper_does_not_have_is_said(show):
    async with show(menu([PAPER], "abstract")) as pilot:
        assert "the paper has none" in pilot.app.shown()


async def test_the_preview_scrolls(show):
    async with show(menu(papers(3), "bibtex")) as pilot:
        await pilot.press("ctrl+d")
        assert pilot.app.dialog.preview.scroll_y > 0
        await pilot.press("ctrl+u")
        assert pilot.app.dialog.preview.scroll_y == 0


@pytest.mark.parametrize(("size", "is_beside"), [((80, 24), True), ((120, 40), True), ((40, 12), False)])
async def test_list_and_preview_stand_where_there_is_room(size, is_beside, show):
    async with show(menu([PAPER], "apa"), size=size) as pilot:
        styles, preview = pilot.app.dialog.styles_list.region, pilot.app.dialog.preview.region
        assert (styles.right <= preview.x) == is_beside
        assert (styles.bottom <= preview.y) != is_beside
        assert "Vaswani" in pilot.app.shown()


async def test_a_click_takes_a_style(show):
    async with show(menu([PAPER], "bibtex")) as pilot:
        await pilot.click("#styles", offset=(3, 2))
    assert pilot.app.answers == [Choice("biblatex")]


async def test_references_can_be_taken_as_html_and_markdown(show):
    async with show(menu([PAPER], "apa")) as pilot:
        assert "f as HTML" in pilot.app.shown()
        await pilot.press("f")
        await pilot.pause()
        assert "<i>Attention Is All You Need</i>" in str(pilot.app.dialog.preview_text.content)
        await pilot.press("f")
        await pilot.pause()
        assert "*Attention Is All You Need*" in str(pilot.app.dialog.preview_text.content)
        await pilot.press("enter")
    assert pilot.app.answers == [Choice("apa", "markdown")]


async def test_a_style_without_that_form_is_plain(show):
    async with show(menu([PAPER], "apa:html")) as pilot:
        await pilot.press("b")
    assert pilot.app.answers == [Choice("bibtex")]
    async with show(menu([PAPER], "bibtex")) as pilot:
        assert "f as" not in pilot.app.shown()


async def test_the_text_can_be_shown_whole_instead_of_copied(show, until):
    async with show(menu(papers(40), "latex-cite")) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, CopyFallback))
        assert pilot.app.screen.area.text == cited(papers(40), Choice("latex-cite"))
        await pilot.press("escape", "escape")
    assert pilot.app.answers == [None]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (("apa", "bibtex"), Choice("apa")),
        (("apa:html", "bibtex"), Choice("apa", "html")),
        (("gone", "ieee"), Choice("ieee")),
        (("gone:html", None), Choice("bibtex")),
        ((None, None), Choice("bibtex")),
        (("apa:pdf",), Choice("apa")),
        (("bibtex:html",), Choice("bibtex")),
        ((":", "::", "\x00"), Choice("bibtex")),
    ],
)
def test_a_remembered_style_that_is_gone_falls_back(wanted, found):
    assert choice(*wanted) == found


def test_a_choice_is_remembered_as_it_was():
    for chosen in (Choice("apa"), Choice("apa", "markdown")):
        assert choice(str(chosen)) == chosen


def test_several_papers_are_sorted_and_numbered_as_the_style_asks():
    two = [PAPER, Paper(id="doi:10/a", title="Zoo", authors=(Author("Adams", "Ann"),), published="1999")]
    assert cited(two, Choice("ieee")).startswith("[1] A. Vaswani")
    assert "[2] A. Adams" in cited(two, Choice("ieee"))
    assert cited(two, Choice("apa")).startswith("Adams, A. (1999)")
    assert cited(two, Choice("latex-cite")) == "\\cite{vaswani2017attention,adams1999zoo}"
    assert cited(two, Choice("pandoc-cite")) == "[@vaswani2017attention; @adams1999zoo]"


async def test_the_styles_of_the_user_are_offered_and_what_is_wrong_with_one_is_said(show, until, tmp_path):
    (tmp_path / "house.csl").write_text("no style at all")
    known = styles(tmp_path)
    assert known["house"] == Offered("house", "reference", ("plain", "html", "markdown"), is_own=True)

    def cite(papers, chosen, keys):
        if chosen.style == "house":
            raise WrongUsage("house.csl is no citation style", remedy="mend it")
        return cited(papers, chosen, keys)

    async with show(YankMenu([PAPER], choice("house:html", known=known), known, cite=cite)) as pilot:
        await until(pilot, lambda: "house.csl is no citation style" in pilot.app.shown())
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, YankMenu)
        await pilot.press("enter")
    assert pilot.app.answers == [Choice("house", "html")]
