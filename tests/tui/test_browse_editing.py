"""Corrections made in the browser."""

from papers_tui.tui.screens.edit import EditDialog

QUANTUM = "arxiv:2402.00002"


async def test_a_paper_is_corrected_found_by_it_and_the_correction_undone(browse, library):
    async with browse() as browser:
        await browser.ask("quantum ")
        await browser.press("enter", "e")
        await browser.until(lambda: isinstance(browser.app.screen, EditDialog))
        browser.app.screen._input("title").value = "Tidal error correction"
        await browser.press("enter")
        await browser.until(lambda: "Edited: title" in browser.text)
        await browser.ask("tidal ")
        await browser.until(lambda: browser.titles == ["Tidal error correction"])
        await browser.until(lambda: "Quantum error correction at scale" in browser.text)
        await browser.press("enter", "u")
        with library() as other:
            assert other.entry(QUANTUM).paper.title == "Quantum error correction at scale"


async def test_an_id_that_another_paper_has_is_told(browse):
    async with browse() as browser:
        await browser.ask("quantum ")
        await browser.press("enter", "e")
        await browser.until(lambda: isinstance(browser.app.screen, EditDialog))
        browser.app.screen._input("arxiv").value = "2401.00001"
        await browser.press("enter")
        await browser.until(lambda: "is also the id of arxiv:2401.00001" in " ".join(browser.text.split()))
