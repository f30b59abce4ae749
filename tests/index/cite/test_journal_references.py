"""Journal references of arXiv: told apart where they can be read in one way, left whole where not.

As a command it compares those to the Physical Review with their DOIs, which name volume and page:

    CORPUS=arxiv.jsonl.xz python tests/index/cite/test_journal_references.py
"""

import os
import re
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.cite import cite
from papers_tui.index.cite.journal_reference import parsed
from papers_tui.index.cite.work import Work
from papers_tui.index.formats.items import Options
from papers_tui.index.formats.opening import open_path
from papers_tui.index.paper import Kind, Paper


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Phys. Rev. D 76, 013009 (2007)", ("Phys. Rev. D", "76", "", "013009", "2007")),
        ("Phys.Rev.C78:064316,2008", ("Phys. Rev. C", "78", "", "064316", "2008")),
        ("Phys. Rev. D91, 073014 (2015)", ("Phys. Rev. D", "91", "", "073014", "2015")),
        ("JHEP03(2015)100", ("JHEP", "03", "", "100", "2015")),
        ("JHEP 0703:064,2007", ("JHEP", "0703", "", "064", "2007")),
        ("Nucl. Phys. B 743 (2006) 213-217", ("Nucl. Phys. B", "743", "", "213-217", "2006")),
        ("Adv. Math. 274 (2015), 881--927", ("Adv. Math.", "274", "", "881-927", "2015")),
        ("A&A 576, A88 (2015)", ("A&A", "576", "", "A88", "2015")),
        ("Entropy 2014, 16(4), 2223-2233", ("Entropy", "16", "4", "2223-2233", "2014")),
        ("Bernoulli 2015, Vol. 21, No. 1, 335-359", ("Bernoulli", "21", "1", "335-359", "2015")),
        ("Bernoulli 2013, Vol. 19, No. 5B, 2590-2626", ("Bernoulli", "19", "5B", "2590-2626", "2013")),
        ("Q. Inf. Comput., Vol. 14, No. 1&2 (2014) 39-55", ("Q. Inf. Comput.", "14", "1&2", "39-55", "2014")),
        ("K-Theory 30 (2003), no. 2, 137-165", ("K-Theory", "30", "2", "137-165", "2003")),
        ("Networks 64(2):96-108, 2014", ("Networks", "64", "2", "96-108", "2014")),
        ("J. Stat. Mech. (2007) P06001", ("J. Stat. Mech.", "", "", "P06001", "2007")),
        (
            "J. Phys.: Condens. Matter 22 (2010) 185601",
            ("J. Phys.: Condens. Matter", "22", "", "185601", "2010"),
        ),
        (
            "J. Phys. A: Math. Theor. 47 (2014), 275201 (47pp)",
            ("J. Phys. A: Math. Theor.", "47", "", "275201", "2014"),
        ),
        ("PLoS ONE 10(3): e0119446. 2015", ("PLoS ONE", "10", "3", "e0119446", "2015")),
        ("Phys. Rev. A 87, 040301(R) (2013)", ("Phys. Rev. A", "87", "", "040301(R)", "2013")),
        (
            "IEEE Transactions on Signal Processing, vol. 60, no. 6, pp. 3174-3187, June 2012",
            ("IEEE Transactions on Signal Processing", "60", "6", "3174-3187", "2012-06"),
        ),
        (
            "Solid State Communications, Volume 206, 15 March 2015, Pages 46-50",
            ("Solid State Communications", "206", "", "46-50", "2015-03"),
        ),
        ("Contemporary Mathematics 627 (2014)", ("Contemporary Mathematics", "627", "", "", "2014")),
        (
            "Letters in Mathematical Physics 105:1399-1411 (2015)",
            ("Letters in Mathematical Physics", "105", "", "1399-1411", "2015"),
        ),
        ("EPTCS 135, 2013, pp. 75-82", ("EPTCS", "135", "", "75-82", "2013")),
        (
            "Journal Of Artificial Intelligence Research, Volume 42, pages   851-886, 2011",
            ("Journal Of Artificial Intelligence Research", "42", "", "851-886", "2011"),
        ),
        ("J. Number Theory 130(2010), 930--935", ("J. Number Theory", "130", "", "930-935", "2010")),
        (
            "Advanced Studies in Physics, Vol. 7, 2013, no. 16, 759 - 771",
            ("Advanced Studies in Physics", "7", "16", "759-771", "2013"),
        ),
        (
            "J. Symb. Comput., vol. 46 (2011) pgs. 1017-1029",
            ("J. Symb. Comput.", "46", "", "1017-1029", "2011"),
        ),
        (
            "Journal of Combinatorics. Vol. 3(4), 2012, pp. 633-650",
            ("Journal of Combinatorics", "3", "4", "633-650", "2012"),
        ),
        ("Proc. Combinatorics. 3 (2012) p34", ("Proc. Combinatorics.", "3", "", "34", "2012")),
        ("Chinese Math., Vol. 29, No. 1, 2008, p31-42.", ("Chinese Math.", "29", "1", "31-42", "2008")),
        ("SIGMA 3 (2007), 061, 50 pages", ("SIGMA", "3", "", "061", "2007")),
        (
            "J. Eur. Math. Soc. (JEMS) 10 (2008), 47-71",
            ("J. Eur. Math. Soc. (JEMS)", "10", "", "47-71", "2008"),
        ),
        ("2014 J. Phys.: Conf. Ser. 490 012063", ("J. Phys.: Conf. Ser.", "490", "", "012063", "2014")),
        ("Il Nuovo Cimento C, vol 38, issue 5, 2015", ("Il Nuovo Cimento C", "38", "5", "", "2015")),
        (
            "Int. Math. Res. Notices 2013, no. 9, 2097-2132",
            ("Int. Math. Res. Notices", "", "9", "2097-2132", "2013"),
        ),
        (
            "Complex Variables, Volume 49, Number 11, September 15, 2004, pp. 833-836",
            ("Complex Variables", "49", "11", "833-836", "2004-09"),
        ),
    ],
)
def test_a_reference_is_told_into_its_parts(text, parts):
    found = parsed(text)
    assert (found.journal, found.volume, found.issue, found.pages, found.published) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nature",
        "Vision 2020",
        "ICML 2015",
        "Acta 12, 1999-2001",
        "Phys. Rev. D 76, 013009",
        "Phys. Lett. B 2001, 1998-2003 (2005)",
        "Discrete Mathematics 307:3-5, (2007), 554-566",
        "Phys.Rev.D76:013009,2007; Erratum-ibid.D77:019901,2008",
        "J.Geom.Phys. 56 (2006) 533-558, J.Geom.Phys. 56 (2006) 1096--1115",
        "P. Bialas and A. K. Oles, Phys. Rev. E 81, 041136 (2010)",
        "Klimchuk, J. A. 2015, Phil. Trans. R. Soc. A, 373: 20140256",
        "early draft of MNRAS 2014, Volume 444, Issue 2, p.1066-1076",
        "accepted by Nature Physics 3, 123 (2007)",
        "In: Solving Problems. Springer. 97: 269-292. 2014",
        "Forum math. DOI: 10.1515/forum-2013-6013, July 2013",
        "PoS LAT2005 (2006) 123",
        "EPJ Plus (2015) 130 (4)",
        "Information Processing Letters 115.11 (2015), 886-891",
        "arXiv:0705.3299 (2007) 12",
        "Springer LNCS 1234 (2007) 1 - 2 pp. 3 - 4",
        "Electronic Notes in Computer Science, Vol. 52 (2) (2002), 25p",
        "L Snobl 2010 J. Phys. A: Math. Theor. 43 505202",
        "Algebra 12, 1999, 5, pp. 3-4",
        "Annals (edited by A. Bee) 12 (2007) 3-4",
    ],
)
def test_what_can_be_read_in_more_than_one_way_stays_whole(text):
    assert parsed(text) is None


