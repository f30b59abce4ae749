"""Papers, where a library keeps them, and what work on it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from papers_tui.index.paper import Paper
from papers_tui.index.search.marked import Marked
from papers_tui.index.search.paper_index import PaperIndex
from papers_tui.index.search.parser import parse

ADDED = "2026-01-02T03:04:05Z"
DONE = b"done\n"
ONE = Paper(id="arxiv:2401.00001", title="The First of Many", arxiv_id="2401.00001")


def papers(first: int, last: int) -> list[Paper]:
    return [
        Paper(
            id=f"arxiv:2402.{number:05}",
            title=f"Paper number {number}",
            abstract=f"All about the number {number}. " * 20,
            arxiv_id=f"2402.{number:05}",
            sources=("listing:some.txt",),
        )
        for number in range(first, last)
    ]


@dataclass(frozen=True)
class Work:
    """Something to do in a folder."""

    steps: Callable[[Path], Iterator[None]]
    """Does it. Each `None` says that what was done so far is for good."""
    state: Callable[[Path], object]
    """Opens what is in the folder, makes sure that it is whole, and returns what a user could see of it."""
    prepare: Callable[[Path], object] = lambda folder: None
    """What is there before."""
    share: int = 1
    """One of so many disks is opened, where nobody asks for a longer run."""


def data(folder: Path) -> Path:
    return folder / "share" / "papers-tui"


def silent(_done: int, _total: int) -> None:
    pass


def indexed(paper_index: PaperIndex) -> set[int] | None:
    """Return the keys of the papers that a search finds; None without an index."""
    searcher = paper_index.searcher()
    if searcher is None:
        return None
    with closing(searcher):
        ranking = searcher.search(parse("number ", today=date(2026, 1, 1)), Marked({}))
        return {key for key, _ in ranking.page(0, 1000)}
