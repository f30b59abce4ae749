"""Citation keys of imported files: kept as they are written, and where they cannot be, it is said."""

import json
from datetime import date
from pathlib import Path

import pytest

from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library


@pytest.fixture
def import_text(tmp_path: Path):
    library = Library.open(tmp_path / "data", tmp_path / "cache", today=lambda: date(2026, 1, 1))

    def imported(text: str, name: str = "refs.bib"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        (report,) = library.import_paths([path], ImportOptions(), lambda _: None).files
        return library, report

    yield imported
    library.close()


def key_of(library: Library, paper_id: str) -> str:
    return library.citing.keys([library.entry(paper_id).paper])[0]


@pytest.mark.parametrize(
    "key",
    [
        *("o'neil2019", "a:b/c+d.e-f_g", "müller2019", "DBLP:journals/corr/abs-1", "2019smith"),
        *("10.1145/3485128", "2020", "https://doi.org/10.1000/b"),
    ],
)
def test_a_key_is_kept_as_it_is_written(import_text, key):
    library, report = import_text(f"@article{{{key}, doi={{10.1000/a}}, title={{One}}}}")
    assert key_of(library, "doi:10.1000/a") == key
    assert report.remarks == []


@pytest.mark.parametrize(
    "key", ["{Smith}2019", 'smi"th2019', "a b 2019", "Smith(2019)", "*", r"Erd{\H o}s1999"]
)
def test_a_key_that_tex_cannot_cite_is_said_and_its_entry_is_read(import_text, key):
    _, report = import_text(f"@article{{{key}, doi={{10.1000/a}}, title={{One}}}}")
    assert (report.read, report.rejected) == (1, [])
    assert report.remarks == [f"1 citation key is not kept: {key} (TeX cannot cite it)"]


def test_of_two_keys_of_one_paper_the_first_is_kept_and_the_other_is_said(import_text):
    text = "@article{a, doi={10.1000/a}, title={One}}\n@article{b, doi={10.1000/a}, title={One}}\n"
    library, report = import_text(text)
    assert report.remarks == ["1 citation key is not kept: b (its paper has the key a)"]
    _, report = import_text("@article{b, title={Another Paper of Somebody}}")
    assert report.remarks == ["1 citation key is not kept: b (another paper has it)"]
    assert key_of(library, "doi:10.1000/a") == "a"


def test_the_further_keys_of_an_entry_find_its_paper_and_are_written_again(import_text):
    entry = "@online{first, ids={Second,third}, doi={10.1000/a}, title={One}, author={Roe, Jane}}"
    library, report = import_text(f"{entry}\n@online{{b, ids={{first}}, doi={{10.1000/b}}, title={{Two}}}}")
    assert report.remarks == ["1 citation key is not kept: first (another paper has it)"]
    assert [library.entry(key).paper.doi for key in ("first", "SECOND", "third")] == ["10.1000/a"] * 3
    written = "".join(EXPORT_FORMATS["biblatex"].write(*library.citing.keyed([library.entry("third")])))
    assert "{first,\n  ids = {Second,third}," in written
    lines = "".join(EXPORT_FORMATS["jsonl"].write(library.citing.with_known([library.entry("third")])))
    assert json.loads(lines)["second_keys"] == ["Second", "third"]
    library, report = import_text(written)
    assert (report.unchanged, report.remarks) == (1, [])


def test_json_lines_bring_further_keys_along(import_text):
    document = {"id": "doi:10.1000/a", "title": "One", "citation_key": "a", "second_keys": ["B", "c"]}
    library, report = import_text(json.dumps(document), "a.jsonl")
    assert library.citing.second() == {"doi:10.1000/a": ("B", "c")}
    assert report.remarks == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.json",
            '[{"id": 1, "type": "book", "title": "T", "DOI": "10.1000/a", "note": "Citation Key: roe2019"}]',
        ),
        ("a.ris", "TY  - BOOK\nTI  - T\nDO  - 10.1000/a\nM2  - Citation Key: roe2019\nER  - \n"),
        ("a.csv", 'Title,DOI,Extra\nT,10.1000/a,"Citation Key: roe2019"\n'),
    ],
)
def test_the_key_in_the_extra_field_of_zotero(import_text, name, text):
    library, _ = import_text(text, name)
    assert key_of(library, "doi:10.1000/a") == "roe2019"
    assert library.entry("doi:10.1000/a").marks.note == ""
