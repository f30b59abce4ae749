"""Backups and stores with damage anywhere: refused in words, or read; never half, and never a crash.

`PAPERS_TUI_DURABILITY=N` tries N times as many.
"""

import os
import random
from contextlib import closing, suppress
from dataclasses import replace

import pytest

from papers_tui.index.errors import PapersError
from papers_tui.index.paper import Paper
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.recovering import recover
from papers_tui.index.store.restoring import plan, restore
from papers_tui.index.store.salvaging import salvage

PAGE = 4096
SEEDS = range(10 * int(os.environ.get("PAPERS_TUI_DURABILITY", "1")))


@pytest.fixture(scope="module")
def contents(tmp_path_factory):
    """A marks.db and a papers.db, whole."""
    folder = tmp_path_factory.mktemp("whole")
    papers = [
        Paper(id=f"arxiv:2404.{n:05}", arxiv_id=f"2404.{n:05}", title=f"Paper {n}", abstract="word " * 60)
        for n in range(40)
    ]
    with closing(Corpus(folder / "papers.db")) as corpus:
        corpus.put(papers, added="2026-01-02T03:04:05Z")
    with closing(MarksStore(folder / "marks.db")) as marks:
        marks.change(papers, lambda one: replace(one, bookmarked=True, tags=("a",)), label="bookmark")
        for paper in papers[::5]:
            marks.set_note(paper, "a note " * 50, base_revision=0, label="note")
        marks.save_draft(papers[1].id, "half a thought")
    return (folder / "marks.db").read_bytes(), (folder / "papers.db").read_bytes()


def damaged(content, chance):
    """Flip bits, cut the end, lose pages, or write over a part."""
    found = bytearray(content)
    match chance.randrange(4):
        case 0:
            for _ in range(chance.choice([1, 3, 20, 200])):
                found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
        case 1:
            del found[chance.randrange(len(found)) :]
        case 2:
            for _ in range(chance.choice([1, 2, 5])):
                start = chance.randrange(len(found) // PAGE) * PAGE
                found[start : start + PAGE] = chance.choice([chance.randbytes(PAGE), bytes(PAGE)])
        case _:
            start = chance.randrange(len(found))
            stop = min(len(found), start + chance.randrange(1, 3000))
            found[start:stop] = chance.randbytes(stop - start)
    return bytes(found)


def used(marks):
    """Do with marks what the program does with them."""
    with closing(MarksStore(marks)) as store:
        store.all()
        store.snapshots()
        store.tags()
        store.undo()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_damaged_backup_is_refused_or_restored_whole(tmp_path, contents, seed):
    file, wrong = tmp_path / "marks.db", tmp_path / "wrong.db"
    file.write_bytes(contents[0])
    content = damaged(contents[0], random.Random(seed))
    wrong.write_bytes(content)
    with closing(MarksStore(file)) as store:
        before = store.all()
        try:
            plan(file, wrong)
            restore(file, wrong)
        except PapersError:
            assert store.all() == before
    used(file)
    assert wrong.read_bytes() == content


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_stores_are_saved_or_left_alone(tmp_path, contents, seed):
    chance = random.Random(seed)
    marks, papers = tmp_path / "marks.db", tmp_path / "papers.db"
    for file, content, save in ((marks, contents[0], salvage), (papers, contents[1], recover)):
        broken = damaged(content, chance)
        file.write_bytes(broken)
        try:
            save(file)
        except PapersError:
            assert file.read_bytes() == broken
    with suppress(PapersError):
        used(marks)
    with suppress(PapersError), closing(Corpus(papers)) as corpus:
        assert len(list(corpus.changes(0))) == corpus.count()
