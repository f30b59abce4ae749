"""What a paper is cited as, and what its details give a reference."""

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite.preprint import as_preprint
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind, Paper


def work(kind=Kind.OTHER, **values):
    arguments = {
        name: values.pop(name) for name in ("venue", "arxiv_id", "pages", "publisher") if name in values
    }
    return Work(Paper(id="title:x", title="T", kind=kind, details=values, **arguments))


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (work(type="phdthesis", arxiv_id="2404.04167"), Kind.OTHER),
        (work(Kind.PREPRINT, type="mastersthesis", arxiv_id="2404.04167"), Kind.OTHER),
        (work(type="report", institution="CERN", arxiv_id="2404.04167"), Kind.OTHER),
        (work(type="report", number="TR-1", arxiv_id="2404.04167"), Kind.OTHER),
        (work(type="report", arxiv_id="2404.04167"), Kind.PREPRINT),
        (work(type="unpublished", arxiv_id="2404.04167"), Kind.PREPRINT),
        (work(type="online", arxiv_id="2404.04167"), Kind.PREPRINT),
        (work(type="dataset", arxiv_id="2404.04167"), Kind.OTHER),
        (work(arxiv_id="2404.04167"), Kind.PREPRINT),
        (work(Kind.INPROCEEDINGS, type="incollection", arxiv_id="2404.04167"), Kind.PREPRINT),
        (work(Kind.INPROCEEDINGS, type="incollection", book_title="A Book"), Kind.INPROCEEDINGS),
    ],
)
def test_a_thesis_or_a_report_at_arxiv_is_no_mere_preprint(found, kind):
    assert found.kind is kind


def test_a_type_tells_theses_reports_and_chapters():
    assert work(type="phdthesis").is_thesis
    assert not work(type="phdthesis").is_report
    assert work(type="report").is_report
    assert work(Kind.INPROCEEDINGS, type="inbook", venue="A Book").is_chapter
    assert not work(Kind.INPROCEEDINGS, venue="A Book").is_chapter


def test_a_type_of_another_kind_than_the_paper_has_says_nothing():
    assert work(Kind.ARTICLE, type="phdthesis", venue="Nature").type == ""


def test_editors_have_their_parts_and_may_be_more_than_named():
    found = work(Kind.BOOK, editors="Doe, Jane; {ATLAS Collaboration}; others").editors
    assert found.names == (Author("Doe", "Jane"), Author("ATLAS Collaboration", is_group=True))
    assert found.is_partial
    assert not work().editors.names


def test_an_article_number_stands_where_there_are_no_pages():
    named = work(Kind.ARTICLE, article_number="045001", venue="J. Phys. A")
    assert (named.pages, named.page_range, named.has_article_number) == ("045001", "", True)
    both = work(Kind.ARTICLE, article_number="5", pages="1-23", venue="TOMS")
    assert (both.pages, both.article_number, both.has_article_number) == ("1–23", "5", False)
    guessed = work(Kind.ARTICLE, pages="013009", venue="Phys. Rev. D")
    assert (guessed.article_number, guessed.has_article_number) == ("013009", True)


def test_who_awarded_a_thesis_is_its_institution_or_else_its_publisher():
    assert work(type="thesis", institution="MIT", publisher="UMI").institution == "MIT"
    assert work(type="thesis", publisher="MIT").institution == "MIT"
    assert work(Kind.BOOK, publisher="Springer").institution == ""


@pytest.mark.parametrize(
    ("values", "date"),
    [
        ({"arxiv_id": "1602.00001", "published": "2020-05"}, "2016-02"),
        ({"arxiv_id": "hep-th/9901001", "published": "2001"}, "1999-01"),
        ({"arxiv_id": "1602.00001", "published": "2016"}, "2016"),
        ({"arxiv_id": "1602.00001", "published": "2016-01-31"}, "2016-01-31"),
        ({"arxiv_id": "1602.00001", "published": "2016-02-01", "appeared": "2020-05"}, "2016-02-01"),
        ({"arxiv_id": "1602.00001", "published": "2020", "kind": Kind.PREPRINT}, "2020"),
    ],
)
def test_the_preprint_of_an_article_is_of_the_month_of_its_number(values, date):
    paper = Paper(**{"id": "x", "title": "T", "kind": Kind.ARTICLE, "venue": "Nature", **values})
    assert Work(as_preprint(paper)).date == date
