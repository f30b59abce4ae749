"""What the library keeps safe: removed papers in a trash, backups of the marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from papers_tui.index.deciding import Deciding
from papers_tui.index.editing import edit
from papers_tui.index.edits import edited_entry, unedited
from papers_tui.index.errors import ReadOnlyLibrary, UnknownPaper
from papers_tui.index.naming import named
from papers_tui.index.noticing import Noticing
from papers_tui.index.paper import Entry, Marks, Paper
from papers_tui.index.store.backups import Backup
from papers_tui.index.store.corpus import Stamp
from papers_tui.index.store.marks import Change

if TYPE_CHECKING:
    from papers_tui.index.store.bindings import Bindings


@dataclass(frozen=True, slots=True)
class Removed:
    """A paper in the trash."""

    entry: Entry
    """With the marks that it had, and has again when it comes back."""
    when: str
    """ISO 8601 in UTC."""


def in_trash(wanted: str, paper_id: str) -> UnknownPaper:
    """Return the error that names a paper which the user removed."""
    return _unknown(
        wanted, f"{paper_id} is in the trash", f"papers-tui trash --restore {paper_id} brings it back"
    )


def _unknown(wanted: str, message: str, remedy: str) -> UnknownPaper:
    error = UnknownPaper(wanted)
    error.args, error.message, error.remedy = (message,), message, remedy
    return error


class Keeping(Noticing):
    """The part of the library that loses nothing."""

    @property
    def how_writable(self) -> str:
        """What would let it be changed, in words."""
        return (self._marks if self._marks.is_read_only else self._corpus).how_writable

    def demand_writable(self) -> None:
        """Raise ReadOnlyLibrary where nothing can be changed."""
        if self.is_read_only:
            raise ReadOnlyLibrary(self.why_read_only, remedy=f"Nothing was changed. {self.how_writable}")

    def count(self) -> int:
        """How many papers the library has, those in the trash not among them."""
        return self._corpus.count() - self.count_trashed()

    def count_trashed(self) -> int:
        """How many papers are in the trash."""
        return len(self._corpus.keys_of(self._marks.trashed()))

    def version(self) -> tuple[int, Stamp]:
        """What changes whenever anybody changes marks or papers."""
        return self._marks.version(), self._corpus.stamp()

    def marks_version(self) -> int:
        """A number that changes whenever anybody changes marks."""
        return self._marks.version()

    @cached_property
    def bindings(self) -> Bindings:
        """The files that are bound to queries."""
        from papers_tui.index.store.bindings import Bindings  # noqa: PLC0415 - few libraries have any

        return Bindings(self._marks.database)

    def edit(self, paper_id: str, changes: Mapping[str, str | None]) -> Change:
        """Say what fields of a paper are; None lets its sources say it again. It can be undone.

        The index is to be brought up to date afterwards.

        Raises:
            UnknownPaper: no paper has the id.
            WrongUsage: a field or a value cannot be; nothing is changed then.
        """
        self.demand_writable()
        canonical = named(paper_id, self._corpus, self._marks)
        paper = self._corpus.get(canonical)
        if paper is None:
            raise UnknownPaper(paper_id, self._corpus.nearest_ids(canonical))
        return edit(self._marks, paper, changes)

    # The trash

    def remove(self, paper_ids: Sequence[str]) -> Change:
        """Move papers, by ids in any spelling, to the trash, with their marks. It can be undone.

        Raises:
            UnknownPaper: no paper has one of the ids; nothing is removed then.
        """
        self.demand_writable()
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        keys = dict(self._corpus.keys_of(paper_ids))
        spelled = {named(one, self._corpus, self._marks): one for one in paper_ids if one not in keys}
        keys |= self._corpus.keys_of(spelled)
        papers = self._corpus.papers_by_key(list(dict.fromkeys(keys.values())))
        for name in sorted(spelled.keys() - keys.keys()):
            if (paper := self._snapshot(name)) is None:
                raise UnknownPaper(spelled[name], self._corpus.nearest_ids(name))
            papers.append(paper)
        return self._marks.change(
            papers, lambda marks: replace(marks, trashed=marks.trashed or now), label="remove"
        )

    def trash(self) -> list[Removed]:
        """Return the papers in the trash, those removed last first."""
        marks = self._marks.get_many(self._marks.trashed())
        found = []
        for paper_id, one in marks.items():
            paper = self._corpus.get(paper_id) or self._snapshot(paper_id)
            if paper and one.trashed:
                entry = Entry(paper, replace(one, trashed=None))
                found.append(Removed(entry, one.trashed))
        return sorted(found, key=lambda removed: removed.when, reverse=True)

    def told(self, paper_ids: Sequence[str]) -> list[Entry]:
        """Return papers with their marks, also those that are in the trash; unknown ones are left out."""
        marks = self._marks.get_many(paper_ids)
        papers = ((one, self._corpus.get(one) or self._snapshot(one)) for one in paper_ids)
        return [edited_entry(paper, marks.get(one, Marks())) for one, paper in papers if paper]

    def bring_back(self, paper_ids: Sequence[str]) -> tuple[Change, list[UnknownPaper]]:
        """Take papers out of the trash, as they were; return also the errors of those that are not in it."""
        self.demand_writable()
        trashed = set(self._marks.trashed())
        wanted = {self._now_called(named(one, self._corpus, self._marks)): one for one in paper_ids}
        unknown = []
        for paper_id in [one for one in wanted if one not in trashed]:
            name = wanted.pop(paper_id)
            unknown.append(_unknown(name, f"{name} is not in the trash", "papers-tui trash lists what is"))
        papers = [paper for one in wanted if (paper := self._corpus.get(one) or self._snapshot(one))]
        change = self._marks.change(
            papers, lambda marks: replace(marks, trashed=None), label="take out of the trash"
        )
        self.readopt(change.ids)
        return change, unknown

    def empty_trash(self) -> Change:
        """Take the papers in the trash out of the library for good, with their marks."""
        self.demand_writable()
        papers = [removed.entry.paper for removed in self.trash()]
        change = self._marks.change(papers, lambda _: Marks(), label="empty the trash")
        self._corpus.remove(change.ids)
        return change

    def undo(self) -> Change | None:
        """Take the last change of marks, or of what papers are one, back; None where there is none."""
        self.demand_writable()
        return self._readopted(Deciding(self._corpus, self._marks).travel("undo"))

    def redo(self) -> Change | None:
        """Make the change that was last undone again; None where there is none."""
        self.demand_writable()
        return self._readopted(Deciding(self._corpus, self._marks).travel("redo"))

    def _readopted(self, change: Change | None) -> Change | None:
        if change is not None:
            self.readopt(change.ids)
        return change

    def readopt(self, paper_ids: Sequence[str] | None = None) -> list[str]:
        """Put papers with marks that the corpus lacks back into it, as they were when they were marked.

        Without ids, all of them. Returns the ids of those that were put back; one that turns out to be a
        paper which is here gives its marks to that.
        """
        marked = self._marks.get_many(paper_ids) if paper_ids is not None else self._marks.all()
        wanted = [one for one, marks in marked.items() if not (marks.is_blank or marks.trashed)]
        lacking = set(wanted) - self._corpus.keys_of(wanted).keys()
        papers = [paper for paper_id in sorted(lacking) if (paper := self._snapshot(paper_id))]
        if not papers:
            return []
        outcomes = self._corpus.put(papers, added=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        for paper, outcome in zip(papers, outcomes, strict=True):
            self._marks.rename(paper.id, outcome.id)
        return [outcome.id for outcome in outcomes if outcome.change == "added"]

    def lost_papers(self) -> int:
        """How many papers with marks there are, where no paper was ever put into papers.db: it was lost."""
        if self._corpus.stamp().generation:
            return 0
        return sum(not marks.trashed for marks in self._marks.all().values())

    def _snapshot(self, paper_id: str) -> Paper | None:
        """Return a paper as its sources had it when it was marked, under the id that it has now."""
        paper = self._marks.snapshot(paper_id)
        return unedited(replace(paper, id=paper_id), self._marks.get(paper_id)) if paper else None

    # Backups

    @property
    def backup_folder(self) -> Path:
        """Where backups of the marks are kept."""
        return self._marks.backup_folder

    def mark_counts(self) -> dict[str, int]:
        """What the marks are, in the numbers by which backups are told apart."""
        return self._marks.counts()

    @property
    def backup_problem(self) -> str:
        """Why the last backup of the marks that was due could not be made; empty where all is well."""
        return self._marks.backup_problem

    def back_up_if_due(self) -> str:
        """Back the marks up if some changed and that was not done lately; return why that failed."""
        return self._marks.back_up_if_due()

    def back_up(self, path: Path | None = None) -> Backup:
        """Back the marks up now: to a file, or where backups are kept. Raises LibraryError, OSError."""
        return self._marks.back_up(path)
