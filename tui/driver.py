"""Reading the terminal: Textual's driver, but for bytes that are no text and pastes that would be keys."""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from typing import Final

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from papers_tui.tui.pastes import Pastes

_TICK: Final = 0.1
"""Seconds after which an ESC that nothing followed is a key."""

_CHUNK: Final = 4096


class CarefulDriver(LinuxDriver):
    """Reads what is no UTF-8 as U+FFFD, where Textual's thread would die, and lets no paste press keys."""

    def run_input_thread(self) -> None:
        """Read the terminal until the app closes."""
        parser = XTermParser(self._debug)
        pastes = Pastes()
        decoder = getincrementaldecoder("utf-8")("replace")
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_TICK):
                    read = pastes.feed(decoder.decode(os.read(self.fileno, _CHUNK)))
                    # The parser takes an empty text for the end.
                    for message in parser.feed(read) if read else ():
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
        try:
            list(parser.feed(""))
        except (EOFError, ParseError):
            return


def careful(driver: type[Driver]) -> type[Driver]:
    """Return the driver to use in the place of one that Textual would."""
    return CarefulDriver if driver is LinuxDriver else driver
