"""What leads from results to others: similar papers, and words as they were typed."""

import pytest

from papers_tui.tui.screens.browse import Browse
from papers_tui.tui.uncorrected import as_typed
from papers_tui.tui.widgets.paper_list import PaperList
from papers_tui.tui.widgets.query_bar import QueryBox

SHELF_SIZE = 20
"""Papers that the starter shelf has at least."""


def _id(browser):
    return browser.screen.papers.highlighted.paper.id


def _in_list(browser):
    papers = browser.screen.papers
    lines = (papers.render_line(y) for y in range(papers.size.height))
    return "\n".join("".join(segment.text for segment in line) for line in lines)


# Similar papers


async def test_similar_papers_are_listed_with_the_words_they_share_and_escape_goes_back(run):
    async with run() as browser:
        await browser.ask("attention")
        await browser.press("enter", "j", "j")
        before, titles = _id(browser), browser.titles
        title = browser.screen.papers.highlighted.paper.title
        await browser.press("z")
        assert before not in [browser.screen.papers.entry_at(n).paper.id for n in range(10)]
        assert f'similar to "{title[:20]}' in browser.text
        assert "shares " in _in_list(browser)
        assert browser.screen.papers.cursor == 0
        assert browser.screen.query_box.value == "attention"
        await browser.press("escape")
        assert browser.titles == titles
        assert _id(browser) == before
        assert "similar to" not in browser.text


async def test_the_abstract_of_a_similar_paper_marks_the_shared_words(run):
    async with run() as browser:
        await browser.ask("attention is all")
        await browser.press("enter", "z", "enter", "n")
        assert "match 1 of" in browser.text


async def test_papers_are_marked_and_selected_among_similar_ones(run, library):
    async with run() as browser:
        await browser.ask("attention")
        await browser.press("enter", "z", "j", "b")
        marked = _id(browser)
        assert "★" in _in_list(browser)
        assert "similar to" in browser.text
        assert browser.screen.papers.cursor == 1
        await browser.press("asterisk")
        assert len(browser.screen.papers.selected) == browser.screen.papers.total
        await browser.press("escape")
        assert not browser.screen.papers.selected
        assert "similar to" in browser.text
    with library() as other:
        assert other.entry(marked).marks.bookmarked


async def test_similar_papers_of_a_similar_paper_lead_back_to_the_results(run):
    async with run() as browser:
        await browser.ask("attention")
        await browser.press("enter", "j")
        before = _id(browser)
        await browser.press("z", "j", "z", "j", "escape")
        assert _id(browser) == before


async def test_another_query_leaves_the_similar_papers(run):
    async with run() as browser:
        await browser.ask("attention")
        await browser.press("enter", "z")
        await browser.press("slash", "x")
        assert "similar to" not in browser.text
        await browser.ask("")
        await browser.press("enter", "z", "T", "g", "enter")
        assert browser.screen.query_box.value == ""
        assert "similar to" not in browser.text
        assert browser.screen.papers.total > SHELF_SIZE


@pytest.mark.parametrize("key", ["s", "S", "f"])
async def test_orders_and_filters_are_for_results(run, key):
    async with run() as browser:
        await browser.press("enter", "z", key)
        assert "similar to" in browser.text
        assert isinstance(browser.app.screen, Browse)
        assert "That is for results" in browser.text
        footer = browser.text.splitlines()[-1]
        assert "esc back" in footer
        assert "sort" not in footer


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (20, 5)])
async def test_similar_papers_are_told_in_every_size(run, size):
    async with run(size) as browser:
        await browser.press("enter", "enter", "z")
        assert isinstance(browser.app.focused, PaperList)
        assert browser.screen.papers.display
        assert "similar" in browser.text
        await browser.press("escape")
        assert "similar" not in browser.text.replace("z similar", "")


async def test_a_paper_that_is_like_no_other_says_so(run, fill):
    fill([{"id": "title:zyx", "title": "Zyx"}])
    async with run() as browser:
        await browser.press("enter", "z")
        assert "Nothing is similar" in browser.text
        await browser.press("escape")
        assert browser.titles == ["Zyx"]


# Facets


