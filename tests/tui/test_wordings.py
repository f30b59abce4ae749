"""What the line below the query says, and how much of it is in view."""

from types import SimpleNamespace

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.paper import Paper
from papers_tui.index.search.ranking import Correction
from papers_tui.tui.screens import wordings
from papers_tui.tui.wording import byline

MANY = tuple(
    Correction(word, used)
    for word, used in [
        ("langauge", "language"),
        ("langauge", "langage"),
        ("modle", "model"),
        ("modle", "mode"),
        ("transfromer", "transformer"),
    ]
)


def _results(*corrections, hints=(), total=3):
    return SimpleNamespace(total=total, corrections=corrections, hints=hints)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120, 200])
def test_the_key_that_refuses_corrections_is_told_however_many_there_are(width):
    said = wordings.hints(_results(*MANY, hints=("unclosed quote",)), "f6", width, " · ")
    assert said.key.startswith("f6")
    assert '"modle" · "mode"' not in said.words
    assert all(word in said.words for word in ("language", "langauge", "model", "modle", "transformer"))
    if width >= 160:
        assert len(said.words) + len(said.key) < width


def test_a_word_with_two_readings_is_told_once():
    said = wordings.hints(_results(*MANY[:2]), "f6", 120, " · ")
    assert said.words == '"langauge" was read as "language" or "langage", too'


def test_nothing_is_said_where_nothing_was_corrected():
    assert wordings.hints(_results(), "f6", 120, " · ") == ("", "")
    assert wordings.hints(_results(hints=("unclosed quote",)), "f6", 120, " · ") == ("unclosed quote", "")
    assert wordings.hints(_results(*MANY, total=0), "f6", 120, " · ") == ("", "")


@pytest.mark.parametrize(
    ("authors", "long", "short"),
    [
        (["A. Ray"], "Ray", "Ray"),
        (["A. Ray", "B. Fox"], "Ray and Fox", "Ray and Fox"),
        (["A. Ray", "B. Fox", "C. Elk"], "Ray, Fox and Elk", "Ray and 2 others"),
        (["A. Ray", "B. Fox", "C. Elk", "D. Yak"], "Ray, Fox and 2 others", "Ray and 3 others"),
    ],
)
def test_fewer_authors_are_named_where_room_is_short(authors, long, short):
    paper = Paper(id="arxiv:2401.00001", title="T", authors=tuple(map(Author.parse, authors)))
    assert (byline(paper), byline(paper, named=1)) == (long, short)
