"""Subscripts of symbols, which titles have with an underscore, in TeX and in HTML."""

import bibtexparser
import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import cite
from papers_tui.index.cite.tex_math import is_safe_math
from papers_tui.index.cite.tex_scripts import SUBSCRIPT, as_mathematics
from papers_tui.index.formats.items import Options
from papers_tui.index.formats.opening import open_path
from papers_tui.index.paper import Entry, Paper

TITLES = [
    ("Holes of 10⁶ M_⊙ at last", r"Holes of 10{$^{6}$} {$M_{\odot}$} at last", "M<sub>⊙</sub>"),
    ("On M_BH–σ_* too", r"On {$M_{\mathrm{BH}}$}--$\sigma_{*}$ too", "M<sub>BH</sub>–σ<sub>*</sub>"),
    ("Jets of p_T and ν_μ", r"Jets of {$p_{T}$} and $\nu_{\mu}$", "p<sub>T</sub> and ν<sub>μ</sub>"),
    ("The (f_NL) of T_eff", r"The ({$f_{\mathrm{NL}}$}) of {$T_{\mathrm{eff}}$}", "(f<sub>NL</sub>)"),
]
NAMES = [
    *("On foo_bar", "On my_long_name", "On x_train", "On a_b_c", "On T_cell_1", "On FOO_B", "On _x_ and x_"),
    *("On x_i and H_0", "On x_max"),
]
PAPER = {"id": "title:x", "authors": (Author("Doe", "Jane"),), "published": "2020"}


def record(title):
    paper = Paper(**PAPER, title=title)
    return cite(paper, "bibtex"), cite(paper, "apa", form="html") + cite(paper, "html")


@pytest.mark.parametrize(("title", "tex", "html"), TITLES)
def test_subscripts_are_mathematics_in_tex_and_low_in_html(title, tex, html):
    bibtex, shown = record(title)
    assert f"title = {{{tex}}}," in bibtex
    assert shown.count(html) == 2
    assert title in cite(Paper(id="title:x", title=title), "apa")


@pytest.mark.parametrize("name", NAMES)
def test_names_of_programs_are_none(name):
    bibtex, shown = record(name)
    title = bibtexparser.parse_string(bibtex).entries[0]["title"]
    assert title.replace(r"\_", "_").translate(str.maketrans("", "", "{}")) == name
    assert "$" not in bibtex
    assert "<sub>" not in shown


@pytest.mark.parametrize("title", [title for title, _, _ in TITLES])
def test_they_are_read_back_as_they_were(title, tmp_path):
    file = tmp_path / "x.bib"
    file.write_text(record(title)[0], encoding="utf-8")
    (entry,) = [item for item in open_path(file, Options(format="bibtex")).items if isinstance(item, Entry)]
    assert entry.paper.title == title
    assert cite(entry.paper, "bibtex", key="x") == cite(Paper(**PAPER, title=title), "bibtex", key="x")


def test_an_address_in_a_reference_has_none():
    paper = Paper(
        id="doi:10.1000/x_1", title="T", doi="10.1000/x_1", urls={"abstract": "https://x.org/(a_1)"}
    )
    assert all("<sub>" not in cite(paper, style, form="html") for style in ("vancouver", "ieee", "apa"))


def test_what_is_written_is_of_the_grammar_of_mathematics():
    for title, _, _ in TITLES:
        for match in SUBSCRIPT.finditer(title):
            assert is_safe_math(as_mathematics(match[1], match[2])[1:-1])
