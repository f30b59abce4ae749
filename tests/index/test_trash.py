"""Removed papers: out of sight everywhere, and back as they were."""

import json

import pytest

from papers_tui.index.errors import UnknownPaper
from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library
from papers_tui.index.paper import Status

IDS = [f"arxiv:2401.0000{n}" for n in range(1, 5)]


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "papers.jsonl"
    documents = [
        {"id": one, "title": f"Graph networks, part {n}", "abstract": "Graphs of molecules."}
        for n, one in enumerate(IDS)
    ]
    path.write_text("".join(json.dumps(document) + "\n" for document in documents))
    return path


@pytest.fixture
def library(tmp_path, page):
    with opened(tmp_path) as library:
        imported(library, page)
        yield library


def opened(tmp_path):
    return Library.open(tmp_path / "data", tmp_path / "cache")


def imported(library, page):
    report = library.import_paths([page], ImportOptions(), lambda _: None)
    library.update_index(lambda *_: None)
    return report


def found(library, query=""):
    return {hit.entry.paper.id for hit in library.search(query).page(0, 50)}


def test_a_removed_paper_is_nowhere(library):
    library.tag(IDS[:2], add=["thesis"])
    library.bookmark(IDS[:1], on=True)
    library.remove(IDS[:1])
    assert found(library) == found(library, "graph") == set(IDS[1:])
    assert found(library, "tag:thesis") == {IDS[1]}
    assert found(library, "is:bookmarked") == found(library, f"id:{IDS[0]} ") == set()
    assert library.search("graph").total == library.count() == library.overview().total == 3
    assert library.overview().bookmarked == 0
    assert library.tags() == library.overview().tags == {"thesis": 1}
    assert {hit.entry.paper.id for hit in library.similar(IDS[1])} == set(IDS[2:])
    facets = library.search("graph").facets()
    assert [(value.name, value.papers) for value in facets.tags] == [("thesis", 1)]
    with pytest.raises(UnknownPaper, match="trash") as caught:
        library.entry(IDS[0])
    assert f"trash --restore {IDS[0]}" in caught.value.remedy
    assert library.resolve(IDS)[0] == IDS[1:]


def test_without_an_index_it_is_nowhere_either(tmp_path, page):
    with opened(tmp_path) as library:
        library.import_paths([page], ImportOptions(), lambda _: None)
        library.remove(IDS[:1])
        assert found(library) == set(IDS[1:])


def test_undo_brings_papers_back_with_their_marks(library, tmp_path):
    library.set_note(IDS[0], "precious")
    library.set_status(IDS[:3], Status.READ)
    before = [library.entry(one) for one in IDS]
    library.remove(IDS)
    assert found(library) == set()
    library.close()
    with opened(tmp_path) as again:
        assert again.undo().label == "remove"
        assert [again.entry(one) for one in IDS] == before
        assert found(again, "graph") == set(IDS)
        again.redo()
        assert found(again, "graph") == set()


def test_the_trash_tells_what_is_in_it_and_gives_it_back(library):
    library.tag(IDS[:2], add=["a"])
    before = library.entry(IDS[1])
    library.remove(IDS[:2])
    assert {removed.entry.paper.id for removed in library.trash()} == set(IDS[:2])
    assert {removed.entry.marks.tags for removed in library.trash()} == {("a",)}
    change, unknown = library.bring_back(["2401.00002", IDS[3]])
    assert change.ids == (IDS[1],)
    assert [error.wanted for error in unknown] == [IDS[3]]
    assert library.entry(IDS[1]) == before
    assert [removed.entry.paper.id for removed in library.trash()] == [IDS[0]]


def test_an_import_does_not_bring_a_removed_paper_back_and_says_so(library, page):
    library.remove(IDS[:2])
    (report,) = (imported := library.import_paths([page], ImportOptions(), lambda _: None)).files
    assert report.unchanged == report.read == 4
    assert any("2 papers are in the trash" in remark for remark in report.remarks)
    assert imported.total == 2
    assert found(library) == set(IDS[2:])


def test_a_removed_paper_that_gets_a_better_id_stays_removed(library, tmp_path, page):
    document = {"title": "Gardens of small models", "abstract": "They grow.", "authors": ["A B"]}
    poor = tmp_path / "poor.jsonl"
    poor.write_text(json.dumps(document))
    imported(library, poor)
    (former,) = found(library) - set(IDS)
    library.remove([former])
    poor.write_text(json.dumps(document | {"id": "arxiv:2405.00001", "arxiv_id": "2405.00001"}))
    imported(library, poor)
    assert found(library) == set(IDS)
    library.bring_back([former])
    assert found(library) == {*IDS, "arxiv:2405.00001"}


def test_an_emptied_trash_is_gone_until_it_is_undone(library, page):
    library.set_note(IDS[0], "precious")
    before = library.entry(IDS[0])
    library.remove(IDS[:1])
    assert library.empty_trash().ids == (IDS[0],)
    assert library.trash() == []
    with pytest.raises(UnknownPaper):
        library.entry(IDS[0])
    library.undo()
    library.undo()
    assert library.entry(IDS[0]).paper == before.paper
    assert library.entry(IDS[0]).marks.note == "precious"


def test_after_the_trash_was_emptied_an_import_brings_a_paper_as_new(library, page):
    library.bookmark(IDS[:1], on=True)
    library.remove(IDS[:1])
    library.empty_trash()
    imported(library, page)
    assert not library.entry(IDS[0]).marks.bookmarked
    assert found(library) == set(IDS)


def test_another_window_sees_the_removal(library, tmp_path):
    with opened(tmp_path) as other:
        version = other.marks_version()
        library.remove(IDS[:1])
        assert other.marks_version() != version
        assert found(other) == set(IDS[1:])


def test_the_shelf_can_go_while_some_of_it_is_in_the_trash(library):
    library.add_shelf()
    library.update_index(lambda *_: None)
    shelf = [one for one in found(library, "source:starter-shelf") if one not in IDS]
    library.remove(shelf[:1])
    library.remove_shelf()
    library.bring_back(shelf[:1])
    assert library.entry(shelf[0])


def test_a_marked_paper_that_the_corpus_lacks_can_be_removed(library, tmp_path):
    library.set_note(IDS[0], "precious")
    library.close()
    (tmp_path / "data" / "papers.db").unlink()
    with opened(tmp_path) as again:
        assert again.entry(IDS[0])
        assert again.remove(IDS[:1]).ids == (IDS[0],)
        assert again.count() == 0
        again.undo()
        assert again.entry(IDS[0]).marks.note == "precious"


@pytest.mark.parametrize(
    "spelled", ["2401.00001", "arXiv:2401.00001v2", "https://arxiv.org/abs/2401.00001", " arxiv:2401.00001 "]
)
def test_a_paper_is_removed_and_brought_back_by_an_id_in_any_spelling(library, spelled):
    assert library.remove([spelled, IDS[0], IDS[1]]).ids == tuple(IDS[:2])
    assert found(library) == set(IDS[2:])
    library.bring_back([spelled])
    assert found(library) == {IDS[0], *IDS[2:]}


def test_nothing_is_removed_where_one_id_is_of_no_paper(library):
    with pytest.raises(UnknownPaper):
        library.remove([IDS[0], "arxiv:2401.99999"])
    assert found(library) == set(IDS)
