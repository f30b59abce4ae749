"""Papers that may be one, on the command line: shown, joined, taken apart, kept apart, cited."""

import pytest

BIB = """@misc{a, title={A Theory of Small Gardens}, author={Roe, Jane and Doe, John}, year=2019,
  eprint={1901.01234}, archiveprefix={arXiv}, annote={my note}, keywords={soil}}
@article{b, title={The Theory of Small Gardens}, author={Roe, J.}, year=2021, journal={Soil},
  doi={10.1000/garden}, keywords={water}}
"""
PREPRINT, ARTICLE = "arxiv:1901.01234", "doi:10.1000/garden"


@pytest.fixture
def program(inside_empty):
    """Run the verbs within this process: none of them asks for a terminal."""
    return inside_empty


@pytest.fixture
def twice(program, tmp_path):
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    assert program.json("import", path)["total"] == 2
    return program


def test_two_papers_are_shown_joined_and_taken_apart(twice):
    (pair,) = twice.json("duplicates")["pairs"]
    assert {pair["one"]["id"], pair["other"]["id"]} == {PREPRINT, ARTICLE}
    joined = twice.json("merge", PREPRINT, "10.1000/garden")
    assert [paper["id"] for paper in joined["papers"]] == [PREPRINT]
    shown = twice.json("show", ARTICLE)
    assert (shown["tags"], shown["note"], shown["venue"]) == (["soil", "water"], "my note", "Soil")
    assert (shown["published"], shown["appeared"]) == ("2019", "2021")
    assert twice.json("search", "doi:10.1000/garden")["total"] == 1
    assert "2021" in twice.json("cite", "--style", "apa", PREPRINT)["text"]
    preprint = twice.json("cite", "--style", "apa", "--preprint", PREPRINT)["text"]
    assert "2019" in preprint
    assert "Soil" not in preprint
    apart = twice.json("merge", "--undo", ARTICLE)
    assert {paper["id"]: paper["tags"] for paper in apart["papers"]} == {
        PREPRINT: ["soil"],
        ARTICLE: ["water"],
    }
    assert twice.json("duplicates")["total"] == 1


def test_a_merger_says_which_citation_key_is_no_longer_written(twice):
    said = twice.run("merge", PREPRINT, ARTICLE).stdout.decode()
    assert said == (
        f"joined: {PREPRINT}\nCited as a; b is no longer written but in BibLaTeX (ids), and stays reserved.\n"
    )
    exported = twice.run("export", "--format", "bibtex").stdout.decode()
    assert "{a," in exported
    assert "{b," not in exported
    assert "ids = {b}," in twice.run("export", "--format", "biblatex").stdout.decode()
    assert "ids = {b}," in twice.run("cite", "b", "--style", "biblatex").stdout.decode()
    assert twice.json("show", "b")["id"] == PREPRINT
    assert "open again" in twice.run("merge", "--undo", PREPRINT).stdout.decode()
    exported = twice.run("export", "--format", "bibtex").stdout.decode()
    assert "{a," in exported
    assert "{b," in exported


def test_a_merger_takes_back_that_two_papers_are_kept_apart_and_says_so(twice):
    twice.json("merge", "--not", PREPRINT, ARTICLE)
    assert twice.json("merge", PREPRINT, ARTICLE)["remarks"][0] == "They are no longer kept apart."
    parted = twice.json("merge", "--undo", PREPRINT)
    assert "kept apart from now on" in parted["remarks"][0]
    assert twice.json("duplicates", code=1)["total"] == 0


def test_two_papers_are_kept_apart(twice):
    twice.json("merge", "--not", ARTICLE, PREPRINT)
    assert twice.json("duplicates", code=1)["total"] == 0
    assert twice.run("merge", "--undo", ARTICLE).returncode == 1


def test_a_pair_is_printed_side_by_side(twice):
    done = twice.run("duplicates")
    (line,) = (line for line in done.stdout.decode().splitlines() if line.startswith("title"))
    assert line.index("A Theory") < line.index("The Theory")


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["merge", PREPRINT], 2),
        (["merge", PREPRINT, PREPRINT], 2),
        (["merge", PREPRINT, "arxiv:1901.99999"], 1),
        (["merge", "--undo", PREPRINT, ARTICLE], 2),
        (["duplicates", "--limit", "0"], 2),
    ],
)
def test_what_cannot_be_joined(twice, argv, code):
    done = twice.run(*argv)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert twice.json("search", "gardens")["total"] == 2


def test_undo_takes_a_merger_apart_and_redo_makes_it_again(twice):
    twice.json("merge", PREPRINT, ARTICLE)
    undone = twice.json("undo")
    assert undone["change"] == f"merge of {PREPRINT} and {ARTICLE}"
    assert {paper["id"]: paper["tags"] for paper in undone["papers"]} == {
        PREPRINT: ["soil"],
        ARTICLE: ["water"],
    }
    assert twice.json("search", "gardens")["total"] == 2
    redone = twice.json("redo")
    assert [paper["tags"] for paper in redone["papers"]] == [["soil", "water"]]
    assert twice.json("search", "gardens")["total"] == 1


def test_what_an_import_joins_by_title_is_said_and_taken_apart(program, tmp_path):
    one, other = tmp_path / "one.bib", tmp_path / "other.bib"
    one.write_text(BIB.partition("@article")[0], encoding="utf-8")
    article = "@article{c, title={A theory of small gardens}, author={Roe, J. and Doe, J.}, year=2021,"
    other.write_text(f"{article} journal={{Soil}}, keywords={{water}}}}", encoding="utf-8")
    program.json("import", one)
    (file,) = program.json("import", other)["files"]
    (joined,) = file["joined"]
    assert (file["updated"], joined["with"]) == (1, PREPRINT)
    assert any("merge --undo" in remark for remark in file["remarks"])
    parted = program.json("merge", "--undo", PREPRINT)
    assert [paper["tags"] for paper in parted["papers"]] == [["soil"], ["water"]]
    assert "kept apart from now on" in parted["remarks"][0]
    (file,) = program.json("import", other)["files"]
    assert (file["unchanged"], "joined" in file) == (1, False)


def test_what_speaks_against_one_paper_is_shown(program, tmp_path):
    path = tmp_path / "refs.bib"
    entry = (
        "@article{%s, title={On Small Gardens Now}, author={Roe, J.}, year=2001, journal={%s}, volume=%s}\n"
    )
    path.write_text(entry % ("a", "Soil", 3) + entry % ("b", "Water", 9), encoding="utf-8")
    (file,) = program.json("import", path)["files"]
    assert (file["added"], file["doubtful"]) == (2, 1)
    (pair,) = program.json("duplicates")["pairs"]
    assert pair["against"] == ["journal", "volume"]
    assert "journal, volume" in program.run("duplicates").stdout.decode()
