"""Templates of citation keys: what the configuration may say, and what comes of it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.cite.key_template import KeyTemplate
from papers_tui.index.paper import Kind, Paper

PAPER = Paper(
    id="arxiv:1706.03762",
    title="Attention Is All You Need",
    authors=(Author("Vaswani", "Ashish"), Author("van der Berg", "Jan")),
    published="2017-06",
)
CROWD = Paper(
    id="arxiv:1706.03762",
    title="On the Art of the GPT-4",
    authors=tuple(Author(name, "A") for name in ("García-Pérez", "Du", "Yu", "Gao")),
    published="2017",
)


@pytest.mark.parametrize(
    ("template", "paper", "key"),
    [
        ("{surname}{year}{word}", PAPER, "vaswani2017attention"),
        ("{Surname}{year}{Word}", PAPER, "Vaswani2017Attention"),
        ("{SURNAME}:{yy}", PAPER, "VASWANI:17"),
        ("{surnames}_{year}", PAPER, "vaswanivanderberg_2017"),
        ("{surnames}-{words}", CROWD, "garciaperezetal-artgpt4"),
        ("{title}", PAPER, "attentionallneed"),
        ("arxiv:{id}", PAPER, "arxiv:170603762"),
        ("{surname}{year}", Paper(id="title:x", title="Deep Nets"), "deep"),
        ("{surname}{year}{word}", Paper(id="title:x", title="注意"), "paperx"),
        (
            "{surname}{year}",
            Paper(
                id="arxiv:0705.1",
                title="T",
                authors=(Author("Du"),),
                kind=Kind.ARTICLE,
                venue="Phys. Rev. D 76, 013009 (2007)",
                published="2005-12",
            ),
            "du2007",
        ),
    ],
)
def test_a_template_is_filled_in(template, paper, key):
    assert KeyTemplate(template).key(paper) == key


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{surnme}{year}", "did you mean {surname}?"),
        ("{}", "there are surname,"),
        ("{sUrname}", "no field"),
        ("{surname} {year}", "characters that keys cannot have"),
        ("{surname}{year", "characters that keys cannot have"),
        ("{surname},{year}", "characters that keys cannot have"),
        ("key", "needs a field"),
        ("", "needs a field"),
    ],
)
def test_a_mistake_in_a_template_is_named(template, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        KeyTemplate(template)


@settings(max_examples=200)
@given(
    template=st.lists(
        st.sampled_from(
            ["{surname}", "{Surnames}", "{YEAR}", "{yy}", "{word}", "{Words}", "{title}", "{id}", "-"]
        ),
        min_size=1,
    ).map("".join),
    title=st.text(max_size=40),
    family=st.text(max_size=20),
    identifier=st.text(max_size=20),
)
def test_a_key_is_ascii_with_a_letter_whatever_the_paper(template, title, family, identifier):
    if "{" not in template:
        return
    paper = Paper(id=f"title:{identifier}", title=title, authors=(Author(family),), published="2020")
    key = KeyTemplate(template).key(paper)
    assert re.fullmatch(r"[A-Za-z0-9-]+", key)
    assert re.search("[A-Za-z]", key)
