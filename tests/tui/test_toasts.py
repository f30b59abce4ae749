"""Words in the corner are few, and none of them covers a dialog."""

from contextlib import suppress

from textual.widgets._toast import Toast
from textual.worker import WorkerError

from papers_tui.tui.toasts import MOST


def _said(browser):
    return [note.message for note in browser.app._notifications]


def _toasts(browser):
    return [toast for toast in browser.app.screen.query(Toast) if toast.display and toast.region.area]


async def test_the_latest_word_takes_the_place_of_the_one_before(browse):
    async with browse() as browser:
        await browser.press("enter", "S", "S", "u", "S")
        assert len(_said(browser)) == 1
        assert "Sorted by" in browser.text


async def test_trouble_stays_beside_later_words_and_never_piles_up(browse):
    async with browse() as browser:
        for number in range(4):
            browser.app.notify(f"trouble {number}", severity="error")
            await browser.settle()
        browser.app.notify("a word")
        browser.app.notify("another word")
        await browser.settle()
        assert _said(browser) == ["trouble 3", "another word"]
        assert len(_toasts(browser)) <= MOST


async def test_only_trouble_shows_over_a_dialog(browse):
    async with browse((80, 24)) as browser:
        await browser.press("enter", "S")
        assert len(_toasts(browser)) == 1
        await browser.press("question_mark")
        assert not _toasts(browser)
        browser.app.notify("no room", severity="error")
        await browser.settle()
        assert len(_toasts(browser)) == 1


async def test_toasts_are_drawn_in_ascii(browse):
    async with browse((80, 24), is_ascii=True) as browser:
        await browser.ask("graph")
        browser.app.notify("a word", severity="warning")
        await browser.settle()
        assert "a word" in browser.text
        assert browser.text.isascii()


async def test_lasting_trouble_is_told_once_and_again_when_it_is_new(browse, locations):
    async with browse() as browser:
        data = locations.data_dir
        away = data.with_name("away")

        async def told():
            browser.app.clear_notifications()
            for look in (browser.screen._poll, browser.screen._follow):
                with suppress(WorkerError):
                    await look().wait()
            await browser.settle()
            return [message for message in _said(browser) if "moved away" in message]

        for _ in range(2):
            data.rename(away)
            assert await told()
            await told()  # a search that was under way has its own word
            assert not [message for _ in range(3) for message in await told()]
            assert not data.exists()
            away.rename(data)
            await told()
            assert not await told()
