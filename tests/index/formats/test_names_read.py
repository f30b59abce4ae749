"""Names as bibliographies have them: people and groups told apart, and read back as they were written."""

import json

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.formats import Options, open_path
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.paper import Entry, Marks, Paper


@pytest.fixture
def entry(tmp_path):
    def read_text(text):
        path = tmp_path / "refs"
        path.write_text(text, encoding="utf-8")
        (found,) = (item for item in open_path(path, Options()).items if isinstance(item, Entry))
        return found

    return read_text


@pytest.fixture
def authors(entry):
    return lambda text: entry(text).paper.authors


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


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title={T}, author={毛, 泽东}}",
        "@article{a, title={T}, author={family=毛, given=泽东}}",
        "TY  - JOUR\nTI  - T\nAU  - 毛, 泽东\nER  - \n",
        json.dumps([{"type": "book", "title": "T", "author": [{"family": "毛", "given": "泽东"}]}]),
    ],
)
def test_parts_of_chinese_names_are_kept_and_read_with_the_family_name_first(authors, text):
    (author,) = authors(text)
    assert (author, author.name) == (Author("毛", "泽东"), "毛泽东")


@pytest.mark.parametrize(
    ("author", "name"),
    [
        (Author("김", "철수"), "김철수"),
        (Author("佐々木", "さくら"), "佐々木さくら"),
        (Author("王 伟"), "王 伟"),
        (Author("ジャクソン", "マイケル"), "マイケル ジャクソン"),
        (Author("כהן", "דוד"), "דוד כהן"),
        (Author("王", "David"), "David 王"),
    ],
)
def test_the_order_of_a_name(author, name):
    assert author.name == name


@pytest.mark.parametrize("name", ["jsonl", "bibtex", "biblatex", "ris", "csl-json", "csv"])
@pytest.mark.parametrize(
    "author",
    [
        Author("김", "철수"),
        Author("王 伟"),
        Author("כהן", "דוד"),
        Author("Liu", "Yang"),
        Author("van der Berg", "Jan", "Jr."),
        Author("García Márquez", "Gabriel"),
        Author("Plato"),
        Author("Google DeepMind", is_group=True),
        Author("Wikipedia Contributors", is_group=True),
        Author("World Health Organization", is_group=True),
        Author("Department of Things, University of X", is_group=True),
    ],
)
@pytest.mark.parametrize("other", [(), (Author("Roe", "Jane"),)])
def test_what_is_written_tells_the_parts_again(authors, name, author, other):
    paper = Paper(id="title:x", title="T", authors=(author, *other), author_count=1 + len(other), venue="V")
    assert authors("".join(EXPORT_FORMATS[name].write([Entry(paper, Marks())]))) == (author, *other)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "World Health Organization",
            "RAND Corporation",
            "European Commission",
            "United Nations",
            "World Bank",
        ),
        *("Google DeepMind", "Acme GmbH", "Ministry of Silly Walks", "Bank of England", "Center for Things"),
    ],
)
@pytest.mark.parametrize(
    "text", ["TY  - RPRT\nTI  - T\nAU  - {}\nER  - \n", "Title,Author,Publication Year\nT,{},2020\n"]
)
def test_an_organisation_is_no_person(authors, text, name):
    assert authors(text.format(name)) == (Author(name, is_group=True),)


def test_a_name_without_a_comma_is_a_group_beside_names_with_one(authors):
    text = "TY  - JOUR\nTI  - T\nAU  - Roe, Jane\nAU  - Green Planet\nAU  - J. K. Doe\nAU  - Plato\nER  - \n"
    assert authors(text) == (
        Author("Roe", "Jane"),
        Author("Green Planet", is_group=True),
        Author("Doe", "J. K."),
        Author("Plato"),
    )
    assert authors("TY  - JOUR\nTI  - T\nAU  - John Smith\nER  - \n") == (Author("Smith", "John"),)
    assert authors("TY  - JOUR\nTI  - T\nAU  - Green Planet,\nER  - \n") == (
        Author("Green Planet", is_group=True),
    )


@pytest.mark.parametrize(
    "text",
    [
        "@book{a, title={T}, editor={Fleet, David and others}, year=2014}",
        "TY  - BOOK\nTI  - T\nA3  - Fleet, David\nA3  - others\nPY  - 2014\nER  - \n",
        'Title,Item Type,Editor,Year\nT,book,"Fleet, David; et al.",2014\n',
        json.dumps(
            [
                {
                    "type": "book",
                    "title": "T",
                    "editor": [{"family": "Fleet", "given": "David"}, {"literal": "others"}],
                }
            ]
        ),
    ],
)
def test_editors_that_are_not_named_are_others(entry, text):
    found = entry(text)
    assert found.paper.details["editors"] == "Fleet, David; others"
    for name, others in [("bibtex", "Fleet, David and others"), ("ris", "A3  - others")]:
        assert others in "".join(EXPORT_FORMATS[name].write([found]))


@pytest.mark.parametrize(
    ("tags", "editors", "said"),
    [
        ("A2  - Roe, J\nA3  - Doe, K", "Roe, J", "the editors of a series are not kept: A3"),
        ("ED  - Roe, J\nA2  - Doe, K", "Roe, J", "A2 is not kept beside ED"),
    ],
)
def test_editors_of_a_series_are_told_where_they_are_not_kept(tmp_path, tags, editors, said):
    path = tmp_path / "refs.ris"
    path.write_text(f"TY  - CHAP\nTI  - T\nT2  - B\n{tags}\nER  - \n", encoding="utf-8")
    found = list(open_path(path, Options()).items)
    assert found[0].paper.details["editors"] == editors
    assert found[1].text == f"line 1: {said}"
