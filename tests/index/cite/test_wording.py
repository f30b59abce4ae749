"""Words and limits that styles share or differ in: editions, months, suffixes, numbers of editors."""

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import STYLES, cite
from papers_tui.index.paper import Kind

FOR_READERS = [name for name, style in STYLES.items() if style.kind == "reference" and name != "one-line"]
CROWD = ["Li, A.", "Ma, B.", "Ng, C.", "Wu, D.", "Xu, E.", "Ye, F.", "Zu, G."]


@pytest.mark.parametrize(
    ("edition", "shown"),
    [
        ("2", "2nd"),
        ("3.", "3rd"),
        ("11", "11th"),
        ("12th", "12th"),
        ("21", "21st"),
        ("Second edition", "2nd"),
        ("fourth", "4th"),
        ("Sixth", "6th"),
        ("Twelfth ed.", "12th"),
        ("revised", "Rev."),
        ("International", "International"),
    ],
)
def test_editions_are_counted(edition, shown, publication):
    paper = publication("", Kind.BOOK, title="T", edition=edition, publisher="P")
    assert f"T ({shown} ed.)" in cite(paper, "apa")
    assert f"T, {shown} edition" in cite(paper, "acl")


def test_a_revised_edition_has_a_capital_where_its_sentence_starts(publication):
    book = publication("", Kind.BOOK, title="T", edition="revised", publisher="P")
    part = publication("incollection", Kind.INPROCEEDINGS, venue="B", edition="revised", publisher="P")
    assert "T. 2020. Rev. ed. P" in cite(book, "chicago")
    assert "In B, rev. ed. P" in cite(part, "chicago")


@pytest.mark.parametrize("edition", ["1", "First", "1st ed."])
def test_a_first_edition_is_not_said(edition, publication):
    paper = publication("", Kind.BOOK, title="T", edition=edition, publisher="P")
    assert cite(paper, "apa") == "T. (2020). P."


def test_months_of_acm(article):
    months = [
        "Jan.",
        "Feb.",
        "March",
        "April",
        "May",
        "June",
        "July",
        "Aug.",
        "Sept.",
        "Oct.",
        "Nov.",
        "Dec.",
    ]
    shown = [cite(article(published=f"2020-{number:02}"), "acm") for number in range(1, 13)]
    assert all(f"({month} 2020)" in text for month, text in zip(months, shown, strict=True))


@pytest.mark.parametrize(
    ("suffix", "shown"),
    [
        ("Jr.", "Jr"),
        ("II", "2nd"),
        ("III", "3rd"),
        ("IV", "4th"),
        ("V", "5th"),
        ("VI", "6th"),
        ("VIII", "8th"),
    ],
)
def test_suffixes_of_vancouver(suffix, shown, article):
    assert cite(article(authors=(Author("Ford", "Henry", suffix),)), "vancouver").startswith(
        f"Ford H {shown}. "
    )


@pytest.mark.parametrize(
    ("style", "number", "expected"),
    [
        ("apa", 3, "In A. Li, B. Ma, & C. Ng (Eds.), Book"),
        ("mla", 2, "Book, edited by A. Li and B. Ma, P"),
        ("mla", 3, "Book, edited by A. Li et al., P"),
        ("chicago", 6, "edited by A. Li, B. Ma, C. Ng, D. Wu, E. Xu, and F. Ye. P"),
        ("chicago", 7, "edited by A. Li, B. Ma, C. Ng, et al. P"),
        ("chicago-notes", 2, "ed. A. Li and B. Ma (P, 2020)"),
        ("harvard", 3, "in A. Li, B. Ma and C. Ng (eds) Book"),
        ("harvard", 4, "in A. Li et al. (eds) Book"),
        ("ieee", 6, "A. Li, B. Ma, C. Ng, D. Wu, E. Xu, and F. Ye, Eds. P"),
        ("ieee", 7, "A. Li et al., Eds. P"),
        ("acm", 7, "A. Li, B. Ma, C. Ng, D. Wu, E. Xu, F. Ye, and G. Zu (Eds.). P"),
        ("vancouver", 6, "In: Li A, Ma B, Ng C, Wu D, Xu E, Ye F, editors. Book"),
        ("vancouver", 7, "In: Li A, Ma B, Ng C, Wu D, Xu E, Ye F, et al., editors. Book"),
        ("nature", 5, "(eds Li, A., Ma, B., Ng, C., Wu, D. & Xu, E.)"),
        ("nature", 6, "(eds Li, A. et al.)"),
        ("acl", 3, "In A. Li, B. Ma, and C. Ng, editors, Book"),
    ],
)
def test_how_many_editors_are_named(style, number, expected, publication):
    fields = {"venue": "Book", "publisher": "P", "published": "2020", "editors": "; ".join(CROWD[:number])}
    assert expected in cite(publication("incollection", Kind.INPROCEEDINGS, **fields), style)


