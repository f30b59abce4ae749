"""Marks: every change can be undone, and nothing that the user wrote is lost."""

from contextlib import closing
from dataclasses import replace

import pytest

from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Entry, Marks, Status
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.tags import validate_tag


@pytest.fixture
def one(make):
    return make("The First of Two Papers", arxiv_id="2404.00001")


@pytest.fixture
def two(make):
    return make("The Second of Two Papers", arxiv_id="2404.00002")


@pytest.fixture
def window(tmp_path, marks):
    """A second window on the same marks."""
    opened = MarksStore(tmp_path / "marks.db")
    yield opened
    opened.close()


def bookmark(store, *papers, on=True):
    return store.change(papers, lambda marks: replace(marks, bookmarked=on), label="bookmark")


def tag(store, *papers, add=(), remove=()):
    return store.change(papers, store.tag_edit(add, remove), label="tag")


def test_a_change_of_many_papers_is_one_step(marks, one, two):
    assert bookmark(marks, one, two).ids == (one.id, two.id)
    assert set(marks.undo().ids) == {one.id, two.id}
    assert marks.all() == {}
    assert set(marks.redo().ids) == {one.id, two.id}
    assert marks.all().keys() == {one.id, two.id}


def test_what_changes_nothing_is_no_step(marks, one):
    bookmark(marks, one)
    version = marks.version()
    assert bookmark(marks, one).ids == ()
    assert marks.version() == version
    marks.undo()
    assert marks.undo() is None


def test_undo_and_redo_outlive_the_program(tmp_path, one):
    path = tmp_path / "marks.db"
    for word in ("first", "second", "third"):
        store = MarksStore(path)
        store.set_note(one, word, base_revision=store.get(one.id).note_revision, label="note")
        store.close()
    seen = []
    for action in ("undo", "undo", "redo", "undo", "undo", "undo"):
        store = MarksStore(path)
        getattr(store, action)()
        seen.append(store.get(one.id).note)
        store.close()
    assert seen == ["second", "first", "second", "first", "", ""]


def test_something_new_ends_what_could_be_done_again(marks, one, two):
    bookmark(marks, one)
    marks.undo()
    bookmark(marks, two)
    assert marks.redo() is None
    assert marks.all().keys() == {two.id}


def test_undo_takes_back_the_own_change_and_leaves_the_other_windows(marks, window, one):
    tag(marks, one, add=["mine"])
    tag(window, one, add=["theirs"])
    assert marks.undo().skipped == ()
    assert marks.get(one.id).tags == ("theirs",)


def test_undo_does_not_overwrite_what_another_window_wrote_since_and_says_so(marks, window, one):
    marks.set_note(one, "mine", base_revision=0, label="note")
    window.set_note(one, "theirs", base_revision=1, label="note")
    undone = marks.undo()
    assert (undone.ids, undone.skipped, undone.conflict) == ((), (one.id,), True)
    assert marks.get(one.id).note == "theirs"


def test_a_note_changed_in_two_windows_keeps_both_texts(marks, window, one):
    marks.set_note(one, "first", base_revision=0, label="note")
    base = window.get(one.id).note_revision
    marks.set_note(one, "first, and more", base_revision=base, label="note")
    change = window.set_note(one, "first, or less", base_revision=base, label="note")
    assert change.conflict
    note = window.get(one.id).note
    assert "first, and more" in note
    assert "first, or less" in note
    window.undo()
    assert marks.get(one.id).note == "first, and more"


def test_a_note_deleted_here_and_changed_there_stays(marks, window, one):
    marks.set_note(one, "first", base_revision=0, label="note")
    window.set_note(one, "second", base_revision=1, label="note")
    assert marks.set_note(one, "", base_revision=1, label="note").conflict
    assert marks.get(one.id).note == "second"


def test_revisions_do_not_begin_anew_when_everything_was_taken_off(marks, one):
    marks.set_note(one, "first", base_revision=0, label="note")
    marks.set_note(one, "", base_revision=1, label="note")
    assert marks.all() == {}
    assert marks.get(one.id).note_revision == 2
    marks.set_note(one, "third", base_revision=2, label="note")
    assert marks.set_note(one, "stale", base_revision=1, label="note").conflict


def test_a_wrong_edit_changes_nothing(marks, one, two):
    def edit(now):
        return replace(now, bookmarked=True, rating=9)

    with pytest.raises(WrongUsage):
        marks.change([one, two], edit, label="rate")
    assert marks.all() == {}
    assert marks.undo() is None


def test_the_version_tells_of_changes_by_anybody(marks, window, one):
    before = (marks.version(), window.version())
    assert (marks.version(), window.version()) == before
    bookmark(window, one)
    after = (marks.version(), window.version())
    assert after[0] != before[0]
    assert after[1] != before[1]
    marks.save_draft(one.id, "typing")
    assert (marks.version(), window.version()) == after


