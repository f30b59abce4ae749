"""The list of results: any number of papers, of which it holds only the pages around the view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from papers_tui.index.paper import Entry
from papers_tui.tui.bindings import bindings
from papers_tui.tui.glyphs import UNICODE, Glyphs
from papers_tui.tui.widgets.paper_row import Excerpt, Inks, PaperRow
from papers_tui.tui.widgets.rows import Rows

PAGE: Final = 100
"""Papers that are fetched at a time."""

MAX_PAGES: Final = 40
"""Pages that are kept; those far from the view are forgotten first."""

Spans = Callable[[str, str], Sequence[tuple[int, int]]]
"""Where a field's text matches the query, given the text and the field's name."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Results, ready to be listed."""

    total: int
    pages: Mapping[int, Sequence[Entry]]
    """The pages that are known already, by number."""
    spans: Spans
    excerpt: Callable[[Entry], Excerpt] | None = None
    """What each paper's third line says; None: there is none."""
    cursor: int = 0
    top: int | None = None
    """The row to show first; None: wherever the cursor is in view."""


class PaperList(Rows):
    """The papers that were found."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"paper-list--{name}" for name in Inks.__slots__),
        "paper-list--cursor",
        "paper-list--cursor-blurred",
        "paper-list--in-selection",
    }

    selected: reactive[frozenset[str]] = reactive(frozenset(), init=False)
    """The ids of the papers that are selected."""

    range_start: reactive[int | None] = reactive(None, init=False)
    """Where a range is being selected from."""

    glyphs: reactive[Glyphs] = reactive(UNICODE, init=False)

    max_lines: reactive[int] = reactive(3, init=False)
    """Lines that a paper may have; the third is for results with excerpts."""

    @dataclass
    class Highlighted(Message):
        """Posted when another paper, or the same one with other marks, is under the cursor."""

        entry: Entry | None

    @dataclass
    class Wanted(Message):
        """Posted when rows in view are not there yet."""

        pages: tuple[int, ...]

    @dataclass
    class RangeChosen(Message):
        """Posted when the papers of some rows are to be selected."""

        rows: range

    @dataclass
    class SelectionChanged(Message):
        """Posted when other papers are selected, or a range begins or ends."""

        count: int
        is_ranging: bool

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._pages: dict[int, Sequence[Entry]] = {}
        self._spans: Spans = lambda _text, _field: ()
        self._excerpt: Callable[[Entry], Excerpt] | None = None
        self._matches: dict[int, Sequence[tuple[int, int]]] = {}
        self._excerpts: dict[int, Excerpt] = {}
        self._inks: Inks | None = None
        self._announced: Entry | None = None
        self._empty = Content()

    @property
    def highlighted(self) -> Entry | None:
        """The paper under the cursor, if its page is there."""
        return self.entry_at(self.cursor)

    def entry_at(self, index: int) -> Entry | None:
        """Return the paper of a row, if its page is there."""
        page, place = divmod(index, PAGE)
        entries = self._pages.get(page, ())
        return entries[place] if place < len(entries) else None

    def show(self, listing: Listing) -> None:
        """List other results."""
        self._pages = dict(listing.pages)
        self._spans, self._excerpt = listing.spans, listing.excerpt
        self._forget_matches()
        self._fit()
        self._announced = None
        self.range_start = None
        self.total = listing.total
        self._measure()
        self.set_reactive(Rows.cursor, self.validate_cursor(listing.cursor))
        if listing.top is not None:
            self.scroll_to(y=listing.top * self.row_height, animate=False, force=True)
        self.show_cursor()
        self.moved()
        self._ask()

    def fill(self, pages: Mapping[int, Sequence[Entry]]) -> None:
        """Take the pages that were asked for."""
        self._pages.update(pages)
        middle = self.rows_in_view.start // PAGE
        for far in sorted(self._pages, key=lambda page: -abs(page - middle))[
            : max(0, len(self._pages) - MAX_PAGES)
        ]:
            del self._pages[far]
        self._forget_matches()
        self.refresh()
        self.moved()

    def explain(self, content: Content) -> None:
        """Say what an empty list means."""
        self._empty = content
        if not self.total:
            self.refresh()

    def watch_max_lines(self) -> None:
        """React to room for more lines, or fewer."""
        self._fit()

    def _fit(self) -> None:
        self.row_height = min(self.max_lines, 2 if self._excerpt is None else 3)

    def _forget_matches(self) -> None:
        self._matches.clear()
        self._excerpts.clear()

    def moved(self) -> None:
        """Tell which paper is under the cursor."""
        entry = self.highlighted
        if entry != self._announced or entry is None:
            self._announced = entry
            self.post_message(self.Highlighted(entry))

    def watch_range_start(self) -> None:
        """React to a range beginning or ending."""
        self.refresh()
        self._tell_selection()

    def watch_selected(self) -> None:
        """React to another selection."""
        self.refresh()
        self._tell_selection()

    def watch_cursor(self, before: int, after: int) -> None:
        """Redraw the range as well, while there is one."""
        super().watch_cursor(before, after)
        if self.range_start is not None:
            self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for the rows that come into view."""
        super().watch_scroll_y(old_value, new_value)
        self._ask()

    def on_resize(self) -> None:
        """Ask for the rows that a larger view shows, and keep the cursor in it."""
        self.show_cursor()
        self._ask()

    def _ask(self) -> None:
        rows = self.rows_in_view
        if rows and (wanted := self.missing_pages(rows)):
            self.post_message(self.Wanted(wanted))

    def missing_pages(self, rows: range) -> tuple[int, ...]:
        """Return the pages of these rows, and of the cursor, that are not there."""
        pages = {*range(rows.start // PAGE, (rows.stop - 1) // PAGE + 1), self.cursor // PAGE}
        return tuple(sorted(pages - self._pages.keys()))

    def _tell_selection(self) -> None:
        self.post_message(self.SelectionChanged(len(self.selected), self.range_start is not None))

    # Drawing

    def notify_style_update(self) -> None:
        """Forget the styles of another theme."""
        super().notify_style_update()
        self._inks = None

    def render_line(self, y: int) -> Strip:
        """Draw a line, or the words that explain an empty list."""
        return super().render_line(y) if self.total else self._explanation(y)

    def _explanation(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        lines = self._empty.wrap(max(1, width - 4)) if width > 4 and self._empty else []
        block = max((line.cell_length for line in lines), default=0)
        first = max(0, (self.scrollable_content_region.height - len(lines)) // 3)
        if not first <= y < first + len(lines):
            return Strip.blank(max(0, width), self.rich_style)
        line = Content(" " * ((width - block) // 2)) + lines[y - first]
        strip = Strip(line.render_segments(self.visual_style))
        return strip.crop(0, width).extend_cell_length(width, self.rich_style)

    def draw(self, index: int, line: int, width: int) -> Text:
        """Draw a paper's title, the line about it, or its excerpt."""
        if (entry := self.entry_at(index)) is None:
            return Text(f"    {self.glyphs.ellipsis}" if line == 0 else "")
        inks = self._inks = self._inks or self._current_inks()
        row = PaperRow(
            entry,
            lambda: self._title_matches(index, entry),
            lambda: self._excerpt_of(index, entry),
            self._is_selected(index, entry),
        )
        return (row.title_line, row.detail_line, row.excerpt_line)[line](width, inks, self.glyphs)

    def row_style(self, index: int) -> str | None:
        """Tell the cursor's row and selected rows from the others."""
        if index == self.cursor:
            return f"paper-list--cursor{'' if self.has_focus else '-blurred'}"
        entry = self.entry_at(index)
        return "paper-list--in-selection" if entry and self._is_selected(index, entry) else None

    def _current_inks(self) -> Inks:
        return Inks(
            *(self.get_component_rich_style(f"paper-list--{name}", partial=True) for name in Inks.__slots__)
        )

    def _title_matches(self, index: int, entry: Entry) -> Sequence[tuple[int, int]]:
        if index not in self._matches:
            self._matches[index] = self._spans(entry.paper.title[:1000], "title")
        return self._matches[index]

    def _excerpt_of(self, index: int, entry: Entry) -> Excerpt:
        if self._excerpt is None:
            return Excerpt("")
        if index not in self._excerpts:
            self._excerpts[index] = self._excerpt(entry)
        return self._excerpts[index]

    def _is_selected(self, index: int, entry: Entry) -> bool:
        if self.range_start is not None and min(self.range_start, self.cursor) <= index <= max(
            self.range_start, self.cursor
        ):
            return True
        return entry.paper.id in self.selected

    # Selecting

    def clicked(self, event: events.Click, *, is_new: bool) -> None:
        """Select with ctrl held; else as in every list."""
        if event.ctrl:
            self.toggle_selected()
        else:
            super().clicked(event, is_new=is_new)

    def toggle_selected(self) -> None:
        """Select the paper under the cursor, or take it out of the selection."""
        if (entry := self.highlighted) is not None:
            self.selected ^= {entry.paper.id}

    def action_select_range(self) -> None:
        """Begin a range at the cursor, or select the one that began."""
        if self.range_start is None:
            self.range_start = self.cursor if self.total else None
            return
        start, last = sorted((self.range_start, self.cursor))
        self.range_start = None
        self.post_message(self.RangeChosen(range(start, last + 1)))
