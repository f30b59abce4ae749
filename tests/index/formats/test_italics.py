"""Words of titles in italics: read from the markup of each format, cited, and written again."""

import json

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import cite
from papers_tui.index.formats import Options, open_path
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.paper import Entry, Kind, Paper

TITLE = "Growth of E. coli in vivo"


@pytest.fixture
def read(tmp_path):
    def read_text(text, name):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        (found,) = (item for item in open_path(path, Options()).items if isinstance(item, Entry))
        return found.paper

    return read_text


@pytest.mark.parametrize(
    ("name", "text", "italics"),
    [
        ("a.bib", r"@misc{a, title={Growth of \emph{E. coli} \textit{in vivo}}}", "E. coli; in vivo"),
        ("a.bib", r"@misc{a, title={{Growth of {\it {E}. coli} {\em in vivo}}}}", "E. coli; in vivo"),
        ("a.bib", r"@misc{a, title={Growth of <i>E. coli</i> in vivo}}", "E. coli"),
        ("a.bib", r"@misc{a, title={\emph{Growth of E. coli in vivo}}}", None),
        ("a.bib", r"@misc{a, title={Growth of \emph{E}. coli in vivo}}", "E"),
        ("a.ris", "TY  - GEN\nTI  - Growth of <i>E. coli</i> in vivo\nER  - \n", "E. coli"),
        (
            "a.json",
            '[{"type": "book", "title": "Growth of <i>E. coli</i> <jats:italic>in vivo</jats:italic>"}]',
            "E. coli; in vivo",
        ),
        ("a.jsonl", json.dumps({"id": "0705.1234", "title": r"Growth of {\it E. coli} in vivo"}), "E. coli"),
    ],
)
def test_italics_are_read_and_the_title_is_plain(read, name, text, italics):
    if name == "a.jsonl":  # of the snapshot of arXiv
        text = text[:-1] + ', "versions": [], "authors_parsed": []}'
    paper = read(text, name)
    assert (paper.title, paper.details.get("italics")) == (TITLE, italics)


def paper(kind=Kind.ARTICLE):
    return Paper(
        id="title:x",
        title=TITLE,
        authors=(Author("Du", "X"),),
        published="2020",
        venue="Journal" if kind is Kind.ARTICLE else None,
        kind=kind,
        details={"italics": "E. coli; in vivo; in vitro"},
    )


@pytest.mark.parametrize(
    ("style", "form", "shown"),
    [
        ("apa", "html", "Growth of <i>E. coli</i> <i>in vivo</i>. <i>Journal</i>"),
        ("mla", "markdown", "“Growth of *E. coli* *in vivo*.” *Journal*"),
        ("ieee", "html", "“Growth of <i>E. coli</i> <i>in vivo</i>,” <i>Journal</i>"),
        ("markdown", "plain", "Growth of E. coli in vivo"),
        ("html", "plain", "Growth of <i>E. coli</i> <i>in vivo</i>"),
        ("acm", "plain", "Growth of E. coli in vivo. Journal"),
        ("bibtex", "plain", r"title = {Growth of \emph{{E}. coli} \emph{in vivo}}"),
        ("csl-json", "plain", '"title": "Growth of <i>E. coli</i> <i>in vivo</i>"'),
        ("ris", "plain", "TI  - Growth of E. coli in vivo"),
    ],
)
def test_italics_are_cited(style, form, shown):
    assert shown in cite(paper(), style, form=form)


def test_italics_within_italics_stand_upright():
    assert "<i>Growth of </i>E. coli<i> </i>in vivo." in cite(paper(Kind.BOOK), "apa", form="html")


@pytest.mark.parametrize(
    ("name", "file"), [("bibtex", "a.bib"), ("biblatex", "a.bib"), ("csl-json", "a.json")]
)
def test_italics_come_back(read, name, file):
    again = read("".join(EXPORT_FORMATS[name].write([Entry(paper())])), file)
    assert (again.title, again.details) == (TITLE, {"italics": "E. coli; in vivo"})


def test_the_list_in_markdown_gives_the_plain_title_back(read):
    again = read("".join(EXPORT_FORMATS["markdown"].write([Entry(paper())])), "a.md")
    assert (again.title, again.details) == (TITLE, {})


@pytest.mark.parametrize(
    ("title", "italics"),
    [
        (r"A curve with \emph{a} parameter and a point", None),
        (r"On \emph{p}-adic numbers and \emph{p}-groups", "p"),
        (r"Of \emph{p}-adic numbers", "p"),
    ],
)
def test_a_letter_in_italics_is_named_where_no_upright_one_would_be_marked(read, title, italics):
    assert read(f"@misc{{a, title={{{title}}}}}", "a.bib").details.get("italics") == italics


@pytest.mark.parametrize(
    ("title", "italics", "shown"),
    [
        ("Growth of E. coli in water", "E. coli", "*Growth of* E. coli *in water*."),
        ("E. coli and S. aureus", "E. coli; S. aureus", "E. coli *and* S. aureus."),
        ("E. coli in vivo at sea", "E. coli; in vivo", "E. coli in vivo *at sea*."),
        ("E. coli: growth", "E. coli", "*E. coli: growth*."),
        ("Is it in vivo?", "in vivo", "*Is it in vivo?*"),
    ],
)
def test_italics_within_a_title_in_italics_are_markdown_that_acts(title, italics, shown):
    book = Paper(id="title:x", title=title, kind=Kind.BOOK, published="2020", details={"italics": italics})
    assert cite(book, "mla", form="markdown").startswith(shown)


def test_mathematics_keeps_its_letters_and_words_beside_it_their_italics():
    title = r"Growth of E. coli in a $\sqrt{a}$ flask of $E. coli$"
    article = Paper(id="title:x", title=title, kind=Kind.ARTICLE, details={"italics": "E. coli; a"})
    written = cite(article, "bibtex")
    assert r"\emph{{E}. coli} in \emph{a} $\sqrt{a}$ flask" in written
    assert written.count(r"\emph") == 2
