"""Merging and undoing in several windows at once, and where papers got better ids meanwhile."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.deciding import Deciding
from papers_tui.index.errors import BusyLibrary
from papers_tui.index.identity import paper_id
from papers_tui.index.library import Library
from papers_tui.index.paper import Paper
from papers_tui.index.store.decisions import Decisions
from papers_tui.index.store.mergers import Mergers
from papers_tui.index.store.sessions import alone

NOW = "2026-01-02T03:04:05Z"


def paper(title, **fields):
    found = paper_id(arxiv=None, doi=fields.get("doi"), title=title)
    return Paper(id=found, title=title, authors=(Author.parse("Ann Poe"),), **fields)


A, B = paper("Gardens: A View", published="2016"), paper("Views of a Garden", published="2016")
C, D = paper("On the Growth of Trees", published="2017"), paper("How Trees Grow", published="2018")
WITH_DOI = replace(A, id=paper_id(arxiv=None, doi="10.1000/view", title=A.title), doi="10.1000/view")


@pytest.fixture
def start(tmp_path):
    """Opens the library, as often as asked."""

    def opened():
        return Library.open(tmp_path / "data", tmp_path / "cache", today=lambda: date(2026, 1, 1))

    with opened() as library:
        library._corpus.put([A, B, C, D], added=NOW)
        for one, name in ((A, "a"), (B, "b"), (C, "c"), (D, "d")):
            library.tag([one.id], add=[name])
    return opened


def tags(library):
    papers = [one for _, one in library._corpus.changes(0)]
    marks = library._marks.get_many([one.id for one in papers])
    return {one.id: marks[one.id].tags for one in papers}


def add(library, *papers):
    """Import papers."""
    library._corpus.put(papers, added=NOW)
    for former, now_called in library._corpus.renamed(library._marks.ids()).items():
        library._marks.rename(former, now_called)
    Deciding(library._corpus, library._marks).settle()


def test_two_windows_that_undo_mergers_at_the_same_instant_undo_one_each(start, monkeypatch):
    with start() as library:
        before = tags(library)
        library.joining.merge(A.id, B.id)
        library.joining.merge(C.id, D.id)
    both_have_looked, look = threading.Barrier(2), Decisions.next_step

    def looked(*args):
        found = look(*args)
        with suppress(threading.BrokenBarrierError):  # as soon as one may not look before the other is done
            both_have_looked.wait(0.5)
        return found

    monkeypatch.setattr(Decisions, "next_step", looked)
    with start() as one, start() as other, ThreadPoolExecutor() as pool:
        undone = [each.result() for each in [pool.submit(one.undo), pool.submit(other.undo)]]
        assert {change.label for change in undone} == {
            f"merge of {A.id} and {B.id}",
            f"merge of {C.id} and {D.id}",
        }
        assert tags(one) == tags(other) == before


def test_what_another_window_marks_meanwhile_is_what_is_undone(start, monkeypatch):
    with start() as library:
        library.joining.merge(A.id, B.id)
    with start() as one, start() as other:
        separate = Mergers.separate

        def tagged_meanwhile(*args, **settings):
            monkeypatch.setattr(Mergers, "separate", separate)
            other.tag([C.id], add=["new"])
            return separate(*args, **settings)

        monkeypatch.setattr(Mergers, "separate", tagged_meanwhile)
        assert one.undo().ids == (C.id,)
        assert tags(one) == {A.id: ("a", "b"), C.id: ("c",), D.id: ("d",)}
        assert one.undo().label.startswith("merge")
        assert tags(one) == {A.id: ("a",), B.id: ("b",), C.id: ("c",), D.id: ("d",)}


@pytest.mark.parametrize(
    "how", ["kept", "lost, and imported from both", "lost, and imported with the better id"]
)
def test_a_merger_is_undone_at_once_though_one_of_the_two_got_a_better_id(start, tmp_path, how):
    with start() as library:
        library.joining.merge(A.id, B.id)
        add(library, WITH_DOI)
    if how != "kept":
        (tmp_path / "data" / "papers.db").unlink()
    with start() as library:
        if how != "kept":
            add(library, *([A] if "both" in how else []), WITH_DOI, B)
        apart, joined = {WITH_DOI.id: ("a",), B.id: ("b",)}, {WITH_DOI.id: ("a", "b")}
        for _ in range(2):
            assert tags(library).items() >= joined.items()
            assert B.id not in tags(library)
            library.undo()
            assert tags(library).items() >= apart.items()
            library.redo()
        for _ in ("the merger", "of D", "of C", "of B"):
            library.undo()
        assert tags(library)[B.id] == ()
        assert tags(library)[WITH_DOI.id] == ("a",)


def test_nobody_waits_to_read_while_another_program_takes_papers_apart(start, tmp_path, monkeypatch):
    monkeypatch.setattr(Deciding, "_alone", lambda _: alone(tmp_path / "data", "held", patience=0))
    with alone(tmp_path / "data", "held"), start() as library:
        assert tags(library)[A.id] == ("a",)
        with pytest.raises(BusyLibrary):
            library.undo()
    with start() as library:
        assert library.undo().ids == (D.id,)
