"""`papers-tui similar`."""

import pytest


@pytest.fixture
def program(inside_empty):
    """Run the verbs within this process: none of them asks for a terminal."""
    return inside_empty


@pytest.fixture
def shelved(program):
    """A program whose library holds the starter shelf."""
    assert program.run("import", "--starter").returncode == 0
    return program


def test_hits_are_whole_papers_with_score_and_shared_words(shelved):
    hits = shelved.json("similar", "https://arxiv.org/abs/1706.03762v5", "--limit", "4")["hits"]
    assert 1 <= len(hits) <= 4
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    for hit in hits:
        assert hit["id"] != "arxiv:1706.03762"
        assert hit["shared"]
        shown = shelved.json("show", hit["id"])
        assert shown == {key: value for key, value in hit.items() if key not in {"score", "shared"}}


def test_for_people_the_shared_words_are_printed(shelved):
    (first, *_) = shelved.json("similar", "1706.03762")["hits"]
    printed = shelved.run("similar", "1706.03762").stdout.decode()
    assert first["title"] in printed
    assert ", ".join(first["shared"]) in printed


def test_an_unknown_id_names_the_nearest(shelved):
    done = shelved.run("similar", "arxiv:1706.03763")
    assert done.returncode == 1
    assert b"arxiv:1706.03762" in done.stderr
    assert done.stdout == b""


def test_nothing_similar_is_a_document_and_exit_1(program, tmp_path):
    alone = tmp_path / "alone.jsonl"
    alone.write_text('{"title": "Alone", "arxiv_id": "2401.00001"}\n', encoding="utf-8")
    assert program.run("import", alone).returncode == 0
    assert program.json("similar", "2401.00001", code=1) == {"hits": []}
    said = program.run("similar", "2401.00001")
    assert said.returncode == 1
    assert b"no paper is similar" in said.stderr


def test_a_limit_that_is_no_number_is_refused(shelved):
    assert shelved.run("similar", "1706.03762", "--limit", "0").returncode == 2
