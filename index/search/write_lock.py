"""One writer at a time, in a directory that is ours alone."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from papers_tui.index.errors import DiskFull, LibraryError
from papers_tui.index.private_folders import make_private
from papers_tui.index.search import manifest

NAME: Final = "lock"

ASIDE: Final = "aside"
"""In the names of what was in the place of an index: `index.aside-3f9a…`."""


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Hold the lock of an index directory, made where it is missing; wait while another program holds it.

    What is in its place is set aside as it is. The kernel frees the lock of a program that dies.

    Raises:
        LibraryError: the directory is another user's, or something went wrong with the disk meanwhile.
        DiskFull: no space was left.
    """
    try:
        if in_the_way(directory):
            directory.rename(directory.with_name(f"{directory.name}.{ASIDE}-{secrets.token_hex(4)}"))
        make_private(directory)
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


def in_the_way(directory: Path) -> str:
    """Return what lies in the place of an index directory and cannot be one; nothing where one can be.

    Raises:
        OSError: it cannot be looked at.
    """
    try:
        found = directory.lstat()
    except FileNotFoundError:
        return ""
    if stat.S_ISLNK(found.st_mode):
        return "a link"
    if not stat.S_ISDIR(found.st_mode):
        return "a file"
    return "another user's folder" if found.st_uid != os.geteuid() else ""


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
