from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers_tui.index.paper import Marks
from papers_tui.index.search.hints import Asked, hints_on
from papers_tui.index.search.marked import Marked
from papers_tui.index.search.query import And, Not, Or, Phrase, Query, Range, Sort, Word


def test_a_word_in_the_title_outranks_any_number_in_the_abstract(index_of, paper):
    found = index_of(
        paper("Something else", "attention " * 50),
        paper("A long title that has attention somewhere in the middle of many other words", "Nothing."),
        paper("Background", "nothing at all"),
    )
    assert found.titles("attention")[0].startswith("A long title")


def test_an_exact_phrase_outranks_scattered_words(index_of, paper):
    found = index_of(
        paper("One", "scaling of the law, a law of scaling, scaling scaling and law law"),
        paper("Two", "We find a scaling law that holds over many orders of magnitude in size and in data."),
        paper("Three", "law scaling"),
    )
    assert found.titles("scaling law")[0] == "Two"
    assert found.titles("scaling la", is_typing=True)[0] == "Two"


def test_a_title_with_the_words_in_their_order_comes_before_one_that_turns_them_round(index_of, paper):
    found = index_of(
        paper("Holes and their stability in black and white", published="2025"),
        paper("Stability of large black holes in anti-de Sitter space", published="2020"),
    )
    assert found.titles("stability holes")[0].startswith("Stability")
    assert found.titles("holes stability")[0].startswith("Holes")
    assert found.titles("stability hol", is_typing=True)[0].startswith("Stability")


def test_a_title_that_begins_with_the_words_comes_first(index_of, paper):
    found = index_of(
        paper("On quantum control theory", published="2025"),
        paper("Quantum control theory of many cold atoms in optical lattices", published="2020"),
        paper("Advances in quantum control", published="2024"),
    )
    assert found.titles("quantum control")[0].startswith("Quantum control theory")
    assert found.titles("quantum con", is_typing=True)[0].startswith("Quantum control theory")


def test_a_whole_word_outranks_its_completions(index_of, paper):
    found = index_of(
        paper("One", "modeling modeler modelling models of modelers"),
        paper("Two", "a model"),
        paper("Three", "something"),
    )
    assert found.titles("model", is_typing=True)[0] == "Two"
    assert "One" in found.titles("model", is_typing=True)


def test_ties_go_to_the_newer_paper_and_then_keep_the_order_of_import(index_of, paper):
    found = index_of(
        paper("same a", published="2024-01-01"),
        paper("same b", published="2025"),
        paper("same c"),
        paper("same d", published="2024-01-01", featured=("2024-02-01",)),
        paper("same e", published="2024-01-01"),
        paper("same f", featured=("2025-06-01",)),
    )
    assert found.titles("same") == ["same b", "same f", "same d", "same a", "same e", "same c"]
    assert found.titles("same -sort:upvotes") == found.titles("same")
    assert found.titles("") == ["same b", "same d", "same a", "same e", "same f", "same c"]


