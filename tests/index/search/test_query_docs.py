"""The page on the query language says what is so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from papers_tui.index.search.fields import FIELDS, Field
from papers_tui.index.search.limits import MOST_WORDS
from papers_tui.index.search.parser import MAX_CONDITIONS, MAX_DEPTH, MAX_LENGTH, parse

TODAY = date(2025, 11, 19)
PAGE = (Path(__file__).parents[3] / "docs" / "query-language.md").read_text(encoding="utf-8")
FIELD_EXAMPLES = [example for field in FIELDS for example in field.examples]


def section(title: str) -> str:
    """Return what stands under a heading."""
    return re.split(r"^## ", PAGE.split(f"\n## {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(title: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its first two lines."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def field_row(field: Field) -> str:
    names = " ".join(f"`{name}:`" for name in (field.name, *field.aliases))
    examples = " ".join(f"`{example}`" for example in field.examples)
    return f"| {names} | {field.help} | {examples} |"


def test_the_table_of_fields_is_that_of_the_program() -> None:
    table = PAGE.split("<!-- fields -->\n", 1)[1].split("<!-- /fields -->", 1)[0].strip().splitlines()
    assert table[2:] == [field_row(field) for field in FIELDS]


@pytest.mark.parametrize("example", FIELD_EXAMPLES)
def test_examples_of_fields_read_without_a_hint(example: str) -> None:
    query = parse(f"{example} ", today=TODAY)
    assert query.hints == ()
    assert query.root is not None or query.sort is not None


@pytest.mark.parametrize("title", ["Words", "Dates", "Numbers"])
def test_examples_in_tables_read_without_a_hint(title: str) -> None:
    examples = [row[0].strip("`") for row in rows(title)]
    assert examples
    assert [parse(example, today=TODAY).hints for example in examples] == [()] * len(examples)


def test_whole_examples_read_without_a_hint() -> None:
    examples = PAGE.split("```query\n", 1)[1].split("\n```", 1)[0].splitlines()
    assert [parse(example, today=TODAY).hints for example in examples] == [()] * len(examples)


@pytest.mark.parametrize(("typed", "hint"), [row[:2] for row in rows("What is half-typed or mistaken")])
def test_hints_are_worded_as_the_page_has_them(typed: str, hint: str) -> None:
    assert parse(typed.strip("`"), today=TODAY).hints == (hint,)


def test_limits() -> None:
    assert f"up to {MAX_LENGTH:,} characters and {MAX_CONDITIONS} words and filters" in PAGE
    assert f"the first\n{MOST_WORDS} of these conditions are searched" in PAGE
    assert f"parentheses up to {MAX_DEPTH} deep" in PAGE
