"""When equal titles are taken for one paper, when that is asked, and when it is out of the question."""

from dataclasses import replace

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.identity import paper_id
from papers_tui.index.paper import Kind, Paper
from papers_tui.index.store.contradictions import contradictions
from papers_tui.index.store.journals import may_be_same as may_be_one_journal
from papers_tui.index.store.matching import is_same, may_be_same

TITLE = "A Theory of Small Gardens"


def paper(title=TITLE, authors="Jane Roe; John Doe", **fields):
    found = paper_id(arxiv=fields.get("arxiv_id"), doi=fields.get("doi"), title=title)
    parsed = tuple(Author.parse(name) for name in authors.split("; ") if name)
    return Paper(id=found, title=title, authors=parsed, **fields)


ARTICLE = paper(
    kind=Kind.ARTICLE, venue="Physical Review D", volume="76", issue="1", pages="12-20", published="2007"
)
PREPRINT = paper(arxiv_id="0701.01234", kind=Kind.PREPRINT, published="2006-01-03")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"venue": "Physical Review E"}, "journal"),
        ({"venue": "Nature"}, "journal"),
        ({"volume": "77"}, "volume"),
        ({"issue": "3"}, "issue"),
        ({"pages": "112-120"}, "pages"),
        ({"pages": None, "details": {"article_number": "045101"}}, "pages"),
        ({"authors": (Author("Roe", "Jane"), Author("Poe", "Ann"))}, "authors"),
        ({"authors": (Author("Roe", "Jane"),)}, "authors"),
        ({"authors": (Author("Roe", "Jane"), Author("Doe", "Kim"))}, "given names"),
        ({"authors": (Author("Roe", "Kate"), Author("Doe", "John"))}, "given names"),
        ({"pages": None, "published": "2010"}, "year"),
        ({"kind": Kind.OTHER, "details": {"type": "phdthesis"}}, "kind"),
        ({"kind": Kind.INPROCEEDINGS}, "kind"),
        ({"kind": Kind.BOOK}, "kind"),
    ],
)
def test_what_speaks_against_two_papers_being_one(changed, why):
    other = replace(ARTICLE, **changed)
    assert why in contradictions(ARTICLE, other)
    assert contradictions(ARTICLE, other) == contradictions(other, ARTICLE)
    assert not is_same(ARTICLE, other)
    assert may_be_same(ARTICLE, other)


def test_different_dois_speak_against_it():
    one, other = replace(ARTICLE, doi="10.1000/a"), replace(ARTICLE, doi="10.1000/b")
    assert contradictions(one, other) == ("DOI",)
    assert may_be_same(one, other)


def test_abstracts_of_different_papers_speak_against_it():
    words = "gardens which grow between houses where people water flowers every evening until autumn comes"
    more = (
        "their owners often forget what should have been planted during spring mornings although seeds remain"
    )
    others = "lattice fermions carry chiral charges whose anomalies cancel within continuum limits under weak"
    rest = (
        "coupling expansions beyond leading orders when regulators vanish smoothly towards infinite cutoffs"
    )
    one, other = replace(ARTICLE, abstract=f"{words} {more}"), replace(ARTICLE, abstract=f"{others} {rest}")
    assert contradictions(one, other) == ("abstract",)
    assert is_same(one, replace(other, abstract=f"{more} {words} indeed"))


@pytest.mark.parametrize(
    "changed",
    [
        {"venue": "Phys. Rev. D"},
        {"venue": "PRD"},
        {"authors": (Author("Roe", "J."), Author("Doe", "J. B."))},
        {"authors": (Author("Roe", "JA"), Author("Doe", "JB"))},
        {"authors": (Author("Jane", "Roe"), Author("Doe", "John"))},
        {"authors": (Author("Roe", "Jane"),), "author_count": 2},
        {"authors": ()},
        {"venue": None, "volume": None, "issue": None, "pages": None},
        {"pages": "1-9"},
        {"issue": "1-2"},
        {"published": "2008"},
        {"published": None},
        {"venue": "Phys. Rev. D 76, 012 (2007)", "volume": None, "issue": None, "pages": None},
    ],
)
def test_what_is_written_otherwise_does_not_speak_against_it(changed):
    other = replace(ARTICLE, **changed)
    assert contradictions(ARTICLE, other) == ()
    assert is_same(ARTICLE, other)
    assert is_same(other, ARTICLE)


