import pytest

from papers_tui.index.search.umlauts import other_umlauts

CASES = [
    (
        "Language Models are Few-Shot Learners",
        ["model", "models", "MODELS", "few shot", "few-shot", "fewshot"],
    ),
    (
        "Pretraining Transformers",
        ["pretraining", "pre-training", "pre training", "pretrainings", "transformer"],
    ),
    ("Pre-training of Encoders", ["pretraining", "pre-training", "pre training", "training", "pretrai*"]),
    ("A note on pre training", ["pretraining", "pre-training", "pre training", "pretrai*"]),
    ("GPT-4 Technical Report", ["GPT-4", "gpt4", "gpt 4", "gpt", "gpt-*"]),
    ("1.5-Pints Technical Report", ["1.5-Pints", "1.5", "pints", "1.5pints", "pint"]),
    ("Programming in C++", ["C++", "c++"]),
    ("Programming in C#", ["C#"]),
    ("The .NET runtime", [".NET", "net"]),
    ("mT5: a multilingual model", ["mT5", "mt5", "MT5"]),
    ("The α-helix", ["α", "$\\alpha$", "alpha", "alpha-helix", "α-helix"]),
    ("Alpha decay of nuclei", ["α decay", "α-decay", "$\\alpha$ decay", '"α decay"']),
    ("The role of TNF-α in models", ["TNF alpha", "tnf-α", "TNF-alpha", "alpha"]),
    ("Naïve Bayes in the Ｗｉｄｅ", ["naive", "NAÏVE", "bayes", "wide"]),
    ("The Schrödinger equation", ["schrödinger", "schrodinger", "schroedinger", '"Schroedinger equation"']),
    ("A Schroedinger map", ["schrödinger", "Schrodinger", "schroedinger", '"schrödinger map"']),
    ("Kähler and Möbius", ["kaehler", "moebius", "kahler", "KÄHLER"]),
    ("Studies of matrices", ["study", "studies", "matrix", "matrices", "studi*"]),
    ("深度学习综述", ["深度", "学习", "深度学习"]),
    ("State-of-the-art parsing", ["state of the art", "state-of-the-art", "stateoftheart"]),
    ("O'Brien's theorem", ["obrien", "o'brien", "O’Brien"]),
]


@pytest.mark.parametrize(("title", "queries"), CASES)
def test_every_spelling_finds_the_paper_in_title_and_abstract(index_of, paper, title, queries):
    noise = [
        paper("Other training of one C program", "Something about 4 and net and gpt, unrelated."),
        paper("Pre print", "a training b"),
    ]
    # A search may find the noise as well, by the words that it has.
    found = index_of(paper(title), paper("By its abstract alone", f"We write {title} here."), *noise)
    for query in queries:
        titles = found.titles(query)
        assert {title, "By its abstract alone"} <= set(titles), query
        assert titles[0] == title, query


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("information", "Planets in formation"),
        ("notable", "There is no table"),
        ("c++", "The letter c"),
        ("gpt-4", "gpt and 4 apart"),
        ('"language model"', "Language models"),
        ('"model language"', "Language model"),
        ("cat:cs.C", "a paper"),
        ("model*", "A mode"),
    ],
)
def test_what_is_not_the_same_is_not_found(index_of, paper, query, title):
    found = index_of(paper(title, categories=("cs.CL",)), paper("Nothing to do with it"))
    assert title not in found.titles(query)


@pytest.mark.parametrize(
    "target", ["quantization", "quantizations", "pre-training", "matrices", "studies", "GPT-4"]
)
def test_no_keystroke_on_the_way_to_a_word_loses_the_paper(index_of, paper, target):
    singular = {"matrices": "matrix", "studies": "study"}.get(target, target.removesuffix("s"))
    found = index_of(paper(f"On {singular}"), paper("Unrelated"))
    for length in range(1, len(target) + 1):
        assert f"On {singular}" in found.titles(target[:length], is_typing=True), target[:length]


@pytest.mark.parametrize(
    "query",
    [
        "j garcia perez",
        "garcia-perez",
        "García-Pérez",
        "garcia perez jose",
        "author:garcia",
        'author:"José García-Pérez"',
        'author:"j garcia"',
        "jose garciaperez",
    ],
)
def test_authors_are_found_with_and_without_accents_and_by_initials(index_of, paper, query):
    found = index_of(
        paper("Theirs", authors=["Ann Lee", "José García-Pérez", "Bo Zhu"]),
        paper("Other", authors=["Ann Li"]),
    )
    assert found.titles(query) == ["Theirs"]


