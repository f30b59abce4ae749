"""Marks of titles and names: quotation marks within others, stops of abbreviations, hyphens and dashes."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.cite import bibliography, cite
from papers_tui.index.cite.prose import quoted, single_quoted
from papers_tui.index.cite.quotes import curled
from papers_tui.index.paper import Kind, Paper


@pytest.mark.parametrize(
    ("title", "in_double", "in_single"),
    [
        ('On "straight" and “curly”', "“On ‘straight’ and ‘curly,’", "‘On “straight” and “curly”"),
        (
            "The “inner ‘deep’ quote” of it",
            "“The ‘inner “deep” quote’ of it,”",
            "‘The “inner ‘deep’ quote” of it’",
        ),
        (
            "'Single' and \"double 'deep'\"",
            "“‘Single’ and ‘double “deep”’,”",
            "‘“Single” and “double ‘deep’”’",
        ),
        ("Don't ask users' guides", "“Don’t ask users’ guides,”", "‘Don’t ask users’ guides’"),
        ("Rock ’n’ roll", "“Rock ’n’ roll,”", "‘Rock ’n’ roll’"),
        ("Rock 'n' roll", "“Rock ’n’ roll,”", "‘Rock ’n’ roll’"),
        ("'Til the '90s", "“'Til the ’90s,”", "‘'Til the ’90s’"),
        ("On 'n-type' and 'em' kinds", "“On ‘n-type’ and ‘em’ kinds,”", "‘On “n-type” and “em” kinds’"),
        ("The 'n'-body problem", "“The ‘n’-body problem,”", "‘The “n”-body problem’"),
        ("On O‘ahu drivers’ habits", "“On O‘ahu drivers’ habits,”", "‘On O‘ahu drivers’ habits’"),
        ("Pipes of 5\" and $f'(x)$", "“Pipes of 5\" and $f'(x)$,”", "‘Pipes of 5\" and $f'(x)$’"),
    ],
)
def test_quotation_marks_alternate(title, in_double, in_single):
    assert quoted(title, ",").replace(",’”", "’,”").startswith(in_double.replace(",’", "’,"))
    assert single_quoted(title, ",").startswith(in_single)


@settings(max_examples=200)
@given(st.text("ab '\"“”‘’$.", max_size=20))
@example("'.'a'.'")
def test_curling_changes_no_letter_and_is_done_once(text):
    plain = str.maketrans("“”‘’", "\"\"''")
    assert curled(text).translate(plain) == text.translate(plain)
    assert curled(curled(text)) == curled(text)


@pytest.mark.parametrize(
    "title", ['Twice " quoted ' * 40_000, "' " * 100_000, "‘a" * 100_000, "a.b" * 100_000]
)
def test_endless_titles_are_quoted_at_once(title):
    assert len(quoted(title, ",")) >= len(title.rstrip())


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Made in the U.S.A.", "“Made in the U.S.A.,”"),
        ("Cats, Dogs, etc.", "“Cats, Dogs, etc.,”"),
        ("A sentence.", "“A sentence,”"),
        ("Layers, .", "“Layers,”"),
        ("Why?", "“Why?,”"),
        ("And then…", "“And then…,”"),
    ],
)
def test_a_comma_takes_the_place_of_a_full_stop_but_not_of_that_of_an_abbreviation(title, shown):
    assert quoted(title, ",") == shown


@pytest.mark.parametrize("style", ["apa", "vancouver", "acm", "nature", "acl"])
def test_straight_marks_of_titles_are_curled(style, article):
    assert "“deep”" in cite(article(title='On "deep" nets'), style)
    assert "Don’t" in cite(article(title="Don't"), style)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (Author("St. John", "Mary"), "St John M."),
        (Author("St.-Pierre", "J."), "St-Pierre J."),
        (Author("King", "Martin L.", "Jr."), "King ML Jr."),
        (Author("U.S. Army", is_group=True), "U.S. Army."),
        (Author("Lü", "Chang-peng"), "Lü CP."),
        (Author("Yeung", "T. -W."), "Yeung TW."),
    ],
)
def test_names_in_vancouver_have_no_stops(name, shown, article):
    assert cite(article(authors=(name,)), "vancouver").startswith(f"{shown} What")


def test_particles_among_given_names_stand_apart_from_closed_up_initials(article):
    paper = article(authors=(Author("Poussin", "Charles-Jean de la V."),))
    assert cite(paper, "harvard").startswith("Poussin, C.-J. de la V. (2020)")


@pytest.mark.parametrize("style", ["apa", "mla", "chicago", "ieee", "acm", "nature"])
def test_junior_has_a_stop_where_the_source_leaves_it_out(style, article):
    with_stop, without = (Author("King", "Martin", suffix) for suffix in ("Jr.", "Jr"))
    assert cite(article(authors=(without,)), style) == cite(article(authors=(with_stop,)), style)
    assert "Jr." in cite(article(authors=(without,)), style)


def test_issues_of_two_numbers_have_the_dash_of_their_style(article):
    assert "12(3–4), 45–67" in cite(article(issue="3-4"), "apa")
    assert ";12(3-4):45-67" in cite(article(issue="3-4"), "vancouver")


@pytest.mark.parametrize(
    ("style", "place"),
    [
        ("apa", "Journal of Things, (3), 45–67."),
        ("chicago", "Journal of Things, no. 3, 45–67."),
        ("chicago-notes", "Journal of Things, no. 3 (2020): 45–67."),
        ("nature", "Journal of Things 45–67 (2020)."),
        ("acl", "Journal of Things, (3):45–67."),
    ],
)
def test_a_journal_without_volumes(style, place, article):
    assert cite(article(volume=None, published="2020", doi=None), style).endswith(place)


def test_a_hyphen_that_a_blank_parts_from_its_stop_is_one_all_the_same(article):
    names = {"authors": (Author("Yeung", "T. -W."),)}
    assert cite(article(**names), "apa").startswith("Yeung, T.-W. (2020)")
    assert cite(article(**names), "acl").startswith("T.-W. Yeung. 2020")


@pytest.mark.parametrize("style", ["mla", "chicago-notes", "acm", "plain"])
def test_dashes_of_whole_references_are_signs(style, article):
    whole = "Symposium (SYMP '16), pp. 45--52. IEEE, 2016"
    paper = article(venue=whole, volume=None, issue=None, pages=None, published="2016-08")
    assert "pp. 45–52. IEEE, 2016" in cite(paper, style)


@pytest.mark.parametrize("style", ["mla", "chicago-notes", "ieee", "plain"])
def test_proceedings_whose_name_has_the_year_are_not_dated_again(style, publication):
    paper = publication("", Kind.INPROCEEDINGS, venue="18th Symposium (2016), pp. 45-52", published="2016")
    assert cite(paper, style).count("2016") == bibliography([paper], style).count("2016") == 1


def test_journals_in_vancouver_have_no_stops(article):
    assert " J Phys: Condens Matter. 2020" in cite(article(venue="J. Phys.: Condens. Matter"), "vancouver")


def test_in_ieee_a_publisher_has_its_place_where_that_of_the_conference_is_not_known(publication):
    fields = {"venue": "Proceedings", "publisher": "Springer", "address": "Cham", "published": "2018"}
    paper = publication("", Kind.INPROCEEDINGS, **fields)
    assert cite(paper, "ieee").endswith("in Proceedings, Cham: Springer, 2018.")
    paper = publication("", Kind.INPROCEEDINGS, **fields, event_place="Rome")
    assert cite(paper, "ieee").endswith("in Proceedings, Rome, Springer, 2018.")


@pytest.mark.parametrize(
    ("title", "style", "part"),
    [
        ("On the word “test”", "apa", "On the word “test.” Journal"),
        ("On the word “test”", "mla", "“On the word ‘test.’” Journal"),
        ("On the word “test”", "chicago", "“On the word ‘test.’” Journal"),
        ("On the word “test”", "chicago-notes", "“On the word ‘test,’” Journal"),
        ("On “a ‘test’”", "mla", "“On ‘a “test.”’” Journal"),
        ("For the farmers’", "mla", "“For the farmers’.” Journal"),
        ("Who said “test?”", "mla", "“Who said ‘test?’” Journal"),
        ("On the word “test”", "ieee", "“On the word ‘test’,” Journal"),
        ("On the word “test”", "acm", "On the word “test”. Journal"),
    ],
)
def test_stops_and_commas_stand_before_closing_marks_in_american_styles(title, style, part, article):
    assert part in cite(article(title=title), style)


@pytest.mark.parametrize(
    ("style", "part"),
    [
        ("apa", "On “Things.” MIT"),
        ("mla", "On “Things.” MIT"),
        ("chicago", "On “Things.” MIT"),
        ("ieee", "On “Things”. MIT"),
    ],
)
def test_so_they_do_in_titles_of_books_whose_italics_they_end(style, part, publication):
    author = Author("Doe", "Jane")
    paper = publication("", Kind.BOOK, author, title="On “Things”", publisher="MIT")
    assert part in cite(paper, style)
    assert ("<i>On “Things.”</i>" in cite(paper, style, form="html")) is (style != "ieee")


@pytest.mark.parametrize("style", ["apa", "mla", "chicago", "chicago-notes"])
@pytest.mark.parametrize("title", ["’" * 50_000, "”." * 50_000, "‘a’, " * 20_000])
def test_endless_quotations_are_cited_at_once(style, title, article):
    assert len(cite(article(title=title), style)) > 40_000


TYPOGRAPHIC = (
    *("apa", "mla", "chicago", "chicago-notes", "harvard"),
    *("ieee", "acm", "vancouver", "nature", "acl"),
)


@pytest.mark.parametrize("style", TYPOGRAPHIC)
def test_apostrophes_are_curled_wherever_they_stand_but_in_addresses(publication, style):
    work = publication(
        "",
        Kind.INPROCEEDINGS,
        Author("O'Neil", "Jane"),
        title="Rock 'n' Roll of the '90s",
        venue="Proceedings of BAR '19",
        publisher="Things' Press",
        urls={"abstract": "https://x.org/it's"},
    )
    shown = cite(work, style)
    assert "'" not in shown.replace("https://x.org/it's", "")
    for text in ("O’Neil", "Rock ’n’ Roll of the ’90s", "BAR ’19", "Things’ Press"):
        assert text in shown


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("ieee", "“Things and ‘Quotes’,” 2024"),
        ("chicago-notes", "“Things and ‘Quotes,’” preprint"),
        ("chicago", "“Things and ‘Quotes.’” "),
        ("mla", "“Things and ‘Quotes.’” "),
        ("apa", "Things and “Quotes.” (arXiv"),
    ],
)
def test_the_stop_within_a_quotation_that_ends_a_title(style, expected):
    work = Paper(
        id="arxiv:2404.04167",
        title="Things and “Quotes.”",
        authors=(Author("Du", "X"),),
        published="2024",
        kind=Kind.PREPRINT,
        arxiv_id="2404.04167",
    )
    assert expected in cite(work, style)
