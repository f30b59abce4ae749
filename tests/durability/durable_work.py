"""Work on a library in steps that are acknowledged one by one, and the state that it leaves.

python durable_work.py NAME FOLDER          does it, and says `done` after each step
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from papers_tui.index.errors import DamagedLibrary
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.identity import paper_id
from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library
from papers_tui.index.paper import Entry, Marks, Paper, Status
from papers_tui.index.search.marked import Marked
from papers_tui.index.search.paper_index import PaperIndex
from papers_tui.index.search.parser import parse
from papers_tui.index.store import opening, restoring
from papers_tui.index.store.backups import backups_of, keep, problem_of, read_counts
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.database import Database
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.marks_schema import MARKS

ADDED = "2026-01-02T03:04:05Z"
DONE = b"done\n"
ONE = Paper(id="arxiv:2401.00001", title="The First of Many", arxiv_id="2401.00001")


def papers(first: int, last: int) -> list[Paper]:
    return [
        Paper(
            id=f"arxiv:2402.{number:05}",
            title=f"Paper number {number}",
            abstract=f"All about the number {number}. " * 20,
            arxiv_id=f"2402.{number:05}",
            sources=("listing:some.txt",),
        )
        for number in range(first, last)
    ]


@dataclass(frozen=True)
class Work:
    """Something to do in a folder."""

    steps: Callable[[Path], Iterator[None]]
    """Does it. Each `None` says that what was done so far is for good."""
    state: Callable[[Path], object]
    """Opens what is in the folder, makes sure that it is whole, and returns what a user could see of it."""
    prepare: Callable[[Path], object] = lambda folder: None
    """What is there before."""
    share: int = 1
    """One of so many disks is opened, where nobody asks for a longer run."""


def data(folder: Path) -> Path:
    return folder / "share" / "papers-tui"


# Marks


def mark(folder: Path) -> Iterator[None]:
    store = MarksStore(data(folder) / "marks.db")
    yield
    store.change([ONE], lambda now: replace(now, bookmarked=True), label="bookmark")
    yield
    store.change(papers(0, 25), store.tag_edit(["one", "two"], []), label="tag")
    yield
    store.set_note(ONE, "A note of some length. " * 500, base_revision=0, label="note")
    yield
    store.undo()
    yield
    store.redo()
    yield
    store.save_draft(ONE.id, "a draft")
    yield
    store.rename(ONE.id, "doi:10.1/one")
    yield
    store.restore([Entry(paper, Marks(note="imported", rating=4)) for paper in papers(20, 30)])
    yield
    store.change(papers(0, 25), lambda _: Marks(status=Status.READ), label="read")
    yield
    store.drop_draft("doi:10.1/one")
    yield
    store.close()


def marks_state(folder: Path) -> object:
    path = data(folder) / "marks.db"
    with closing(MarksStore(path)) as store:
        marks = store.all()
        drafts = {paper_id: store.draft(paper_id) for paper_id in store.drafted()}
        assert store.snapshots().keys() == marks.keys()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        steps = connection.execute("SELECT label, undone, number FROM step ORDER BY number").fetchall()
        items = connection.execute("SELECT step, id, before, after FROM step_item ORDER BY number").fetchall()
    return marks, drafts, steps, items


# Papers


def put(folder: Path) -> Iterator[None]:
    corpus = Corpus(data(folder) / "papers.db")
    yield
    corpus.put(papers(0, 40), added=ADDED)
    yield
    corpus.put([replace(one, upvotes=7, doi=f"10.1/{one.arxiv_id}") for one in papers(30, 50)], added=ADDED)
    yield
    corpus.remove_source("listing:some.txt", keep={one.id for one in papers(0, 10)})
    yield
    corpus.put([ONE], added=ADDED)
    yield
    corpus.close()


def papers_state(folder: Path) -> object:
    path = data(folder) / "papers.db"
    with closing(Corpus(path)) as corpus:
        present = dict(corpus.changes(0))
        assert corpus.count() == len(present)
        for paper in present.values():
            assert paper is not None
            assert corpus.get(paper.id) == paper
        generation = corpus.stamp().generation
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return present, generation


# The index


def silent(_done: int, _total: int) -> None:
    pass


def make_papers(folder: Path) -> None:
    with closing(Corpus(data(folder) / "papers.db")) as corpus:
        corpus.put(papers(0, 30), added=ADDED)


def index(folder: Path) -> Iterator[None]:
    corpus = Corpus(data(folder) / "papers.db")
    paper_index = PaperIndex(folder / "cache" / "papers-tui" / "index")
    paper_index.update(corpus, silent)
    yield
    corpus.put(papers(30, 35), added=ADDED)
    yield
    paper_index.update(corpus, silent)
    yield
    corpus.put([replace(one, title=f"{one.title}, once more") for one in papers(0, 3)], added=ADDED)
    yield
    paper_index.update(corpus, silent)
    yield
    paper_index.rebuild(corpus, silent)
    yield
    corpus.close()


def index_state(folder: Path) -> object:
    """Return the state of the papers, after making sure that the index is of one of their states, or none."""
    directory = folder / "cache" / "papers-tui" / "index"
    with closing(Corpus(data(folder) / "papers.db")) as corpus:
        paper_index = PaperIndex(directory)
        found = indexed(paper_index)
        assert found is None or len(found) in {30, 35}, "the index is of no state of the papers"
        if paper_index.is_current(corpus.stamp()):
            assert found == set(corpus.keys_of([paper.id for paper in papers(0, 50)]).values())
        paper_index.update(corpus, silent)
        assert paper_index.is_current(corpus.stamp())
        assert paper_index.verify() is None
        assert indexed(paper_index) == set(dict(corpus.changes(0)))
    assert len(list(directory.iterdir())) == 3, "something was left behind"
    return papers_state(folder)


def indexed(paper_index: PaperIndex) -> set[int] | None:
    """Return the keys of the papers that a search finds; None without an index."""
    searcher = paper_index.searcher()
    if searcher is None:
        return None
    with closing(searcher):
        ranking = searcher.search(parse("number ", today=date(2026, 1, 1)), Marked({}))
        return {key for key, _ in ranking.page(0, 1000)}


# Imports

TITLES = [f"A title that is known by number {number}" for number in range(12)]


def lines(folder: Path, name: str, entries: Iterable[Entry]) -> Path:
    path = folder / name
    path.write_text("".join(EXPORT_FORMATS["jsonl"].write(entries)))
    return path


def make_lines(folder: Path) -> None:
    """Write a file of papers, some of them with marks; have papers by their titles, all bookmarked."""
    marked = [Entry(one, Marks(note=f"note {one.id}", tags=("kept",))) for one in papers(0, 15)]
    lines(folder, "marked.jsonl", [*marked, *map(Entry, papers(15, 40))])
    by_title = [
        Entry(Paper(id=paper_id(arxiv=None, doi=None, title=title), title=title), Marks(bookmarked=True))
        for title in TITLES
    ]
    known = [
        Entry(Paper(id=f"arxiv:2403.{number:05}", title=title, arxiv_id=f"2403.{number:05}"))
        for number, title in enumerate(TITLES)
    ]
    lines(folder, "known.jsonl", known)
    with library(folder) as opened:
        opened.import_paths(
            [lines(folder, "titles.jsonl", by_title)], ImportOptions(), lambda _progress: None
        )


def library(folder: Path) -> Library:
    return Library.open(data(folder), folder / "cache")


def import_lines(folder: Path) -> Iterator[None]:
    with library(folder) as opened:
        for name in ("marked.jsonl", "known.jsonl"):
            opened.import_paths([folder / name], ImportOptions(), lambda _progress: None)
            yield


def imported_state(folder: Path) -> object:
    """Make sure that marks stand at their papers, and that importing again completes what broke off."""
    with library(folder) as opened:
        entries = [hit.entry for hit in opened.search("").page(0, 100)]
        assert {one.paper.title for one in entries if one.marks.bookmarked} == set(TITLES)
        papers_then = {one.paper.id for one in entries}
        for name in ("marked.jsonl", "known.jsonl"):
            opened.import_paths([folder / name], ImportOptions(), lambda _progress: None)
        entries = [hit.entry for hit in opened.search("").page(0, 100)]
        assert len(entries) == 40 + len(TITLES)
        assert {one.paper.id for one in entries if one.marks.bookmarked} == {
            f"arxiv:2403.{number:05}" for number in range(len(TITLES))
        }
        notes = {one.paper.id: one.marks.note for one in entries if one.marks.note}
        assert notes == {one.id: f"note {one.id}" for one in papers(0, 15)}
    return papers_then


# Migrations


def make_old(folder: Path, version: int = 1) -> None:
    old = replace(MARKS, migrations=MARKS.migrations[:version], probes=())
    database = Database(data(folder) / "marks.db", old)
    with database.writing() as connection:
        for paper in papers(0, 40):
            row = (paper.id, f"note of {paper.id}", f'{{"i":"{paper.id}","t":"{paper.title}"}}')
            connection.execute(
                "INSERT INTO mark (id, bookmarked, note, note_revision, status, rating, snapshot)"
                " VALUES (?, 1, ?, 1, 'read', 5, ?)",
                row,
            )
            connection.execute("INSERT INTO tag VALUES ('old', ?)", (paper.id,))
    database.close()


def migrate(folder: Path) -> Iterator[None]:
    MarksStore(data(folder) / "marks.db").close()
    yield


def migrated_state(folder: Path) -> object:
    path = data(folder) / "marks.db"
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        assert version in {1, MARKS.version}
    with closing(MarksStore(path)) as store:
        marks = store.all()
    backup = path.with_name("marks.db.v1.bak")
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM mark").fetchone() == (40,)
    return marks


# Backups


def make_marks(folder: Path) -> None:
    with closing(MarksStore(data(folder) / "marks.db")) as store:
        store.change(papers(0, 20), store.tag_edit(["first"], []), label="tag")


def back_up(folder: Path) -> Iterator[None]:
    path = data(folder) / "marks.db"
    store = MarksStore(path)
    yield
    for turn in range(1, 4):
        some = papers(20 * turn, 20 * turn + 20)
        store.change(some, store.tag_edit(["more"], []), label="tag")
        yield
        with store._database.reading() as connection:
            keep(connection, path, datetime.now(UTC) + timedelta(hours=13 * turn))
        yield
    store.close()


def backups_state(folder: Path) -> object:
    """Return how many papers are marked, and how many of them are in some backup."""
    path = data(folder) / "marks.db"
    kept = backups_of(path)
    for backup in kept:
        assert problem_of(backup.path) == ""
    with closing(MarksStore(path)) as store:
        return len(store.all()), max((read_counts(backup.path)["papers"] for backup in kept), default=0)


def make_backup(folder: Path) -> None:
    make_marks(folder)
    with closing(MarksStore(data(folder) / "marks.db")) as store:
        store.back_up()
        store.change(papers(10, 30), store.tag_edit(["later"], []), label="tag")


def make_damaged(folder: Path) -> None:
    make_backup(folder)
    path = data(folder) / "marks.db"
    path.write_bytes(path.read_bytes()[:9000])


def restore(folder: Path) -> Iterator[None]:
    path = data(folder) / "marks.db"
    restoring.restore(path, next(one.path for one in backups_of(path) if not one.is_before_restore))
    yield


def restored_state(folder: Path) -> object:
    path = data(folder) / "marks.db"
    for backup in backups_of(path):
        assert problem_of(backup.path) == ""
        assert read_counts(backup.path)["papers"] == (30 if backup.is_before_restore else 20)
    try:
        with closing(MarksStore(path)) as store:
            return {paper_id: one.tags for paper_id, one in store.all().items()}
    except DamagedLibrary:
        return "damaged"


WORK: Mapping[str, Work] = {
    "mark": Work(mark, marks_state, share=3),
    "put": Work(put, papers_state, share=2),
    "index": Work(index, index_state, make_papers, share=3),
    "import": Work(import_lines, imported_state, make_lines, share=12),
    "migrate": Work(migrate, migrated_state, make_old),
    "back up": Work(back_up, backups_state, make_marks, share=4),
    "restore": Work(restore, restored_state, make_backup, share=2),
    "replace": Work(restore, restored_state, make_damaged),
}


def weaken(synchronous: str) -> None:
    """Let SQLite flush less than it should."""
    set_up = opening.set_up

    def weaker(connection: sqlite3.Connection, schema: opening.Schema) -> None:
        set_up(connection, schema)
        connection.execute(f"PRAGMA synchronous = {synchronous}")

    opening.set_up = weaker


def main() -> None:
    name, folder, *weaker = sys.argv[1:]
    for synchronous in weaker:
        weaken(synchronous)
    for _ in WORK[name].steps(Path(folder)):
        os.write(1, DONE)


if __name__ == "__main__":
    main()
