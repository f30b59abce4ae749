"""The least that a Textual app with the program's widgets can be: what starting is measured against.

As many widgets as the browser has, each the leanest stock one of its kind, laid out alike: two lines of
text, an input with its status, a list of views, one of papers, a text that scrolls, and a footer of keys.
"""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Input, OptionList, Static

KEYS = {"slash": "search", "b": "bookmark", "t": "tag", "m": "note", "y": "cite", "o": "open", "s": "sort"}


class BareApp(App[None]):
    """A browser's widgets, and nothing behind them."""

    CSS = """
    #top, #hints { height: 1; }
    #hints { display: none; }
    #bar { height: 3; border: round $border; }
    #query { width: 1fr; height: 1; border: none; }
    #status { width: auto; height: 1; }
    #panes { height: 1fr; }
    #views { width: 24; height: 1fr; border: round $border; }
    #papers { width: 8fr; height: 1fr; border: round $border; }
    #abstract { width: 7fr; height: 1fr; border: round $border; }
    """
    BINDINGS = [("ctrl+q", "quit", "Quit"), *((key, "bell", title) for key, title in KEYS.items())]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Static("papers", id="top")
        with Horizontal(id="bar"):
            yield Input(placeholder="Search", id="query")
            yield Static("opening", id="status")
        yield Static(id="hints")
        with Horizontal(id="panes"):
            yield OptionList(id="views")
            yield OptionList(id="papers")
            with VerticalScroll(id="abstract"):
                yield Static("Abstract")
        yield Footer()


if __name__ == "__main__":
    BareApp().run()
