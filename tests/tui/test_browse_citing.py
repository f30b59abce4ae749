"""Citations out of the browser: of a selection, in the order of the list, in the style used last."""

import json

import pytest

from papers_tui.tui.state import FILE, load_state


@pytest.fixture
def copied(monkeypatch):
    """What the terminal was asked to put on the clipboard."""
    texts = []
    monkeypatch.setattr(
        "papers_tui.tui.app.PapersApp.copy_to_clipboard", lambda _app, text: texts.append(text)
    )
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    return texts


async def test_a_selection_is_numbered_in_the_order_of_the_list(browse, copied):
    async with browse() as browser:
        await browser.ask("graph OR quantum sort:-title ")
        titles = [title[:5] for title in browser.titles]
        assert titles == ["Quant", "Graph", "A sur"]
        await browser.press("enter", "*", "y", "i")
        numbered = copied[-1].split("\n")
        assert [line[:4] for line in numbered] == ["[1] ", "[2] ", "[3] "]
        assert [title[:5] in line for title, line in zip(titles, numbered, strict=True)] == [True] * 3
        await browser.press("y", "k")
        assert copied[-1].startswith("\\cite{hopper2024quantum,lovelace2024graph,")


async def test_papers_that_were_selected_elsewhere_come_last(browse, copied):
    async with browse() as browser:
        await browser.ask("quantum ")
        await browser.press("enter", "space")
        await browser.ask("graph sort:title ")
        await browser.press("enter", "*", "y", "t")
        assert copied[-1].split("\n") == [*browser.titles, "Quantum error correction at scale"]


async def test_a_form_is_remembered_with_its_style(browse, copied, locations):
    async with browse() as browser:
        await browser.ask("quantum ")
        await browser.press("enter", "y", "a", "y", "f", "enter")
    assert "<i>" not in copied[0]
    assert "<i>Quantum error correction at scale</i>" in copied[1]
    assert load_state(locations.data_dir / FILE).style == "apa:html"
    async with browse() as browser:
        await browser.ask("quantum ")
        await browser.press("enter", "Y")
    assert copied[2] == copied[1]


@pytest.mark.parametrize("style", ["gone", "gone:html", "", ":", "../x.csl"])
async def test_a_style_that_is_gone_falls_back_to_the_configured_one(style, browse, copied, locations):
    locations.data_dir.mkdir(exist_ok=True)
    (locations.data_dir / FILE).write_text(json.dumps({"style": style}))
    async with browse(citation_style="ieee") as browser:
        await browser.ask("quantum ")
        await browser.press("enter", "Y", "y", "enter")
    assert [text[:9] for text in copied] == ["G. Hopper"] * 2


async def test_what_cannot_be_confirmed_says_where_the_text_is(browse, copied):
    async with browse() as browser:
        await browser.ask("quantum ")
        await browser.press("enter", "Y")
        assert "unconfirmed" in browser.text
        assert "y, then s" in browser.text
        await browser.press("y", "s")
        assert "Copy it from here" in browser.text
        assert "@misc{hopper2024quantum" in browser.text


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_the_menu_shows_the_name_of_every_style_whole(size, browse):
    async with browse(size=size) as browser:
        await browser.ask("quantum ")
        await browser.press("enter", "y")
        styles = browser.app.screen.query_one("#styles")
        rows = [option.prompt for option in styles.options]
        assert len(rows) > 20
        assert max(row.cell_length for row in rows) + 2 <= styles.scrollable_content_region.width
