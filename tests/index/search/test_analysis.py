import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers_tui.index.search.analysis import LONGEST_TERM, analyse, tokenize, units, words
from papers_tui.index.search.inflection import forms, forms_of_unfinished, stem
from papers_tui.index.text import fold


def terms(text: str) -> set[str]:
    return {token.term for token in tokenize(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pre-Training of LLMs", {"pre", "training", "pretraining", "of", "llms"}),
        ("GPT-4", {"gpt", "4", "gpt4"}),
        ("GPT-4.5", {"gpt", "4.5", "gpt4.5"}),
        ("1.5-Pints", {"1.5", "pints", "1.5pints"}),
        ("C++, C# and .NET.", {"c++", "c#", "and", ".net", "net"}),
        ("mT5", {"mt5"}),
        ("Newton's law", {"newton", "law"}),
        ("O’Brien", {"o", "brien", "obrien"}),
        ("AT&T", {"at", "t", "att"}),
        ("α-helix", {"α", "helix", "αhelix", "alpha"}),
        ("H₂O ＦＵＬＬ ﬁne", {"h2o", "full", "fine"}),
        ("García–Pérez", {"garcia", "perez", "garciaperez"}),
        ("deep 深度学习", {"deep", "深", "度", "学", "习"}),
        ("arXiv 2404.04167v2", {"arxiv", "2404.04167v2"}),
        ("the end.Next", {"the", "end", "next", "endnext"}),
        ("snake_case", {"snake", "case", "snakecase"}),
        ("किताब", {"किताब"}),
        ("… — ‘’ -- ___", set()),
    ],
)
def test_terms_of(text, expected):
    assert terms(text) == expected


def test_decomposed_accents_are_the_same_word_in_the_same_place():
    (token,) = tokenize("  Erdo\u030bs  ")
    assert (token.term, token.start, token.end) == ("erdos", 2, 8)


def test_positions_count_parts_and_aliases_stand_on_the_first():
    assert [(t.term, t.position) for t in tokenize("low-rank adaptation")] == [
        ("lowrank", 0),
        ("low", 0),
        ("rank", 1),
        ("adaptation", 2),
    ]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_offsets_are_ordered_inside_the_text_and_terms_bounded(text):
    for token in tokenize(text):
        assert 0 <= token.start < token.end <= len(text)
        assert 0 < len(token.term) <= LONGEST_TERM


@given(st.text(alphabet="aZéßﬁ日Ａ１.-'’&+# \n_α٣", max_size=60))
def test_text_folded_first_has_the_same_terms(text):
    assert terms(text) == {
        t for unit in units(fold(text)) for t in (*analyse(unit).parts, *analyse(unit).aliases)
    }


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("model", "models"),
        ("study", "studies"),
        ("class", "classes"),
        ("box", "boxes"),
        ("cache", "caches"),
        ("search", "searches"),
        ("house", "houses"),
        ("movie", "movies"),
        ("bias", "biases"),
        ("matrix", "matrices"),
        ("analysis", "analyses"),
        ("corpus", "corpora"),
        ("index", "indices"),
        ("index", "indexes"),
        ("hero", "heroes"),
        ("llm", "llms"),
    ],
)
def test_singular_and_plural_find_each_other_at_every_keystroke(one, many):
    assert stem(one) == stem(many)
    assert many in forms(one)
    assert one in forms(many)
    for length in range(3, len(many) + 1):
        typed = many[:length]
        assert one.startswith(typed) or one in forms_of_unfinished(typed)


@pytest.mark.parametrize("word", ["gauss", "this", "bus", "gas", "is", "s", "bias", "chaos", "class"])
def test_not_every_s_is_a_plural(word):
    assert stem(word) == word


@given(st.text(alphabet="aeiosxhcyzmu", min_size=1, max_size=7))
def test_forms_are_exactly_the_terms_of_one_stem(word):
    assert word in forms(word)
    assert all(stem(form) == stem(word) for form in forms(word))
    for other in (word + "s", word + "es", word.removesuffix("s"), word.removesuffix("es")):
        assert not other or (other in forms(word)) == (stem(other) == stem(word))


signs = st.text(st.sampled_from("aBCn12.net-'&_+#/,( )\n\té–’α深İΣßﬁ´≠\u0301\u093e\ud800"), max_size=40)


@given(signs | st.text(max_size=40))
def test_no_unit_reaches_beyond_a_word(text):
    assert [unit for word in words(text) for unit in units(word)] == units(fold(text))
