"""The order of the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final, cast

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from papers_tui.index.search.query import Sort, SortKey
from papers_tui.tui.screens.dialog import LEAVE, Dialog, Hint

ORDERS: Final[Mapping[SortKey, tuple[str, str, str]]] = {
    "relevance": ("r", "best match first", "weakest match first"),
    "date": ("d", "newest first", "oldest first"),
    "featured": ("f", "latest day first", "earliest day first"),
    "added": ("a", "latest import first", "earliest import first"),
    "upvotes": ("u", "most upvotes first", "fewest upvotes first"),
    "comments": ("c", "most comments first", "fewest comments first"),
    "trending": ("t", "rising most first", "rising least first"),
    "title": ("i", "A to Z", "Z to A"),
}
"""The key that takes an order, and how it begins, as it is and reversed."""


class SortMenu(Dialog[Sort | None]):
    """Asks for an order. A letter takes one at once, a capital letter takes it reversed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "reverse", "reverse", show=False),
        Binding("j", "move(1)", "down", show=False),
        Binding("k", "move(-1)", "up", show=False),
        *(Binding(letter, f"take('{key}', False)", show=False) for key, (letter, *_) in ORDERS.items()),
        *(
            Binding(letter.upper(), f"take('{key}', True)", show=False)
            for key, (letter, *_) in ORDERS.items()
        ),
    ]
    HINTS: ClassVar[Sequence[Hint]] = (
        Hint("enter", "sort", "accept"),
        Hint("space", "reverse", "reverse"),
        LEAVE,
    )

    orders = getters.query_one(OptionList)

    def __init__(self, current: Sort) -> None:
        super().__init__("Sort by")
        self._current = current
        self._is_reversed = current.is_reversed

    def compose_body(self) -> ComposeResult:
        """Lay out the orders."""
        yield OptionList(*self._options(), markup=False)

    def on_mount(self) -> None:
        """Begin at the order that the results have."""
        self.orders.highlighted = list(ORDERS).index(self._current.key)

    def _options(self) -> list[Option]:
        options = []
        for key, (letter, words, reversed_words) in ORDERS.items():
            begins = reversed_words if self._is_reversed else words
            row = Content.assemble(
                (f"{letter}  ", "$footer-key-foreground bold"), f"{key:<11}", (begins, "$text-muted")
            )
            options.append(Option(row, id=key))
        return options

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.action_take(str(event.option_id), self._is_reversed)

    def action_accept(self) -> None:
        """Take the order that is highlighted."""
        self.orders.action_select()

    def action_move(self, by: int) -> None:
        """Go to another order."""
        if by > 0:
            self.orders.action_cursor_down()
        else:
            self.orders.action_cursor_up()

    def action_take(self, key: str, is_reversed: bool) -> None:
        """Take an order."""
        self.dismiss(Sort(cast("SortKey", key), is_reversed))

    def action_reverse(self) -> None:
        """Turn every order round."""
        self._is_reversed = not self._is_reversed
        highlighted = self.orders.highlighted
        self.orders.set_options(self._options())
        self.orders.highlighted = highlighted
