"""Completion in the query box: what is offered at the cursor, and what accepting it makes of the query."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.paper import Marks, Status
from papers_tui.index.search.completion import MOST, Candidate, complete
from papers_tui.index.search.fields import FIELDS, PARTS, SORT_KEYS, STATES
from papers_tui.index.search.marked import Marked
from papers_tui.index.search.parser import parse


@pytest.fixture
def shelf(index_of, paper):
    found = index_of(
        paper(
            "One",
            published="2021",
            categories=("cs.CL", "cs.LG"),
            organization="Meta AI",
            authors=["Yann LeCun", "José García"],
            sources=("listing:today.txt",),
            venue="Proc. of NeurIPS 34",
        ),
        paper(
            "Two",
            published="2023",
            categories=("cs.CL",),
            organization="Google DeepMind",
            authors=["Yann LeCun", "Jose Garcia", "Ada Lovelace"],
            doi="10.1000/2",
            venue="NeurIPS",
        ),
        paper(
            "Three",
            published="2023",
            categories=("math.AG",),
            organization="Meta AI",
            authors=["José García"],
        ),
    )
    found.marked = Marked(
        {
            1: Marks(tags=("To Read", "fp4"), status=Status.READ),
            2: Marks(tags=("to read",), note="x"),
            3: Marks(tags=("fp8", "fp4"), status=Status.READ),
        }
    )
    return found


def offered(found, text, cursor=None):
    completions = found.searcher.completions(text, len(text) if cursor is None else cursor, found.marked)
    return [(one.label, one.count) for one in completions]


def accepted(found, text, cursor=None, number=0):
    """The text of the query after one of the completions was accepted."""
    one = found.searcher.completions(text, len(text) if cursor is None else cursor, found.marked)[number]
    return text[: one.start] + one.text + text[one.end :]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("tag:", [("To Read", 2), ("fp4", 2), ("fp8", 1)]),
        ("tag:F", [("fp4", 2), ("fp8", 1)]),
        ("tag:#fp8", [("fp8", 1)]),
        ('-tag:"to r', [("To Read", 2)]),
        ("x (tag:(fp4 OR t", [("To Read", 2)]),
        ("cat:cs.", [("cs.CL", 2), ("cs.LG", 1)]),
        ("category:MA", [("math", 1), ("math.AG", 1)]),
        ("org:m", [("Meta AI", 2)]),
        ("org:deep", [("Google DeepMind", 1)]),
        ("author:le", [("Yann LeCun", 2)]),
        ('author:"yann l', [("Yann LeCun", 2)]),
        ('author:"ada lovelace', [("Ada Lovelace", 1)]),
        ("author:garc", [("José García", 3)]),
        ("author:gárc", [("José García", 3)]),
        ("year:20", [("2023", 2), ("2021", 1)]),
        ("source:l", [("listing", 1), ("listing:today.txt", 1)]),
        ("is:r", [("reading", 0), ("read", 2)]),
        ("has:", [("note", 1), ("tag", 3), ("code", 0), ("doi", 1), ("abstract", 0)]),
        ("sort:da", [("date", None)]),
        ("tag:zyxwv", []),
        ("title:on", []),
        ("comments:1", []),
    ],
)
def test_values_of_fields_with_their_papers_best_first(shelf, text, values):
    assert offered(shelf, text) == values


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("au", "author:"),
        ("scaling AUT", "scaling author:"),
        ("jour", "venue:"),
        ("tag:to", 'tag:"To Read" '),
        ('tag:"to re', 'tag:"To Read" '),
        ("tags:fp8", "tags:fp8 "),
        ("org:", 'org:"Meta AI" '),
        ("author:lec", 'author:"Yann LeCun" '),
        ("cat:cs.l", "cat:cs.LG "),
        ("-is:unr", "-is:unread "),
        ("(tag:(a OR fp8", "(tag:(a OR fp8 "),
        ("sort:up", "sort:upvotes "),
    ],
)
def test_accepting_writes_what_the_query_language_reads(shelf, text, becomes):
    assert accepted(shelf, text) == becomes
    assert (
        parse(becomes, today=date(2026, 1, 15)).hints in {(), ("unclosed parenthesis",) * 1}
        or becomes[-1] == ":"
    )


def test_within_a_query_only_the_token_at_the_cursor_is_replaced(shelf):
    assert accepted(shelf, "tag:fpx -is:read", 6) == "tag:fp4 -is:read"
    assert accepted(shelf, "tag:fpx -is:read", 4) == 'tag:"To Read" -is:read'
    assert accepted(shelf, "autor:lecun x", 2) == "author:lecun x"
    assert accepted(shelf, 'org:"me ta" x', 7) == 'org:"Meta AI" x'


def test_at_the_start_of_a_condition_every_field_is_offered(shelf):
    for text in ("", "scaling ", "tag:fp4 (", '"a phrase" -'):
        assert len(offered(shelf, text)) == len(FIELDS)


@pytest.mark.parametrize("text", ['"au', "zyxwv", "foo:au", 'tag:"fp4"', "a)", "tag:fp4)"])
def test_where_nothing_can_be_completed_nothing_is_offered(shelf, text):
    assert offered(shelf, text) == []


def test_removed_papers_and_changed_marks_count_no_more(shelf):
    assert offered(shelf, "author:lec") == [("Yann LeCun", 2)]
    shelf.corpus.remove(1)
    shelf.update()
    shelf.marked = Marked({2: Marks(tags=("new",))})
    assert offered(shelf, "author:lec") == [("Yann LeCun", 1)]
    assert offered(shelf, "org:meta") == [("Meta AI", 1)]
    assert offered(shelf, "tag:") == [("new", 1)]
    shelf.corpus.remove(2)
    shelf.update()
    assert offered(shelf, "author:lec") == []


def test_the_most_frequent_of_many_names_are_offered(index_of, paper):
    found = index_of(
        *(paper(f"Paper {one}", authors=[f"A{one % 60:02} Smith"]) for one in range(240)),
        *(paper(f"More {one}", authors=["Zoe Smith"]) for one in range(5)),
    )
    names = offered(found, "author:smi")
    assert names[0] == ("Zoe Smith", 5)
    assert len(names) == MOST


def test_without_an_index_fields_and_fixed_values_are_offered():
    assert [one.label for one in complete("is:", 3)] == list(STATES)
    assert [one.label for one in complete("has:", 4)] == list(PARTS)
    assert {one.label for one in complete("sort:", 5)} == set(SORT_KEYS)
    assert complete("tag:", 4) == []


@settings(max_examples=300, deadline=None)
@given(st.text('ta:g"()-o rOR#é\0', max_size=25), st.integers(-3, 40))
def test_any_text_can_be_completed_anywhere(text, cursor):
    for one in complete(text, cursor, lambda field, begun: [Candidate(begun or field.name, 1)]):
        assert 0 <= one.start <= one.end <= len(text)
        assert one.start <= max(0, cursor)


def test_an_endless_query_is_answered():
    text = "(" * 1_000_000 + "is:re"
    assert complete(text, len(text)) == []


def test_words_of_venues_are_offered(shelf):
    assert offered(shelf, "venue:") == [("neurips", 2), ("proc", 1)]
    assert offered(shelf, "journal:pr") == [("proc", 1)]
    assert accepted(shelf, "x venue:neu") == 'x venue:"neurips" '
