"""What became of papers that were put into the corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Change = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Join:
    """Two papers that became one, which can be taken apart again."""

    number: int
    """Under which it is remembered how they were."""
    kept: str
    """The id that the first had then."""
    taken: str
    """The id of the second."""
    is_new: bool
    """Whether the second is the description that was put in: it was no paper of the library yet."""
    is_by_title: bool
    """Whether nothing but the title says that they are one, and nothing the contrary."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one paper that was put into the corpus."""

    id: str
    """The paper's id now."""
    key: int
    change: Change
    former_ids: tuple[str, ...] = ()
    """Other ids under which the paper was known or offered: what hangs on them belongs to `id`."""
    joins: tuple[Join, ...] = ()
    """What became one with it, by more than an identifier that it was known by."""
    doubts: tuple[str, ...] = ()
    """The ids of papers with the same title that may be the same, and were left beside it."""
