"""The side pane: views of the library and the user's tags, each a query."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive

from papers_tui.tui.bindings import bindings
from papers_tui.tui.glyphs import UNICODE, Glyphs
from papers_tui.tui.widgets.paper_row import clipped
from papers_tui.tui.widgets.rows import Rows
from papers_tui.tui.wording import shown_date

if TYPE_CHECKING:
    from papers_tui.index.library import Overview

_PLAIN_TAG: Final = re.compile(r"[\w./+-]+")


@dataclass(frozen=True, slots=True)
class View:
    """A row of the side pane: a named query, or a heading."""

    title: str
    query: str | None
    """None for a heading."""
    count: int | None = None


def library_views(overview: Overview) -> list[View]:
    """Return the library's views and tags with how many papers each has."""
    day = overview.latest_day
    views = [
        View("All", "", overview.total),
        *([View(f"Listed {shown_date(day)}", f"featured:{day} ")] if day else []),
        View("Unread", "is:unread ", overview.unread),
        View("Reading", "is:reading ", overview.reading),
        View("Read", "is:read ", overview.read),
        View("Bookmarked", "is:bookmarked ", overview.bookmarked),
        View("With notes", "has:note ", overview.noted),
    ]
    tags = [View(f"#{tag}", tag_query(tag), count) for tag, count in sorted(overview.tags.items())]
    return [*views, View("", None), View("Tags", None), *tags] if tags else views


def tag_query(tag: str) -> str:
    """Return the query for a tag; the blank after it says that the word is whole."""
    return f"tag:{tag} " if _PLAIN_TAG.fullmatch(tag) else f'tag:"{tag}" '


class Views(Rows):
    """The list of views and tags."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("library")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "views--heading",
        "views--count",
        "views--current",
        "views--cursor",
        "views--cursor-blurred",
    }

    glyphs: reactive[Glyphs] = reactive(UNICODE, init=False)

    query_shown: reactive[str] = reactive("", init=False)
    """The query in the query box: the view that it comes from is marked."""

    @dataclass
    class Selected(Message):
        """Posted when a view is chosen."""

        query: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._views: Sequence[View] = ()

    def show(self, views: Sequence[View]) -> None:
        """List these views; the cursor stays on the one it is on."""
        before = self._views[self.cursor].title if self.cursor < len(self._views) else None
        self._views = views
        self.total = len(views)
        place = next((number for number, view in enumerate(views) if view.title == before), 0)
        self.set_reactive(Rows.cursor, place)
        self.refresh()

    def draw(self, index: int, line: int, width: int) -> Text:
        """Draw a view's name and count."""
        view = self._views[index]
        if line:
            return Text()
        if view.query is None:
            return Text(f" {view.title}", self.get_component_rich_style("views--heading", partial=True))
        is_current = view.query.strip() == self.query_shown.strip()
        style = self.get_component_rich_style("views--current", partial=True) if is_current else ""
        text = Text(f"{self.glyphs.bullet if is_current else ' '}{view.title}", style)
        count = f" {view.count:,} " if view.count is not None else ""
        text = clipped(text, width - cell_len(count), self.glyphs.ellipsis)
        text.append(" " * (width - cell_len(text.plain) - cell_len(count)))
        return text.append(count, self.get_component_rich_style("views--count", partial=True))

    def row_style(self, index: int) -> str | None:
        """Mark the cursor, while the pane has the focus."""
        return "views--cursor" if index == self.cursor and self.has_focus else None

    def watch_query_shown(self) -> None:
        """Mark another view."""
        self.refresh()

    def clicked(self, event: events.Click, *, is_new: bool) -> None:  # noqa: ARG002 - one click is enough here
        """Choose the view that was clicked."""
        self.action_choose()

    def action_cursor(self, by: int) -> None:
        """Move by so many rows, and on over headings."""
        place = max(0, min(self.cursor + by, len(self._views) - 1))
        while 0 <= place < len(self._views) and self._views[place].query is None:
            place += 1 if by > 0 else -1
        if 0 <= place < len(self._views):
            self.cursor = place

    def action_half_page(self, by: int) -> None:
        """Move by so many halves of a page."""
        self.action_cursor(by * max(1, self.page_rows // 2))

    def action_choose(self) -> None:
        """Choose the view under the cursor."""
        if self._views and (query := self._views[self.cursor].query) is not None:
            self.post_message(self.Selected(query))
