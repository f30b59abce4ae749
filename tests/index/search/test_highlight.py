"""Where the words of a query stand in a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.search.highlight import Highlighter
from papers_tui.index.search.parser import parse

TODAY = date(2025, 11, 19)


def marked(query: str, text: str, field: str = "title", corrections=()) -> list[str]:
    spans = Highlighter(parse(query, today=TODAY), corrections).spans(text, field)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("model ", "A Model, two models; remodel modelling", ["Model", "models"]),
        ("models ", "A model of étude", ["model"]),
        ("etude ", "A model of Étude", ["Étude"]),
        ("scal", "Scaling a scale: rescaled", ["Scaling", "scale"]),
        ("scal*  ", "Scaling a scale: rescaled", ["Scaling", "scale"]),
        ("scal ", "Scaling a scale", []),
        ("studi", "A study of studies", ["study", "studies"]),
        ("a b ", "b a c", ["b", "a"]),
        ("a OR b ", "b a c", ["b", "a"]),
        ("-a b ", "b a c", ["b"]),
        ("b -(a OR c) ", "b a c", ["b"]),
        ("a -(-b) ", "a b", ["a", "b"]),
        ('"language model" ', "A Language Model; model language, language models", ["Language", "Model"]),
        ('"model" ', "model models", ["model"]),
        ('"language mod*" ', "language models, model", ["language", "models"]),
        ('"mod*" ', "language models, model", ["models", "model"]),
        ('"language mod', "language model", ["language", "model"]),
        (
            "pretraining ",
            "Pre-training, pre training, pretraining, pre",
            ["Pre-training", "pre", "training", "pretraining"],
        ),
        (
            "pre-training ",
            "Pre-training, pre training, pretraining",
            ["Pre-training", "pre", "training", "pretraining"],
        ),
        ("GPT-4", "GPT-4o and GPT 4, not GPT-3 or 4", ["GPT-4o", "GPT", "4"]),
        ("C++ ", "C and C++", ["C++"]),
        ("schroedinger ", "Schrödinger, Schroedinger", ["Schrödinger", "Schroedinger"]),
        ('"müller" ', "Müller and Mueller", ["Müller", "Mueller"]),
        ("fp8 ", "ＦＰ８ training", ["ＦＰ８"]),
        ("深度 ", "关于深度学习", ["深", "度"]),
        ("is:read tag:x 2404* ", "read x 2404.1", ["2404.1"]),
        ("", "anything", []),
        ("sort:date ", "date", []),
    ],
)
def test_words_that_matched(query: str, text: str, found: list[str]) -> None:
    assert marked(query, text) == found


def test_fields_are_told_apart() -> None:
    query = "title:deep author:smith model "
    text = "deep smith model"
    assert marked(query, text, "title") == ["deep", "model"]
    assert marked(query, text, "author") == ["smith", "model"]
    assert marked(query, text, "abstract") == ["model"]
    assert marked(query, text, "") == ["model"]


@dataclass(frozen=True)
class Correction:
    word: str
    used: str


def test_what_was_searched_instead_of_a_misspelt_word() -> None:
    corrections = [Correction("trnasformer", "transformer")]
    assert marked("Trnasformer deep ", "Deep transformers", corrections=corrections) == [
        "Deep",
        "transformers",
    ]
    assert marked("title:trnasformer ", "transformers", "abstract", corrections) == []
    assert marked("-trnasformer deep ", "Deep transformers", corrections=corrections) == ["Deep"]


@pytest.mark.parametrize("query", ['"' + "a " * 4_000 + '"', '"a a a a b" ' * 500, "a* " * 500, "a-a " * 500])
def test_long_texts_and_queries(query: str) -> None:
    spans = Highlighter(parse(query, today=TODAY)).spans("a " * 100_000, "abstract")
    assert spans == sorted(set(spans))


@given(
    st.lists(
        st.sampled_from(["a", "b-c", '"a b"', "d*", "ab", "-e", "title:a", '"b c d', "(a OR d", "é"]),
        max_size=6,
    ),
    st.lists(
        st.sampled_from(["a", "b", "c", "ab", "b-c", "d", "E", "é", " ", "-", "İ", "ﬁ", "\U0001f600", "$"]),
        max_size=30,
    ),
)
@settings(max_examples=300, deadline=None)
def test_spans_are_in_order_and_apart(query: list[str], text: list[str]) -> None:
    shown = "".join(text)
    spans = Highlighter(parse(" ".join(query), today=TODAY)).spans(shown, "title")
    ends = [0, *(place for span in spans for place in span)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in spans)
    assert not ends[1:] or ends[-1] <= len(shown)
