"""The footer: the keys that work where the focus is, as many as fit, and how many papers are selected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from papers_tui.tui.bindings import shown_key
from papers_tui.tui.commands import COMMANDS, Command, Where, command

_TYPED_IN: Final = frozenset({"search", "completion"})

_OF_RESULTS: Final = frozenset({"sort", "reverse", "facets"})
"""Commands that similar papers have no use for."""

_PLACES: Final[Mapping[Where, tuple[Where, ...]]] = {
    "search": ("search", "anywhere"),
    "completion": ("completion", "search", "anywhere"),
    "list": ("list", "papers", "anywhere"),
    "abstract": ("abstract", "papers", "anywhere"),
    "library": ("library", "anywhere"),
}


class KeyHints(Widget):
    """One row of keys; a click on one does what the key does."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-hints--key", "key-hints--selection"}

    auto_links = False

    place: reactive[Where] = reactive("search")
    """Where the focus is."""

    is_similar: reactive[bool] = reactive(False)
    """Whether the list shows papers like one, in the place of results."""

    selection: reactive[str] = reactive("")
    """What is selected, in words."""

    keys: reactive[Mapping[str, Sequence[str]]] = reactive(dict)
    """The user's own keys by command id."""

    def render(self) -> Text:
        """Show the keys from the most to the least useful; help is always among them."""
        end = self._hint(command("help"))
        if self.selection:
            style = self.get_component_rich_style("key-hints--selection", partial=True)
            end = Text.assemble(end, "  ", (f" {self.selection} ", style))
        room = self.size.width - cell_len(end.plain) - 2
        line = Text(" ")
        for one in self._offered():
            hint = self._hint(one)
            if cell_len(line.plain) + cell_len(hint.plain) + 2 > room:
                break
            line.append_text(hint).append("  ")
        line.append(" " * (room + 1 - cell_len(line.plain)) if self.selection else "")
        line.append_text(end)
        line.truncate(self.size.width)
        line.no_wrap, line.end = True, ""
        return line

    def _offered(self) -> list[Command]:
        own, *others = _PLACES[self.place]
        offered = [one for one in COMMANDS if one.in_footer and one.where == own]
        if self.is_similar or self.place not in {"list", "completion"}:
            offered.append(command("back"))
        offered += [one for one in COMMANDS if one.in_footer and one.where in others and one.id != "help"]
        unusable = _OF_RESULTS if self.is_similar else frozenset()
        return [one for one in offered if self._key(one) and one.id not in unusable]

    def _key(self, one: Command) -> str:
        """Return the key to show: in the query box letters are text, so it has to be another one."""
        keys = self.keys.get(one.id, one.keys)
        usable = [key for key in keys if self.place not in _TYPED_IN or (len(key) > 1 and key != "space")]
        return usable[0] if usable else ""

    def _hint(self, one: Command) -> Text:
        key = self.get_component_rich_style("key-hints--key", partial=True)
        click = Style(meta={"@click": f"screen.command('{one.id}')"})
        return Text.assemble((shown_key(self._key(one)), key + click), (f" {one.title}", click))
