"""Copying and opening: citations to the clipboard, links to the browser."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from papers_tui.index.paper import Paper
from papers_tui.tui.citing import Choice, choice, cited, key_template, styles
from papers_tui.tui.config import Config
from papers_tui.tui.links import links
from papers_tui.tui.screens.finding import in_order
from papers_tui.tui.screens.safekeeping import Safekeeping
from papers_tui.tui.wording import plural

if TYPE_CHECKING:
    from papers_tui.index.cite import SecondKeys
    from papers_tui.index.library import Library


class Copying(Safekeeping):
    """The commands that hand something to other programs."""

    @dataclass
    class Cited(Message):
        """Posted when papers were cited."""

        chosen: str
        """The style and its form."""

    def __init__(self, open_library: Callable[[], Library], config: Config, last_style: str | None) -> None:
        super().__init__(open_library, config)
        self.last_style = last_style
        """The citation style used last."""

    @work(group="dialog", exit_on_error=False)
    async def action_cite(self) -> None:
        """Copy citations of the papers in a style that is chosen from a menu."""
        from papers_tui.tui.screens.yank import YankMenu  # noqa: PLC0415 - dialogs are imported when they open

        if papers := await self._papers():
            known = await asyncio.to_thread(styles, self._own_styles)
            last = choice(self.last_style, self.config.citation_style, known=known)
            keys = await asyncio.to_thread(self._keys, papers, is_kept=False)
            second = await asyncio.to_thread(self._second_keys)
            cite = partial(cited, folder=self._own_styles, second_keys=second)
            chosen = await self.app.push_screen_wait(YankMenu(papers, last, known, keys=keys, cite=cite))
            if chosen is not None:
                await self._copy_citations(papers, chosen)

    @work(group="dialog", exit_on_error=False)
    async def action_cite_again(self) -> None:
        """Copy citations of the papers in the style used last."""
        if papers := await self._papers():
            known = await asyncio.to_thread(styles, self._own_styles)
            chosen = choice(self.last_style, self.config.citation_style, known=known)
            await self._copy_citations(papers, chosen)

    @property
    def _own_styles(self) -> Path:
        """Where the user's citation styles are."""
        return self.config.file.parent / "styles"

    async def _papers(self) -> list[Paper]:
        """Return the papers that are meant, in the order of the list; those selected elsewhere come last."""
        library, targets = self.library, await self.chosen_targets()
        if library is None or not targets:
            return []
        found = self.found

        def fetch(library: Library) -> list[Paper]:
            ids = targets if found is None else in_order(found, targets)
            return [library.entry(one).paper for one in ids]

        return await asyncio.to_thread(fetch, library)

    def _keys(self, papers: Sequence[Paper], *, is_kept: bool) -> list[str] | None:
        """Return the citation keys of papers: those that they have for good, or will have."""
        if (library := self.library) is None:
            return None
        return library.citing.keys(papers, key_template(self.config), is_kept=is_kept)

    def _second_keys(self) -> SecondKeys | None:
        """Return the other keys by which documents may cite papers."""
        return self.library.citing.second() if self.library else None

    async def _copy_citations(self, papers: Sequence[Paper], chosen: Choice) -> None:
        from papers_tui.tui.clipboard import copy  # noqa: PLC0415 - the browser starts faster without it

        self.last_style = str(chosen)
        self.post_message(self.Cited(self.last_style))
        style = (await asyncio.to_thread(styles, self._own_styles))[chosen.style]
        keys = await asyncio.to_thread(self._keys, papers, is_kept=style.has_keys)
        second = await asyncio.to_thread(self._second_keys) if style.has_keys else None
        text = await asyncio.to_thread(cited, papers, chosen, keys, self._own_styles, second)
        title = style.title
        what = f"{title}, {plural(len(papers), 'paper')}" if len(papers) > 1 else title
        copied = await asyncio.to_thread(copy, text, self.config.clipboard)
        if not copied.is_copied:
            from papers_tui.tui.screens.copy_fallback import CopyFallback  # noqa: PLC0415 - dialogs are imported when they open

            await self.app.push_screen_wait(CopyFallback(copied.text, copied.message))
            return
        message = copied.message
        if copied.osc52:
            self.app.copy_to_clipboard(copied.text)
            message += ". If nothing arrived: y, then s, shows the text"
        self.notify(message, title=what, markup=False)

    @work(group="open-link", exit_on_error=False)
    async def action_open(self) -> None:
        """Open the page of the paper under the cursor."""
        await self.searched()
        entry = self.papers.highlighted
        if entry is None:
            return
        if found := links(entry.paper):
            await self._open(found[0][1])
        else:
            self.notify("This paper has no link", severity="warning", markup=False)

    @work(group="dialog", exit_on_error=False)
    async def action_links(self) -> None:
        """Open a link of the paper under the cursor that is chosen from a menu."""
        from papers_tui.tui.screens.open_link import OpenLink  # noqa: PLC0415 - dialogs are imported when they open

        await self.searched()
        entry = self.papers.highlighted
        if entry is not None:
            url = await self.app.push_screen_wait(OpenLink(links(entry.paper)))
            if url is not None:
                await self._open(url)

    @work(group="open-link", exit_on_error=False)
    async def action_open_link(self, number: int) -> None:
        """Open a link that was clicked in the abstract pane."""
        entry = self.abstract.entry
        if entry is not None and 0 <= number < len(found := links(entry.paper)):
            await self._open(found[number][1])

    async def _open(self, url: str) -> None:
        from papers_tui.tui.opener import launch_for, open_here, open_url  # noqa: PLC0415 - as above

        launch = await asyncio.to_thread(launch_for, url)
        if launch.needs_terminal:
            open_here(self.app, launch)
            return
        await asyncio.to_thread(open_url, url)
        self.notify(url, title="Opened in the browser", markup=False)
