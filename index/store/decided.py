"""What a step of the journal decided of two papers, as it is written down with the step."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Literal

from papers_tui.index.store.failures import UnreadableRow

State = Literal["", "joined", "same", "apart"]
"""Nothing was said; an import made them one; the user did; the user keeps them apart."""

VERDICT: Final = "decided/"
"""How the names of the settings begin that hold what the user said of pairs of ids."""

_JOINED: Final = ("joined", "same")


@dataclass(frozen=True, slots=True)
class Decided:
    """What a step decided of a pair."""

    one: str
    """The id that both have where they are one."""
    other: str
    was: State
    now: State
    papers: tuple[str, str]
    """Both as they are where they are two, as the store keeps papers."""
    moved: tuple[int, ...] = ()
    """The items of earlier steps that are the other one's."""
    former: tuple[str, str] = ("", "")
    """The ids that both had when that was decided, where others are given; not written down."""

    @property
    def pair(self) -> tuple[str, str]:
        """The ids in order."""
        return (self.one, self.other) if self.one <= self.other else (self.other, self.one)

    def reached(self, action: Literal["undo", "redo"]) -> tuple[State, State]:
        """Return the states before and after the step is undone, or done again."""
        return (self.now, self.was) if action == "undo" else (self.was, self.now)


def read_decided(text: str) -> Decided | None:
    """Return what a step decided; None if it is one of marks alone. Raises UnreadableRow."""
    if not text:
        return None
    try:
        found = json.loads(text)
        one, other = map(str, found["pair"])
        papers, moved = tuple(map(str, found["papers"])), tuple(map(int, found["moved"]))
        return Decided(one, other, found["was"], found["now"], (papers[0], papers[1]), moved)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise UnreadableRow from error


def is_joined(state: State) -> bool:
    """Whether two papers are one in a state."""
    return state in _JOINED


def written(decided: Decided) -> str:
    """Return it as JSON."""
    document: dict[str, Any] = {"pair": (decided.one, decided.other), "was": decided.was, "now": decided.now}
    return json.dumps(document | {"papers": decided.papers, "moved": decided.moved}, ensure_ascii=False)
