"""A damaged marks.db: what it still holds is saved into a new file, and the damaged one kept as it is."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from papers_tui.index.errors import LibraryError, WrongUsage
from papers_tui.index.paper import Paper
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.salvaging import salvage

PAGE = 4096
N = 200


@pytest.fixture(scope="module")
def contents(tmp_path_factory):
    """A marks.db of many pages, and the marks in it."""
    file = tmp_path_factory.mktemp("whole") / "marks.db"
    papers = [Paper(id=f"arxiv:2404.{n:05}", title=f"Paper {n}", abstract="word " * 40) for n in range(N)]
    with closing(MarksStore(file)) as store:
        store.change(papers, lambda marks: replace(marks, bookmarked=True, tags=("all",)), label="bookmark")
        for paper in papers[::10]:
            store.set_note(paper, f"note of {paper.title} " * 30, base_revision=0, label="note")
        store.change(papers[:50], lambda marks: replace(marks, rating=5), label="rate")
        store.undo()
        store.save_draft(papers[7].id, "half a thought")
        return file.read_bytes(), said(store)


def said(store):
    return {key: replace(one, note_revision=0) for key, one in store.all().items()}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "marks.db"


def without_page(content, number):
    return content[: number * PAGE] + b"\xa5" * PAGE + content[(number + 1) * PAGE :]


def test_no_page_is_so_precious_that_marks_are_lost_with_it(file, contents):
    whole, before = contents
    pages = len(whole) // PAGE
    assert pages > 30
    for number in range(0, pages, 13):
        broken = without_page(whole, number)
        file.write_bytes(broken)
        done = salvage(file)
        with closing(MarksStore(file)) as store:
            lost = {key for key, one in before.items() if said(store).get(key) != one}
        assert not lost, f"page {number}"
        if done.restored.aside is not None:
            assert done.restored.aside.read_bytes() == broken
        for path in file.parent.iterdir():
            if path.is_file():
                path.unlink()


def test_several_lost_pages_lose_little(file, contents):
    whole, before = contents
    broken = whole
    for number in range(8, len(whole) // PAGE, 9):
        broken = without_page(broken, number)
    file.write_bytes(broken)
    done = salvage(file)
    with closing(MarksStore(file)) as store:
        same = sum(said(store).get(key) == one for key, one in before.items())
    assert done.papers >= same > N * 0.6


def test_the_newest_backup_tells_what_the_file_cannot(file, contents):
    whole, before = contents
    file.write_bytes(whole)
    with closing(MarksStore(file)) as store:
        store.back_up()
    file.write_bytes(whole[: len(whole) // 4])
    done = salvage(file)
    assert done.from_backup
    with closing(MarksStore(file)) as store:
        assert said(store) == before
        assert store.snapshot("arxiv:2404.00199").abstract


def test_a_whole_file_is_not_salvaged(file, contents):
    file.write_bytes(contents[0])
    with pytest.raises(WrongUsage, match="nothing is wrong"):
        salvage(file)
    assert file.read_bytes() == contents[0]


@pytest.mark.parametrize("content", [b"garbage" * 5000, bytes(9000)], ids=["text", "zeros"])
def test_where_nothing_can_be_read_nothing_is_done(file, content):
    file.write_bytes(content)
    with pytest.raises(LibraryError, match=r"nothing can be read|is a text file"):
        salvage(file)
    assert file.read_bytes() == content
    assert [path.name for path in file.parent.iterdir()] == ["marks.db"]


def leaves_of(content, table):
    """The numbers of the pages that a table's rows are on, and those of the roots of all tables."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        roots = dict(connection.execute("SELECT name, rootpage - 1 FROM sqlite_schema").fetchall())
        pages = connection.execute("SELECT pageno - 1 FROM dbstat WHERE name = ?", (table,)).fetchall()
    return [page for (page,) in pages if page != roots[table]], roots


def test_rows_of_a_lost_page_are_told_by_the_changes_that_were_made_to_them(file, contents):
    whole, before = contents
    leaves, _ = leaves_of(whole, "mark")
    for page in (leaves[0], leaves[len(leaves) // 2], leaves[-1]):
        file.write_bytes(without_page(whole, page))
        done = salvage(file)
        with closing(MarksStore(file)) as store:
            assert said(store) == before
        assert (done.papers, done.from_backup) == (N, 0)
        assert done.from_journal > 0
        assert done.restored.aside.name.startswith("marks.db.damaged-")
        for path in file.parent.glob("marks.db*"):
            path.unlink()


def test_the_papers_of_the_library_are_footholds_in_what_is_left(file, contents):
    """Rows of marks between lost pages are found by the ids that the corpus still knows."""
    whole, _ = contents
    leaves, roots = leaves_of(whole, "mark")
    broken = whole
    for page in [*leaves[1::3], *(roots[name] for name in ("step_item", "step_item_id", "tag", "tag_id"))]:
        broken = without_page(broken, page)
    file.write_bytes(broken)
    try:
        without = salvage(file).papers
    except LibraryError:  # nothing could be read
        without = 0
    for path in file.parent.glob("marks.db*"):
        path.unlink()
    with closing(Corpus(file.with_name("papers.db"))) as corpus:
        titles = {f"arxiv:2404.{n:05}": f"Paper {n}" for n in range(N)}
        of = [Paper(id=one, title=title, arxiv_id=one[6:]) for one, title in titles.items()]
        corpus.put(of, added="2026-01-02T03:04:05Z")
    file.write_bytes(broken)
    assert salvage(file).papers > without
