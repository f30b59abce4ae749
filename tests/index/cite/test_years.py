"""The year of a reference is said, whatever numbers the name of the proceedings has."""

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import STYLES, bibliography, cite
from papers_tui.index.paper import Kind

FOR_READERS = [name for name, style in STYLES.items() if style.kind == "reference" and "html" in style.forms]
NAACL = "Proceedings of the 2019 Conference on Bar, Volume 1 (Long Papers)"
NIPS = "Annual Conference on Things 2017, December 4-9, 2017"


@pytest.mark.parametrize("style", FOR_READERS)
@pytest.mark.parametrize(("venue", "year"), [(NAACL, "2019"), (NIPS, "2017"), (f"{NIPS}, Rome", "2017")])
def test_a_year_in_the_name_of_proceedings_is_not_the_year_of_the_reference(style, venue, year, publication):
    fields = {"venue": venue, "pages": "1--5", "published": year}
    paper = publication("", Kind.INPROCEEDINGS, Author("Doe", "Jane"), **fields)
    for text in {cite(paper, style), bibliography([paper], style)}:
        assert year in text.replace(venue, "")


def test_proceedings_that_appeared_after_their_conference_are_of_their_own_year(publication):
    paper = publication("", Kind.INPROCEEDINGS, venue=NAACL, published="2020")
    assert "year = {2020}" in cite(paper, "bibtex")
    assert "2020" in cite(paper, "mla")


def test_a_preprint_is_dated_by_the_proceedings_that_it_names(preprint):
    paper = preprint(Author("Doe", "Jane"), kind=Kind.INPROCEEDINGS, venue=NAACL, published="2018-10-11")
    assert cite(paper, "apa").startswith("Doe, J. (2019).")


@pytest.mark.parametrize("style", FOR_READERS)
def test_a_year_within_the_name_of_a_journal_is_not_the_year_of_the_reference(style, article):
    paper = article(venue="Annals of 2020 Things 7", volume=None, issue=None, pages=None)
    assert "2020" in cite(paper, style).replace("Annals of 2020 Things 7", "")
