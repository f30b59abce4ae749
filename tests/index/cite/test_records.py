"""BibTeX, BibLaTeX, RIS and CSL-JSON, read back by parsers that are not ours."""

import json

import bibtexparser
import pytest
import rispy
from pybtex.database import parse_string

from papers_tui.index.authors import Author
from papers_tui.index.cite import bibliography, cite
from papers_tui.index.formats.bibtex import items as bibtex_items
from papers_tui.index.paper import Kind, Paper


def read_by_bibtexparser(text):
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    return [(entry.key, {field.key: field.value for field in entry.fields}) for entry in library.entries]


DU = Author("Du", "Xinrun")
PREPRINT = Paper(
    id="arxiv:2404.04167",
    title="Chinese Tiny LLM: Pretraining a Chinese-Centric Large Language Model",
    abstract="In this study, we introduce CT-LLM.\n\nIt is small.",
    authors=(DU, Author("Yu", "Zhouliang")),
    published="2024-04-05",
    arxiv_id="2404.04167",
    categories=("cs.CL", "cs.AI"),
    kind=Kind.PREPRINT,
)
ARTICLE = Paper(
    id="arxiv:1602.00001",
    title="What is GPT-4 good for?",
    authors=(
        Author("King", "Martin Luther", "Jr."),
        Author("van der Berg", "Jan"),
        Author("Gemma Team", is_group=True),
    ),
    published="2020-05",
    doi="10.1000/x_1",
    arxiv_id="1602.00001",
    categories=("hep-th",),
    venue="Journal of R&D",
    volume="12",
    issue="3",
    pages="45-67",
    kind=Kind.ARTICLE,
)


def test_a_preprint_has_the_form_of_arxiv():
    assert cite(PREPRINT, "bibtex") == (
        "@misc{du2024chinese,\n"
        "  title = {Chinese Tiny {LLM}: Pretraining a Chinese-Centric Large Language Model},\n"
        "  author = {Du, Xinrun and Yu, Zhouliang},\n"
        "  year = {2024},\n"
        "  month = apr,\n"
        "  eprint = {2404.04167},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CL},\n"
        "  doi = {10.48550/arXiv.2404.04167},\n"
        "  url = {https://arxiv.org/abs/2404.04167}\n"
        "}"
    )


def test_a_published_paper_is_an_article_that_keeps_its_eprint():
    ((key, fields),) = read_by_bibtexparser(cite(ARTICLE, "bibtex"))
    assert key == "king2020gpt"
    assert cite(ARTICLE, "bibtex").startswith("@article{")
    assert fields["author"] == "King, Jr., Martin Luther and van der Berg, Jan and {Gemma Team}"
    assert (fields["journal"], fields["volume"], fields["number"]) == (r"Journal of R\&D", "12", "3")
    assert (fields["pages"], fields["month"], fields["year"]) == ("45--67", "may", "2020")
    assert (fields["eprint"], fields["primaryClass"], fields["doi"]) == (
        "1602.00001",
        "hep-th",
        "10.1000/x_1",
    )


def test_google_scholar_writes_a_preprint_as_an_article():
    ((_, fields),) = read_by_bibtexparser(cite(PREPRINT, "bibtex-scholar"))
    assert cite(PREPRINT, "bibtex-scholar").startswith("@article{du2024chinese,")
    assert fields["journal"] == "arXiv preprint arXiv:2404.04167"


