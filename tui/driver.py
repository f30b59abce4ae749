"""Reading the terminal: Textual's driver, but for bytes that are no text and pastes that would be keys."""

from __future__ import annotations

import errno
import os
import selectors
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Final, TextIO

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from papers_tui.tui.pastes import Pastes
from papers_tui.tui.signals import hang_up

_TICK: Final = 0.1
"""Seconds after which an ESC that nothing followed is a key."""

_CHUNK: Final = 4096


class CarefulDriver(LinuxDriver):
    """Reads what is no UTF-8 as U+FFFD, where Textual's thread would die, and lets no paste press keys."""

    def __init__(
        self, app: App[int], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Take the standard streams for the terminal."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = _Lenient(self._file)  # type: ignore[assignment, arg-type]  # Textual only writes to it

    def run_input_thread(self) -> None:
        """Read the terminal until the app closes."""
        parser = XTermParser(self._debug)
        pastes = Pastes()
        decoder = getincrementaldecoder("utf-8")("replace")
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_TICK):
                    data = self._read()
                    if not data:
                        hang_up(self._app)
                        return
                    read = pastes.feed(decoder.decode(data))
                    # The parser takes an empty text for the end.
                    for message in parser.feed(read) if read else ():
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
        try:
            list(parser.feed(""))
        except (EOFError, ParseError):
            return

    def _read(self) -> bytes:
        """Return what was typed; nothing where the terminal is gone."""
        try:
            return os.read(self.fileno, _CHUNK)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return b""


class _Lenient:
    """A terminal that may go away: what is written then goes nowhere, and Textual's thread lives on."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()


def careful(driver: type[Driver]) -> type[Driver]:
    """Return the driver to use in the place of one that Textual would."""
    return CarefulDriver if driver is LinuxDriver else driver
