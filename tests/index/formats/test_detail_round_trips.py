"""Everything that bibliographies say of a publication is read back from what we export, in each format.

`LOST` is what docs/formats.md says that a format does not carry.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.details import TYPES, details
from papers_tui.index.formats import Options, open_path
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.paper import Entry, Kind, Paper

OF_PAPER = (
    *("venue", "volume", "issue", "pages", "publisher", "published", "authors", "author_count"),
    *("doi", "arxiv_id"),
)


def paper(kind, **values):
    found = {name: values.pop(name) for name in OF_PAPER if name in values}
    authors = found.setdefault("authors", (Author("Doe", "Jane"),))
    found.setdefault("author_count", len(authors) or None)
    found.setdefault("published", "2020-05")
    return Paper(id="title:on-things-1", title="On things", kind=kind, details=details(values), **found)


PEOPLE = {"editors": "Roe, Richard; {ATLAS Team}", "translators": "Poe, Pia", "language": "de"}
BOOK = {
    **PEOPLE,
    "series": "LNCS",
    "edition": "2",
    "address": "Berlin",
    "isbn": "978-3-16-148410-0",
    "volumes": "3",
}
CHAPTER = {**BOOK, "venue": "A Book", "chapter": "5", "pages": "12–34", "publisher": "Springer"}
THESIS = {"institution": "MIT", "address": "Cambridge", "page_total": "123"}
REPORT = {"institution": "CERN", "number": "CERN-TH-2019-01", "address": "Geneva"}
DATA = {"version": "1.2", "publisher": "Zenodo", "doi": "10.5281/z.1", "accessed": "2024-01-02"}

PAPERS = {
    "article": paper(
        Kind.ARTICLE,
        venue="J. Phys. A",
        volume="12",
        issue="S1-2",
        article_number="045001",
        collaboration="ATLAS",
        issn="1751-8113",
        short_venue="JPA",
        pages="1–23",
        **PEOPLE,
    ),
    "article in press": paper(Kind.ARTICLE, venue="J. Phys. A", status="in press", published=None),
    "proceedings paper": paper(
        Kind.INPROCEEDINGS,
        venue="Proc. of X",
        event="X 2024",
        event_place="Rome",
        publisher="ACM",
        number="5",
        organization="IEEE",
        pages="1–3",
        **BOOK,
    ),
    "book": paper(
        Kind.BOOK, publisher="Springer", volume="3", original_date="1950", page_total="300", **BOOK
    ),
    "edited": paper(Kind.BOOK, authors=(), type="proceedings", publisher="ACM Press", **BOOK),
    "preprint": paper(Kind.PREPRINT, arxiv_id="2005.04167", version="2"),
    "thesis at arXiv": paper(
        Kind.OTHER, type="thesis", genre="Habilitation", arxiv_id="2005.04167", **THESIS
    ),
    "report of a genre": paper(Kind.OTHER, type="report", genre="Working paper", series="S", **REPORT),
    "other": paper(Kind.OTHER, remark="With music"),
    **{name: paper(Kind.INPROCEEDINGS, type=name, **CHAPTER) for name in ("incollection", "inbook")},
    **{
        name: paper(Kind.BOOK, type=name, publisher="Springer", number="7", **BOOK)
        for name in ("proceedings", "collection", "booklet", "manual")
    },
    **{name: paper(Kind.OTHER, type=name, **THESIS) for name in ("thesis", "phdthesis", "mastersthesis")},
    **{name: paper(Kind.OTHER, type=name, **DATA) for name in ("software", "dataset")},
    "report": paper(Kind.OTHER, type="report", **REPORT),
    "unpublished": paper(Kind.OTHER, type="unpublished", status="submitted", published=None),
    "online": paper(Kind.OTHER, type="online", organization="A Site", accessed="2024-01-02"),
    "patent": paper(Kind.OTHER, type="patent", number="US 123-4", address="US"),
    "standard": paper(Kind.OTHER, type="standard", number="ISO 8601-1:2019", publisher="ISO"),
    **{
        name: paper(Kind.ARTICLE, type=name, venue="The Daily", published="2024-05-06", pages="A1")
        for name in ("newspaper", "magazine")
    },
    "speech": paper(Kind.OTHER, type="speech", venue="X 2024", published="2024-05"),
}
LOST = {
    "bibtex": {("inbook", "type"), ("thesis", "type"), ("thesis", "genre"), ("thesis at arXiv", "type")},
    "biblatex": set(),
    "ris": {
        *(("article", "collaboration"), ("proceedings paper", "organization"), ("inbook", "type")),
        *(("other", "remark"), ("preprint", "version"), ("online", "organization")),
        ("online", "publisher"),
    },
    "csl-json": set(),
}


def again(found, name, tmp_path):
    path = tmp_path / "export"
    text = "".join(EXPORT_FORMATS[name].write([Entry(found)]))
    path.write_text(text, encoding="utf-8", newline="")
    (entry,) = (item for item in open_path(path, Options()).items if isinstance(item, Entry))
    return entry, text


def differences(was, now):
    names = {*was.details, *now.details}
    found = {name for name in names if was.details.get(name) != now.details.get(name)}
    return found | {name for name in ("title", "kind", *OF_PAPER) if getattr(was, name) != getattr(now, name)}


def test_every_sort_is_tried():
    assert TYPES.keys() <= PAPERS.keys()


@pytest.mark.parametrize("name", LOST)
@pytest.mark.parametrize("sort", PAPERS)
def test_what_is_said_of_a_publication_comes_back(tmp_path, name, sort):
    entry, text = again(PAPERS[sort], name, tmp_path)
    assert differences(PAPERS[sort], entry.paper) == {lost for of, lost in LOST[name] if of == sort}
    assert not entry.marks.note
    assert again(entry.paper, name, tmp_path)[1] == text


NAMES = ("series", "edition", "address", "isbn", "volumes", "chapter", "event_place")
TEXTS = st.sampled_from(["Vol. 3 & more", "50% of #1", "{x}", "a_b", "$5", "Größe", "A. B."])


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "csl-json"])
@given(found=st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_odd_texts_of_details_come_back(tmp_path, name, found):
    was = paper(Kind.INPROCEEDINGS, venue="A Book", type="incollection", **found)
    assert differences(was, again(was, name, tmp_path)[0].paper) == set()


@pytest.mark.parametrize("name", LOST)
@pytest.mark.parametrize("count", [1, 2, 9])
def test_authors_that_are_not_named_are_counted_again(tmp_path, name, count):
    names = tuple(Author(f"Doe{number}", "Jane") for number in range(count))
    was = paper(Kind.ARTICLE, venue="Nature", authors=names, author_count=count + 1)
    assert differences(was, again(was, name, tmp_path)[0].paper) == set()
