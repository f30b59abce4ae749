"""A query as it was understood: a tree of conditions, an order, and hints about what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TextField = Literal["title", "abstract", "author", "org", "note", "venue"]
"""Fields that are searched by their words."""

RangeField = Literal["date", "featured", "added", "comments", "upvotes", "authors", "stars", "rating"]
"""Fields that are searched by a range."""

State = Literal["bookmarked", "unread", "reading", "read"]
Part = Literal["note", "tag", "code", "doi", "abstract"]
SortKey = Literal["relevance", "date", "featured", "added", "upvotes", "comments", "trending", "title"]


@dataclass(frozen=True, slots=True)
class Word:
    """Papers with a word. `text` is as it was typed; the index's analysis may make several terms of it."""

    text: str
    field: TextField | None = None
    """None: title, abstract, authors, organisation, venue, ids, tags and note."""
    is_prefix: bool = False
    is_typing: bool = False
    """The last word of a query, still being typed: a prefix that also counts as a whole word."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Papers with these words one after the other."""

    text: str
    field: TextField | None = None
    is_prefix: bool = False
    """Whether the last word may go on."""


@dataclass(frozen=True, slots=True)
class Range:
    """Papers whose number or day lies in a range, both ends included; None is open.

    Days are proleptic Gregorian ordinals (`datetime.date.toordinal`), local days for `added`.
    A paper of which only the month or year is known matches a range that its whole month or year meets.
    """

    field: RangeField
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Tagged:
    """Papers with a whole tag; `is_prefix` while it is typed."""

    tag: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class InCategory:
    """Papers in a category or below it: `cs` covers `cs.CL`, never `csx`. Cases are not told apart.

    `is_prefix` while it is typed: where no paper is in such a category, those count that begin so.
    """

    category: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class FromSource:
    """Papers of a source: its kind, its name or `kind:name`, whole. Cases are not told apart."""

    source: str


@dataclass(frozen=True, slots=True)
class Identified:
    """The paper with an identifier, in canonical form: `arxiv:…`, `doi:…` or `title:…`, or its beginning."""

    id: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class InState:
    """Papers in a reading state, or bookmarked."""

    state: State


@dataclass(frozen=True, slots=True)
class Has:
    """Papers that have a note, a tag, code, a DOI or an abstract."""

    part: Part


@dataclass(frozen=True, slots=True)
class Not:
    """Papers that do not match."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """Papers that match every one."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Papers that match any one."""

    nodes: tuple[Node, ...]


Node = Word | Phrase | Range | Tagged | InCategory | FromSource | Identified | InState | Has | Not | And | Or


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of results. Dates and numbers begin with the newest or largest, titles with A."""

    key: SortKey = "relevance"
    is_reversed: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood."""

    text: str
    """As it was typed."""
    root: Node | None = None
    """None: the whole library."""
    sort: Sort | None = None
    """None: by relevance where there are words, else the newest first."""
    hints: tuple[str, ...] = ()
    """What could not be read, in words, for the person who typed it."""
