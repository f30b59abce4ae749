"""Papers and marks: what the world says of a paper, and what the user says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal

from papers_tui.index.authors import Author

Precision = Literal["day", "month", "year", "none"]

_PRECISIONS: Final[Mapping[int, Precision]] = {4: "year", 7: "month", 10: "day"}


class Kind(StrEnum):
    """What sort of publication a paper is."""

    PREPRINT = "preprint"
    ARTICLE = "article"
    INPROCEEDINGS = "inproceedings"
    BOOK = "book"
    OTHER = "other"


class Status(StrEnum):
    """How far the user has read a paper."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the world says of a paper. Unknown is None or empty, never a guess.

    Every text has been through `papers_tui.index.text` and is safe to print.
    """

    id: str
    """`arxiv:2404.04167`, else `doi:…`, else `title:<slug>-<8 hex>`; see `papers_tui.index.identity`."""
    title: str
    abstract: str = ""
    abstract_note: str | None = None
    """Who wrote the abstract, where it was not the authors."""
    authors: tuple[Author, ...] = ()
    author_count: int | None = None
    organization: str | None = None
    organization_handle: str | None = None
    published: str | None = None
    """ISO 8601, as precise as the source was: `2024-04-05`, `2024-04` or `2024`."""
    appeared: str | None = None
    """When it appeared in its venue, where `published` is the day of the preprint. Written like that."""
    featured: tuple[str, ...] = ()
    """The ISO days on which listings showed the paper, oldest first."""
    comments: int | None = None
    upvotes: int | None = None
    categories: tuple[str, ...] = ()
    """`cs.CL`, the primary one first."""
    kind: Kind = Kind.OTHER
    venue: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    publisher: str | None = None
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What else its sources say of the publication, by the names of `papers_tui.index.details`."""
    arxiv_id: str | None = None
    """Without its version: `2404.04167`, `hep-th/9901001`."""
    doi: str | None = None
    """Bare and lower-case, and only where a source gave it."""
    urls: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """http and https links by what they lead to: `abstract`, `pdf`, `code`, `project`."""
    code: str | None = None
    """The address of the code."""
    stars: int | None = None
    sources: tuple[str, ...] = ()
    """Where the paper came from, as `kind:name`: `listing:dec10.txt`."""
    added: str | None = None
    """When the paper was first imported: ISO 8601 in UTC, to the second. None before it was stored."""
    source_title: str | None = None
    """The title as the source wrote it, where `title` was repaired."""
    source_abstract: str | None = None
    """The abstract as the source wrote it, where `abstract` was repaired."""

    @property
    def precision(self) -> Precision:
        """How precisely `published` is known."""
        return _PRECISIONS[len(self.published)] if self.published else "none"

    @property
    def year(self) -> int | None:
        """The year of publication."""
        return int(self.published[:4]) if self.published else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What the user says of a paper."""

    bookmarked: bool = False
    tags: tuple[str, ...] = ()
    """Sorted, each once."""
    note: str = ""
    note_revision: int = 0
    """Grows with each change of the note; an edit names the revision that it started from."""
    status: Status = Status.UNREAD
    rating: int | None = None
    """1 to 5."""
    trashed: str | None = None
    """When the user removed the paper: ISO 8601 in UTC, to the second. None while it is in the library."""
    edits: tuple[tuple[str, str], ...] = ()
    """What the user says of its fields in place of its sources: see `papers_tui.index.edits`."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is said."""
        is_said = self.bookmarked or self.tags or self.note or self.rating or self.trashed or self.edits
        return not is_said and self.status is Status.UNREAD


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper together with its marks."""

    paper: Paper
    marks: Marks = Marks()
    key: str = ""
    """The citation key that an imported file gives the paper."""
    second_keys: tuple[str, ...] = ()
    """Other keys by which documents cite it."""
    source: Paper | None = None
    """The paper as its sources describe it, where the user says something else of it."""
