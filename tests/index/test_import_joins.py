"""What an import takes for one paper by the title alone: said, remembered, and taken apart with its marks."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.formats.papers_json import to_json
from papers_tui.index.identity import paper_id
from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library
from papers_tui.index.paper import Entry, Kind, Marks, Paper
from papers_tui.index.store.corpus import Corpus

TITLE = "A Theory of Small Gardens"
NOW = "2026-01-01T00:00:00Z"


def paper(title=TITLE, authors="Jane Roe; John Doe", **fields):
    found = paper_id(arxiv=fields.get("arxiv_id"), doi=fields.get("doi"), title=title)
    parsed = tuple(Author.parse(name) for name in authors.split("; ") if name)
    return Paper(id=found, title=title, authors=parsed, **fields)


SOIL = {"venue": "Soil", "volume": "3", "pages": "12-20", "published": "2020", "kind": Kind.ARTICLE}
WATER = {"venue": "Water", "volume": "9", "pages": "1201", "published": "2016", "kind": Kind.ARTICLE}
PREPRINT = paper(arxiv_id="1901.01234", published="2019-01-03", kind=Kind.PREPRINT)
ARTICLE = paper(**SOIL)
OTHER_ARTICLE = paper(**WATER)


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path / "data", tmp_path / "cache", today=lambda: date(2026, 1, 1)) as opened:
        yield opened


@pytest.fixture
def load(library, tmp_path):
    def run(*entries, name="papers.jsonl", dry_run=False):
        lines = [json.dumps(to_json(one if isinstance(one, Entry) else Entry(one))) for one in entries]
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        report = library.import_paths([path], ImportOptions(dry_run=dry_run), lambda _: None)
        (file,) = report.files
        assert not file.rejected
        assert file.read == file.added + file.updated + file.unchanged == len(entries)
        return file

    return run


def test_papers_of_one_title_in_two_journals_stay_two_and_are_shown(library, load):
    done = load(ARTICLE, OTHER_ARTICLE)
    assert (done.added, done.joined, done.doubtful) == (2, [], 1)
    assert any("papers-tui duplicates" in remark for remark in done.remarks)
    (pair,) = library.joining.pairs()
    assert {pair.one.paper.venue, pair.other.paper.venue} == {"Soil", "Water"}
    again = load(ARTICLE, OTHER_ARTICLE)
    assert (again.unchanged, again.remarks) == (2, [])


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_join_by_title_is_said_and_counts_as_a_change(load, dry_run):
    load(PREPRINT)
    done = load(ARTICLE, dry_run=dry_run)
    assert done.joined == [(ARTICLE.id, PREPRINT.id)]
    assert done.updated == 1
    (remark,) = done.remarks
    assert ARTICLE.id in remark
    assert "merge --undo" in remark


def test_a_join_that_adds_nothing_is_said_too(load):
    load(replace(PREPRINT, **SOIL, appeared="2020"))
    done = load(ARTICLE)
    assert (done.updated, len(done.joined)) == (1, 1)
    again = load(ARTICLE)
    assert (again.unchanged, again.remarks) == (1, [])


def test_what_a_source_counts_anew_is_no_join(load):
    listed = paper(authors="", organization="NVIDIA", published="2024-04-05", comments=3)
    load(listed)
    done = load(replace(listed, comments=7, featured=("2024-04-09",), abstract="Words."))
    assert (done.updated, done.remarks) == (1, [])


def test_a_join_by_title_is_taken_apart_with_the_marks_of_either(library, load):
    load(Entry(PREPRINT, Marks(tags=("mine",), note="about the preprint")))
    load(Entry(ARTICLE, Marks(tags=("theirs",), note="about the article", bookmarked=True)))
    both = library.entry(PREPRINT.id)
    assert both.marks.tags == ("mine", "theirs")
    assert {"about the preprint", "about the article"} <= set(both.marks.note.splitlines())
    ours, theirs = library.joining.separate(PREPRINT.id)
    kept, taken = library.entry(ours), library.entry(theirs)
    assert (kept.paper.id, kept.paper.venue, taken.paper.venue) == (PREPRINT.id, None, "Soil")
    assert (kept.marks.tags, kept.marks.note, kept.marks.bookmarked) == (
        ("mine",),
        "about the preprint",
        False,
    )
    assert (taken.marks.tags, taken.marks.note, taken.marks.bookmarked) == (
        ("theirs",),
        "about the article",
        True,
    )
    assert load(ARTICLE, PREPRINT).joined == []
    assert library.count() == 2


def test_two_papers_of_one_file_and_one_id_are_taken_apart(library, load):
    one, other = paper(published="2020"), paper(**SOIL)
    assert one.id == other.id
    done = load(Entry(one, Marks(tags=("a",))), Entry(other, Marks(tags=("b",))))
    assert (done.added, done.updated, library.count()) == (1, 1, 1)
    ids = library.joining.separate(one.id)
    assert len(set(ids)) == 2
    found = [library.entry(paper_id) for paper_id in ids]
    assert [(entry.paper.venue, entry.marks.tags) for entry in found] == [(None, ("a",)), ("Soil", ("b",))]
    again = load(one, other)
    assert (again.unchanged, library.count()) == (2, 2)


def test_two_papers_of_one_id_stay_apart_when_they_come_anew(library, load, tmp_path):
    entries = Entry(paper(published="2020"), Marks(tags=("a",))), Entry(paper(**SOIL), Marks(tags=("b",)))
    load(*entries)
    ids = library.joining.separate(entries[0].paper.id)
    library.close()
    (tmp_path / "data" / "papers.db").unlink()
    with Library.open(tmp_path / "data", tmp_path / "cache") as again:
        again.import_paths([tmp_path / "papers.jsonl"], ImportOptions(), lambda _: None)
        found = [again.entry(paper_id) for paper_id in ids]
    assert [(entry.paper.venue, entry.marks.tags) for entry in found] == [(None, ("a",)), ("Soil", ("b",))]


def test_papers_that_a_third_one_joins_are_taken_apart_with_their_marks(library, load):
    one, other = paper("On Gardens", doi="10.1000/a"), paper("On Houses", arxiv_id="1901.05678")
    load(Entry(one, Marks(tags=("a",))), Entry(other, Marks(tags=("b",))))
    load(paper("On Houses", arxiv_id="1901.05678", doi="10.1000/a"))
    assert library.entry(one.id).marks.tags == ("a", "b")
    library.joining.separate(one.id)
    assert library.entry(one.id).marks.tags == ("a",)
    assert library.entry(other.id).marks.tags == ("b",)


WORKS = [
    {"authors": "Jane Roe; John Doe", "arxiv_id": "1901.01234", **SOIL, "doi": "10.1000/soil"},
    {"authors": "Jane Roe; Ann Poe", "arxiv_id": "1501.05678", **WATER, "doi": "10.1000/water"},
    {"authors": "Kim Lee; Ida Moe; Ben Coe", **SOIL, "volume": "11", "pages": "7-8", "published": "2003"},
]


def descriptions(title, work):
    """Return how several sources describe one work."""
    whole = paper(title, **work)
    bare = {"arxiv_id": None, "doi": None, "id": paper_id(arxiv=None, doi=None, title=title)}
    short = tuple(Author(author.family, f"{author.given[0]}.") for author in whole.authors)
    yield replace(whole, **bare)
    yield replace(whole, **bare, authors=short, comments=3)
    yield replace(whole, **bare, pages=None, issue="2", authors=whole.authors[:1], author_count=len(short))
    if whole.doi:
        yield replace(whole, arxiv_id=None, id=f"doi:{whole.doi}", authors=short)
        yield replace(
            paper(title, work["authors"], arxiv_id=whole.arxiv_id),
            kind=Kind.PREPRINT,
            published=f"{int(whole.published) - 1}-05-06",
        )


ALL = [one for title in (TITLE, "Pruning") for work in WORKS for one in descriptions(title, work)]
ALL = [one for one in ALL if one.title == TITLE or not (one.arxiv_id or one.doi)]


@given(st.permutations(ALL).flatmap(lambda some: st.integers(1, len(some)).map(lambda end: some[:end])))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_imports_does_not_matter(tmp_path_factory, some):
    found = []
    for order in (some, some[::-1], sorted(some, key=ALL.index)):
        corpus = Corpus(tmp_path_factory.mktemp("corpus") / "papers.db")
        corpus.put(order, added=NOW)
        found.append(sorted(_sketch(one) for _, one in corpus.changes(0)))
        again = [outcome.change for outcome in corpus.put(some, added=NOW)]
        assert again == ["unchanged"] * len(some)
        corpus.close()
    assert found[0] == found[1] == found[2]


def _sketch(one):
    families = ",".join(sorted(author.family for author in one.authors))
    return one.title, families, one.arxiv_id or "", one.doi or "", one.volume or "", one.appeared or ""


@pytest.mark.parametrize("meanwhile", ["", "a", "ba"])
@pytest.mark.parametrize("way", ["undo", "separate"])
def test_an_import_after_a_merger_was_taken_apart_changes_nothing(tmp_path, way, meanwhile):
    entry = "@article{%s, title={On Small Gardens Now}, author={Roe, J.}, year=2001, journal={%s}}\n"
    texts = {"a": entry % ("a", "Soil"), "b": entry % ("b", "Water")}

    def imported(names):
        stdin = BytesIO("".join(texts[name] for name in names).encode())
        library.import_paths([], ImportOptions(format="bibtex"), lambda _: None, stdin=stdin)
        return {one.id: one for _, one in library._corpus.changes(0) if one}

    with Library.open(tmp_path / "data", tmp_path / "cache") as library:
        before = imported("ab")
        library.joining.merge(*before)
        imported(meanwhile)
        _ = library.undo() if way == "undo" else library.joining.separate(next(iter(before)))
        assert imported("ba") == before
        assert len(library.joining.pairs()) == 1
