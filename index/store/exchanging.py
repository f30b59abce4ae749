"""A new file put in the place of one that cannot be used, which is moved aside as it is."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from papers_tui.index.flushing import flush

_STAMP: Final = "%Y%m%dT%H%M%SZ"


def exchange(path: Path, fresh: Path, *, is_foreign: bool = False) -> Path | None:
    """Put `fresh` in the place of `path`, and return where that is now; None if another file came between.

    It is called `….damaged-…` there, or `….aside-…` if it is nothing of ours.

    Raises:
        OSError: if that cannot be done.
    """
    aside = _moved_aside(path, "aside" if is_foreign else "damaged")
    try:
        os.link(fresh, path)
    except FileExistsError:
        return None
    except OSError:  # a file system without links
        fresh.rename(path)
    flush(path.parent)
    return aside


def _moved_aside(path: Path, word: str) -> Path:
    """Move a file away with its journal, which would be played into a new file of the same name."""
    stamp = datetime.now(UTC).strftime(_STAMP)
    aside = path.with_name(f"{path.name}.{word}-{stamp}")
    turn = 1
    while aside.exists():
        turn += 1
        aside = path.with_name(f"{path.name}.{word}-{stamp}-{turn}")
    for ending in ("-journal", "-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    flush(path.parent)
    return aside
