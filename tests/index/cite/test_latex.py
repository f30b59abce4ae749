"""The BibTeX and BibLaTeX that we write, compiled by LaTeX where it is installed.

HOSTILE_EXAMPLES sets how many hostile papers are in the bibliography.
"""

import os
import random
import re
import shutil
import subprocess

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import bibliography
from papers_tui.index.details import DETAILS, TYPES, details
from papers_tui.index.paper import Kind, Paper

EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "60"))

PIECES = [
    *(
        "}",
        "{",
        "\\",
        "\\\\",
        "@article{x,",
        "title = {y}",
        "%",
        "$",
        "&",
        "#",
        "_",
        "^",
        "~",
        '"',
        "'",
        "`",
        "@",
    ),
    *(
        "$x^2$",
        "$x^2^3$",
        "$x'^2_3$",
        "$\\input{/etc/passwd}$",
        "\\input{/etc/passwd}",
        "\\def\\a{b}",
        "$}x{$",
    ),
    *("\\write18{touch pwned}", "^^5c", "$^^5c$", "$\\frac{a}$", "$\\frac12$", "$\\left($", "$\\Gamma(N)$"),
    *(
        "$M_\\mathrm{BH}$",
        "${}^3$He",
        "$\\rm H_2O$",
        "$\\sqrt[3]{x}$",
        "$\\bar\\nu$",
        "$\\text{a b}$",
        "$x_$",
    ),
    *(
        "$\\binom nk$",
        "$\\operatorname{tr} A$",
        "$a \\lesssim b$",
        "$\\mathbb R^n$",
        "others",
        "and",
        "AND",
        "LLM",
    ),
    *(
        "GPT-4",
        "C++",
        "é",
        "Å",
        "ß",
        "--",
        "<",
        ">",
        "|",
        "[",
        "]",
        "(",
        ")",
        ",",
        "a",
        "Bee",
        "\\end{document}",
    ),
    *("\\bibitem{x}", "\\newblock", "—", "“x”"),
]
NAMES = [
    "Öz",
    "O'Neil",
    "Łukasz",
    "García-Pérez",
    "van der Berg",
    "Du",
    "x_y",
    "R&D",
    "50%",
    "#1",
    "{",
    "\\foo",
]

pytestmark = pytest.mark.skipif(
    not (shutil.which("pdflatex") and shutil.which("bibtex")), reason="pdflatex and bibtex are not installed"
)


def further(chance, text):
    """Details of a random sort of work, six of them hostile."""
    named = {name: text(3) for name in chance.sample(list(DETAILS), 6)}
    people = "; ".join(f"{chance.choice(NAMES)}, {chance.choice(NAMES)}" for _ in range(2))
    type_ = chance.choice(["", *TYPES])
    return details({**named, "editors": people, "translators": "", "type": type_, "accessed": "2024-01-02"})


def papers():
    chance = random.Random(7)

    def text(longest=8):
        return " ".join(chance.choices(PIECES, k=chance.randint(1, longest)))

    def author():
        family, given = (" ".join(chance.choices(NAMES, k=chance.randint(1, 2))) for _ in range(2))
        return Author(family, given, chance.choice(["", "Jr."]))

    def paper(number):
        found = further(chance, text)
        return Paper(
            id=f"arxiv:2404.{number:05}",
            title=text(),
            authors=tuple(author() for _ in range(chance.choice([0, 1, 2, 3, 8]))),
            author_count=chance.choice([None, 13]),
            organization=chance.choice([None, text(3)]),
            published=chance.choice([None, "2024", "2024-04-05"]),
            venue=text(4),
            volume=chance.choice([None, "1", "A%2"]),
            pages=chance.choice([None, "1-7", text(2)]),
            publisher=text(2),
            doi=chance.choice([None, "10.1/}x{\\y%_#&", "10.1000/x_1"]),
            arxiv_id=chance.choice([None, f"2404.{number:05}"]),
            categories=("cs.CL",),
            kind=TYPES.get(found.get("type", ""), chance.choice(list(Kind))),
            details=found,
            urls={"abstract": "https://x.org/a_b%20c#d{e}\\f&g~h"},
        )

    crowd = tuple(Author(f"Family{number}", "Given") for number in range(1000))
    big = Paper(id="title:crowd", title="Crowd", authors=crowd, venue="J", kind=Kind.ARTICLE)
    return [*(paper(number) for number in range(EXAMPLES)), big]


