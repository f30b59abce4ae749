"""Notes in the user's editor: whatever becomes of the editor, what was typed is kept, and found again."""

import contextlib
import fcntl
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from papers_tui.index.note_files import Place, left_files, open_note_file, sweep
from papers_tui.index.note_records import text_of
from papers_tui.tui.editor import edit


@pytest.fixture
def environ(tmp_path, monkeypatch):
    """Temporary files lie where the test can see them."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path)
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TMPDIR": str(tmp_path / "tmp")}


@pytest.fixture
def place(tmp_path):
    (tmp_path / "data").mkdir()
    return Place(tmp_path / "data", "arxiv:1", "Ünder the (sea): A Survey/../of", 3)


@pytest.fixture
def editor(tmp_path, environ):
    """An environment whose editor is a Python program."""

    def make(body, name="ed"):
        file = tmp_path / name
        file.write_text(f"#!{sys.executable}\nimport json, os, sys, time, pathlib\n{body}\n")
        file.chmod(0o755)
        return environ | {"EDITOR": str(file)}

    return make


def notes(tmp_path):
    return list(tmp_path.glob("**/*.md"))


def left(place):
    return [(file.paper_id, file.base, file.text) for file in left_files(place.data_dir)]


def test_the_editor_gets_a_private_file_named_after_the_paper(tmp_path, place, environ, editor):
    editor(
        "p = pathlib.Path(sys.argv[-1])\n"
        "modes = oct(p.stat().st_mode), oct(p.parent.stat().st_mode)\n"
        "print(*modes, p.name, sys.argv[1], file=open('seen', 'w'))\n"
        "p.write_text(p.read_text() + 'ünd more\\n')",
        "my ed",
    )
    edited = edit(
        "old", place, environ=environ | {"EDITOR": "false", "VISUAL": f"'{tmp_path}/my ed' $(touch pwned)"}
    )
    assert (edited.text, edited.problem) == ("old\nünd more", "")
    assert (tmp_path / "seen").read_text().split() == [
        oct(stat.S_IFREG | 0o600),
        oct(stat.S_IFDIR | 0o700),
        "under-the-sea-a-survey-of.md",
        "$(touch",
    ]
    assert (tmp_path / "data" / "editing").stat().st_mode & 0o777 == 0o700
    [file] = notes(tmp_path / "data")
    assert file.exists()
    edited.discard()
    assert notes(tmp_path) == []


def test_escape_sequences_do_not_come_back_from_the_editor(place, editor):
    environ = editor(r"open(sys.argv[1], 'w').write('a\x1b]52;c;eA==\x07b\r\nc\n')")
    assert edit("", place, environ=environ).text == "ab\nc"


def test_a_failing_editor_keeps_the_old_note_and_what_was_typed(place, editor):
    environ = editor("open(sys.argv[1], 'w').write('typed'); sys.exit(2)")
    edited = edit("old", place, environ=environ)
    assert (edited.text, edited.typed) == ("old", "typed")
    assert "exit code 2" in edited.problem
    assert left(place) == []
    assert edited.leave().read_text() == "typed"
    assert left(place) == [("arxiv:1", 3, "typed")]


@pytest.mark.parametrize("body", ["sys.exit(2)", "open(sys.argv[1], 'w').close(); sys.exit(2)"])
def test_a_failing_editor_in_which_nothing_was_typed_leaves_nothing(tmp_path, place, editor, body):
    edited = edit("old", place, environ=editor(body))
    assert (edited.text, edited.typed) == ("old", None)
    assert "exit code 2" in edited.problem
    assert notes(tmp_path) == []


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (rb"na\xefve", "naïve"),
        (rb"\xff\xfen\x00o\x00", "no"),
        (rb"\xef\xbb\xbfno", "no"),
        (rb"\xff\xfe\xfa", "ÿþú"),
        (rb"\x81", ""),
    ],
)
def test_text_in_another_encoding_comes_back(place, editor, written, text):
    environ = editor(f"open(sys.argv[1], 'wb').write(b'{written.decode()}')")
    edited = edit("old", place, environ=environ)
    assert (edited.text, edited.problem) == (text, "")


def test_a_file_that_the_editor_deleted_is_no_empty_note_and_is_not_named(tmp_path, place, editor):
    edited = edit("old", place, environ=editor("os.unlink(sys.argv[1])"))
    assert edited.text == "old"
    assert "removed the file" in edited.problem
    assert str(tmp_path) not in edited.problem
    assert notes(tmp_path) == []


def test_a_text_that_was_only_in_the_file_outlives_an_editor_that_deletes_it(place, editor):
    edited = edit("left before", place, is_kept=False, environ=editor("os.unlink(sys.argv[1])"))
    assert "removed the file" in edited.problem
    assert left(place) == [("arxiv:1", 3, "left before")]


def test_an_emptied_file_is_an_empty_note(place, editor):
    edited = edit("old\n", place, environ=editor("open(sys.argv[1], 'w').close()"))
    assert (edited.text, edited.problem) == ("", "")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no-such-editor -w", "no-such-editor is not installed"),
        ("/", "did not start"),
        ("'unclosed", "no command line"),
    ],
)
def test_a_missing_editor_is_told_in_words(name, words, tmp_path, place, environ):
    edited = edit("old", place, environ=environ | {"VISUAL": name})
    assert edited.text == "old"
    assert words in edited.problem
    assert notes(tmp_path) == []


def test_what_a_window_saves_after_its_command_ended_is_found(tmp_path, place, environ):
    edited = edit("old", place, environ=environ | {"EDITOR": "true"})
    assert edited.text == "old"
    assert "ended at once" in edited.problem
    assert left(place) == []
    sweep(place.data_dir)
    [file] = notes(tmp_path)
    file.write_text("old, and more")
    sweep(place.data_dir)
    assert left(place) == [("arxiv:1", 3, "old, and more")]
    file.write_text("old\n")
    long_ago = time.time() - 48 * 60 * 60
    os.utime(file, (long_ago, long_ago))
    sweep(place.data_dir)
    assert notes(tmp_path) == []


def test_an_interrupt_in_the_editor_does_not_end_the_program(place, editor):
    # A terminal interrupts its whole foreground process group: the editor and whoever waits for it.
    environ = editor("os.kill(os.getppid(), 2); open(sys.argv[1], 'w').write('typed')")
    before = signal.getsignal(signal.SIGINT)
    assert edit("", place, environ=environ).text == "typed"
    assert signal.getsignal(signal.SIGINT) is before


def test_the_terminal_is_handed_over_for_just_as_long(place, editor):
    held = []

    @contextlib.contextmanager
    def hand_over():
        held.append("given")
        yield
        held.append(Path("ran").read_text())

    environ = editor("open('ran', 'w').write('ran')")
    edit("x", place, hand_over=hand_over, environ=environ)
    assert held == ["given", "ran"]


# Files that are left


KILLED = """
import os, sys
from pathlib import Path
from papers_tui.index.note_files import Place
from papers_tui.index.note_records import text_of
from papers_tui.tui.editor import edit
place = Place(Path(sys.argv[1]), "arxiv:1", "A paper", 3)
edit("old", place, environ=dict(os.environ, EDITOR=sys.argv[2]))
"""


def test_what_was_written_before_the_program_was_killed_is_found(place, editor):
    environ = editor("open(sys.argv[1], 'w').write('typed'); print('written', flush=True); time.sleep(60)")
    argv = [sys.executable, "-c", KILLED, str(place.data_dir), environ["EDITOR"]]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, start_new_session=True) as program:
        assert program.stdout.readline() == b"written\n"
        assert left(place) == []
        os.killpg(program.pid, signal.SIGKILL)
    assert left(place) == [("arxiv:1", 3, "typed")]


def test_a_file_with_nothing_new_is_swept_away(tmp_path, place):
    open_note_file(place, "old", is_kept=True).release()
    assert left(place) == []
    sweep(place.data_dir)
    assert notes(tmp_path) == []


def test_a_file_that_is_being_written_is_left_alone(tmp_path, place):
    held = open_note_file(place, "old", is_kept=True)
    sweep(place.data_dir)
    assert held.path.exists()
    other = open_note_file(place, "in another window", is_kept=True)
    assert other.path.parent != held.path.parent
    other.discard()
    held.discard()
    assert notes(tmp_path) == []


def test_a_left_file_is_not_written_over_by_a_note_that_knows_nothing_of_it(place):
    open_note_file(place, "left", is_kept=False).release()
    open_note_file(place, "another", is_kept=False).release()
    assert {text for _, _, text in left(place)} == {"left", "another"}
    open_note_file(place, "left\n\nand more", is_kept=False).release()
    assert {text for _, _, text in left(place)} == {"left\n\nand more", "another"}


def test_a_left_file_that_was_changed_since_stays(place):
    open_note_file(place, "left", is_kept=False).release()
    [file] = left_files(place.data_dir)
    file.path.write_text("changed since")
    file.discard()
    assert left(place) == [("arxiv:1", 3, "changed since")]
    [file] = left_files(place.data_dir)
    file.discard()
    assert left(place) == []
    assert not file.path.parent.exists()


def test_a_file_that_somebody_works_on_again_is_not_removed(place):
    open_note_file(place, "left", is_kept=False).release()
    [file] = left_files(place.data_dir)
    again = open_note_file(place, "left", is_kept=False)
    assert again.path == file.path
    file.discard()
    assert again.path.exists()
    again.discard()


def test_what_is_left_follows_a_library_that_is_moved(tmp_path, place):
    open_note_file(place, "left", is_kept=False).release()
    place.data_dir.rename(tmp_path / "moved")
    assert [file.text for file in left_files(tmp_path / "moved")] == ["left"]


def test_what_an_editor_was_cut_off_with_stays_for_it(place, editor):
    swap = "pathlib.Path(sys.argv[1]).with_name('.swap').write_text('typed'); sys.exit(1)"
    edited = edit("old", place, environ=editor(swap))
    assert ".swap" in edited.problem
    sweep(place.data_dir)
    [file] = left_files(place.data_dir)
    assert (file.text, file.others) == ("", (".swap",))
    again = open_note_file(place, "old", is_kept=True)
    assert again.path == file.path
    assert again.others == (".swap",)
    again.discard()
    assert left_files(place.data_dir) == []


def test_files_of_another_library_are_not_ours(tmp_path, place, environ):
    (tmp_path / "data" / "editing").write_text("in the way")
    open_note_file(place, "left", is_kept=False).release()
    [file] = notes(Path(tempfile.gettempdir()))
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert left(place) == [("arxiv:1", 3, "left")]
    assert left_files(tmp_path / "another") == []
    sweep(tmp_path / "another")
    file.parent.chmod(0o755)
    assert left(place) == []


def test_a_file_without_a_lock_is_found_all_the_same(place, monkeypatch):
    def refuse(*_):
        raise OSError(fcntl.LOCK_SH, "no locks here")

    file = open_note_file(place, "left", is_kept=False)
    file.release()
    monkeypatch.setattr(fcntl, "flock", refuse)
    assert left(place) == [("arxiv:1", 3, "left")]


def test_where_there_is_no_place_for_temporary_files_left_ones_are_found(place, monkeypatch):
    def refuse():
        raise FileNotFoundError("no usable temporary directory")

    open_note_file(place, "left", is_kept=False).release()
    monkeypatch.setattr(tempfile, "gettempdir", refuse)
    assert left(place) == [("arxiv:1", 3, "left")]


def test_left_files_are_found_where_permissions_cannot_be_set(place):
    file = open_note_file(place, "left", is_kept=False)
    file.release()
    file.path.parent.chmod(0o755)
    assert left(place) == [("arxiv:1", 3, "left")]


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"file": 3}', '{"file": "../../x"}'])
def test_a_record_that_is_none_leads_nowhere(place, record):
    file = open_note_file(place, "left", is_kept=False)
    file.release()
    (file.path.parent / "note.json").write_text(record)
    assert left(place) == []
    sweep(place.data_dir)
    assert file.path.exists()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("-rf --no-preserve-root", "rf-no-preserve-root.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("...", "note.md"),
        ("日本語の大規模言語モデル", "日本語の大規模言語モデル.md"),
        ("x" * 500, "x" * 48 + ".md"),
    ],
)
def test_names_of_files_are_safe(place, title, name):
    file = open_note_file(Place(place.data_dir, "arxiv:2", title, 0), "a", is_kept=True)
    assert file.path.name == name
    file.discard()


# What an editor takes back


@pytest.fixture
def seen(tmp_path, monkeypatch):
    """Editors may wait until what they saved was seen: then there is a file of this name."""
    file = tmp_path / "seen"

    def look(path):
        if text := text_of(path):
            file.write_text(text)
        return text

    monkeypatch.setattr("papers_tui.tui.editor.text_of", look)
    monkeypatch.setattr("papers_tui.tui.editor._BETWEEN_LOOKS", 0.01)
    return (
        f"seen = pathlib.Path({str(file)!r}); note = pathlib.Path(sys.argv[1]); note.write_text('typed')\n"
        "while not seen.exists() or seen.read_text() != 'typed': time.sleep(0.01)\n"
    )


@pytest.mark.parametrize(
    "end",
    [
        "note.unlink()",
        "note.unlink(); sys.exit(1)",
        "note.write_text(''); os.kill(os.getpid(), 9)",
        "note.write_text(' \\n'); sys.exit(1)",
        "note.unlink(); note.mkdir()",
        "note.unlink(); note.mkdir(); (note / 'mine').touch()",
    ],
)
def test_what_an_editor_saved_outlives_an_editor_that_takes_the_file_away(place, editor, seen, end):
    edited = edit("old", place, environ=editor(seen + end))
    assert (edited.text, edited.typed) == ("old", "typed")
    assert edited.problem
    assert edited.leave().read_text() == "typed\n"
    assert left(place) == [("arxiv:1", 3, "typed")]


def test_what_an_editor_saved_before_it_emptied_the_file_is_there(place, editor, seen):
    edited = edit("old", place, environ=editor(seen + "note.write_text('')"))
    assert (edited.text, edited.problem, edited.emptied) == ("", "", "typed")


def test_what_a_failed_editor_put_beside_a_file_stays_when_its_text_is_stored(place, editor):
    swap = "p = pathlib.Path(sys.argv[1]); p.write_text('typed'); p.with_name('.swap').touch(); sys.exit(1)"
    edit("old", place, environ=editor(swap)).discard()
    assert [(file.text, file.others) for file in left_files(place.data_dir)] == [("", (".swap",))]


def test_an_empty_folder_in_the_place_of_a_file_goes_with_the_next_sweep(tmp_path, place):
    file = open_note_file(place, "old", is_kept=True)
    file.path.unlink()
    file.path.mkdir()
    file.release()
    sweep(place.data_dir)
    assert list((tmp_path / "data" / "editing").iterdir()) == []


def test_a_folder_in_the_place_of_a_file_stays_and_the_next_editor_has_a_file_beside_it(place):
    file = open_note_file(place, "old", is_kept=True)
    file.path.unlink()
    file.path.mkdir()
    (file.path / "mine").touch()
    file.release()
    sweep(place.data_dir)
    again = open_note_file(place, "old", is_kept=True)
    assert again.path.parent == file.path.parent
    assert again.path.read_text() == "old\n"
    assert (file.path / "mine").exists()


def test_a_path_that_was_taken_for_two_words_is_said_to_want_quotes(tmp_path, place, environ, editor):
    editor("", "my ed")
    edited = edit("old", place, environ=environ | {"EDITOR": f"{tmp_path}/my ed --wait"})
    assert "quote a path that has spaces" in edited.problem
