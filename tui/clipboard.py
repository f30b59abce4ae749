"""The clipboard: which ways there are to reach it, and whether what was copied has arrived.

Every way is a program that may hang, fail in silence or write over the screen, so each runs apart from
this process, with a time limit, and what it did is read back. The exception is OSC 52, an escape sequence
that asks the terminal itself: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html, "Manipulate
Selection Data". No terminal ever answers whether it took the text.
"""

from __future__ import annotations

import base64
import importlib.util
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from papers_tui.index.text import clean
from papers_tui.tui import tmux
from papers_tui.tui.subprocesses import run

Way = Literal["tmux", "pyperclip", "tmux+pyperclip", "osc52", "none"]
"""How a text was copied; `none` when it was not."""

OSC52_LIMIT: Final = 74_000
"""Characters of base64 that terminals are known to take; longer texts are dropped in silence."""

TIME_LIMIT: Final = 3.0
"""Seconds that a clipboard program may take."""

_SCREEN_CHUNK: Final = 250
"""Bytes that GNU screen hands on at once: longer strings are lost (MAXSTR in its sources)."""

_NO_MECHANISM: Final = 3
_NOT_READ_BACK: Final = 4

_CHILD: Final = f"""
import sys, time
sys.path.append(sys.argv[1])
import pyperclip
text = sys.stdin.buffer.read().decode()
try:
    pyperclip.copy(text)
    end = time.monotonic() + 1
    while pyperclip.paste().replace("\\r\\n", "\\n") != text:
        if time.monotonic() > end:
            sys.exit({_NOT_READ_BACK})
        time.sleep(0.02)
except pyperclip.PyperclipException:
    sys.exit({_NO_MECHANISM})
print(pyperclip.copy.__name__)
"""
"""Copies its input, reads it back until it is there (xclip answers before it has the selection), and says
by which of pyperclip's functions."""

_PROGRAMS: Final[Mapping[str, str]] = {
    "copy_xclip": "xclip",
    "copy_xsel": "xsel",
    "copy_wl": "wl-copy",
    "copy_klipper": "Klipper",
    "copy_osx_pbcopy": "pbcopy",
    "copy_wsl": "clip.exe",
}


class _NoWayError(Exception):
    """A way does not lead to the clipboard; the message says why."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a text that was to be copied."""

    way: Way
    text: str
    """The text, clean: what is on the clipboard, or what to show where nothing was copied."""
    message: str
    """What happened, for the user; names the way, and says `copied` only if it was."""
    is_confirmed: bool = False
    """Whether the clipboard was read back and holds the text."""

    @property
    def osc52(self) -> bool:
        """Whether the caller has yet to write `osc52(text)` to the terminal, for the text to get there."""
        return self.way == "osc52"

    @property
    def is_copied(self) -> bool:
        """Whether there was a way. Where not, show the text to the user."""
        return self.way != "none"


def copy(text: str, mode: str = "auto", *, environ: Mapping[str, str] = os.environ) -> Copied:
    """Copy a text, cleaned, by the first way that works here. Blocks for seconds at worst; raises nothing.

    Where the result says `osc52`, nothing was written yet: the terminal belongs to the caller.
    """
    text = clean(text)
    if not text:
        return _not_copied(text, "there is no text")
    if mode == "off":
        return _not_copied(text, "the clipboard is switched off in the configuration")
    ways = {"tmux": _by_tmux, "osc52": _by_terminal, "pyperclip": _by_pyperclip}
    try:
        return ways.get(mode, _by_what_is_here)(text, environ)
    except _NoWayError as error:
        return _not_copied(text, str(error))


def copy_from_cli(text: str, mode: str = "auto", *, environ: Mapping[str, str] = os.environ) -> Copied:
    """Copy a text from a program that does not own the terminal: as `copy`, but OSC 52 is written here."""
    copied = copy(text, mode, environ=environ)
    if not copied.osc52:
        return copied
    try:
        with Path("/dev/tty").open("wb", buffering=0) as terminal:
            terminal.write(osc52(copied.text, environ).encode())
    except OSError:
        return _not_copied(copied.text, "there is neither a display nor a terminal")
    return copied


def osc52(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the escape sequence that asks the terminal to put a text on the clipboard.

    GNU screen drops it unless it comes in device control strings, which it hands on to its terminal.
    """
    sequence = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"
    if not environ.get("STY") or environ.get("TMUX"):
        return sequence
    starts = range(0, len(sequence), _SCREEN_CHUNK)
    return "".join(f"\x1bP{sequence[start : start + _SCREEN_CHUNK]}\x1b\\" for start in starts)


def is_remote(environ: Mapping[str, str]) -> bool:
    """Whether the program runs over SSH: the user's clipboard and browser are elsewhere."""
    return any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))


