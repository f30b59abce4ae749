"""Several programs on one library at once: no error, no lost update, and no reader is kept out."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from durable_library import ADDED, ONE, indexed, papers, silent
from durable_programs import outputs, run, start
from durable_upkeep import make_old, migrated_state

from papers_tui.index.errors import BusyLibrary
from papers_tui.index.library import Library
from papers_tui.index.paper import Marks, Status
from papers_tui.index.search.paper_index import PaperIndex
from papers_tui.index.store import opening
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.marks_schema import MARKS


@pytest.fixture
def stocked(tmp_path):
    """A library of fifty papers."""
    with closing(Corpus(tmp_path / "data" / "papers.db")) as corpus:
        corpus.put([ONE, *papers(0, 49)], added=ADDED)
    return tmp_path


def test_four_programs_that_do_everything_at_once(stocked, scale, report):
    turns = 12 * scale
    code = f"""
own = papers(0, 49)[me].id
def counted(now):
    return replace(now, note=f"{{int(now.note or 0) + 1}}")
with library() as opened:
    for turn in range({turns}):
        first = 20_000 * (me + 1) + 10 * turn
        some = papers(first, first + 10)
        source = folder / f"{{me}}-{{turn}}.jsonl"
        source.write_text("".join(EXPORT_FORMATS["jsonl"].write(Entry(one) for one in some)))
        report = opened.import_paths([source], ImportOptions(), lambda progress: None)
        assert report.files[0].added == 10
        opened.tag([ONE.id, own], add=[f"by-{{me}}-{{turn}}"])
        opened._marks.change([ONE], counted, label="count")
        opened.bookmark([own], on=True)
        opened.undo()
        if turn % 3 == 0:
            opened.update_index(silent)
        assert opened.search("number").total >= 49
        opened.save_draft(own, str(turn))
"""
    outputs([start(code, stocked, me) for me in range(4)])
    with Library.open(stocked / "data", stocked / "cache") as library:
        assert library.count() == 50 + 4 * 10 * turns
        marks = library.entry(ONE.id).marks
        assert set(marks.tags) == {f"by-{me}-{turn}" for me in range(4) for turn in range(turns)}
        assert (marks.note, marks.note_revision) == (str(4 * turns), 4 * turns)
        for me, paper in enumerate(papers(0, 4)):
            own = library.entry(paper.id).marks
            assert set(own.tags) == {f"by-{me}-{turn}" for turn in range(turns)}
            assert library.draft(paper.id) == str(turns - 1)
        library.update_index(silent)
        assert library.search("number").total == 49 + 4 * 10 * turns
    assert PaperIndex(stocked / "cache" / "index").verify() is None
    report(f"4 programs, {turns} turns of 6 changes each: all there")


def test_eight_first_openings_agree_on_one_library(tmp_path):
    code = """
with library() as opened:
    opened.update_index(silent)
    say(opened._corpus.stamp().identity + opened._marks.changes(None).state.identity)
