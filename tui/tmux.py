"""The paste buffer of tmux, and whether tmux hands it on to the terminal around it: tmux(1), "CLIPBOARD"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from papers_tui.tui.subprocesses import Outcome, run

_BLOCK: Final = re.compile(r"^Terminal \d+: \S+ for (\S+),", re.MULTILINE)
_MS: Final = re.compile(r"^ *\d+: Ms: \(string\)", re.MULTILINE)
"""The capability by which tmux knows how a terminal's clipboard is set."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the tmux session that the program runs in, and of the terminal around it."""

    terminal: str = ""
    """What the terminal that shows the session calls itself; empty where none does."""
    has_clipboard: bool = False
    """Whether tmux can set that terminal's clipboard."""
    set_clipboard: str = ""
    """The option: `on`, `external` or `off`; empty where tmux does not answer."""

    @property
    def passes_on(self) -> bool:
        """Whether tmux hands a buffer to the terminal, and may."""
        return self.has_clipboard and self.set_clipboard != "off"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a text that was to be put into the paste buffer."""

    problem: str = ""
    """Why it is not there; empty where it was read back."""
    is_sent: bool = False
    """Whether tmux was asked to send it to the terminal too, which never answers."""


def surroundings(environ: Mapping[str, str], limit: float) -> Surroundings:
    """Ask tmux what is around it."""
    asked = "#{client_tty}|#{client_termname}|#{set-clipboard}"
    argv = ["tmux", "display-message", "-p", asked, ";", "show-messages", "-T"]
    answer = run(argv, data=b"", environ=environ, limit=limit, wants_output=True)
    facts, _, terminals = answer.output.decode(errors="replace").partition("\n")
    if answer.code != 0 or facts.count("|") != 2:
        return Surroundings()
    tty, name, option = facts.split("|")
    blocks = _BLOCK.split(terminals)[1:]
    known = dict(zip(blocks[::2], blocks[1::2], strict=True))
    return Surroundings(name, bool(_MS.search(known.get(tty, ""))), option)


def load_buffer(text: str, environ: Mapping[str, str], limit: float, *, wants_sending: bool) -> Loaded:
    """Put a text into the paste buffer and read it back; send it to the terminal too where that is wanted."""
    data = text.encode()
    is_sent = False
    if wants_sending:  # tmux knows -w since 3.2
        is_sent = _tmux("load-buffer", "-w", "-", data=data, environ=environ, limit=limit).code == 0
    if not is_sent:
        loaded = _tmux("load-buffer", "-", data=data, environ=environ, limit=limit)
        if loaded.code != 0:
            return Loaded(f"tmux failed: {loaded.why}")
    if _tmux("show-buffer", environ=environ, limit=limit).output != data:
        return Loaded("tmux holds another text")
    return Loaded(is_sent=is_sent)


def _tmux(*args: str, environ: Mapping[str, str], limit: float, data: bytes = b"") -> Outcome:
    return run(["tmux", *args], data=data, environ=environ, limit=limit, wants_output=True)
