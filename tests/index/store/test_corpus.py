"""The corpus: the same paper from several places becomes one, and again changes nothing."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers_tui.index.store.corpus import Corpus

NOW = "2026-01-02T03:04:05Z"


def changes(corpus, *papers, **how):
    return [outcome.change for outcome in corpus.put(papers, added=NOW, **how)]


def test_importing_again_changes_nothing_and_says_so(corpus, make):
    papers = [make(arxiv_id=f"2404.{n:05}", comments=n) for n in range(5)]
    assert changes(corpus, *papers) == ["added"] * 5
    stamp = corpus.stamp()
    assert changes(corpus, *papers) == ["unchanged"] * 5
    assert corpus.stamp() == stamp
    assert corpus.count() == 5


def test_the_order_in_which_a_version_wrote_the_parts_of_a_paper_is_no_change(corpus, make):
    paper = make(arxiv_id="2404.04167", comments=3, upvotes=5)
    corpus.put([paper], added=NOW)
    with corpus._database.writing() as connection:
        (document,) = connection.execute("SELECT document FROM paper").fetchone()
        other = json.dumps(dict(reversed(json.loads(document).items())))
        connection.execute("UPDATE paper SET document = ?, seen = x''", (other,))
    stamp = corpus.stamp()
    assert changes(corpus, paper) == ["unchanged"]
    assert corpus.stamp() == stamp
    assert corpus.get("arxiv:2404.04167").added == NOW


def test_a_paper_twice_in_one_file_is_one_paper(corpus, make):
    one = make(arxiv_id="2404.04167")
    assert changes(corpus, one, one) == ["added", "unchanged"]
    assert corpus.count() == 1


def test_merged_papers_stay_merged_and_unchanged_whatever_comes_again(corpus, make):
    listed = make(comments=3, featured=("2024-04-09",), sources=("listing:a",))
    found = make(arxiv_id="2404.04167", abstract="We show.", sources=("arxiv-snapshot:b",))
    assert changes(corpus, listed, found) == ["added", "updated"]
    assert changes(corpus, found, listed, found) == ["unchanged"] * 3
    both = corpus.get("arxiv:2404.04167")
    assert both.sources == ("listing:a", "arxiv-snapshot:b")
    assert (both.comments, both.abstract, both.added) == (3, "We show.", NOW)


def test_a_better_id_is_told_and_the_old_one_still_finds_the_paper(corpus, make):
    listed = make()
    corpus.put([listed], added=NOW)
    key = corpus.keys_of([listed.id])[listed.id]
    [outcome] = corpus.put([make(arxiv_id="2210.10760")], added=NOW)
    assert (outcome.id, outcome.former_ids, outcome.key) == ("arxiv:2210.10760", (listed.id,), key)
    assert corpus.get(listed.id).id == "arxiv:2210.10760"
    assert corpus.renamed([listed.id, "arxiv:2210.10760", "no"]) == {listed.id: "arxiv:2210.10760"}
    assert corpus.keys_of([listed.id, "arxiv:2210.10760", "no"]) == {listed.id: key, "arxiv:2210.10760": key}


def test_a_description_that_joins_two_papers_makes_them_one(corpus, make):
    known_by_doi = make("Reward Models and Their Scaling", doi="10.1/x", comments=7)
    known_by_arxiv = make(arxiv_id="2210.10760", upvotes=5)
    first, second = corpus.put([known_by_doi, known_by_arxiv], added=NOW)
    stamp = corpus.stamp()
    [outcome] = corpus.put([make(arxiv_id="2210.10760", doi="10.1/x")], added=NOW)
    assert (outcome.change, outcome.key, corpus.count()) == ("updated", first.key, 1)
    assert outcome.former_ids == (known_by_doi.id,)
    merged = corpus.get(known_by_doi.id)
    assert (merged.id, merged.comments, merged.upvotes) == ("arxiv:2210.10760", 7, 5)
    assert list(corpus.changes(stamp.generation)) == [(second.key, None), (first.key, merged)]
    assert changes(corpus, known_by_doi, known_by_arxiv) == ["unchanged"] * 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"arxiv_id": "2210.10760"}, {"arxiv_id": "2210.10761"}),
        ({"arxiv_id": "2210.10760", "doi": "10.1/x"}, {"arxiv_id": "2210.10761", "doi": "10.1/x"}),
        ({"arxiv_id": "2210.10760"}, {"doi": "10.1/x"}),
        ({"authors": ["Leo Gao"]}, {"authors": ["Jane Doe"]}),
        ({"published": "2015"}, {"arxiv_id": "2210.10760", "published": "2022-10-19"}),
    ],
)
def test_what_contradicts_itself_stays_two_papers(corpus, make, one, other):
    assert changes(corpus, make(**one), make(**other)) == ["added", "added"]
    assert changes(corpus, make(**one), make(**other)) == ["unchanged", "unchanged"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Pre-training: A Survey", "Pretraining — a survey."),
        ("Über GPT-4 und mehr", "Uber GPT 4 und mehr"),
        ("大規模言語モデルの事前学習", "大規模言語モデルの事前学習!"),
    ],
)
def test_titles_that_differ_in_spelling_only_are_one_paper(corpus, make, first, second):
    corpus.put([make(first)], added=NOW)
    [outcome] = corpus.put([make(second, arxiv_id="2210.10760")], added=NOW)
    assert (outcome.change, corpus.count()) == ("updated", 1)


def test_titles_that_differ_in_a_sign_that_matters_are_two(corpus, make):
    assert changes(corpus, make("Learning C++ by Example"), make("Learning C by Example")) == ["added"] * 2


def test_a_short_title_joins_only_with_something_else_to_speak_for_it(corpus, make):
    assert changes(corpus, make("Reply"), make("Reply", arxiv_id="2210.10760")) == ["added", "added"]
    nvidia = [make("Nemotron", organization="NVIDIA", published="2024-04-05", comments=n) for n in (1, 2)]
    assert changes(corpus, *nvidia) == ["added", "updated"]


def test_two_papers_with_nothing_but_a_title_in_common_have_ids_of_their_own(corpus, make):
    papers = [make("Reply", authors=["Jane Doe"]), make("Reply", authors=["Leo Gao"])]
    first, second = corpus.put(papers, added=NOW)
    assert first.id != second.id
    again = corpus.put(papers, added=NOW)
    assert [(o.id, o.change, o.former_ids) for o in again] == [
        (first.id, "unchanged", ()),
        (second.id, "unchanged", ()),
    ]
    assert corpus.get(second.id).authors == papers[1].authors


def test_a_title_that_may_mean_two_papers_joins_neither(corpus, make):
    corpus.put([make(arxiv_id="2210.10760"), make(arxiv_id="2310.10760")], added=NOW)
    assert changes(corpus, make()) == ["added"]
    assert corpus.count() == 3


def test_a_rehearsal_tells_what_would_happen_and_writes_nothing(corpus, make):
    here, new = make(arxiv_id="2404.00001"), make("Something New Under the Sun", arxiv_id="2404.00002")
    corpus.put([here], added=NOW)
    stamp = corpus.stamp()
    with corpus.rehearsal():
        assert changes(corpus, here, new) == ["unchanged", "added"]
        assert changes(corpus, new, make(arxiv_id="2404.00001", upvotes=1)) == ["unchanged", "updated"]
        assert changes(corpus, make(arxiv_id="2404.00001", upvotes=1)) == ["unchanged"]
    assert changes(corpus, new, new, dry_run=True) == ["added", "unchanged"]
    assert (corpus.stamp(), corpus.count(), corpus.sources()) == (stamp, 1, {})


def test_a_source_can_be_taken_out_again_but_for_what_is_kept_or_known_from_elsewhere(corpus, make):
    shelf = [
        make(f"A Paper of the Shelf {n}", arxiv_id=f"2404.0000{n}", sources=("shelf:s",)) for n in range(3)
    ]
    corpus.put(shelf, added=NOW)
    elsewhere = make("A Paper of the Shelf 1", arxiv_id="2404.00001", sources=("bibtex:b",))
    corpus.put([elsewhere], added=NOW)
    stamp = corpus.stamp()
    removed_key = corpus.keys_of(["arxiv:2404.00000"])["arxiv:2404.00000"]
    assert corpus.remove_source("shelf:s", keep={"arxiv:2404.00002"}) == ["arxiv:2404.00000"]
    assert corpus.get("arxiv:2404.00000") is None
    assert corpus.get("arxiv:2404.00001").sources == ("bibtex:b",)
    assert (removed_key, None) in list(corpus.changes(stamp.generation))
    assert changes(corpus, *shelf) == ["added", "updated", "unchanged"]
    assert corpus.keys_of(["arxiv:2404.00000"])["arxiv:2404.00000"] != removed_key
    assert corpus.sources() == {"shelf:s": 3, "bibtex:b": 1}


def test_changes_are_those_since_a_generation(corpus, make):
    one, other = (make(f"Paper Number {n} of Two", arxiv_id=f"2404.0000{n}") for n in (1, 2))
    corpus.put([one], added=NOW)
    stamp = corpus.stamp()
    [outcome] = corpus.put([other], added=NOW)
    assert [(key, paper.id) for key, paper in corpus.changes(stamp.generation)] == [(outcome.key, other.id)]
    assert [paper.id for _, paper in corpus.changes(0)] == [one.id, other.id]
    assert list(corpus.changes(corpus.stamp().generation)) == []


def test_another_file_in_its_place_has_another_identity(corpus, tmp_path):
    other = Corpus(tmp_path / "other.db")
    assert other.stamp().identity != corpus.stamp().identity
    other.close()


def test_papers_come_in_the_order_of_their_keys(corpus, make):
    papers = [make(f"Paper Number {n} of Many", arxiv_id=f"2404.{n:05}") for n in range(1200)]
    keys = [outcome.key for outcome in corpus.put(papers, added=NOW)]
    wanted = [keys[1100], -5, keys[0], keys[600]]
    assert [paper.arxiv_id for paper in corpus.papers_by_key(wanted)] == [
        "2404.01100",
        "2404.00000",
        "2404.00600",
    ]
    assert len(list(corpus.changes(0))) == 1200
    assert len(corpus.keys_of([paper.id for paper in papers])) == 1200


def test_the_newest_papers_come_first(corpus, make):
    days = ["2024-01-01", "2025", None, "2024-06-01"]
    papers = [
        make(f"Paper Number {n} of Four", arxiv_id=f"2404.0000{n}", published=day)
        for n, day in enumerate(days)
    ]
    papers.append(
        make("An Old Paper in a Listing", arxiv_id="9901.00001", featured=("2024-01-01", "2026-01-01"))
    )
    corpus.put(papers, added=NOW)
    assert [paper.arxiv_id[-1] for paper in corpus.papers_by_key(corpus.newest_keys())] == list("11302")
    assert corpus.latest_featured() == "2026-01-01"


@pytest.mark.parametrize("wanted", ["arxiv:2404.04176", "2404.0417", "arxiv:2404.94167", "ARXIV:2404.04167v"])
def test_a_mistyped_id_finds_the_one_that_was_meant(corpus, make, wanted):
    papers = [
        make("The Paper That Was Meant", arxiv_id="2404.04167"),
        make("Another Paper", arxiv_id="1706.03762"),
    ]
    corpus.put(papers, added=NOW)
    assert corpus.nearest_ids(wanted)[:1] == ["arxiv:2404.04167"]


def test_a_mistyped_id_is_found_among_very_many(corpus, make):
    papers = [make(f"Paper {n}", arxiv_id=f"{2000 + n // 9000}.{n % 9000:05}") for n in range(21_000)]
    corpus.put(papers, added=NOW)
    for wanted in ("arxiv:2001.90042", "arxiv:2010.00042", "arxiv:2001.000042"):
        assert "arxiv:2001.00042" in corpus.nearest_ids(wanted, 5)


def test_nonsense_has_no_nearest_id(corpus, make):
    corpus.put([make(arxiv_id="2404.04167")], added=NOW)
    assert corpus.nearest_ids("") == corpus.nearest_ids("   ") == corpus.nearest_ids("zzzzzz") == []
    assert corpus.get("\udc80") is None
    assert corpus.nearest_ids("\udc80") == []


def test_several_threads_use_it_at_once(corpus, make):
    def put(n):
        corpus.put([make(f"Paper Number {n} of Many", arxiv_id=f"2404.{n:05}")], added=NOW)
        return corpus.count()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(put, range(20)))
    assert max(counts) == corpus.count() == 20


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)), max_size=8
    )
)
def test_any_import_done_again_changes_nothing(tmp_path_factory, make, recipes):
    titles = ["Reply", "On the Scaling of Laws", "On the scaling of laws!", "Something Else Entirely"]
    authors = [[], ["Jane Doe"], ["Leo Gao"]]
    papers = [
        make(
            titles[t],
            arxiv_id=[None, "2404.00001", "2404.00002"][x],
            doi=[None, "10.1/x", "10.1/y"][d],
            authors=authors[a],
        )
        for t, x, d, a in recipes
    ]
    corpus = Corpus(tmp_path_factory.mktemp("corpus") / "papers.db")
    try:
        first = corpus.put(papers, added=NOW)
        stamp = corpus.stamp()
        again = corpus.put(papers, added=NOW)
        assert [outcome.change for outcome in again] == ["unchanged"] * len(papers)
        assert corpus.stamp() == stamp
        assert corpus.count() == len({outcome.key for outcome in again})
        for outcome in [*first, *again]:
            assert corpus.get(outcome.id) is not None
    finally:
        corpus.close()


@pytest.mark.parametrize(
    "hostile", ["\x1b]0;pwned\x07", "\x9b31m", "\x08", "\u202e", "\x7f", "\x00", "\r", "\ud83d"]
)
def test_what_somebody_else_put_into_the_file_does_not_act(corpus, make, hostile):
    corpus.put([make("One", abstract="PLACE $\\beta$\nand more", arxiv_id="2404.04167")], added=NOW)
    with corpus._database.writing() as connection:
        put = (json.dumps(hostile)[1:-1],)
        connection.execute("UPDATE paper SET document = replace(document, 'PLACE', ?)", put)
    abstract = corpus.get("arxiv:2404.04167").abstract
    assert abstract.endswith("and more")
    assert "$\\beta$\n" in abstract
    assert abstract.replace("\n", "").isprintable()


def test_what_is_in_order_is_read_as_it_was_written(corpus, make):
    paper = make("Tabs \\tau \\beta \\u", abstract='a\n\nb "c" \\frac é\u200d日本', arxiv_id="2404.04167")
    corpus.put([paper], added=NOW)
    found = corpus.get(paper.id)
    assert (found.title, found.abstract) == (paper.title, paper.abstract)