async def test_a_range_of_years_becomes_part_of_the_query(run):
    async with run() as browser:
        await browser.ask("language")
        before = browser.screen.papers.total
        await browser.press("enter", "f", "left", "shift+left", "enter")
        query = browser.screen.query_box.value
        assert query.startswith("year:")
        assert query.endswith(" language")
        assert 0 < browser.screen.papers.total < before
        await browser.press("slash", "home", *["delete"] * len(query.split()[0]))
        assert browser.screen.papers.total == before


async def test_a_value_finds_as_many_papers_as_it_was_said_to_have(run):
    async with run((80, 24)) as browser:
        await browser.press("enter", "f", "down", "down")
        row = browser.app.screen.query_one("#facet-values")._rows[2]
        await browser.press("enter")
        assert browser.screen.query_box.value == f"cat:{row.name} "
        assert browser.screen.papers.total == row.papers


async def test_a_value_that_is_demanded_is_marked_and_choosing_it_lets_go(run):
    async with run((80, 24)) as browser:
        await browser.press("enter", "f", "down", "enter")
        name = browser.screen.query_box.value.removeprefix("cat:").strip()
        await browser.press("enter", "f", "down")
        assert f"✓ {name}" in browser.text
        await browser.press("enter")
        assert browser.screen.query_box.value == ""
        await browser.press("enter", "f", "down", "enter")
        await browser.press("enter", "f", "down", "minus")
        assert browser.screen.query_box.value == f"-cat:{name} "


async def test_other_years_take_the_place_of_those_before(run):
    async with run() as browser:
        await browser.press("enter", "f", "left", "shift+left", "enter")
        await browser.press("enter", "f", "enter")
        assert browser.screen.query_box.value.count("year:") == 1


async def test_there_is_nothing_to_narrow_where_nothing_is_found(run):
    async with run() as browser:
        await browser.ask("zyxwv")
        await browser.press("enter", "f")
        assert "nothing to narrow" in browser.text
        assert browser.app.screen is browser.screen


async def test_leaving_the_facets_leaves_the_query(run):
    async with run() as browser:
        await browser.ask("language")
        await browser.press("enter", "f", "escape")
        assert browser.screen.query_box.value == "language"
        assert isinstance(browser.app.focused, PaperList)


async def test_facets_are_drawn_in_ascii(run):
    async with run((80, 24), is_ascii=True) as browser:
        await browser.press("enter", "f")
        assert "#" in browser.text
        assert not {sign for sign in browser.text if not sign.isascii()}


# Corrections


async def test_a_correction_is_refused_by_a_key_and_the_query_shows_it(browse):
    async with browse() as browser:
        await browser.ask("quantun error")
        found = browser.titles
        assert '"quantun" was read as "quantum", too' in browser.text
        await browser.press("f6")
        assert browser.screen.query_box.value == '"quantun" error'
        assert browser.titles == []
        assert isinstance(browser.app.focused, QueryBox)
        assert "did you mean quantum" in browser.text
        assert "f6 corrects the words again" in browser.text
        await browser.press("f6")
        assert browser.screen.query_box.value == "quantun error"
        assert browser.titles == found != []
        await browser.press("f6", "f6", "f6")
        assert browser.screen.query_box.value == '"quantun" error'


async def test_words_in_the_users_own_quotes_are_left_in_them(browse):
    async with browse() as browser:
        await browser.ask('"quantun" "error correction" ')
        await browser.press("f6")
        assert browser.screen.query_box.value == '"quantun" "error correction" '


async def test_the_key_that_refuses_is_the_users_own(browse):
    async with browse(keys={"refuse": ("f7",)}) as browser:
        await browser.ask("quantun ")
        assert "f7 searches as typed" in browser.text
        await browser.press("f7")
        assert browser.screen.query_box.value == '"quantun" '


@pytest.mark.parametrize(
    ("text", "words", "query"),
    [
        ("languge model", ["languge"], '"languge" model'),
        ("title:Languge* OR (modle x)", ["languge", "modle"], 'title:"Languge" OR ("modle" x)'),
        ('-languge "languge x"', ["languge"], '-"languge" "languge x"'),
        ("languge languge", ["languge"], '"languge" "languge"'),
        ("nothing here", ["languge"], "nothing here"),
        ("", [], ""),
    ],
)
def test_words_are_quoted_wherever_they_stand(text, words, query):
    assert as_typed(text, words) == query
