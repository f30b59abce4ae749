"""Merging, parting and keeping apart as steps: undone, done again, after a restart, and after a loss."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.deciding import Deciding
from papers_tui.index.errors import UnknownPaper, WrongUsage
from papers_tui.index.identity import paper_id
from papers_tui.index.library import Library
from papers_tui.index.paper import Kind, Marks, Paper, Status
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.mergers import Mergers
from papers_tui.index.store.restoring import restore

NOW = "2026-01-01T00:00:00Z"


def paper(title, authors="Jane Roe; John Doe", **fields):
    found = paper_id(arxiv=fields.get("arxiv_id"), doi=fields.get("doi"), title=title)
    parsed = tuple(Author.parse(name) for name in authors.split("; "))
    return Paper(id=found, title=title, authors=parsed, **fields)


A = paper("A Theory of Small Gardens", arxiv_id="1901.01234", published="2019-01-03", kind=Kind.PREPRINT)
B = paper("Small Gardens in Theory", doi="10.1000/garden", published="2020", venue="Soil", kind=Kind.ARTICLE)
C = paper("Gardens: A View", "Ann Poe", published="2016", venue="Water")
ALL = (A, B, C)
D = paper(A.title, published="2019")


@pytest.fixture
def start(tmp_path):
    """Opens the library, as often as asked."""

    def opened():
        return Library.open(tmp_path / "data", tmp_path / "cache", today=lambda: date(2026, 1, 1))

    with opened() as library:
        library._corpus.put(ALL, added=NOW)
    return opened


def state(library):
    """Return all papers with what is said of them."""
    papers = [one for _, one in library._corpus.changes(0)]
    marks = library._marks.get_many([one.id for one in papers])
    said = {name: replace(one, note_revision=0) for name, one in marks.items() if not one.is_blank}
    return {one.id: (one, said.get(one.id, Marks())) for one in papers}


def test_undo_takes_a_merger_apart_and_redo_makes_it_again_also_after_a_restart(start):
    with start() as library:
        library.tag([A.id], add=["soil"])
        library.set_note(B.id, "about the article")
        before = state(library)
        library.joining.merge(A.id, B.id)
        joined = state(library)
        assert joined.keys() == {A.id, C.id}
    for _ in range(2):
        with start() as library:
            undone = library.undo()
            assert undone.label == f"merge of {A.id} and {B.id}"
            assert set(undone.ids) == {A.id, B.id}
            assert state(library) == before
        with start() as library:
            assert library.redo().label == undone.label
            assert state(library) == joined
            assert library.entry(B.id).paper.id == A.id


def test_what_was_done_before_a_merger_is_undone_to_the_right_paper_after_it(start):
    with start() as library:
        library.tag([B.id], add=["water"])
        library.joining.merge(A.id, B.id)
        library.undo()
        library.undo()
        assert library.entry(B.id).marks.is_blank
        library.redo()
        assert library.entry(B.id).marks.tags == ("water",)
        assert library.entry(A.id).marks.is_blank
        library.redo()
        assert library.entry(A.id).marks.tags == ("water",)


def test_a_parting_is_undone_and_done_again(start):
    with start() as library:
        library.bookmark([B.id], on=True)
        library.joining.merge(A.id, B.id)
        joined = state(library)
        assert set(library.joining.separate(A.id)) == {A.id, B.id}
        parted = state(library)
        assert parted[B.id][1].bookmarked
        assert not parted[A.id][1].bookmarked
        assert library.undo().label.startswith("take apart")
        assert state(library) == joined
        library.redo()
        assert state(library) == parted
        with pytest.raises(UnknownPaper):
            library.joining.separate(A.id)
        library.undo()
        library.undo()
        assert state(library) == parted
        assert library.undo().label == "bookmark"


def test_a_parting_is_undone_to_what_was_written_in_between(start):
    with start() as library:
        library.set_note(B.id, "first")
        library.joining.merge(A.id, B.id)
        library.set_note(A.id, "second")
        joined = state(library)
        library.joining.separate(A.id)
        assert library.entry(B.id).marks.note == "first"
        library.undo()
        assert state(library) == joined


def test_what_was_marked_since_is_in_what_becomes_one_again(start):
    with start() as library, start() as other:
        library.set_note(B.id, "first")
        library.joining.merge(A.id, B.id)
        library.joining.separate(A.id)
        other.set_note(B.id, "second")
        other.tag([A.id], add=["soil"])
        library.undo()
        marks = library.entry(A.id).marks
        assert "second" in marks.note
        assert marks.tags == ("soil",)


def test_that_two_papers_are_kept_apart_is_undone(start):
    with start() as library:
        alike = replace(B, id="doi:10.1000/other", doi="10.1000/other", title="Small Garden in Theory")
        library._corpus.put([alike], added=NOW)
        assert len(library.joining.pairs()) == 1
        library.joining.keep_apart(B.id, alike.id)
        assert library.joining.pairs() == []
        assert library.undo().label.startswith("keep")
        assert len(library.joining.pairs()) == 1
        library.redo()
        assert library.joining.pairs() == []


def test_a_merger_is_undone_beneath_a_later_one(start):
    with start() as library, start() as other:
        library.joining.merge(A.id, B.id)
        other.joining.merge(A.id, C.id)
        library.undo()
        found = state(library)
        assert found.keys() == {A.id, B.id}
        assert found[B.id][0].venue == "Soil"
        assert library.entry(C.id).paper.id == A.id


def test_decisions_hold_when_the_papers_are_lost_and_come_anew(start, tmp_path):
    with start() as library:
        library.tag([B.id], add=["water"])
        library._corpus.put([replace(D, published="2026")], added=NOW)
        library.joining.merge(A.id, B.id)
        library.joining.keep_apart(A.id, D.id)
    (tmp_path / "data" / "papers.db").unlink()
    with start() as library:
        library._corpus.put([*ALL, D], added=NOW)
        Deciding(library._corpus, library._marks).settle()
        assert state(library).keys() == {A.id, C.id, D.id}
        assert library.entry(B.id).marks.tags == ("water",)
        library.undo()
        library.undo()
        assert state(library).keys() == {A.id, B.id, C.id, D.id}
        assert library.entry(B.id).marks.tags == ("water",)
        assert library.entry(A.id).marks.is_blank


def test_decisions_come_back_with_a_backup(start, tmp_path):
    with start() as library:
        library.tag([B.id], add=["water"])
        library.joining.merge(A.id, B.id)
        backup = library.back_up()
    folder = tmp_path / "another"
    with Library.open(folder, folder / "cache") as library:
        library._corpus.put(ALL, added=NOW)
    restore(folder / "marks.db", backup.path)
    with Library.open(folder, folder / "cache") as library:
        assert state(library).keys() == {A.id, C.id}
        library.undo()
        assert library.entry(B.id).marks.tags == ("water",)
        assert library.entry(A.id).marks.is_blank


def test_a_merger_that_was_cut_short_is_completed_at_the_next_start(start, monkeypatch):
    with start() as library:
        library.tag([B.id], add=["water"])
        with monkeypatch.context() as patched:
            patched.setattr(Mergers, "join", lambda *_: None)
            library.joining.merge(A.id, B.id)
        assert A.id in state(library)
    with start() as library:
        assert library.entry(B.id).paper.id == A.id
        assert library.entry(A.id).marks.tags == ("water",)
        library.undo()
        assert library.entry(B.id).marks.tags == ("water",)


def test_pairs_that_an_earlier_version_kept_apart_are_taken_over(start, tmp_path):
    with closing(Mergers(tmp_path / "data" / "papers.db")) as mergers:
        mergers.keep_apart(A.id, B.id)
    with start():
        pass
    (tmp_path / "data" / "papers.db").unlink()
    with start(), closing(Mergers(tmp_path / "data" / "papers.db")) as mergers:
        assert mergers.apart() == {(A.id, B.id)}


def test_each_of_two_papers_has_its_citation_key_again(start):
    with start() as library:
        keys = library.citing.keys([A, B])
        library.joining.merge(A.id, B.id)
        assert library.citing.keys([library.entry(A.id).paper]) == keys[:1]
        assert len(library.citing.adopt([(C.id, keys[1])])) == 1
        library.undo()
        assert library.citing.keys([A, B]) == keys


def test_a_key_that_only_the_other_paper_had_goes_back_to_it(start):
    with start() as library:
        (key,) = library.citing.keys([B])
        library.joining.merge(A.id, B.id)
        assert library.citing.keys([library.entry(A.id).paper]) == [key]
        library.joining.separate(A.id)
        assert library.citing.keys([B]) == [key]
        assert library.citing.keys([A]) != [key]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.sampled_from(ALL), st.sampled_from(ALL)),
        st.tuples(st.just("part"), st.sampled_from(ALL), st.none()),
        st.tuples(st.just("tag"), st.sampled_from(ALL), st.sampled_from(["x", "y", "z"])),
        st.tuples(st.just("note"), st.sampled_from(ALL), st.sampled_from(["one", "two"])),
        st.tuples(st.just("read"), st.sampled_from(ALL), st.none()),
    ),
    max_size=7,
)


@given(STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_done_is_undone_to_where_it_began_and_done_again(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("home")
    Corpus(folder / "papers.db").close()
    with Library.open(folder, folder / "cache", today=lambda: date(2026, 1, 1)) as library:
        library._corpus.put(ALL, added=NOW)
        states = [state(library)]
        for verb, one, more in steps:
            if _do(library, verb, library.entry(one.id).paper.id, more):
                states.append(state(library))
                _nothing_is_lost(library, states[-2], states[-1], verb)
        for expected in reversed(states[:-1]):
            assert library.undo() is not None
            assert state(library) == expected
        assert library.undo() is None
        for expected in states[1:]:
            library.redo()
            assert state(library) == expected


def _do(library, verb, now_called, more):
    """Do one step; tell whether it changed anything."""
    if verb == "merge":
        other = library.entry(more.id).paper.id
        return now_called != other and bool(library.joining.merge(now_called, other))
    if verb == "part":
        try:
            return bool(library.joining.separate(now_called))
        except UnknownPaper:
            return False
    if verb == "tag":
        return bool(library.tag([now_called], add=[more]).ids)
    if verb == "note":
        return bool(library.set_note(now_called, more).ids)
    return bool(library.set_status([now_called], Status.READ).ids)


def _nothing_is_lost(library, before, after, verb):
    for one in ALL:
        found = library.entry(one.id).paper
        assert one.arxiv_id in (None, found.arxiv_id)
        assert one.doi in (None, found.doi)
    if verb in {"merge", "part"}:
        was, now = [[marks for _, marks in one.values()] for one in (before, after)]
        assert {tag for marks in was for tag in marks.tags} == {tag for marks in now for tag in marks.tags}
        assert {line for marks in was for line in marks.note.split()} <= {
            line for marks in now for line in marks.note.split()
        } | {"----", "of", "the", "same", "paper,", "under", "another", "id"}


def test_one_paper_is_not_kept_apart_from_itself(start):
    with start() as library:
        library.joining.merge(A.id, B.id)
        with pytest.raises(WrongUsage, match="are one paper"):
            library.joining.keep_apart(A.id, B.id)
        assert library.undo().label == f"merge of {A.id} and {B.id}"