@pytest.mark.parametrize("doi", [None, "10.1000/garden"])
@pytest.mark.parametrize(
    ("changed", "are_one"),
    [
        ({}, True),
        ({"published": "2009"}, True),
        ({"published": "2010"}, False),
        ({"published": "2004"}, False),
        ({"authors": (Author("Roe", "J."), Author("Doe", "J."), Author("Poe", "A."))}, True),
        ({"authors": (Author("Roe", "J."),)}, False),
        ({"authors": (Author("Poe", "A."), Author("Doe", "J."))}, False),
        ({"details": {"type": "phdthesis"}, "kind": Kind.OTHER}, False),
    ],
)
def test_a_preprint_and_what_a_publisher_made_of_it_are_one(doi, changed, are_one):
    other = replace(ARTICLE, doi=doi, **changed)
    for preprint in (PREPRINT, replace(PREPRINT, venue="arXiv preprint arXiv:0701.01234", kind=Kind.ARTICLE)):
        assert is_same(preprint, other) is are_one
        assert is_same(other, preprint) is are_one


@pytest.mark.parametrize(
    ("kind", "sort", "other_kind", "other_sort"),
    [
        *((Kind.BOOK, "", Kind.BOOK, sort) for sort in ("proceedings", "collection", "booklet", "manual")),
        *((Kind.ARTICLE, "", Kind.ARTICLE, sort) for sort in ("newspaper", "magazine")),
        *((Kind.PREPRINT, "", Kind.OTHER, sort) for sort in ("unpublished", "online")),
        (Kind.INPROCEEDINGS, "inbook", Kind.INPROCEEDINGS, "incollection"),
    ],
)
def test_finer_sorts_do_not_speak_against_the_kind_that_they_are_of(kind, sort, other_kind, other_sort):
    one = paper(kind=kind, details={"type": sort} if sort else {})
    other = paper(kind=other_kind, details={"type": other_sort})
    assert contradictions(one, other) == contradictions(other, one) == ()


def test_a_doi_of_arxiv_is_none_of_a_publisher():
    preprint = replace(PREPRINT, doi="10.48550/arxiv.0701.01234")
    assert is_same(preprint, replace(ARTICLE, doi="10.1000/garden"))


@pytest.mark.parametrize(
    ("title", "facts", "are_one"),
    [
        ("Deep learning", {}, False),
        ("Deep learning", {"published": "2015"}, True),
        ("Deep learning", {"authors": (), "published": "2015"}, False),
        ("Deep learning", {"venue": "Nature", "volume": "521"}, True),
        ("Small gardens today", {}, True),
        ("Small gardens today", {"authors": ()}, False),
        ("Small gardens and today", {"authors": ()}, True),
        ("Introduction", {"published": "2015"}, False),
        ("Guest Editorial", {"published": "2015"}, False),
        ("Author’s Reply", {"published": "2015"}, False),
        ("まえがき", {"published": "2015"}, False),
        ("Introduction", {"venue": "Nature", "volume": "521", "published": "2015"}, True),
        ("Reply", {"published": "2015-05-27"}, True),
        ("Introduction", {"abstract": "Gardens of this volume are small. " * 6}, True),
        ("Introduction", {"abstract": "Gardens are small."}, False),
        ("Deep learning", {"authors": (), "published": "2015", "organization": "ACM"}, True),
    ],
)
def test_the_less_a_title_says_the_more_is_to_be_the_same(title, facts, are_one):
    one = replace(paper(title), **facts)
    assert is_same(one, replace(one, comments=3)) is are_one


def test_editorials_of_one_editor_in_several_volumes_are_not_even_doubtful():
    one = paper("Editorial", venue="Nature", volume="521")
    assert not may_be_same(one, replace(one, volume="522"))
    assert may_be_same(replace(one, venue=None, volume=None), one)


def test_equal_titles_of_strangers_are_not_doubtful():
    assert not may_be_same(ARTICLE, replace(ARTICLE, authors=(Author("Poe", "Ann"),)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. Phys. A", "Journal of Physics A: Mathematical and Theoretical"),
        ("NeurIPS", "Advances in Neural Information Processing Systems 30"),
        ("ICML", "Proceedings of the 31st International Conference on Machine Learning"),
        ("ApJ", "The Astrophysical Journal"),
        ("A&A", "Astronomy and Astrophysics"),
        ("Proc. Natl. Acad. Sci. USA", "Proceedings of the National Academy of Sciences"),
        ("EMNLP 2014", "2014 Conference on Empirical Methods in Natural Language Processing (EMNLP)"),
    ],
)
def test_journals_are_known_by_their_abbreviations(one, other):
    assert may_be_one_journal(one, other)
    assert may_be_one_journal(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phys. Lett. A", "Phys. Lett. B"),
        ("PRL", "Physical Review D"),
        ("ApJ", "Astronomical Journal"),
        ("Nature", "Nature Communications"),
        ("ICLR", "ICML"),
        ("Journal of Applied Physics", "Journal of Applied Physiology"),
        ("物理学报", "化学学报"),
    ],
)
def test_other_journals_are_others(one, other):
    assert not may_be_one_journal(one, other)