def has_display(environ: Mapping[str, str]) -> bool:
    """Whether there is a desktop on this machine to talk to."""
    if sys.platform in {"darwin", "win32", "cygwin"}:
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))


def _by_what_is_here(text: str, environ: Mapping[str, str]) -> Copied:
    """Try tmux, the desktop and the terminal, in this order; in tmux on a desktop, both are told.

    Many terminals that run tmux ignore what tmux sends them.
    """
    found: list[Copied] = []
    problems: list[str] = []
    ways = [_by_tmux] if environ.get("TMUX") else []
    if has_display(environ) and not is_remote(environ):
        ways.append(_by_pyperclip)
    for way in ways:
        try:
            found.append(way(text, environ))
        except _NoWayError as error:
            problems.append(str(error))
    if len(found) == 2:
        message = f"{found[1].message}, and to the tmux buffer"
        return Copied("tmux+pyperclip", text, message, is_confirmed=True)
    if found:
        return found[0]
    try:
        sent = _by_terminal(text, environ)
    except _NoWayError as error:
        raise _NoWayError("; ".join([*problems, str(error)])) from None
    message = "; ".join([sent.message, *problems])
    return Copied("osc52", text, message)


def _by_tmux(text: str, environ: Mapping[str, str]) -> Copied:
    if not environ.get("TMUX"):
        raise _NoWayError("this is not a tmux session")
    around = tmux.surroundings(environ, TIME_LIMIT)
    too_long = _too_long(text)
    loaded = tmux.load_buffer(text, environ, TIME_LIMIT, wants_sending=around.passes_on and not too_long)
    if loaded.problem:
        raise _NoWayError(loaded.problem)
    message = "Copied to the tmux buffer"
    if loaded.is_sent:
        message += f", and sent to the terminal, unconfirmed{_outer_tmux(around.terminal)}"
    elif around.passes_on:
        message += f"; {too_long}"
    return Copied("tmux", text, message, is_confirmed=True)


def _by_pyperclip(text: str, environ: Mapping[str, str]) -> Copied:
    spec = importlib.util.find_spec("pyperclip")
    if spec is None or spec.origin is None:
        raise _NoWayError("the library pyperclip is not installed")
    library = str(Path(spec.origin).parent.parent)
    argv = [sys.executable, "-I", "-c", _CHILD, library]
    outcome = run(argv, data=text.encode(), environ=environ, limit=TIME_LIMIT, wants_output=True)
    if outcome.code == 0:
        program = _PROGRAMS.get(outcome.output.decode(errors="replace").strip())
        message = "Copied to the clipboard" + (f" with {program}" if program else "")
        return Copied("pyperclip", text, message, is_confirmed=True)
    if outcome.code == _NO_MECHANISM:
        program = "wl-clipboard" if environ.get("WAYLAND_DISPLAY") else "xclip or xsel"
        raise _NoWayError(f"no clipboard program is installed: {program} is one")
    if outcome.code == _NOT_READ_BACK and not outcome.complaint:
        raise _NoWayError("the clipboard did not take the text")
    raise _NoWayError(f"the clipboard failed: {outcome.why}")


def _by_terminal(text: str, environ: Mapping[str, str]) -> Copied:
    name = environ.get("TERM", "")
    if name in {"linux", "dumb"}:
        raise _NoWayError("this terminal has no clipboard")
    if problem := _too_long(text):
        raise _NoWayError(problem)
    if environ.get("TMUX"):
        option = tmux.surroundings(environ, TIME_LIMIT).set_clipboard
        if option in {"external", "off"}:
            raise _NoWayError(f"tmux drops it, as its set-clipboard is {option}, not on")
    message = "Sent to the terminal's clipboard (OSC 52), unconfirmed"
    outer = "" if environ.get("STY") else _outer_tmux(name)
    return Copied("osc52", text, message + outer)


def _outer_tmux(terminal: str) -> str:
    """Return a remark where the terminal is another tmux: by default that drops what it is sent."""
    is_multiplexer = terminal.startswith(("tmux", "screen"))
    return ": it is a tmux, which needs `set -s set-clipboard on`" if is_multiplexer else ""


def _too_long(text: str) -> str:
    """Return why a text is not sent to a terminal; empty where it may be."""
    size = (len(text.encode()) + 2) // 3 * 4
    if size <= OSC52_LIMIT:
        return ""
    kilobytes = f"{size // 1000} kB, {OSC52_LIMIT // 1000} at most"
    return f"the text is too long for the terminal's clipboard ({kilobytes})"


def _not_copied(text: str, why: str) -> Copied:
    return Copied("none", text, f"Not copied: {why}")