REFERENCES = st.tuples(
    st.sampled_from(["Phys. Rev. D", "Nature", "J. Phys. A", "Ann. Phys. (N.Y.)", "Annals, Part 2"]),
    st.sampled_from([" 76", "76", " 12(3)", ", Vol. 12, no. 4", ", vol.12", " 115.11", " 12 34", ""]),
    st.sampled_from([", 013009", ":013009", ", pp. 3-44", " 1-7", ":115--21", ", L5", ", 25p", " (4)", ""]),
    st.sampled_from([" (2007)", ",2007", ", 2007", " 2007", ", May 2007", " (1998) 24", " (20071)", ""]),
    st.sampled_from(["", "", ".", "; 77 (2008)", " [hep-th]", " and 3-4"]),
).map("".join)


@settings(max_examples=300)
@given(REFERENCES | st.text(alphabet="PhD. :,;()-0123456789VoNp", max_size=40))
def test_nothing_is_invented(text):
    found = parsed(text)
    if found is not None:
        letters = re.sub(r"[^\w]", "", text)
        for part in (found.journal, found.volume, found.issue, found.pages, found.published[:4]):
            assert all(piece in letters for piece in re.findall(r"\w+", part))
        told = "".join(re.findall(r"\d", found.volume + found.issue + found.pages + found.published[:4]))
        assert len(told) <= len(re.findall(r"\d", text))


