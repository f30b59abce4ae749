"""Every key and every filter of the query language, with a box to find one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from papers_tui.tui.areas import AREAS
from papers_tui.tui.commands import Command
from papers_tui.tui.screens.dialog import LEAVE, CleanInput, Dialog, Hint

_SYNTAX: Final = (
    ("two words", "papers with both"),
    ('"two words"', "papers with them one after the other"),
    ("-word", "papers without it; NOT word too"),
    ("a OR b", "papers with either; parentheses group"),
    ("word*", "words that begin so; the last word typed always may"),
)
"""What can be typed besides filters."""


class HelpScreen(Dialog[None]):
    """Shows the commands by where they work, then the query language. Typing finds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup,ctrl+u", "scroll_page(-1)", show=False, priority=True),
        Binding("pagedown,ctrl+d", "scroll_page(1)", show=False, priority=True),
    ]
    HINTS: ClassVar[Sequence[Hint]] = (
        Hint("type", "to find"),
        Hint("arrows", "scroll"),
        LEAVE._replace(does="close"),
    )

    filter_box = getters.query_one(CleanInput)
    pages = getters.query_one(VerticalScroll)

    def __init__(self, commands: Sequence[Command], keys: Mapping[str, str]) -> None:
        """Show `commands`, each with its keys in `keys` as they are to be shown."""
        super().__init__("Help")
        self._commands = commands
        self._keys = keys

    def compose_body(self) -> ComposeResult:
        """Lay out the box and the text."""
        yield CleanInput(placeholder="Find a key or a filter", compact=True)
        with VerticalScroll(can_focus=False):
            yield HelpText(self._commands, self._keys)

    def on_mount(self) -> None:
        """Type at once."""
        self.filter_box.focus()

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self.query_one(HelpText).show(event.value)
        self.pages.scroll_home(animate=False)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_leave()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.pages.scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by pages, one line of the last in view."""
        self.pages.scroll_relative(y=pages * max(1, self.pages.size.height - 1), animate=False)


class HelpText(Widget):
    """The help in sections, those lines alone that have every word of a filter."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"help--section", "help--key", "help--example"}

    def __init__(self, commands: Sequence[Command], keys: Mapping[str, str]) -> None:
        super().__init__()
        self._commands = commands
        self._keys = keys
        self._words: list[str] = []

    def show(self, words: str) -> None:
        """Show what has all these words; everything for none."""
        self._words = words.lower().split()
        self.refresh(layout=True)

    def render(self) -> RenderableType:
        """Lay out the sections that have something to show."""
        sections: list[RenderableType] = []
        for title, rows in (*self._command_sections(), *self._query_sections()):
            table = Table.grid(padding=(0, 2, 0, 0), expand=True)
            table.add_column(width=min(16, max(6, self.size.width // 3)))
            table.add_column(ratio=1)
            for key, does in rows:
                if all(word in f"{key} {does} {title}".lower() for word in self._words):
                    table.add_row(key, does)
            if table.row_count:
                gap = [Text()] if sections else []
                sections += [
                    *gap,
                    Text(title, self.get_component_rich_style("help--section", partial=True)),
                    table,
                ]
        return Group(*sections) if sections else Text("Nothing here has these words.")

    def _command_sections(self) -> Iterator[tuple[str, list[tuple[Text, Text]]]]:
        for where, title in AREAS.items():
            commands = [command for command in self._commands if command.where == where]
            rows = [self._row(self._keys.get(one.id) or "palette", one.help) for one in commands]
            yield title, rows

    def _query_sections(self) -> Iterator[tuple[str, list[tuple[Text, Text]]]]:
        from papers_tui.index.search.fields import FIELDS  # noqa: PLC0415 - the browser starts faster without it

        yield "Queries", [self._row(typed, finds) for typed, finds in _SYNTAX]
        yield "Filters in queries", [self._row(f"{one.name}:", one.help, one.examples) for one in FIELDS]

    def _row(self, key: str, does: str, examples: Sequence[str] = ()) -> tuple[Text, Text]:
        """Return a row: what is typed, and what it does, with examples on a line of their own."""
        text = Text(does)
        if examples:
            text.append(
                "\n" + "   ".join(examples), self.get_component_rich_style("help--example", partial=True)
            )
        return Text(key, self.get_component_rich_style("help--key", partial=True)), text
