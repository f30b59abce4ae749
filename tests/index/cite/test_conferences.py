"""Conferences: where they were held, the series of their proceedings, and papers that have a number."""

import bibtexparser
import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import cite
from papers_tui.index.paper import Kind

BAR = {
    "venue": "Proceedings of Bar",
    "series": "BAR '19",
    "event_place": "Rome, Italy",
    "publisher": "ACM",
    "address": "New York, NY, USA",
    "published": "2019",
}


@pytest.fixture
def paper(publication):
    return lambda **told: publication("", Kind.INPROCEEDINGS, Author("Foo", "Bar"), **BAR | told)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"pages": "1-5"}, "(Rome, Italy) (BAR ’19). ACM, New York, NY, USA, 1–5."),
        (
            {"article_number": "12", "page_total": "13"},
            "(Rome, Italy) (BAR ’19). ACM, New York, NY, USA, Article 12, 13 pages.",
        ),
        (
            {"series": "LNCS", "volume": "7", "event_place": "", "pages": "1-5"},
            "(LNCS, Vol. 7). ACM, New York, NY, USA, 1–5.",
        ),
        ({"series": "", "event_place": "", "volume": "7"}, ". Vol. 7. ACM, New York, NY, USA."),
    ],
)
def test_acm_names_place_and_series_behind_the_proceedings(told, expected, paper):
    assert cite(paper(**told), "acm").partition("In Proceedings of Bar")[2].lstrip() == expected


def test_acm_records_have_the_fields_that_acms_style_reads(paper):
    (entry,) = bibtexparser.parse_string(cite(paper(article_number="12", page_total="13"), "bibtex")).entries
    assert (entry["location"], entry["address"]) == ("Rome, Italy", "New York, NY, USA")
    assert (entry["eid"], entry["numpages"]) == ("12", "13")
    (entry,) = bibtexparser.parse_string(cite(paper(address=""), "bibtex")).entries
    assert entry["venue"] == "Rome, Italy"