def test_biblatex_has_whole_dates_and_eprint_fields():
    ((_, fields),) = read_by_bibtexparser(cite(PREPRINT, "biblatex"))
    assert cite(PREPRINT, "biblatex").startswith("@online{")
    assert (fields["date"], fields["eprinttype"], fields["eprintclass"]) == ("2024-04-05", "arXiv", "cs.CL")
    assert fields["pubstate"] == "prepublished"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("LLM agents", "{LLM} agents"),
        ("mT5 and GPT-4", "{mT5} and {GPT-4}"),
        ("An LLM-Based Chinese-Centric CT-LLM", "An {LLM}-Based Chinese-Centric {CT-LLM}"),
        ("C++ and Llama-2 for K-Means", "{C++} and {Llama-2} for {K}-Means"),
        ("A Survey of LLMs", "A Survey of {LLMs}"),
        ("ATTENTION IS ALL YOU NEED", "ATTENTION IS ALL YOU NEED"),
        ("$O(n^2)$ sorting in $\\mathbb{R}^d$", "{$O(n^2)$} sorting in {$\\mathbb{R}^d$}"),
        ("Sr$_{1-x}$Ca$_x$RuO$_3$", "Sr$_{1-x}$Ca$_x${RuO}$_3$"),
        ("from $5 to $10", "from \\$5 to \\$10"),
        ("$\\input{x}$", "\\$\\textbackslash{}input\\textbraceleft{}x\\textbraceright{}\\$"),
        ("$}x{$", "\\$\\textbraceright{}x\\textbraceleft{}\\$"),
        ("50% of R&D_1 #1", "50\\% of {R}\\&{D}\\_1 \\#1"),
        ("The mRNA of McDonald and O'Neill", "The {mRNA} of {McDonald} and {O'Neill}"),
        ("Type-A Values of IEEE and Vitamin D", "Type-{A} Values of {IEEE} and Vitamin {D}"),
        ("The Hubble constant and early dark energy", "The {Hubble} constant and early dark energy"),
        ("Navier-Stokes equations on a torus", "Navier-{Stokes} equations on a torus"),
        ("Scalars in non-Abelian gauge theory", "Scalars in non-{Abelian} gauge theory"),
        ("Über die Theorie der Wärme im Raum", "Über die {Theorie} der {Wärme} im {Raum}"),
        ("Spin--orbit coupling -- a view", "Spin--orbit coupling -{}- a view"),
        ("Spin–orbit coupling – a view—or – two", "Spin--orbit coupling -- a view---or -- two"),
        ("A Survey of Deep Learning with Bayes", "A Survey of Deep Learning with Bayes"),
    ],
)
def test_titles_keep_their_capitals_and_mathematics(title, written):
    ((_, fields),) = read_by_bibtexparser(cite(Paper(id="title:x", title=title), "bibtex"))
    assert fields["title"] == written


@pytest.mark.parametrize(
    ("author", "written"),
    [
        (Author("NVIDIA", is_group=True), "NVIDIA"),
        (Author("NVIDIA, Inc.", is_group=True), "{NVIDIA{,} Inc.}"),
        (Author("Smith and Wesson Lab", is_group=True), "{Smith {and} Wesson Lab}"),
        (Author("others"), "{others}"),
        (Author("Plato"), "Plato"),
        (Author("王 伟"), "{王 伟}"),
        (Author("王", "伟"), "王{}伟"),
        (Author("García-Pérez", "José"), r"Garc{\'\i}a-P{\'e}rez, Jos{\'e}"),
        (Author("Łukasiewicz", "Øystein Åge"), r"{\L}ukasiewicz, {\O}ystein {\AA}ge"),
        (Author("Nguyễn", "Đức"), r"Nguy{\~{\^{e}}}n, {\DJ}ức"),
        (Author("ATLAS (CERN)"), "{ATLAS {(}CERN{)}}"),
        (Author("Doe", "--"), "Doe, {-{}-}"),
        (Author("Петров", "Иван"), "Петров, Иван"),
    ],
)
def test_names_are_written_so_that_bibtex_reads_them_right(author, written):
    ((_, fields),) = read_by_bibtexparser(cite(Paper(id="title:x", title="T", authors=(author,)), "bibtex"))
    assert fields["author"] == written


def test_authors_that_the_source_did_not_name_are_others():
    paper = Paper(id="title:x", title="T", authors=(DU,), author_count=13)
    assert "author = {Du, Xinrun and others}" in cite(paper, "bibtex")


