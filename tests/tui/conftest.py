"""A browser on a small library, driven as a person would."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.worker import Worker

from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library
from papers_tui.tui.app import PapersApp
from papers_tui.tui.config import Config
from papers_tui.tui.locations import Locations
from papers_tui.tui.screens.browse import Browse

OPEN_ENDED = {"dialog", "command"}
"""Workers that wait for the person, once they show something."""

PATIENCE = 60.0
"""Seconds that a state may take to come: for slow machines, never waited out otherwise."""

SOON = 0.02
"""Seconds until which something is due where an app is not at rest: it draws 60 times in a second."""


async def at_rest(*_seconds: float) -> None:
    """Wait until the event loop has nothing to do but what is due later, or again and again.

    Textual's own guess asks how little time the process takes: one that waits for a busy processor looks the
    same as one that is at rest, and each guess takes a fiftieth of a second at least.
    """
    loop = asyncio.get_running_loop()
    await _quiet(loop)
    await asyncio.sleep(SOON / 2)  # for what comes from threads, and from timers that were late
    await _quiet(loop)


async def _quiet(loop: asyncio.AbstractEventLoop) -> None:
    turns = naps = 0
    while turns < 3:
        await asyncio.sleep(0)
        turns = 0 if loop._ready else turns + 1
        due = [one.when() - loop.time() for one in loop._scheduled if not one.cancelled()]
        if naps < 20 and due and min(due) < SOON:
            await asyncio.sleep(max(0.0, min(due)))
            turns, naps = 0, naps + 1


@pytest.fixture(autouse=True)
def _look_at_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")  # each app reads it there
    monkeypatch.setattr("textual.pilot.wait_for_idle", at_rest)
    monkeypatch.setattr("textual.app.wait_for_idle", at_rest)


@pytest.fixture(autouse=True)
def _wait_for_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no key be dropped because a machine is slow."""
    monkeypatch.setattr("papers_tui.tui.type_ahead.PATIENCE", PATIENCE)


@pytest.fixture(autouse=True)
def _own_place_for_lost_notes(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path_factory.mktemp("temporary")))


PAPERS = [
    {
        "id": "arxiv:2401.00001",
        "title": "Graph networks for molecules",
        "abstract": "We learn molecules with graph networks.\n\nGraphs help.",
        "authors": ["Ada Lovelace", "Alan Turing"],
        "published": "2024-01-05",
        "published_precision": "day",
        "categories": ["cs.LG"],
        "arxiv_id": "2401.00001",
        "upvotes": 7,
    },
    {
        "id": "arxiv:2402.00002",
        "title": "Quantum error correction at scale",
        "abstract": "Codes correct errors of quantum computers.",
        "authors": ["Grace Hopper"],
        "published": "2024-02",
        "published_precision": "month",
        "arxiv_id": "2402.00002",
    },
    {
        "id": "arxiv:2403.00003",
        "title": "A survey of graph drawing",
        "abstract": "Drawing graphs is an art.",
        "author_count": 13,
        "published": "2023",
        "published_precision": "year",
        "arxiv_id": "2403.00003",
    },
    {
        "id": "arxiv:2404.00004",
        "title": "日本語の大規模言語モデル [/b] [@click=app.quit]x[/]",
        "abstract": "言語モデルを日本語で学習する。",
        "authors": ["山田 太郎"],
        "arxiv_id": "2404.00004",
    },
]


class Browser:
    """An app under test."""

    def __init__(self, app: PapersApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> Browse:
        browse = self.app.screen_stack[0]
        assert isinstance(browse, Browse)
        return browse

    @property
    def text(self) -> str:
        """The characters on the screen."""
        return "\n".join(
            "".join(segment.text for segment in strip)
            for strip in self.app.screen._compositor.render_strips()
        )

    @property
    def titles(self) -> list[str]:
        """The titles that the list has, as far as they are fetched."""
        papers = self.screen.papers
        return [entry.paper.title for n in range(papers.total) if (entry := papers.entry_at(n))]

    def _busy(self) -> list[Worker[object]]:
        """What is under way and does not wait for the person."""
        is_asked, given_up = len(self.app.screen_stack) > 1, self.app._given_up
        return [
            one
            for one in self.app.workers
            if not (one.is_finished or one in given_up or (is_asked and one.group in OPEN_ENDED))
        ]

    async def settle(self) -> None:
        """Wait until nothing is under way any more, or a dialog waits for the person."""
        async with asyncio.timeout(PATIENCE):
            await self.pilot.pause()
            while busy := self._busy():
                ending = [one.wait() for one in busy if one.group not in OPEN_ENDED]
                await asyncio.gather(asyncio.sleep(0 if ending else 0.005), *ending, return_exceptions=True)
                await self.pilot.pause()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something to show, while something else is still under way."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, self.text
            await asyncio.sleep(0.01)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def ask(self, query: str) -> None:
        self.screen.query_box.value = query
        await self.settle()


Run = Callable[..., AbstractAsyncContextManager[Browser]]


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    return Locations(tmp_path / "data", tmp_path / "cache", tmp_path / "config.toml")


@pytest.fixture
def fill(locations: Locations, tmp_path: Path) -> Callable[[Sequence[dict[str, object]]], None]:
    """Put papers into the library, and index them."""

    def put(papers: Sequence[dict[str, object]]) -> None:
        file = tmp_path / "papers.jsonl"
        file.write_text("".join(json.dumps(paper) + "\n" for paper in papers), encoding="utf-8")
        with Library.open(locations.data_dir, locations.cache_dir) as library:
            report = library.import_paths([file], ImportOptions(), lambda _: None)
            assert report.total == len(papers), report
            library.update_index(lambda _done, _total: None)

    return put


@pytest.fixture
def run(locations: Locations) -> Run:
    """Run the browser on whatever the library holds."""

    @asynccontextmanager
    async def running(
        size: tuple[int, int] = (120, 40), *, is_settled: bool = True, **settings: object
    ) -> AsyncIterator[Browser]:
        app = PapersApp(locations, Config(typing_pause=0, **settings))
        async with app.run_test(size=size, notifications=True) as pilot:
            browser = Browser(app, pilot)
            if is_settled:
                await browser.until(lambda: browser.screen.library is not None or app.return_code is not None)
                await browser.settle()
            yield browser

    return running


@pytest.fixture
def browse(fill: Callable[[Sequence[dict[str, object]]], None], run: Run) -> Run:
    """Run the browser on four papers."""
    fill(PAPERS)
    return run


@pytest.fixture
def library(locations: Locations) -> Callable[[], AbstractAsyncContextManager[Library] | Library]:
    """Open the library as another window would."""
    return lambda: Library.open(locations.data_dir, locations.cache_dir)
