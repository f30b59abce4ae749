"""A damaged papers.db: what it still holds is saved into a new file, and the damaged one kept as it is."""

import sqlite3
from contextlib import closing

import pytest

from papers_tui.index.errors import DamagedLibrary, ForeignFile, LibraryError
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.mergers import Mergers
from papers_tui.index.store.recovering import is_whole, recover

PAGE = 4096
WHEN = "2026-01-02T03:04:05Z"
N = 120


@pytest.fixture
def file(tmp_path, make):
    path = tmp_path / "papers.db"
    with closing(Corpus(path)) as corpus:
        titles = ["A Study of Gardens and Their Keepers", *(f"Paper {n}" for n in range(1, N))]
        of = {"authors": ["Ada Lovelace"], "published": "2024"}
        corpus.put([make(title, abstract=f"{title} " * 60, **of) for title in titles], added=WHEN)
        better = make(titles[0], arxiv_id="2404.00001", abstract=f"{titles[0]} " * 60, **of)
        corpus.put([better], added=WHEN)
    with closing(Mergers(path)) as mergers:
        mergers.keep_apart("arxiv:2404.00001", "arxiv:2404.00002")
    return path


def papers(path):
    with closing(Corpus(path)) as corpus:
        return {paper.id: paper for _, paper in corpus.changes(0)}


def root_of(path, table):
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        return connection.execute(query, (table,)).fetchone()[0] - 1


def test_nothing_is_lost_with_the_first_page(file):
    before, content = papers(file), file.read_bytes()
    file.write_bytes(b"\0" * PAGE + content[PAGE:])
    assert not is_whole(file)
    done = recover(file)
    assert is_whole(file)
    assert done.papers == N
    assert papers(file) == before
    assert done.aside.read_bytes() == b"\0" * PAGE + content[PAGE:]
    assert done.aside.name.startswith("papers.db.damaged-")
    assert not list(file.parent.glob(".restore-*"))


def test_former_ids_and_pairs_kept_apart_are_saved(file):
    with closing(Corpus(file)) as corpus:
        former = corpus.names() - papers(file).keys()
    assert former
    content = file.read_bytes()
    file.write_bytes(b"\0" * PAGE + content[PAGE:])
    recover(file)
    with closing(Corpus(file)) as corpus:
        assert corpus.renamed(former) == dict.fromkeys(former, "arxiv:2404.00001")
    with closing(Mergers(file)) as mergers:
        assert mergers.apart() == {("arxiv:2404.00001", "arxiv:2404.00002")}


def test_a_lost_page_of_papers_loses_those_papers(file):
    before, content = papers(file), file.read_bytes()
    page = root_of(file, "paper") + 12
    file.write_bytes(content[: page * PAGE] + b"\xa5" * PAGE + content[(page + 1) * PAGE :])
    with pytest.raises(DamagedLibrary):
        Corpus(file)
    assert recover(file).papers >= N - 10
    found = papers(file)
    assert all(before[key] == paper for key, paper in found.items())


@pytest.mark.parametrize("content", [b"garbage" * 5000, b"\xff\x00" * 5000], ids=["text", "noise"])
def test_what_is_none_of_ours_is_not_put_aside(file, content):
    file.write_bytes(content)
    with pytest.raises(ForeignFile, match="no database"):
        is_whole(file)
    with pytest.raises(ForeignFile):
        recover(file)
    assert file.read_bytes() == content
    assert [path.name for path in file.parent.iterdir()] == ["papers.db"]


def test_where_no_paper_can_be_read_the_file_stays_in_its_place(file):
    content = file.read_bytes()
    with closing(sqlite3.connect(file)) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    lost = content[:100] + b"\xa5" * (PAGE - 100) + b"\xa5" * PAGE * (pages - 1)
    file.write_bytes(lost)
    with pytest.raises(LibraryError, match="nothing can be read") as told:
        recover(file)
    assert "import" in told.value.remedy
    assert file.read_bytes() == lost
    assert [path.name for path in file.parent.iterdir()] == ["papers.db"]


def test_a_file_of_zeros_is_put_aside(file):
    file.write_bytes(bytes(50_000))
    done = recover(file)
    assert done.papers == 0
    assert done.aside.read_bytes() == bytes(50_000)
    assert papers(file) == {}
