"""The values of facets with how many papers have each, by facet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from papers_tui.tui.glyphs import UNICODE, Glyphs
from papers_tui.tui.widgets.paper_row import clipped
from papers_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from papers_tui.index.search.facets import FacetName


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A value of a facet, or the heading above its values."""

    facet: FacetName
    name: str
    papers: int | None
    """None for a heading."""
    is_demanded: bool = False
    """Whether the query demands it: choosing it lets go of it."""


class FacetList(Rows):
    """Lists values; headings are passed over."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor(1)", "down", show=False),
        Binding("up,k", "cursor(-1)", "up", show=False),
        Binding("right,l", "facet(1)", "next facet", show=False),
        Binding("left,h", "facet(-1)", "facet before", show=False),
        Binding("pagedown,ctrl+d", "page(1)", "page down", show=False),
        Binding("pageup,ctrl+u", "page(-1)", "page up", show=False),
        Binding("home,g", "first", "first", show=False),
        Binding("end,G", "last", "last", show=False),
        Binding("enter", "choose", "add", show=False),
        Binding("minus", "choose(True)", "exclude", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "facet-list--heading",
        "facet-list--count",
        "facet-list--cursor",
        "facet-list--cursor-blurred",
    }

    glyphs: reactive[Glyphs] = reactive(UNICODE, init=False)

    @dataclass
    class Picked(Message):
        """Posted when the papers with a value, or those without it, are wanted."""

        row: FacetRow
        is_excluded: bool

    class LeftUpwards(Message):
        """Posted when the cursor is moved up from the first value."""

    def __init__(self, rows: Sequence[FacetRow], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows = rows
        self._values = [number for number, row in enumerate(rows) if row.papers is not None]
        self.set_reactive(Rows.total, len(rows))

    def on_mount(self) -> None:
        """Begin at the first value."""
        self._measure()
        if self._values:
            self.set_reactive(Rows.cursor, self._values[0])

    def draw(self, index: int, line: int, width: int) -> Text:
        """Draw a value and its count, or a heading."""
        row = self._rows[index]
        if line:
            return Text()
        if row.papers is None:
            heading = Text(f" {row.name}", self.get_component_rich_style("facet-list--heading", partial=True))
            return clipped(heading, width, self.glyphs.ellipsis)
        count = f" {row.papers:,} "
        sign = self.glyphs.chosen if row.is_demanded else " "
        text = clipped(Text(f" {sign} {row.name}"), max(0, width - cell_len(count)), self.glyphs.ellipsis)
        text.append(" " * (width - cell_len(text.plain) - cell_len(count)))
        return text.append(count, self.get_component_rich_style("facet-list--count", partial=True))

    def row_style(self, index: int) -> str | None:
        """Mark the cursor."""
        if index != self.cursor or not self._values:
            return None
        return f"facet-list--cursor{'' if self.has_focus else '-blurred'}"

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Draw the cursor as it is with the focus, or without."""
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a value: the next one where it would be on a heading."""
        ahead = [number for number in self._values if number >= cursor]
        return ahead[0] if ahead else (self._values[-1] if self._values else 0)

    def show_cursor(self) -> None:
        """Show the heading as well where the cursor is right below it."""
        if self.cursor and self._rows[self.cursor - 1].papers is None:
            self.scroll_to_region(self._region(self.cursor - 1), animate=False, force=True)
        super().show_cursor()

    def action_cursor(self, by: int) -> None:
        """Move by so many values; up from the first one leaves the list."""
        if not self._values:
            return
        place = self._values.index(self.cursor) + by
        if place < 0:
            self.post_message(self.LeftUpwards())
        else:
            self.cursor = self._values[min(place, len(self._values) - 1)]

    def action_facet(self, by: int) -> None:
        """Move to the first value of the next facet, or of the one before."""
        firsts = [number + 1 for number, row in enumerate(self._rows) if row.papers is None]
        here = sum(first <= self.cursor for first in firsts) - 1
        self.cursor = firsts[max(0, min(here + by, len(firsts) - 1))] if firsts else 0

    def action_choose(self, is_excluded: bool = False) -> None:
        """Ask for the papers with the value, or for those without it."""
        if self._values:
            self.post_message(self.Picked(self._rows[self.cursor], is_excluded))
