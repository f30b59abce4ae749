"""The errors of papers-tui: one small tree.

Every error says what happened and what to do next. Screens show `title`, the message and `remedy`;
the command line prints the same and exits with `exit_code`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar


class PapersError(Exception):
    """Something that the user is told about, with what to do next."""

    title: ClassVar[str] = "That did not work"
    exit_code: ClassVar[int] = 4

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UnusableInput(PapersError):
    """A file that cannot be read as papers."""

    title = "The input could not be used"
    exit_code = 3

    def __init__(
        self,
        path: Path | str,
        message: str,
        *,
        remedy: str = "",
        where: str = "file",
        detected: str | None = None,
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.path = path
        self.where = where
        """`file`, or the place of the damage: `line 12`, `byte 4096`."""
        self.detected = detected
        """The name of the format, where it was known before the damage was met."""


class UnknownPaper(PapersError):
    """An id that no paper of the library has."""

    title = "No such paper"
    exit_code = 1

    def __init__(self, wanted: str, nearest: Sequence[str] = ()) -> None:
        remedy = f"Nearest ids: {', '.join(nearest)}" if nearest else "papers-tui search WORDS finds ids"
        super().__init__(f"no paper has the id {wanted}", remedy=remedy)
        self.wanted = wanted
        self.nearest = tuple(nearest)


class WrongUsage(PapersError):
    """A request that cannot be carried out as it was worded."""

    title = "Wrong usage"
    exit_code = 2


class UnwritableFile(PapersError):
    """A file that the user named, and that cannot be written."""

    title = "The file could not be written"


class LibraryError(PapersError):
    """The library cannot be used as asked."""

    title = "The library could not be used"


class ReadOnlyLibrary(LibraryError):
    """A change was asked of a library that can only be read."""

    title = "The library is read-only"


class NewerLibrary(LibraryError):
    """A file written by a later version of papers-tui."""

    title = "The library is newer than this program"


class DamagedLibrary(LibraryError):
    """A store that is damaged."""

    title = "The library is damaged"
    path: Path | None = None
    """The store."""


class ForeignFile(DamagedLibrary):
    """A file in the place of a store that is nothing of ours: another program's, or an empty one."""

    title = "Another file is in the place of the library"


class LostFile(ForeignFile):
    """A store that is missing or empty, though there are backups of it."""

    title = "A file of the library is missing"


class BusyLibrary(LibraryError):
    """Another program kept the library locked for longer than we wait."""

    title = "The library is busy"


class DiskFull(LibraryError):
    """No space is left to write."""

    title = "The disk is full"
