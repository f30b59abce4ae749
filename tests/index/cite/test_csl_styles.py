"""Styles of the user's own: what citeproc-py does wrong is mended, and a bad file is named."""

import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.cite import FORMS, bibliography, cite, style_named
from papers_tui.index.cite.csl_style import read_style, styles_in
from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Kind, Paper

FOLDER = Path(__file__).with_name("styles")
DU, YU = Author("Du", "Xinrun"), Author("Yu", "Zhou-Liang")
PREPRINT = Paper(
    id="arxiv:2404.04167",
    title="Is mT5 “scale” enough?",
    authors=(DU, YU),
    published="2024-04-05",
    arxiv_id="2404.04167",
    kind=Kind.PREPRINT,
)
ARTICLE = Paper(
    id="doi:10.1000/x",
    title="A Plain Title.",
    authors=(DU,),
    published="2020-05",
    doi="10.1000/x",
    venue="Journal of Things",
    volume="12",
    pages="101--118",
    kind=Kind.ARTICLE,
)
COUNTED = Paper(id="title:x", title="A Survey of Things", author_count=13, published="2025")


@pytest.fixture(scope="module")
def numbered():
    return read_style(FOLDER / "numbered.csl")


@pytest.fixture(scope="module")
def in_full():
    return read_style(FOLDER / "names-in-full.csl")


def test_a_numbered_bibliography_keeps_the_order_and_has_spaces(numbered):
    assert bibliography([PREPRINT, ARTICLE, COUNTED], numbered).split("\n\n") == [
        (
            "[1] X. Du, and Z.-L. Yu, “Is mT5 ‘scale’ enough?,” arXiv:2404.04167, 2024,"
            " https://doi.org/10.48550/arXiv.2404.04167."
        ),
        "[2] X. Du, “A Plain Title,” Journal of Things, 12, pp. 101–18, 2020, https://doi.org/10.1000/x.",
        "[3] “A Survey of Things,” 2025. [13 authors, not named by the source]",
    ]


def test_one_paper_has_no_number(numbered):
    assert cite(ARTICLE, numbered).startswith("X. Du, “A Plain Title,”")


def test_emphasis_and_links_are_written_in_each_form(numbered):
    assert cite(ARTICLE, numbered, form="html") == (
        "X. Du, “A Plain Title,” <i>Journal of Things</i>, <b>12</b>, pp. 101–18, 2020,"
        ' <a href="https://doi.org/10.1000/x">https://doi.org/10.1000/x</a>.'
    )
    assert cite(ARTICLE, numbered, form="markdown") == (
        "X. Du, “A Plain Title,” *Journal of Things*, **12**, pp. 101–18, 2020, <https://doi.org/10.1000/x>."
    )
    assert bibliography([ARTICLE], numbered, form="html").startswith("<p>[1] X. Du")


def test_names_that_the_style_wants_in_full_are_in_full(in_full):
    assert bibliography([PREPRINT, ARTICLE], in_full).split("\n\n") == [
        "Du, Xinrun. ‘A plain title’. 2020 May. 101–18.",
        "Du, Xinrun and Zhou-Liang Yu. ‘Is mT5 “scale” enough?’ 2024 Apr 5.",
    ]


def test_authors_that_the_source_left_out_are_not_hidden(numbered):
    paper = Paper(id="title:x", title="T", authors=(DU,), author_count=5)
    assert cite(paper, numbered) == "X. Du et al., “T.”"


def test_the_styles_of_a_folder_have_the_names_of_their_files():
    assert list(styles_in(FOLDER)) == ["names-in-full", "numbered"]
    assert styles_in(FOLDER / "missing") == {}
    assert read_style(FOLDER / "numbered.csl").title == "A numbered style for tests"


def test_a_style_is_found_by_its_file_or_by_its_name_in_the_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("numbered", "numbered.csl", str(FOLDER / "numbered.csl")):
        assert style_named(name, FOLDER).title == "A numbered style for tests"
    assert style_named("APA", FOLDER) is style_named("apa")
    with pytest.raises(WrongUsage, match=r"nowhere\.csl cannot be read: No such file"):
        style_named("nowhere.csl", FOLDER)
    with pytest.raises(WrongUsage) as raised:
        style_named("numberd", FOLDER)
    assert raised.value.remedy == "Styles: numbered"


BIBLIOGRAPHY = '<bibliography><layout><text variable="title"/></layout></bibliography>'


