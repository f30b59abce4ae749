"""The program's own JSON: nothing is lost, and nothing that others write into it gets through."""

from __future__ import annotations

import json
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.details import DETAILS, details
from papers_tui.index.formats.json_lines import parsed
from papers_tui.index.formats.papers_json import JsonLines, from_json, to_json
from papers_tui.index.identity import paper_id
from papers_tui.index.paper import Entry, Kind, Marks, Paper, Status
from papers_tui.index.text import clean, clean_line, readable

KEYS = [
    "id",
    "title",
    "abstract",
    "authors",
    "author_count",
    "organization",
    "organization_handle",
    "published",
    "published_precision",
    "appeared",
    "featured",
    "comments",
    "upvotes",
    "categories",
    "kind",
    "venue",
    "volume",
    "issue",
    "pages",
    "publisher",
    "details",
    "arxiv_id",
    "doi",
    "urls",
    "stars",
    "code",
    "sources",
    "added",
    "bookmarked",
    "tags",
    "note",
    "status",
    "rating",
]
RAW = st.text(st.characters(exclude_categories=[]), max_size=30)
LINE = RAW.map(clean_line)
SOME = LINE.filter(bool)
SHOWN = (
    RAW.map(lambda text: readable(clean_line(text)))
    .map(clean_line)
    .filter(lambda text: text and readable(text) == text)
)
PROSE = RAW.map(lambda text: readable(clean(text))).filter(lambda text: readable(text) == text)
COUNT = st.none() | st.integers(0, 10**6)
DAYS = st.dates().map(lambda day: day.isoformat()).filter(lambda day: day >= "1000")
LINKS = st.sampled_from(["https://example.org/a", "http://example.org/b?c=d#e"])
AUTHORS = st.builds(Author, SOME, LINE, LINE, st.booleans())


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    arxiv = draw(st.none() | st.sampled_from(["2404.04167", "hep-th/9901001"]))
    doi = draw(st.none() | st.just("10.1000/xyz"))
    title = draw(SHOWN)
    authors = tuple(draw(st.lists(AUTHORS, max_size=4)))
    paper = Paper(
        id=paper_id(arxiv=arxiv, doi=doi, title=title),
        title=title,
        abstract=draw(PROSE),
        abstract_note=draw(st.none() | SOME),
        authors=authors,
        author_count=len(authors) or draw(st.none() | st.integers(1, 999)),
        organization=draw(st.none() | SOME),
        organization_handle=draw(st.none() | SOME),
        published=draw(st.none() | DAYS | DAYS.map(lambda day: day[:7]) | DAYS.map(lambda day: day[:4])),
        featured=tuple(sorted(draw(st.sets(DAYS, max_size=3)))),
        comments=draw(COUNT),
        upvotes=draw(COUNT),
        categories=tuple(draw(st.lists(SOME, max_size=3, unique=True))),
        kind=draw(st.sampled_from(Kind)),
        venue=draw(st.none() | SOME),
        volume=draw(st.none() | SOME),
        issue=draw(st.none() | SOME),
        pages=draw(st.none() | SOME),
        publisher=draw(st.none() | SOME),
        details=details(draw(st.dictionaries(st.sampled_from(list(DETAILS)), SOME, max_size=3))),
        arxiv_id=arxiv,
        doi=doi,
        urls=MappingProxyType(draw(st.dictionaries(SOME, LINKS, max_size=2))),
        code=draw(st.none() | LINKS),
        stars=draw(COUNT),
        sources=tuple(draw(st.lists(SOME, max_size=3, unique=True))),
        added=draw(st.none() | st.just("2026-01-02T03:04:05Z")),
        source_title=draw(st.none() | SOME),
        source_abstract=draw(st.none() | RAW.map(clean).filter(bool)),
    )
    marks = Marks(
        bookmarked=draw(st.booleans()),
        tags=tuple(sorted(draw(st.sets(SOME, max_size=3)))),
        note=draw(RAW.map(clean)),
        status=draw(st.sampled_from(Status)),
        rating=draw(st.none() | st.integers(1, 5)),
    )
    return Entry(paper, marks)


@settings(max_examples=200, deadline=None)
@given(entries())
def test_papers_and_marks_come_back_whole(entry: Entry) -> None:
    (line,) = JsonLines().write([entry])
    assert line.count("\n") == 1
    assert from_json(parsed(line)) == entry


def test_every_key_is_there_and_unknown_is_null_or_empty() -> None:
    document = to_json(Entry(Paper(id="title:x-00000000", title="x")))
    assert document.keys() >= set(KEYS)
    assert {key: value for key, value in document.items() if value not in (None, "", [], {}, False)} == {
        "id": "title:x-00000000",
        "title": "x",
        "kind": "other",
        "status": "unread",
        "published_precision": "none",
    }


