"""Whatever windows do, and however they end, every word that was typed is somewhere where it is found again.

PAPERS_TUI_DURABILITY makes it try longer.
"""

import os
import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from papers_tui.index.paper import Paper
from papers_tui.index.store.drafts import Draft
from papers_tui.index.store.marks import MarksStore

IDS = ("arxiv:1", "arxiv:2")
PAPER = st.sampled_from(IDS)


@dataclass
class Window:
    """A session, and the editor that is open in it."""

    store: MarksStore
    paper_id: str = ""
    text: str = ""
    left: Draft | None = None
    base: int = 0
    is_closed: bool = False
    words: dict[str, set[str]] = field(default_factory=lambda: {one: set() for one in IDS})
    """What was typed or taken over in it, and not saved."""
    own: set[str] = field(default_factory=set)
    """Of that, what was typed: two windows may take over the same words."""


class Windows(RuleBasedStateMachine):
    windows = Bundle("windows")

    @initialize()
    def begin(self):
        memory = Path("/dev/shm")
        self.root = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
        self.opened = []
        self.words = 0
        self.saved = {one: set() for one in IDS}
        self.left = {one: set() for one in IDS}

    def teardown(self):
        for window in self.opened:
            window.store.close()
        shutil.rmtree(self.root)

    @rule(target=windows)
    def open_window(self):
        self.opened.append(Window(MarksStore(self.root / "marks.db")))
        return self.opened[-1]

    @rule(window=windows, paper_id=PAPER)
    def open_editor(self, window, paper_id):
        marks = window.store.get(paper_id)
        window.paper_id, window.left = paper_id, window.store.unfinished(paper_id)
        window.text = window.left.text if window.left else marks.note
        window.base = window.left.base if window.left else marks.note_revision
        assert all(word in window.text for word in self.left[paper_id] | window.words[paper_id])

    @rule(window=windows)
    def type_a_word(self, window):
        if not window.paper_id:
            self.open_editor(window, IDS[0])
        self.words += 1
        window.text += f" word{self.words:04}"
        window.store.save_draft(window.paper_id, window.text, base_revision=window.base, over=window.left)
        parts = " ".join(text for _, text in window.left.parts) if window.left else ""
        taken = {word for word in self.left[window.paper_id] if word in parts}
        self.left[window.paper_id] -= taken
        window.words[window.paper_id] |= taken | {f"word{self.words:04}"}
        window.own.add(f"word{self.words:04}")

    @rule(window=windows)
    def save(self, window):
        if not window.paper_id:
            return
        paper = Paper(id=window.paper_id, title="A paper")
        window.store.set_note(paper, window.text, base_revision=window.base, label="note")
        window.store.drop_draft(window.paper_id, over=window.left)
        parts = " ".join(text for _, text in window.left.parts) if window.left else ""
        taken = {word for word in self.left[window.paper_id] if word in parts}
        self.left[window.paper_id] -= taken
        self.saved[window.paper_id] |= taken | window.words[window.paper_id]
        window.own -= window.words[window.paper_id]
        window.words[window.paper_id] = set()
        window.paper_id = ""

    @rule(window=consumes(windows), is_killed=st.booleans())
    def end(self, window, is_killed):
        if is_killed:  # the kernel takes the lock, and the file of the session stays
            session = window.store._session
            if session._descriptor is not None:
                os.close(session._descriptor)
                session._descriptor = None
        window.store.close()
        window.is_closed = True
        for one in IDS:
            self.left[one] |= window.words[one]

    @invariant()
    def no_word_is_lost(self):
        with closing(MarksStore(self.root / "marks.db")) as fresh:
            for one in IDS:
                offered = fresh.draft(one) or ""
                note = fresh.get(one).note
                assert all(word in offered for word in self.left[one] - self.saved[one])
                assert all(word in note for word in self.saved[one])
                for window in self.opened:
                    if not window.is_closed:
                        own = window.store.draft(one) or ""
                        assert all(word in own for word in window.words[one])
                        assert not any(word in offered for word in window.own)


SCALE = int(os.environ.get("PAPERS_TUI_DURABILITY", "1"))
Windows.TestCase.settings = settings(max_examples=50 * SCALE, stateful_step_count=25, deadline=None)
TestWindows = Windows.TestCase