def article(venue, **changes):
    fields = {
        "id": "arxiv:0705.1234",
        "title": "Ferromagnets",
        "authors": (Author("Du", "Xinrun"),),
        "published": "2006-11-30",
        "arxiv_id": "0705.1234",
        "venue": venue,
        "kind": Kind.ARTICLE,
    }
    return Paper(**{**fields, **changes})


def test_a_parsed_reference_is_cited_by_its_parts_and_its_year():
    text = cite(article("Phys.Rev.D76:013009,2007"), "bibtex")
    for field in ("journal = {Phys. Rev. D}", "volume = {76}", "pages = {013009}", "year = {2007}"):
        assert field in text
    assert text.startswith("@article{du2007ferromagnets,")
    assert "doi" not in text


def test_a_reference_that_stays_whole_stands_in_the_place_of_the_journal():
    text = cite(article("Phys.Rev.D76:013009,2007; Erratum-ibid.D77:019901"), "bibtex")
    assert "journal = {Phys.Rev.D76:013009,2007; Erratum-ibid.D77:019901}" in text
    assert "volume" not in text
    assert "year = {2007}" in text


def test_a_whole_reference_with_pages_has_its_year_once():
    text = cite(article("Constructii, Vol. 13-14, Issue 2, 2012, p. 38-44"), "mla")
    assert text.count("2012") == 1


@pytest.mark.parametrize(
    ("venue", "shown"),
    [
        ("Optical Materials, Elsevier, 2007, \\<10.1000/Mat.2006.10\\>", "Materials, Elsevier, 2007, https"),
        ("Res. Lett. 12 (2007) 3, doi:10.1000/mat.2006.10.", "Res. Lett., vol. 12, 2007, p. 3, https"),
        ("Optical Materials, 2007, <10.1000/other.1>", "Optical Materials, 2007, <10.1000/other.1>"),
        ('Proc. "Hot Things", Series LI (2007) 13-18', "Proc. “Hot Things”, Series LI (2007) 13-18, https"),
        ("Bee, A. et. al 2007, Apj, 767, 140", "Apj, 767, 140, https"),
    ],
)
def test_whole_references_say_their_year_once_and_not_the_doi_that_follows(venue, shown):
    text = cite(article(venue, doi="10.1000/mat.2006.10"), "mla")
    assert shown in text
    assert text.count("2007") == 1


def test_what_begins_with_a_zero_is_no_page():
    assert "Article 030" in cite(article("JHEP 1612 (2016) 030"), "apa")
    assert ", 3–4." in cite(article("JHEP 1612 (2016) 3-4"), "apa")


def test_a_volume_that_the_source_gives_is_not_read_again():
    text = cite(article("Journal 12 (2007) 45", volume="3"), "bibtex")
    assert "journal = {Journal 12 (2007) 45}" in text
    assert "volume = {3}" in text


@pytest.mark.parametrize(
    ("year", "journal"), [("2014", "Phys. Rev. D"), ("2070", "Phys. Rev. D 76, 13 (2070)")]
)
def test_a_year_long_after_the_submission_leaves_the_reference_whole(year, journal):
    paper = Paper(
        id="arxiv:0801.1234",
        title="T",
        venue=f"Phys. Rev. D 76, 13 ({year})",
        arxiv_id="0801.1234",
        published="2008-01-02",
        kind=Kind.ARTICLE,
    )
    assert (Work(paper).venue, Work(paper).date) == (journal, "2008-01-02" if year == "2070" else year)


def compared_with_dois(path):
    """Yield, for each reference to the Physical Review whose DOI says volume and page, how it was read."""
    options = Options(format=None, page_date=None, encoding=None, today=date(2026, 1, 1))
    for item in open_path(path, options).items:
        paper = getattr(item, "paper", None)
        named = re.fullmatch(r"10\.1103/physrev[a-z]+\.(\d+)\.r?(\w+)", (paper and paper.doi) or "")
        if named and paper.venue:
            found = parsed(paper.venue)
            told = found and (found.volume, re.sub(r"^[A-Z0]*|-.*|\(R\)", "", found.pages))
            yield paper.venue, told, (named[1], named[2].lstrip("0"))


if __name__ == "__main__":
    answers = list(compared_with_dois(Path(os.environ["CORPUS"])))
    wrong = [(venue, told, named) for venue, told, named in answers if told and told != named]
    read = sum(told is not None for _, told, _ in answers)
    sys.stdout.write(
        f"{len(answers):,} references with a DOI that tells; {read:,} read; {len(wrong):,} differ\n"
    )
    for venue, told, named in wrong:
        sys.stdout.write(f"{venue}: {told}, the DOI says {named}\n")
