"""Merging: the best of two descriptions, and the same again changes nothing."""

from dataclasses import replace
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.details import details
from papers_tui.index.paper import Kind, Paper
from papers_tui.index.store.codec import decode_paper, encode_paper
from papers_tui.index.store.merge import merge
from papers_tui.index.text import clean_line

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(clean_line).filter(bool)
MAYBE = st.none() | WORDS
COUNTS = st.none() | st.integers(0, 10**20)
DAYS = st.dates().map(str)
AUTHORS = st.builds(
    Author, WORDS, st.sampled_from(["", "J.", "Jane"]), st.sampled_from(["", "Jr."]), st.booleans()
)
LINKS = st.builds(
    "https://{}/{}".format, st.sampled_from(["a.org", "www.a.org", "b.org"]), st.sampled_from("xyz")
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    arxiv_id = draw(st.none() | st.just("2404.04167"))
    doi = draw(st.sampled_from([None, "10.1/a", "10.1/b", "10.48550/arxiv.2404.04167", "10.48550/arxiv.1"]))
    authors = tuple(draw(st.lists(AUTHORS, max_size=3)))
    return Paper(
        id=f"arxiv:{arxiv_id}" if arxiv_id else f"doi:{doi}" if doi else "title:t",
        title=draw(st.sampled_from(["A Title", "a title", "A Tit…", "A title, spelled out"])),
        abstract=draw(st.sampled_from(["", "Short.", "Much longer.", "Much longer, but cut …"])),
        abstract_note=draw(st.sampled_from([None, "by the site"])),
        authors=authors,
        author_count=draw(st.none() | st.integers(len(authors), 20)),
        organization=draw(st.sampled_from([None, "NVIDIA", "Meta"])),
        organization_handle=draw(MAYBE),
        published=draw(st.sampled_from([None, "2024", "2024-04", "2024-04-05", "2023-01-01"])),
        appeared=draw(st.sampled_from([None, "2025", "2025-02"])),
        featured=tuple(sorted(draw(st.sets(DAYS, max_size=3)))),
        comments=draw(COUNTS),
        upvotes=draw(COUNTS),
        categories=tuple(draw(st.lists(st.sampled_from(["cs.CL", "cs.LG", "math.GT"]), unique=True))),
        kind=draw(st.sampled_from(Kind)),
        venue=draw(st.sampled_from([None, "NeurIPS", "neurips", "ICML"])),
        volume=draw(MAYBE),
        pages=draw(MAYBE),
        details=details(draw(st.dictionaries(st.sampled_from(["series", "edition"]), WORDS))),
        arxiv_id=arxiv_id,
        doi=doi,
        urls=MappingProxyType(draw(st.dictionaries(st.sampled_from(["abstract", "pdf", "code"]), LINKS))),
        code=draw(st.none() | LINKS),
        stars=draw(COUNTS),
        sources=tuple(draw(st.lists(st.sampled_from(["listing:a", "bibtex:b", "shelf:c"]), unique=True))),
        added=draw(st.sampled_from([None, "2026-01-01T00:00:00Z"])),
        source_title=draw(MAYBE),
        source_abstract=draw(MAYBE),
    )


def bare(address: str) -> str:
    return address.removeprefix("https://").removeprefix("www.")


@given(papers())
def test_a_paper_merged_with_itself_is_itself(one):
    assert merge(one, one) == one
    assert merge(one, replace(one, urls=dict(one.urls))) == one


@given(papers(), papers())
def test_what_was_merged_once_changes_nothing_when_it_comes_again(one, other):
    both = merge(one, other)
    assert merge(both, one) == both
    assert merge(both, other) == both


@given(papers(), papers())
def test_nothing_that_identifies_or_leads_anywhere_is_lost(one, other):
    both = merge(one, other)
    reached = {bare(address) for address in both.urls.values()} | {bare(both.code or "")}
    for part in (one, other):
        assert {bare(address) for address in part.urls.values()} <= reached
        assert bare(part.code or "") in reached | {""}
        assert part.arxiv_id in (None, both.arxiv_id)
        derived = f"10.48550/arxiv.{both.arxiv_id}"
        assert part.doi in (None, both.doi, derived) or f"doi.org/{part.doi}" in reached
        assert set(part.sources) <= set(both.sources)
        assert set(part.categories) <= set(both.categories)
        assert set(part.featured) <= set(both.featured)
        assert len(both.authors) >= len(part.authors)
        assert bool(both.abstract) >= bool(part.abstract)


@given(papers())
def test_a_paper_is_read_back_as_it_was_kept(one):
    assert decode_paper(encode_paper(one)) == one


def test_the_authors_own_abstract_beats_a_longer_one_of_somebody_else(make):
    own = make(abstract="Short, by the authors.")
    other = make(abstract="A long text by somebody else, about the paper.", abstract_note="by the shelf")
    assert merge(other, own).abstract == merge(own, other).abstract == own.abstract
    assert merge(other, own).abstract_note is None


def test_a_whole_abstract_beats_a_cut_one(make):
    whole, cut = make(abstract="It works."), make(abstract="It works, as we show in a long …")
    assert merge(cut, whole).abstract == merge(whole, cut).abstract == "It works."


def test_an_identifier_that_comes_later_gives_the_paper_its_id(make):
    listed, found = make(comments=3), make(arxiv_id="2210.10760")
    both = merge(listed, found)
    assert both.id == "arxiv:2210.10760"
    assert both.comments == 3


def test_pages_of_another_venue_do_not_mix_into_a_citation(make):
    one = make(venue="NeurIPS", kind=Kind.INPROCEEDINGS)
    other = make(venue="ICML", pages="1-10", kind=Kind.INPROCEEDINGS)
    assert merge(one, other).pages is None


def test_a_published_version_replaces_the_preprint(make):
    preprint = make(venue="arXiv preprint", kind=Kind.PREPRINT)
    article = make(venue="Nature", volume="7", kind=Kind.ARTICLE)
    for both in (merge(preprint, article), merge(article, preprint)):
        assert (both.kind, both.venue, both.volume) == (Kind.ARTICLE, "Nature", "7")


def test_the_dates_of_the_preprint_and_of_its_published_version_are_kept_apart(make):
    preprint = make(published="2017-06-12", arxiv_id="1706.03762", kind=Kind.PREPRINT)
    article = make(published="2018", doi="10.1000/x", venue="Nature", volume="7", kind=Kind.ARTICLE)
    for both in (merge(preprint, article), merge(article, preprint)):
        assert (both.id, both.doi, both.venue) == ("arxiv:1706.03762", "10.1000/x", "Nature")
        assert (both.published, both.appeared) == ("2017-06-12", "2018")
        assert merge(both, article) == merge(both, preprint) == both


def test_the_date_of_the_paper_beats_the_day_of_the_listing(make):
    listed = make(published="2022-10-24")
    found = make(published="2022-10-19", arxiv_id="2210.10760")
    late = make(published="2022-10-30", arxiv_id="2210.10760")
    assert merge(listed, found).published == "2022-10-19"
    assert merge(listed, late).published == "2022-10-30"
    assert merge(make(published="2022"), listed).published == "2022-10-24"


def test_a_page_saved_earlier_and_imported_later_does_not_lower_the_counts(make):
    assert merge(make(upvotes=90, comments=None), make(upvotes=40, comments=2)).upvotes == 90
    assert merge(make(upvotes=90, comments=None), make(upvotes=40, comments=2)).comments == 2


def test_the_first_import_stays_the_first(make):
    first, again = make(added="2026-01-01T00:00:00Z"), make(added="2026-02-02T00:00:00Z")
    assert merge(first, again).added == "2026-01-01T00:00:00Z"
