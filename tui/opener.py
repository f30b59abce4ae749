"""Other programs that people work in: the browser for links, the editor for notes. No shell is used."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Protocol
from urllib.parse import urlsplit

from papers_tui.index.errors import PapersError
from papers_tui.index.note_files import Place
from papers_tui.index.text import clean_line
from papers_tui.tui.clipboard import has_display, is_remote
from papers_tui.tui.editor import Edited, deaf_to_interrupts, edit

_TEXT_BROWSERS: Final = frozenset(
    {"w3m", "lynx", "links", "elinks", "www-browser", "browsh", "carbonyl", "links2"}
)
_DESKTOP_BROWSERS: Final = (
    ("xdg-open",),
    ("gio", "open"),
    ("wslview",),
    ("x-www-browser",),
    ("sensible-browser",),
    ("firefox",),
    ("chromium",),
    ("google-chrome",),
)
_PATIENCE: Final = 0.7
"""Seconds in which a launcher that cannot do it says so; one that still runs has a window to show."""


class Suspendable(Protocol):
    """What a program in the terminal needs of an app: a context in which the terminal is not the app's."""

    def suspend(self) -> AbstractContextManager[None]:
        """Give the terminal away, and take it back at the end."""


@dataclass(frozen=True, slots=True)
class Launch:
    """How an address will be opened."""

    argv: tuple[str, ...]
    needs_terminal: bool
    """Whether the program draws in this terminal, so that the screen must be handed over to it."""


def host_of(url: str) -> str:
    """Return the host that an address leads to. Raises PapersError for an address that is not opened.

    Only http and https are, with a host, without a user name or password, and without blanks or controls.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _refused(url, "it is malformed") from None
    if any(character <= " " or character == "\x7f" for character in url) or not url.isprintable():
        raise _refused(url, "it has blanks or control characters")
    if parts.scheme not in {"http", "https"}:
        raise _refused(url, "only http and https addresses are opened")
    if "@" in parts.netloc or "\\" in url:
        raise _refused(url, "it hides where it leads to")
    if not host or port == 0:
        raise _refused(url, "it has no host")
    return host


def launch_for(url: str, *, environ: Mapping[str, str] = os.environ) -> Launch:
    """Tell how an address would be opened here. Raises PapersError where it cannot be."""
    host_of(url)
    for argv in _candidates(url, environ):
        if shutil.which(argv[0], path=environ.get("PATH")):
            return Launch(argv, PurePath(argv[0]).name in _TEXT_BROWSERS)
    if environ.get("BROWSER"):
        why = f"$BROWSER names no program that is here: {clean_line(environ['BROWSER'], limit=80)}"
    elif is_remote(environ):
        why = "this is an SSH session, and its browser would be on the other machine"
    else:
        why = "there is no browser here" if has_display(environ) else "there is no display here"
    raise PapersError(why, remedy=f"copy the address: {url}")


def open_url(url: str, *, environ: Mapping[str, str] = os.environ) -> None:
    """Open an address in the browser, which keeps nothing of this terminal. Blocks for less than a second.

    Raises PapersError, with the address to copy, where there is no browser or it fails at once, and for a
    text browser, which needs the terminal: `launch_for` tells.
    """
    launch = launch_for(url, environ=environ)
    if launch.needs_terminal:
        raise PapersError(f"{launch.argv[0]} needs the terminal", remedy=f"copy the address: {url}")
    try:
        process = subprocess.Popen(  # noqa: S603 - the user's browser; the address was checked
            launch.argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(environ),
            start_new_session=True,
        )
    except OSError as error:
        raise _failed(launch, url, error.strerror or "it did not start") from None
    try:
        code = process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.wait, daemon=True).start()
        return
    if code:
        raise _failed(launch, url, f"exit code {code}")


def open_here(app: Suspendable, launch: Launch, *, environ: Mapping[str, str] = os.environ) -> None:
    """Run a text browser in the app's terminal. Blocks until it is left; interrupts are the browser's own.

    Raises PapersError where it does not start, and where the terminal cannot be handed over.
    """
    from textual.app import SuspendNotSupported  # noqa: PLC0415 - the command line opens addresses without Textual

    failure = ""
    try:
        with app.suspend(), deaf_to_interrupts():
            # Nothing may be raised in here: the terminal would not come back.
            try:
                subprocess.run(launch.argv, env=dict(environ), check=False)  # noqa: S603 - the user's browser; the address was checked
            except OSError as error:
                failure = error.strerror or "it did not start"
    except SuspendNotSupported:
        failure = "this terminal cannot be handed over to it"
    if failure:
        raise _failed(launch, launch.argv[-1], failure)


def edit_text(
    app: Suspendable,
    text: str,
    place: Place,
    *,
    is_kept: bool = True,
    environ: Mapping[str, str] = os.environ,
) -> Edited:
    """Let the user edit a text in their editor, which gets the app's terminal. Blocks; raises nothing.

    See `papers_tui.tui.editor.edit`, which also serves where no app runs.
    """
    from textual.app import SuspendNotSupported  # noqa: PLC0415 - the command line opens addresses without Textual

    try:
        return edit(text, place, is_kept=is_kept, hand_over=app.suspend, environ=environ)
    except SuspendNotSupported:
        return Edited(text, "this terminal cannot be handed over to an editor")


def _candidates(url: str, environ: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield command lines in the order in which they are tried: the user's word, then the desktop's."""
    wanted = environ.get("BROWSER", "")
    for template in filter(None, wanted.split(os.pathsep)):
        if argv := _filled(template, url):
            yield argv
    if wanted or is_remote(environ) or not has_display(environ):
        return
    if sys.platform == "darwin":
        yield "open", url
    for argv in _DESKTOP_BROWSERS:
        yield *argv, url


def _filled(template: str, url: str) -> tuple[str, ...]:
    """Put an address into one entry of $BROWSER: at `%s`, else at the end; a last `&` means nothing here."""
    try:
        words = shlex.split(template)
    except ValueError:
        return ()
    if words and words[-1] == "&":
        words.pop()
    if not words:
        return ()
    filled = [word.replace("%s", url).replace("%%", "%") if "%s" in word else word for word in words]
    return tuple(filled) if filled != words else (*words, url)


def _refused(url: str, why: str) -> PapersError:
    return PapersError(f"the address was not opened: {why}", remedy=clean_line(url, limit=300))


def _failed(launch: Launch, url: str, why: str) -> PapersError:
    return PapersError(f"{launch.argv[0]} failed: {why}", remedy=f"copy the address: {url}")
