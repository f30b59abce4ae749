"""What the user says of a paper's fields, beside what its sources say."""

import json
import shutil

import pytest

from papers_tui.index.edits import FIELDS, checked, edited, said_of
from papers_tui.index.errors import UnknownPaper, WrongUsage
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library

PAPER = {
    "id": "arxiv:2401.00001",
    "title": "Attenton Is Somethng",
    "abstract": "We pay attention.",
    "authors": ["Ada Lovelace"],
    "published": "2024-01-05",
    "arxiv_id": "2401.00001",
}
ID = PAPER["id"]


@pytest.fixture
def bring(tmp_path):
    """Import the paper, in some version, into a library."""

    def bring(library, **version):
        file = tmp_path / "papers.jsonl"
        file.write_text(json.dumps(PAPER | version), encoding="utf-8")
        library.import_paths([file], ImportOptions(), lambda _: None)
        library.update_index(lambda *_: None)

    return bring


@pytest.fixture
def library(tmp_path, bring):
    with Library.open(tmp_path / "data", tmp_path / "cache") as library:
        bring(library)
        yield library


def found(library, query):
    library.update_index(lambda *_: None)
    return [hit.entry.paper.title for hit in library.search(query + " ").hits]


def test_an_edit_is_shown_found_and_cited_and_the_source_is_kept(library):
    library.edit("2401.00001", {"title": "Attention Is Something", "authors": "Byron, Ada; Hopper, Grace"})
    entry = library.entry(ID)
    assert entry.paper.title == "Attention Is Something"
    assert [author.name for author in entry.paper.authors] == ["Ada Byron", "Grace Hopper"]
    assert entry.source.title == PAPER["title"]
    assert said_of(entry.source, "authors") == "Lovelace, Ada"
    assert found(library, "title:something author:hopper") == ["Attention Is Something"]
    assert library.search("author:lovelace ").total == 0
    assert found(library, '"attention is something"') == ["Attention Is Something"]


def test_an_edit_is_undone_and_done_again_in_the_index_too(library):
    library.edit(ID, {"title": "Tides"})
    library.bookmark([ID], on=True)
    library.undo()
    assert library.undo().label == "edit title"
    assert library.entry(ID).paper.title == PAPER["title"]
    assert library.entry(ID).source is None
    assert found(library, "tides") == []
    library.redo()
    assert found(library, "tides") == ["Tides"]


def test_an_edit_survives_another_import_which_changes_what_the_source_says(library, bring):
    library.edit(ID, {"title": "Tides", "venue": "Journal of Tides"})
    bring(
        library,
        title="Attention Is Something Else Entirely",
        venue="Elsewhere",
        abstract="We pay attention, and tell how. " * 9,
    )
    entry = library.entry(ID)
    assert (entry.paper.title, entry.paper.venue) == ("Tides", "Journal of Tides")
    assert entry.paper.abstract.startswith("We pay attention, and tell how.")
    assert found(library, "tides") == ["Tides"]
    library.edit(ID, {"title": None, "venue": None})
    assert library.entry(ID).source is None


def test_an_edit_survives_the_loss_of_papers_and_index(library, tmp_path, bring):
    library.edit(ID, {"title": "Tides"})
    with Library.open(tmp_path / "data", tmp_path / "elsewhere") as other:
        assert found(other, "tides") == ["Tides"]
    library.close()
    (tmp_path / "data" / "papers.db").unlink()
    with Library.open(tmp_path / "data", tmp_path / "cache") as again:
        bring(again)
        assert found(again, "tides") == ["Tides"]
        assert again.entry(ID).source.title == PAPER["title"]


def test_the_index_hears_of_edits_that_came_with_the_marks(library, tmp_path):
    before = tmp_path / "before.db"
    library.edit(ID, {"title": "Tides"})
    assert found(library, "tides") == ["Tides"]
    shutil.copy(tmp_path / "data" / "marks.db", before)
    library.undo()
    assert not library.index_is_current()
    assert found(library, "tides") == []
    assert library.index_is_current()
    library.close()
    shutil.copy(before, tmp_path / "data" / "marks.db")
    with Library.open(tmp_path / "data", tmp_path / "cache") as again:
        assert not again.index_is_current()
        assert found(again, "tides") == ["Tides"]
        assert again.index_is_current()
    (tmp_path / "cache" / "edits.json").write_text("[damaged")
    with Library.open(tmp_path / "data", tmp_path / "cache") as again:
        assert found(again, "tides") == ["Tides"]
        assert again.index_is_current()


def test_edits_of_several_fields_are_kept_apart(library):
    library.edit(ID, {"title": "Tides"})
    library.edit(ID, {"date": "2023", "doi": "https://doi.org/10.1000/ABC", "arxiv": ""})
    paper = library.entry(ID).paper
    assert (paper.title, paper.published, paper.doi, paper.arxiv_id) == ("Tides", "2023", "10.1000/abc", None)
    assert paper.id == ID
    library.edit(ID, {"title": None})
    paper = library.entry(ID).paper
    assert (paper.title, paper.published) == (PAPER["title"], "2023")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", ""),
        ("title", "\x1b[31m"),
        ("date", "2024-13"),
        ("date", "2024-02-30"),
        ("date", "yesterday"),
        ("date", "24"),
        ("doi", "not one"),
        ("arxiv", "not one"),
        ("colour", "red"),
        ("id", "x"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(field, text, library):
    with pytest.raises(WrongUsage):
        library.edit(ID, {"venue": "Somewhere", field: text})
    assert library.entry(ID).source is None
    assert library.undo() is None


def test_a_paper_that_is_not_there_is_named(library):
    with pytest.raises(UnknownPaper):
        library.edit("arxiv:9999.99999", {"title": "x"})


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Lovelace, Ada; Turing, Alan M.", ["Ada Lovelace", "Alan M. Turing"]),
        ("Ada Lovelace and Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Gemma Team; van der Berg, Jan", ["Gemma Team", "Jan van der Berg"]),
        ("{DeepSeek AI}", ["DeepSeek AI"]),
        ("Smith, Jr., John; ;", ["John Smith Jr."]),
        ("李明", ["李明"]),
        ("", []),
    ],
)
def test_authors_are_read_as_they_are_written(typed, names, library):
    library.edit(ID, {"authors": typed})
    paper = library.entry(ID).paper
    assert [author.name for author in paper.authors] == names
    assert checked("authors", said_of(paper, "authors")) == said_of(paper, "authors")


def test_every_field_can_be_read_back_as_it_is_typed(library):
    paper = library.entry(ID).paper
    for field in FIELDS:
        if said := said_of(paper, field):
            assert said_of(edited(paper, ((field, checked(field, said)),)), field) == said


def test_edits_travel_in_json_lines_beside_what_the_sources_say(library, tmp_path):
    library.edit(ID, {"title": "Tides", "venue": ""})
    file = tmp_path / "out.jsonl"
    file.write_text("".join(EXPORT_FORMATS["jsonl"].write([library.entry(ID)])), encoding="utf-8")
    assert json.loads(file.read_text("utf-8"))["title"] == PAPER["title"]
    with Library.open(tmp_path / "other", tmp_path / "other-cache") as other:
        other.import_paths([file], ImportOptions(), lambda _: None)
        assert found(other, "tides") == ["Tides"]
        assert other.entry(ID).source.title == PAPER["title"]
        assert other.entry(ID).marks.edits == library.entry(ID).marks.edits
        report = other.import_paths([file], ImportOptions(), lambda _: None)
        assert report.files[0].unchanged == 1
