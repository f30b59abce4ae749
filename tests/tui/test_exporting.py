"""Papers written to a file from the browser: the selection, or all results."""

from papers_tui.index.formats import Options, open_path
from papers_tui.index.paper import Entry
from papers_tui.tui.screens.confirm import Confirm
from papers_tui.tui.screens.export import ExportDialog


def read(path):
    return [item.paper.title for item in open_path(path, Options()).items if isinstance(item, Entry)]


async def write(browser, path):
    browser.screen.action_command("export")
    await browser.until(lambda: isinstance(browser.app.screen, ExportDialog))
    browser.app.screen.path.value = str(path)
    await browser.pilot.press("enter")
    await browser.settle()


async def test_all_results_are_written_in_the_format_of_the_name(browse, tmp_path):
    async with browse() as browser:
        await browser.ask("quantum")
        await write(browser, tmp_path / "out.bib")
        assert read(tmp_path / "out.bib") == browser.titles == ["Quantum error correction at scale"]
        assert any("1 paper written" in one.message for one in browser.app._notifications)


async def test_the_selection_is_written_and_an_older_file_only_if_it_may_be(browse, tmp_path):
    path = tmp_path / "out.ris"
    path.write_text("mine", encoding="utf-8")
    async with browse() as browser:
        await browser.ask("")
        await browser.press("enter", "space", "space")
        wanted = browser.titles[:2]
        browser.screen.action_command("export")
        await browser.until(lambda: isinstance(browser.app.screen, ExportDialog))
        browser.app.screen.path.value = str(path)
        await browser.pilot.press("enter")
        await browser.until(lambda: isinstance(browser.app.screen, Confirm))
        await browser.pilot.press("n")
        await browser.settle()
        assert path.read_text(encoding="utf-8") == "mine"
        browser.screen.action_command("export")
        await browser.until(lambda: isinstance(browser.app.screen, ExportDialog))
        browser.app.screen.path.value = str(path)
        await browser.pilot.press("enter")
        await browser.until(lambda: isinstance(browser.app.screen, Confirm))
        await browser.pilot.press("y")
        await browser.settle()
    assert read(path) == wanted


async def test_a_place_that_cannot_be_written_is_told(browse, tmp_path):
    async with browse() as browser:
        await browser.ask("quantum")
        await write(browser, tmp_path / "missing" / "out.csv")
        assert any("missing" in one.message for one in browser.app._notifications)


async def test_the_citation_keys_that_papers_were_given_are_written_too(browse, library, tmp_path):
    with library() as other:
        (hit,) = other.search("quantum").page(0, 1)
        (key,) = other.citing.keys([hit.entry.paper])
    async with browse() as browser:
        await browser.ask("")
        await write(browser, tmp_path / "out.jsonl")
    (line,) = (line for line in (tmp_path / "out.jsonl").read_text().splitlines() if "citation_key" in line)
    assert f'"citation_key": "{key}"' in line
