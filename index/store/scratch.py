"""Folders for private copies, which go away."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from papers_tui.index.errors import DiskFull


@contextmanager
def scratch_folder(purpose: str) -> Iterator[Path]:
    """Make a folder for the user alone among the temporary files; `purpose` is a part of its name.

    Raises:
        DiskFull: if nothing can be written where temporary files are kept.
        OSError: if the folder cannot be made.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"papers-tui-{purpose}-"))
    except FileNotFoundError as error:  # so `tempfile` says that it could write nowhere
        raise DiskFull(
            "no temporary file can be written",
            remedy="Nothing was changed. Free some space, or let TMPDIR name a folder with some.",
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
