import shutil
import threading
from dataclasses import replace

import pytest
from textual import events

from papers_tui.index.errors import DamagedLibrary
from papers_tui.index.library import Library
from papers_tui.tui.widgets.paper_list import PaperList
from papers_tui.tui.widgets.query_bar import QueryBox


def _text_of(papers):
    lines = (papers.render_line(y) for y in range(papers.size.height))
    return "\n".join("".join(segment.text for segment in line) for line in lines)


async def test_the_query_box_has_the_focus_and_every_paper_is_listed(browse):
    async with browse() as browser:
        assert isinstance(browser.app.focused, QueryBox)
        assert len(browser.titles) == 4
        assert "4 papers" in browser.text


async def test_typing_searches_at_once(browse):
    async with browse() as browser:
        await browser.press(*"quantum")
        assert browser.titles == ["Quantum error correction at scale"]
        assert "1 of 4" in browser.text
        assert "Codes correct errors" in browser.text


@pytest.mark.parametrize("query", ["frobnicate", "note:frobnicate"])
async def test_a_result_shows_the_sentence_of_the_note_that_matched(browse, library, query):
    with library() as door:
        door.set_note("2401.00001", "Read twice. To frobnicate it, see Section 3.")
    async with browse() as browser:
        await browser.ask(query)
        assert "note: To frobnicate it, see Section 3." in browser.text


async def test_a_result_shows_the_sentence_that_matched(browse):
    async with browse((120, 40)) as browser:
        papers = browser.screen.papers
        assert papers.row_height == 2
        await browser.press(*"graphs")
        assert papers.row_height == 3
        assert "Drawing graphs is an art." in _text_of(papers)
        strip = papers.render_line(2)
        marked = "".join(segment.text for segment in strip if segment.style and segment.style.underline)
        assert "graph" in marked.lower()
        await browser.ask("year:2024")
        assert papers.row_height == 2


async def test_a_result_that_matches_elsewhere_shows_how_its_abstract_begins(browse):
    async with browse((120, 40)) as browser:
        await browser.ask("hopper")
        assert "Codes correct errors" in _text_of(browser.screen.papers)


async def test_letters_that_are_commands_elsewhere_are_text_in_the_query_box(browse, library):
    async with browse() as browser:
        await browser.press("b", "q", "question_mark", "colon", "space", "u")
        assert browser.screen.query_box.value == "bq?: u"
        assert browser.app.is_running
    with library() as other:
        assert other.overview().bookmarked == 0


@pytest.mark.parametrize("key", ["enter", "down"])
async def test_enter_and_down_go_to_the_list_and_slash_comes_back(browse, key):
    async with browse() as browser:
        await browser.press("g", key)
        assert isinstance(browser.app.focused, PaperList)
        await browser.press("slash")
        assert isinstance(browser.app.focused, QueryBox)
        assert browser.screen.query_box.value == "g"


async def test_an_answer_that_comes_late_does_not_replace_a_newer_one(browse, monkeypatch):
    search, is_asked, is_late = Library.search, threading.Event(), threading.Event()

    def slow(self, text, **rest):
        if text == "quantum":
            is_asked.set()
            is_late.wait(120)
        return search(self, text, **rest)

    async with browse() as browser:
        monkeypatch.setattr(Library, "search", slow)
        browser.screen.query_box.value = "quantum"
        await browser.until(is_asked.is_set)
        await browser.ask("drawing")
        is_late.set()
        await browser.settle()
        assert browser.titles == ["A survey of graph drawing"]


async def test_results_of_a_new_query_begin_at_the_top_though_a_refresh_comes_first(browse):
    async with browse() as browser:
        await browser.press("enter", "down", "down")
        browser.screen.config = replace(browser.screen.config, typing_pause=60)
        browser.screen.query_box.value = "graph"
        await browser.pilot.pause()
        browser.screen.reload()
        await browser.settle()
        assert len(browser.titles) == 2
        assert browser.screen.papers.cursor == 0


async def test_what_was_read_otherwise_is_said(browse):
    async with browse((80, 24)) as browser:
        await browser.ask('"graph networks')
        assert "unclosed quote" in browser.text
        await browser.ask("quantun ")
        assert '"quantun" was read as "quantum", too' in browser.text
        await browser.ask("quantum")
        assert "quantun" not in browser.text


async def test_no_hits_say_what_to_do_and_escape_clears_the_search(browse):
    async with browse((80, 24)) as browser:
        await browser.ask("quantum -quantum")
        assert "Nothing matches" in browser.text
        assert "0 of 4" in browser.text
        assert "Codes correct" not in browser.text
        await browser.press("escape", "escape")
        assert browser.screen.query_box.value == ""
        assert len(browser.titles) == 4


async def test_the_first_run_brings_a_shelf_and_tells_how_to_import(run):
    async with run((80, 24)) as browser:
        assert browser.screen.papers.total > 20
        assert "papers-tui import FILE" in browser.text


async def test_a_library_whose_papers_are_all_in_the_trash_is_not_called_empty(browse, library):
    with library() as other:
        other.remove([hit.entry.paper.id for hit in other.search("").hits])
    async with browse() as browser:
        assert "4 papers are in the trash" in browser.text
        assert "Your library is empty" not in browser.text
        await browser.press("enter", "u")
        await browser.settle()
        assert browser.screen.papers.total == 4


async def test_an_empty_library_tells_how_to_fill_it(run, library):
    with library() as other:
        other.add_shelf()
        other.remove_shelf()
    async with run((80, 24)) as browser:
        assert "Your library is empty" in browser.text
        assert "papers-tui import FILE" in browser.text
        await browser.press("enter", "b", "t", "y", "o", "space", "asterisk", "v", "v", "j", "n", "enter")
        assert browser.app.is_running
        assert not browser.screen.papers.selected


