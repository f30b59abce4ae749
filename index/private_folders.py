"""Folders that nobody but the user may look into."""

from __future__ import annotations

from pathlib import Path


def make_private(folder: Path) -> list[Path]:
    """Make a folder and those that it is in, where they are missing, for the user alone.

    Return what was missing, innermost first. Raises OSError.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in [*reversed(missing), folder]:
        each.mkdir(mode=0o700, exist_ok=True)
    return missing
