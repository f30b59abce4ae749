"""Page ranges as each guide shortens them; the guide's own examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.cite import cite
from papers_tui.index.cite.pages import chicago, full, is_article_number, issue, minimal, two_digits
from papers_tui.index.paper import Kind, Paper


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("45-67", "45–67"),
        ("1163--75", "1163–1175"),
        ("pp. 1-11", "1–11"),
        ("S104—S110", "S104–S110"),
        ("S104-10", "S104–S110"),
        ("12-3", "12–13"),
        ("12", "12"),
        ("551c-554c", "551c–554c"),
        ("1-3, 7-9", "1–3, 7–9"),
        ("12-1", "12–1"),
        ("iv-x", "iv–x"),
        ("045001-1--045001-7", "045001-1–045001-7"),
        ("045001-1-045001-7", "045001-1–045001-7"),
        ("045001–10", "045001–10"),
        ("113-", "113"),
        ("--", ""),
        ("7-7", "7"),
        ("CERN-TH-2019-01", "CERN-TH-2019-01"),
    ],
)
def test_pages_are_in_full(written, shown):
    assert full(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("3-4", "3–4"),
        ("3--4", "3–4"),
        ("S1-2", "S1-2"),
        ("4-3", "4-3"),
        ("2019-1-2", "2019-1-2"),
        ("12", "12"),
    ],
)
def test_only_a_range_of_issues_has_an_en_dash(written, shown):
    assert issue(written) == shown


@pytest.mark.parametrize(
    ("pages", "mla", "by_chicago", "nlm"),
    [
        ("3–10", "3–10", "3–10", "3–10"),
        ("71–72", "71–72", "71–72", "71–2"),
        ("92–113", "92–113", "92–113", "92–113"),
        ("96–117", "96–117", "96–117", "96–117"),
        ("100–104", "100–04", "100–104", "100–4"),
        ("600–613", "600–13", "600–613", "600–13"),
        ("1100–1123", "1100–23", "1100–1123", "1100–23"),
        ("107–108", "107–08", "107–8", "107–8"),
        ("505–517", "505–17", "505–17", "505–17"),
        ("1002–1006", "1002–06", "1002–6", "1002–6"),
        ("321–325", "321–25", "321–25", "321–5"),
        ("415–532", "415–532", "415–532", "415–532"),
        ("1087–1089", "1087–89", "1087–89", "1087–9"),
        ("1496–1500", "1496–500", "1496–500", "1496–500"),
        ("11564–11615", "11564–615", "11564–615", "11564–615"),
        ("12991–13001", "12991–3001", "12991–3001", "12991–3001"),
        ("1608–1774", "1608–774", "1608–774", "1608–774"),
        ("S104–S110", "S104–10", "S104–10", "S104–10"),
        ("12A–13A", "12A–13A", "12A–13A", "12A–13A"),
        ("923–1003", "923–1003", "923–1003", "923–1003"),
    ],
)
def test_ranges_are_shortened_as_the_guides_do(pages, mla, by_chicago, nlm):
    assert (two_digits(pages), chicago(pages), minimal(pages)) == (mla, by_chicago, nlm)


@given(first=st.integers(1, 99_999), more=st.integers(1, 2000))
def test_a_shortened_range_means_the_same_pages(first, more):
    pages = f"{first}–{first + more}"
    for shorten in (two_digits, chicago, minimal):
        assert full(shorten(pages)) == pages


@pytest.mark.parametrize(
    ("pages", "is_number"),
    [
        *(
            ("013009", True),
            ("e0119446", True),
            ("A88", True),
            ("P06001", True),
            ("17C117", True),
            ("1550074", True),
        ),
        *(
            ("040301(R)", True),
            ("12", False),
            ("60006", False),
            ("S104", False),
            ("45–67", False),
            ("", False),
        ),
        *(("iv", False), ("064", True)),
    ],
)
def test_article_numbers_are_told_from_pages(pages, is_number):
    assert is_article_number(pages) is is_number


ARTICLE = Paper(
    id="doi:10.1/x",
    title="T",
    authors=(Author("Du", "Xinrun"),),
    published="2020-03",
    venue="J",
    volume="76",
    issue="3",
    doi="10.1/x",
    kind=Kind.ARTICLE,
)


@pytest.mark.parametrize(
    ("style", "with_range", "with_number"),
    [
        ("apa", "J, 76(3), 1163–1175.", "J, 76(3), Article 013009."),  # Publication Manual 9.25, 9.27
        ("mla", "Mar. 2020, pp. 1163–75,", "Mar. 2020, article 013009,"),  # MLA, ch. 2; silent on numbers
        ("chicago", "J 76 (3): 1163–75.", "J 76 (3): 013009."),  # Manual of Style, ch. 9; silent on numbers
        ("chicago-notes", "J 76, no. 3 (2020): 1163–75,", "J 76, no. 3 (2020): 013009,"),
        ("harvard", "J, 76(3), pp. 1163–1175.", "J, 76(3), article 013009."),  # silent on numbers
        ("ieee", "vol. 76, no. 3, pp. 1163–1175, Mar. 2020,", "vol. 76, no. 3, Mar. 2020, Art. no. 013009,"),
        ("acm", "J 76, 3 (March 2020), 1163–1175.", "J 76, 3, Article 013009 (March 2020)."),
        ("vancouver", "J. 2020 Mar;76(3):1163-75.", "J. 2020 Mar;76(3):013009."),  # Citing Medicine, ch. 1
        ("nature", "J 76, 1163–1175 (2020).", "J 76, 013009 (2020)."),
        ("acl", "J, 76(3):1163–1175.", "J, 76(3):013009."),
    ],
)
def test_each_style_has_pages_and_article_numbers_in_their_place(style, with_range, with_number):
    for pages, expected in (("1163-75", with_range), ("013009", with_number)):
        paper = Paper(**{name: getattr(ARTICLE, name) for name in ARTICLE.__slots__} | {"pages": pages})
        assert expected in cite(paper, style)
