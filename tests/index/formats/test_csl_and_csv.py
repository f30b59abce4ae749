"""CSL-JSON and tables: each item is read, or rejected with its line."""

import json

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.errors import UnusableInput
from papers_tui.index.formats import Options, Rejected, Remark, open_path
from papers_tui.index.paper import Entry, Kind, Status

ITEM = {
    "id": "http://zotero.org/users/1/items/ABC",
    "type": "article-journal",
    "abstract": "Short.",
    "container-title": "Journal of Soil",
    "DOI": "10.1000/ABC",
    "issue": 3,
    "volume": "12",
    "page": "235-257",
    "note": "arXiv: 1706.01234 [q-bio]\nmind the <b>proof</b>",
    "title": "Attention to <i>Gardens</i>",
    "URL": "https://example.org/a",
    "author": [
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der", "suffix": "Jr."},
        {"literal": "Soil Working Group"},
        {"family": "Roe"},
    ],
    "issued": {"date-parts": [["2017", 6, "12"]]},
    "keyword": "soil, water",
}


def read(tmp_path, text, name):
    path = tmp_path / "refs"
    path.write_bytes(text.encode())
    reading = open_path(path, Options())
    assert reading.format == name
    return list(reading.items)


def titles(found):
    return [item.paper.title for item in found if isinstance(item, Entry)]


def rejects(found):
    return [(item.where, item.why) for item in found if isinstance(item, Rejected)]


def test_an_item_of_zotero(tmp_path):
    (entry,) = read(tmp_path, json.dumps([ITEM], indent=2), "csl-json")
    paper = entry.paper
    assert paper.authors == (
        Author("van der Berg", "Jan", "Jr."),
        Author("Soil Working Group", is_group=True),
        Author("Roe"),
    )
    assert (paper.title, paper.venue, paper.volume, paper.issue, paper.pages) == (
        "Attention to Gardens",
        "Journal of Soil",
        "12",
        "3",
        "235–257",
    )
    assert (paper.kind, paper.published, paper.doi, paper.arxiv_id) == (
        Kind.ARTICLE,
        "2017-06-12",
        "10.1000/abc",
        "1706.01234",
    )
    assert (entry.marks.tags, entry.marks.note) == (("soil", "water"), "mind the <b>proof</b>")
    assert entry.key == ""
    (entry,) = read(tmp_path, json.dumps([ITEM | {"id": "roe2017"}]), "csl-json")
    assert entry.key == "roe2017"


@pytest.mark.parametrize(
    ("changes", "year"),
    [
        ({"issued": {"raw": "12 June 2017"}}, "2017-06-12"),
        ({"issued": {"date-parts": [[2017]]}}, "2017"),
        ({"issued": {"date-parts": [[2017, 13, 40]]}}, "2017"),
        ({"issued": {"date-parts": [[]]}}, None),
        ({"issued": {"literal": "in press"}}, None),
        ({"issued": "2017-06"}, "2017-06"),
        ({"issued": 7, "author": "Roe", "volume": {"a": 1}, "page": None, "DOI": ["10.1/x"]}, None),
        ({"issued": None, "author": [None, 3, {"family": None}], "keyword": 5}, None),
    ],
)
def test_odd_values_are_taken_as_far_as_they_go(tmp_path, changes, year):
    entry, *remarks = read(tmp_path, json.dumps([ITEM | changes]), "csl-json")
    assert entry.paper.published == year
    assert all(isinstance(remark, Remark) for remark in remarks)


@pytest.mark.parametrize(
    "damaged",
    [
        '{"id": "b", "type": "book", "title": "B" "volume": 1}',
        '{"id": "b", "type": "book", "title": "B\n\n',
        '{"id": "b", "type": "book", "title": "B", "author": [{"family": "X"}',
        '{"id": "b", "type": "book"}',
        '"just text"',
    ],
)
def test_a_damaged_item_is_left_out_alone(tmp_path, damaged):
    first, last = ({"id": "a", "type": "book", "title": title} for title in ("First", "Last"))
    text = f"[\n{json.dumps(first)},\n{damaged},\n{json.dumps(last)}\n]\n"
    found = read(tmp_path, text, "csl-json")
    assert titles(found) == ["First", "Last"]
    assert [where for where, _ in rejects(found)] == ["line 3"]


