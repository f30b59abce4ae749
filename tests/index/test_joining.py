"""Papers that may be one: found, made one, taken apart again; and no mark is lost on the way."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.editing import edit
from papers_tui.index.errors import UnknownPaper, WrongUsage
from papers_tui.index.identity import paper_id
from papers_tui.index.joining import Joining
from papers_tui.index.library import Library
from papers_tui.index.paper import Entry, Kind, Marks, Paper, Status
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore

NOW = "2026-01-01T00:00:00Z"
AUTHORS = (Author("Roe", "Jane"), Author("Doe", "John"))


def paper(title="A Theory of Small Gardens", authors=AUTHORS, **fields):
    found = paper_id(arxiv=fields.get("arxiv_id"), doi=fields.get("doi"), title=title)
    return Paper(id=found, title=title, authors=authors, **fields)


PREPRINT = paper(arxiv_id="1901.01234", published="2019-01-03", kind=Kind.PREPRINT, abstract="Long text.")
ARTICLE = paper(
    "A Theory of Small Gardens.",
    doi="10.1000/garden",
    published="2020",
    venue="Soil",
    kind=Kind.ARTICLE,
    authors=(Author("Roe", "J."), Author("Doe", "J. B.")),
)
OTHER = paper("Theory of the Small Garden: A View", arxiv_id="1901.09999")


class Home:
    """A library's stores, opened as often as asked."""

    def __init__(self, folder: Path) -> None:
        self.corpus = Corpus(folder / "papers.db")
        self.marks = MarksStore(folder / "marks.db")
        self.joining = Joining(self.corpus, self.marks)

    def put(self, *papers):
        for one in papers:
            self.corpus.put([one], added=NOW)

    def ids(self):
        return {found.id for _, found in self.corpus.changes(0)}

    def close(self):
        self.joining.close()
        self.marks.close()
        self.corpus.close()


@pytest.fixture
def home(tmp_path):
    found = Home(tmp_path)
    yield found
    found.close()


def test_two_papers_become_one_and_both_are_found(home):
    one, other = replace(PREPRINT, authors=()), replace(ARTICLE, title="On Gardens, Small")
    home.put(one, other)
    stamp = home.corpus.stamp()
    assert home.joining.merge(one.id, other.id) == (one.id,)
    both = home.corpus.get(other.id)
    assert both == home.corpus.get(one.id)
    assert (both.arxiv_id, both.doi, both.venue) == ("1901.01234", "10.1000/garden", "Soil")
    assert (both.published, both.appeared) == ("2019-01-03", "2020")
    changed = dict(home.corpus.changes(stamp.generation))
    assert sorted(type(state).__name__ for state in changed.values()) == ["NoneType", "Paper"]
    with pytest.raises(WrongUsage):
        home.joining.merge(other.id, one.id)


def test_the_marks_of_both_are_those_of_the_one(home):
    home.put(PREPRINT, OTHER)
    home.marks.change([PREPRINT], lambda _: Marks(tags=("a",), note="mine", rating=2), label="x")
    home.marks.change([OTHER], lambda _: Marks(tags=("b",), note="yours", bookmarked=True), label="x")
    home.joining.merge(PREPRINT.id, OTHER.id)
    marks = home.marks.get(PREPRINT.id)
    assert (marks.tags, marks.bookmarked, marks.rating) == (("a", "b"), True, 2)
    assert "mine" in marks.note
    assert "yours" in marks.note
    assert home.marks.get(OTHER.id).is_blank


def test_a_merger_is_taken_back_whole(home):
    home.put(PREPRINT, OTHER)
    before = [home.corpus.get(one.id) for one in (PREPRINT, OTHER)]
    home.marks.change([PREPRINT], lambda _: Marks(tags=("a",), note="mine"), label="x")
    home.marks.change([OTHER], lambda _: Marks(tags=("b",), note="yours", status=Status.READ), label="x")
    home.joining.merge(OTHER.id, PREPRINT.id)
    assert set(home.joining.separate(PREPRINT.id)) == {PREPRINT.id, OTHER.id}
    assert [home.corpus.get(one.id) for one in (PREPRINT, OTHER)] == before
    ours, theirs = home.marks.get(PREPRINT.id), home.marks.get(OTHER.id)
    assert (ours.tags, ours.note, ours.status) == (("a",), "mine", Status.UNREAD)
    assert (theirs.tags, theirs.note, theirs.status) == (("b",), "yours", Status.READ)
    with pytest.raises(UnknownPaper):
        home.joining.separate(PREPRINT.id)


