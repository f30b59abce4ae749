"""Files that the user names, written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from papers_tui.index.errors import UnwritableFile, WrongUsage
from papers_tui.index.flushing import flush
from papers_tui.index.text import clean_line


def write_whole(path: Path, chunks: Iterable[str]) -> None:
    """Write a file beside its place, readable by the user alone, and move it there once it is on the disk.

    A link stays one: the file that it leads to is written. What is no file, such as a device or a pipe, is
    written to and not replaced. `chunks` need CR LF line ends as they want them.

    Raises:
        UnwritableFile: it cannot be; what was there is untouched.
    """
    try:
        target = Path(os.path.realpath(path))
        if _is_special(target):
            _write_through(target, chunks)
        else:
            _replace(target, chunks)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or clean_line(str(error))
        raise UnwritableFile(
            f"{clean_line(os.fsencode(path).decode(errors='replace'), limit=500)}: {why}",
            remedy="what was there is untouched",
        ) from error


def named(name: str, option: str) -> str:
    """Return the name of a file that an option gives. Raises WrongUsage for an empty one (`"$UNSET"`)."""
    if not name:
        raise WrongUsage(f"{option} names no file", remedy=f"{option} FILE")
    return name


def _is_special(target: Path) -> bool:
    """Tell whether something that is neither a file nor a directory has the name."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _write_through(target: Path, chunks: Iterable[str]) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_NOCTTY | os.O_CLOEXEC)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.writelines(chunks)


def _replace(target: Path, chunks: Iterable[str]) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".papers-tui-", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    with suppress(OSError):  # some file systems cannot flush a folder; the file itself is whole
        flush(target.parent)
