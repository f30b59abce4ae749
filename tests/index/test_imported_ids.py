"""Ids of papers that share a title: those of the file, wherever they can be had."""

import json
from io import BytesIO
from itertools import permutations
from pathlib import Path

import pytest

from papers_tui.index.identity import title_id
from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library

ID = title_id("Editorial")
EDITORIALS = {ID: ("Nature", 2001), f"{ID}-2": ("Science", 2005), f"{ID}-3": ("Soil", 2009)}
BIB = "".join(
    f"@article{{{venue}, title={{Editorial}}, journal={{{venue}}}, year={year}}}\n"
    for venue, year in EDITORIALS.values()
)


def lines(ids, more=None):
    documents = (
        {"id": one, "title": "Editorial", "venue": EDITORIALS[one][0], "published": str(EDITORIALS[one][1])}
        for one in ids
    )
    return "\n".join(json.dumps(document | (more or {})) for document in documents)


@pytest.fixture
def libraries(tmp_path: Path):
    opened = []

    def fresh():
        opened.append(Library.open(tmp_path / f"data{len(opened)}", tmp_path / "cache"))
        return opened[-1]

    yield fresh
    for library in opened:
        library.close()


def imported(library: Library, text: str, form: str = "jsonl"):
    stdin = BytesIO(text.encode())
    (file,) = library.import_paths([], ImportOptions(format=form), lambda _: None, stdin=stdin).files
    return file


def venues(library: Library) -> dict[str, str | None]:
    return {paper.id: paper.venue for _, paper in library._corpus.changes(0) if paper}


@pytest.mark.parametrize("order", list(permutations(EDITORIALS)))
def test_papers_of_one_title_keep_their_ids_in_another_library(libraries, order):
    library = libraries()
    for _ in range(2):
        imported(library, lines(order))
        assert venues(library) == {one: EDITORIALS[one][0] for one in EDITORIALS}


@pytest.mark.parametrize("more", [{}, {"tags": ["a"], "comments": 3}])
def test_papers_of_one_title_are_known_again_where_they_came_from_a_bibliography(libraries, more):
    library = libraries()
    imported(library, BIB, "bibtex")
    before = venues(library)
    assert before.keys() == EDITORIALS.keys()
    file = imported(library, lines(EDITORIALS, {"kind": "article", **more}))
    assert (file.read, file.added) == (3, 0)
    assert venues(library) == before


def test_an_id_that_another_paper_has_is_not_taken_from_it(libraries):
    library = libraries()
    imported(library, "".join(reversed(BIB.splitlines(keepends=True))), "bibtex")
    imported(library, lines(EDITORIALS, {"kind": "article"}))
    assert venues(library) == {ID: "Soil", f"{ID}-2": "Science", f"{ID}-3": "Nature"}


def test_a_paper_whose_numbered_id_is_taken_gets_the_next_number(libraries):
    library = libraries()
    imported(library, lines([f"{ID}-2"]))
    other = {"id": f"{ID}-2", "title": "Editorial", "venue": "Water", "published": "1950"}
    imported(library, json.dumps(other))
    assert venues(library) == {f"{ID}-2": "Science", f"{ID}-3": "Water"}
