"""A backup restored: what would change is told before, and nothing is lost by it."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace

import pytest

from papers_tui.index.errors import DamagedLibrary, LibraryError, NewerLibrary, UnusableInput
from papers_tui.index.paper import Marks, Status
from papers_tui.index.store import restoring
from papers_tui.index.store.backups import backups_of, problem_of
from papers_tui.index.store.citation_keys import CitationKeys
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.index.store.restoring import plan, restore


def marked(store, paper, **fields):
    store.change([paper], lambda marks: replace(marks, **fields), label="mark")


def said(store):
    return {key: replace(one, note_revision=0) for key, one in store.all().items()}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "marks.db"


@pytest.fixture
def papers(make):
    return [make(f"Paper Number {n}", arxiv_id=f"2404.{n:05}") for n in range(6)]


@pytest.fixture
def backup(marks, papers):
    marked(marks, papers[0], bookmarked=True, tags=("a", "b"), rating=4)
    marked(marks, papers[1], note="precious\nin two lines", status=Status.READ)
    marked(marks, papers[2], tags=("c",))
    marks.save_draft(papers[3].id, "half a thought", base_revision=2)
    return marks.back_up().path


def test_a_plan_tells_what_would_change_and_changes_nothing(file, marks, papers, backup):
    marked(marks, papers[0], bookmarked=False)
    marked(marks, papers[2], tags=())
    marked(marks, papers[4], note="new")
    before = said(marks)
    found = plan(file, backup)
    assert found.added == (papers[2].id,)
    assert found.removed == (papers[4].id,)
    assert found.changed == (papers[0].id,)
    assert found.then["papers"] == 3
    assert found.now["papers"] == 3
    assert not found.is_idle
    assert found.problem == ""
    assert said(marks) == before
    assert plan(file, marks.back_up().path).is_idle


def test_a_restore_brings_everything_back_and_can_be_taken_back(file, marks, papers, backup):
    then = said(marks)
    marked(marks, papers[0], bookmarked=False, tags=())
    marked(marks, papers[1], note="")
    marked(marks, papers[5], note="written since")
    now = said(marks)
    done = restore(file, backup)
    assert said(marks) == then
    assert marks.snapshot(papers[0].id) == papers[0]
    assert done.aside is None
    assert problem_of(done.kept) == ""
    restore(file, done.kept)
    assert said(marks) == now
    assert not any(file.parent.glob(".restore-*"))


def test_the_history_of_the_backup_comes_with_it_where_there_was_nothing(marks, papers, backup, tmp_path):
    file = tmp_path / "elsewhere" / "marks.db"
    restore(file, backup)
    with closing(MarksStore(file)) as there:
        assert there.undo().ids == (papers[2].id,)
        assert papers[2].id not in said(there)
        there.redo()
        assert said(there)[papers[2].id].tags == ("c",)


def test_a_restore_is_a_step_that_is_undone_before_those_that_are_older(file, marks, papers, backup):
    marked(marks, papers[0], bookmarked=False, tags=())
    marked(marks, papers[1], note="")
    marked(marks, papers[5], note="written since", trashed="2026-01-02T03:04:05Z")
    states = [said(marks)]
    with closing(MarksStore(file)) as other:
        restore(file, backup)
        states.append(said(marks))
        undone = marks.undo()
        assert undone.label == f"restore of {backup.name}"
        assert set(undone.ids) == {papers[number].id for number in (0, 1, 5)}
        assert said(marks) == states[0]
        assert marks.redo().label == undone.label
        assert said(marks) == states[1]
        marked(other, papers[3], rating=1)
        assert other.undo().ids == (papers[3].id,)
        assert other.undo().label == undone.label
        assert said(marks) == states[0]
    assert marks.undo().ids == (papers[5].id,)
    assert papers[5].id not in said(marks)
    assert said(marks).keys() == states[0].keys() - {papers[5].id}
    assert marks.snapshot(papers[1].id) == papers[1]


def test_what_was_undone_before_a_restore_was_is_done_again_before_it(file, marks, papers, backup):
    before = said(marks)
    marked(marks, papers[0], rating=1)
    restore(file, backup)
    restored = said(marks)
    with closing(MarksStore(file)) as other:
        marks.undo()
        other.undo()
        assert said(marks) == before
        assert marks.redo().ids == (papers[0].id,)
        assert marks.redo().label.startswith("restore")
        assert said(marks) == restored


def test_a_restore_that_changes_nothing_is_no_step(file, marks, papers, backup):
    label = marks.undo().label
    marks.redo()
    restore(file, backup)
    assert marks.undo().label == label


def test_another_window_sees_a_restore(file, marks, papers, backup):
    with closing(MarksStore(file)) as other:
        marked(marks, papers[0], tags=("z",))
        version, state = other.version(), other.changes(None).state
        restore(file, backup)
        assert other.version() > version
        changes = other.changes(state)
        assert changes.is_all
        assert changes.marks[papers[0].id].tags == ("a", "b")


def test_a_note_that_is_open_in_a_window_is_not_lost_to_a_restore(file, marks, papers, backup):
    marked(marks, papers[1], note="typed since")
    base = marks.get(papers[1].id).note_revision
    restore(file, backup)
    change = marks.set_note(papers[1], "typed on", base_revision=base, label="note")
    assert change.conflict
    assert "precious" in marks.get(papers[1].id).note
    assert "typed on" in marks.get(papers[1].id).note


def test_the_revision_of_a_note_that_a_restore_took_away_goes_on(file, marks, papers, backup):
    marked(marks, papers[4], note="first")
    revision = marks.get(papers[4].id).note_revision
    restore(file, backup)
    assert marks.get(papers[4].id) == Marks(note_revision=revision + 1)


def test_unfinished_notes_and_citation_keys_stay(file, marks, papers, backup):
    marks.save_draft(papers[3].id, "a whole thought", base_revision=2)
    marks.save_draft(papers[4].id, "another")
    with closing(CitationKeys(file)) as keys:
        given = keys.given(papers)
        restore(file, backup)
        assert marks.draft(papers[3].id) == "a whole thought"
        assert marks.draft(papers[4].id) == "another"
        assert keys.given(papers) == given


def test_a_mark_made_while_a_restore_runs_is_in_what_is_kept_or_in_what_is_there(
    file, marks, papers, backup, monkeypatch
):
    """The other window commits as soon as it can once the restore has begun."""
    begun, threads = threading.Event(), []
    fill = restoring.refill_as_step

    def filling(*args, **settings):
        begun.set()
        return fill(*args, **settings)

    def mark():
        assert begun.wait(60)
        with closing(MarksStore(file)) as other:
            marked(other, papers[5], note="acknowledged")

    monkeypatch.setattr(restoring, "refill_as_step", filling)
    threads.append(threading.Thread(target=mark))
    threads[0].start()
    restore(file, backup)
    threads[0].join()
    assert begun.is_set()
    assert marks.get(papers[5].id).note == "acknowledged"


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: b"garbage" * 3000,
        lambda content: content[:9000],
        lambda content: b"\0" * 4096 + content[4096:],
        lambda content: content.replace(b"PTPM", b"SOME"),
    ],
    ids=["empty", "garbage", "cut", "no first page", "foreign"],
)
def test_a_file_that_cannot_be_read_is_moved_aside_as_it_is(file, marks, papers, backup, damage):
    then = said(marks)
    marks.close()
    broken = damage(file.read_bytes())
    file.write_bytes(broken)
    found = plan(file, backup)
    assert set(found.added) == set(then)
    done = restore(file, backup)
    with closing(MarksStore(file)) as again:
        assert said(again) == then
        assert again.snapshot(papers[0].id) == papers[0]
    if broken:
        assert done.aside.read_bytes() == broken
        assert found.problem
    assert file.stat().st_mode & 0o777 == 0o600
    assert not any(file.parent.glob(".restore-*"))


def test_a_journal_goes_aside_with_its_file(file, marks, backup):
    then = said(marks)
    marks.close()
    journal = file.with_name("marks.db-journal")
    journal.write_bytes(b"\0" * 600)
    file.write_bytes(b"garbage" * 3000)
    done = restore(file, backup)
    assert not journal.exists()
    assert done.aside.with_name(f"{done.aside.name}-journal").exists()
    with closing(MarksStore(file)) as again:
        assert said(again) == then


def test_a_newer_library_is_left_alone(file, marks, backup):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("ALTER TABLE mark RENAME COLUMN note TO remark")
    before = file.read_bytes()
    with pytest.raises(NewerLibrary):
        plan(file, backup)
    with pytest.raises(NewerLibrary):
        restore(file, backup)
    assert file.read_bytes() == before


def test_a_library_that_cannot_be_written_is_not(file, marks, backup):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryError):
        restore(file, backup)


@pytest.mark.parametrize("content", [b"", b"x", b"garbage" * 3000])
def test_a_file_that_is_no_backup_changes_nothing(file, marks, backup, tmp_path, content):
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(content)
    before = said(marks)
    for use in (plan, restore):
        with pytest.raises(UnusableInput, match=r"wrong\.db") as caught:
            use(file, wrong)
        assert "backup --list" in caught.value.remedy
    assert said(marks) == before
    assert wrong.read_bytes() == content
    with pytest.raises(UnusableInput, match="no file"):
        plan(file, tmp_path)
    with pytest.raises(UnusableInput, match="no file"):
        plan(file, tmp_path / "missing.db")


def test_a_backup_that_is_not_what_was_written_is_refused(file, marks, backup):
    content = bytearray(backup.read_bytes())
    place = content.index(b"precious")
    content[place] ^= 1
    backup.write_bytes(content)
    with pytest.raises(UnusableInput, match="not what was written"):
        restore(file, backup)


def test_what_a_stranger_wrote_into_a_backup_is_cleaned(file, marks, papers, backup, tmp_path):
    hostile = tmp_path / "hostile.db"
    hostile.write_bytes(backup.read_bytes())
    with closing(sqlite3.connect(hostile, isolation_level=None)) as connection:
        connection.execute("UPDATE mark SET note = 'a' || char(27) || ']52;c;eA==' || char(7) || 'b'")
        connection.execute("UPDATE mark SET snapshot = replace(snapshot, 'Number', 'N\\u001b[31mumber')")
        connection.execute("UPDATE tag SET name = name || char(27)")
        connection.execute("INSERT INTO step_item VALUES (99, 1, 'x', 'nonsense', '[]')")
        connection.execute("CREATE TRIGGER t AFTER INSERT ON mark BEGIN DELETE FROM tag; END")
    before = said(marks)
    restore(file, hostile)
    assert {one.note for one in marks.all().values()} == {"ab"}
    marks.undo()
    assert said(marks) == before
    anew = tmp_path / "anew" / "marks.db"
    assert restore(anew, hostile).left_out == 1
    with closing(MarksStore(anew)) as there:
        assert {one.note for one in there.all().values()} == {"ab"}
        assert {one.tags for one in there.all().values()} == {("a", "b"), ("c",), ()}
        assert there.snapshot(papers[0].id).title == "Paper Number 0"
        while there.undo():
            pass
        assert {one.tags for one in there.all().values()} == {()}


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(file, marks, papers, backup, tmp_path):
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        for statement in MARKS.migrations[0]:
            connection.execute(statement)
        connection.execute("INSERT INTO mark VALUES ('arxiv:1', 1, 'old', 3, 'unread', NULL, '')")
        connection.execute(f"PRAGMA application_id = {MARKS.application_id}")
        connection.execute("PRAGMA user_version = 1")
    before = old.read_bytes()
    restore(file, old)
    assert said(marks) == {"arxiv:1": Marks(bookmarked=True, note="old")}
    assert old.read_bytes() == before
    assert not old.with_name("old.db.v1.bak").exists()


def test_restoring_into_nothing_keeps_nothing(file, marks, papers, backup):
    then = said(marks)
    marks.close()
    file.unlink()
    done = restore(file, backup)
    assert done.kept is None
    with closing(MarksStore(file)) as again:
        assert said(again) == then
    assert len([one for one in backups_of(file) if one.is_before_restore]) == 0


def test_a_schema_of_which_sqlite_cannot_even_say_what_is_wrong_is_damage(file, marks, backup, tmp_path):
    wrong = tmp_path / "wrong.db"
    content = backup.read_bytes()
    wrong.write_bytes(content.replace(b"CREATE TABLE mark", b"CREATE TABL\xa0 mark", 1))
    with pytest.raises(UnusableInput):
        plan(file, wrong)
    marks.close()
    file.write_bytes(wrong.read_bytes())
    with pytest.raises(DamagedLibrary):
        MarksStore(file)
