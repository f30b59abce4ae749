"""Notes in the user's editor: the text goes to a private file and comes back from it."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from papers_tui.index.note_files import NoteFile, Place, open_note_file
from papers_tui.index.note_records import comparable, text_of
from papers_tui.index.text import clean_line

_AT_ONCE: Final = 1.0
"""Seconds: an editor that ends sooner with nothing changed has probably opened a window and gone on."""

_BETWEEN_LOOKS: Final = 0.5
"""Seconds between two looks at what an editor has saved."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What came back from the editor."""

    text: str
    """The text to keep: the old one wherever `problem` is not empty."""
    problem: str = ""
    """What went wrong, in words."""
    file: NoteFile | None = None
    """What has the text, until `discard`, or until `leave` lets it be found by others."""
    typed: str | None = None
    """What was typed, where there is a `problem` in spite of it."""
    emptied: str | None = None
    """What the editor had saved before it emptied the file, where it did so without a `problem`."""

    def discard(self) -> None:
        """Delete the file: to be called when the text is safely stored elsewhere.

        What an editor that failed put beside it stays, for the editor.
        """
        if self.file is not None:
            self.file.discard(but_others=bool(self.problem))

    def leave(self) -> Path | None:
        """Leave the file to be found when the note is opened again, and return where it is."""
        if self.file is None:
            return None
        self.file.release()
        return self.file.path


def edit(
    text: str,
    place: Place,
    *,
    is_kept: bool = True,
    hand_over: Callable[[], AbstractContextManager[None]] = contextlib.nullcontext,
    environ: Mapping[str, str] = os.environ,
) -> Edited:
    """Let the user edit a text in $VISUAL or $EDITOR, else vi; returns when the editor ends. Raises nothing.

    `hand_over` gives the terminal to the editor for as long as its context lasts. Whatever fails, the old
    text stands, and the file stays if it has something that is not stored elsewhere: `is_kept` tells
    whether the old text is. What the editor wrote is cleaned.
    """
    try:
        argv = shlex.split(environ.get("VISUAL") or environ.get("EDITOR") or "vi")
    except ValueError:
        argv = []
    if not argv:
        return Edited(text, "$VISUAL or $EDITOR is no command line that can be read")
    with hand_over():
        # Nothing may be raised in here: the terminal would not come back.
        try:
            file = open_note_file(place, text, is_kept=is_kept)
        except OSError as error:
            return Edited(text, f"no file could be made for the editor: {error.strerror}")
        return _session(text, file, argv, environ, is_kept=is_kept)


def _session(
    text: str, file: NoteFile, argv: list[str], environ: Mapping[str, str], *, is_kept: bool
) -> Edited:
    """Run the editor, and read what it made of the file."""
    start = time.monotonic()
    with SavedTexts(file.path, text) as saved:
        failure = _run([*argv, str(file.path)], environ)
    elapsed = time.monotonic() - start
    try:
        typed = text_of(file.path)
    except OSError as error:
        path = clean_line(str(file.path))
        file.release()
        problem = f"the file could not be read back: {error.strerror}. It is {path}"
        return Edited(text, problem, typed=saved.last)
    if not failure and typed is None:
        failure = "the editor removed the file"
    if saved.last is not None and not (typed or "").strip():
        return _brought_back(text, file, failure, saved.last)
    if typed is None or (failure and not typed.strip()) or typed == comparable(text):
        if not failure and elapsed < _AT_ONCE:
            file.release(may_be_open=True)
            return Edited(text, _WINDOWED)
        return Edited(text, failure + _put_away(file, text, is_kept=is_kept))
    return Edited(text, failure, file, typed) if failure else Edited(typed, file=file)


def _brought_back(text: str, file: NoteFile, failure: str, typed: str) -> Edited:
    """Return what an editor had saved before it removed or emptied the file, which gets it back."""
    if not failure:
        return Edited("", file=file, emptied=typed)
    try:
        file.write(typed)
    except OSError:
        file.release()
        return Edited(text, failure, typed=typed)
    return Edited(text, failure, file, typed)


class SavedTexts:
    """Looks at a file while an editor has it, and keeps the last words that were saved to it."""

    def __init__(self, path: Path, start: str) -> None:
        """Begin with the text that is in the file."""
        self.last: str | None = None
        """The last text that is not empty and not that of the start."""
        self._path = path
        self._start = comparable(start)
        self._seen: tuple[int, int, int] | None = None
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="editor", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def look(self) -> None:
        """Keep the text, if the file has changed since the last look."""
        with contextlib.suppress(OSError):
            status = self._path.stat()
            seen = (status.st_ino, status.st_mtime_ns, status.st_size)
            if seen == self._seen:
                return
            text = text_of(self._path)
            self._seen = seen
            if text is not None and text.strip() and text != self._start:
                self.last = text

    def _watch(self) -> None:
        while not self._is_over.wait(_BETWEEN_LOOKS):
            self.look()


def _put_away(file: NoteFile, text: str, *, is_kept: bool) -> str:
    """Remove a file in which nothing was typed, or leave it for what else there is; tell of that."""
    others = file.others
    if is_kept and not others:
        file.discard()
        return ""
    if not is_kept:
        with contextlib.suppress(OSError):
            file.write(text)
    file.release()
    if not others:
        return ""
    return f". It left {clean_line(others[0], limit=80)}: open the note in it again to recover what was typed"


_WINDOWED: Final = (
    "the editor ended at once with nothing changed; one with a window has to be told to wait."
    " What it still saves is offered as a draft"
)


def _run(argv: list[str], environ: Mapping[str, str]) -> str:
    """Run the editor in this terminal; return why it failed, empty if it did not."""
    program = clean_line(argv[0], limit=80)
    try:
        with deaf_to_interrupts():
            code = subprocess.run(argv, env=dict(environ), check=False).returncode  # noqa: S603 - the user's own word
    except FileNotFoundError:
        return f"{program} is not installed; {_blanks(argv) or '$EDITOR names the editor to use'}"
    except (OSError, ValueError) as error:
        why = clean_line(str(error), limit=120)
        return "; ".join(filter(None, (f"{program} did not start: {why}", _blanks(argv))))
    if code < 0:
        return f"{program} was ended by signal {-code}"
    return f"{program} failed with exit code {code}" if code else ""


def _blanks(argv: list[str]) -> str:
    """Say how to name a program whose path was taken for several words, where it was."""
    paths = (Path(" ".join(argv[:count])) for count in range(2, len(argv)))
    with contextlib.suppress(OSError, ValueError):
        if any(path.is_file() for path in paths):
            return "quote a path that has spaces: EDITOR='\"/a path/editor\"'"
    return ""


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