def test_a_phrase_does_not_reach_from_one_author_to_the_next(index_of, paper):
    found = index_of(paper("Theirs", authors=["Ann Lee", "Bo Zhu"]))
    assert found.titles('author:"lee bo"') == []
    assert found.titles('author:"bo zhu"') == ["Theirs"]


def test_bare_words_search_every_text_field(index_of, paper):
    found = index_of(
        paper("Alpha one", organization="NVIDIA", organization_handle="nvidia-labs", venue="NeurIPS 2025"),
        paper("Alpha two", arxiv_id="2404.04167", doi="10.1103/physrevd.76.013009"),
    )
    for query in ("nvidia", "nvidia-labs", "neurips", "org:nvidia", "venue:neurips"):
        assert found.titles(query) == ["Alpha one"], query
    for query in (
        "2404.04167",
        "10.1103/physrevd.76.013009",
        "id:2404.04167",
        "2404.041*",
        "doi:10.1103/PhysRevD.76.013009",
    ):
        assert found.titles(query) == ["Alpha two"], query
    assert found.titles("org:alpha") == []


def test_boolean_queries(index_of, paper):
    found = index_of(paper("apple banana"), paper("apple cherry"), paper("banana cherry"))
    for query, titles in {
        "apple -banana": {"apple cherry"},
        "apple OR cherry": {"apple banana", "apple cherry", "banana cherry"},
        "(apple OR banana) cherry": {"apple cherry", "banana cherry"},
        "-apple": {"banana cherry"},
        "-(apple OR banana)": set(),
        "NOT cherry": {"apple banana"},
        "": {"apple banana", "apple cherry", "banana cherry"},
        "…": {"apple banana", "apple cherry", "banana cherry"},
        "title:(apple OR banana) -cherry": {"apple banana"},
    }.items():
        assert set(found.titles(query)) == titles, query


@pytest.mark.parametrize(
    "title", ["More pretraining data", "More pre-training data", "More pre training data"]
)
@pytest.mark.parametrize("query", ['"pretraining data"', '"pre-training data"', '"more pre training"'])
def test_a_phrase_is_found_however_its_compounds_are_written(index_of, paper, title, query):
    found = index_of(paper(title), *(paper(f"a pre training pretraining {number}") for number in range(3)))
    assert found.titles(query) == [title]


def test_a_phrase_is_of_these_very_words_in_this_order(index_of, paper):
    found = index_of(paper("data for pretraining"), paper("pretraining datum"), paper("pretraining the data"))
    assert found.titles('"pretraining data"') == []


def test_a_collaboration_is_found_as_an_organisation_is(index_of, paper):
    found = index_of(
        paper("Alpha one", details={"collaboration": "LIGO Scientific"}),
        paper("Alpha two", organization="NVIDIA", details={"collaboration": "ATLAS"}),
    )
    for query in ("ligo", "org:ligo", 'org:"ligo scientific"'):
        assert found.titles(query) == ["Alpha one"], query
    assert found.titles('"nvidia atlas"') == []
    assert found.titles("org:atlas nvidia") == ["Alpha two"]


def test_an_author_is_found_by_either_spelling_of_an_umlaut(index_of, paper):
    found = index_of(paper("One", authors=["A. Müller"]), paper("Two", authors=["B. Mueller"]))
    assert found.titles("müller") == found.titles("muller") == ["One", "Two"]
    assert found.titles("mueller") == found.titles("author:Mueller") == ["Two", "One"]


@pytest.mark.parametrize("word", ["michael", "statues", "valued", "fluent", "guest", "xu", "queen", "bluer"])
def test_words_with_the_letters_of_an_umlaut_have_no_other_form(word):
    assert not any(form for form in other_umlauts(word) if other_umlauts(form) == (word,))


def test_the_last_word_of_a_phrase_may_be_begun(index_of, paper):
    found = index_of(
        paper("Loop quantum gravity"), paper("Quantum gravitation"), paper("Gravity of quantum dots")
    )
    assert set(found.titles('"quantum grav*"')) == {"Loop quantum gravity", "Quantum gravitation"}
    assert found.titles('"quantum grav"') == []
    assert len(found.titles('"grav*"')) == 3