def test_editors_that_the_source_left_out_are_not_hidden(publication):
    fields = {"venue": "Book", "publisher": "P", "editors": "Li, A.; others"}
    paper = publication("incollection", Kind.INPROCEEDINGS, **fields)
    for style in ("apa", "mla", "chicago", "chicago-notes", "harvard", "ieee", "acm", "vancouver", "nature"):
        assert "et al." in cite(paper, style)
    assert "editors, Book" in cite(paper, "acl")
    assert "(Eds.)" in cite(paper, "apa")


@pytest.mark.parametrize(
    ("genre", "shown"),
    [
        ("techreport", "Technical Report 7"),
        ("resreport", "Research Report 7"),
        ("RFC", "RFC 7"),
        (None, "Report 7"),
    ],
)
def test_reports_are_called_what_their_source_calls_them(genre, shown, publication):
    assert f"{shown} (I, 2020)" in cite(
        publication("report", number="7", institution="I", **({"genre": genre} if genre else {})), "nature"
    )


def test_a_number_that_begins_with_its_genre_is_not_said_twice(publication):
    paper = publication("report", number="Technical Report 7", genre="Technical report", institution="I")
    assert "T. Technical Report 7 (I, 2020)" in cite(paper, "nature").replace("A Title of Things", "T")


@pytest.mark.parametrize(
    ("genre", "shown"),
    [
        ("PhD thesis", "PhD diss., U"),
        ("Ph.D. thesis", "PhD diss., U"),
        ("Master's thesis", "Master’s thesis, U"),
        ("Diplomarbeit", "Diplomarbeit, U"),
    ],
)
def test_theses_are_called_by_the_words_of_the_style_or_their_own(genre, shown, publication):
    assert shown in cite(publication("thesis", genre=genre, institution="U"), "chicago")


@pytest.mark.parametrize("style", FOR_READERS)
@pytest.mark.parametrize(("version", "shown"), [("v2.1.0", "2.1.0"), ("Version 3", "3"), ("vega", "vega")])
def test_a_version_is_not_called_one_twice(style, version, shown, publication):
    text = cite(publication("software", title="A Title", version=version), style).lower()
    assert f". {shown}" in text or f"version {shown}" in text
    assert not any(twice in text for twice in ("v. v2", "version v2", "version version", "v. version"))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("mla", "Unpublished manuscript. In French."),
        ("ieee", "2020, unpublished, in French."),
        ("acm", "Unpublished manuscript. In French."),
        ("vancouver", "[unpublished manuscript]. 2020. In French."),
        ("acl", "Unpublished manuscript. In French."),
        ("plain", "Unpublished manuscript, 2020. In French."),
        ("html", "</i>, 2020. In French."),
        ("one-line", ", in French"),
    ],
)
def test_a_printed_remark_ends_the_reference(style, expected, publication):
    paper = publication("unpublished", published="2020", remark="in French.")
    assert cite(paper, style).endswith(expected)


def test_a_remark_beside_a_book_is_a_sentence_in_ieee(publication):
    paper = publication("", Kind.BOOK, publisher="Pub. Co.", published="2020", remark="in French")
    assert cite(paper, "ieee").endswith("Pub. Co., 2020. In French.")