def style(content):
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        f"<info><title>T</title>{content[0]}</info>"
        f'<citation><layout><text variable="title"/></layout></citation>{content[1]}</style>'
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is no citation style"),
        ("<style>", "is no citation style"),
        ("<html/>", "cannot be followed"),
        ("\x00\x01", "is no citation style"),
        (
            style(['<link rel="independent-parent" href="http://www.zotero.org/styles/ieee"/>', ""]),
            "only names another style: ieee",
        ),
        (style(["", ""]), "no bibliography"),
    ],
)
def test_a_file_that_is_no_style_is_named_with_what_is_wrong(tmp_path, content, message):
    file = tmp_path / "own.csl"
    file.write_text(content)
    with pytest.raises(WrongUsage) as raised:
        read_style(file)
    assert message in raised.value.message
    assert "own.csl" in raised.value.message


@pytest.mark.parametrize(
    "bibliography_element",
    [
        '<bibliography><layout><text macro="missing"/></layout></bibliography>',
        '<bibliography><layout><text variable="genre"/></layout></bibliography>',
    ],
)
def test_a_style_that_writes_nothing_says_so(tmp_path, bibliography_element):
    file = tmp_path / "own.csl"
    file.write_text(style(["", bibliography_element]))
    with pytest.raises(WrongUsage, match=r"own\.csl"):
        cite(ARTICLE, read_style(file))


def test_a_style_reads_no_other_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    file = tmp_path / "own.csl"
    text = style(
        ["", BIBLIOGRAPHY.replace("<layout>", '<layout suffix="">').replace("/></layout>", "/>&e;</layout>")]
    )
    file.write_text(f'<!DOCTYPE style [<!ENTITY e SYSTEM "{secret.as_uri()}">]>{text}')
    with pytest.raises(WrongUsage) as raised:
        assert cite(ARTICLE, read_style(file)) == ""
    assert "hunter2" not in raised.value.message


def test_a_missing_file_and_a_missing_extra_are_told_apart(tmp_path, monkeypatch):
    with pytest.raises(WrongUsage, match="cannot be read"):
        read_style(tmp_path / "missing.csl")
    monkeypatch.setitem(sys.modules, "citeproc", None)
    with pytest.raises(WrongUsage, match="not installed") as raised:
        read_style(FOLDER / "numbered.csl")
    assert raised.value.remedy == "pip install 'papers-tui[csl]'"


class Shown(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = set()
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


@settings(max_examples=60, deadline=None)
@given(
    title=st.lists(
        st.sampled_from(
            [
                '<span class="nocase">',
                "</span>",
                "<b>",
                "&amp;",
                "*",
                "“",
                "”",
                '"',
                "$x$",
                ".",
                ",",
                "LLM",
                "word",
            ]
        ),
        min_size=1,
        max_size=8,
    ).map(" ".join)
)
def test_no_markup_of_a_title_acts(title, numbered):
    paper = Paper(id="doi:10.1/x", title=title, authors=(DU,), doi="10.1/x", venue="V", kind=Kind.ARTICLE)
    for form in FORMS:
        assert cite(paper, numbered, form=form)
    shown = Shown(cite(paper, numbered, form="html"))
    assert shown.tags <= {"i", "a"}
    for piece in ("span", "<b>", "&amp;"):
        assert shown.text.count(piece) == title.count(piece)


@pytest.mark.parametrize(
    ("authors", "by_number", "whole"),
    [
        ((DU,), "X. Du et al., “", "Du, Xinrun et al. ‘"),
        ((DU, YU), "X. Du, Z.-L. Yu et al., “", "Du, Xinrun, Zhou-Liang Yu et al. ‘"),
    ],
)
def test_authors_that_are_not_named_are_et_al(numbered, in_full, authors, by_number, whole):
    paper = Paper(id="title:x", title="The Others", authors=authors, author_count=9)
    assert cite(paper, numbered).startswith(by_number)
    assert cite(paper, in_full).startswith(whole)
    assert "Others" in cite(paper, numbered)


def test_the_number_of_an_article_stands_where_its_pages_would(numbered):
    paper = Paper(
        id="title:x",
        title="On Things",
        authors=(DU,),
        venue="J. Phys. A",
        volume="12",
        kind=Kind.ARTICLE,
        details={"article_number": "045001"},
    )
    assert cite(paper, numbered) == "X. Du, “On Things,” J. Phys. A, 12, p. 045001."


def test_names_keep_their_capitals_where_a_style_makes_small_letters(in_full):
    paper = Paper(id="title:x", title="The Hubble constant of Galaxies observed", authors=(DU,))
    assert "‘The Hubble constant of Galaxies observed’" in cite(paper, in_full)
    protected = Paper(id="title:x", title="A Bayesian View", authors=(DU,), details={"protected": "Bayesian"})
    assert "‘A Bayesian view’" in cite(protected, in_full)