def test_authors_are_counted_and_their_parts_kept_where_names_do_not_tell_them() -> None:
    plain, odd = Author("Bee", "Anna"), Author("Stéphane Le", "Roux")
    document = to_json(Entry(Paper(id="title:x-00000000", title="x", authors=(plain, odd))))
    assert document["authors"] == ["Anna Bee", "Roux Stéphane Le"]
    assert document["author_count"] == 2
    assert document["author_parts"] == [None, ["Stéphane Le", "Roux", "", False]]
    assert from_json(document).paper.authors == (plain, odd)
    assert to_json(Entry(Paper(id="title:x-00000000", title="x", authors=(plain,))))["author_parts"] == []


def test_a_later_version_s_keys_are_passed_over() -> None:
    assert (
        from_json({"id": "arxiv:2404.04167", "title": "x", "mood": {"a": [1]}, "score": 1.5}).paper.title
        == "x"
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", 7),
        ("title", ""),
        ("title", "\x1b[0m"),
        ("abstract", ["x"]),
        ("authors", "Anna Bee"),
        ("authors", [{}]),
        ("author_count", "13"),
        ("comments", -1),
        ("comments", True),
        ("comments", 1.5),
        ("comments", 10**30),
        ("published", "soon"),
        ("published", "2024-13"),
        ("published", "2024-02-30"),
        ("published", "20240230"),
        ("featured", ["today"]),
        ("featured", "2024-01-01"),
        ("categories", "cs.CL"),
        ("kind", "poem"),
        ("arxiv_id", "hello"),
        ("doi", "hello"),
        ("urls", []),
        ("added", "yesterday"),
        ("added", "2026-13-02T03:04:05Z"),
        ("bookmarked", "yes"),
        ("tags", [1]),
        ("note", 5),
        ("status", "burnt"),
        ("rating", 6),
        ("rating", 0),
        ("author_parts", [["a", "b", "c"]]),
        ("sources", [None]),
    ],
)
def test_a_field_of_the_wrong_type_is_named(key: str, value: object) -> None:
    document = {"id": "arxiv:2404.04167", "title": "x", "authors": ["Anna Bee"]} | {key: value}
    with pytest.raises(ValueError, match="title" if key == "title" else key):
        from_json(document)


@pytest.mark.parametrize("document", [None, 7, "x", [], [{"title": "x"}], {}])
def test_what_is_no_record_is_refused(document: object) -> None:
    with pytest.raises(ValueError, match=r"record|title"):
        from_json(document)


def test_hostile_texts_are_clean_and_hostile_links_are_left_out() -> None:
    entry = from_json(
        {
            "id": "arxiv:2404.04167v3",
            "title": "a\x1b]52;c;AAAA\x07b\ud800\u202e",
            "authors": ["Eve\n\x9b2J", ""],
            "note": "n\x00o\x1b[31mte",
            "tags": ["b\x1b[0m", "a", "", "a"],
            "urls": {
                "pdf": "javascript:alert(1)",
                "x\x1b[0m": "https://example.org/",
                "y": "https://u:p@example.org/",
            },
            "code": "file:///etc/passwd",
        }
    )
    assert entry.paper.id == "arxiv:2404.04167"
    assert entry.paper.title == "ab\ufffd"
    assert [author.name for author in entry.paper.authors] == ["Eve"]
    assert entry.paper.urls == {"x": "https://example.org/"}
    assert entry.paper.code is None
    assert entry.marks == Marks(note="note", tags=("a", "b"))


def test_an_id_that_contradicts_the_paper_is_made_anew() -> None:
    assert from_json({"id": "title:../../x", "title": "A B", "abstract": "c"}).paper.id.startswith(
        "title:a-b-"
    )
    assert (
        from_json({"id": "title:x-0000000a", "title": "A B", "doi": "10.1000/xyz"}).paper.id
        == "doi:10.1000/xyz"
    )
    assert from_json({"id": "title:x-0000000a", "title": "A B"}).paper.id == "title:x-0000000a"


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | RAW,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | RAW, inner, max_size=8)
        ),
        max_leaves=20,
    )
)
def test_any_document_is_an_entry_or_says_why_not(document: object) -> None:
    try:
        entry = from_json(document)
    except ValueError as error:
        entry = None
        reason = str(error)
    if entry is None:
        assert reason
    else:
        json.dumps(to_json(entry), ensure_ascii=False).encode()
