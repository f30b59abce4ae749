"""Bibliographies: sorted, numbered and lettered as their styles ask."""

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import STYLES, bibliography
from papers_tui.index.paper import Kind

DU, YU = Author("Du", "Xinrun"), Author("Yu", "Zhouliang")
GAO = Author("Gao", "Songyang")
READER_STYLES = [name for name, style in STYLES.items() if len(style.forms) > 1]


def test_numbered_lists_keep_the_order_given(article, preprint):
    papers = [article(), preprint(DU)]
    assert [line[:7] for line in bibliography(papers, "ieee").splitlines()] == ["[1] X. ", "[2] X. "]
    assert bibliography(papers, "vancouver").startswith("1. Du X, Yu Z. What")
    assert bibliography(papers, "nature").splitlines()[1].startswith("2. Du, X. Chinese")
    assert bibliography(papers, "acm").splitlines()[0].startswith("[1] Xinrun Du and")


@pytest.mark.parametrize("style", ["apa", "chicago", "harvard", "acl"])
def test_author_date_lists_are_sorted_and_lettered(style, preprint):
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


def test_undated_works_of_one_author_are_lettered(preprint):
    papers = [preprint(DU, title=title, published=None) for title in ("B", "A")]
    assert [entry[:19] for entry in bibliography(papers, "apa").split("\n\n")] == [
        "Du, X. (n.d.-a). A ",
        "Du, X. (n.d.-b). B ",
    ]


@pytest.mark.parametrize("style", ["mla", "chicago-notes"])
def test_lists_without_letters_are_sorted_by_author_and_title(style, preprint):
    papers = [preprint(YU, title="A"), preprint(DU, title="B", published="2019"), preprint(DU, title="A")]
    entries = bibliography(papers, style).split("\n\n")
    assert [entry[: entry.index(".”")] for entry in entries] == [
        "Du, Xinrun. “A",
        "Du, Xinrun. “B",
        "Yu, Zhouliang. “A",
    ]


def test_a_bibliography_beside_notes_turns_the_first_name_round(article):
    assert bibliography([article()], "chicago-notes") == (
        "Du, Xinrun, and Zhouliang Yu. “What is ‘scale’ good for?” Journal of Things 12, no. 3 (2020): 45–67."
        " https://doi.org/10.1000/x_1."
    )


@pytest.mark.parametrize("style", READER_STYLES)
def test_an_empty_bibliography_is_empty(style):
    assert bibliography([], style) == ""


def test_works_without_a_date_and_to_come_stand_where_the_guide_has_them(preprint, publication):
    works = [
        publication("", Kind.ARTICLE, DU, title="To Come", published=None, venue="J", status="in press"),
        preprint(DU, title="Dated", published="2019"),
        preprint(DU, title="Undated", published=None),
    ]
    for style, order in (("apa", "UDT"), ("chicago", "DUT"), ("harvard", "DUT")):
        entries = bibliography(works, style).split("\n\n")
        assert "".join(next(w.title[0] for w in works if w.title in entry) for entry in entries) == order


def test_letters_tell_apart_what_texts_would_cite_alike(preprint):
    crowd = [Author(name, "A.") for name in ("Li", "Ma", "Ng", "Wu")]
    works = [preprint(DU, *crowd, title="B"), preprint(DU, YU, *crowd, title="A")]
    assert "2024a" not in bibliography(works, "apa")
    assert "Du, X. et al. (2024a) ‘B’" in bibliography(works, "harvard")
    assert "Wu. 2024a. B." in bibliography(works, "acl")


def test_a_list_of_acl_is_sorted_by_the_names_that_texts_cite(preprint):
    works = [
        preprint(DU, GAO, YU, title="Three", published="2019"),
        preprint(DU, YU, title="Two", published="2020"),
        preprint(DU, title="One", published="2021"),
        preprint(DU, GAO, Author("An", "B."), title="Others", published="2018"),
    ]
    entries = bibliography(works, "acl").split("\n\n")
    titles = [next(work.title for work in works if work.title in entry) for entry in entries]
    assert titles == ["One", "Two", "Others", "Three"]


def test_books_stand_under_their_editors(publication):
    works = [
        publication("collection", Kind.BOOK, title="Edited", editors="Gao, Songyang"),
        publication("", Kind.BOOK, YU, title="Written"),
        publication("", Kind.BOOK, title="Anonymous"),
    ]
    titles = [next(w.title for w in works if w.title in e) for e in bibliography(works, "apa").split("\n\n")]
    assert titles == ["Anonymous", "Edited", "Written"]
