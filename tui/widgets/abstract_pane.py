"""The abstract pane: one paper, to be read and scrolled."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.worker import Worker

from papers_tui.index.paper import Entry
from papers_tui.tui.bindings import bindings
from papers_tui.tui.failures import tell_failed
from papers_tui.tui.glyphs import UNICODE, Glyphs
from papers_tui.tui.widgets.document import Composer, Document, DocumentInks, Rest
from papers_tui.tui.widgets.paper_list import Spans
from papers_tui.tui.widgets.strips import strip


class AbstractPane(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows one paper. Its lines are laid out in a thread: an abstract may be a book."""

    ALLOW_SELECT = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("abstract")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"abstract--{name}" for name in DocumentInks.__slots__),
        "abstract--current-match",
    }

    glyphs: reactive[Glyphs] = reactive(UNICODE, init=False)

    @dataclass
    class MatchShown(Message):
        """Posted when one of the matching lines was gone to."""

        number: int
        of: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._entry: Entry | None = None
        self._spans: Spans = lambda _text, _field: ()
        self._document = Document()
        self._match: int | None = None
        self._shown_id: str | None = None
        self._width = 0
        self._is_going_on = False

    @property
    def entry(self) -> Entry | None:
        """The paper on show."""
        return self._entry

    def present(self, entry: Entry | None, spans: Spans) -> None:
        """Show a paper, from its beginning unless it is the one on show."""
        self._entry, self._spans = entry, spans
        self._lay_out()

    def on_resize(self) -> None:
        """Lay the lines out again for another width."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out()

    def notify_style_update(self) -> None:
        """Lay the lines out again in another theme's colours."""
        super().notify_style_update()
        if self.is_attached and self._entry is not None:
            self._lay_out()

    @work(exclusive=True, group="document", exit_on_error=False)
    async def _lay_out(self) -> None:
        """Lay out the newest paper; one that another has replaced is never shown."""
        self._width = self.scrollable_content_region.width
        paper_id = self._entry.paper.id if self._entry else None
        is_same = paper_id == self._shown_id
        before = self._document if is_same else Document()
        document = Document()
        if self._entry is not None:
            document = await asyncio.to_thread(self._composed, self._entry, self._composer(), before)
        self._match, self._shown_id = None, paper_id
        y = self.scroll_offset.y * len(document.lines) // max(1, len(before.lines))
        self._show(document)
        if not is_same:
            self.scroll_home(animate=False, force=True)
        elif y != self.scroll_offset.y:
            self.scroll_to(y=y, animate=False, force=True)
        self._read_on()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Lay out more of a text whose end comes into view."""
        super().watch_scroll_y(old_value, new_value)
        self._read_on()

    def _read_on(self) -> None:
        if not self._is_going_on and self._rest_in_view() is not None:
            self._is_going_on = True
            self._go_on()

    @work(group="rest", exit_on_error=False)
    async def _go_on(self) -> None:
        """Lay out more, as long as the line that tells of it is in view, or nearly."""
        try:
            while (rest := self._rest_in_view()) is not None:
                before = self._document
                after, found = await asyncio.to_thread(self._with_more, before, rest, self._composer())
                if self._document is before:
                    if self._match is not None and before.matches[self._match] > rest.line:
                        self._match += found
                    self._show(after)
        finally:
            self._is_going_on = False

    def _with_more(self, document: Document, rest: Rest, composer: Composer) -> tuple[Document, int]:
        """Return a document with one more piece of a text, and how many matches that has."""
        more = composer.more(rest, self._width, self.app.console)
        return document.with_more(rest, more), len(more.matches)

    def _composed(self, entry: Entry, composer: Composer, before: Document) -> Document:
        """Lay out a paper, as far as it was laid out `before`."""
        document = composer.compose(entry, self._width, self.app.console)
        ends = {rest.field: rest.start for rest in before.rests}

        def is_behind(rest: Rest) -> bool:
            return bool(before.lines) and rest.start < ends.get(rest.field, len(rest.text))

        while rests := list(filter(is_behind, document.rests)):
            document, _ = self._with_more(document, rests[0], composer)
        return document

    def _composer(self) -> Composer:
        return Composer(self._spans, self._inks(), self.glyphs)

    def _show(self, document: Document) -> None:
        self._document = document
        self.virtual_size = Size(1, len(document.lines)) if document.lines else Size()
        self.refresh()

    def _rest_in_view(self) -> Rest | None:
        """Return the text that goes on within a screen of what is shown."""
        height = self.size.height
        top = self.scroll_offset.y
        near = range(top - height, top + 2 * height)
        return next((rest for rest in self._document.rests if rest.line in near), None)

    @on(Worker.StateChanged)
    def _worker_ended(self, event: Worker.StateChanged) -> None:
        tell_failed(self, event)

    def _inks(self) -> DocumentInks:
        names = DocumentInks.__slots__
        return DocumentInks(
            *(self.get_component_rich_style(f"abstract--{name}", partial=True) for name in names)
        )

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        number = self.scroll_offset.y + y
        width = max(0, self.scrollable_content_region.width)
        if number >= len(self._document.lines):
            return Strip.blank(width, self.rich_style)
        line = self._document.lines[number]
        if self._match is not None and number == self._document.matches[self._match]:
            line = line.copy()
            line.stylize(self.get_component_rich_style("abstract--current-match", partial=True))
        if (selection := self.text_selection) is not None and (
            span := selection.get_span(number)
        ) is not None:
            line = line.copy()
            end = len(line) if span[1] == -1 else span[1]
            line.stylize(self.screen.get_component_rich_style("screen--selection"), span[0], end)
        drawn = strip(line, width, self.app.console)
        return drawn.apply_style(self.rich_style).apply_offsets(0, number)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text that the mouse selected."""
        return selection.extract("\n".join(line.plain for line in self._document.lines)), "\n"

    def action_half_page(self, by: int) -> None:
        """Scroll by halves of a page."""
        self.scroll_relative(y=by * max(1, self.size.height // 2), animate=False)

    def action_match(self, by: int) -> None:
        """Go to the next line with a match, or the one before; round and round."""
        matches = self._document.matches
        if not matches:
            self.post_message(self.MatchShown(0, 0))
            return
        if self._match is None:
            ahead = [number for number, line in enumerate(matches) if line >= self.scroll_offset.y]
            first = ahead[0] if ahead else 0
            self._match = first if by > 0 else (first - 1) % len(matches)
        else:
            self._match = (self._match + by) % len(matches)
        self.scroll_to(y=max(0, matches[self._match] - self.size.height // 3), animate=False)
        self.refresh()
        self.post_message(self.MatchShown(self._match + 1, len(matches)))
