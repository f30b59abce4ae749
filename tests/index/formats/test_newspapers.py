"""Articles of newspapers and magazines: they keep their day, and pages such as `A1`."""

import json

import pytest

from papers_tui.index.cite import cite
from papers_tui.index.formats import Options, open_path
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.paper import Entry, Kind

RIS = (
    "TY  - NEWS\nTI  - On Rain\nAU  - Roe, Jane\nJO  - The Daily Soil\nDA  - 2019/05/06/\nPY  - 2019\n"
    "SP  - A1\nER  - \n"
)
CSL = json.dumps(
    [
        {
            "type": "article-newspaper",
            "title": "On Rain",
            "author": [{"family": "Roe", "given": "Jane"}],
            "container-title": "The Daily Soil",
            "issued": {"date-parts": [[2019, 5, 6]]},
            "page": "A1",
        }
    ]
)
BIB = (
    "@newspaper{a, title={On Rain}, author={Roe, Jane}, journal={The Daily Soil}, date={2019-05-06},"
    " pages={A1}}"
)


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "refs"
        path.write_text(text, encoding="utf-8", newline="")
        (found,) = (item for item in open_path(path, Options()).items if isinstance(item, Entry))
        return found

    return read_text


def told(paper):
    return paper.kind, paper.details.get("type"), paper.venue, paper.published, paper.pages


@pytest.mark.parametrize("text", [RIS, CSL, BIB, RIS.replace("NEWS", "MGZN")])
def test_an_article_of_a_newspaper_is_given_back_by_every_format(read, text):
    entry = read(text)
    sort = "magazine" if "MGZN" in text else "newspaper"
    assert told(entry.paper) == (Kind.ARTICLE, sort, "The Daily Soil", "2019-05-06", "A1")
    for name in ("bibtex", "biblatex", "ris", "csl-json", "csv", "jsonl"):
        assert told(read("".join(EXPORT_FORMATS[name].write([entry]))).paper) == told(entry.paper), name


def test_a_reference_to_a_newspaper_has_the_day_and_its_pages(read):
    assert cite(read(RIS).paper, "apa") == "Roe, J. (2019, May 6). On Rain. The Daily Soil, A1."
