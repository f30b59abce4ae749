"""The marks are backed up whatever became of the papers, which can be imported anew."""

import sqlite3
from contextlib import closing

import pytest

ID = "title:small-models-large-gardens-a2af194d"


def put_a_stranger(file):
    file.unlink()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE recipe (name)")


def put_a_text(file):
    file.write_text("my papers are elsewhere")


@pytest.mark.parametrize("spoil", [put_a_stranger, put_a_text])
def test_marks_are_backed_up_where_the_papers_cannot_be_used(inside, tmp_path, spoil):
    inside.run("tag", ID, "+soil")
    papers = inside.library / "papers.db"
    spoil(papers)
    before = papers.read_bytes()
    document = inside.json("backup")
    assert document["counts"]["tags"] == 1
    done = inside.run("backup", "-o", tmp_path / "own.db")
    assert done.returncode == 0
    assert b"papers.db is" in done.stderr
    assert b"the marks are backed up all the same" in done.stderr
    assert papers.read_bytes() == before


def test_no_marks_are_made_to_be_backed_up(inside):
    put_a_stranger(inside.library / "papers.db")
    for file in inside.library.glob("marks.db*"):
        file.unlink()
    assert inside.run("backup").returncode == 4
    assert not (inside.library / "marks.db").exists()
