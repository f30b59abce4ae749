"""How fluid text without measure stays in the browser: the longest step of the event loop, in processor time.

python tests/benchmarks/long_text.py

Opens, searches, scrolls to the end of the whole text, goes to a match and resizes, one paper after another.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import time
from asyncio.events import Handle
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library
from papers_tui.tui.app import PapersApp
from papers_tui.tui.config import Config
from papers_tui.tui.locations import Locations

_WORDS = "graph networks learn structure of molecules and we show that large models scale with data"


def papers() -> dict[str, dict[str, Any]]:
    """Return papers without measure by what is long in them."""
    dice = random.Random(1)

    def text(length: int) -> str:
        return " ".join(dice.choices(_WORDS.split(), k=length // 5))[:length]

    return {
        "an abstract of 10 MB": {"abstract": text(10_000_000)},
        "100,000 lines": {"abstract": "\n".join(f"line {number} of a graph" for number in range(100_000))},
        "5,000 authors": {"authors": [f"Given{number} Family{number}" for number in range(5000)]},
        "a title of 10,000 characters": {"title": "T " + text(10_000)},
        "1,000,000 wide characters": {"abstract": "图神经网络" * 200_000},
        "combining characters, emoji": {"abstract": "e\u0301\u0316\u0317 g\u0308raph 👩‍👩‍👧 " * 60_000},
        "one word of 1,000,000": {"abstract": "x" * 1_000_000},
        "a note of 300,000": {"note": text(300_000)},
    }


class Loop:
    """Watches the steps of the event loop."""

    def __init__(self) -> None:
        self.longest = 0.0
        run = Handle._run

        def watched(handle: Handle) -> None:
            start = time.thread_time()
            try:
                run(handle)
            finally:
                self.longest = max(self.longest, time.thread_time() - start)

        Handle._run = watched  # type: ignore[method-assign]


async def measure(locations: Locations, names: list[str]) -> None:
    """Print a row for each paper of the library, the first one first."""
    loop = Loop()
    app = PapersApp(locations, Config(typing_pause=0))
    async with app.run_test(size=(120, 40)) as pilot:

        async def settled(*steps: Awaitable[object]) -> None:
            for step in steps:
                await step
            for _ in range(3):
                await pilot.pause()
                busy = [one.wait() for one in app.workers if one.group not in {"dialog", "command"}]
                await asyncio.gather(*busy, return_exceptions=True)
            await pilot.pause()

        await settled(pilot.press("enter"))
        browse: Any = app.screen_stack[0]
        for number, name in enumerate(names):
            loop.longest, start = 0.0, time.process_time()
            browse.query_box.value = "graph"
            await settled()
            browse.query_box.value = ""
            await settled()
            browse.papers.focus()
            await settled(*[pilot.press("down") for _ in range(number)])
            assert browse.papers.cursor == number
            await settled(pilot.press("enter"), pilot.press("pagedown"))
            pane = browse.abstract
            while pane._document.rests:
                pane.scroll_to(y=pane._document.rests[0].line - 5, animate=False, force=True)
                await settled()
            await settled(pilot.press("n"), pilot.press("G"))
            await settled(pilot.resize_terminal(80, 24), pilot.resize_terminal(120, 40))
            lines = len(pane._document.lines)
            await settled(pilot.press("escape"))
            seconds = time.process_time() - start
            sys.stdout.write(f"| {name} | {lines:,} | {seconds:.1f} s | {loop.longest * 1000:.0f} ms |\n")
            sys.stdout.flush()


def main() -> None:
    """Import the papers into a library of their own, and measure."""
    sys.stdout.write(
        "| text | lines laid out | all steps together | longest step |\n| --- | --- | --- | --- |\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        locations = Locations(Path(folder, "data"), Path(folder, "cache"), Path(folder, "config.toml"))
        records = [
            {
                "id": f"arxiv:2401.0000{number}",
                "title": name,
                "abstract": "A graph.",
                "published": f"2024-01-{31 - number}",
            }
            | fields
            for number, (name, fields) in enumerate(papers().items(), 1)
        ]
        file = Path(folder, "papers.jsonl")
        file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        with Library.open(locations.data_dir, locations.cache_dir) as library:
            library.import_paths([file], ImportOptions(), lambda _: None)
            library.update_index(lambda _done, _total: None)
        asyncio.run(measure(locations, list(papers())))


if __name__ == "__main__":
    main()
