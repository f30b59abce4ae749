"""The ways in which a system tells a program to end: it does, but keeps first what was typed."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import sys
import termios
import threading
from typing import Final

from textual.app import App

_BY_SIGNAL: Final = 128
"""What shells add to the number of the signal that ended a program."""


def end_on_signals(app: App[int]) -> None:
    """Leave an app as its own key would on SIGTERM, and on SIGHUP: its terminal was closed."""
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, _end, app, number)


def hang_up(app: App[int]) -> None:
    """Leave an app whose terminal is gone. May be called from any thread."""
    app.call_later(_end, app, signal.SIGHUP)


def _end(app: App[int], number: signal.Signals) -> None:
    if number == signal.SIGHUP:
        _forget_terminal()
    app.exit(_BY_SIGNAL + number, return_code=_BY_SIGNAL + number)


def _forget_terminal() -> None:
    """Point those of the standard streams nowhere that are gone: nothing still said may fail, or wait."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
        if stream is not None and _is_gone(stream.fileno()):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _is_gone(descriptor: int) -> bool:
    """Tell whether a terminal was closed. One from which somebody else sent the signal is put in order."""
    if not stat.S_ISCHR(os.fstat(descriptor).st_mode):
        return False
    try:
        termios.tcgetattr(descriptor)
    except termios.error:
        return True
    return False
