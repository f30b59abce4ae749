"""Which sessions of a library still run: each has a file that it holds locked.

The kernel frees the lock of a program however it ends, and the locks of all when the machine does; no number
of a process is asked for, as another one may have it by then. On network homes Linux hands the lock on to
the server.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from papers_tui.index.errors import BusyLibrary

FOLDER: Final = "sessions"
"""Beside the files of the library."""

_NAME: Final = re.compile("[0-9a-f]{16}")

_ATTEMPTS: Final = 5

_PATIENCE: Final = 5.0
"""Seconds for which a block waits for others to leave theirs."""

_PAUSE: Final = 0.01

_NO_LOCKS: Final = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS}

_FLAGS: Final = os.O_CLOEXEC | os.O_NOFOLLOW


class Session:
    """One opening of a library, from its first unfinished note on told to others as long as it lasts."""

    def __init__(self, folder: Path) -> None:
        """Give it a name; `folder` is made when it begins."""
        self.name = secrets.token_hex(8)
        self._folder = folder
        self._descriptor: int | None = None
        self._guard = threading.Lock()

    def begin(self) -> None:
        """Be known to be under way, if that can be: on a full disk, say, it cannot.

        What such a session leaves unfinished is offered to others at once. That loses nothing.
        """
        with self._guard, suppress(OSError):
            if self._descriptor is not None and not self._is_known():
                os.close(self._descriptor)  # the whole data directory was replaced
                self._descriptor = None
            if self._descriptor is None:
                self._folder.mkdir(mode=0o700, exist_ok=True)
                sweep(self._folder)
                self._descriptor = hold(self._folder / self.name)

    def _is_known(self) -> bool:
        """Whether others find the file that tells of it."""
        try:
            found = (self._folder / self.name).stat()
        except OSError:
            return False
        return self._descriptor is not None and os.path.samestat(found, os.fstat(self._descriptor))

    def end(self) -> None:
        """Be over."""
        with self._guard:
            if self._descriptor is not None:
                with suppress(OSError):
                    (self._folder / self.name).unlink(missing_ok=True)
                os.close(self._descriptor)
                self._descriptor = None


def hold(file: Path) -> int | None:
    """Make a file and hold its lock; None where somebody else does. Raises OSError.

    Where the file system has no locks, nobody is known to hold it.
    """
    for _ in range(_ATTEMPTS):
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | _FLAGS, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)  # held, or only looked at just now
            continue
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                os.close(descriptor)
                raise
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)
    return None


@contextmanager
def alone(folder: Path, what: str, *, patience: float = _PATIENCE) -> Iterator[None]:
    """Within this block no other program, and no other thread, is in such a block on the same folder.

    Where the file system has no locks, others may be.

    Raises:
        BusyLibrary: if somebody else was in it for so many seconds, `what` told as the reason.
    """
    with ExitStack() as held:
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY | _FLAGS)
            held.callback(os.close, descriptor)
            end = time.monotonic() + patience
            while not _is_locked(descriptor):
                if time.monotonic() > end:
                    raise BusyLibrary(what, remedy="Nothing was changed. Try again in a moment.")
                time.sleep(_PAUSE)
        yield


def _is_locked(descriptor: int) -> bool:
    """Take the lock of what is open, unless somebody else has it. Raises OSError where there are none."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_running(folder: Path, name: str) -> bool:
    """Whether a session still runs. Where that cannot be told, it does not."""
    return bool(_NAME.fullmatch(name)) and is_held(folder / name)


def is_held(file: Path) -> bool:
    """Whether somebody holds the lock of a file. Where that cannot be told, nobody does."""
    try:
        descriptor = os.open(file, os.O_RDONLY | _FLAGS)
    except OSError:
        return False
    try:
        # Two who look at the same time do not take each other for the session.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def sweep(folder: Path) -> None:
    """Remove the files of sessions that were killed. Raises OSError."""
    for file in folder.iterdir():
        if _NAME.fullmatch(file.name):
            with suppress(OSError):
                _remove_unheld(file)


def _remove_unheld(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR | _FLAGS)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.unlink()
    finally:
        os.close(descriptor)
