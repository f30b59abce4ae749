"""Dates of bibliographies: what of one is not kept is said."""

import json

import pytest

from papers_tui.index.formats import Options, Remark, open_path
from papers_tui.index.paper import Entry


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "refs"
        path.write_text(text, encoding="utf-8")
        found = list(open_path(path, Options()).items)
        (paper,) = (item.paper for item in found if isinstance(item, Entry))
        return paper.published, [item.text for item in found if isinstance(item, Remark)]

    return read_text


@pytest.mark.parametrize(
    ("fields", "day", "said"),
    [
        ("year=2019, month={Jan./Feb.}", "2019-01", "of the days or months “Jan./Feb.” the first is kept"),
        ('year=2019, month=jul # "--" # aug', "2019-07", "of the days or months “jul–aug” the first is kept"),
        (
            'year=2019, month=jul # "~3--5"',
            "2019-07-03",
            "of the days or months “jul 3–5” the first is kept",
        ),
        ("year=2019, month={Spring}", "2019", "of “Spring 2019” only the year is kept"),
        ("date={2019-21}", "2019", "of “2019-21” only the year is kept"),
        ("date={06/12/2017}", "2017", "of “06/12/2017” only the year is kept"),
        ("date={1980~}", "1980", "the date “1980~” is kept as if it were exact"),
        ("date={circa 1980}", "1980", "the date “circa 1980” is kept as if it were exact"),
        ("date={2019-05/..}", "2019-05", "of the dates “2019-05/..” the first is kept"),
        ("date={-1500}", None, "no date is read from “-1500”"),
        ("year={1500 BC}", None, "no date is read from “1500 BC”"),
    ],
)
def test_what_is_not_kept_of_a_date_is_said(read, fields, day, said):
    assert read(f"@book{{a, title={{T}}, {fields}}}") == (day, [f"line 1: {said}"])


@pytest.mark.parametrize(
    "fields",
    [
        "year=2019, month=jul",
        'year=2019, month=jul # "~3"',
        "date={2019-07-03}",
        "year={2019}",
        "date={2019-07}",
    ],
)
def test_nothing_is_said_of_a_date_that_is_kept(read, fields):
    assert read(f"@book{{a, title={{T}}, {fields}}}")[1] == []


@pytest.mark.parametrize(
    ("issued", "day", "said"),
    [
        ({"date-parts": [[2019]], "season": 2}, "2019", "a season is not kept: “2”"),
        (
            {"date-parts": [[1980]], "circa": True},
            "1980",
            "a date about which its source is unsure is kept as exact",
        ),
        ({"date-parts": [[-300]]}, None, "no date is read from “[-300]”"),
        ({"date-parts": [[2001, 2], [2001, 5]]}, "2001-02", "of a range of dates the first is kept"),
    ],
)
def test_what_is_not_kept_of_a_date_of_csl_is_said(read, issued, day, said):
    found, remarks = read(json.dumps([{"type": "book", "title": "T", "issued": issued}]))
    assert (found, [remark.split(": ", 1)[1] for remark in remarks]) == (day, [said])


def test_what_is_not_kept_of_a_date_of_ris_is_said(read):
    found = read("TY  - JOUR\nTI  - T\nPY  - 2019/Jan-Feb\nER  - \n")
    assert found == ("2019-01", ["line 1: of the days or months “2019/Jan-Feb” the first is kept"])