def test_marks_outlive_the_corpus(marks, one, two):
    bookmark(marks, one, two)
    bookmark(marks, two, on=False)
    assert marks.snapshots() == {one.id: one}
    assert marks.snapshot(one.id) == one
    assert marks.snapshot("no") is None


def test_drafts_are_kept_until_they_are_dropped(tmp_path, marks, one):
    marks.save_draft(one.id, "half a tho")
    marks.save_draft(one.id, "half a thought")
    marks.close()
    with closing(MarksStore(tmp_path / "marks.db")) as again:
        assert again.draft(one.id) == "half a thought"
        again.drop_draft(one.id, over=again.unfinished(one.id))
        assert again.draft(one.id) is None


def test_imported_marks_are_added_and_the_same_again_changes_nothing(marks, one, two):
    marks.set_note(one, "mine", base_revision=0, label="note")
    tag(marks, one, add=["kept"])
    theirs = Marks(bookmarked=True, tags=("New Tag", "a(b"), note="theirs", status=Status.READ, rating=4)
    entries = [Entry(one, theirs), Entry(two, Marks())]
    assert marks.restore(entries) == 1
    now = marks.get(one.id)
    assert (now.bookmarked, now.tags, now.status, now.rating) == (
        True,
        ("a-b", "kept", "new-tag"),
        Status.READ,
        4,
    )
    assert now.note.startswith("mine")
    assert now.note.endswith("theirs")
    assert marks.restore(entries) == 0
    assert marks.restore([Entry(one, now)]) == 0
    marks.undo()
    assert marks.get(one.id).note == "mine"


def test_an_old_export_does_not_bring_back_a_note_that_was_rewritten(marks, one):
    marks.set_note(one, "draft of a thought", base_revision=0, label="note")
    exported = Entry(one, marks.get(one.id))
    marks.set_note(one, "the thought itself", base_revision=1, label="note")
    assert marks.restore([exported]) == 0
    marks.set_note(one, "", base_revision=2, label="note")
    assert marks.restore([exported]) == 1
    assert marks.get(one.id).note == "draft of a thought"


def test_an_import_in_several_batches_is_undone_at_once(marks, one, two):
    bookmark(marks, one)
    marks.restore([Entry(one, Marks(rating=3))])
    marks.restore([Entry(two, Marks(rating=3))], continues=True)
    assert set(marks.undo().ids) == {one.id, two.id}
    assert marks.all() == {one.id: Marks(bookmarked=True)}


def test_marks_follow_a_paper_to_its_new_id_with_their_history(marks, one):
    bookmark(marks, one)
    tag(marks, one, add=["a"])
    marks.save_draft(one.id, "half")
    marks.rename(one.id, "arxiv:9")
    marks.rename("never", "arxiv:9")
    assert marks.all() == {"arxiv:9": Marks(bookmarked=True, tags=("a",))}
    assert (marks.draft("arxiv:9"), marks.draft(one.id)) == ("half", None)
    assert marks.undo().ids == ("arxiv:9",)
    assert marks.get("arxiv:9").tags == ()
    assert marks.snapshot("arxiv:9") == one


def test_marks_of_two_ids_become_those_of_one(marks, one, two):
    marks.set_note(one, "as the first", base_revision=0, label="note")
    marks.set_note(two, "as the second", base_revision=0, label="note")
    tag(marks, one, add=["a"])
    tag(marks, two, add=["b"])
    marks.save_draft(one.id, "half")
    marks.save_draft(two.id, "whole")
    marks.rename(one.id, two.id)
    [(paper_id, both)] = marks.all().items()
    assert (paper_id, both.tags) == (two.id, ("a", "b"))
    assert "as the first" in both.note
    assert "as the second" in both.note
    assert both.note_revision > 1
    assert "half" in marks.draft(two.id)
    assert "whole" in marks.draft(two.id)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("#FP4", "fp4"),
        ("  to   read ", "to-read"),
        ("C++", "c++"),
        ("Straße", "straße"),
        ("u\u0308ber", "über"),
        ("a\x1b[31mb\u202e", "ab"),
        ("cs.CL", "cs.cl"),
        ("-old", "old"),
    ],
)
def test_a_tag_has_one_form_however_it_is_typed(typed, stored):
    assert validate_tag(typed) == stored
    assert validate_tag(stored) == stored


@pytest.mark.parametrize("typed", ["", "  ", "#", "-", "a,b", "(a", 'a"b', "x" * 65, "\x00"])
def test_what_cannot_be_a_tag_is_refused(typed):
    with pytest.raises(WrongUsage):
        validate_tag(typed)


def test_tags_are_counted(marks, one, two):
    tag(marks, one, two, add=["b"])
    tag(marks, one, add=["A"])
    assert marks.tags() == {"a": 1, "b": 2}


def test_what_is_written_is_made_printable(marks, one):
    marks.set_note(one, "a\x1b]52;c;eA==\x07b\nc\ud800", base_revision=0, label="note")
    assert marks.get(one.id).note == "ab\nc\ufffd"
    assert marks.setting("x") is None
    marks.set_setting("x", "y")
    assert marks.setting("x") == "y"
