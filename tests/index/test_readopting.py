"""Papers with marks come back into a library that lost its papers, each as its own."""

import json

import pytest

from papers_tui.index.edits import edited
from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library

ATTENTION = {"id": "arxiv:1706.03762", "arxiv_id": "1706.03762", "title": "Attention Is All You Need"}
MAMBA = {
    "id": "arxiv:2312.00752",
    "arxiv_id": "2312.00752",
    "doi": "10.1000/mamba",
    "title": "Mamba: Linear-Time Sequence Modeling with Selective State Spaces",
}
TITLED = {"title": "A Report That Nobody Ever Gave a Number of Its Own", "published": "2020-01-01"}


@pytest.fixture
def opened(tmp_path):
    """Open the library, its papers lost."""

    def opened():
        (tmp_path / "data" / "papers.db").unlink()
        return Library.open(tmp_path / "data", tmp_path / "cache")

    return opened


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path / "data", tmp_path / "cache") as library:
        file = tmp_path / "papers.jsonl"
        file.write_text("".join(f"{json.dumps(one)}\n" for one in (ATTENTION, MAMBA, TITLED)))
        library.import_paths([file], ImportOptions(), lambda _: None)
        yield library


def ids_of(library):
    return {hit.entry.paper.title: hit.entry.paper.id for hit in library.search("").hits}


@pytest.mark.parametrize("is_stored_as_edited", [False, True])
def test_papers_come_back_by_their_own_ids_whatever_the_user_said_these_are(
    library, opened, is_stored_as_edited
):
    before = ids_of(library)
    assert len(before) == 3
    for title, edits in (
        (ATTENTION["title"], {"arxiv": "2312.00752"}),
        (TITLED["title"], {"arxiv": "1706.03762", "doi": "10.1000/mamba"}),
    ):
        library.edit(before[title], edits)
        if is_stored_as_edited:  # as earlier versions did
            entry = library.entry(before[title])
            said = edited(entry.source, entry.marks.edits)
            library._marks.set_note(said, "other", base_revision=0, label="note")
    for title, paper_id in before.items():
        library.set_note(paper_id, f"on {title}")
        if is_stored_as_edited:
            entry = library.entry(paper_id)
            said = edited(entry.source or entry.paper, entry.marks.edits)
            library._marks.set_note(said, f"on: {title}", base_revision=1, label="note")
    library.close()
    with opened() as again:
        assert sorted(again.readopt()) == sorted(before.values())
        assert ids_of(again) == before
        for title, paper_id in before.items():
            entry = again.entry(paper_id)
            assert title in entry.marks.note
            source = entry.source or entry.paper
            assert source.arxiv_id == (paper_id[6:] if paper_id.startswith("arxiv:") else None)
        assert again.entry(before[TITLED["title"]]).source.doi is None
        assert again.entry(before[MAMBA["title"]]).paper.doi == "10.1000/mamba"
        assert again.readopt() == []


def test_only_papers_that_were_really_put_back_are_counted(library, opened, tmp_path):
    report = {**TITLED, "authors": ["Ada Lovelace"], "abstract": "A report of many words. " * 9}
    file = tmp_path / "report.jsonl"
    file.write_text(json.dumps(report))
    library.import_paths([file], ImportOptions(), lambda _: None)
    paper_id = ids_of(library)[TITLED["title"]]
    library.set_note(paper_id, "mine")
    library.close()
    with opened() as again:
        numbered = report | {"id": "arxiv:2001.00001", "arxiv_id": "2001.00001"}
        file.write_text(json.dumps(numbered))
        again.import_paths([file], ImportOptions(), lambda _: None)
        assert again.readopt() == []
        assert again.entry("arxiv:2001.00001").marks.note == "mine"
        assert again.count() == 1
