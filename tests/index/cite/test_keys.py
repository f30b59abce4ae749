"""Citation keys, and the table of styles."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.cite import STYLES, bibliography, citation_key, cite, unique_keys
from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Paper


def paper(title="Attention Is All You Need", *authors, **fields):
    return Paper(
        **{"id": "arxiv:1706.03762", "title": title, "authors": authors, "published": "2017-06", **fields}
    )


@pytest.mark.parametrize(
    ("cited", "key"),
    [
        (paper("Attention Is All You Need", Author("Vaswani", "Ashish")), "vaswani2017attention"),
        (paper("The Art of the GPT-4", Author("García-Pérez", "José")), "garciaperez2017art"),
        (paper("Don't Look", Author("O'Neil", "Cathy")), "oneil2017dont"),
        (paper("Øresund", Author("Łukasz", "Jan")), "lukasz2017oresund"),
        (paper("Straße", Author("van der Berg", "Jan")), "vanderberg2017strasse"),
        (paper("On Cosmic Rays", Author("Collaboration", "for the Auger")), "augercollaboration2017cosmic"),
        (paper("On It", Author("Gemma Team", is_group=True)), "gemmateam2017on"),
        (paper("Scaling Up", organization="NVIDIA", published=None), "nvidiascaling"),
        (paper("Large Language Survey", author_count=13), "large2017language"),
        (paper("Deep Nets", Author("王伟")), "deep2017nets"),
        (paper("注意力", Author("王伟")), "paper2017170603762"),
        (paper("2048", published=None), "paper170603762"),
        (paper("\\textit{Bold} moves", Author("Du", "Xinrun")), "du2017bold"),
    ],
)
def test_key(cited, key):
    assert citation_key(cited) == key


@settings(max_examples=200)
@given(title=st.text(max_size=30), family=st.text(max_size=20), identifier=st.text(max_size=10))
def test_a_key_is_plain_ascii_whatever_the_text(title, family, identifier):
    cited = Paper(id=f"title:{identifier}", title=title, authors=(Author(family),))
    assert re.fullmatch("[a-z][a-z0-9]*|[0-9]+[a-z][a-z0-9]*", citation_key(cited))


def test_keys_are_unique_and_depend_on_what_came_before_only():
    du = Author("Du", "Xinrun")
    papers = [paper("Model", du), paper("Modela", du), paper("Model", du), paper("Model", du)]
    assert unique_keys(papers) == ["du2017model", "du2017modela", "du2017modelb", "du2017modelc"]
    assert unique_keys(papers[:2]) == unique_keys(papers)[:2]


def test_a_thousand_papers_alike_have_a_thousand_keys():
    keys = unique_keys([paper("Model", Author("Du", "Xinrun"))] * 1000)
    assert len(set(keys)) == 1000
    assert keys[1] == "du2017modela"
    assert keys[27] == "du2017modelaa"


@pytest.mark.parametrize(
    ("wrong", "near"), [("bibtx", "bibtex"), ("AP", "apa"), ("chicago-note", "chicago-notes")]
)
def test_an_unknown_style_is_named_with_its_nearest(wrong, near):
    for call in (lambda: cite(paper(), wrong), lambda: bibliography([paper()], wrong)):
        with pytest.raises(WrongUsage) as raised:
            call()
        assert wrong in raised.value.message
        assert near in raised.value.remedy


def test_style_names_are_read_in_any_case():
    assert cite(paper(), "BibTeX") == cite(paper(), "bibtex")


def test_the_styles_of_the_menu():
    records = "bibtex bibtex-scholar biblatex ris csl-json"
    references = "apa mla chicago chicago-notes harvard ieee acm vancouver nature acl plain"
    markup = "one-line markdown html"
    parts = "markdown-link title url abstract latex-cite pandoc-cite"
    assert " ".join(STYLES) == f"{records} {references} {markup} {parts}"
    assert all(style.title and style.name == name for name, style in STYLES.items())
    assert len({style.title for style in STYLES.values()}) == len(STYLES)


def test_parts_of_a_paper():
    cited = paper(
        "Attention", Author("Vaswani", "Ashish"), arxiv_id="1706.03762", abstract="We propose.\n\nIt works."
    )
    assert cite(cited, "title") == "Attention"
    assert cite(cited, "url") == "https://arxiv.org/abs/1706.03762"
    assert cite(cited, "abstract") == "We propose.\n\nIt works."
    assert cite(cited, "latex-cite") == "\\cite{vaswani2017attention}"
    assert cite(cited, "pandoc-cite") == "[@vaswani2017attention]"
    assert bibliography([cited, cited], "latex-cite") == "\\cite{vaswani2017attention,vaswani2017attentiona}"
    assert bibliography([cited, cited], "pandoc-cite") == "[@vaswani2017attention; @vaswani2017attentiona]"


def test_an_address_is_of_the_web_or_none():
    assert (
        cite(paper(urls={"abstract": "javascript:alert(1)", "pdf": "https://x.org/a b"}), "url")
        == "https://x.org/a%20b"
    )
    assert cite(paper(urls={"abstract": "file:///etc/passwd"}), "url") == ""
    assert cite(paper(doi="10.1002/(sici)1097<1::aid>3.0.co;2-f"), "url") == (
        "https://doi.org/10.1002/(sici)1097%3C1::aid%3E3.0.co;2-f"
    )
