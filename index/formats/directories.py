"""What a directory holds, for an import of all of it: files, and what is none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def walked(top: Path) -> Iterator[Path]:
    """Yield the files below a directory, sorted, without hidden ones. No link to a directory is followed."""
    return (path for path in _shown(top) if _is_file(path))


def passed_over(top: Path) -> list[Path]:
    """Return what `walked` leaves out though it is not hidden: pipes, devices, links that lead to no file.

    For a path that is no directory there is nothing.
    """
    return [path for path in _shown(top) if not _is_file(path)]


def _shown(top: Path) -> Iterator[Path]:
    for directory, names, files in os.walk(top):
        names[:] = sorted(name for name in names if not name.startswith("."))
        links = [name for name in names if Path(directory, name).is_symlink()]
        for name in sorted([*files, *links]):
            if not name.startswith("."):
                yield Path(directory, name)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # opening it tells why
        return True
