"""Input without measure: it is cut, or given up, with a word of it; and it fills neither memory nor time."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from typing import Any

import pytest

from papers_tui.index.errors import UnusableInput, WrongUsage
from papers_tui.index.formats import Options, Rejected, Remark, open_stream
from papers_tui.index.formats.bounds import (
    MAX_AUTHORS,
    MAX_ITEMS,
    MAX_LINE,
    MAX_NAME,
    MAX_REJECTED,
    MAX_TITLE,
)
from papers_tui.index.paper import Entry
from papers_tui.index.text import MAX_FIELD

RECORD = {"id": "arxiv:2404.04167", "title": "One", "abstract": "We do.", "arxiv_id": "2404.04167"}
LINE = json.dumps(RECORD).encode() + b"\n"


def read(data: bytes, **how: Any) -> tuple[list[Entry], list[str], list[Rejected], UnusableInput | None]:
    """Return the papers of an input, what was remarked and rejected, and what ended the reading."""
    items, end = [], None
    try:
        for item in open_stream(io.BytesIO(data), Options(**how)).items:
            items.append(item)  # noqa: PERF402 - what came before the end counts
    except UnusableInput as error:
        end = error
    remarks = [item.text for item in items if isinstance(item, Remark)]
    rejected = [item for item in items if isinstance(item, Rejected)]
    return [item for item in items if isinstance(item, Entry)], remarks, rejected, end


@pytest.mark.parametrize(
    ("key", "given", "field", "kept", "said"),
    [
        (
            "title",
            "T" * (MAX_TITLE + 1),
            "title",
            "T" * (MAX_TITLE - 1) + "…",
            "the title was cut at 20,000 of 20,001",
        ),
        ("title", "T" * MAX_TITLE, "title", "T" * MAX_TITLE, None),
        (
            "venue",
            "V" * MAX_LINE + "VV",
            "venue",
            "V" * (MAX_LINE - 1) + "…",
            "the venue was cut at 10,000 of 10,002",
        ),
        ("abstract", "a" * MAX_FIELD, "abstract", "a" * MAX_FIELD, None),
        (
            "abstract",
            "a" * MAX_FIELD + "bc",
            "abstract",
            "a" * (MAX_FIELD - 1) + "…",
            "the abstract was cut at 5,000,000",
        ),
        (
            "categories",
            [f"c.{n}" for n in range(MAX_ITEMS + 1)],
            "categories",
            tuple(f"c.{n}" for n in range(MAX_ITEMS)),
            "categories: the first 1,000 of 1,001 were taken",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 50 else "",
)
def test_what_is_too_long_is_cut_and_the_report_says_so(key, given, field, kept, said) -> None:
    (entry,), remarks, rejected, end = read(json.dumps(RECORD | {key: given}).encode())
    assert getattr(entry.paper, field) == kept
    assert rejected == []
    assert end is None
    assert len(remarks) == (said is not None)
    assert said is None or said in remarks[0]
    assert said is None or remarks[0].startswith("arxiv:2404.04167: ")


def test_a_detail_without_end_is_cut() -> None:
    given = {"series": "S" * (MAX_LINE + 1), "address": "Berlin", "no_such": "x"}
    (entry,), remarks, *_ = read(json.dumps(RECORD | {"details": given}).encode())
    assert entry.paper.details == {"series": "S" * (MAX_LINE - 1) + "…", "address": "Berlin"}
    assert remarks == ["arxiv:2404.04167: series of the publication was cut at 10,000 characters"]


def test_authors_without_end_are_counted_and_the_first_kept() -> None:
    names = [f"A{n} Bee" for n in range(MAX_AUTHORS + 5)]
    (entry,), remarks, *_ = read(json.dumps(RECORD | {"authors": names}).encode())
    assert len(entry.paper.authors) == MAX_AUTHORS
    assert entry.paper.author_count == MAX_AUTHORS + 5
    assert remarks == ["arxiv:2404.04167: authors: the first 20,000 of 20,005 were taken"]


def test_a_name_without_end_is_cut() -> None:
    (entry,), remarks, *_ = read(json.dumps(RECORD | {"authors": ["Ada Lovelace", "x" * 5000]}).encode())
    assert [len(author.name) for author in entry.paper.authors] == [12, MAX_NAME]
    assert remarks == ["arxiv:2404.04167: names of authors were cut at 1,000 characters"]


@pytest.mark.parametrize(
    "text",
    [
        "@article{k, title={%s}, author={A. Bee}, year=2024}",
        "TY  - JOUR\nTI  - %s\nAU  - Bee, A.\nER  - \n",
        "title,author,doi\n%s,A. Bee,10.1000/x\n",
        '[{"type": "article", "title": "%s", "author": [{"family": "Bee"}], "id": "k"}]',
    ],
    ids=["bibtex", "ris", "csv", "csl-json"],
)
def test_every_format_is_cut_alike(text) -> None:
    (entry,), remarks, *_ = read((text % ("T" * 50_000)).encode())
    assert len(entry.paper.title) == MAX_TITLE
    assert "the title was cut at 20,000 of 50,000 characters" in remarks[0]


def test_a_file_of_rejects_is_given_up_and_one_of_papers_is_not() -> None:
    *_, rejected, end = read(LINE + b"{}\n" * (MAX_REJECTED + 100))
    assert end is not None
    assert "more than 20,000 parts cannot be read" in end.message
    assert end.where == f"line {MAX_REJECTED + 2}"
    assert len(rejected) == MAX_REJECTED + 1
    papers, _, rejected, end = read((LINE + b"{}\n") * (MAX_REJECTED + 100))
    assert end is None
    assert len(papers) == len(rejected) == MAX_REJECTED + 100


@pytest.mark.parametrize(
    ("squeeze", "filler"),
    [(gzip.compress, b"\n"), (gzip.compress, b"["), (bz2.compress, b"\n"), (lzma.compress, b"\n")],
    ids=["gzip of blanks", "gzip of a line", "bzip2", "xz"],
)
def test_a_bomb_is_given_up_after_what_came_before_it(squeeze, filler) -> None:
    papers, _, _, end = read(squeeze(LINE + filler * (70 << 20)))
    assert [entry.paper.id for entry in papers] == ["arxiv:2404.04167"]
    assert end is not None
    assert "it expands more than 250-fold" in end.message


def test_text_that_compresses_well_is_no_bomb() -> None:
    data = b"".join(json.dumps(RECORD | {"abstract": f"{n} " * 200}).encode() + b"\n" for n in range(3000))
    papers, *_, end = read(lzma.compress(data))
    assert end is None
    assert len(papers) == 3000


@pytest.mark.parametrize("filler", ["[],", "{},", "1,", '"",'])
def test_json_of_values_without_end_is_refused_before_it_fills_the_memory(filler) -> None:
    line = '{"title": "x", "urls": [' + filler * 1_000_001 + "1]}\n"
    papers, _, rejected, end = read(LINE + line.encode() + LINE)
    assert len(papers) == 2
    assert [one.why for one in rejected] == ["not JSON of papers: more than 1,000,000 values"]
    assert end is None


@pytest.mark.parametrize("opening", ["[", '{"title":', '{"hits": [', '[{"title": "x", "authors": '])
def test_json_without_a_bottom_is_refused(opening) -> None:
    *_, rejected, end = read((opening * 200_000).encode(), format="jsonl")
    assert rejected or end is not None


def test_a_listing_of_too_many_lines_is_refused() -> None:
    *_, end = read(b"Daily Papers\n" + b"A.\n" * 200_000)
    assert end is not None
    assert "200,001 lines are too many" in end.message


@pytest.mark.parametrize(
    "name", ["idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "hex"]
)
def test_what_is_no_encoding_of_texts_is_refused_by_name(name) -> None:
    with pytest.raises(WrongUsage, match=name):
        read(LINE, encoding=name)


def test_a_bibliography_may_name_an_encoding_that_is_none() -> None:
    papers, *_ = read(b"% Encoding: idna\n@article{k, title={Caf\xe9}, author={A. Bee}, year=2024}\n")
    assert [entry.paper.title for entry in papers] == ["Café"]
