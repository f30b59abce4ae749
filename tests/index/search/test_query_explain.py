"""How a query was read, in words."""

from __future__ import annotations

from datetime import date

import pytest

from papers_tui.index.search.explain import explain
from papers_tui.index.search.parser import parse

TODAY = date(2025, 11, 19)


def told(text: str) -> str:
    return explain(parse(text, today=TODAY))


def test_a_query_in_words() -> None:
    first = 'scaling "mixture of experts" (title:llama OR date:2025-06..)'
    assert told(f"{first} -(is:read OR cat:cs) autor:x sort:date law") == (
        "Papers with\n"
        "  all of\n"
        '    the word "scaling"\n'
        '    the words "mixture of experts" together\n'
        "    any of\n"
        '      the word "llama" in the title\n'
        "      published from 2025-06-01 on\n"
        "    not any of\n"
        "      the state read\n"
        '      the category "cs" or one below it\n'
        '    the word "x"\n'
        '    the word "law" or one that begins with it\n'
        "Order: newest publication first\n"
        "Hint: no field 'autor', did you mean author:?"
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "Every paper"),
        ("author:le* ", 'a word that begins with "le" in an author\'s name'),
        ("comments:>3 ", "4 or more comments"),
        ("comments:1 ", "1 comment"),
        ("authors:<=3 ", "at most 3 authors"),
        ("stars:5..10 ", "5 to 10 stars"),
        ("rating:4 ", "a rating of 4"),
        ("date:2024-05-01 ", "published on 2024-05-01"),
        ("featured:2024 ", "listed from 2024-01-01 to 2024-12-31"),
        ("added:..2024 ", "imported until 2024-12-31"),
        ("date:>9999 ", "published from 9999-12-31 on"),
        ("tag:fp ", 'the tag "fp"'),
        ("tag:fp", 'a tag that begins with "fp"'),
        ("-tag:fp ", 'not the tag "fp"'),
        ("id:2404.04167 ", 'the identifier "arxiv:2404.04167"'),
        ("id:2404* ", 'an identifier that begins with "arxiv:2404"'),
        ("source:listing ", 'the source "listing"'),
        ("is:bookmarked ", "a bookmark"),
        ("has:doi ", "a DOI"),
        ("-sort:title ", "Order: titles from Z to A"),
        ("is:read ", "Order: newest publication first"),
        ("-a ", "Order: newest publication first"),
        ("a ", "Order: best match first"),
        ("a is:read ", "Order: best match first"),
        ("is:bookmarked OR (a is:read) ", "Order: best match first"),
        ("is:bookmarked is:read ", "Order: newest publication first"),
        ('"a', "Hint: unclosed quote"),
    ],
)
def test_each_condition_in_words(text: str, line: str) -> None:
    assert line in [part.strip() for part in told(text).splitlines()]


def test_nothing_that_was_typed_reaches_the_terminal_raw() -> None:
    said = told('a\u202eb tag:"x\x1b[31my" source:\u2066z foo\u202e:bar\u061c')
    assert all(line.isprintable() for line in said.splitlines())