"""
    lines = outputs([start(code, tmp_path) for _ in range(8)])
    assert len({line for (line,) in lines}) == 1


def test_eight_openings_of_an_older_library_upgrade_it_once(tmp_path):
    make_old(tmp_path)
    before = sqlite3.connect(tmp_path / "share" / "papers-tui" / "marks.db")
    with closing(before):
        notes = dict(before.execute("SELECT id, note FROM mark"))
    code = "say(len(MarksStore(data(folder) / 'marks.db').all()))"
    assert outputs([start(code, tmp_path) for _ in range(8)]) == [["40"]] * 8
    marks = migrated_state(tmp_path)
    assert {paper_id: one.note for paper_id, one in marks.items()} == notes
    with closing(sqlite3.connect(tmp_path / "share" / "papers-tui" / "marks.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (MARKS.version,)


@pytest.mark.parametrize("version", range(1, MARKS.version))
def test_marks_of_every_older_version_are_upgraded_after_a_backup(version, tmp_path):
    make_old(tmp_path, version)
    path = tmp_path / "share" / "papers-tui" / "marks.db"
    with closing(MarksStore(path)) as store:
        marks = store.all()
        assert marks == {
            one.id: Marks(
                bookmarked=True,
                tags=("old",),
                note=f"note of {one.id}",
                note_revision=1,
                status=Status.READ,
                rating=5,
            )
            for one in papers(0, 40)
        }
        store.change([ONE], lambda now: replace(now, bookmarked=True), label="bookmark")
        assert list(store.changes(store.changes(None).state).marks) == []
        store.undo()
    with closing(sqlite3.connect(path.with_name(f"marks.db.v{version}.bak"))) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (version,)
        assert backup.execute("SELECT count(*) FROM mark").fetchone() == (40,)


def test_a_program_that_stands_still_in_the_middle_of_a_commit_is_told(stocked, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.01)
    path = stocked / "data" / "marks.db"
    with (
        Library.open(stocked / "data", stocked / "cache") as library,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        library.bookmark([ONE.id], on=True)
        library.update_index(silent)
        version = library.marks_version()
        other.execute("BEGIN EXCLUSIVE")
        for attempt in (
            lambda: library.tag([ONE.id], add=["a"]),
            lambda: library.search("first"),
            library.undo,
        ):
            with pytest.raises(BusyLibrary, match="locked by another program") as told:
                attempt()
            assert "Try again" in told.value.remedy
        assert library.marks_version() == version
        other.execute("ROLLBACK")
        assert library.search("first").hits[0].entry.marks == Marks(bookmarked=True)


def test_a_reader_is_not_kept_out_by_a_program_that_writes_for_long(stocked):
    many = [replace(one, abstract="long " * 400) for one in papers(0, 2000)]
    with closing(MarksStore(stocked / "data" / "marks.db")) as store:
        store.change([ONE], lambda now: replace(now, bookmarked=True), label="bookmark")
        with closing(MarksStore(stocked / "data" / "marks.db")) as writer:
            edits = [(paper, replace(store.get(paper.id), tags=("new",))) for paper in many]
            with writer._database.writing() as connection:
                writer._record(connection, edits, "tag")
                assert list(store.all()) == [ONE.id]
                assert store.version() == 1
        assert len(store.all()) == 2001


def test_a_program_that_died_while_it_wrote_keeps_nobody_out(stocked):
    code = """
store = MarksStore(folder / "data" / "marks.db")
with store._database.writing() as connection:
    store._record(connection, [(ONE, Marks(bookmarked=True))], "bookmark")
    os._exit(0)
"""
    run(code, stocked)
    with closing(MarksStore(stocked / "data" / "marks.db")) as store:
        assert store.all() == {}
        store.change([ONE], lambda now: replace(now, rating=5), label="rate")
    code = """
from papers_tui.index.search.write_lock import writing
with writing(folder / "cache" / "index"):
    (folder / "cache" / "index" / "00c0ffee00c0ffee").mkdir()
    os._exit(0)
"""
    run(code, stocked)
    with Library.open(stocked / "data", stocked / "cache") as library:
        library.update_index(silent)
    assert len(indexed(PaperIndex(stocked / "cache" / "index"))) == 49
    assert not (stocked / "cache" / "index" / "00c0ffee00c0ffee").exists()


def test_two_windows_see_each_others_changes_and_keep_both_notes(stocked):
    code = """
with library() as opened:
    base = opened.entry(ONE.id).marks.note_revision
    opened.tag([ONE.id], add=["theirs"])
    say("tagged")
    sys.stdin.readline()
    assert opened.search("tag:ours").total == 1
    change = opened.set_note(ONE.id, "their note", base_revision=base)
    say(change.conflict)
"""
    with Library.open(stocked / "data", stocked / "cache") as library:
        library.update_index(silent)
        assert library.search("tag:theirs").total == 0
        version = library.marks_version()
        other = start(code, stocked)
        assert other.stdout.readline() == "tagged\n"
        assert library.marks_version() != version
        assert library.search("tag:theirs").total == 1
        library.tag([ONE.id], add=["ours"])
        library.set_note(ONE.id, "our note", base_revision=0)
        other.stdin.write("\n")
        assert outputs([other]) == [["True"]]
        note = library.entry(ONE.id).marks.note
        assert "our note" in note
        assert "their note" in note
        assert "another window" in note
        assert library.search("note:their note:our").total == 1
