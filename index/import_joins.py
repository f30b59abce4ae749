"""What an import made one: told in its report, and remembered with the marks, to be taken apart again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from papers_tui.index.paper import Entry, Marks
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.mergers import Mergers
from papers_tui.index.store.outcomes import Join, Outcome
from papers_tui.index.store.uniting import MERGED_NOTES, united

_NAMED: Final = 5
"""Papers that a remark names."""

Taken = tuple[str, str]
"""The id of a paper that was taken for another by its title, and the id of that one now."""


def taken_by_title(outcomes: Iterable[Outcome]) -> Iterator[Taken]:
    """Yield what was taken for another paper by its title."""
    for outcome in outcomes:
        for join in outcome.joins:
            if join.is_by_title:
                yield (join.taken if join.taken != outcome.id else join.kept), outcome.id


def remarks(taken: Sequence[Taken], doubtful: int) -> list[str]:
    """Return what is to be said of papers that were joined by their titles, and of those that were not."""
    said = []
    if taken:
        named = [f"{one} with {other}" if one != other else one for one, other in taken[:_NAMED]]
        more = f" and {len(taken) - _NAMED:,} more" if len(taken) > _NAMED else ""
        said.append(
            f"{_papers(len(taken))} joined by title: {', '.join(named)}{more}; merge --undo ID parts them"
        )
    if doubtful:
        verb = "has" if doubtful == 1 else "have"
        said.append(
            f"{_papers(doubtful)} {verb} the title of another and may be it; papers-tui duplicates shows both"
        )
    return said


class JoinedMarks:
    """Remembers the marks that papers had before an import made them one."""

    def __init__(self, corpus: Corpus, marks: MarksStore) -> None:
        self._marks = marks
        self._mergers = Mergers(corpus.database)

    def remember(self, entry: Entry, outcome: Outcome) -> None:
        """Remember them, of the papers that the description in an entry made one."""
        for join in outcome.joins:
            kept, taken = self._before(join, outcome.id, entry.marks)
            if not (kept.is_blank and taken.is_blank):
                self._mergers.remember_marks(join.number, kept, taken)

    def _before(self, join: Join, now_called: str, new: Marks) -> tuple[Marks, Marks]:
        known = self._marks.get_many([join.kept, join.taken, now_called])
        kept = known.get(join.kept, Marks())
        if now_called not in {join.kept, join.taken}:  # marks of the same import came under the new id
            kept = united(kept, known.get(now_called, Marks()), between=MERGED_NOTES)
        return kept, new if join.is_new else known.get(join.taken, Marks())


def _papers(count: int) -> str:
    return f"{count:,} paper" if count == 1 else f"{count:,} papers"
