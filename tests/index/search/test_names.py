"""Words that are the name of one author."""

import pytest

from papers_tui.index.authors import Author

ONES = [
    "Juan M. García Pérez",
    "J. Garcia Perez",
    "García-Pérez, J.",
    "Garcia Perez, Jorge",
    "J. A. Garcia-Perez",
]
OTHERS = [
    ["J. Smith", "M. Garcia", "V. Perez"],
    ["J. J. Garcia-Ripoll", "V. M. Perez"],
    ["J. Garcia", "A. Perez"],
    ["M. Garcia Perez", "J. Doe"],
    ["V. M. Perez Garcia", "Jane Doe"],
]


def stranger(number):
    return f"{'ABCDEFGH'[number % 8]}. Stranger{number}"


@pytest.fixture
def gardens(index_of, paper):
    crowd = list(map(stranger, range(40)))
    return index_of(
        *(paper(f"One {n}", authors=[*crowd, name]) for n, name in enumerate(ONES)),
        *(paper(f"Other {n}", authors=names) for n, names in enumerate(OTHERS)),
        *(paper(f"Noise {n}", authors=[stranger(n), stranger(n + 3)]) for n in range(40)),
    )


@pytest.mark.parametrize(
    "query",
    [
        *("j garcia perez", "garcia perez j", "J. García-Pérez", "author:(j garcia perez)"),
        *("author:j author:garcia author:perez", "j garcia perez one"),
    ],
)
def test_one_author_of_the_name_is_above_several_who_share_it(gardens, query):
    titles = gardens.titles(query)
    assert sorted(titles[: len(ONES)]) == [f"One {n}" for n in range(len(ONES))]


def test_a_name_that_is_half_typed_is_above_several_who_share_it(gardens):
    for query in ("j garcia per", "garcia perez j"):
        assert {title[:3] for title in gardens.titles(query, is_typing=True)[: len(ONES)]} == {"One"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ('author:"j garcia perez"', ONES),
        ('author:"garcia perez, j"', ONES),
        ('author:"García Pérez, Juan"', ONES[:1]),
        ('author:"juan garcia perez"', ONES[:1]),
        ('author:"garcia perez"', [*ONES, "M. Garcia Perez"]),
        ('author:"perez garcia"', ["V. M. Perez Garcia"]),
        ('author:"smith, j"', ["J. Smith"]),
        ('author:"doe, j"', ["J. Doe", "Jane Doe"]),
        ('author:"perez, v"', ["V. Perez", "V. M. Perez"]),
        ('author:"perez, juan"', []),
        ('author:"garcia perez j"', ONES),
        ('author:"García-Pérez Juan"', ONES[:1]),
        ('author:"garcia perez juan m"', ONES[:1]),
        ('author:"doe jane"', ["Jane Doe"]),
        ('author:"perez garcia v m"', ["V. M. Perez Garcia"]),
        ('author:"perez v"', ["V. Perez", "V. M. Perez"]),
        ('author:"perez juan"', []),
    ],
)
def test_a_phrase_in_the_names_of_authors_is_the_name_of_one(gardens, query, names):
    papers = gardens.corpus.papers.values()
    found = set(gardens.titles(query))
    of_names = {
        paper.title for paper in papers for author in paper.authors if author in map(Author.parse, names)
    }
    assert found == of_names


def test_a_phrase_is_read_family_name_first_only_where_it_is_no_name_otherwise(index_of, paper):
    found = index_of(paper("One", authors=["Wei Zhang"]), paper("Other", authors=["Zhang Wei"]))
    assert found.titles('author:"wei zhang"') == ["One"]
    assert found.titles('author:"zhang wei"') == ["Other"]


def test_particles_alone_make_no_name(index_of, paper):
    found = index_of(
        paper("The van der Waals forces", authors=["A. Smith"]),
        paper("Forces", "On van der waals.", authors=["J. van der Berg", "P. van der Waal"]),
    )
    assert found.titles("van der waals")[0] == "The van der Waals forces"
    assert found.titles("j van der berg") == ["Forces"]


def test_the_beginning_of_a_title_is_not_read_as_a_name(index_of, paper):
    found = index_of(
        paper("A framework for models"),
        paper("On a framework"),
        paper("Something", "It is a frail one on the stars.", authors=["A. Frank", "O. Thestar"]),
        *(paper(f"Noise {number}", authors=["B. Smith"]) for number in range(9)),
    )
    for query in ("a fra", "a fr", "a f"):
        assert found.titles(query, is_typing=True)[0] == "A framework for models", query
    assert found.titles("on a fra", is_typing=True)[0] == "On a framework"
    assert found.titles("a frank")[0] == "Something"
