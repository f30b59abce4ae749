"""References as the style guides write them; beside each block, the rule that it shows."""

import re
from pathlib import Path

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import cite
from papers_tui.index.paper import Kind, Paper

DU, YU = Author("Du", "Xinrun"), Author("Yu", "Zhouliang")
GAO, GARCIA = Author("Gao", "Songyang"), Author("García-Pérez", "José")
PROCEEDINGS = Paper(
    id="doi:10.1000/y",
    title="Attention Is All You Need",
    authors=(Author("King", "Martin Luther", "Jr."), Author("van der Berg", "Jan"), Author("王伟")),
    published="2017-12",
    doi="10.1000/y",
    venue="Advances in Things",
    pages="1--11",
    publisher="Curran",
    kind=Kind.INPROCEEDINGS,
)
BOOK = Paper(
    id="title:book",
    title="Deep Learning",
    authors=(DU,),
    published="2016",
    publisher="MIT Press",
    kind=Kind.BOOK,
)
OF_AN_ORGANIZATION = Paper(id="title:nvfp4", title="Pretraining with NVFP4.", organization="NVIDIA")
ONLY_COUNTED = Paper(id="title:survey", title="A Survey of Things", author_count=13, published="2025-09-29")
OF_A_COLLABORATION = Paper(
    id="arxiv:1207.7214",
    title="Observation of a New Particle: $H$ → 4ℓ!",
    authors=(
        Author("ATLAS Collaboration", is_group=True),
        Author("de la Cruz", "Ana María"),
        Author("Sm-ith", "J.-P.", "III"),
    ),
    published="2012-07-31",
    arxiv_id="1207.7214",
    doi="10.1016/j.physletb.2012.08.020",
    venue="Phys. Lett. B 716 (2012) 1-29",
    kind=Kind.ARTICLE,
)
OF_MANY = Paper(
    id="arxiv:2001.00001",
    title="“Don’t” Ask: GPT-4?",
    authors=(
        Author("Öz", "Élodie"),
        Author("Knuth", "Donald E."),
        Author("王", "伟"),
        Author("Madonna"),
        Author("van der Berg", "Jan"),
        Author("Петров", "Иван"),
        Author("Smith", "J.K."),
    ),
    published="2020",
    arxiv_id="2001.00001",
    kind=Kind.PREPRINT,
)


def references(file="references.txt"):
    """The references of each style, in the order of PAPERS."""
    styles = {}
    for line in Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            style = styles.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            style.append(line)
    return styles


GOLDEN = references()
EMPHASIZED = references("emphasis.txt")


@pytest.fixture
def guided(preprint, article):
    """The papers of the references, in their order."""
    return [
        preprint(DU, YU, GAO, GARCIA),
        article(),
        PROCEEDINGS,
        BOOK,
        OF_AN_ORGANIZATION,
        ONLY_COUNTED,
        OF_A_COLLABORATION,
        OF_MANY,
    ]


@pytest.mark.parametrize("style", GOLDEN)
@pytest.mark.parametrize("number", range(8))
def test_reference(style, number, guided):
    assert cite(guided[number], style) == GOLDEN[style][number]


@pytest.mark.parametrize("style", EMPHASIZED)
@pytest.mark.parametrize("number", range(4))
def test_what_the_guides_print_in_italics_is_in_italics(style, number, guided):
    links = re.compile(r'<a href="([^"]*)">\1</a>')
    assert links.sub(r"<\1>", cite(guided[number], style, form="html")) == EMPHASIZED[style][number]


def crowd(number):
    return tuple(Author(f"Family{place}", "Given") for place in range(1, number + 1))


def readable(start, end):
    return ", ".join(f"Given Family{place}" for place in range(start, end))


def before_title(style, paper):
    return cite(paper, style).partition(paper.title)[0].rstrip("“‘ ")


