"""marks.db: what the user says of papers. The precious file."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from papers_tui.index.errors import BusyLibrary
from papers_tui.index.paper import Entry, Marks, Paper
from papers_tui.index.store import journal, mark_changes, mark_rows
from papers_tui.index.store.codec import decode_edits, decode_paper, encode_paper
from papers_tui.index.store.database import bindable
from papers_tui.index.store.drafts import Drafts, is_known, rename_drafts
from papers_tui.index.store.journal import Change, Item, OtherStep, Step
from papers_tui.index.store.mark_changes import MarkChanges, MarksState
from papers_tui.index.store.mark_rows import Counts
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.index.store.tags import validate_tag
from papers_tui.index.store.uniting import IMPORTED_NOTES, MERGED_NOTES, both_notes, reverted, united
from papers_tui.index.text import clean

__all__ = ["Change", "MarksStore"]

_ELSEWHERE: Final = "written at the same time, in another window"


class MarksStore(Drafts):
    """The marks of papers. Every method may be called from any thread; a change is durable on return.

    Where the file cannot be written, it is read-only, and `why_read_only` says why.

    Raises:
        ReadOnlyLibrary: from a change where the file can only be read.
        LibraryError: if the file cannot be used, in one of its kinds; from any method.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, MARKS)
        self.backup_problem = self.back_up_if_due()
        """Why the last backup that was due could not be made; empty where it was made, or none was due."""
        self._version = 0
        self._state: tuple[MarksState, int] | None = None
        self._version_lock = threading.Lock()

    @property
    def session(self) -> str:
        """What tells the steps of this opening of the file from those of others."""
        return self._session.name

    # Reading

    def get(self, paper_id: str) -> Marks:
        """Return the marks of a paper; blank ones where it has none."""
        with self._database.snapshot() as connection:
            return mark_rows.read(connection, paper_id)

    def get_many(self, paper_ids: Iterable[str]) -> dict[str, Marks]:
        """Return the marks of those of the papers that ever had some."""
        with self._database.snapshot() as connection:
            return mark_rows.read_many(connection, paper_ids)

    def all(self) -> dict[str, Marks]:
        """Return the marks of every paper that has some."""
        with self._database.snapshot() as connection:
            return mark_rows.read_all(connection)

    def changes(self, since: MarksState | None) -> MarkChanges:
        """Return the marks that anybody, in any program, changed since a state, or all of them."""
        with self._database.snapshot() as connection:
            return mark_changes.read_changes(connection, since)

    def ids(self) -> list[str]:
        """Return the ids of all papers that have, or once had, marks, or have a draft."""
        with self._database.reading() as connection:
            return [row[0] for row in connection.execute("SELECT id FROM mark UNION SELECT id FROM draft")]

    def trashed(self) -> list[str]:
        """Return the ids of the papers that the user removed."""
        with self._database.reading() as connection:
            query = "SELECT id FROM mark WHERE trashed IS NOT NULL"
            return [row[0] for row in connection.execute(query)]

    def edited(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Return the edits of the papers that have some, by id."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id, edits FROM mark WHERE edits <> ''")
            return {paper_id: decode_edits(text) for paper_id, text in rows}

    def version(self) -> int:
        """Return a number that grows whenever anybody, in any program, changes marks. Cheap.

        While another program writes, the number is the one before.
        """
        if self._database.is_in_memory:
            return 0
        with suppress(BusyLibrary), self._database.reading() as connection:
            # Another file in the place of ours may have gone through as many changes.
            state = (mark_changes.read_state(connection), self.replacements)
            with self._version_lock:
                if state != self._state:
                    self._state = state
                    self._version += 1
        return self._version

    def tags(self) -> dict[str, int]:
        """Return every tag with the number of papers that have it, by name."""
        with self._database.reading() as connection:
            kept = "id NOT IN (SELECT id FROM mark WHERE trashed IS NOT NULL)"
            query = f"SELECT name, count(*) FROM tag WHERE {kept} GROUP BY name ORDER BY name"
            return {clean(name): count for name, count in connection.execute(query)}

    def count_marked(self) -> Counts:
        """Return how many papers have some mark."""
        with self._database.reading() as connection:
            return mark_rows.count(connection)

    def snapshot(self, paper_id: str) -> Paper | None:
        """Return a marked paper as it was when it was last marked."""
        with self._database.reading() as connection:
            query = "SELECT snapshot FROM mark WHERE id = ? AND snapshot <> ''"
            row = connection.execute(query, (bindable(paper_id),)).fetchone()
            return decode_paper(row[0]) if row else None

    def snapshots(self) -> dict[str, Paper]:
        """Return every paper that has marks, as it was when last marked: enough to restore a corpus."""
        with self._database.snapshot() as connection:
            marked = mark_rows.read_all(connection)
            rows = connection.execute("SELECT id, snapshot FROM mark WHERE snapshot <> ''").fetchall()
            return {paper_id: decode_paper(text) for paper_id, text in rows if paper_id in marked}

    # Changing

    def change(self, papers: Sequence[Paper], edit: Callable[[Marks], Marks], *, label: str) -> Change:
        """Change the marks of papers, all in one step that can be undone. Papers left as they are count not.

        Raises:
            WrongUsage: for a tag or a rating that cannot be; nothing is changed then.
        """
        with self._database.writing() as connection:
            known = mark_rows.read_many(connection, [paper.id for paper in papers])
            edits = [(paper, edit(known.get(paper.id, Marks()))) for paper in papers]
            return self._record(connection, edits, label)

    def tag_edit(self, add: Collection[str], remove: Collection[str]) -> Callable[[Marks], Marks]:
        """Return the edit that adds some tags and removes others. Raises WrongUsage."""
        more, fewer = {validate_tag(tag) for tag in add}, {validate_tag(tag) for tag in remove}
        return lambda marks: replace(marks, tags=tuple(sorted((set(marks.tags) | more) - fewer)))

    def set_note(
        self, paper: Paper, text: str, *, base_revision: int, label: str, base_note: str | None = None
    ) -> Change:
        """Set a note that was written starting from revision `base_revision`, as it was read then.

        Where the note was changed since, it keeps both texts, and the change says so. That a revision is
        another text may be, where another file took the place of ours: `base_note` tells.
        """
        text = clean(text)
        with self._database.writing() as connection:
            now = mark_rows.read(connection, paper.id)
            is_stale = not is_known(now, base_revision, base_note) and now.note not in ("", text)
            note = both_notes(now.note, text, _ELSEWHERE) if is_stale else text
            change = self._record(connection, [(paper, replace(now, note=note))], label)
            return replace(change, conflict=is_stale)

    def undo(self, expected: int | None = None) -> Change | None:
        """Take back the latest step, this session's first; None where there is none.

        What was changed again since, by another window, stays as it is: the change names it as skipped.

        Raises:
            OtherStep: if that is not the step with the number that is `expected`; nothing is changed then.
        """
        return self._travel("undo", expected)

    def redo(self, expected: int | None = None) -> Change | None:
        """Do again what was undone last; None where there is nothing, or something new was done since.

        Raises what `undo` raises.
        """
        return self._travel("redo", expected)

    def restore(
        self, entries: Sequence[Entry], *, label: str = "import marks", continues: bool = False
    ) -> int:
        """Add the marks of imported papers to those here, in one step; return how many papers changed.

        Nothing here is lost, and the same file again changes nothing. With `continues`, a call that
        follows another one with the same label adds to its step: an import is undone at once.
        """
        with self._database.writing() as connection:
            edits: list[tuple[Paper, Marks]] = []
            known = mark_rows.read_many(connection, [entry.paper.id for entry in entries])
            for paper, marks in ((entry.paper, entry.marks) for entry in entries):
                former = journal.former_notes(connection, paper.id) if marks.note else ()
                now = known.get(paper.id, Marks())
                known[paper.id] = united(now, marks, between=IMPORTED_NOTES, former_notes=former)
                edits.append((paper, known[paper.id]))
            return len(self._record(connection, edits, label, continues=continues).ids)

    def rename(self, old_id: str, new_id: str) -> None:
        """Let marks, drafts and history follow a paper to its new id, united with what is there already."""
        if old_id == new_id or not self._has(old_id):
            return
        with self._database.writing() as connection:
            known = mark_rows.read_many(connection, [old_id, new_id])
            if old_id in known:
                old, new = known[old_id], known.get(new_id, Marks())
                both = united(new, old, between=MERGED_NOTES)
                revision = max(old.note_revision, new.note_revision) + (new_id in known)
                query = "SELECT snapshot FROM mark WHERE id = ?"
                snapshot = connection.execute(query, (old_id,)).fetchone()[0] if new_id not in known else None
                trashed = old.trashed if new_id not in known else new.trashed and old.trashed
                both = replace(both, note_revision=revision, trashed=trashed)
                mark_rows.write(connection, new_id, both, snapshot)
                mark_changes.remove_row(connection, old_id)
                journal.rename(connection, old_id, new_id)
                mark_changes.note_change(connection)
            rename_drafts(connection, old_id, new_id)

    def _has(self, paper_id: str) -> bool:
        query = "SELECT 1 FROM mark WHERE id = :id UNION SELECT 1 FROM draft WHERE id = :id"
        with self._database.reading() as connection:
            return connection.execute(query, {"id": paper_id}).fetchone() is not None

    def _record(
        self,
        connection: sqlite3.Connection,
        edits: Iterable[tuple[Paper, Marks]],
        label: str,
        *,
        continues: bool = False,
    ) -> Change:
        done: list[Item] = []
        for paper, wanted in edits:
            before = mark_rows.read(connection, paper.id)
            after = mark_rows.settled(before, wanted)
            if after != before:
                mark_rows.write(connection, paper.id, after, encode_paper(paper))
                done.append(Item(paper.id, before, after))
        if done:
            journal.record(connection, self.session, Step(0, label), done, continues=continues)
            mark_changes.note_change(connection)
        return Change(label, tuple(dict.fromkeys(item.id for item in done)))

    def _travel(self, action: Literal["undo", "redo"], expected: int | None) -> Change | None:
        with self._database.writing() as connection:
            step = journal.latest(connection, self._session.name, action)
            if expected is not None and expected != (step.number if step else 0):
                raise OtherStep
            if step is None:
                return None
            done, skipped = (_decide if step.decided else _mark)(connection, step, action)
            if action == "undo":
                journal.set_undone(connection, step, self._session.name)
            else:
                journal.set_redone(connection, step)
            mark_changes.note_change(connection)
        return Change(step.label, tuple(done), bool(skipped), tuple(skipped))


def _decide(
    connection: sqlite3.Connection, step: Step, action: Literal["undo", "redo"]
) -> tuple[list[str], list[str]]:
    from papers_tui.index.store.decisions import travel  # noqa: PLC0415 - few steps decide of papers

    return travel(connection, step, action)


def _mark(
    connection: sqlite3.Connection, step: Step, action: Literal["undo", "redo"]
) -> tuple[list[str], list[str]]:
    """Take back what a step did to marks, or do it again; return the papers, and those left alone."""
    done: list[str] = []
    skipped: list[str] = []
    items = list(journal.items(connection, step))
    for item in items if action == "redo" else reversed(items):
        made, wanted = (item.after, item.before) if action == "undo" else (item.before, item.after)
        now = mark_rows.read(connection, item.id)
        then, is_blocked = reverted(now, made, wanted)
        then = mark_rows.settled(now, then)
        if then != now:
            mark_rows.write(connection, item.id, then, None)
            done.append(item.id)
        if is_blocked:
            skipped.append(item.id)
    return done, skipped
