"""Keys typed ahead: each has its effect before the next one is given to anything.

Textual gives a key to what has the focus when the key is read. What moves the focus or opens a dialog does
so later: it comes up to the app first, its action may post messages, and a command reads the library before
it asks anything. Of keys that arrive in one burst, as over a slow connection, the rest would go to what the
first one leaves: of `t`, `u` the second would not begin a tag, but undo what was done last.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from math import inf
from time import monotonic
from typing import Final, NamedTuple
from weakref import WeakSet

from textual import events
from textual.app import App
from textual.command import CommandList, CommandPalette
from textual.dom import DOMNode
from textual.errors import NoWidget
from textual.screen import Screen
from textual.worker import Worker

from papers_tui.tui.screens.browse import Browse
from papers_tui.tui.screens.completing import ASKED
from papers_tui.tui.screens.dialog import Dialog
from papers_tui.tui.screens.likeness import SimilarPapers
from papers_tui.tui.widgets.in_order import does_keep
from papers_tui.tui.widgets.query_bar import QueryBox
from papers_tui.tui.wording import plural

PATIENCE: Final = 3.0
"""Seconds that a key waits for what those before it bring about. Nothing freezes for longer."""

PAUSE: Final = 0.5
"""Seconds without a key after which somebody is taken to have seen what is on the screen."""

_LOOK: Final = 0.01
"""Seconds between looks at whether a command has opened its dialog, or ended."""

_OPENING: Final = frozenset({"dialog", "command", "default"})
"""Groups of workers that may open a dialog over the screen that began them."""

_LEAVING: Final = frozenset({"ctrl+q", "ctrl+c"})
"""Keys that are never dropped, and obeyed at once when they are pressed again."""

_MOTIONS: Final = ("cursor", "first", "last", "half_page", "page", "scroll", "match", "select")
"""How the names of actions begin after which keys go where they went before."""


class _Done(NamedTuple):
    """A key, a paste or something done with the mouse that waits its turn."""

    event: events.Event
    screen: Screen[object]
    """What was on the screen when it was done."""

    @property
    def key(self) -> str:
        """The key; empty where it is none."""
        return self.event.key if isinstance(self.event, events.Key) else ""


class TypeAhead(App[int]):
    """An app whose keys take effect one after the other, however fast they come."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._ahead: deque[_Done] = deque()
        self._turns: Worker[None] | None = None
        """What gives out what waits."""
        self._taking: Screen[object] | None = None
        """The screen that is known to take keys."""
        self._faced: Screen[object] | None = None
        """The dialog that came unasked, once somebody pressed a key who has seen it."""
        self._pressed = -inf
        """When a key came last."""
        self._given_up: WeakSet[Worker[object]] = WeakSet()
        """Workers that were waited for long enough."""

    async def on_event(self, event: events.Event) -> None:
        """Let what a person did wait its turn, and everything else pass."""
        is_ours = isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded
        if is_ours and self._startles(event):
            self.bell()
            return
        if not is_ours or self._is_urgent(event) or (self._turns is None and self._is_harmless(event)):
            await super().on_event(event)
            return
        self._ahead.append(_Done(event, self.screen))
        if self._turns is None:
            self._turns = self.run_worker(self._take_turns(), group="type-ahead")

    def _is_urgent(self, event: events.Event) -> bool:
        """Tell whether somebody wants to leave, and nothing that they typed before would be lost by it."""
        if not isinstance(event, events.Key) or event.key not in _LEAVING:
            return False
        waiting = [one.key for one in self._ahead]
        return not waiting or event.key in waiting

    def _is_harmless(self, event: events.Event) -> bool:
        """Tell whether nothing is to be waited for before it or after it."""
        focused = self.focused
        if isinstance(event, events.MouseEvent):
            return not isinstance(event, events.MouseDown | events.MouseUp)
        if focused is None or self._taking is not self.screen or self._opening():
            return False
        if does_keep(focused, event):
            return True
        action = _action(focused, event.key) if isinstance(event, events.Key) else ""
        return action.startswith(_MOTIONS) and not (
            self._reading() if action == "select" else self._searching()
        )

    def _is_sudden(self) -> bool:
        """Tell whether a dialog that nobody asked for has covered what was there, and nobody faced it yet."""
        if not isinstance(self.screen, Dialog) or self.screen is self._faced:
            return False
        return self.screen.IS_UNASKED or any(
            one in self._given_up for one in self.workers if not one.is_finished
        )

    def _startles(self, event: events.Event) -> bool:
        """Tell whether a key was meant for what a sudden dialog has just covered; who waits faces it."""
        if not isinstance(event, events.Key) or event.key in _LEAVING:
            return False
        since, self._pressed = self._pressed, monotonic()
        is_startled = self._is_sudden() and self._pressed - since < PAUSE
        if self._is_sudden() and not is_startled:
            self._faced = self.screen
        return is_startled

    # What is waited for

    def _under_way(self) -> list[Worker[object]]:
        """Return the workers of the screen on top."""
        screen, given_up = self.screen, self._given_up
        return [
            one for one in self.workers if one.node is screen and not (one.is_finished or one in given_up)
        ]

    def _opening(self) -> list[Worker[object]]:
        """Return what may open a dialog soon."""
        return [one for one in self._under_way() if one.group in _OPENING]

    def _searching(self) -> list[Worker[object]]:
        """Return what brings the list that a key is about, completions or the commands of the palette."""
        screen = self.screen
        if isinstance(screen, CommandPalette):
            return self._under_way()
        if isinstance(self.focused, QueryBox):
            return [one for one in self._under_way() if one.group == ASKED]
        if isinstance(screen, Browse) and _is_behind(screen):
            return [one for one in self._under_way() if one.group in {"open", "search"}]
        return []

    def _reading(self) -> list[Worker[object]]:
        """Return what brings the paper that a key is about."""
        screen = self.screen
        if isinstance(screen, Browse) and screen.papers.total and screen.papers.highlighted is None:
            return [*self._searching(), *(one for one in self._under_way() if one.group == "pages")]
        return self._searching()

    # Turns

    async def _take_turns(self) -> None:
        """Give out what waits, each once the one before has had its effect."""
        origin: DOMNode = self.focused or self.screen
        is_settled = False
        try:
            while self._ahead:
                if self._is_harmless(self._ahead[0].event):
                    origin = self.focused or self.screen
                    await self._in_app(self._give_harmless)
                    is_settled = False
                    continue
                if not is_settled:
                    await self._settle(origin)
                if self._ahead:
                    origin = self._origin(self._ahead[0].event)
                    await self._in_app(self._give)
                    await self._settle(origin)
                    is_settled = True
        finally:
            self._turns = None

    async def _in_app(self, give: Callable[[], Awaitable[None]]) -> None:
        """Do something in the app's own turn, where keys are given out."""
        is_done = asyncio.Event()

        async def done() -> None:
            await give()
            is_done.set()

        self.call_later(done)
        await is_done.wait()

    async def _give(self) -> None:
        """Give out what is next. What the mouse did goes to what it was aimed at, or nowhere.

        Nor does a sudden dialog get what was typed before it came.
        """
        event, screen = self._ahead.popleft()
        if screen is self.screen or not (isinstance(event, events.MouseEvent) or self._is_sudden()):
            await super().on_event(event)

    async def _give_harmless(self) -> None:
        """Give out all that need not be waited for: a long text in one go."""
        while self._ahead and self._is_harmless(self._ahead[0].event):
            await self._give()

    def _origin(self, event: events.Event) -> DOMNode:
        """Return where something will begin to be handled."""
        with suppress(NoWidget):
            if isinstance(event, events.MouseEvent):
                return self.get_widget_at(event.x, event.y)[0]
        return self.focused or self.screen

    async def _settle(self, origin: DOMNode) -> None:
        """Wait until what was given out has had its effect, and there is something to take the next."""
        try:
            async with asyncio.timeout(PATIENCE):
                await _come_up(origin)
                await _come_up(origin)  # with what its action posted
                if isinstance(self.screen, CommandPalette):
                    await _come_up(self.screen.query_one(CommandList))  # which Enter is passed on to
                while True:
                    if self._opening() or self._reading():
                        self._taking = None
                        await asyncio.sleep(_LOOK)
                    elif self._taking is not (screen := self.screen) and not self._is_sudden():
                        await _come_up(screen)
                        self._taking = screen
                    else:
                        break
        except TimeoutError:
            self._give_up()

    def _give_up(self) -> None:
        """Wait no longer. What was typed for a dialog that did not come is dropped, and this is told."""
        opening = self._opening()
        self._given_up.update([*opening, *self._reading()])
        if not opening:
            return
        kept = [one for one in self._ahead if one.key in _LEAVING]
        if dropped := len(self._ahead) - len(kept):
            self._ahead = deque(kept)
            self.bell()
            self.notify(
                f"{plural(dropped, 'key')} dropped: what they were meant for did not come in time",
                severity="warning",
                markup=False,
            )


async def _come_up(origin: DOMNode) -> None:
    """Wait until a widget and all above it have handled what they were sent."""
    for node in origin.ancestors_with_self:
        handled = asyncio.Event()
        if node.call_later(handled.set):
            await handled.wait()


def _action(focused: DOMNode, key: str) -> str:
    """Return what a key does where the focus is; empty where it does nothing."""
    for node in focused.ancestors_with_self:
        for binding in node._bindings.key_to_bindings.get(key, ()):  # noqa: SLF001 - keymaps are merged there
            return binding.action
    return ""


def _is_behind(browse: Browse) -> bool:
    """Tell whether the list does not show yet what is asked for."""
    found, wanted = browse.found, browse.similar_to
    if wanted is not None:
        return not isinstance(found, SimilarPapers) or found.paper.id != wanted.id
    return browse.results is None or found is not browse.results or found.query.text != browse.query_box.value