def test_mergers_are_taken_back_one_after_the_other(home):
    third = paper("Wholly Another Matter of Size", arxiv_id="1902.00001")
    home.put(PREPRINT, OTHER, third)
    home.joining.merge(OTHER.id, third.id)
    home.joining.merge(PREPRINT.id, OTHER.id)
    assert home.ids() == {PREPRINT.id}
    home.joining.separate(third.id)
    assert home.ids() == {PREPRINT.id, OTHER.id}
    home.joining.separate(third.id)
    assert home.ids() == {PREPRINT.id, OTHER.id, third.id}


def test_what_was_said_to_be_two_stays_two(home):
    home.put(PREPRINT, replace(ARTICLE, authors=()))
    assert home.ids() == {PREPRINT.id, ARTICLE.id}
    assert [(pair.one.paper.id, pair.other.paper.id) for pair in home.joining.pairs()] == [
        (PREPRINT.id, ARTICLE.id)
    ]
    home.joining.keep_apart(ARTICLE.id, PREPRINT.id)
    assert home.joining.pairs() == []
    would_be = home.corpus.put([ARTICLE, PREPRINT, paper()], added=NOW, dry_run=True)
    done = home.corpus.put([ARTICLE, PREPRINT, paper()], added=NOW)
    assert (
        [one.change for one in would_be] == [one.change for one in done] == ["updated", "unchanged", "added"]
    )
    assert {PREPRINT.id, ARTICLE.id} <= home.ids()


def test_a_preprint_and_its_published_version_join_at_import(home):
    home.put(PREPRINT, ARTICLE)
    assert home.ids() == {PREPRINT.id}
    assert home.corpus.get(ARTICLE.id).appeared == "2020"


@pytest.mark.parametrize("order", [(PREPRINT, ARTICLE), (ARTICLE, PREPRINT)])
def test_what_an_import_joined_can_be_taken_apart_and_stays_so(home, order):
    home.put(*order)
    home.marks.change([home.corpus.get(ARTICLE.id)], lambda _: Marks(note="mine"), label="x")
    assert set(home.joining.separate(ARTICLE.id)) == {PREPRINT.id, ARTICLE.id}
    assert home.corpus.get(ARTICLE.id).arxiv_id is None
    assert home.marks.get(PREPRINT.id).note == "mine"
    home.put(*order)
    assert home.ids() == {PREPRINT.id, ARTICLE.id}


def test_what_was_set_apart_is_not_joined_by_a_paper_that_may_be_either(home):
    home.put(paper(doi="10.1000/a"), paper(doi="10.1000/b"))
    home.joining.keep_apart("doi:10.1000/a", "doi:10.1000/b")
    home.put(paper(comments=3))
    assert len(home.ids()) == 3


@pytest.mark.parametrize(
    "other",
    [
        replace(ARTICLE, published="2025"),
        replace(ARTICLE, published="2015"),
        replace(ARTICLE, authors=(Author("Poe", "Ann"),)),
        replace(ARTICLE, authors=(Author("Doe", "John"),)),
        replace(ARTICLE, title="Another Theory of Small Gardens"),
        replace(ARTICLE, arxiv_id="1901.05678", id="arxiv:1901.05678"),
    ],
)
def test_what_is_doubtful_stays_two(home, other):
    home.put(PREPRINT, other)
    assert len(home.ids()) == 2


@pytest.mark.parametrize(
    ("one", "other", "is_doubtful"),
    [
        ("A Theory of Small Gardens", "A theory of small gardens", True),
        ("A Theory of Small Gardens", "The Theory of Small Gardens", True),
        ("A Theory of Small Gardens II", "A Theory of Small Gardens III", False),
        ("A Theory of 2 Gardens in the Town", "A Theory of 3 Gardens in the Town", False),
        ("A Theory of Small Gardens", "A Practice of Large Houses", False),
    ],
)
def test_titles_that_are_alike_are_shown(home, one, other, is_doubtful):
    home.put(paper(one, doi="10.1000/a", published="2020"), paper(other, doi="10.1000/b", published="2021"))
    assert len(home.joining.pairs()) == is_doubtful


def test_strangers_are_not_shown_nor_titles_alike_of_years_far_apart(home):
    home.put(paper(doi="10.1000/a", published="2001"))
    home.put(paper("The Theory of Small Gardens", doi="10.1000/b", published="2011"))
    home.put(paper(doi="10.1000/c", authors=(Author("Poe"),)))
    assert home.joining.pairs() == []


def test_equal_titles_by_one_author_are_shown_with_what_speaks_against_them(home):
    one = paper(published="2001", venue="Soil", volume="3", kind=Kind.ARTICLE)
    home.put(one, replace(one, published="2011", venue="Water", volume="4"))
    (pair,) = home.joining.pairs()
    assert pair.against == ("year", "journal", "volume")
    assert {pair.one.paper.venue, pair.other.paper.venue} == {"Soil", "Water"}


