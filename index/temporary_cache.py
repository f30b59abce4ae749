"""A place for the index of one run, where the cache directory cannot be written."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

_PREFIX: Final = "papers-tui-index-"
_OWNER: Final = "owner"


class TemporaryCache:
    """A directory that goes away when it is closed. Those of runs that were killed go away with the next one.

    Raises:
        OSError: if there is no room for temporary files.
    """

    def __init__(self) -> None:
        _sweep(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        """For the user alone."""
        self._owner = os.open(self.path / _OWNER, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._owner, fcntl.LOCK_EX)

    def close(self) -> None:
        """Remove the directory."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._owner)


def _sweep(folder: Path) -> None:
    """Remove the directories of ours that no program holds: the kernel frees the locks of one that dies."""
    for directory in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if directory.is_symlink() or directory.lstat().st_uid != os.geteuid():
                continue
            owner = os.open(directory / _OWNER, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(directory, ignore_errors=True)
            finally:
                os.close(owner)
