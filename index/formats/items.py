"""What reading a file gives: entries, and word of what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from papers_tui.index.paper import Entry


@dataclass(frozen=True, slots=True)
class Rejected:
    """A part of the input that could not be read as a paper."""

    where: str
    """`line N` of the decompressed text, from 1; `record N` of one large JSON document; or `file`."""
    why: str
    source: str = ""
    """The part as it stands in the input, where it is worth mending; empty for a whole file."""
    head: str = ""
    """What such parts need before them to be read again: the header of a table."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was assumed, or left out, in reading."""

    text: str


Item = Entry | Rejected | Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a file is to be read."""

    format: str | None = None
    """The name of a format; None finds it by the content."""
    page_date: date | None = None
    """The day of a listing, whatever the page itself says."""
    encoding: str | None = None
    """The name of a character encoding; None takes UTF-8, and UTF-16 or UTF-32 where the bytes show it."""
    today: date = field(default_factory=date.today)


@dataclass(slots=True)
class Reading:
    """A file that is being read. Its items can be taken once; taking the last one closes the file.

    `items` raises UnusableInput, after what came before it was given, where the file is damaged.
    """

    path: Path | None
    """None for a stream."""
    format: str
    items: Iterator[Item]
    bytes_read: Callable[[], int]
    """The bytes taken from the file so far, compressed as they are."""
    size: int | None
    """The bytes of the file; None where that is not known."""
