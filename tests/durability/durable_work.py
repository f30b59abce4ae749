"""Work on a library in steps that are acknowledged one by one, and the state that it leaves.

python durable_work.py NAME FOLDER [SYNCHRONOUS]        does it, and says `done` after each step
"""

from __future__ import annotations

import io
import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, redirect_stderr
from dataclasses import replace
from functools import partial
from pathlib import Path

from durable_library import ADDED, DONE, ONE, Work, data, indexed, papers, silent
from durable_upkeep import (
    back_up,
    backups_state,
    make_backup,
    make_damaged,
    make_marks,
    make_old,
    make_old_papers,
    migrate,
    migrate_papers,
    migrated_papers,
    migrated_state,
    restore,
    restored_state,
)

from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.identity import paper_id
from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library
from papers_tui.index.paper import Entry, Marks, Paper, Status
from papers_tui.index.search.paper_index import PaperIndex
from papers_tui.index.store import opening
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.tui.cli import main

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


# Exports


def export(folder: Path) -> Iterator[None]:
    for last in (30, 35):
        with closing(Corpus(data(folder) / "papers.db")) as corpus:
            corpus.put(papers(0, last), added=ADDED)
        out = str(folder / "out.jsonl")
        with redirect_stderr(io.StringIO()):
            assert (
                main(["export", "-o", out, "--data-dir", str(data(folder)), "--cache-dir", "/dev/null/x"])
                == 0
            )
        yield


def exported_state(folder: Path) -> object:
    """Return the ids of the papers that the exported file has; empty where there is none."""
    out = folder / "out.jsonl"
    return [json.loads(line)["id"] for line in out.read_text().splitlines()] if out.exists() else []


WORK: Mapping[str, Work] = {
    "mark": Work(mark, marks_state, share=3),
    "put": Work(put, papers_state, share=2),
    "index": Work(index, index_state, make_papers, share=3),
    "import": Work(import_lines, imported_state, make_lines, share=12),
    "export": Work(export, exported_state, make_papers, share=2),
    "migrate": Work(migrate, migrated_state, make_old),
    **{
        f"migrate {version}": Work(
            migrate, partial(migrated_state, version=version), partial(make_old, version=version), share=12
        )
        for version in range(2, MARKS.version)
    },
    "migrate papers": Work(migrate_papers, migrated_papers, make_old_papers, share=4),
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


def work_on() -> None:
    name, folder, *weaker = sys.argv[1:]
    for synchronous in weaker:
        weaken(synchronous)
    for _ in WORK[name].steps(Path(folder)):
        os.write(1, DONE)


if __name__ == "__main__":
    work_on()
