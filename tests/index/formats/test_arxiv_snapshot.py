"""Records of the public arXiv snapshot."""

from __future__ import annotations

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.formats import arxiv_snapshot
from papers_tui.index.formats.arxiv_snapshot import reader
from papers_tui.index.paper import Kind, Paper

RECORD = {
    "id": "0801.1234",
    "submitter": "Ann Bee",
    "authors": "Ann Bee, Jos\\'e Garc\\'ia and Cy Dee (Some University)",
    "title": "Boats on\n  $\\alpha$ rivers",
    "comments": "37 pages, 15 figures",
    "journal-ref": "J.Boats B12:34-56,2008",
    "doi": "10.1000/BOATS.12 10.1000/boats.13",
    "report-no": "X-1",
    "categories": "physics.flu-dyn cs.CL",
    "license": None,
    "abstract": "  We sail boats of\npaper on rivers.\n  A second paragraph\nfollows.\n",
    "versions": [
        {"version": "v2", "created": "Tue, 24 Jul 2008 20:10:27 GMT"},
        {"version": "v1", "created": "Wed, 2 Jan 2008 19:18:42 GMT"},
    ],
    "update_date": "2009-11-26",
    "authors_parsed": [
        ["Bee", "Ann", ""],
        ["Garc\\'ia", "Jos\\'e", "Jr."],
        ["The Boat Collaboration", "", ""],
    ],
}


def read(**changes: object) -> Paper:
    return reader("file.xz")(RECORD | changes).paper


def test_a_record_is_read_whole() -> None:
    paper = read()
    assert (paper.id, paper.arxiv_id) == ("arxiv:0801.1234", "0801.1234")
    assert paper.title == "Boats on α rivers"
    assert paper.source_title == "Boats on $\\alpha$ rivers"
    assert paper.abstract == "We sail boats of paper on rivers.\n\nA second paragraph follows."
    assert paper.source_abstract is None
    assert paper.authors == (
        Author("Bee", "Ann"),
        Author("García", "José", "Jr."),
        Author("The Boat Collaboration", is_group=True),
    )
    assert paper.author_count == 3
    assert paper.published == "2008-01-02"
    assert paper.categories == ("physics.flu-dyn", "cs.CL")
    assert paper.doi == "10.1000/boats.12"
    assert (paper.venue, paper.kind) == ("J.Boats B12:34-56,2008", Kind.ARTICLE)
    assert paper.urls == {
        "abstract": "https://arxiv.org/abs/0801.1234",
        "pdf": "https://arxiv.org/pdf/0801.1234",
    }
    assert paper.sources == ("arxiv-snapshot:file.xz",)
    assert paper.comments is None


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Kullback--Leibler loss", "Kullback–Leibler loss"),
        (
            "Source Coding: Part I -- Two\n  Terminal Problems",
            "Source Coding: Part I – Two Terminal Problems",
        ),
        ("Quality of Life---Space to MRI", "Quality of Life—Space to MRI"),
        ("The $J_1$--$J_2$ model", "The J₁–J₂ model"),
        ("(1-x,y)--Inversion of the Bose--Hubbard--Model", "(1-x,y)–Inversion of the Bose–Hubbard–Model"),
        ("B--> D tau nu and e+e- --> 3 jets", "B--> D tau nu and e+e- --> 3 jets"),
        ("Sub-- and super-fidelity with --fast in C--", "Sub-- and super-fidelity with --fast in C--"),
        ("Ends with a dash --", "Ends with a dash --"),
    ],
)
def test_dashes_of_tex_are_dashes_and_other_hyphens_stay(written: str, shown: str) -> None:
    entry = reader("-")({"id": "hep-th/9901001", "title": written}).paper
    assert entry.title == shown
    assert "title" not in entry.id


def test_everything_but_id_and_title_may_be_missing() -> None:
    paper = reader("-")({"id": "hep-th/9901001", "title": "x"}).paper
    assert (paper.id, paper.abstract, paper.authors, paper.published, paper.kind) == (
        "arxiv:hep-th/9901001",
        "",
        (),
        None,
        Kind.PREPRINT,
    )
    assert read(**dict.fromkeys(set(RECORD) - {"id", "title"})).title == "Boats on α rivers"


