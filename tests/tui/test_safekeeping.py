"""Papers removed and brought back, drafts and backups told of, and the way out of a damage."""

import sqlite3
from contextlib import closing

import pytest

from papers_tui.index.note_files import Place, open_note_file
from papers_tui.index.store.marks import MarksStore
from papers_tui.tui.screens.damage import Damage
from papers_tui.tui.screens.trash import TrashMenu

GRAPH = "arxiv:2401.00001"
QUANTUM = "arxiv:2402.00002"
PAGE = 4096


def messages(browser):
    return [f"{one.title} {one.message}" for one in browser.app._notifications]


async def to_the_list(browser, query=""):
    await browser.ask(query)
    await browser.press("enter")


async def test_a_removed_paper_leaves_the_list_and_u_brings_it_back(browse, library):
    async with browse() as browser:
        await to_the_list(browser, "quantum")
        await browser.press("b", "delete")
        assert browser.screen.papers.total == 0
        assert any("Moved to the trash: 1 paper" in said for said in messages(browser))
        with library() as other:
            assert other.count() == 3
        await browser.press("u")
        assert browser.titles == ["Quantum error correction at scale"]
        assert "★ bookmarked" in browser.text


async def test_a_selection_is_removed_at_once_and_is_none_afterwards(browse, library):
    async with browse() as browser:
        await to_the_list(browser)
        await browser.press("asterisk", "delete")
        assert browser.screen.papers.total == 0
        assert not browser.screen.papers.selected
        await browser.press("u")
        assert browser.screen.papers.total == 4
    with library() as other:
        assert other.trash() == []


async def test_the_trash_gives_a_paper_back(browse, library):
    with library() as other:
        other.tag([QUANTUM], add=["kept"])
        other.remove([GRAPH, QUANTUM])
    async with browse() as browser:
        await to_the_list(browser)
        assert browser.screen.papers.total == 2
        browser.screen.action_command("trash")
        await browser.until(lambda: isinstance(browser.app.screen, TrashMenu) and "molecules" in browser.text)
        assert "Quantum error correction" in browser.text
        ids = [one.entry.paper.id for one in browser.app.screen._removed]
        await browser.pilot.press(*["down"] * ids.index(QUANTUM), "enter")
        await browser.settle()
        assert browser.screen.papers.total == 3
    with library() as other:
        assert other.entry(QUANTUM).marks.tags == ("kept",)


async def test_an_empty_trash_says_so(browse):
    async with browse() as browser:
        browser.screen.action_command("trash")
        await browser.settle()
        await browser.until(lambda: any("The trash is empty" in said for said in messages(browser)))


async def test_a_draft_is_told_at_the_next_start_and_found_again(browse, library):
    with library() as other:
        other.save_draft(QUANTUM, "half a thought")
    async with browse() as browser:
        assert any("Quantum error correction" in said and "not saved" in said for said in messages(browser))
        await to_the_list(browser, "quantum")
        await browser.press("m")
        assert "half a thought" in browser.text


async def test_a_backup_that_fails_is_told_once(browse, library, locations):
    with library() as other:
        other.bookmark([QUANTUM], on=True)
    (locations.data_dir / "backups").write_text("in the way")
    async with browse() as browser:
        await browser.until(lambda: any("not backed up" in said for said in messages(browser)))
        browser.screen._back_up()
        await browser.settle()
        assert sum("not backed up" in said for said in messages(browser)) == 1


async def test_a_window_that_stays_open_is_backed_up(browse, locations):
    async with browse() as browser:
        await to_the_list(browser, "quantum")
        await browser.press("b")
        browser.screen._back_up()
        await browser.settle()
    assert list((locations.data_dir / "backups").glob("marks-*.db"))


@pytest.fixture
def damaged(browse, library, locations):
    """A library of which marks.db has lost its first page, with a backup of an earlier state."""
    with library() as other:
        other.set_note(QUANTUM, "in the backup")
        other.back_up()
        other.set_note(GRAPH, "written since")
    file = locations.data_dir / "marks.db"
    file.write_bytes(b"\0" * PAGE + file.read_bytes()[PAGE:])
    return file


def is_offered(browser):
    return isinstance(browser.app.screen, Damage)


@pytest.mark.parametrize(("key", "notes"), [("r", {QUANTUM}), ("s", {QUANTUM, GRAPH})])
async def test_a_damaged_library_offers_ways_out(run, library, damaged, key, notes):
    broken = damaged.read_bytes()
    async with run(is_settled=False) as browser:
        await browser.until(lambda: is_offered(browser) and "with marks" in browser.text)
        assert "1 paper with marks, 1 note" in browser.text
        assert damaged.read_bytes() == broken
        await browser.pilot.press(key)
        await browser.until(lambda: browser.screen.library is not None)
        await browser.settle()
        await to_the_list(browser, "has:note")
        assert browser.screen.papers.total == len(notes)
    with library() as other:
        assert {one for one in (QUANTUM, GRAPH) if other.entry(one).marks.note} == notes
    (aside,) = damaged.parent.glob("marks.db.damaged-*")
    assert aside.read_bytes() == broken