@pytest.fixture
def sortable(index_of, paper):
    return index_of(
        paper(
            "Beta",
            published="2024-06",
            upvotes=5,
            comments=9,
            featured=("2025-12-01",),
            added="2026-01-01T00:00:00Z",
        ),
        paper(
            "“alpha”",
            published="2024-06-15",
            upvotes=50,
            featured=("2026-01-14",),
            added="2026-01-03T00:00:00Z",
        ),
        paper("Éclair", published="2023", comments=0, added="2026-01-02T00:00:00Z"),
        paper("unknown"),
    )


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("sort:date", ["Beta", "“alpha”", "Éclair", "unknown"]),
        ("-sort:date", ["Éclair", "“alpha”", "Beta", "unknown"]),
        ("sort:featured", ["“alpha”", "Beta", "Éclair", "unknown"]),
        ("-sort:featured", ["Beta", "“alpha”", "Éclair", "unknown"]),
        ("sort:added", ["“alpha”", "Éclair", "Beta", "unknown"]),
        ("-sort:added", ["Beta", "Éclair", "“alpha”", "unknown"]),
        ("sort:upvotes", ["“alpha”", "Beta", "Éclair", "unknown"]),
        ("-sort:upvotes", ["Beta", "“alpha”", "Éclair", "unknown"]),
        ("sort:comments", ["Beta", "Éclair", "“alpha”", "unknown"]),
        ("-sort:comments", ["Éclair", "Beta", "“alpha”", "unknown"]),
        ("sort:trending", ["“alpha”", "Beta", "Éclair", "unknown"]),
        ("sort:title", ["“alpha”", "Beta", "Éclair", "unknown"]),
        ("-sort:title", ["unknown", "Éclair", "Beta", "“alpha”"]),
    ],
)
def test_unknown_values_come_last_in_both_directions(sortable, query, titles):
    assert sortable.titles(query) == titles


def test_without_words_the_newest_come_first(sortable):
    assert sortable.ranking("").sort == Sort("date")
    assert sortable.ranking("year:2024").sort == Sort("date")
    assert sortable.ranking("-beta").sort == Sort("date")
    assert sortable.ranking("beta").sort == Sort("relevance")
    assert sortable.ranking("beta sort:title").sort == Sort("title")


def test_pages_are_the_same_however_they_are_asked_for(index_of, paper):
    papers = [
        paper(f"word {'x' * (number % 7)} {number}", published=f"{1990 + number % 30}")
        for number in range(450)
    ]
    found = index_of(*papers)
    for query in ("word", "sort:title", "word sort:date", "xxx OR word"):
        whole = found.ranking(query).page(0, 450)
        assert len(whole) == 450
        pieces = found.ranking(query)
        assert [pieces.page(start, start + 7) for start in range(0, 450, 7)][30] == whole[210:217]
        assert pieces.page(0, 50) == whole[:50]
        backwards = found.ranking(query)
        assert backwards.page(440, 460) == whole[440:]
        assert backwards.page(-5, 3) == whole[:3]
        assert backwards.page(5, 3) == []
        assert backwards.page(500, 600) == []


def test_a_typo_is_corrected_and_said(index_of, paper):
    found = index_of(
        paper("Quantization of models", authors=["Jürgen Schmidhuber"]),
        paper("Quantum things"),
        paper("Transformers"),
    )
    for typed, used in {
        "quantizaton": "quantization",
        "qunatization": "quantization",
        "uqantization": "quantization",
        "transfromers": "transformers",
        "schmidhubr": "schmidhuber",
    }.items():
        ranking = found.ranking(typed)
        assert ranking.total == 1, typed
        assert [(each.word, each.used) for each in ranking.corrections] == [(typed, used)]
    assert found.titles("transofr", is_typing=True) == ["Transformers"]
    assert found.titles("models quantizaton") == ["Quantization of models"]


@pytest.mark.parametrize(
    "query", ["qx", "xyzzyplugh", '"quantizaton"', "-quantizaton", "quant*", "1234567", "quantizaton*"]
)
def test_what_is_no_typo_is_left_alone(index_of, paper, query):
    assert index_of(paper("Quantization")).ranking(query).corrections == ()


def test_a_rare_typo_of_others_does_not_hide_what_was_meant(index_of, paper):
    found = index_of(
        *(paper(f"Quantization {number}") for number in range(150)), paper("Quantizaton by mistake")
    )
    ranking = found.ranking("quantizaton")
    assert ranking.total == 151
    assert found.titles("quantizaton")[0] == "Quantizaton by mistake"
    assert ranking.corrections[0].used == "quantization"


def used(ranking):
    return [(each.word, each.used) for each in ranking.corrections]