def test_a_library_joins_and_searches_by_every_id(tmp_path):
    with Library.open(tmp_path / "data", tmp_path / "cache", today=lambda: date(2026, 1, 1)) as library:
        library._corpus.put([PREPRINT, OTHER], added=NOW)
        library.joining.merge(PREPRINT.id, OTHER.id)
        library.update_index(lambda *_: None)
        assert library.search("arxiv:1901.09999").total == 1
        assert library.entry(OTHER.id).paper.id == PREPRINT.id


TAGS = st.sets(st.sampled_from(["a", "b", "c"]))
MARKS = st.builds(
    Marks,
    bookmarked=st.booleans(),
    tags=TAGS.map(lambda tags: tuple(sorted(tags))),
    note=st.sampled_from(["", "one", "two", "one and two", "three\nlines\nhere"]),
    status=st.sampled_from(Status),
    rating=st.none() | st.integers(1, 5),
)


@given(ours=MARKS, theirs=MARKS, turned=st.booleans(), more=st.none() | st.sampled_from(["later", "b"]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_mark_is_lost_in_a_merger_nor_when_it_is_taken_back(tmp_path_factory, ours, theirs, turned, more):
    home = Home(tmp_path_factory.mktemp("home"))
    home.put(PREPRINT, OTHER)
    entries = [Entry(PREPRINT, ours), Entry(OTHER, theirs)]
    home.marks.restore(entries)
    before = home.marks.get_many([PREPRINT.id, OTHER.id])
    one, other = (OTHER.id, PREPRINT.id) if turned else (PREPRINT.id, OTHER.id)
    (joined,) = home.joining.merge(one, other)
    marks = home.marks.get(joined)
    assert set(marks.tags) == {*ours.tags, *theirs.tags}
    assert marks.bookmarked == (ours.bookmarked or theirs.bookmarked)
    assert all(line in marks.note for part in (ours, theirs) for line in part.note.splitlines())
    assert marks.rating in {ours.rating, theirs.rating}
    assert (marks.rating is None) == (ours.rating is None and theirs.rating is None)
    if more:
        home.marks.change(
            [home.corpus.get(joined)], lambda now: replace(now, tags=(*now.tags, more)), label="x"
        )
    home.joining.separate(joined)
    for entry in entries:
        was, now = before.get(entry.paper.id, Marks()), home.marks.get(entry.paper.id)
        assert set(was.tags) <= set(now.tags) <= {*was.tags, more}
        assert (now.note, now.status, now.rating, now.bookmarked) == (
            was.note,
            was.status,
            was.rating,
            was.bookmarked,
        )
    home.close()


def test_each_of_many_papers_with_a_common_title_is_read_once(home, monkeypatch):
    home.put(*(paper("Editorial", doi=f"10.1000/{number}") for number in range(30)))
    read = []
    get = home.corpus.get
    monkeypatch.setattr(home.corpus, "get", lambda name: read.append(name) or get(name))
    assert home.joining.pairs() == []
    assert sorted(read) == sorted(home.ids())


def test_papers_of_one_id_are_a_pair_whoever_says_that_they_have_it(home):
    unlike = paper("Entirely Other Words", authors=(Author("Poe", "Pia"),), doi="10.1000/other")
    home.put(PREPRINT, unlike)
    assert home.joining.pairs() == []
    edit(home.marks, unlike, {"arxiv": "1901.01234"})
    (pair,) = home.joining.pairs()
    assert {pair.one.paper.id, pair.other.paper.id} == {PREPRINT.id, unlike.id}
    assert pair.likeness == 100
    assert home.joining.called("arxiv:1901.01234") == [PREPRINT.id, unlike.id]
    home.joining.keep_apart(PREPRINT.id, unlike.id)
    assert home.joining.pairs() == []
    home.joining.travel("undo")
    assert len(home.joining.pairs()) == 1
    edit(home.marks, unlike, {"arxiv": None})
    assert home.joining.pairs() == []


def test_two_papers_that_the_user_gives_one_id_are_a_pair(home):
    unlike = paper("Entirely Other Words", authors=(Author("Poe", "Pia"),), doi="10.1000/other")
    home.put(OTHER, unlike)
    edit(home.marks, OTHER, {"doi": "10.1000/third"})
    edit(home.marks, unlike, {"doi": "10.1000/third"})
    (pair,) = home.joining.pairs()
    assert pair.one.paper.doi == pair.other.paper.doi == "10.1000/third"
    edit(home.marks, unlike, {"title": OTHER.title, "authors": "Roe, Jane", "doi": None})
    (pair,) = home.joining.pairs()
    assert pair.likeness == 100
