"""Notes in the user's editor: the text goes to a private file and comes back from it."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from papers_tui.index.text import clean, clean_line

_PREFIX: Final = "papers-note-"

_AT_ONCE: Final = 1.0
"""Seconds: an editor that ends sooner with nothing changed has probably opened a window and gone on."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What came back from the editor."""

    text: str
    """The text to keep: the old one wherever `problem` is not empty."""
    problem: str = ""
    """What went wrong, in words, with the file that holds what was typed."""
    file: Path | None = None
    """Where the text lies, readable by the user alone, until `discard`."""
    typed: str | None = None
    """What was typed, where there is a `problem` in spite of it."""

    def discard(self) -> None:
        """Delete the file: to be called when the text is safely stored elsewhere."""
        if self.file is not None and not self.problem:
            self.file.unlink(missing_ok=True)


def edit(
    text: str,
    *,
    hand_over: Callable[[], AbstractContextManager[None]] = contextlib.nullcontext,
    environ: Mapping[str, str] = os.environ,
) -> Edited:
    """Let the user edit a text in $VISUAL or $EDITOR, else vi; returns when the editor ends. Raises nothing.

    `hand_over` gives the terminal to the editor for as long as its context lasts. Whatever fails, the old
    text stands and the file stays; what the editor wrote is cleaned.
    """
    try:
        argv = shlex.split(environ.get("VISUAL") or environ.get("EDITOR") or "vi")
    except ValueError:
        argv = []
    if not argv:
        return Edited(text, "$VISUAL or $EDITOR is no command line that can be read")
    with hand_over():
        # Nothing may be raised in here: the terminal would not come back.
        return _session(text, argv, environ)


def _session(text: str, argv: list[str], environ: Mapping[str, str]) -> Edited:
    """Write the file, run the editor, and read what it made of it."""
    try:
        file = _written(text)
    except OSError as error:
        return Edited(text, f"no file could be made for the editor: {error.strerror}")
    start = time.monotonic()
    failure = _run([*argv, str(file)], environ)
    elapsed = time.monotonic() - start
    try:
        typed = clean(file.read_bytes().decode("utf-8-sig")).rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        return _kept(text, file, f"the file could not be read back: {reason}")
    if typed != clean(text).rstrip("\n"):
        return _kept(text, file, failure, typed) if failure else Edited(typed, file=file)
    if not failure and elapsed < _AT_ONCE:
        return _kept(
            text, file, "the editor ended at once with nothing changed; windowed ones need to be told to wait"
        )
    file.unlink(missing_ok=True)
    return Edited(text, failure)


def keep_in_file(text: str, file: Path | None = None) -> Path:
    """Keep a text that could not be stored in a private file, in the place of `file`. Raises OSError."""
    new = _written(text)
    if file is not None:
        file.unlink(missing_ok=True)
    return new


def abandoned_files() -> list[Path]:
    """Return the files with notes of programs that ended before the notes were stored."""
    try:
        files = sorted(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*.md"))
        return [file for file in files if _is_abandoned(file)]
    except OSError:
        return []


def _is_abandoned(file: Path) -> bool:
    number = file.name.removeprefix(_PREFIX).partition("-")[0]
    status = file.lstat()
    if not number.isdecimal() or not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
        return False
    if int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        pass
    return False


def _written(text: str) -> Path:
    """Write a text to a new file that only the user can read, its last line ended as editors want it."""
    descriptor, name = tempfile.mkstemp(prefix=f"{_PREFIX}{os.getpid()}-", suffix=".md")
    with contextlib.ExitStack() as unless_written:
        unless_written.callback(Path(name).unlink, missing_ok=True)
        with open(descriptor, "w", encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor, not a path
            stream.write(text + "\n" if text and not text.endswith("\n") else text)
        unless_written.pop_all()
    return Path(name)


def _run(argv: list[str], environ: Mapping[str, str]) -> str:
    """Run the editor in this terminal; return why it failed, empty if it did not."""
    program = clean_line(argv[0], limit=80)
    try:
        with deaf_to_interrupts():
            code = subprocess.run(argv, env=dict(environ), check=False).returncode  # noqa: S603 - the user's own word
    except FileNotFoundError:
        return f"{program} is not installed; $EDITOR names the editor to use"
    except (OSError, ValueError) as error:
        return f"{program} did not start: {clean_line(str(error), limit=120)}"
    return f"{program} failed with exit code {code}" if code else ""


@contextlib.contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Leave interrupt and quit keys to a program in this terminal, which does not inherit the handler."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGINT, signal.SIGQUIT)
    before = [signal.signal(number, lambda *_: None) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _kept(text: str, file: Path, why: str, typed: str | None = None) -> Edited:
    return Edited(text, f"{why}. Kept: {file}", file, typed)
