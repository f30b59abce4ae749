"""Misspelt words beside filters, words that are no slips, and how words are found, in words."""

from datetime import date

from papers_tui.index.search.explain import explain
from papers_tui.index.search.parser import parse


def used(ranking):
    return [(each.word, each.used) for each in ranking.corrections]


def explained(found, text):
    query = parse(text, today=date(2026, 1, 15), is_typing=False)
    corrections = found.searcher.search(query, found.marked).corrections
    return explain(query, found.searcher.other_forms(query), corrections)


def test_a_misspelt_word_is_told_where_filters_leave_nothing(index_of, paper):
    found = index_of(
        *(paper(f"Transformers {number}", published="2020") for number in range(3)),
        paper("Strings", published="1990", authors=["Geoffrey Hinton"]),
    )
    hints = found.ranking("tranformers year:1990").hints
    assert "tranformers: no paper; did you mean transformers, which 3 papers have?" in hints
    hints = found.ranking("author:hintn year:2020").hints
    assert "author:hintn: no paper; did you mean author:hinton, which 1 paper has?" in hints
    hints = found.ranking("tranformers strngs year:2001").hints
    assert [hint.partition("; ")[2] for hint in hints[:2]] == [
        "did you mean transformers, which 3 papers have?",
        "did you mean strings, which 1 paper has?",
    ]
    assert not any("did you mean" in hint for hint in found.ranking("transformers year:1990").hints)


def test_a_word_that_filters_leave_is_still_corrected(index_of, paper):
    found = index_of(paper("Transformers", published="2020"), paper("Strings", published="1990"))
    assert used(found.ranking("tranformers year:2020")) == [("tranformers", "transformers")]
    assert found.titles("tranformers year:2020") == ["Transformers"]


def test_rare_words_that_a_title_has_are_no_slips(index_of, paper):
    found = index_of(
        *(paper(f"Points {number}", "At a distance of 1.5 by mistake.") for number in range(220)),
        paper("1.5-Pints Technical Report"),
        paper("Other things", "This was 1.5 pints by mistake."),
    )
    for query in ("1.5 pints", "1.5 pint", "pints report", "technical pints"):
        assert used(found.ranking(query)) == [], query
    assert found.titles("technical pints") == ["1.5-Pints Technical Report"]
    assert used(found.ranking("pints mistake")) == [("pints", "points")]


def test_words_are_searched_as_typed_where_nobody_wants_corrections(index_of, paper):
    found = index_of(paper("Transformers"))
    query = parse("tranformers", today=date(2026, 1, 15))
    ranking = found.searcher.search(query, found.marked, is_corrected=False)
    assert (ranking.total, ranking.corrections) == (0, ())
    assert "did you mean transformers" in ranking.hints[0]


def test_an_explanation_tells_the_forms_in_which_words_are_found(index_of, paper):
    found = index_of(
        paper("Pretraining models of Müller"),
        *(paper(f"Pre training {number}") for number in range(2)),
        paper("A model of the GPT4"),
    )
    lines = explained(found, 'model Müller pretraining GPT-4 -models title:zebra "pre training"').splitlines()
    assert lines == [
        "Papers with",
        "  all of",
        '    the word "model", also as "models"',
        '    the word "Müller", read as "muller"',
        '    the word "pretraining", also as "pre training"',
        '    the word "GPT-4", also as "gpt4"',
        '    not the word "models", also as "model"',
        '    the word "zebra" in the title',
        '    the words "pre training" together, also as "pretraining"',
        "Order: best match first",
    ]
    assert explained(found, "pre training ").splitlines()[-2] == '    both words, also as "pretraining"'


def test_an_explanation_tells_of_umlauts_that_papers_have(index_of, paper):
    found = index_of(paper("A model of Müller"), paper("A sum of Mueller"))
    assert (
        explained(found, "Müller ").splitlines()[1]
        == '  the word "Müller", read as "muller", also as "mueller"'
    )
    assert explained(found, "mueller ").splitlines()[1] == '  the word "mueller", also as "muller"'
    assert explained(found, "model ").splitlines()[1] == '  the word "model"'


def test_an_explanation_tells_which_words_were_corrected(index_of, paper):
    found = index_of(paper("Transformers"), paper("A language model"), paper("A language mode"))
    assert '  the word "tranformers", corrected to "transformers"' in explained(found, "tranformers ")
    assert 'the word "modle", corrected to "model" or "mode"' in explained(found, "modle language ")
