"""Names as bibliographies have them: people and groups told apart, and read back as they were written."""

import json

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.formats import Options, open_path
from papers_tui.index.paper import Entry


@pytest.fixture
def authors(tmp_path):
    def read_text(text):
        path = tmp_path / "refs"
        path.write_text(text, encoding="utf-8")
        (paper,) = (item.paper for item in open_path(path, Options()).items if isinstance(item, Entry))
        return paper.authors

    return read_text


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title={T}, author={Yang Liu 0005}}",
        "@article{a, title={T}, author={Liu 0005, Yang}}",
        "@article{a, title={T}, author={Liu, Yang 0005}}",
        "@article{a, title={T}, author={family=Liu 0005, given=Yang}}",
        "@article{a, title={T}, author={{\\relax}Yang Liu 0005}}",
        "TY  - JOUR\nTI  - T\nAU  - Yang Liu 0005\nER  - \n",
        "TY  - JOUR\nTI  - T\nAU  - Liu 0005, Yang\nER  - \n",
        "Title,Authors,Year\nT,Yang Liu 0005,2020\n",
        json.dumps([{"type": "book", "title": "T", "author": [{"family": "0005", "given": "Yang Liu"}]}]),
        json.dumps([{"type": "book", "title": "T", "author": [{"family": "Liu 0005", "given": "Yang"}]}]),
    ],
)
def test_the_number_by_which_dblp_tells_people_of_one_name_apart_is_no_name(authors, text):
    assert authors(text) == (Author("Liu", "Yang"),)


def test_a_group_keeps_its_number(authors):
    assert authors("@book{a, title={T}, author={{Team 2020} and Anna Roe}}") == (
        Author("Team 2020", is_group=True),
        Author("Roe", "Anna"),
    )
