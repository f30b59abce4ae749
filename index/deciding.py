"""What the user decides of pairs of papers: done in both stores, taken back and done again like any change.

marks.db says what was decided, papers.db holds the papers as that makes them. Two papers are made one in
marks.db first and parted in papers.db first: cut short in between, they are found decided to be one when the
library is opened next, which completes it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import partial
from typing import Final, Literal

from papers_tui.index.errors import BusyLibrary, UnknownPaper, WrongUsage
from papers_tui.index.paper import Marks, Paper
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.decided import Decided, State, is_joined
from papers_tui.index.store.decisions import Decisions
from papers_tui.index.store.journal import Change, Item, OtherStep
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.merge import merge
from papers_tui.index.store.mergers import Mergers, Part
from papers_tui.index.store.sessions import alone
from papers_tui.index.store.uniting import IMPORTED_NOTES, MERGED_NOTES, reverted, united

_ATTEMPTS: Final = 5

_GLANCE: Final = 0.2
"""Seconds that the opening of a library waits for another program that takes papers apart or together."""

_BUSY: Final = "another window is changing what papers are one"


class Deciding:
    """Makes papers one and two as the user says."""

    def __init__(self, corpus: Corpus, marks: MarksStore) -> None:
        self._corpus = corpus
        self._marks = marks
        self._mergers = Mergers(corpus.database)
        self._decisions = Decisions(marks)

    def merge(self, one: str, other: str) -> tuple[str, ...]:
        """Make two papers one, with the best and the marks of both; return its id.

        Raises:
            WrongUsage: they are one paper already.
        """
        with self._alone():
            first, second = self._corpus.get(one), self._corpus.get(other)
            if first is None or second is None or first.id == second.id:
                raise WrongUsage(f"{one} and {other} are one paper already", remedy="Nothing was changed.")
            return self._merged(first, second)

    def _merged(self, first: Paper, second: Paper) -> tuple[str, ...]:
        before = self._marks.get_many([first.id, second.id])
        was: State = "apart" if self._verdict(first.id, second.id) == "apart" else ""
        self._decisions.join((first, merge(first, second).id), second, was)
        joined = self._join(first.id, second.id, before)
        return (joined or first.id,)

    def separate(self, paper_id: str) -> tuple[str, ...]:
        """Take apart what last became one, with the marks that each had; return both ids.

        Marks made since stay with the paper that has the id of the one. What the user had joined is a
        doubtful pair again; both are kept apart where that was said before, or an import would join them.

        Raises:
            UnknownPaper: the paper was never two.
        """
        with self._alone():
            return self._separated(paper_id)

    def _separated(self, paper_id: str) -> tuple[str, ...]:
        parts = self._mergers.parts(paper_id)
        if parts is None:
            error = UnknownPaper(paper_id)
            error.message, error.remedy = f"{paper_id} was not merged", "papers-tui show ID tells its sources"
            raise error
        now_called = self._now_called(paper_id)
        is_second = parts[0].paper.id != now_called == parts[1].paper.id
        stays, leaves = (parts[1], parts[0]) if is_second else parts
        states = self._parting(stays.paper, leaves.paper)
        ids = self._mergers.separate(paper_id, is_decided=states[1] == "apart")
        if ids is None:
            return ()
        if leaves is parts[1]:  # two papers of one title may have had one id
            leaves = replace(leaves, paper=replace(leaves.paper, id=ids[1]))
        self._marks.rename(now_called, stays.paper.id)
        self._decisions.part(*self._divided(stays, leaves), (stays.paper, leaves.paper), states)
        return ids

    def _parting(self, stays: Paper, leaves: Paper) -> tuple[State, State]:
        """Return what was said of papers that are taken apart, and what is to be."""
        pair = (stays.id, leaves.id)
        if self._verdict(*pair) != "same":
            return "joined", "apart"
        from papers_tui.index.store.matching import is_same, share_identifier, title_key  # noqa: PLC0415 - a start compares none

        is_joined_anew = share_identifier(stays, leaves) or (
            title_key(stays.title) == title_key(leaves.title) and is_same(stays, leaves)
        )
        return "same", "apart" if is_joined_anew else self._decisions.said_before_join(pair)

    def are_apart(self, one: str, other: str) -> bool:
        """Whether two papers, by the ids that they have now, are kept apart."""
        return self._verdict(one, other) == "apart"

    def keep_apart(self, one: str, other: str) -> None:
        """Remember that two papers are different: they are not shown as a pair, nor joined by an import.

        Raises:
            WrongUsage: they are one paper by now.
        """
        with self._alone():
            first, second = self._corpus.get(one), self._corpus.get(other)
            if first is not None and second is not None and first.id == second.id:
                raise WrongUsage(
                    f"{one} and {other} are one paper", remedy=f"papers-tui merge --undo {first.id}"
                )
            self._mergers.keep_apart(one, other)
            if first is not None and second is not None and self._verdict(first.id, second.id) != "apart":
                self._decisions.keep_apart(first, second)

    def travel(self, action: Literal["undo", "redo"]) -> Change | None:
        """Take the last change back, or make the one again that was last taken back; None without any."""
        with self._alone():
            for _ in range(_ATTEMPTS):
                number, decided = self._decisions.next_step(action)
                try:
                    return self._travel(action, number, decided)
                except OtherStep:  # another window marked something meanwhile, which is the next one now
                    self._settle()
        raise BusyLibrary(_BUSY, remedy="Try again in a moment.")

    def _travel(self, action: Literal["undo", "redo"], number: int, decided: Decided | None) -> Change | None:
        travel = partial(self._marks.undo if action == "undo" else self._marks.redo, number)
        if decided is None:
            return travel()
        before, after = decided.reached(action)
        found = self._marks.get_many([decided.one, decided.other])
        one, other = self._named(decided)
        marks = {one: found.get(decided.one, Marks()), other: found.get(decided.other, Marks())}
        if is_joined(before) and not is_joined(after):
            self._part(decided, is_apart=after == "apart")
        elif before == "apart":
            self._mergers.release(*decided.former)
        change = travel()
        if is_joined(after) and not is_joined(before):
            self._join(one, other, marks)
        elif after == "apart":
            self._mergers.keep_apart(*decided.former)
        return change

    def settle(self) -> None:
        """Let papers.db be as marks.db says: it may be new, or a merger was cut short.

        Not where another program is about to do so itself, for which nobody waits to read.
        """
        with suppress(BusyLibrary), alone(self._marks.path.parent, _BUSY, patience=_GLANCE):
            self._settle()

    def _settle(self) -> None:
        verdicts = self._decisions.verdicts()
        apart = {pair for pair, verdict in verdicts.items() if verdict == "apart"}
        present = self._mergers.apart()
        if present - apart:
            self._decisions.take_over(present - verdicts.keys())
        for one, other in apart - present:
            self._mergers.keep_apart(one, other)
        same = [pair for pair, verdict in verdicts.items() if verdict == "same"]
        keys = self._corpus.keys_of({paper_id for pair in same for paper_id in pair}) if same else {}
        if lacking := [pair for pair in same if not keys.keys() >= set(pair)]:  # one may have a better id
            same = [*(set(same) - set(lacking)), *map(self._decisions.called_now, lacking)]
            keys = self._corpus.keys_of({paper_id for pair in same for paper_id in pair})
        for one, other in same:
            if one in keys and other in keys and keys[one] != keys[other]:
                ids = (self._now_called(one), self._now_called(other))
                self._join(*ids, self._marks.get_many(ids))

    def _join(self, one: str, other: str, marks: dict[str, Marks]) -> str | None:
        """Make two papers one in papers.db; return its id, or None where that is one or lacks one."""
        joined = self._mergers.join(*((name, marks.get(name, Marks())) for name in (one, other)))
        if joined is None:
            return None
        paper_id, former = joined
        for name in former:
            self._marks.rename(name, paper_id)
        return paper_id

    def _named(self, decided: Decided) -> tuple[str, str]:
        """Return the ids by which papers.db knows two papers: it may be new, and not know those of then."""
        known = self._corpus.keys_of(decided.former)
        one, other = decided.former
        return one if one in known else decided.one, other if other in known else decided.other

    def _part(self, decided: Decided, *, is_apart: bool) -> None:
        """Part in papers.db what was decided to be one; what became one with it later is so again."""
        name = self._named(decided)[0]
        now_called = self._now_called(name)
        later: list[tuple[tuple[str, Marks], tuple[str, Marks]]] = []
        while parts := self._mergers.parts(name):
            is_meant = _are_of(parts, decided)
            ids = self._mergers.separate(name, is_decided=is_apart and is_meant)
            if is_meant or ids is None:
                break
            later.append(((ids[0], parts[0].marks), (ids[1], parts[1].marks)))
        for one, other in reversed(later):
            self._mergers.join(one, other)
        self._marks.rename(now_called, self._now_called(name))

    def _divided(self, stays: Part, leaves: Part) -> tuple[Item, Item]:
        """Return what becomes of the marks of two papers that were one."""
        ids = (stays.paper.id, leaves.paper.id)
        now, there = (self._marks.get(paper_id) for paper_id in ids)
        joined = self._decisions.before_join(ids)
        if joined:
            made, ours = joined[ids[0]].after, joined[ids[0]].before
            theirs = joined[ids[1]].before
        else:
            ours, theirs = stays.marks, leaves.marks
            ways = [
                united(first, second, between=between)
                for between in (MERGED_NOTES, IMPORTED_NOTES)
                for first, second in ((ours, theirs), (theirs, ours))
            ]
            made = next((one for one in ways if one.note == now.note), ways[0])
        return (
            Item(ids[0], now, reverted(now, made, ours)[0]),
            Item(ids[1], there, united(there, theirs, between=MERGED_NOTES)),
        )

    def _alone(self) -> AbstractContextManager[None]:
        """Two windows that decide, or take back what was decided, do so one after the other."""
        return alone(self._marks.path.parent, _BUSY)

    def _verdict(self, one: str, other: str) -> str | None:
        return self._decisions.verdicts().get((min(one, other), max(one, other)))

    def _now_called(self, paper_id: str) -> str:
        return self._corpus.renamed([paper_id]).get(paper_id, paper_id)


def _are_of(parts: tuple[Part, Part], decided: Decided) -> bool:
    """Whether two papers are those that were decided to be one, by the ids that they have now or had then."""
    names = [{part.paper.id, *part.names} for part in parts]
    one, other = ({now, then} for now, then in zip((decided.one, decided.other), decided.former, strict=True))
    return any(
        one & ours and other & theirs and not (one & theirs or other & ours)
        for ours, theirs in (names, names[::-1])
    )
