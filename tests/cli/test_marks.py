"""The verbs that change marks."""

import pytest


@pytest.fixture
def stocked(inside):
    """Run the verbs within this process, but for those that start an editor."""
    return inside


@pytest.fixture
def ids(stocked):
    return [hit["id"] for hit in stocked.json("search", "--sort", "title")["hits"]]


def test_tags_come_and_go_on_several_papers(stocked, ids):
    assert stocked.run("tag", *ids[:2], "+fp4", "+todo").returncode == 0
    assert stocked.run("tag", ids[0], "-todo").returncode == 0
    assert stocked.json("show", ids[0])["tags"] == ["fp4"]
    assert stocked.json("show", ids[1])["tags"] == ["fp4", "todo"]
    assert stocked.json("tag")["tags"] == {"fp4": 2, "todo": 1}


def test_bookmarks_states_and_ratings(stocked, ids):
    stocked.run("bookmark", ids[0])
    stocked.run("mark", ids[0], "--read", "--rating", "5")
    paper = stocked.json("show", ids[0])
    assert (paper["bookmarked"], paper["status"], paper["rating"]) == (True, "read", 5)
    stocked.run("bookmark", ids[0], "--remove")
    stocked.run("mark", ids[0], "--unread")
    stocked.run("mark", ids[0], "--rating", "0")
    paper = stocked.json("show", ids[0])
    assert (paper["bookmarked"], paper["status"], paper["rating"]) == (False, "unread", None)


def test_every_change_can_be_undone_and_redone(stocked, ids):
    stocked.run("note", ids[0], "--set", "first")
    stocked.run("note", ids[0], "--set", "second")
    stocked.run("tag", *ids, "+bulk")
    assert stocked.run("undo").returncode == 0
    assert stocked.json("tag", code=1)["tags"] == {}
    stocked.run("undo")
    assert stocked.run("note", ids[0]).stdout == b"first\n"
    stocked.run("redo")
    assert stocked.run("note", ids[0]).stdout == b"second\n"
    for _ in range(2):
        assert stocked.run("undo").returncode == 0
    assert stocked.run("undo").returncode == 1


def test_a_state_and_a_rating_are_one_change(stocked, ids):
    assert stocked.run("mark", ids[0], "--read", "--rating", "4").stdout.startswith(
        b"marked as read and rated 4: "
    )
    stocked.run("undo")
    paper = stocked.json("show", ids[0])
    assert (paper["status"], paper["rating"]) == ("unread", None)


def test_undo_and_redo_say_which_they_did(stocked, ids):
    stocked.run("bookmark", ids[0])
    assert stocked.run("undo").stdout.decode() == f"undone: bookmark: {ids[0]}\n"
    assert stocked.run("redo").stdout.decode() == f"redone: bookmark: {ids[0]}\n"
    done = stocked.json("undo")
    assert (done["change"], done["undone"], [paper["id"] for paper in done["papers"]]) == (
        "bookmark",
        True,
        [ids[0]],
    )
    assert stocked.json("redo")["redone"] is True


def test_a_change_that_changes_nothing_says_so(stocked, ids):
    assert stocked.run("mark", ids[0], "--unread").stdout == b"mark as unread: nothing to change\n"


def test_known_papers_are_changed_and_unknown_ones_named(stocked, ids):
    done = stocked.run("bookmark", "arxiv:2999.12345", ids[0])
    assert done.returncode == 1
    assert b"2999.12345" in done.stderr
    assert stocked.json("show", ids[0])["bookmarked"] is True


def test_a_note_from_a_file_and_from_the_editor(stocked, program, ids, tmp_path):
    text = tmp_path / "note.txt"
    text.write_text("from a file\n")
    stocked.run("note", ids[0], "--file", text)
    assert stocked.run("note", ids[0]).stdout == b"from a file\n"
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\necho "and from an editor" >> "$1"\n')
    editor.chmod(0o755)
    done = program.run("note", ids[0], "--edit", env={"EDITOR": f"'{editor}'"})
    assert done.returncode == 0
    assert stocked.run("note", ids[0]).stdout == b"from a file\nand from an editor\n"


def test_a_failing_editor_leaves_the_note(stocked, program, ids):
    stocked.run("note", ids[0], "--set", "precious")
    done = program.run("note", ids[0], "--edit", env={"EDITOR": "false"})
    assert done.returncode == 4
    assert stocked.run("note", ids[0]).stdout == b"precious\n"


@pytest.mark.parametrize(
    "words",
    [
        ["mark", "x"],
        ["mark", "x", "--rating", "9"],
        ["tag", "x", "--bogus"],
        ["tag", "x", "+"],
        ["tag", "+lonely"],
    ],
)
def test_wrong_usage(stocked, ids, words):
    done = stocked.run(*[ids[0] if word == "x" else word for word in words])
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_rating_that_changes_beside_a_state_that_does_not_is_told(stocked, ids):
    stocked.run("mark", ids[0], "--read")
    done = stocked.json("mark", ids[0], "--read", "--rating", "5")
    assert done["change"] == "mark as read and rate 5"
    assert [(paper["id"], paper["rating"]) for paper in done["papers"]] == [(ids[0], 5)]


def test_the_tags_of_known_papers_are_listed_beside_unknown_ones(stocked, ids):
    stocked.run("tag", ids[0], "+fp4")
    done = stocked.run("tag", "arxiv:2999.12345", ids[0])
    assert done.returncode == 1
    assert b"2999.12345" in done.stderr
    assert done.stdout.decode() == f"{ids[0]}  fp4\n"


def test_what_was_done_is_said_as_done_and_undone_by_its_name(inside):
    paper = inside.json("search", "tidal")["hits"][0]["id"]
    for argv, said in (
        (["bookmark", paper], "bookmarked"),
        (["bookmark", paper, "--remove"], "bookmark removed"),
        (["tag", paper, "+a", "+b"], "tagged +a +b"),
        (["tag", paper, "-a"], "untagged -a"),
        (["mark", paper, "--rating", "3"], "rated 3"),
        (["mark", paper, "--reading", "--rating", "0"], "marked as reading and rating removed"),
        (["note", paper, "--set", "x"], "note saved"),
        (["remove", paper], "moved to the trash"),
        (["undo"], "undone: remove"),
    ):
        assert inside.run(*argv).stdout.decode() == f"{said}: {paper}\n"
