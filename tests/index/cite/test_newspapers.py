"""Articles of newspapers and magazines: their day, and pages such as A1."""

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import STYLES, bibliography, cite
from papers_tui.index.paper import Kind

NEWSPAPER = {
    "apa": "(2020, May 3). Things. The Times, A1.",  # 10.1, example 16
    "mla": "“Things.” The Times, 3 May 2020, p. A1.",  # ch. 5, day of the source
    "chicago": "2020. “Things.” The Times, May 3, A1.",  # ch. 14, newspapers: by their day
    "chicago-notes": "“Things,” The Times, May 3, 2020, A1.",  # the same
    "harvard": "(2020) ‘Things’, The Times, 3 May, p. A1.",  # newspapers: day and month, page
    "ieee": "“Things,” The Times, p. A1, May 3, 2020.",  # newspapers and magazines: page, then day
    "acm": "2020. Things. The Times (May 3, 2020), A1.",  # as an article; the day in its parentheses
    "vancouver": "Things. The Times. 2020 May 3;Sect. A:1.",  # Citing Medicine, ch. 23
    "nature": "Things. The Times A1 (2020).",  # silent: as an article, by the year
    "acl": "2020. Things. The Times, page A1.",  # acl_natbib.bst: as an article
    "plain": "Things. The Times, A1, 3 May 2020.",
}
MAGAZINE = {
    "apa": "(2020, May 3). Things. Time, 3(4), 20–28.",  # 10.1, example 15
    "mla": "“Things.” Time, vol. 3, no. 4, 3 May 2020, pp. 20–28.",  # ch. 5
    "chicago": "2020. “Things.” Time, May 3, 20–28.",  # ch. 14, magazines: by their day alone
    "chicago-notes": "“Things,” Time, May 3, 2020, 20–28.",  # the same
    "harvard": "(2020) ‘Things’, Time, 3(4), pp. 20–28.",  # magazines: as journals
    "ieee": "“Things,” Time, vol. 3, no. 4, pp. 20–28, May 3, 2020.",
    "acm": "2020. Things. Time 3, 4 (May 3, 2020), 20–28.",
    "vancouver": "Things. Time. 2020 May 3;3(4):20-8.",  # Citing Medicine, ch. 1: as journals
    "nature": "Things. Time 3, 20–28 (2020).",
    "acl": "2020. Things. Time, 3(4):20–28.",
    "plain": "Things. Time 3(4), 20–28, 3 May 2020.",
}


@pytest.fixture
def article(publication):
    doe = Author("Doe", "Jane")
    return lambda sort, **told: publication(sort, Kind.ARTICLE, doe, title="Things", **told)


@pytest.mark.parametrize(("style", "expected"), NEWSPAPER.items())
def test_an_article_of_a_newspaper(style, expected, article):
    assert cite(article("newspaper", venue="The Times", pages="A1"), style).endswith(f" {expected}")


@pytest.mark.parametrize(("style", "expected"), MAGAZINE.items())
def test_an_article_of_a_magazine(style, expected, article):
    paper = article("magazine", venue="Time", pages="20-28", volume="3", issue="4")
    assert cite(paper, style).endswith(f" {expected}")


def test_a_bibliography_of_chicago_has_the_day_too(article):
    paper = article("newspaper", venue="The Times", pages="A1")
    assert bibliography([paper], "chicago-notes").endswith("“Things.” The Times, May 3, 2020, A1.")


@pytest.mark.parametrize(
    ("published", "acm", "mla"),
    [("2020-05", "(May 2020)", ", May 2020"), ("2020", "(2020)", ", 2020"), (None, "The Times.", "Times.")],
)
def test_what_is_known_of_the_date_is_said(published, acm, mla, article):
    paper = article("newspaper", venue="The Times", published=published)
    assert acm in cite(paper, "acm")
    assert mla in cite(paper, "mla")
    assert cite(paper, "chicago").endswith("The Times, May." if published == "2020-05" else "The Times.")


def test_every_style_for_readers_is_told_of_both():
    styles = {name for name, style in STYLES.items() if style.kind == "reference" and len(style.forms) > 1}
    assert styles == NEWSPAPER.keys() == MAGAZINE.keys()
