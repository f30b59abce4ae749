"""What bibliographies say besides: kept under known names, editors told apart again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.details import details, named_people, people
from papers_tui.index.text import clean_line

NAMES = st.text(st.characters(exclude_characters=",;{}", exclude_categories=["Cc", "Cs"]), max_size=12)
WORDS = NAMES.map(clean_line).filter(bool)
EDITORS = st.builds(Author, WORDS, WORDS, st.just(""), is_group=st.just(False)) | WORDS.map(
    lambda name: Author(name, is_group=True)
)


@given(st.lists(EDITORS, max_size=4))
def test_editors_are_read_as_they_were_written(editors: list[Author]) -> None:
    assert people(named_people(editors)) == tuple(editors)


def test_what_is_blank_or_has_no_name_here_is_left_out() -> None:
    given = {"type": "no such type", "edition": " ", "series": "LNCS\x1b[31m", "other": "x"}
    assert details(given) == {"series": "LNCS"}
