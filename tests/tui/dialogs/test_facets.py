"""Facets of results: the histogram of years, and the values with their counts."""

import pytest

from papers_tui.index.search.facets import Facets, FacetValue, in_years
from papers_tui.index.search.query import InCategory, InState, Not, Phrase, Tagged
from papers_tui.tui.screens.facets import FacetMenu
from papers_tui.tui.widgets.histogram import Bar, bars, levels

YEARS = {2018: 1, 2019: 10, 2020: 20, 2022: 40, 2023: 5}
FACETS = Facets(
    years=YEARS,
    categories=(FacetValue("cs", 60), FacetValue("cs.CL", 44)),
    organizations=(FacetValue("Meta AI", 3),),
    tags=(FacetValue("to-read", 7),),
    status=(FacetValue("unread", 70), FacetValue("read", 6)),
)


def _menu():
    return FacetMenu(FACETS, 80, "")


@pytest.mark.parametrize(
    ("keys", "first", "last"),
    [
        (["enter"], 2023, 2023),
        (["left", "enter"], 2022, 2022),
        (["left", "shift+left", "shift+left", "enter"], 2020, 2022),
        (["home", "shift+right", "enter"], 2018, 2019),
        (["home", "L", "L", "H", "enter"], 2018, 2019),
        (["right", "right", "enter"], 2023, 2023),
        (["home", "left", "l", "h", "enter"], 2018, 2018),
        (["home", "L", "right", "enter"], 2020, 2020),
    ],
)
async def test_years_are_brushed_with_the_keys(keys, first, last, show):
    async with show(_menu()) as pilot:
        await pilot.press(*keys)
    assert pilot.app.answers == [in_years(first, last)]


async def test_the_range_is_told_with_its_exact_count(show):
    async with show(_menu()) as pilot:
        await pilot.press("home", "shift+right", "shift+right")
        await pilot.pause()
        assert "2018..2020  31 papers" in pilot.app.shown()
        assert "4 of no known year" in pilot.app.shown()


async def test_years_are_brushed_with_the_mouse(show):
    async with show(_menu()) as pilot:
        histogram = pilot.app.screen.query_one("#facet-years")
        await pilot.mouse_down(histogram, offset=(4, 2))
        await pilot.hover(histogram, offset=(9, 2))
        await pilot.mouse_up(histogram, offset=(9, 2))
        await pilot.press("enter")
    assert pilot.app.answers == [in_years(2019, 2020)]


@pytest.mark.parametrize(
    ("keys", "node"),
    [
        (["tab", "enter"], InCategory("cs")),
        (["down", "down", "enter"], InCategory("cs.CL")),
        (["down", "right", "enter"], Phrase("Meta AI", "org")),
        (["down", "down", "down", "down", "enter"], Tagged("to-read")),
        (["down", "l", "l", "l", "j", "enter"], InState("read")),
        (["down", "end", "right", "left", "left", "enter"], Phrase("Meta AI", "org")),
        (["down", "minus"], Not(InCategory("cs"))),
        (["down", "up", "enter"], in_years(2023, 2023)),
    ],
)
async def test_values_are_chosen_with_the_keys(keys, node, show):
    async with show(_menu()) as pilot:
        await pilot.press(*keys)
    assert pilot.app.answers == [node]


async def test_a_value_is_chosen_by_two_clicks(show):
    async with show(_menu()) as pilot:
        await pilot.click("#facet-values", offset=(5, 4))
        await pilot.click("#facet-values", offset=(5, 4))
        await pilot.pause()
    assert pilot.app.answers == [Phrase("Meta AI", "org")]


async def test_values_are_shown_with_their_counts_under_headings(show):
    async with show(_menu(), size=(80, 40)) as pilot:
        lines = [line.strip("│ ").split() for line in pilot.app.shown().splitlines()]
    place = lines.index(["Categories"])
    assert lines[place + 1 : place + 3] == [["cs", "60"], ["cs.CL", "44"]]
    assert ["to-read", "7"] in lines


async def test_papers_of_one_year_or_none_leave_the_values(show):
    async with show(FacetMenu(Facets({2020: 3}, status=(FacetValue("unread", 3),)), 3, "")) as pilot:
        await pilot.press("enter")
    assert pilot.app.answers == [InState("unread")]


def test_a_bar_stands_for_each_year_while_there_is_room():
    assert bars(YEARS, 6) == [Bar(year, year, YEARS.get(year, 0)) for year in range(2018, 2024)]
    assert bars(YEARS, 4) == [Bar(2018, 2019, 11), Bar(2020, 2021, 20), Bar(2022, 2023, 45)]
    assert bars(YEARS, 1) == [Bar(2018, 2023, 76)]
    assert bars({}, 9) == bars(YEARS, 0) == []


def test_bars_grow_with_their_numbers_and_none_vanishes():
    assert levels([0, 1, 400, 800], 1, "▁▂▃▄▅▆▇█") == [" ", "▁", "▄", "█"]
    assert levels([0, 1, 500, 800], 2, "▁▂▃▄▅▆▇█") == ["  ", " ▁", "▂█", "██"]
    assert levels([], 2, "▁█") == []
    assert levels([3], 1, "_.:-=+*#") == ["#"]
