"""How one paper is drawn in the list: its title, a line about it with its date, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from papers_tui.index.paper import Entry, Status
from papers_tui.tui.glyphs import Glyphs
from papers_tui.tui.wording import byline, plural, shown_date

MARKS_WIDTH: Final = 4
"""Cells before the title: selection, reading state, bookmark and a blank."""

DATED_WIDTH: Final = 34
"""Cells that a row needs before it shows a date."""

_BEFORE_MATCH: Final = 3
"""The part of an excerpt's line, one third, that may stand before its first match."""

SNIPPET: Final = 300
"""Characters of the abstract, for a paper of which nothing else is known."""


@dataclass(frozen=True, slots=True)
class Inks:
    """The styles of the parts of a row."""

    title: Style
    read: Style
    byline: Style
    excerpt: Style
    date: Style
    tag: Style
    bookmark: Style
    status: Style
    selected: Style
    match: Style


class Excerpt(NamedTuple):
    """A sentence about a paper."""

    text: str
    spans: Sequence[tuple[int, int]] = ()
    """What to show as matching: (start, end) pairs in order."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as a row of the list."""

    entry: Entry
    spans: Callable[[], Sequence[tuple[int, int]]]
    """Where the title matches the query."""
    excerpt: Callable[[], Excerpt]
    """What the third line says."""
    is_selected: bool

    def title_line(self, width: int, inks: Inks, glyphs: Glyphs) -> Text:
        """Draw marks and title."""
        marks = self.entry.marks
        line = self._edge(inks, glyphs)
        line.append(glyphs.status(marks.status), inks.status)
        line.append(glyphs.bookmark if marks.bookmarked else " ", inks.bookmark)
        line.append(" ")
        return line.append_text(self._title(width - MARKS_WIDTH - 1, inks, glyphs))

    def detail_line(self, width: int, inks: Inks, glyphs: Glyphs) -> Text:
        """Draw who wrote it, what others and the user say of it, and at the right its date."""
        published = self.entry.paper.published
        date = shown_date(published and published[:7]) if width >= DATED_WIDTH else ""
        room = width - MARKS_WIDTH - 1 - (cell_len(date) + 2 if date else 0)
        about = self._about(inks, glyphs)
        if about.cell_len > room:
            about = self._about(inks, glyphs, named=1)
        line = self._indented(clipped(about, room, glyphs.ellipsis), inks, glyphs)
        if date:
            line.append(" " * (width - cell_len(line.plain) - cell_len(date) - 1))
            line.append(date, inks.date)
        return line

    def excerpt_line(self, width: int, inks: Inks, glyphs: Glyphs) -> Text:
        """Draw the excerpt, from so far before its first match that this is in view."""
        text, spans = self.excerpt()
        shown = Text().append(text, inks.excerpt)
        for start, end in spans:
            shown.stylize(inks.match, start, end)
        room = width - MARKS_WIDTH - 1
        if spans and cell_len(text[: spans[0][1]]) > room - cell_len(glyphs.ellipsis):
            first = min(spans[0][0] - max(0, room) // _BEFORE_MATCH, len(text) - room)
            start = _word_start(text, first, spans[0][0])
            shown = Text(glyphs.ellipsis, inks.excerpt).append_text(shown[start:])
        return self._indented(clipped(shown, room, glyphs.ellipsis), inks, glyphs)

    def _about(self, inks: Inks, glyphs: Glyphs, *, named: int = 2) -> Text:
        about = Text().append(glyphs.dot.join(self._facts(named)), inks.byline)
        for tag in self.entry.marks.tags:
            about.append("  " if about else "").append(f"#{tag}", inks.tag)
        return about

    def _indented(self, text: Text, inks: Inks, glyphs: Glyphs) -> Text:
        return self._edge(inks, glyphs).append(" " * (MARKS_WIDTH - 1)).append_text(text)

    def _edge(self, inks: Inks, glyphs: Glyphs) -> Text:
        return Text(no_wrap=True, end="").append(glyphs.selected if self.is_selected else " ", inks.selected)

    def _title(self, room: int, inks: Inks, glyphs: Glyphs) -> Text:
        shown = self.entry.paper.title[: max(0, room) * 2 + 2]
        title = Text(shown, inks.read if self.entry.marks.status is Status.READ else inks.title)
        for start, end in self.spans():
            title.stylize(inks.match, min(start, len(shown)), min(end, len(shown)))
        return clipped(title, room, glyphs.ellipsis)

    def _facts(self, named: int) -> list[str]:
        paper, marks = self.entry.paper, self.entry.marks
        facts = [byline(paper, named=named)[:500]]
        if paper.venue:
            facts.append(paper.venue[:80])
        facts += [plural(paper.upvotes, "upvote")] if paper.upvotes else []
        facts += [plural(paper.comments, "comment")] if paper.comments else []
        facts += [f"rated {marks.rating}/5"] if marks.rating else []
        facts += ["note"] if marks.note else []
        return [fact for fact in facts if fact] or [" ".join(paper.abstract[:SNIPPET].split())]


def clipped(text: Text, room: int, ellipsis: str) -> Text:
    """Return a text in at most `room` cells, its end marked where it was cut."""
    if cell_len(text.plain) <= room:
        return text
    if room <= 0:
        return Text()
    text.truncate(max(0, room - cell_len(ellipsis)))
    text.plain = text.plain.rstrip(" ·-,;:")
    return text.append(ellipsis)


def _word_start(text: str, low: int, high: int) -> int:
    """Return where the first word that begins between two places does, else the second place."""
    found = text.find(" ", max(0, low), high)
    return found + 1 if found >= 0 else high
