"""What papers-tui has here to work with: versions, the terminal, the clipboard, the editor, the browser."""

from __future__ import annotations

import importlib.metadata
import locale
import os
import platform
import re
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from papers_tui.index.errors import PapersError
from papers_tui.index.findings import Finding
from papers_tui.index.text import clean_line
from papers_tui.tui.clipboard import TIME_LIMIT, has_display, is_remote
from papers_tui.tui.config import load
from papers_tui.tui.opener import launch_for
from papers_tui.tui.tmux import surroundings as around_tmux

_X11 = Path("/tmp/.X11-unix")  # noqa: S108 - where X11 has its sockets

_SMALL = (40, 12)
"""Columns and rows below which parts of the browser are left out."""


def look_around(config_file: Path, environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Look at everything here that is not the library itself."""
    yield _versions()
    yield from _settings(config_file)
    yield from _terminal(environ)
    yield _clipboard(load(config_file).clipboard, environ)
    yield from _programs(environ)


def _versions() -> Finding:
    found = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    for name in ("papers-tui", "textual", "Whoosh", "numpy"):
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return Finding("versions", "ok", ", ".join([*found, platform.platform(terse=True)]))


def _settings(config_file: Path) -> Iterator[Finding]:
    from papers_tui.tui.themes import theme_names  # noqa: PLC0415 - other verbs do without Textual

    config = load(config_file).with_known_theme(theme_names())
    for problem in config.problems:
        yield Finding("settings", "problem", str(problem), "the rest of the file still counts")
    if not config.problems:
        name = clean_line(str(config_file))
        said = f"{name} is understood" if config_file.exists() else f"there is no {name}: defaults are used"
        yield Finding("settings", "ok", said)


def _terminal(environ: Mapping[str, str]) -> Iterator[Finding]:
    if not sys.stdout.isatty():
        yield Finding("terminal", "note", "this is no terminal: what it can do is not looked at")
        return
    columns, rows = shutil.get_terminal_size()
    name = clean_line(environ.get("TERM", "")) or "nothing"
    said = f"{columns}x{rows}, TERM is {name}, {_colors(environ)}"
    inside = [word for word, is_so in (("tmux", environ.get("TMUX")), ("ssh", is_remote(environ))) if is_so]
    yield Finding("terminal", "ok", ", ".join([said, *(f"inside {word}" for word in inside)]))
    if columns < _SMALL[0] or rows < _SMALL[1]:
        yield Finding("terminal", "note", "the terminal is small: the browser leaves parts out")
    encoding = locale.getpreferredencoding(do_setlocale=False)
    if encoding.lower().replace("-", "") != "utf8":
        message = f"the locale's encoding is {encoding}: borders are drawn with ASCII"
        yield Finding("terminal", "note", message, "LANG=C.UTF-8, or another UTF-8 locale, changes that")


def _colors(environ: Mapping[str, str]) -> str:
    if environ.get("NO_COLOR"):
        return "no colours, as NO_COLOR wants it"
    if environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return "16 million colours"
    term = environ.get("TERM", "")
    if "direct" in term:
        return "16 million colours"
    if "256color" in term:
        return "256 colours"
    return "no colours" if term in {"", "dumb"} else "16 colours"


def _clipboard(mode: str, environ: Mapping[str, str]) -> Finding:
    """Tell which way a citation would be copied, without copying anything."""
    if mode == "off":
        return Finding("clipboard", "note", "the setting is off: nothing is copied")
    if environ.get("TMUX") and mode in {"auto", "tmux"}:
        return _tmux_clipboard(environ)
    if mode == "osc52" or (mode == "auto" and (is_remote(environ) or not has_display(environ))):
        return _terminal_clipboard(environ)
    if silent := _silent_display(environ):
        remedy = f"unset {silent.split()[0]}, and the terminal is asked instead"
        return Finding("clipboard", "note", f"{silent}, but no desktop answers there", remedy)
    wanted = ("wl-copy",) if environ.get("WAYLAND_DISPLAY") else ("xclip", "xsel")
    if sys.platform != "linux" or any(shutil.which(one, path=environ.get("PATH")) for one in wanted):
        return Finding("clipboard", "ok", "the desktop's, and what was copied is read back")
    package = "wl-clipboard" if environ.get("WAYLAND_DISPLAY") else "xclip or xsel"
    return Finding("clipboard", "note", "no clipboard program is installed", f"install {package}")


def _silent_display(environ: Mapping[str, str]) -> str:
    """Return the setting that names a desktop which is not there, as it may be once a session has ended."""
    if name := environ.get("WAYLAND_DISPLAY"):
        place = Path(environ.get("XDG_RUNTIME_DIR", "")) / name
        return "" if place.is_socket() else f"WAYLAND_DISPLAY is {clean_line(name, limit=40)}"
    display = environ.get("DISPLAY", "")
    if number := re.fullmatch(r"(?:unix)?:([0-9]+)(?:\.[0-9]+)?", display):
        place = _X11 / f"X{number[1]}"
        if not place.is_socket() and str(place) not in _abstract_sockets():
            return f"DISPLAY is {display}"
    return ""


def _abstract_sockets() -> str:
    """Return what proc(5) tells of the sockets of this machine, those without a file among them."""
    try:
        return Path("/proc/net/unix").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _tmux_clipboard(environ: Mapping[str, str]) -> Finding:
    if around_tmux(environ, TIME_LIMIT).passes_on:
        return Finding("clipboard", "ok", "tmux, which hands it on to the terminal")
    message = "tmux keeps it to itself: prefix ] pastes it inside"
    return Finding("clipboard", "note", message, "set -s set-clipboard on, in tmux.conf, hands it on")


def _terminal_clipboard(environ: Mapping[str, str]) -> Finding:
    if environ.get("TERM", "dumb") in {"linux", "dumb"}:
        remedy = "a citation is shown to be selected, or saved to a file"
        return Finding("clipboard", "note", "this terminal has no clipboard", remedy)
    message = "the terminal is asked (OSC 52); terminals never confirm that, and some ignore it"
    return Finding("clipboard", "note", message)


def _programs(environ: Mapping[str, str]) -> Iterator[Finding]:
    wanted = environ.get("VISUAL") or environ.get("EDITOR") or "vi"
    try:
        argv = shlex.split(wanted)
    except ValueError:
        argv = []
    name = clean_line(wanted, limit=80)
    if argv and shutil.which(argv[0], path=environ.get("PATH")):
        yield Finding("editor", "ok", f"notes open in {name}")
    else:
        yield Finding("editor", "note", f"there is no editor {name}", "$EDITOR names one; m needs none")
    try:
        launch = launch_for("https://arxiv.org/", environ=environ)
        yield Finding("browser", "ok", f"pages open with {clean_line(launch.argv[0])}")
    except PapersError as error:
        yield Finding("browser", "note", error.message, "$BROWSER names one; o shows the address to copy")
