"""The `note` of BibTeX: text of the reference in some entries, the user's own in all others."""

import pytest

from papers_tui.index.cite import cite
from papers_tui.index.formats import Options, open_path
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.paper import Entry, Paper


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "refs.bib"
        path.write_text(text, encoding="utf-8")
        (found,) = (item for item in open_path(path, Options()).items if isinstance(item, Entry))
        return found

    return read_text


@pytest.mark.parametrize(
    ("text", "remark", "note"),
    [
        ("@misc{a, title={T}, note={Talk at the {ICM} 2022}}", "Talk at the ICM 2022", ""),
        ("@unpublished{a, title={T}, note={Lecture notes, \\S 3}}", "Lecture notes, §3", ""),
        ("@article{a, title={T}, note={With an appendix}, annote={mine}}", "With an appendix", "mine"),
        ("@book{a, title={T}, note={Corrected reprint}, annotation={mine}}", "Corrected reprint", "mine"),
        ("@misc{a, title={T}, addendum={More}, note={Talk}}", "More; Talk", ""),
        ("@article{a, title={T}, note={read this}}", "", "read this"),
        ("@misc{a, title={T}, note={one\n\ntwo}}", "", "one\n\ntwo"),
        ("@misc{a, title={T}, annote={mine}}", "", "mine"),
        ("@misc{a, title={T}, note={Read\\_Status: Read}}", "", ""),
    ],
)
def test_whose_a_note_is(read, text, remark, note):
    entry = read(text)
    assert (entry.paper.details.get("remark", ""), entry.marks.note) == (remark, note)


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
@pytest.mark.parametrize(
    ("text", "is_note"),
    [
        ("@misc{a, title={T}, note={Talk at the {ICM} 2022}, year=2022}", True),
        ("@unpublished{a, title={T}, note={Lecture notes}, year=2022}", True),
        ("@article{a, title={T}, journal={J}, note={With 5\\% more}, annote={mine}, year=2022}", True),
        ("@article{a, title={T}, journal={J}, addendum={With an appendix}, year=2022}", False),
        ("@misc{a, title={T}, addendum={arXiv told}, year=2022}", False),
    ],
)
def test_a_printed_note_is_written_where_it_is_read_as_that(read, name, text, is_note):
    entry = read(text)
    written = "".join(EXPORT_FORMATS[name].write([entry]))
    assert ("  note = {" in written, "  addendum = {" in written) == (is_note, not is_note)
    again = read(written)
    assert (again.paper.details["remark"], again.marks.note) == (
        entry.paper.details["remark"],
        entry.marks.note,
    )


@pytest.mark.parametrize(
    ("details", "publisher"),
    [
        ({"type": "software", "version": "1.2"}, "Zenodo"),
        ({"type": "dataset", "version": "2"}, "Zenodo, Geneva"),
        ({"type": "patent", "number": "7"}, None),
        ({"type": "unpublished", "genre": "Draft"}, None),
        ({"type": "unpublished", "status": "submitted"}, None),
    ],
)
def test_what_exports_repeat_for_the_styles_of_bibtex_comes_back_once(read, details, publisher):
    paper = Paper(id="title:x", title="On Things", published="2020", publisher=publisher, details=details)
    entry = read(cite(paper, "bibtex"))
    assert (entry.paper.details, entry.paper.publisher, entry.marks.note) == (details, publisher, "")