async def test_leaving_the_offer_leaves_the_file_as_it_is(run, damaged):
    broken = damaged.read_bytes()
    async with run(is_settled=False) as browser:
        await browser.until(lambda: is_offered(browser))
        await browser.pilot.press("escape")
        await browser.until(lambda: browser.app.return_code is not None)
        assert browser.app.return_code == 4
    assert damaged.read_bytes() == broken


async def test_where_there_is_no_backup_none_is_offered(browse, run, library, locations):
    file = locations.data_dir / "marks.db"
    MarksStore(file).close()
    file.write_bytes(b"\0" * PAGE + file.read_bytes()[PAGE:])
    async with run(is_settled=False) as browser:
        await browser.until(lambda: is_offered(browser))
        await browser.until(lambda: "save what can be read" in browser.text)
        assert "restore the backup" not in browser.text
        await browser.pilot.press("r")
        assert is_offered(browser)
        await browser.pilot.press("s")
        await browser.until(lambda: any("nothing can be read" in said for said in messages(browser)))
        assert is_offered(browser)


async def test_another_file_in_the_place_of_the_library_gives_way_to_the_backup(run, library, damaged):
    damaged.write_text("somebody's diary " * 300)
    async with run(is_settled=False) as browser:
        await browser.until(lambda: is_offered(browser) and "restore the backup" in browser.text)
        assert "save what can be read" not in browser.text
        await browser.pilot.press("s")
        assert is_offered(browser)
        await browser.pilot.press("r")
        await browser.until(lambda: browser.screen.library is not None)
        await browser.settle()
    with library() as other:
        assert other.entry(QUANTUM).marks.note == "in the backup"


async def test_another_file_of_which_there_is_no_backup_ends_the_program_with_words(run, locations):
    locations.data_dir.mkdir()
    file = locations.data_dir / "marks.db"
    file.write_text("somebody's diary " * 300)
    async with run(is_settled=False) as browser:
        await browser.until(lambda: browser.app.return_code is not None)
        assert browser.app.return_code == 4
    assert file.read_text() == "somebody's diary " * 300


async def test_a_note_of_a_program_that_was_killed_in_an_editor_is_told(browse, library, locations):
    titles = {QUANTUM: "Quantum error correction at scale", GRAPH: "Graph networks for molecules"}
    for paper_id, title in titles.items():
        place = Place(locations.data_dir, paper_id, title, 0)
        text = "half a thought" if paper_id == QUANTUM else "as it was"
        file = open_note_file(place, text, is_kept=paper_id != QUANTUM)
        file.release()
    (file.path.parent / ".swap").write_text("typed, and not written")
    async with browse() as browser:
        said = messages(browser)
        assert any("not saved" in one and titles[QUANTUM] in one for one in said)
        assert any("cut off" in one and titles[GRAPH] in one for one in said)


async def test_a_long_title_is_said_to_be_cut(fill, run, library):
    fill([{"id": "arxiv:2401.00001", "title": "Words " * 40, "arxiv_id": "2401.00001"}])
    with library() as other:
        other.save_draft(GRAPH, "half a thought")
    async with run() as browser:
        assert any("Words Wo…”." in said for said in messages(browser))


async def test_a_library_of_a_later_version_is_said_to_be_read_only_and_what_to_install(
    browse, library, locations
):
    with library() as other:
        other.set_note(QUANTUM, "precious")
    file = locations.data_dir / "marks.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = file.read_bytes()
    async with browse() as browser:
        await browser.until(lambda: any("read-only" in said for said in messages(browser)))
        (said,) = [said for said in messages(browser) if "read-only" in said]
        assert "version 99" in said
        assert "pip install --upgrade papers-tui" in said
        await to_the_list(browser, "has:note")
        assert browser.screen.papers.total == 1
        await browser.press("b")
        await browser.until(lambda: any("Nothing was changed" in said for said in messages(browser)))
    assert file.read_bytes() == before


async def test_missing_marks_are_told_and_come_back_from_the_backup(browse, run, library, locations):
    with library() as other:
        other.set_note(QUANTUM, "precious")
        other.back_up()
    file = locations.data_dir / "marks.db"
    file.unlink()
    async with run(is_settled=False) as browser:
        await browser.until(lambda: is_offered(browser) and "with marks" in browser.text)
        assert "The marks are missing" in browser.text
        assert "save what can be read" not in browser.text
        assert not file.exists()
        await browser.pilot.press("r")
        await browser.until(lambda: browser.screen.library is not None)
        await browser.settle()
        await to_the_list(browser, "has:note")
        assert browser.screen.papers.total == 1