def test_a_count_alone_gives_a_note_and_no_name():
    paper = Paper(id="title:x", title="Large Survey", author_count=13)
    ((_, fields),) = read_by_bibtexparser(cite(paper, "bibtex"))
    assert fields == {"title": "Large Survey", "note": "13 authors, not named by the source"}
    (record,) = rispy.loads(cite(paper, "ris"))
    assert "authors" not in record
    assert record["notes"] == ["13 authors, not named by the source"]


def test_several_records_have_keys_of_their_own():
    text = bibliography([PREPRINT, PREPRINT, ARTICLE], "bibtex")
    keys = list(parse_string(text, "bibtex").entries)
    assert keys == ["du2024chinese", "du2024chinesea", "king2020gpt"]


def test_ris_of_a_preprint():
    assert cite(PREPRINT, "ris") == (
        "TY  - GEN\nID  - du2024chinese\n"
        "TI  - Chinese Tiny LLM: Pretraining a Chinese-Centric Large Language Model\n"
        "AU  - Du, Xinrun\nAU  - Yu, Zhouliang\nPY  - 2024\nDA  - 2024/04/05/\nPB  - arXiv\n"
        "AN  - arXiv:2404.04167\nDO  - 10.48550/arXiv.2404.04167\nUR  - https://arxiv.org/abs/2404.04167\n"
        "AB  - In this study, we introduce CT-LLM. It is small.\nER  - "
    )


def test_ris_of_an_article():
    (record,) = rispy.loads(cite(ARTICLE, "ris"))
    assert record["type_of_reference"] == "JOUR"
    assert record["authors"] == ["King, Martin Luther, Jr.", "van der Berg, Jan", "Gemma Team"]
    assert (record["start_page"], record["end_page"], record["date"]) == ("45", "67", "2020/05//")


def test_csl_json_tells_the_parts_of_names():
    (item,) = json.loads(cite(ARTICLE, "csl-json"))
    assert item["author"] == [
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
        {"literal": "Gemma Team"},
    ]
    (item,) = json.loads(cite(PREPRINT, "csl-json"))
    assert (item["type"], item["number"], item["publisher"]) == ("article", "arXiv:2404.04167", "arXiv")
    assert item["DOI"] == "10.48550/arXiv.2404.04167"


@pytest.mark.parametrize("family", ["García Márquez", "Le Guin Smith", "Van", "von"])
def test_csl_json_keeps_families_of_several_words_whole(family):
    paper = Paper(id="title:x", title="T", authors=(Author(family, "Ana"),))
    (item,) = json.loads(cite(paper, "csl-json"))
    assert item["author"] == [{"family": family, "given": "Ana"}]


@pytest.mark.parametrize(
    ("title", "again"),
    [
        ("{E}uler and {B}ayesian Methods", "{Euler} and {Bayesian} Methods"),
        ("On {Markov Chain} Monte Carlo Methods", "On {Markov} {Chain} Monte Carlo Methods"),
        (r"Incompleteness After {G}{\"o}del", "Incompleteness After {Gödel}"),
        ("{{BERT}: The {Turing} Test}", "{BERT}: The {Turing} Test"),
        ("{Attention Is All You Need}", "Attention Is All You Need"),
        ("Attention {Is} {All} {You} {Need}", "Attention Is All You Need"),
        ("{Deep} {Residual} {Learning} for {Image} {Tasks}", "Deep Residual Learning for Image Tasks"),
        ("The {Hubble Tension} in {$\\Lambda$CDM}", "The {Hubble} {Tension} in {$\\Lambda$}{CDM}"),
    ],
)
def test_words_that_a_source_protects_stay_protected(title, again):
    (entry,) = bibtex_items(f"@misc{{k, title = {{{title}}}}}", "x.bib")
    ((_, fields),) = read_by_bibtexparser(cite(entry.paper, "bibtex"))
    assert fields["title"] == again