def test_a_typo_is_read_as_what_papers_have_with_the_other_words(index_of, paper):
    found = index_of(
        *(paper(f"Binding of molecules {number}") for number in range(5)), paper("Bonding in nanowires")
    )
    assert used(found.ranking("bnding nanowires")) == [("bnding", "bonding")]
    assert found.titles("bnding nanowires") == ["Bonding in nanowires"]
    assert used(found.ranking("bnding")) == [("bnding", "binding")]
    assert used(found.ranking("bnding nanowirse")) == [("bnding", "bonding"), ("nanowirse", "nanowires")]


def test_a_typo_of_others_does_not_hide_what_was_meant_where_another_word_is_misspelt(index_of, paper):
    found = index_of(
        *(paper(f"Diffusion model {number}") for number in range(150)), paper("Difusion by mistake in a mode")
    )
    ranking = found.ranking("difusion modle")
    assert ranking.total >= 150
    assert ("difusion", "diffusion") in used(ranking)
    assert ("modle", "model") in used(ranking)


def test_letters_that_changed_places_are_likelier_among_the_other_words(index_of, paper):
    found = index_of(
        *(paper(f"A language model {number}") for number in range(9)),
        *(paper(f"A language mode {number}") for number in range(4)),
    )
    assert used(found.ranking("language modle"))[0] == ("modle", "model")


def test_a_typo_that_is_a_word_is_corrected_where_nothing_has_it_with_the_others(index_of, paper):
    found = index_of(
        paper("Stable polynomials"), paper("Stale bread"), paper("Bread of 2020", published="2020")
    )
    assert used(found.ranking("stale polynomials")) == [("stale", "stable")]
    assert found.titles("stale polynomials") == ["Stable polynomials"]
    for query in ('"stale" polynomials', "stale bread", "stale bread year:2020", "bread -stable polynomials"):
        assert used(found.ranking(query)) == [], query
    assert found.ranking("stale bread year:2020").total == 0


def test_a_whole_word_is_likelier_than_the_beginning_of_another_with_a_swap(index_of, paper):
    found = index_of(*(paper(f"Witness {number}") for number in range(5)), paper("On Witten"))
    assert used(found.ranking("witen", is_typing=True)) == [("witen", "witten")]


def test_two_letters_that_changed_places_are_the_likeliest_slip(index_of, paper):
    found = index_of(*(paper(f"Words {number}") for number in range(5)), paper("Worlds"))
    assert used(found.ranking("wolrds")) == [("wolrds", "worlds")]


def test_the_form_that_was_typed_comes_first(index_of, paper):
    found = index_of(
        paper("Points", published="2025"),
        paper("Point", published="2020"),
        paper("Nothing", published="2021"),
    )
    assert found.titles("point") == ["Point", "Points"]
    assert found.titles("points") == ["Points", "Point"]


def test_a_chance_compound_is_not_above_the_words_that_were_typed(index_of, paper):
    found = index_of(
        *(paper(f"A dark night {number}", "Under a cloud.") for number in range(20)),
        paper("The dark cloud over the valley of the river"),
        paper("Darkcloud"),
    )
    assert found.titles("dark cloud")[:2] == ["The dark cloud over the valley of the river", "Darkcloud"]


def test_hints_tell_why_nothing_was_found(index_of, paper):
    found = index_of(
        paper("apple pie", published="2024"), paper("apple cake", published="2023"), paper("pear pie")
    )
    hints = " | ".join(found.ranking("apple pie year:2023").hints)
    assert "apple: 2 papers" in hints
    assert "pie: 2 papers" in hints
    assert "without year:2023: 1 paper" in hints.replace("date:2023", "year:2023")
    assert any("zzzzz: no paper" in hint for hint in found.ranking("apple zzzzz").hints)
    assert found.ranking("apple").hints == ()