def test_a_stray_letter_between_items_spoils_none(tmp_path):
    items = [json.dumps({"id": "a", "type": "book", "title": title}) for title in ("First", "Last")]
    found = read(tmp_path, f"[{items[0]},?,{items[1]}]", "csl-json")
    assert (titles(found), len(rejects(found))) == (["First", "Last"], 1)


def test_items_within_an_object_and_one_by_itself(tmp_path):
    assert titles(read(tmp_path, json.dumps({"items": [ITEM, ITEM | {"title": "B"}]}), "csl-json")) == [
        "Attention to Gardens",
        "B",
    ]
    assert titles(read(tmp_path, json.dumps(ITEM), "csl-json")) == ["Attention to Gardens"]


def test_a_table_of_zotero(tmp_path):
    text = (
        "\ufeffKey,Item Type,Publication Year,Author,Title,Publication Title,DOI,Url,Abstract Note,Date,"
        "Pages,Issue,Volume,Extra,Notes,Manual Tags,Automatic Tags\r\n"
        '"AB","journalArticle","2017","van der Berg, Jan; Roe, Jane","Attention, ""Gardens""",'
        '"Journal of Soil","10.1000/abc","https://example.org/a","Two\nlines","2017-06-12",'
        '"1-2","3","12","arXiv: 1706.01234","<p>mine</p>","soil; water","Biology"\r\n'
    )
    (entry,) = read(tmp_path, text, "csv")
    paper = entry.paper
    assert (paper.title, paper.venue, paper.pages) == ('Attention, "Gardens"', "Journal of Soil", "1–2")
    assert (paper.kind, paper.published, paper.doi, paper.arxiv_id) == (
        Kind.ARTICLE,
        "2017-06-12",
        "10.1000/abc",
        "1706.01234",
    )
    assert [author.name for author in paper.authors] == ["Jan van der Berg", "Jane Roe"]
    assert (entry.marks.tags, entry.marks.note) == (("Biology", "soil", "water"), "mine")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_of_somebody(tmp_path, separator):
    rows = [
        ["title", "authors", "year", "status", "rating"],
        ["Gardens", '"Roe, Jane; Doe, John"', "2001", "read", "4"],
        ["Soil", "Jane Roe and John Doe", "", "to read", ""],
    ]
    found = read(tmp_path, "\n".join(separator.join(row) for row in rows), "csv")
    assert [[author.name for author in item.paper.authors] for item in found] == [
        ["Jane Roe", "John Doe"]
    ] * 2
    assert [(item.marks.status, item.marks.rating) for item in found] == [
        (Status.READ, 4),
        (Status.UNREAD, None),
    ]


@pytest.mark.parametrize("header", ["name,price", "date,url", "title", "Year,Title of the film"])
def test_a_table_of_something_else_is_no_papers(tmp_path, header):
    path = tmp_path / "table.csv"
    path.write_text(f"{header}\n2001,3\n", encoding="utf-8")
    with pytest.raises(UnusableInput):
        list(open_path(path, Options()).items)


def test_a_damaged_row_is_left_out_alone(tmp_path):
    text = (
        'Title,Year\nFirst,2001\n"Bad,2002\nSecond,2003\n"Worse "one"",2004\nToo,many,cells\n,\nLast,2005\n'
    )
    found = read(tmp_path, text, "csv")
    assert titles(found) == ["First", "Second", "Last"]
    assert [where for where, _ in rejects(found)] == ["line 3", "line 5", "line 6"]
    assert {item.head for item in found if isinstance(item, Rejected)} == {"Title,Year"}
