"""The frame of the browser: its panes, and the lines that say what is going on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.screen import Screen
from textual.worker import Worker

from papers_tui.tui.bindings import shown_keys
from papers_tui.tui.config import Config
from papers_tui.tui.failures import Troubles
from papers_tui.tui.glyphs import ASCII, UNICODE, Glyphs
from papers_tui.tui.screens import wordings
from papers_tui.tui.screens.likeness import SimilarPapers
from papers_tui.tui.screens.wordings import Hints
from papers_tui.tui.uncorrected import as_read
from papers_tui.tui.widgets.abstract_pane import AbstractPane
from papers_tui.tui.widgets.key_hints import KeyHints
from papers_tui.tui.widgets.line import Line
from papers_tui.tui.widgets.paper_list import PaperList
from papers_tui.tui.widgets.query_bar import QueryBar, QueryBox
from papers_tui.tui.widgets.views import Views

if TYPE_CHECKING:
    from papers_tui.index.library import Library
    from papers_tui.index.paper import Paper
    from papers_tui.index.results import Results
    from papers_tui.tui.screens.finding import Found

BY_WIDTH: Final = [(0, "-narrow"), (60, "-medium"), (120, "-wide")]
"""Columns from which one, two and three panes stand side by side."""

SHORT: Final = 16
"""Rows below which papers get one line, and the frame is left out."""

TALL: Final = 22
"""Rows from which papers get a third line where there is something to say in it."""

BY_HEIGHT: Final = [(0, "-short"), (SHORT, "-tall")]


class Frame(Screen[None]):
    """The panes of the browser."""

    query_box = getters.query_one(QueryBox)
    query_bar = getters.query_one(QueryBar)
    papers = getters.query_one(PaperList)
    abstract = getters.query_one(AbstractPane)
    views = getters.query_one(Views)
    top_line = getters.query_one("#top", Line)
    hint_line = getters.query_one("#hints", Line)
    key_hints = getters.query_one(KeyHints)
    panes = getters.query_one("#panes", Horizontal)

    progress: reactive[tuple[int, int] | None] = reactive(None, init=False)
    """Papers indexed and to be indexed; None: the index rests."""

    library_total: reactive[int | None] = reactive(None, init=False)
    trashed_total: reactive[int] = reactive(0, init=False)
    trouble: reactive[str] = reactive("", init=False)
    """Why nothing can be stored now, in short."""

    notice: reactive[str] = reactive("", init=False)
    """Something worth saying for the whole session."""

    dropped: reactive[str] = reactive("", init=False)
    """The search that was cleared last, while no other is typed."""

    def __init__(self, open_library: Callable[[], Library], config: Config) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = BY_WIDTH
        self.VERTICAL_BREAKPOINTS = BY_HEIGHT
        self._open_library = open_library
        self.config = config
        self._refuse_key = shown_keys(config.keys)["refuse"].partition(" ")[0]
        self.glyphs: Glyphs = ASCII if config.is_ascii else UNICODE
        self._troubles = Troubles({"poll", "follow", "count", "index"})
        self.library: Library | None = None
        self.results: Results | None = None
        """What the query found."""
        self.found: Found | None = None
        """What the list shows: the results, or papers that are like one."""
        self.refused: set[str] = set()
        """Words of which the correction was refused."""
        self.similar_to: Paper | None = None
        """The paper whose like is wanted; None: the results are."""
        if config.is_ascii:
            self.add_class("-ascii")

    def compose(self) -> ComposeResult:
        """Lay out the browser, for the size that it has: Textual would do so in a second pass."""
        width, height = self.app.size
        self.add_class(_class_at(width, BY_WIDTH), _class_at(height, BY_HEIGHT))
        yield Line(id="top")
        yield QueryBar(id="query-bar")
        yield Line(id="hints")
        with Horizontal(id="panes"):
            yield Views(id="views")
            yield PaperList(id="papers")
            yield AbstractPane(id="abstract")
        yield KeyHints(id="keys")

    def on_mount(self) -> None:
        """Show the frame at once, with the cursor where queries are typed."""
        self.views.border_title, self.papers.border_title = "Library", "Papers"
        self.abstract.border_title = "Abstract"
        self.views.glyphs = self.papers.glyphs = self.abstract.glyphs = self.glyphs
        self.top_line.ellipsis = self.hint_line.ellipsis = self.glyphs.ellipsis
        self.key_hints.keys = self.config.keys
        self.query_bar.tell(f"opening{self.glyphs.ellipsis}")
        self._tell_frame()
        self.query_box.focus()

    def watch_progress(self) -> None:
        """Show how far the index is."""
        self._tell_frame()
        self._tell_search()

    def watch_library_total(self) -> None:
        """Show how large the library is."""
        self._tell_frame()
        self._tell_search()

    def watch_trouble(self) -> None:
        """Show what is wrong for as long as it is."""
        self._tell_frame()

    def watch_notice(self) -> None:
        """Show a notice where hints are shown."""
        self._tell_search()

    def watch_dropped(self) -> None:
        """Show the way back to a search where hints are shown."""
        self._tell_search()

    @on(AbstractPane.MatchShown)
    def _match_shown(self, event: AbstractPane.MatchShown) -> None:
        self.abstract.border_subtitle = f"match {event.number} of {event.of}" if event.of else "no matches"

    @on(PaperList.Highlighted)
    def _tell_row(self) -> None:
        papers = self.papers
        papers.border_subtitle = f"{papers.cursor + 1:,} of {papers.total:,}" if papers.total else ""
        self.abstract.border_subtitle = ""

    def on_resize(self) -> None:
        """Say more, or less, in another width."""
        self._tell_search()
        self.query_box.placeholder = wordings.placeholder(self.size.width)
        height = self.size.height
        self.papers.max_lines = 1 if height < SHORT else 2 if height < TALL else 3

    def _tell_frame(self) -> None:
        notices = [self.trouble] if self.trouble else []
        if self.library is not None and self.library.is_read_only:
            notices.append("read-only")
        if self.progress is not None:
            done, total = self.progress
            notices.append(f"indexing {done:,} of {total:,}" if total else "indexing")
        self.top_line.left = Text(" papers-tui", "bold")
        self.top_line.right = wordings.frame_right(
            total=self.library_total, notices=notices, dot=self.glyphs.dot
        )

    def _tell_search(self) -> None:
        if (results := self.results) is None:
            return
        width, glyphs, is_indexing = self.size.width, self.glyphs, self.progress is not None
        likeness = self.found if isinstance(self.found, SimilarPapers) else None
        if likeness is not None:
            words = wordings.similar_status(likeness.total, width)
            said = wordings.similar_to(likeness.paper, width, glyphs)
            nothing = wordings.nothing_similar()
        else:
            words = wordings.status(results, self.library_total or 0, width, glyphs.dot)
            said = wordings.hints(results, self._refuse_key, width, glyphs.dot)
            if not said.words:
                said = wordings.dropped(self.dropped, width, glyphs) if self.dropped else Hints(self.notice)
            is_refused = as_read(results.query.text, self.refused) != results.query.text
            nothing = wordings.nothing_here(
                results,
                self.library_total or 0,
                wordings.other_way(results, self._refuse_key, is_refused=is_refused),
                is_indexing=is_indexing,
                trashed=self.trashed_total,
            )
        self.query_bar.tell("indexing" if is_indexing and self.has_class("-short") else words)
        self.papers.border_title = "Similar papers" if likeness else "Papers"
        self.key_hints.is_similar = likeness is not None
        self.hint_line.left, self.hint_line.right = Text(f" {said.words}"), Text(f"{said.key} ")
        self.hint_line.set_class(bool(said.words), "-said")
        self.papers.explain(nothing)

    @on(Worker.StateChanged)
    def _worker_ended(self, event: Worker.StateChanged) -> None:
        self._troubles.tell_failed(self, event)


def _class_at(length: int, breakpoints: Sequence[tuple[int, str]]) -> str:
    """Return the class of a screen so wide, or so high."""
    return [name for least, name in breakpoints if length >= least][-1]