def test_hints_ask_whether_a_field_was_meant_and_a_known_category(index_of, paper):
    found = index_of(
        paper(
            "Strings",
            authors=["Edward Witten"],
            published="2020",
            categories=("hep-th", "cs.CL"),
            sources=("listing:today.txt",),
        )
    )
    for query, hint in {
        "author=witten": "author=witten: no paper; did you mean author:witten?",
        "2021-05-01": "2021-05-01: no paper; did you mean date:2021-05-01?",
        "cat:hepth": "cat:hepth: no paper; did you mean cat:hep-th?",
        "cat:csCL": "cat:csCL: no paper; did you mean cat:cs.CL?",
        "cat:math": "cat:math: no paper; there are cat:cs, cat:cs.CL, cat:hep-th",
        "cat:cs.XX": "cat:cs.XX: no paper; there is cat:cs.CL",
        "source:listng": "source:listng: no paper; did you mean source:listing?",
        "source:arxiv": "source:arxiv: no paper; there are "
        "source:listing, source:today.txt, source:listing:today.txt",
        "tag:foo": "tag:foo: no paper; you have no tags",
        "10.1000/x": "10.1000/x: no paper",
    }.items():
        assert found.ranking(query).hints == (hint,), query


def test_an_x_ray_is_hardly_anybody(index_of, paper):
    found = index_of(
        paper("Lipschitz metrics", authors=["Xavier Ray"]),
        *(paper(f"On sources {number}", "Seen in X-ray light.") for number in range(3)),
        *(paper(f"Noise {number}", authors=["A. Smith"]) for number in range(9)),
    )
    assert found.titles("x-ray")[-1] == "Lipschitz metrics"
    assert found.titles("x ray lipschitz") == ["Lipschitz metrics"]


@pytest.mark.parametrize("query", ["e+e-", "e^+e^-", "e⁺e⁻", "$e^+e^-$", "e+e- scattering"])
def test_particles_are_no_initials(index_of, paper, query):
    found = index_of(
        paper("Eisenstein measures", "On scattering.", authors=["E. E. Eischen"]),
        paper("Cross sections", "Of e⁺e⁻ scattering."),
        paper("Scattering in e^+e^- machines", authors=["A. Smith"]),
    )
    assert sorted(found.titles(query)) == ["Cross sections", "Scattering in e^+e^- machines"]
    assert found.titles("e. e. eischen") == ["Eisenstein measures"]


def test_a_particle_is_no_initial(index_of, paper):
    found = index_of(paper("Graphs", authors=["B. Smith"]), paper("Decays of the B+"))
    assert found.titles("B+ ") == ["Decays of the B+"]
    assert set(found.titles("B ")) == {"Graphs", "Decays of the B+"}


def test_hints_tell_of_every_condition_and_of_the_one_that_left_nothing(index_of, paper):
    found = index_of(
        paper("Scaling laws", published="2024", categories=("cs.LG",)),
        paper("Scaling up", published="2023", categories=("hep-th",)),
        paper("Strings", published="2023", categories=("hep-th",)),
    )
    assert found.ranking("scaling laws cat:hep-th year:2023").hints == (
        "scaling: 2 papers",
        "laws: 1 paper",
        "cat:hep-th: 2 papers",
        "year:2023: 2 papers",
        "without laws: 1 paper",
    )
    assert found.ranking("laws strings cat:hep-th year:2024").hints[-1] == (
        "strings leaves none of the 1 paper before it"
    )


def test_a_bare_category_is_asked_about(index_of, paper):
    found = index_of(
        paper("Strings", categories=("hep-th", "cs.CL")), paper("Of cs cl", categories=("cs.CL",))
    )
    assert found.ranking("cs.CL ").hints[0] == "did you mean cat:cs.CL? (2 papers)"
    assert found.ranking("hep-th ").hints[0] == "did you mean cat:hep-th? (1 paper)"
    for query in ("title:cs.CL ", "cs ", "cat:cs.CL ", "cs-xx of ", '"cs.CL" '):
        assert not any("did you mean cat:" in hint for hint in found.ranking(query).hints), query


