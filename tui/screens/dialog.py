"""What all dialogs have in common: a frame with a title, a line of keys, and the ways to leave."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import ClassVar, Final, NamedTuple

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Input

from papers_tui.index.text import clean_line
from papers_tui.tui.widgets.in_order import edit_in_order

_STYLES: Final = Path(__file__).parents[2] / "styles"

WIDE: Final = 60
"""Columns from which lists and what belongs to them stand side by side."""

SHORT: Final = 9
"""Rows from which there is room for the keys."""

TALL: Final = 14
"""Rows from which there is room for blank lines."""


class Hint(NamedTuple):
    """A key that a dialog shows. Where it has an action, a click does what the key does."""

    key: str
    does: str
    action: str = ""


LEAVE: Final = Hint("esc", "leave", "leave")


class Dialog(ModalScreen[ScreenResultType]):
    """A box over the browser that asks for one thing. Enter accepts and closes it, Esc leaves it."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [_STYLES / "dialogs.tcss", _STYLES / "facets.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave", show=False)]
    HINTS: ClassVar[Sequence[Hint]] = (LEAVE,)
    IS_UNASKED: ClassVar[bool] = False
    """Whether it comes by itself, perhaps over what somebody types into."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-tiny"), (SHORT, "-short"), (TALL, "-tall")]
        self._heading = clean_line(heading, limit=500)

    def compose(self) -> ComposeResult:
        """Lay out the frame."""
        with Vertical(id="dialog") as frame:
            frame.border_title = Content(self._heading)
            yield from self.compose_body()
            yield HintLine(self.shown_hints(), id="dialog-keys")

    def shown_hints(self) -> Sequence[Hint]:
        """Return the keys that the dialog begins with."""
        return self.HINTS

    def compose_body(self) -> ComposeResult:
        """Lay out what stands in the frame."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Draw borders as the browser does."""
        self.set_class(self.is_ascii, "-ascii")

    @property
    def is_ascii(self) -> bool:
        """Whether the browser draws its borders with ASCII alone."""
        return any(screen.has_class("-ascii") for screen in self.app.screen_stack)

    def on_click(self, event: events.Click) -> None:
        """Leave when the click was beside the box."""
        if event.widget is self:
            self.action_leave()

    def action_leave(self) -> None:
        """Close with nothing chosen."""
        self.dismiss(None)


class CleanInput(Input):
    """A line of text that takes nothing from a paste that cannot be printed."""

    async def _on_key(self, event: events.Key) -> None:
        await edit_in_order(self, event)

    def _on_paste(self, event: events.Paste) -> None:
        event.text = clean_line(event.text)


_GAP: Final = "   "
"""What parts hints from each other."""


class HintLine(Widget):
    """Keys and what they do, to be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"hint-line--key"}

    hints: reactive[Sequence[Hint]] = reactive((), layout=True)

    def __init__(self, hints: Sequence[Hint], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.set_reactive(HintLine.hints, hints)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Take as many lines as the hints need."""
        return len(self._lines(width))

    def render(self) -> Text:
        """Lay the hints out one after the other; none is parted between two lines."""
        return Text("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Text]:
        key_style = self.get_component_rich_style("hint-line--key", partial=True)
        lines = [Text()]
        for hint in self.hints:
            # Not Textual's own "@click": it would paint the hint as a link.
            click = Style(meta={"hint": hint.action})
            said = Text.assemble((hint.key, key_style + click), (f" {hint.does}", click))
            if not lines[-1]:
                lines[-1] = said
            elif lines[-1].cell_len + len(_GAP) + said.cell_len > width:
                lines.append(said)
            else:
                lines[-1].append(_GAP).append_text(said)
        return lines

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does that was clicked."""
        if action := event.style.meta.get("hint"):
            await self.run_action(f"screen.{action}")
