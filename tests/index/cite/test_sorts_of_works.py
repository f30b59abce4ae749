"""Theses, reports, chapters, books and their like as records, in the types and fields of each format."""

import json

import bibtexparser
import pytest
import rispy

from papers_tui.index.authors import Author
from papers_tui.index.cite import cite
from papers_tui.index.details import TYPES
from papers_tui.index.paper import Kind, Paper

DOE = Author("Doe", "Jane")
OF_PAPER = {
    "venue",
    "volume",
    "issue",
    "pages",
    "publisher",
    "published",
    "arxiv_id",
    "doi",
    "urls",
    "authors",
}


def paper(kind=Kind.OTHER, **values):
    found = {name: values.pop(name) for name in OF_PAPER & values.keys()}
    found.setdefault("authors", (DOE,))
    return Paper(id="title:x", title="On things", kind=kind, details=values, **found)


THESIS = paper(
    type="phdthesis", institution="MIT", address="Cambridge", published="2024-05", arxiv_id="2404.04167"
)
REPORT = paper(type="report", institution="CERN", number="CERN-TH-2019-01", published="2019")
CHAPTER = paper(
    Kind.INPROCEEDINGS,
    type="incollection",
    venue="A Book",
    pages="12-34",
    publisher="Springer",
    editors="Roe, Richard; {ATLAS Team}; others",
    series="LNCS",
    volume="12",
    edition="2",
    chapter="5",
    isbn="978-3-16-148410-0",
    published="2020",
)
ARTICLE = paper(
    Kind.ARTICLE,
    venue="J. Phys. A",
    volume="12",
    issue="S1-2",
    article_number="045001",
    collaboration="ATLAS",
    issn="1751-8113",
    status="in press",
)
PROCEEDINGS = paper(
    Kind.BOOK,
    type="proceedings",
    authors=(),
    editors="Roe, Richard",
    organization="ACM",
    publisher="ACM Press",
)


def record(found, style):
    text = cite(found, style)
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry.entry_type, {field.key: field.value for field in entry.fields}


@pytest.mark.parametrize(
    ("type_", "bibtex", "biblatex", "ris", "csl"),
    [
        ("newspaper", "article", "article", "NEWS", "article-newspaper"),
        ("magazine", "article", "article", "MGZN", "article-magazine"),
        ("incollection", "incollection", "incollection", "CHAP", "chapter"),
        ("inbook", "incollection", "inbook", "CHAP", "chapter"),
        ("proceedings", "proceedings", "proceedings", "BOOK", "book"),
        ("collection", "book", "collection", "EDBOOK", "book"),
        ("booklet", "booklet", "booklet", "PAMP", "pamphlet"),
        ("manual", "manual", "manual", "BOOK", "book"),
        ("thesis", "phdthesis", "thesis", "THES", "thesis"),
        ("phdthesis", "phdthesis", "thesis", "THES", "thesis"),
        ("mastersthesis", "mastersthesis", "thesis", "THES", "thesis"),
        ("report", "techreport", "techreport", "RPRT", "report"),
        ("unpublished", "unpublished", "unpublished", "UNPB", "manuscript"),
        ("online", "misc", "online", "ELEC", "webpage"),
        ("software", "misc", "software", "COMP", "software"),
        ("dataset", "misc", "dataset", "DATA", "dataset"),
        ("patent", "misc", "patent", "PAT", "patent"),
        ("standard", "misc", "misc", "STAND", "standard"),
        ("speech", "misc", "misc", "SLIDE", "speech"),
    ],
)
def test_each_sort_has_the_type_of_each_format(type_, bibtex, biblatex, ris, csl):
    found = paper(
        TYPES[type_], type=type_, venue="V" if TYPES[type_] in {Kind.INPROCEEDINGS, Kind.ARTICLE} else None
    )
    assert record(found, "bibtex")[0] == bibtex
    assert record(found, "biblatex")[0] == biblatex
    assert rispy.loads(cite(found, "ris"))[0]["type_of_reference"] == ris
    assert json.loads(cite(found, "csl-json"))[0]["type"] == csl


def test_every_sort_is_in_the_table_above():
    marks = test_each_sort_has_the_type_of_each_format.pytestmark
    assert {row[0] for row in marks[0].args[1]} == TYPES.keys()


