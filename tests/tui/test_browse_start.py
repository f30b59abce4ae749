"""A start that does not go as it should: what can be done is done."""

from papers_tui.index.errors import DiskFull
from papers_tui.index.library import Library


async def test_a_shelf_that_cannot_be_stored_keeps_nobody_from_the_library(run, library, monkeypatch):
    def full(_library):
        raise DiskFull("no space is left", remedy="Free some space.")

    monkeypatch.setattr(Library, "add_shelf", full)
    async with run() as browser:
        assert "no space is left" in browser.text
        assert browser.screen.library is not None
        with library() as other:
            monkeypatch.undo()
            other.add_shelf()
        browser.screen.update_index()
        await browser.settle()
        await browser.ask("attention")
        assert browser.titles


async def test_a_library_that_everybody_can_change_is_told(browse, locations):
    locations.data_dir.chmod(0o777)
    async with browse() as browser:
        assert "everybody can change" in browser.text
        assert browser.titles
