"""One writer at a time, in a directory that is ours alone."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from papers_tui.index.errors import DiskFull, LibraryError
from papers_tui.index.search import manifest

NAME: Final = "lock"


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Hold the lock of an index directory, made where it is missing; wait while another program holds it.

    The kernel frees the lock of a program that dies.

    Raises:
        LibraryError: the directory is another user's, or something went wrong with the disk meanwhile.
        DiskFull: no space was left.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_private(directory)
        descriptor = os.open(directory / NAME, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise DiskFull(
                f"no space is left for the index in {directory}", remedy="Free some space, then search again."
            ) from error
        raise LibraryError(
            f"the index in {directory} cannot be written: {error.strerror or error}",
            remedy="Check who owns the directory, or choose another with --cache-dir.",
        ) from error


def _make_private(directory: Path) -> None:
    """Close the directory to other users; if they could write to it, nothing in it counts any longer."""
    found = directory.stat()
    if found.st_uid != os.geteuid():
        raise LibraryError(
            f"the index directory {directory} belongs to another user",
            remedy="Choose another with --cache-dir.",
        )
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        (directory / manifest.NAME).unlink(missing_ok=True)
    if stat.S_IMODE(found.st_mode) != 0o700:
        directory.chmod(0o700)
