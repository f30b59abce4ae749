"""Bibliographies: sorted, numbered and lettered as their styles ask."""

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import STYLES, bibliography
from papers_tui.index.paper import Kind, Paper

DU, YU = Author("Du", "Xinrun"), Author("Yu", "Zhouliang")
GAO = Author("Gao", "Songyang")
TITLE = "Chinese Tiny LLM"
READER_STYLES = [name for name, style in STYLES.items() if len(style.forms) > 1]


def preprint(*authors, **changes):
    fields = {
        "id": "arxiv:2404.04167",
        "title": TITLE,
        "authors": authors,
        "published": "2024-04-05",
        "arxiv_id": "2404.04167",
        "categories": ("cs.CL",),
        "kind": Kind.PREPRINT,
    }
    return Paper(**{**fields, **changes})


ARTICLE = Paper(
    id="doi:10.1000/x_1",
    title="What is “scale” good for?",
    authors=(DU, YU),
    published="2020-05",
    doi="10.1000/x_1",
    venue="Journal of Things",
    volume="12",
    issue="3",
    pages="45-67",
    kind=Kind.ARTICLE,
)


def test_numbered_lists_keep_the_order_given():
    papers = [ARTICLE, preprint(DU)]
    assert [line[:7] for line in bibliography(papers, "ieee").splitlines()] == ["[1] X. ", "[2] X. "]
    assert bibliography(papers, "vancouver").startswith("1. Du X, Yu Z. What")
    assert bibliography(papers, "nature").splitlines()[1].startswith("2. Du, X. Chinese")
    assert bibliography(papers, "acm").splitlines()[0].startswith("[1] Xinrun Du and")


@pytest.mark.parametrize("style", ["apa", "chicago", "harvard", "acl"])
def test_author_date_lists_are_sorted_and_lettered(style):
    papers = [
        preprint(YU, title="Zebra"),
        preprint(DU, title="The Beta"),
        preprint(DU, title="Alpha"),
        preprint(DU, title="Older", published="2019"),
        preprint(DU, GAO, title="Together"),
        preprint(Author("Ångström", "Anders"), title="Light"),
    ]
    entries = bibliography(papers, style).split("\n\n")
    titles = [next(p.title for p in papers if p.title in entry) for entry in entries]
    assert titles == ["Light", "Older", "Alpha", "The Beta", "Together", "Zebra"]
    assert [("2024a" in entry, "2024b" in entry) for entry in entries[2:4]] == [(True, False), (False, True)]
    assert "2024a" not in entries[4] + entries[5]


def test_undated_works_of_one_author_are_lettered():
    papers = [preprint(DU, title=title, published=None) for title in ("B", "A")]
    assert [entry[:19] for entry in bibliography(papers, "apa").split("\n\n")] == [
        "Du, X. (n.d.-a). A ",
        "Du, X. (n.d.-b). B ",
    ]


@pytest.mark.parametrize("style", ["mla", "chicago-notes"])
def test_lists_without_letters_are_sorted_by_author_and_title(style):
    papers = [preprint(YU, title="A"), preprint(DU, title="B", published="2019"), preprint(DU, title="A")]
    entries = bibliography(papers, style).split("\n\n")
    assert [entry[: entry.index(".”")] for entry in entries] == [
        "Du, Xinrun. “A",
        "Du, Xinrun. “B",
        "Yu, Zhouliang. “A",
    ]


def test_a_bibliography_beside_notes_turns_the_first_name_round():
    assert bibliography([ARTICLE], "chicago-notes") == (
        "Du, Xinrun, and Zhouliang Yu. “What is ‘scale’ good for?” Journal of Things 12, no. 3 (2020): 45–67."
        " https://doi.org/10.1000/x_1."
    )


@pytest.mark.parametrize("style", READER_STYLES)
def test_an_empty_bibliography_is_empty(style):
    assert bibliography([], style) == ""
