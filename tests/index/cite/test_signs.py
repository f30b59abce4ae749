"""Signs of mathematics in titles: TeX that pdfLaTeX compiles, and that reads back as the same signs."""

import shutil
import subprocess
import unicodedata

import pytest
from pylatexenc.latex2text import LatexNodes2Text

from papers_tui.index.authors import Author
from papers_tui.index.cite import bibliography, cite
from papers_tui.index.cite.tex_accents import accented
from papers_tui.index.cite.tex_symbols import mathematics, runs
from papers_tui.index.paper import Paper
from papers_tui.index.text import readable


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("H₂O at 10⁻³ K", "{H}{$_{2}$}{O} at 10{$^{-3}$} {K}"),
        ("Sr₂RuO₄ films", "{Sr}{$_{2}$}{RuO}{$_{4}$} films"),
        ("γγ → ΛCDM", r"{$\gamma\gamma$} {$\rightarrow$} {$\Lambda$}{CDM}"),
        ("ℝᵈ and 𝔽", r"{$\mathbb{R}^{d}$} and {$\mathbb{F}$}"),
        ("x̄ ≤ y′", r"{$\bar{x}$} {$\leq$} y{$^{\prime}$}"),
        ("B⁰→K⁺π⁻", r"{B}{$^{0}\rightarrow$}{K}{$^{+}\pi^{-}$}"),
        ("pp at √s = 13 TeV, √sx", r"pp at {$\sqrt{s}$} = 13 {TeV}, {$\surd$}sx"),
        ("D⁺ₛ⁺", "{D}{$^{+}_{s}{}^{+}$}"),
        ("Περί Φύσεως", "Περί Φύσεως"),
        ("Schrödinger’s É", "Schrödinger’s {É}"),
    ],
)
def test_signs_are_mathematics_and_words_are_words(title, written):
    assert f"title = {{{written}}}," in cite(Paper(id="title:x", title=title, published="2020"), "bibtex")


def signs():
    """Every sign that becomes a command, alone and between letters."""
    everything = (chr(code) for code in range(0x80, 0x1D800) if chr(code).isprintable())
    return [char for char in everything if len(runs(char)) > 1]


def plain(text):
    return unicodedata.normalize("NFKC", text).translate(
        str.maketrans("−★ΑΒΕΖΗΙΚΜΝΟΡΤΧο⟂′∣⋅", "-⋆ABEZHIKMNOPTXo⊥'|·")
    )


def test_every_sign_is_shown_by_its_command():
    unknown = []
    for sign in signs():
        shown = plain(LatexNodes2Text().latex_to_text(mathematics(sign)))
        read = shown.replace("^", "").replace("_", "").strip()
        if not read:
            unknown.append(sign)
        else:
            assert read == plain(sign), (sign, mathematics(sign))
    assert len(signs()) > 900
    assert set(unknown) == set("ℑℜ△")  # commands that pylatexenc does not know


def latin_letters():
    """Letters of European languages, and of those that are written with dots and hooks."""
    return [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isalpha()]


def test_every_accented_letter_is_shown_by_its_command():
    reader = LatexNodes2Text()
    for letter in latin_letters():
        shown = unicodedata.normalize("NFC", reader.latex_to_text(accented(f"a{letter}b")))
        assert shown == f"a{letter}b", accented(letter)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Erdős", r"Erd{\H{o}}s"),
        ("Łukasiewicz", r"{\L}ukasiewicz"),
        ("Ångström", r"{\AA}ngstr{\"o}m"),
        ("Nguyễn", r"Nguy{\~{\^{e}}}n"),
        ("Čapek", r"{\v{C}}apek"),
        ("Şahin", r"{\c{S}}ahin"),
        ("Škvorecký", r"{\v{S}}kvoreck{\'y}"),
        ("García", r"Garc{\'\i}a"),
    ],
)
def test_accents_of_names_are_commands_in_braces(name, written):
    assert accented(name) == written


def test_the_library_reads_them_back_as_they_were():
    for title in ("H₂O", "γγ → Λ", "ℝᵈ", "x̄ ≤ y′", "10⁻³"):
        pieces = enumerate(runs(title))
        written = "".join(mathematics(piece) if place % 2 else piece for place, piece in pieces)
        assert readable(written.replace("{$", "$").replace("$}", "$")) == title


@pytest.mark.skipif(
    not (shutil.which("pdflatex") and shutil.which("bibtex")), reason="pdflatex and bibtex are not installed"
)
def test_every_sign_compiles(tmp_path):
    everything = signs()
    parts = [everything[at : at + 40] for at in range(0, len(everything), 40)]
    titles = [" a".join(part) + "".join(part[:3]) for part in parts]
    papers = [Paper(id=f"title:{n}", title=title, authors=(Author("Du"),)) for n, title in enumerate(titles)]
    (tmp_path / "main.bib").write_text(bibliography(papers, "bibtex"), encoding="utf-8")
    (tmp_path / "main.tex").write_text(
        r"\documentclass{article}\usepackage{amssymb}\begin{document}\nocite{*}"
        r"\bibliographystyle{plain}\bibliography{main}\end{document}"
    )
    for command in (
        ["pdflatex", "-interaction=nonstopmode"],
        ["bibtex"],
        ["pdflatex", "-interaction=nonstopmode"],
    ):
        subprocess.run([*command, "main"], cwd=tmp_path, capture_output=True, timeout=120, check=False)
    log = (tmp_path / "main.log").read_text(errors="replace")
    assert [line for line in log.splitlines() if line.startswith("!")] == []
    assert "Output written" in log
