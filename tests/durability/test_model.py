"""Marks are as a simple model says, whatever is done in whatever order, crashes, backups, restores included.

PAPERS_TUI_DURABILITY makes it try longer.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from papers_tui.index.paper import Marks, Paper, Status
from papers_tui.index.store import restoring
from papers_tui.index.store.backups import is_blank, problem_of
from papers_tui.index.store.marks import MarksStore

State = dict[str, Marks]
IDS = ("arxiv:1", "arxiv:2", "doi:10.1/3")
TEXTS = st.sampled_from(["", "a note", "another\nnote", "ünï", "long " * 3000])
EDITS = st.one_of(
    st.booleans().map(lambda on: lambda now: replace(now, bookmarked=on)),
    st.sets(st.sampled_from("abc")).map(lambda tags: lambda now: replace(now, tags=tuple(sorted(tags)))),
    st.tuples(st.sampled_from(Status), st.none() | st.integers(1, 5)).map(
        lambda pair: lambda now: replace(now, status=pair[0], rating=pair[1])
    ),
    TEXTS.map(lambda text: lambda now: replace(now, note=text)),
)
PAPERS = st.sets(st.sampled_from(IDS), min_size=1)


def paper(paper_id: str) -> Paper:
    return Paper(id=paper_id, title=f"Paper {paper_id}", abstract="about " * 300)


def said(marks: State) -> State:
    """What the user can see of marks: revisions only grow."""
    return {key: replace(one, note_revision=0) for key, one in marks.items() if not one.is_blank}


@dataclass
class Model:
    """What marks are, what they were before each step, and after each step that was undone."""

    now: State
    done: tuple[State, ...] = ()
    undone: tuple[State, ...] = ()

    def change(self, ids: set[str], edit: Callable[[Marks], Marks]) -> "Model":
        wanted = said(self.now | {key: edit(self.now.get(key, Marks())) for key in ids})
        return self.become(wanted)

    def become(self, wanted: State) -> "Model":
        return Model(wanted, (*self.done, self.now)) if wanted != self.now else self

    def undo(self) -> "Model":
        return Model(self.done[-1], self.done[:-1], (*self.undone, self.now)) if self.done else self

    def redo(self) -> "Model":
        return Model(self.undone[-1], (*self.done, self.now), self.undone[:-1]) if self.undone else self


class DurableMarks(RuleBasedStateMachine):
    backups = Bundle("backups")

    @initialize()
    def begin(self):
        memory = Path("/dev/shm")
        self.root = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
        self.store = MarksStore(self.path)
        self.model = Model({})
        self.drafts: dict[str, dict[str, str]] = {}  # by paper and session
        self.revisions: dict[str, int] = {}
        self.made = 0

    @property
    def path(self) -> Path:
        return self.root / "data" / "marks.db"

    def teardown(self):
        self.store.close()
        shutil.rmtree(self.root)

    @rule(ids=PAPERS, edit=EDITS)
    def change(self, ids, edit):
        self.store.change([paper(key) for key in ids], edit, label="change")
        self.model = self.model.change(ids, edit)

    @rule(paper_id=st.sampled_from(IDS), text=TEXTS)
    def note(self, paper_id, text):
        base = self.store.get(paper_id).note_revision
        assert not self.store.set_note(paper(paper_id), text, base_revision=base, label="note").conflict
        self.model = self.model.change({paper_id}, lambda now: replace(now, note=text))

    @rule(paper_id=st.sampled_from(IDS), text=TEXTS, goes_on=st.booleans())
    def draft(self, paper_id, text, goes_on):
        over = self.store.unfinished(paper_id) if goes_on else None
        self.store.save_draft(paper_id, text, over=over)
        before = {} if goes_on else self.drafts.get(paper_id, {})
        self.drafts[paper_id] = {**before, self.store._session.name: text}

    @rule(paper_id=st.sampled_from(IDS), goes_on=st.booleans())
    def drop_draft(self, paper_id, goes_on):
        over = self.store.unfinished(paper_id) if goes_on else None
        self.store.drop_draft(paper_id, over)
        kept = {} if goes_on else self.drafts.pop(paper_id, {})
        kept.pop(self.store._session.name, None)
        self.drafts[paper_id] = kept

    @rule()
    def undo(self):
        assert (self.store.undo() is None) == (not self.model.done)
        self.model = self.model.undo()

    @rule()
    def redo(self):
        assert (self.store.redo() is None) == (not self.model.undone)
        self.model = self.model.redo()

    @rule()
    def reopen(self):
        self.store.close()
        self.store = MarksStore(self.path)

    @rule(ids=PAPERS, edit=EDITS, is_spilled=st.booleans())
    def crash_before_the_commit(self, ids, edit, is_spilled):
        """What was not acknowledged is not there, though some of it was written already."""
        crashed = self.root / "crashed"

        def keep_copy(statement: str) -> None:
            if statement == "COMMIT":
                shutil.copytree(self.path.parent, crashed)

        with self.store._database.reading() as connection:
            connection.set_trace_callback(keep_copy)
            if is_spilled:
                connection.execute("PRAGMA cache_spill = 1")
                connection.execute("PRAGMA cache_size = 1")
        self.store.change([paper(key) for key in ids], edit, label="crash")
        if crashed.exists():
            self.go_on_with(crashed)
        else:
            self.reopen()

    @rule(ids=PAPERS, edit=EDITS)
    def crash_after_the_commit(self, ids, edit):
        self.change(ids, edit)
        shutil.copytree(self.path.parent, self.root / "crashed")
        self.go_on_with(self.root / "crashed")

    def go_on_with(self, crashed: Path) -> None:
        self.store.close()
        shutil.rmtree(self.path.parent)
        crashed.rename(self.path.parent)
        self.store = MarksStore(self.path)

    @rule(target=backups)
    def back_up(self):
        self.made += 1
        backup = self.root / f"backup{self.made}.db"
        self.store.back_up(backup)
        assert problem_of(backup) == ""
        return backup, self.model, {key: dict(parts) for key, parts in self.drafts.items()}

    @rule(backup=backups)
    def restore(self, backup):
        path, model, drafts = backup
        plan = restoring.plan(self.path, path)
        assert set(plan.added) == model.now.keys() - self.model.now.keys()
        assert set(plan.removed) == self.model.now.keys() - model.now.keys()
        with self.store.database.reading() as connection:
            is_begun = is_blank(connection)
        restored = restoring.restore(self.path, path)
        assert (restored.aside, restored.left_out) == (None, 0)
        if restored.kept is not None:
            with closing(MarksStore(shutil.copy(restored.kept, self.root / "kept.db"))) as kept:
                assert said(kept.all()) == self.model.now
        self.model = model if is_begun else self.model.become(model.now)
        for key, parts in drafts.items():
            self.drafts[key] = parts | self.drafts.get(key, {})  # what is being typed now stays

    @invariant()
    def is_as_the_model_says(self):
        stored = self.store.all()
        assert said(stored) == self.model.now
        drafts = {key: parts for key, parts in self.drafts.items() if parts}
        assert {key: dict(self.store.unfinished(key).parts) for key in self.store.drafted()} == drafts
        assert all(
            text.strip() in self.store.draft(key) for key, parts in drafts.items() for text in parts.values()
        )
        for paper_id in IDS:
            revision = self.store.get(paper_id).note_revision
            assert revision >= self.revisions.get(paper_id, 0)
            self.revisions[paper_id] = revision


SCALE = int(os.environ.get("PAPERS_TUI_DURABILITY", "1"))
DurableMarks.TestCase.settings = settings(max_examples=30 * SCALE, stateful_step_count=25, deadline=None)
TestDurableMarks = DurableMarks.TestCase