def test_a_thesis_at_arxiv_stays_one():
    kind, fields = record(THESIS, "bibtex")
    assert (kind, fields["school"], fields["address"]) == ("phdthesis", "MIT", "Cambridge")
    assert (fields["eprint"], fields["year"], fields["month"]) == ("2404.04167", "2024", "may")
    kind, fields = record(THESIS, "biblatex")
    assert (kind, fields["type"], fields["institution"], fields["location"]) == (
        *("thesis", "phdthesis", "MIT", "Cambridge"),
    )
    assert "pubstate" not in fields
    (ris,) = rispy.loads(cite(THESIS, "ris"))
    assert (ris["type_of_work"], ris["publisher"], ris["place_published"]) == (
        "PhD thesis",
        "MIT",
        "Cambridge",
    )


def test_a_thesis_of_another_name_keeps_it():
    found = paper(type="phdthesis", genre="Habilitation", institution="TUM")
    for style in ("bibtex", "biblatex"):
        kind, fields = record(found, style)
        assert (kind, fields["type"]) == ("phdthesis", "Habilitation")


def test_numbers_of_reports_keep_their_hyphens():
    assert record(REPORT, "bibtex")[1]["number"] == "CERN-TH-2019-01"
    assert record(REPORT, "bibtex")[1]["institution"] == "CERN"
    assert rispy.loads(cite(REPORT, "ris"))[0]["issn"] == "CERN-TH-2019-01"
    assert json.loads(cite(REPORT, "csl-json"))[0]["number"] == "CERN-TH-2019-01"


def test_a_chapter_names_its_book_and_who_edited_that():
    kind, fields = record(CHAPTER, "bibtex")
    assert (kind, fields["booktitle"], fields["series"], fields["volume"]) == (
        *("incollection", "A Book", "LNCS", "12"),
    )
    assert fields["editor"] == "Roe, Richard and {ATLAS Team} and others"
    assert (fields["edition"], fields["chapter"], fields["pages"]) == ("Second", "5", "12--34")
    assert record(CHAPTER, "biblatex")[1]["edition"] == "2"
    (ris,) = rispy.loads(cite(CHAPTER, "ris"))
    assert ris["secondary_authors"] == ["Roe, Richard", "ATLAS Team", "others"]
    assert (ris["secondary_title"], ris["tertiary_title"], ris["section"]) == ("A Book", "LNCS", "5")
    (item,) = json.loads(cite(CHAPTER, "csl-json"))
    assert item["editor"][1:] == [{"literal": "ATLAS Team"}, {"literal": "others"}]
    assert (item["collection-title"], item["chapter-number"], item["edition"]) == ("LNCS", "5", "2")


def test_the_number_of_an_article_is_no_page():
    _, fields = record(ARTICLE, "bibtex")
    assert (fields["eid"], fields["number"], fields["year"]) == ("045001", "S1-2", "in press")
    assert (fields["collaboration"], fields["issn"]) == ("ATLAS", "1751-8113")
    assert "pages" not in fields
    assert record(ARTICLE, "biblatex")[1]["pubstate"] == "inpress"
    assert rispy.loads(cite(ARTICLE, "ris"))[0]["custom7"] == "045001"
    (item,) = json.loads(cite(ARTICLE, "csl-json"))
    assert (item["number"], item["status"], item["custom"]) == (
        "045001",
        "in press",
        {"collaboration": "ATLAS"},
    )
    assert "page" not in item


def test_a_book_without_authors_stands_under_its_editors():
    text = cite(PROCEEDINGS, "bibtex")
    assert text.startswith("@proceedings{roethings,\n")
    assert record(PROCEEDINGS, "bibtex")[1]["organization"] == "ACM"
    assert rispy.loads(cite(PROCEEDINGS, "ris"))[0]["tertiary_authors"] == ["Roe, Richard"]


def test_a_conference_with_a_name_beside_its_proceedings():
    found = paper(
        Kind.INPROCEEDINGS, venue="Proc. of X", event="X 2024", event_place="Rome", address="Berlin"
    )
    _, fields = record(found, "biblatex")
    assert (fields["booktitle"], fields["eventtitle"], fields["venue"], fields["location"]) == (
        *("Proc. of X", "X 2024", "Rome", "Berlin"),
    )
    (ris,) = rispy.loads(cite(found, "ris"))
    assert (ris["secondary_title"], ris["custom3"], ris["custom1"]) == ("X 2024", "Proc. of X", "Rome")
    (item,) = json.loads(cite(found, "csl-json"))
    assert (item["container-title"], item["event-title"], item["event-place"]) == (
        *("Proc. of X", "X 2024", "Rome"),
    )


