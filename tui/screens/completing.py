"""Completing the query: fields and their values, offered below the query box."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual import on, work
from textual.geometry import Offset, Size

from papers_tui.tui.screens.pairing import Pairing
from papers_tui.tui.widgets.completion_list import CompletionList
from papers_tui.tui.widgets.query_bar import QueryBox

if TYPE_CHECKING:
    from papers_tui.index.search.completion import Completion

ASKED: Final = "asked-completion"
"""The group of the worker that looks up what somebody asked for: the next key may be about it."""

_WHILE_OPEN: Final = frozenset({"accept_completion", "close_completions"})
_WHILE_ENTERED: Final = frozenset({"move_completion", "pick_completion"})


class Completing(Pairing):
    """The list of completions, and the keys that work while it is open."""

    _offered_for = ""
    """The query that the completions are for."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys to the query box while no completions are open, or none is entered."""
        if action in _WHILE_OPEN:
            return self.completions is not None and self.completions.is_open
        if action in _WHILE_ENTERED:
            return self.completions is not None and self.completions.is_open and self.completions.is_entered
        return super().check_action(action, parameters)

    @property
    def completions(self) -> CompletionList | None:
        """The list; None until there was something to complete."""
        return self.query_one_optional(CompletionList)

    @on(QueryBox.Changed)
    def _complete_what_is_typed(self) -> None:
        if self.query_box.has_focus:
            self._complete_after_pause()

    def action_complete(self) -> None:
        """Offer what can be typed here; once that is done, go to the next of it."""
        box, completions = self.query_box, self.completions
        if completions is not None and completions.is_open and self._offered_for == box.value:
            completions.move(1)
        else:
            self._complete_now()

    @work(exclusive=True, group="completion", exit_on_error=False)
    async def _complete_after_pause(self) -> None:
        await asyncio.sleep(self.config.typing_pause)
        await self._complete(is_asked=False)

    @work(exclusive=True, group=ASKED, exit_on_error=False)
    async def _complete_now(self) -> None:
        self.workers.cancel_group(self, "completion")
        await self._complete(is_asked=True)

    async def _complete(self, *, is_asked: bool) -> None:
        """Look completions up; names of fields are offered to who asks alone."""
        text, cursor = self.query_box.value, self.query_box.cursor_position
        if (library := self.library) is None or (not is_asked and ":" not in text):
            self.close_completions()
            return
        offers = await asyncio.to_thread(library.completions, text, cursor)
        if not is_asked:
            offers = [one for one in offers if not one.text.endswith(":")]
        if len(offers) == 1 and offers[0].text.strip() == text[offers[0].start : offers[0].end]:
            offers = []
        if not self.query_box.has_focus or text != self.query_box.value or not offers:
            self.close_completions()
            return
        await self._show_offers(offers, text)
        if is_asked and self.completions is not None:
            self.completions.move(1)

    async def _show_offers(self, offers: Sequence[Completion], text: str) -> None:
        if (completions := self.completions) is None:
            completions = CompletionList(id="completions")
            completions.glyphs = self.glyphs
            await self.panes.mount(completions)
        box = self.query_box
        x = box.content_region.x + cell_len(text[: offers[0].start]) - box.scroll_offset.x
        completions.offer(offers, Offset(x, 0), self.panes.size)
        self._offered_for = text
        self.key_hints.place = "completion"

    def close_completions(self) -> None:
        """Show no completions any more."""
        if self.completions is not None and self.completions.is_open:
            self.completions.offer((), Offset(), Size())
            if self.query_box.has_focus:
                self.key_hints.place = "search"

    def action_close_completions(self) -> None:
        """Show no completions until something else is typed."""
        self.close_completions()

    def action_move_completion(self, by: int) -> None:
        """Go to another completion."""
        if self.completions is not None:
            self.completions.move(by)

    @on(CompletionList.Picked)
    def action_accept_completion(self) -> None:
        """Type the completion that is marked."""
        picked = self.completions.picked if self.completions is not None else None
        if picked is not None:
            box = self.query_box
            self.close_completions()
            box.value = f"{box.value[: picked.start]}{picked.text}{box.value[picked.end :]}"
            box.cursor_position = picked.start + len(picked.text)

    def action_pick_completion(self) -> None:
        """Type the completion that the keys went to."""
        self.action_accept_completion()