def test_tags_that_come_near_are_named(index_of, paper):
    found = index_of(paper("One"), paper("Two"))
    found.marked = Marked({1: Marks(tags=("thesis", "to read")), 2: Marks(tags=("thesis",))})
    assert found.ranking("tag:thsis ").hints == ("tag:thsis: no paper; did you mean tag:thesis?",)
    assert found.ranking("tag:foo ").hints == ('tag:foo: no paper; there are tag:thesis, tag:"to read"',)


def test_a_word_that_was_corrected_is_not_asked_about(index_of, paper):
    found = index_of(*(paper(f"Attention {number}") for number in range(3)), paper("Zebra"))
    ranking = found.ranking("(atention OR xylo) zebra ")
    assert [(one.word, one.used) for one in ranking.corrections] == [("atention", "attention")]
    assert ranking.hints == (
        "atention OR xylo: 3 papers",
        "zebra: 1 paper",
        "without atention OR xylo: 1 paper",
        "without zebra: 3 papers",
    )


def test_a_word_in_quotes_is_asked_about_too(index_of, paper):
    found = index_of(*(paper(f"Attention {number}") for number in range(3)))
    hint = '"atention": no paper; did you mean attention, which 3 papers have?'
    assert found.ranking('"atention" ').hints == (hint,)


def test_what_a_word_was_read_as_is_told_with_the_papers_of_both(index_of, paper):
    found = index_of(*(paper(f"Attention {number}") for number in range(3)), paper("Zebra"))
    atention, attention, zebra = (Word(text) for text in ("atention", "attention", "zebra"))
    searcher = found.searcher
    evaluation, match = searcher._evaluate(And((Or((atention, attention)), zebra)), found.marked)
    assert evaluation.count(match) == 0
    asked = Asked(
        And((atention, zebra)),
        {atention: (attention,)},
        evaluation,
        searcher._speller,
        searcher._snapshot,
        found.marked,
    )
    assert hints_on(asked, has_found=False)[0] == "atention: read as attention, too, which 3 papers have"


def test_a_purely_negative_query_takes_from_the_whole_library(index_of, paper):
    found = index_of(paper("one"), paper("two"), paper("three"))
    assert set(found.titles("-one")) == {"two", "three"}
    assert set(found.titles("-one OR one")) == {"one", "two", "three"}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=40)
    | st.text('ab "():-*.<>#+$\\/0é日\0', max_size=40)
)
def test_any_text_is_answered(sortable, text):
    for is_typing in (True, False):
        ranking = sortable.ranking(text, is_typing=is_typing)
        assert len(ranking.page(0, 10)) == ranking.total <= 4


def deep(depth):
    node = Word("a")
    for _ in range(depth):
        node = Not(And((Or((node, Word("b"))),)))
    return node


@pytest.mark.parametrize(
    "root",
    [
        deep(5_000),
        And(tuple(Word(f"word{number}") for number in range(5_000))),
        Or(tuple(Word(chr(97 + number % 26), is_prefix=True) for number in range(5_000))),
        And(()),
        Or(()),
        Not(And(())),
        Word("\0"),
        Word(""),
        Word("\ud800"),
        Word("a" * 1_000_000, is_typing=True),
        Word("a-" * 100_000),
        Phrase("a " * 100_000),
        Phrase(""),
        Phrase("…"),
        Range("date", 10**30, -(10**30)),
        Range("featured", -(10**30), 10**30),
        Range("added", -(10**30), 10**30),
        Range("added", None, date.max.toordinal()),
        Range("rating", None, None),
        Range("upvotes", 10**30, None),
    ],
)
def test_any_query_is_answered(index_of, paper, root):
    found = index_of(paper("a b word1", published="2024"), paper("word2"))
    ranking = found.searcher.search(Query("", root), found.marked)
    assert len(ranking.page(0, 10)) == ranking.total <= 2
