"""The Textual app: themes, keymap, palette, and the one screen."""

from __future__ import annotations

import asyncio
import gc
import locale
import os
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.driver import Driver
from textual.screen import Screen
from textual.theme import Theme

from papers_tui.tui.bindings import app_bindings, keymap
from papers_tui.tui.commands import COMMANDS
from papers_tui.tui.config import Config, load
from papers_tui.tui.locations import Locations
from papers_tui.tui.screens.browse import Browse
from papers_tui.tui.sheets import Sheets
from papers_tui.tui.signals import end_on_signals
from papers_tui.tui.state import FILE, State, load_state, save_state
from papers_tui.tui.themes import DARK, LIGHT, THEMES, mixed_colors
from papers_tui.tui.toasts import SECONDS, Toasts
from papers_tui.tui.type_ahead import TypeAhead

if TYPE_CHECKING:
    from papers_tui.index.library import Library
    from papers_tui.index.store.rescuing import Rescued
    from papers_tui.tui.drafting import DraftWriter

_STYLES: Final = Path(__file__).parent.parent / "styles"

SHEETS: Final = ("ascii", "browse", "completion", "plain", "toasts")
"""The sheets of the browser: Textual ignores what a default screen names itself. Dialogs name their own."""


class PapersApp(TypeAhead):
    """Browses the library at `locations`."""

    TITLE = "papers-tui"
    CSS_PATH: ClassVar[list[str | PurePath]] = [_STYLES / f"{name}.tcss" for name in SHEETS]
    BINDINGS: ClassVar[list[BindingType]] = app_bindings()
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = SECONDS

    def __init__(self, locations: Locations, config: Config | None = None) -> None:
        # Textual would turn colours into greys; with the terminal's own ones it leaves them out.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.stylesheet = Sheets(variables=self.theme_variables)
        self._notifications = Toasts()
        self._locations = locations
        self._state_file = locations.data_dir / FILE
        self._state = load_state(self._state_file)
        for theme in THEMES:
            self.register_theme(theme)
        settings = load(locations.config_file) if config is None else config
        if not _prints_unicode():
            settings = replace(settings, is_ascii=True)
        self.config = settings.with_known_theme(self.available_themes)
        remembered = self._state.theme if self._state.theme in self.available_themes else None
        self.theme = self.config.theme or remembered or DARK.name
        self._library: Library | None = None
        self._drafts: DraftWriter | None = None
        self._rescued: tuple[Rescued, ...] = ()

    def get_driver_class(self) -> type[Driver]:
        """Read the terminal with more care than Textual does, where that is a POSIX one."""
        driver = super().get_driver_class()
        if os.name != "posix":
            return driver
        from papers_tui.tui.driver import careful  # noqa: PLC0415 - it needs termios

        return careful(driver)

    def get_default_screen(self) -> Screen[None]:
        """Begin with the browser."""
        browser = Browse(self._open_library, self.config, self._state.style)
        self._drafts = browser.drafts
        return browser

    def on_mount(self) -> None:
        """Take on the user's keys, and tell of mistakes in the configuration."""
        if not self.is_headless:
            end_on_signals(self)
        self.set_keymap(keymap(self.config.keys))
        self._reverse_cursors(self.current_theme)
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        self.app_resume_signal.subscribe(self, self._resumed)
        if problems := self.config.problems:
            more = f"\nand {len(problems) - 3} more: papers-tui doctor" if len(problems) > 3 else ""
            told = "\n".join(map(str, problems[:3])) + more
            self.notify(told, title="Configuration", severity="warning", timeout=10, markup=False)

    async def on_unmount(self) -> None:
        """Close the library, once all that was typed is in it."""
        if self._drafts is not None:
            await asyncio.to_thread(self._drafts.finish)
        if self._library is not None:
            await asyncio.to_thread(self._close, self._library)

    def _close(self, library: Library) -> None:
        """Close the library; if it was removed while it was open, rescue what the reader wrote. Blocks."""
        try:
            self._rescued = library.rescue()
        finally:
            library.close()

    @property
    def last_words(self) -> list[str]:
        """What is to be said on the terminal when it is the shell's again."""
        return [
            *(one.in_words for one in self._rescued),
            *(self._drafts.last_words() if self._drafts else ()),
        ]

    @property
    def has_lost_marks(self) -> bool:
        """Whether marks could be kept nowhere, and are in the last words alone."""
        return any(one.copy is None for one in self._rescued)

    def _open_library(self) -> Library:
        """Open the library; its imports are heavy, and are done here, in a thread, after the first paint."""
        from papers_tui.index.library import Library  # noqa: PLC0415 - numpy and Whoosh come after the first paint
        from papers_tui.tui.trust import warnings  # noqa: PLC0415 - so does SQLite

        self._library = Library.open(self._locations.data_dir, self._locations.cache_dir)
        gc.freeze()  # No collection need look again at what the imports made: pauses get shorter.
        gc.enable()
        if said := "\n".join(warnings(self._locations)):
            self.call_from_thread(self.notify, said, severity="warning", timeout=10, markup=False)
        return self._library

    # Colours

    def get_css_variables(self) -> dict[str, str]:
        """Add the colours that are mixed of the theme's own."""
        variables = super().get_css_variables()
        self.theme_variables = {**variables, **mixed_colors(variables)}
        return self.theme_variables

    def _resumed(self, _: object) -> None:
        """Draw everything anew: the terminal forgot it."""
        self.refresh(layout=True)

    def _theme_changed(self, theme: Theme) -> None:
        self._reverse_cursors(theme)
        self.remember(replace(self._state, theme=theme.name))

    def _reverse_cursors(self, theme: Theme) -> None:
        """Reverse cursors where colours are too few to show them."""
        has_few_colors = not self.is_headless and self.console.color_system in {None, "standard"}
        self.set_class(self.no_color or has_few_colors or theme.ansi, "-plain")

    def copy_to_clipboard(self, text: str) -> None:
        """Ask the terminal to put a text on the clipboard: through GNU screen, too."""
        from papers_tui.tui.clipboard import osc52  # noqa: PLC0415 - the browser starts faster without it

        self._clipboard = text
        if self._driver is not None:
            self._driver.write(osc52(text))

    # What is remembered

    @work(exclusive=True, group="state", exit_on_error=False)
    async def remember(self, state: State) -> None:
        """Remember theme and citation style for the next run."""
        if state != self._state:
            self._state = state
            await asyncio.to_thread(save_state, self._state_file, state)

    @on(Browse.Cited)
    def _cited(self, event: Browse.Cited) -> None:
        self.remember(replace(self._state, style=event.chosen))

    # Commands

    def action_toggle_dark(self) -> None:
        """Change between our light and our dark theme."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every command that needs no particular pane in the palette."""
        if not isinstance(screen, Browse):
            return
        for command in COMMANDS:
            if command.where in {"anywhere", "papers"} and command.id != "palette":
                title = command.title[:1].upper() + command.title[1:]
                yield SystemCommand(title, command.help, partial(screen.action_command, command.id))


def _prints_unicode() -> bool:
    return locale.getpreferredencoding(do_setlocale=False).lower().replace("-", "") in {"utf8", "utf16"}