@pytest.mark.parametrize(
    ("style", "number", "expected"),
    [
        ("apa", 1, "Family1, G. (2024)."),
        ("apa", 2, "Family1, G., & Family2, G. (2024)."),
        ("apa", 3, "Family1, G., Family2, G., & Family3, G. (2024)."),
        ("apa", 20, ", ".join(f"Family{n}, G." for n in range(1, 20)) + ", & Family20, G. (2024)."),
        ("apa", 21, ", ".join(f"Family{n}, G." for n in range(1, 20)) + ", . . . Family21, G. (2024)."),
        ("apa", 1000, ", ".join(f"Family{n}, G." for n in range(1, 20)) + ", . . . Family1000, G. (2024)."),
        ("mla", 2, "Family1, Given, and Given Family2."),
        ("mla", 3, "Family1, Given, et al."),
        ("mla", 1000, "Family1, Given, et al."),
        (
            "chicago",
            6,
            "Family1, Given, "
            + ", ".join(f"Given Family{n}" for n in range(2, 6))
            + ", and Given Family6. 2024.",
        ),
        ("chicago", 7, "Family1, Given, Given Family2, Given Family3, et al. 2024."),
        ("chicago-notes", 2, "Given Family1 and Given Family2,"),
        ("chicago-notes", 3, "Given Family1 et al.,"),
        ("harvard", 3, "Family1, G., Family2, G. and Family3, G. (2024)"),
        ("harvard", 4, "Family1, G. et al. (2024)"),
        ("ieee", 6, ", ".join(f"G. Family{n}" for n in range(1, 6)) + ", and G. Family6,"),
        ("ieee", 7, "G. Family1 et al.,"),
        ("vancouver", 6, ", ".join(f"Family{n} G" for n in range(1, 7)) + "."),
        ("vancouver", 7, ", ".join(f"Family{n} G" for n in range(1, 7)) + ", et al."),
        ("nature", 5, ", ".join(f"Family{n}, G." for n in range(1, 5)) + " & Family5, G."),
        ("nature", 6, "Family1, G. et al."),
        ("acm", 3, "Given Family1, Given Family2, and Given Family3. 2024."),
        (
            "acm",
            1000,
            readable(1, 1000) + ", and Given Family1000. 2024.",
        ),
        ("acl", 20, readable(1, 20) + ", and Given Family20. 2024."),
        ("acl", 21, readable(1, 20) + ", and 2 others. 2024."),
    ],
)
def test_how_many_authors_are_named(style, number, expected, preprint):
    assert before_title(style, preprint(*crowd(number))) == expected


@pytest.mark.parametrize("style", GOLDEN)
def test_authors_that_the_source_left_out_are_never_hidden(style, preprint):
    assert "et al." in before_title(style, preprint(*crowd(2), author_count=13))


@pytest.mark.parametrize("style", GOLDEN)
@pytest.mark.parametrize("number", [0, 1, 2, 3, 6, 7, 8, 20, 21, 1000])
def test_no_mark_is_doubled_however_many_the_authors(style, number, preprint):
    for title in ("What now?", "Stop.", "Go!", "Plain", "Loose,"):
        for published in (None, "2024", "2024-04", "2024-04-05"):
            text = cite(preprint(*crowd(number), title=title, published=published), style)
            shown = text.replace(". . .", "…")
            doubled = ("..", "?.", ",.", "!.", ",,", ". .", " ,", "  ", "()", "“”", "?”.", ".,”")
            assert [marks for marks in doubled if marks in shown] == [], text
            assert text == text.strip()