@pytest.mark.parametrize(
    ("edition", "bibtex", "biblatex"),
    [
        ("2", "Second", "2"),
        ("11", "11th", "11"),
        ("22nd", "22nd", "22"),
        ("113", "113th", "113"),
        ("Third", "Third", "3"),
        ("Revised", "Revised", "Revised"),
    ],
)
def test_editions_are_words_for_bibtex_and_numbers_for_biblatex(edition, bibtex, biblatex):
    found = paper(Kind.BOOK, edition=edition)
    assert record(found, "bibtex")[1]["edition"] == bibtex
    assert record(found, "biblatex")[1]["edition"] == biblatex


def test_the_pages_of_a_whole_book_are_counted_in_ris():
    """SP is where a part starts, and of a whole book how many pages it has."""
    (whole,) = rispy.loads(cite(paper(Kind.BOOK, page_total="350"), "ris"))
    (part,) = rispy.loads(cite(paper(Kind.BOOK, page_total="350", pages="12-34"), "ris"))
    assert (whole["start_page"], part["start_page"], part["end_page"]) == ("350", "12", "34")


PUBLISHED = paper(
    Kind.ARTICLE,
    venue="Nature",
    doi="10.1038/x",
    arxiv_id="2404.04167",
    urls={"abstract": "https://www.nature.com/articles/x"},
)


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_the_address_of_an_article_is_its_publishers(style):
    _, fields = record(PUBLISHED, style)
    assert (fields["url"], fields["eprint"]) == ("https://www.nature.com/articles/x", "2404.04167")
    known_by_doi = paper(Kind.ARTICLE, venue="Nature", doi="10.1038/x", arxiv_id="2404.04167")
    assert "url" not in record(known_by_doi, style)[1]
    only_at_arxiv = paper(Kind.ARTICLE, venue="Nature", arxiv_id="2404.04167")
    assert record(only_at_arxiv, style)[1]["url"] == "https://arxiv.org/abs/2404.04167"


def test_the_address_of_an_article_in_ris_and_csl_is_its_publishers():
    assert rispy.loads(cite(PUBLISHED, "ris"))[0]["urls"] == ["https://www.nature.com/articles/x"]
    known_by_doi = paper(Kind.ARTICLE, venue="Nature", doi="10.1038/x", arxiv_id="2404.04167")
    assert json.loads(cite(known_by_doi, "csl-json"))[0]["URL"] == "https://doi.org/10.1038/x"


def test_a_link_to_arxiv_is_not_taken_for_the_publishers():
    found = paper(
        Kind.ARTICLE,
        venue="Nature",
        doi="10.1038/x",
        arxiv_id="2404.04167",
        urls={"abstract": "https://huggingface.co/papers/2404.04167", "project": "https://x.github.io"},
    )
    assert "url" not in record(found, "bibtex")[1]


def test_authors_that_are_not_named_are_others_everywhere():
    found = Paper(id="title:x", title="T", authors=(DOE,), author_count=9)
    assert rispy.loads(cite(found, "ris"))[0]["authors"] == ["Doe, Jane", "others"]
    assert json.loads(cite(found, "csl-json"))[0]["author"][-1] == {"literal": "others"}


def test_the_version_of_a_preprint_stands_beside_its_number():
    found = paper(Kind.PREPRINT, arxiv_id="2404.04167", version="2")
    _, fields = record(found, "biblatex")
    assert (fields["eprint"], fields["version"]) == ("2404.04167", "2")
    assert json.loads(cite(found, "csl-json"))[0]["version"] == "2"


def test_the_form_of_google_scholar_has_what_bibtex_prints():
    kind, fields = record(CHAPTER, "bibtex-scholar")
    assert kind == "incollection"
    assert fields.keys() == {
        *("title", "author", "editor", "booktitle", "series", "volume", "edition", "chapter", "pages"),
        *("publisher", "year"),
    }
    assert record(ARTICLE, "bibtex-scholar")[1]["pages"] == "045001"
    assert record(THESIS, "bibtex-scholar")[1]["school"] == "MIT"