def test_authors_are_told_from_the_written_list_where_no_other_is() -> None:
    assert [author.name for author in read(authors_parsed=None).authors] == [
        "Ann Bee",
        "José García",
        "Cy Dee",
    ]


def test_broken_names_stay_as_the_source_gave_them() -> None:
    paper = read(
        authors_parsed=[["Roux", "Stéphane Le", ""], ["", "", ""], ["Solo"], ["Yuan", "C. -P.", "", "Lab"]]
    )
    assert paper.authors == (Author("Roux", "Stéphane Le"), Author("Solo"), Author("Yuan", "C. -P."))


@pytest.mark.parametrize(
    ("given", "doi"),
    [
        ("10.1000/a,10.1000/b", "10.1000/a"),
        ("doi:10.1000/A; 10.1000/b", "10.1000/a"),
        ("https://doi.org/10.1000/a", "10.1000/a"),
        (
            "10.1002/(SICI)1099-1425(2000)3:3<1::A>3.0.CO;2-2",
            "10.1002/(sici)1099-1425(2000)3:3<1::a>3.0.co;2-2",
        ),
        ("10.1007/978-988-98671-5-7,978-988-98671-2-6", "10.1007/978-988-98671-5-7,978-988-98671-2-6"),
        ("none", None),
        ("", None),
    ],
)
def test_the_first_doi_counts(given: str, doi: str | None) -> None:
    assert read(doi=given).doi == doi


@pytest.mark.parametrize(
    "created", ["soon", "Mon, 31 Feb 2008 00:00:00 GMT", "Mon, 1 Foo 2008 00:00:00 GMT", "", 7, None]
)
def test_a_date_that_is_none_is_unknown(created: object) -> None:
    assert read(versions=[{"version": "v1", "created": created}]).published is None


def test_papers_of_meetings_are_no_articles() -> None:
    assert read(**{"journal-ref": "Proc. of the 3rd Conference on Boats, 2008"}).kind is Kind.INPROCEEDINGS


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"id": None}, "no id"),
        ({"id": 801.1234}, "id is not text"),
        ({"id": "boats"}, "not an arXiv id"),
        ({"title": None}, "no title"),
        ({"title": 5}, "title"),
        ({"abstract": ["x"]}, "abstract"),
        ({"authors_parsed": "Bee"}, "authors_parsed"),
        ({"authors_parsed": ["Bee"]}, "authors_parsed"),
        ({"authors_parsed": [["Bee", 1, ""]]}, "authors_parsed"),
        ({"versions": {}}, "versions"),
    ],
)
def test_a_wrong_record_says_what_is_wrong(changes: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(**changes)


def test_et_al_is_no_author():
    record = {
        "id": "hep-ex/9706005",
        "title": "Observation of something",
        "abstract": "We observe it.",
        "authors_parsed": [["CLEO Collaboration", "", ""], ["al", "T. Browder et", ""]],
    }
    names = [author.name for author in arxiv_snapshot.reader("x")(record).paper.authors]
    assert names == ["CLEO Collaboration", "T. Browder"]


@pytest.mark.parametrize(
    ("parts", "author"),
    [
        (["Andrade Jr.", "José S.", ""], Author("Andrade", "José S.", "Jr.")),
        (["Daumé III", "Hal"], Author("Daumé", "Hal", "III")),
        (["van der Berg II", "A.", ""], Author("van der Berg", "A.", "II")),
        (["T V", "Geetha", ""], Author("T V", "Geetha")),
        (["III", "Hal", ""], Author("III", "Hal")),
    ],
)
def test_suffixes_that_arxiv_leaves_in_family_names(parts: list[str], author: Author) -> None:
    record = {"id": "hep-th/9901001", "title": "x", "authors_parsed": [parts]}
    assert reader("-")(record).paper.authors == (author,)


def test_marks_between_names_are_no_authors() -> None:
    parsed = [["Consortium", ":", ""], [":", "", ""], ["Jankiewicz;", "M.", ""], [";", ".", ","]]
    assert read(authors_parsed=parsed).authors == (Author("Consortium"), Author("Jankiewicz", "M."))
    assert read(authors_parsed=[["Bell Jr.", "Ann", ""], ["李", "", ""]]).authors == (
        Author("Bell", "Ann", "Jr."),
        Author("李"),
    )
