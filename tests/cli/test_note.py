"""Notes on the command line: whatever becomes of the editor or the library, what was typed is there again."""

import os
import signal
import subprocess

import pytest


@pytest.fixture
def paper_id(stocked):
    return stocked.json("search", "tidal")["hits"][0]["id"]


@pytest.fixture
def editor(tmp_path):
    """An environment whose editor is a shell script; it gets the file as $1."""

    def make(script):
        file = tmp_path / "editor"
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        return {"EDITOR": str(file)}

    return make


def edit(stocked, paper_id, environ):
    done = stocked.run("note", paper_id, "--edit", env=environ)
    return done.returncode, done.stderr.decode()


def notes(stocked):
    return list(stocked.home.glob("**/editing/*/*.md"))


def test_a_failing_editor_leaves_a_draft_that_the_next_one_begins_with(stocked, paper_id, editor):
    stocked.run("note", paper_id, "--set", "old")
    code, said = edit(stocked, paper_id, editor('echo "and more" >> "$1"; exit 3'))
    assert code == 4
    assert "exit code 3" in said
    assert f"papers-tui note {paper_id} --edit" in said
    assert notes(stocked) == []
    shown = stocked.run("note", paper_id)
    assert shown.stdout == b"old\n"
    assert b"not saved" in shown.stderr
    assert edit(stocked, paper_id, editor('echo "and the end" >> "$1"'))[0] == 0
    shown = stocked.run("note", paper_id)
    assert shown.stdout.split(b"\n") == [b"old", b"and more", b"and the end", b""]
    assert shown.stderr == b""


@pytest.mark.parametrize("script", ["exit 1", 'rm "$1"', 'rm "$1"; exit 1', "kill -9 $$"])
def test_an_editor_that_writes_nothing_leaves_the_note_and_no_file(stocked, paper_id, editor, script):
    stocked.run("note", paper_id, "--set", "old")
    code, said = edit(stocked, paper_id, editor(script))
    assert code == 4
    assert "editing" not in said
    assert notes(stocked) == []
    shown = stocked.run("note", paper_id)
    assert (shown.stdout, shown.stderr) == (b"old\n", b"")


def test_what_was_written_when_the_program_was_killed_is_where_the_next_editor_begins(
    stocked, paper_id, editor
):
    environ = editor('echo "half a thought" > "$1"; echo written; sleep 60')
    with subprocess.Popen(
        stocked.argv("note", paper_id, "--edit"),
        env=stocked.env | environ,
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    ) as program:
        assert program.stdout.readline() == b"written\n"
        os.killpg(program.pid, signal.SIGKILL)
    assert len(notes(stocked)) == 1
    assert b"not saved" in stocked.run("note", paper_id).stderr
    assert edit(stocked, paper_id, editor('echo "and the rest" >> "$1"'))[0] == 0
    assert stocked.run("note", paper_id).stdout == b"half a thought\nand the rest\n"
    assert notes(stocked) == []


def test_what_was_typed_in_the_editor_outlives_a_store_that_fails(stocked, paper_id, editor, tmp_path):
    environ = editor(f'echo "long thoughts" > "$1"; mv "{stocked.library}/marks.db" "{tmp_path}"')
    code, said = edit(stocked, paper_id, environ)
    assert code == 4
    (kept,) = notes(stocked)
    assert str(kept) in said
    assert kept.read_text() == "long thoughts\n"
    (tmp_path / "marks.db").rename(stocked.library / "marks.db")
    assert edit(stocked, paper_id, editor('echo "and more" >> "$1"'))[0] == 0
    assert stocked.run("note", paper_id).stdout == b"long thoughts\nand more\n"
    assert notes(stocked) == []


def test_a_note_that_changed_since_a_draft_was_begun_is_kept_beside_it(stocked, paper_id, editor):
    edit(stocked, paper_id, editor('echo "from the draft" > "$1"; exit 1'))
    stocked.run("note", paper_id, "--set", "written since")
    code, said = edit(stocked, paper_id, editor('echo "and more" >> "$1"'))
    assert code == 0
    assert "both versions" in said
    note = stocked.run("note", paper_id).stdout.decode()
    assert "written since" in note
    assert "from the draft\nand more" in note


def test_a_note_that_another_editor_saved_in_another_encoding_is_read(stocked, paper_id, editor):
    assert edit(stocked, paper_id, editor("printf 'na\\357ve' > \"$1\""))[0] == 0
    assert stocked.run("note", paper_id).stdout.decode() == "naïve\n"


@pytest.mark.parametrize("end", ['rm "$1"', ': > "$1"; kill -9 $$', 'rm "$1"; mkdir "$1"'])
def test_an_editor_that_takes_back_what_it_saved_leaves_a_draft(stocked, paper_id, editor, end):
    stocked.run("note", paper_id, "--set", "old")
    code, said = edit(stocked, paper_id, editor(f'echo typed >> "$1"; sleep 2; {end}'))
    assert (code, "kept as a draft" in said) == (4, True)
    assert list(stocked.library.glob("editing/*")) == []
    assert edit(stocked, paper_id, editor('echo "and more" >> "$1"'))[0] == 0
    assert stocked.run("note", paper_id).stdout == b"old\ntyped\nand more\n"


def test_a_note_that_an_editor_empties_is_removed_and_what_it_saved_before_is_a_draft(
    stocked, paper_id, editor
):
    stocked.run("note", paper_id, "--set", "old")
    done = stocked.run("note", paper_id, "--edit", env=editor('echo new > "$1"; sleep 2; : > "$1"'))
    assert done.stdout.decode() == f"note removed: {paper_id}; papers-tui undo brings it back\n"
    assert b"kept as a draft" in done.stderr
    assert edit(stocked, paper_id, editor('echo "and more" >> "$1"'))[0] == 0
    assert stocked.run("note", paper_id).stdout == b"new\nand more\n"


def test_an_empty_note_is_said_to_be_removed(inside):
    paper = inside.json("search", "tidal")["hits"][0]["id"]
    inside.run("note", paper, "--set", "old")
    assert b"note removed" in inside.run("note", paper, "--set", "").stdout
    inside.run("undo")
    assert inside.run("note", paper).stdout == b"old\n"
