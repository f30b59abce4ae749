"""`papers-tui edit`: corrections beside what the sources say."""

import json

import pytest


@pytest.fixture
def stocked(inside):
    """Run the verbs within this process: none of them asks for a terminal."""
    return inside


@pytest.fixture
def paper_id(stocked):
    [hit] = stocked.json("search", "gardeners")["hits"]
    return hit["id"]


def test_a_correction_is_shown_found_cited_and_taken_back(stocked, paper_id):
    changes = ["--set", "title=Small Models in Larger Gardens", "--set", "authors=Müller, Jürgen; Doe, Jane"]
    fields = stocked.json("edit", paper_id, *changes)["fields"]
    assert fields["title"] == {
        "text": "Small Models in Larger Gardens",
        "is_edited": True,
        "source": "Small Models, Large Gardens",
    }
    assert stocked.json("search", "larger author:müller")["total"] == 1
    assert "and Doe, Jane}" in stocked.run("cite", paper_id).stdout.decode()
    shown = stocked.run("show", paper_id).stdout.decode()
    assert "title was  Small Models, Large Gardens" in shown
    assert "Jürgen Müller, Jane Doe" in shown
    assert stocked.run("undo").stdout.decode().startswith("undone: edit authors, title")
    assert not any(field["is_edited"] for field in stocked.json("edit", paper_id)["fields"].values())


def test_a_field_goes_back_to_its_sources_alone(stocked, paper_id):
    stocked.json("edit", paper_id, "--set", "date=2023", "--set", "venue=Journal of Gardens")
    fields = stocked.json("edit", paper_id, "--unset", "date")["fields"]
    assert [name for name, field in fields.items() if field["is_edited"]] == ["venue"]
    said = stocked.run("edit", paper_id).stdout.decode()
    assert "venue  Journal of Gardens\n          the sources say: nothing" in said


@pytest.mark.parametrize(
    "words",
    [
        ["--set", "title"],
        ["--set", "title="],
        ["--set", "date=soon"],
        ["--set", "colour=red"],
        ["--unset", "colour"],
        ["--set", "title=x", "--unset", "title"],
    ],
)
def test_wrong_usage(stocked, paper_id, words):
    done = stocked.run("edit", paper_id, *words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_a_paper_is_named_by_the_ids_that_the_user_gave_it(stocked, paper_id):
    stocked.json("edit", paper_id, "--set", "doi=10.9999/Mine.1", "--set", "arxiv=2404.99999")
    for spelled in ("https://www.doi.org/10.9999%2Fmine.1.", "arXiv:2404.99999v2 [cs.CL]", paper_id):
        assert stocked.json("show", spelled)["id"] == paper_id
        assert stocked.json("cite", spelled)["citations"][0]["id"] == paper_id
    assert stocked.json("edit", "doi: 10.9999/mine.1", "--unset", "doi")["id"] == paper_id
    assert stocked.run("show", "10.9999/mine.1").returncode == 1


def test_an_id_that_another_paper_has_is_told(inside, tmp_path):
    titles = ("A Paper of Its Own", "Other Things Entirely")
    papers = [{"title": title, "arxiv_id": f"2401.0000{n}"} for n, title in enumerate(titles)]
    file = tmp_path / "two.jsonl"
    file.write_text("".join(f"{json.dumps(one)}\n" for one in papers))
    inside.run("import", file)
    told = inside.run("edit", "2401.00000", "--set", "arxiv=2401.00001")
    assert told.returncode == 0
    assert b"papers-tui merge arxiv:2401.00001 arxiv:2401.00000" in told.stderr
    assert b"merge" not in inside.run("edit", "2401.00000", "--set", "venue=Here").stderr