async def test_the_browser_is_usable_while_the_index_is_written(browse, monkeypatch):
    may_end = threading.Event()

    def slow(self, progress):
        progress(1, 4)
        may_end.wait(120)

    monkeypatch.setattr(Library, "index_is_current", lambda self: may_end.is_set())
    monkeypatch.setattr(Library, "update_index", slow)
    async with browse((80, 24), is_settled=False) as browser:
        await browser.until(lambda: "indexing 1 of 4" in browser.text)
        browser.screen.query_box.value = "quantum"
        await browser.until(lambda: browser.titles == ["Quantum error correction at scale"])
        may_end.set()
        await browser.settle()
        assert "indexing" not in browser.text


async def test_a_library_that_cannot_be_opened_ends_the_program_with_its_exit_code(browse, monkeypatch):
    def damaged(*_, **__):
        raise DamagedLibrary("papers.db is not a database", remedy="papers-tui doctor")

    monkeypatch.setattr(Library, "open", damaged)
    async with browse() as browser:
        assert browser.app.return_code == 4


async def test_a_read_only_library_says_so_and_refuses_marks_in_words(browse, monkeypatch):
    monkeypatch.setattr(Library, "is_read_only", property(lambda self: True))
    monkeypatch.setattr(Library, "why_read_only", property(lambda self: "the disk [/b] cannot be written"))
    async with browse() as browser:
        assert "read-only" in browser.text
        await browser.press("enter", "b")
        assert "cannot be written" in browser.text
        assert browser.app.is_running


async def test_an_error_in_a_search_is_told_and_the_next_search_works(browse, monkeypatch):
    search = Library.search

    def failing(self, text, **rest):
        if text == "boom":
            raise DamagedLibrary("the index [/] is gone", remedy="papers-tui reindex")
        return search(self, text, **rest)

    async with browse() as browser:
        monkeypatch.setattr(Library, "search", failing)
        await browser.ask("boom")
        assert "papers-tui reindex" in browser.text
        await browser.ask("drawing")
        assert browser.titles == ["A survey of graph drawing"]


async def test_text_that_is_pasted_loses_what_a_terminal_would_obey(browse):
    async with browse() as browser:
        browser.screen.query_box.post_message(events.Paste("quantum\x1b]0;x\x07\ncodes" + "x" * 20_000))
        await browser.settle()
        value = browser.screen.query_box.value
        assert value.isprintable()
        assert value.startswith("quantum")
        assert " codesx" in value
        assert len(value) <= 10_000


async def test_a_title_that_looks_like_markup_is_shown_as_it_is(browse):
    async with browse() as browser:
        await browser.ask("日本語")
        assert "[/b] [@cl" in browser.text
        assert browser.titles == ["日本語の大規模言語モデル [/b] [@click=app.quit]x[/]"]


async def test_another_order_becomes_part_of_the_query(browse):
    async with browse() as browser:
        await browser.ask("graph sort:date")
        await browser.press("enter", "S")
        assert browser.screen.query_box.value == "-sort:date graph"
        assert browser.titles == ["A survey of graph drawing", "Graph networks for molecules"]
        await browser.press("s")
        await browser.press("i")
        assert "sort:title" in browser.screen.query_box.value


async def test_an_order_changes_nothing_of_what_a_half_typed_word_finds(browse):
    async with browse() as browser:
        await browser.ask("gra")
        found = sorted(browser.titles)
        await browser.press("enter", "s", "d")
        assert sorted(browser.titles) == found
        assert len(found) == 3
        assert browser.screen.query_box.value == "sort:date gra"
        assert browser.screen.query_box.cursor_position == len("sort:date gra")


async def test_a_damaged_index_is_built_anew_while_papers_show(browse, locations):
    for file in locations.cache_dir.rglob("*"):
        if file.is_file():
            file.write_bytes(b"\x00damaged\xff" * 9)
    async with browse() as browser:
        assert len(browser.titles) == 4
        await browser.ask("quantum")
        assert browser.titles == ["Quantum error correction at scale"]


async def test_papers_that_another_window_imports_turn_up(browse, library):
    async with browse() as browser:
        with library() as other:
            other.add_shelf()
        browser.screen._polls = 4
        browser.screen._poll()
        await browser.settle()
        assert browser.screen.papers.total > 20


async def test_the_shelf_comes_and_goes_by_command(browse):
    async with browse() as browser:
        browser.screen.action_command("addshelf")
        await browser.settle()
        total = browser.screen.papers.total
        assert total > 20
        await browser.press("enter", "asterisk")
        browser.screen.action_command("removeshelf")
        await browser.settle()
        assert browser.screen.papers.total == 4
        assert not browser.screen.papers.selected


async def test_an_index_that_is_lost_is_built_again_at_the_next_key(browse, locations):
    async with browse() as browser:
        shutil.rmtree(locations.cache_dir / "index")
        browser.screen.query_box.value = "quantum"
        await browser.until(lambda: browser.titles == ["Quantum error correction at scale"])
        assert "1 of 4" in browser.text


async def test_without_an_index_no_number_of_hits_is_claimed(browse, locations, monkeypatch):
    async with browse() as browser:
        monkeypatch.setattr(type(browser.screen), "update_index", lambda _: None)
        shutil.rmtree(locations.cache_dir / "index")
        await browser.ask("quantum")
        assert "not searched yet" in browser.text
        assert "4 of 4" not in browser.screen.query_bar.query_one("#status").render().plain
