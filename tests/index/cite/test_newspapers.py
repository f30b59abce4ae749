"""Articles of newspapers and magazines: their day, and pages such as A1."""

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import bibliography, cite
from papers_tui.index.paper import Kind

NEWSPAPER = {
    "apa": "(2020, May 3). Things. The Times, A1.",
    "mla": "“Things.” The Times, 3 May 2020, p. A1.",
    "chicago": "2020. “Things.” The Times, May 3, A1.",
    "chicago-notes": "“Things,” The Times, May 3, 2020, A1.",
    "harvard": "(2020) ‘Things’, The Times, 3 May, p. A1.",
    "ieee": "“Things,” The Times, p. A1, May 3, 2020.",
    "acm": "2020. Things. The Times (May 3, 2020), A1.",
    "vancouver": "Things. The Times. 2020 May 3:A1.",
    "plain": "Things. The Times, A1, 3 May 2020.",
}
MAGAZINE = {
    "apa": "(2020, May 3). Things. Time, 3(4), 20–28.",
    "mla": "“Things.” Time, vol. 3, no. 4, 3 May 2020, pp. 20–28.",
    "chicago": "2020. “Things.” Time, May 3, 20–28.",
    "chicago-notes": "“Things,” Time, May 3, 2020, 20–28.",
    "harvard": "(2020) ‘Things’, Time, 3(4), pp. 20–28.",
    "ieee": "“Things,” Time, vol. 3, no. 4, pp. 20–28, May 3, 2020.",
    "acm": "2020. Things. Time 3, 4 (May 3, 2020), 20–28.",
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
