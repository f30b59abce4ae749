"""BibTeX, BibLaTeX, RIS and CSL-JSON, read back by parsers that are not ours."""

import json
import os
import re
import unicodedata

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from papers_tui.index.authors import Author
from papers_tui.index.cite import bibliography, cite
from papers_tui.index.paper import Kind, Paper

EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "100"))
"""Hostile texts that each property is tried with."""

SHOWN_BY_TEX = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    r"\$": "$",
    r"\&": "&",
    r"\%": "%",
    r"\#": "#",
    r"\_": "_",
}
ACCENTED = (
    r"\{\\(?:[`'^~=.\"](?:\\?[A-Za-z]|\{[^ ]*?\}\})|[uHvcdbkr]\{[^ ]*?\}"
    r"|ss|aa|AA|ae|AE|oe|OE|[oOlLi]|dj|DJ|dh|DH|th|TH|ng|NG)\}"
)
PIECES = re.compile("|".join([r"\$[^$]+\$", ACCENTED, *map(re.escape, SHOWN_BY_TEX), "[{}]"]))

PAYLOADS = [
    *(
        "}",
        "{",
        "\\",
        "@article{x,",
        "title = {y}",
        "\n",
        "ER  - ",
        "TY  - JOUR",
        '"',
        " and ",
        ",",
        "%",
        "$x^2$",
    ),
    *("$\\input{/etc/passwd}$", "others", "LLM", "GPT-4", "\\def", "\\", "é", "漢字", "", "\x0b", "\u2028"),
]
hostile = st.one_of(
    st.text(st.characters(exclude_categories=["C"]), max_size=40),
    st.text(alphabet='{}\\"@%,=#$&~^_<>|ab\n\r AB1-', max_size=40),
    st.lists(
        st.sampled_from(PAYLOADS),
        max_size=8,
    ).map(" ".join),
).map(lambda text: " ".join(unicodedata.normalize("NFC", text).split()))


def shown(tex):
    """What TeX shows of a field: commands as characters, protecting braces gone, mathematics as it is."""

    def piece(match):
        if match[0][0] == "$" or len(match[0]) == 1:
            return match[0].strip("{}")
        return SHOWN_BY_TEX.get(match[0]) or LatexNodes2Text().latex_to_text(match[0])

    return unicodedata.normalize("NFC", PIECES.sub(piece, tex))


def read_by_bibtexparser(text):
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries)
    return [(entry.key, {field.key: field.value for field in entry.fields}) for entry in library.entries]


def read_by_pybtex(text):
    return [(key, entry) for key, entry in parse_string(text, "bibtex").entries.items()]


@settings(max_examples=EXAMPLES, deadline=None)
@given(title=hostile, venue=hostile, names=st.tuples(hostile, hostile, hostile))
@pytest.mark.parametrize("style", ["bibtex", "bibtex-scholar", "biblatex"])
def test_hostile_fields_come_back_equal_and_alone(style, title, venue, names):
    family, given_name, group = names
    people = tuple(a for a in (Author(family, given_name), Author(group, is_group=True)) if a.family)
    paper = Paper(
        id="title:x-00000000",
        title=title,
        venue=venue or "V",
        authors=people,
        kind=Kind.ARTICLE,
        doi="10.1/}x{\\y",
    )
    text = cite(paper, style)
    ((key, fields),) = read_by_bibtexparser(text)
    assert re.fullmatch("[a-z0-9]+", key)
    journal = "journaltitle" if style == "biblatex" else "journal"
    assert shown(fields["title"]) == (title or "[untitled]")
    assert shown(fields[journal]) == (venue or "V")
    assert set(fields) <= {"title", "author", journal, "doi"}
    ((key_again, entry),) = read_by_pybtex(text)
    assert key_again == key
    assert shown(entry.fields["title"]) == (title or "[untitled]")
    assert shown(entry.fields[journal]) == (venue or "V")
    persons = entry.persons["author"] if people else []
    assert [name_shown(person) for person in persons] == [author.name for author in people]


def name_shown(person):
    parts = [
        *person.first_names,
        *person.middle_names,
        *person.prelast_names,
        *person.last_names,
        *person.lineage_names,
    ]
    return shown(" ".join(parts))


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    title=hostile,
    abstract=st.text(alphabet="ER TY-JOU \n\r\x0b\u2028ab", max_size=60),
    family=hostile,
    venue=hostile,
)
def test_ris_is_one_record_whatever_the_text(title, abstract, family, venue):
    authors = (Author(family, is_group=True),) if family else ()
    paper = Paper(
        id="title:x-00000000",
        title=title,
        abstract=abstract,
        authors=authors,
        venue=venue or "V",
        kind=Kind.ARTICLE,
    )
    (record,) = rispy.loads(cite(paper, "ris"))
    assert record["title"] == (title or "[untitled]")
    assert record.get("abstract", "") == " ".join(abstract.split())
    assert record.get("authors", []) == [author.name for author in authors]
    assert record["journal_name"] == (venue or "V")


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
    ],
)
def test_titles_keep_their_capitals_and_mathematics(title, written):
    assert shown(written) == title
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
        (Author("伟", "王"), "{王 伟}"),
        (Author("García-Pérez", "José"), r"Garc{\'\i}a-P{\'e}rez, Jos{\'e}"),
        (Author("Łukasiewicz", "Øystein Åge"), r"{\L}ukasiewicz, {\O}ystein {\AA}ge"),
        (Author("Nguyễn", "Đức"), r"Nguy{\~{\^{e}}}n, {\DJ}ức"),
        (Author("ATLAS (CERN)"), "{ATLAS {(}CERN{)}}"),
        (Author("Doe", "--"), "Doe, {--}"),
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
    keys = [key for key, _ in read_by_pybtex(text)]
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


CSL_FIELDS = {
    **dict.fromkeys(["id", "type", "title", "container-title", "volume", "issue", "page", "publisher"], str),
    **dict.fromkeys(["number", "DOI", "URL", "abstract", "keyword", "note", "annote"], str),
    "author": list,
    "issued": dict,
}
CSL_TYPES = {"article", "article-journal", "paper-conference", "book", "document"}
CSL_NAME_PARTS = {"family", "given", "suffix", "non-dropping-particle", "literal"}


@settings(max_examples=EXAMPLES, deadline=None)
@given(title=hostile, family=hostile, given_name=hostile, kind=st.sampled_from(Kind))
def test_csl_json_keeps_to_the_schema(title, family, given_name, kind):
    authors = (Author(family, given_name),) if family else ()
    paper = Paper(id="title:x", title=title, authors=authors, kind=kind, venue="V", published="2024-04")
    (item,) = json.loads(cite(paper, "csl-json"))
    assert item["title"] == (title or "[untitled]")
    assert item["type"] in CSL_TYPES
    assert all(isinstance(value, CSL_FIELDS[field]) for field, value in item.items())
    assert all(
        set(name) <= CSL_NAME_PARTS and ("literal" in name) != ("family" in name)
        for name in item.get("author", [])
    )
    assert item["issued"] == {"date-parts": [[2024, 4]]}


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
