"""Whatever bibliographies say of a work, no mark of its reference is doubled, and its year is said."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.cite import STYLES, bibliography, cite
from papers_tui.index.details import TYPES, details
from papers_tui.index.paper import Kind, Paper

EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "100"))
STYLES_FOR_READERS = [name for name, style in STYLES.items() if style.kind == "reference" and name != "html"]
DOUBLED = (
    *("..", "?.", "!.", ",.", ".”.", "?”.", ",,", ". ,", " ,", " .", "  ", ";;", ",:", ",;", ",)", ";)"),
    *("()", "[]", "“”", "(,", "( ", ": .", ". :", ". ;"),
)
"""Marks that no guide has side by side."""

AUTHORS = [
    Author("Du", "Xinrun"),
    Author("King", "M. L.", "Jr."),
    Author("ATLAS Collaboration", is_group=True),
]
TOLD = {
    "genre": ["Technical report", "Dr. Ing."],
    "article_number": ["045001"],
    "number": ["12", "TR-2020-1"],
    "chapter": ["4"],
    "edition": ["2", "Second", "rev."],
    "series": ["Lecture Notes"],
    "editors": [
        "Gao, Songyang",
        "Gao, S.; King, M., Jr.",
        "{A Group}",
        "A, B.; others",
        "A; B; C; D; E; F; G",
    ],
    "collaboration": ["CMS"],
    "institution": ["Univ. of Things", "Things Inc."],
    "organization": ["Things Inc."],
    "address": ["Cambridge, Mass."],
    "event": ["Conference on Things"],
    "event_place": ["Rome"],
    "status": ["in press.", "submitted"],
    "translators": ["Weaver, Helen", "A; B; C; others"],
    "original_date": ["1966", "1966-05"],
    "remark": ["in French", "Reprinted in 2001."],
    "version": ["1.2", "2", "v3.1"],
    "accessed": ["2021-06-04"],
}
DETAILS = st.fixed_dictionaries(
    {"type": st.sampled_from(["", *TYPES])},
    optional={name: st.sampled_from(values) for name, values in TOLD.items()},
)


def maybe(*values):
    return st.sampled_from([None, *values])


@st.composite
def papers(draw):
    told = draw(DETAILS)
    return Paper(
        id="title:x",
        title=draw(
            st.sampled_from(["A Title", "What now?", "Stop.", "Go!", "Made in the U.S.A.", "The ‘Q’"])
        ),
        authors=tuple(draw(st.lists(st.sampled_from(AUTHORS), max_size=3, unique=True))),
        author_count=draw(maybe(9)),
        kind=TYPES.get(told["type"]) or draw(st.sampled_from(Kind)),
        venue=draw(maybe("Journal", "Proc. Things Inc.", "Symposium 2020, pp. 1--2")),
        volume=draw(maybe("3")),
        issue=draw(maybe("4")),
        pages=draw(maybe("1-11", "7", "e12")),
        publisher=draw(maybe("Press", "Pub. Co.")),
        published=draw(maybe("2020", "2020-05", "2020-05-03")),
        doi=draw(maybe("10.1/x")),
        arxiv_id=draw(maybe("2404.04167")),
        urls=draw(st.sampled_from([{}, {"abstract": "https://x.org/t"}])),
        details=details(told),
    )


def shown(text):
    """A reference without the marks that guides do have side by side."""
    for sign in (". . .", "n. d.", "d. ed.", "h. ed."):
        text = text.replace(sign, "…")
    return text


@settings(max_examples=EXAMPLES, deadline=None)
@given(papers(), st.sampled_from(STYLES_FOR_READERS))
def test_no_mark_is_doubled_and_the_year_is_said(paper, style):
    for text in {cite(paper, style), bibliography([paper], style)}:
        assert [marks for marks in DOUBLED if marks in shown(text)] == [], text
        assert paper.published is None or "2020" in text, text
