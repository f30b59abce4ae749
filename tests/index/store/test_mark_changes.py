"""What changed since a state is told exactly, whoever changed it."""

import shutil
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from papers_tui.index.paper import Marks, Paper, Status
from papers_tui.index.store.mark_changes import MarksState
from papers_tui.index.store.marks import MarksStore

IDS = st.sampled_from(["arxiv:1", "arxiv:2", "arxiv:3", "doi:4"])
NOTES = st.sampled_from(["", "a note"])
WINDOWS = st.integers(0, 1)


class Followed(RuleBasedStateMachine):
    """Two windows change marks; a third reads only what changed, and now and then."""

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp())
        self.windows = [MarksStore(self.folder / "marks.db") for _ in range(2)]
        self.reader = MarksStore(self.folder / "marks.db")
        self.state: MarksState | None = None
        self.known: dict[str, Marks] = {}

    def teardown(self):
        for store in (*self.windows, self.reader):
            store.close()
        shutil.rmtree(self.folder)

    @rule(window=WINDOWS, ids=st.sets(IDS), tags=st.sets(st.sampled_from("ab")), note=NOTES)
    def change(self, window, ids, tags, note):
        self.windows[window].change(
            [Paper(id=key, title=f"Paper {key}") for key in ids],
            lambda marks: replace(marks, tags=tuple(sorted(tags)), note=note),
            label="change",
        )

    @rule(window=WINDOWS)
    def undo(self, window):
        self.windows[window].undo()

    @rule(window=WINDOWS, old=IDS, new=IDS)
    def rename(self, window, old, new):
        self.windows[window].rename(old, new)

    @rule(window=WINDOWS)
    def reopen(self, window):
        self.windows[window].close()
        self.windows[window] = MarksStore(self.folder / "marks.db")

    @rule()
    def follow(self):
        changes = self.reader.changes(self.state)
        assert changes.is_all or self.state is not None
        self.state = changes.state
        self.known = {} if changes.is_all else self.known
        self.known |= changes.marks
        assert {key: one for key, one in self.known.items() if not one.is_blank} == self.reader.all()
        assert self.reader.changes(self.state).marks == {}


Followed.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestFollowed = Followed.TestCase


def test_only_what_changed_is_read(marks, make):
    papers = [make(f"Paper {number}", arxiv_id=f"2401.{number:05}") for number in range(20)]
    marks.change(papers, lambda now: replace(now, bookmarked=True), label="bookmark")
    state = marks.changes(None).state
    marks.change(papers[:1], lambda now: replace(now, bookmarked=False), label="bookmark")
    changes = marks.changes(state)
    assert (changes.is_all, changes.marks) == (False, {papers[0].id: Marks()})


def test_a_file_put_back_from_a_backup_is_read_anew(tmp_path, make):
    path = tmp_path / "marks.db"
    with closing(MarksStore(path)) as store:
        store.change([make("One")], lambda now: replace(now, bookmarked=True), label="bookmark")
    backup = path.read_bytes()
    with closing(MarksStore(path)) as store:
        store.change([make("Two")], lambda now: replace(now, bookmarked=True), label="bookmark")
        state = store.changes(None).state
        (tmp_path / "new").write_bytes(backup)
        (tmp_path / "new").replace(path)
        changes = store.changes(state)
        assert changes.is_all
        assert list(changes.marks) == [make("One").id]


def test_papers_with_marks_are_counted_but_for_those_in_the_trash(marks, make):
    papers = [make(f"Paper {number}", arxiv_id=f"2401.{number:05}") for number in range(7)]
    edits = [
        {"bookmarked": True},
        {"bookmarked": True, "status": Status.READ},
        {"status": Status.READING},
        {"note": "a note"},
        {"status": Status.READ, "trashed": "2026-01-02T03:04:05Z"},
        {"tags": ("only",)},
        {"bookmarked": False},
    ]
    for paper, edit in zip(papers, edits, strict=True):
        marks.change([paper], lambda now, edit=edit: replace(now, **edit), label="mark")
    counted = marks.count_marked()
    assert (counted.bookmarked, counted.reading, counted.read, counted.noted) == (2, 1, 1, 1)