DOCUMENT = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{amsmath,amssymb,url}
%s
\begin{document}
\nocite{*}
%s
\end{document}
"""


def run(folder, *command):
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=120, check=False
    )


def compiled(folder, sorter):
    """Compile main.tex; return what the sorter said and the errors of TeX."""
    run(folder, "pdflatex", "-interaction=nonstopmode", "main")
    sorted_ = run(folder, sorter, "main")
    run(folder, "pdflatex", "-interaction=nonstopmode", "main")
    log = (folder / "main.log").read_text(errors="replace")
    assert "/etc/passwd" not in re.sub(r"\s", "", "".join(re.findall(r"\((/[^\s()]+)", log)))
    assert not (folder / "pwned").exists()
    assert (folder / "main.pdf").stat().st_size > 10_000
    return sorted_, re.findall(r"^!.*(?:\n.*){0,4}", log, re.MULTILINE)


@pytest.mark.parametrize(
    ("style", "export", "packages"),
    [
        ("plain", "bibtex", ""),
        ("plainnat", "bibtex", r"\usepackage{natbib}"),
        ("abbrv", "bibtex-scholar", ""),
    ],
)
def test_bibtex_compiles(tmp_path, style, export, packages):
    (tmp_path / "main.bib").write_text(bibliography(papers(), export), encoding="utf-8")
    body = rf"\bibliographystyle{{{style}}}\bibliography{{main}}"
    (tmp_path / "main.tex").write_text(DOCUMENT % (packages, body))
    bibtex, errors = compiled(tmp_path, "bibtex")
    assert bibtex.returncode == 0, bibtex.stdout
    assert errors == []
    assert (tmp_path / "main.bbl").read_text().count(r"\bibitem") == EXAMPLES + 1


@pytest.mark.skipif(not shutil.which("biber"), reason="biber is not installed")
def test_biblatex_compiles(tmp_path):
    hostile = papers()[:-1]  # biber takes long over a crowd
    (tmp_path / "main.bib").write_text(bibliography(hostile, "biblatex"), encoding="utf-8")
    packages = "\\usepackage[backend=biber]{biblatex}\n\\addbibresource{main.bib}"
    (tmp_path / "main.tex").write_text(DOCUMENT % (packages, r"\printbibliography"))
    biber, errors = compiled(tmp_path, "biber")
    assert biber.returncode == 0, biber.stdout
    assert errors == []
    assert "Cannot find" not in biber.stdout
    assert (tmp_path / "main.bbl").read_text().count(r"\entry{") == len(hostile)


def test_capitals_of_acronyms_and_formulas_stay(tmp_path):
    paper = Paper(
        id="title:x", title="Why LLMs and $\\Gamma(N)$ Need mT5: A Study", authors=(Author("Du", "X"),)
    )
    (tmp_path / "main.bib").write_text(bibliography([paper], "bibtex"))
    (tmp_path / "main.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{main}\n")
    assert run(tmp_path, "bibtex", "main").returncode == 0
    shown = (tmp_path / "main.bbl").read_text().replace("{", "").replace("}", "")
    assert "Why LLMs and $\\Gamma(N)$ need mT5: A study" in shown


def publication(kind=Kind.OTHER, **values):
    venue, pages, publisher = (values.pop(name, None) for name in ("venue", "pages", "publisher"))
    return Paper(
        id=f"title:{values.get('type')}",
        title="On Things",
        authors=(Author("Doe", "Jane"),) if "editors" not in values or venue else (),
        kind=kind,
        venue=venue,
        pages=pages,
        publisher=publisher,
        published="2020",
        details=details(values),
    )


SORTS = [
    publication(type="phdthesis", institution="MIT", address="Cambridge"),
    publication(type="mastersthesis", institution="ETH"),
    publication(type="thesis", genre="Habilitation", institution="TUM"),
    publication(type="report", institution="CERN", number="CERN-TH-2019-01"),
    publication(Kind.BOOK, type="proceedings", editors="Roe, Richard", series="LNCS", publisher="Springer"),
    publication(
        Kind.INPROCEEDINGS,
        type="incollection",
        venue="A Book",
        editors="Roe, Richard; Poe, Pia",
        edition="2",
        chapter="5",
        publisher="Springer",
        pages="12–34",
    ),
    publication(Kind.ARTICLE, venue="J. Phys. A", article_number="045001"),
]


def test_sorts_of_works_are_printed_as_what_they_are_by_bibtex(tmp_path):
    (tmp_path / "main.bib").write_text(bibliography(SORTS, "bibtex"), encoding="utf-8")
    (tmp_path / "main.aux").write_text("\\citation{*}\n\\bibstyle{plainnat}\n\\bibdata{main}\n")
    bibtex = run(tmp_path, "bibtex", "main")
    assert (bibtex.returncode, "arning" in bibtex.stdout) == (0, False), bibtex.stdout
    shown = re.sub(r"\{\\natexlab\{.\}\}|\\newblock", "", (tmp_path / "main.bbl").read_text())
    shown = re.sub(r"\s+", " ", shown)
    for text in (
        "PhD thesis, MIT, Cambridge, 2020.",
        "Master's thesis, ETH, 2020.",
        "Habilitation, TUM, 2020.",
        "Technical Report CERN-TH-2019-01, CERN, 2020.",
        "Richard Roe, editor. \\emph{On Things}, LNCS, 2020. Springer.",
        "In Richard Roe and Pia Poe, editors, \\emph{A Book}, chapter~5, pages 12--34. Springer, second",
        "\\emph{J. Phys. A}, art. 045001, 2020.",
    ):
        assert text in shown


OTHER_SORTS = [
    publication(type="software", version="1.2", publisher="Zenodo"),
    publication(type="dataset", publisher="Zenodo", genre="Corpus"),
    publication(type="speech", event="Conference on Things", event_place="Rome"),
    publication(type="patent", number="7"),
    publication(type="standard", number="9001", institution="ISO"),
    publication(type="unpublished", institution="CERN"),
    publication(type="unpublished", status="submitted"),
    publication(type="unpublished", genre="Draft"),
    publication(Kind.INPROCEEDINGS, venue="Proc.", event_place="Rome", publisher="ACM", address="New York"),
    publication(Kind.PREPRINT, venue="bioRxiv"),
]
EXPECTED = {
    "plainnat": ("Version 1.2, Zenodo, 2020", "Unpublished manuscript, 2020", "Draft, 2020"),
    "IEEEtran": ("Version 1.2, Zenodo, 2020", "Conference on Things, Rome, 2020", "Patent 7, 2020"),
    "ACM-Reference-Format": (
        "Standard 9001, ISO",
        "submitted for publication",
        "Proc. (Rome). ACM, New York",
    ),
    "apsrev4-2": ("Standard 9001", "unpublished manuscript", "Version 1.2"),
}
OF_FACTS = "page numbers missing|empty address|numpages field|no number and no volume"
"""Warnings of what no source said."""


@pytest.mark.parametrize("style", EXPECTED)
def test_styles_of_publishers_print_what_is_known_of_any_sort_of_work(tmp_path, style):
    if not run(tmp_path, "kpsewhich", f"{style}.bst").stdout:
        pytest.skip(f"{style}.bst is not installed")
    (tmp_path / "main.bib").write_text(bibliography([*SORTS, *OTHER_SORTS], "bibtex"), encoding="utf-8")
    body = rf"\bibliographystyle{{{style}}}\bibliography{{main}}"
    (tmp_path / "main.tex").write_text(DOCUMENT % (r"\usepackage[numbers]{natbib}", body))
    bibtex, errors = compiled(tmp_path, "bibtex")
    warnings = re.findall(r"^Warning--(.*)", bibtex.stdout, re.MULTILINE)
    assert [one for one in warnings if not re.search(OF_FACTS, one)] == []
    assert errors == []
    text = (tmp_path / "main.bbl").read_text()
    shown = re.sub(r"\\(?:bib(?:info|field|namefont)\s*\{\w+\}|\w+)|[{}%~]|\s+", " ", text)
    shown = re.sub(r" +([,.])", r"\1", " ".join(shown.split()))
    for expected in EXPECTED[style]:
        assert expected in shown


@pytest.mark.skipif(not shutil.which("biber"), reason="biber is not installed")
def test_sorts_of_works_are_valid_for_biber(tmp_path):
    (tmp_path / "main.bib").write_text(bibliography(SORTS, "biblatex"), encoding="utf-8")
    packages = "\\usepackage[backend=biber]{biblatex}\n\\addbibresource{main.bib}"
    (tmp_path / "main.tex").write_text(DOCUMENT % (packages, r"\printbibliography"))
    run(tmp_path, "pdflatex", "-interaction=nonstopmode", "main")
    biber = run(tmp_path, "biber", "--validate-datamodel", "main")
    assert (biber.returncode, "WARN" in biber.stdout) == (0, False), biber.stdout
    entries = re.findall(r"\\entry\{[^}]*\}\{(\w+)\}", (tmp_path / "main.bbl").read_text())
    assert sorted(entries) == sorted(["thesis"] * 3 + ["report", "proceedings", "incollection", "article"])


@pytest.mark.skipif(not shutil.which("biber"), reason="biber is not installed")
def test_a_document_that_cites_by_the_second_key_of_a_paper_finds_it(tmp_path):
    bib = bibliography([SORTS[0]], "biblatex", keys=["doe2020"], second_keys={SORTS[0].id: ("Old:key", "b")})
    (tmp_path / "main.bib").write_text(bib, encoding="utf-8")
    packages = "\\usepackage[backend=biber]{biblatex}\n\\addbibresource{main.bib}"
    body = r"\cite{doe2020} \cite{Old:key} \cite{b} \printbibliography"
    (tmp_path / "main.tex").write_text((DOCUMENT % (packages, body)).replace(r"\nocite{*}", ""))
    biber, errors = compiled(tmp_path, "biber")
    assert (biber.returncode, "WARN" in biber.stdout, errors) == (0, False, [])
    assert (tmp_path / "main.bbl").read_text().count(r"\entry{") == 1