@pytest.mark.parametrize(
    ("author", "apa", "ieee", "vancouver"),
    [
        (Author("Yuan", "C.-P."), "Yuan, C.-P.", "C.-P. Yuan", "Yuan CP"),
        (Author("Knuth", "Donald E."), "Knuth, D. E.", "D. E. Knuth", "Knuth DE"),
        (Author("Rowling", "J.K."), "Rowling, J. K.", "J. K. Rowling", "Rowling JK"),
        (Author("Rowling", "JK"), "Rowling, J. K.", "J. K. Rowling", "Rowling JK"),
        (Author("Adams", "MJR"), "Adams, M. J. R.", "M. J. R. Adams", "Adams MJ"),
        (Author("Wang", "Kim"), "Wang, K.", "K. Wang", "Wang K"),
        (Author("Poussin", "Jean de la V."), "Poussin, J. de la V.", "J. de la V. Poussin", "Poussin JV"),
        (Author("ibn Sīnā", "ʿAlī"), "ibn Sīnā, ʿA.", "ʿA. ibn Sīnā", "ibn Sīnā ʿA"),
        (Author("E", "Weinan"), "E, W.", "W. E", "E W"),
        (Author("al-Khwarizmi", "Musa"), "al-Khwarizmi, M.", "M. al-Khwarizmi", "al-Khwarizmi M"),
        (Author("Lü", "Ai-jun"), "Lü, A.-j.", "A.-j. Lü", "Lü AJ"),
        (Author("Ford", "Henry", "III"), "Ford, H., III", "H. Ford III", "Ford H 3rd"),
        (Author("van der Berg", "Jan"), "van der Berg, J.", "J. van der Berg", "van der Berg J"),
        (Author("Öz", "Élodie"), "Öz, É.", "É. Öz", "Öz É"),
        (Author("Петров", "Иван"), "Петров, И.", "И. Петров", "Петров И"),
        (Author("王", "伟"), "王伟", "王伟", "王伟"),
        (Author("Authors", "LSC Instrument"), *["LSC Instrument Authors"] * 3),
        (Author("Collaboration", "for the CMS"), *["for the CMS Collaboration"] * 3),
        (Author("ATLAS", "for the"), *["for the ATLAS"] * 3),
        (Author("Fortescue", "Forrest"), "Fortescue, F.", "F. Fortescue", "Fortescue F"),
        (Author("Madonna"), "Madonna", "Madonna", "Madonna"),
        (
            Author("H1 Collaboration", is_group=True),
            "H1 Collaboration",
            "H1 Collaboration",
            "H1 Collaboration",
        ),
    ],
)
def test_names(author, apa, ieee, vancouver, preprint):
    paper = preprint(author)
    assert before_title("apa", paper).removesuffix(" (2024).").rstrip(".") == apa.rstrip(".")
    assert before_title("ieee", paper) == f"{ieee},"
    assert before_title("vancouver", paper) == f"{vancouver}."


def test_a_preprint_leads_to_the_version_that_is_cited(preprint):
    published_too = preprint(DU, doi="10.1000/z")
    for style in ("apa", "mla", "chicago", "chicago-notes", "harvard", "vancouver", "nature", "plain"):
        assert "10.48550/arXiv.2404.04167" in cite(published_too, style)
    assert all("10.1000/z" not in cite(published_too, style) for style in GOLDEN)
    assert "doi = {10.1000/z}" in cite(published_too, "bibtex")


@pytest.fixture
def journal_article(preprint):
    return lambda venue, published: preprint(DU, kind=Kind.ARTICLE, venue=venue, published=published)


@pytest.mark.parametrize("style", ["mla", "chicago-notes", "ieee", "acm", "vancouver", "plain"])
def test_a_journal_reference_that_has_the_year_is_not_dated_again(style, journal_article):
    whole = cite(journal_article("Phys.Rev.C78:064316,2008", "2007-09"), style)
    assert "2007" not in whole
    assert "2008" not in whole.partition("Phys.Rev.C78:064316,2008")[2]
    assert "2008" in cite(journal_article("Vision 2020", "2008-09"), style).partition("Vision 2020")[2]


@pytest.mark.parametrize(
    ("venue", "year"),
    [
        ("Discrete Mathematics 307:3-5, (2007), 554-566", "2007"),
        ("Phys. Lett. B 2001, 1998-2003 (2005)", "2005"),
        ("Phys.Rev.C78:064316,2008", "2008"),
        ("Logical Methods, Issue 3 (September 13, 2016) lmcs:2020", "2016"),
        ("Acta 12, 1999-2001", "2003"),
        ("Vision 2020", "2003"),
    ],
)
def test_an_article_is_of_the_year_in_which_its_journal_appeared(venue, year, journal_article):
    paper = journal_article(venue, "2003-07-31")
    assert cite(paper, "apa").startswith(f"Du, X. ({year}).")
    assert f"year = {{{year}}}" in cite(paper, "bibtex")
