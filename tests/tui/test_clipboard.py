"""The ways to a clipboard, with programs that fail, lie and hang. Real ones: `tests/terminal/clipboard`."""

import base64
import os
import pty
import shutil
import stat
import subprocess
import sys
import time

import pytest

from papers_tui.tui.clipboard import OSC52_LIMIT, copy, osc52
from papers_tui.tui.config import MODES

CITATION = "@article{vaswani2017,\n  title = {Attention — «ünïcode» 🎓}\n}\n"


def needs(*programs):
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


@pytest.fixture
def environ(tmp_path):
    """A machine without a display, tmux or SSH, and a home of its own."""
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}


def only(directory, *programs):
    """A PATH with these programs alone."""
    directory.mkdir()
    for program in programs:
        (directory / program).symlink_to(shutil.which(program))
    return str(directory)


def script(directory, name, body):
    """A program of a name, made of shell lines."""
    directory.mkdir(exist_ok=True)
    program = directory / name
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return program


def is_running(pid):
    """Whether a process lives. One that nobody has reaped yet does not."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True, check=False, timeout=120
    )
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


@needs("xclip")
@pytest.mark.parametrize("display", [":65000", "no/such:display", "localhost:10.0"])
def test_a_dead_display_is_not_called_a_success(display, environ, capfd):
    copied = copy(CITATION, "pyperclip", environ=environ | {"DISPLAY": display})
    assert (copied.is_copied, copied.is_confirmed, copied.text) == (False, False, CITATION)
    assert copied.message.startswith("Not copied: the clipboard failed: ")
    assert display in copied.message
    assert capfd.readouterr() == ("", "")


@needs("wl-copy", "wl-paste")
def test_a_dead_wayland_is_not_called_a_success(environ, capfd, tmp_path):
    gone = {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}
    copied = copy(CITATION, "pyperclip", environ=environ | gone)
    assert (copied.is_copied, copied.text) == (False, CITATION)
    assert copied.message.startswith("Not copied: the clipboard ")
    assert capfd.readouterr() == ("", "")


def test_without_a_clipboard_program_the_message_names_one(environ, tmp_path):
    environ |= {"DISPLAY": ":65000", "PATH": only(tmp_path / "bin")}
    copied = copy("text", "pyperclip", environ=environ)
    assert (copied.way, copied.text) == ("none", "text")
    assert "xclip or xsel" in copied.message


LIARS = {
    "says it did, and did not": ("cat >/dev/null", "the clipboard did not take the text"),
    "gives back another text": (
        'case "$*" in *-o*) echo other;; *) cat >/dev/null;; esac',
        "the clipboard did not take the text",
    ),
    "fails in silence": ("cat >/dev/null; exit 1", "the clipboard did not take the text"),
    "fails aloud": ("cat >/dev/null; echo no display >&2; exit 1", "the clipboard failed: no display"),
}


@pytest.mark.parametrize("case", LIARS)
def test_a_program_that_claims_success_is_not_believed(case, environ, tmp_path):
    body, why = LIARS[case]
    path = only(tmp_path / "bin", "cat")
    script(tmp_path / "bin", "xclip", body)
    copied = copy("text", "pyperclip", environ=environ | {"DISPLAY": ":1", "PATH": path})
    assert copied.message == f"Not copied: {why}"


@needs("ps")
def test_a_program_that_hangs_is_ended_with_all_it_started(environ, tmp_path):
    path = only(tmp_path / "bin", "sleep", "cat")
    pids = tmp_path / "pids"
    script(tmp_path / "bin", "xclip", f"echo $$ >>{pids}; sleep 600")
    copied = copy("text", "pyperclip", environ=environ | {"DISPLAY": ":1", "PATH": path})
    assert copied.message == "Not copied: the clipboard failed: it took too long"
    end = time.monotonic() + 120
    while any(is_running(pid) for pid in pids.read_text().split()):
        assert time.monotonic() < end


def test_where_the_desktop_fails_the_terminal_is_asked_and_the_reason_is_said(environ, tmp_path):
    copied = copy("text", environ=environ | {"DISPLAY": ":65000", "PATH": only(tmp_path / "bin")})
    assert (copied.way, copied.is_confirmed) == ("osc52", False)
    assert copied.message.startswith("Sent to the terminal")
    assert "unconfirmed; no clipboard program is installed: xclip or xsel is one" in copied.message


def test_where_every_way_fails_every_reason_is_said(environ, tmp_path):
    environ |= {"DISPLAY": ":65000", "TMUX": f"{tmp_path}/nowhere,1,0", "TERM": "linux"}
    copied = copy("text", environ=environ | {"PATH": only(tmp_path / "bin")})
    assert (copied.way, copied.text) == ("none", "text")
    for why in ("tmux failed: ", "no clipboard program is installed", "this terminal has no clipboard"):
        assert why in copied.message


@needs("tmux")
def test_a_tmux_that_is_gone_leaves_the_other_ways(environ, tmp_path):
    gone = environ | {"TMUX": f"{tmp_path}/nowhere,1,0"}
    assert copy("text", "tmux", environ=gone).message.startswith("Not copied: tmux failed: ")
    assert copy("text", environ=gone).way == "osc52"


@pytest.mark.parametrize(
    "remote", [{}, {"SSH_CONNECTION": "a 1 b 2", "DISPLAY": "localhost:10.0"}, {"SSH_TTY": "/dev/pts/1"}]
)
def test_far_from_a_desktop_the_terminal_is_asked_and_nothing_is_claimed(remote, environ):
    copied = copy(CITATION, environ=environ | remote)
    assert (copied.way, copied.osc52, copied.is_confirmed) == ("osc52", True, False)
    assert copied.message.startswith("Sent to the terminal")
    assert "copied" not in copied.message.lower()


def test_osc52_carries_the_text_as_base64():
    sequence = osc52(CITATION, {})
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    assert base64.b64decode(sequence[7:-1], validate=True).decode() == CITATION


@pytest.mark.parametrize("term", ["tmux-256color", "screen"])
def test_over_ssh_out_of_a_tmux_the_message_says_what_that_tmux_needs(term, environ):
    copied = copy(CITATION, environ=environ | {"TERM": term, "SSH_TTY": "/dev/pts/1"})
    assert copied.way == "osc52"
    assert "set-clipboard on" in copied.message


@pytest.mark.parametrize(
    ("size", "way"), [(OSC52_LIMIT * 3 // 4, "osc52"), (OSC52_LIMIT * 3 // 4 + 3, "none")]
)
def test_a_text_that_terminals_drop_in_silence_is_not_sent(size, way, environ):
    copied = copy("x" * size, environ=environ)
    assert copied.way == way
    assert ("too long" in copied.message) == (way == "none")


@pytest.mark.parametrize("term", ["linux", "dumb"])
def test_a_terminal_without_a_clipboard_is_not_asked(term, environ):
    assert copy("x", environ=environ | {"TERM": term}).message == "Not copied: this terminal has no clipboard"


@pytest.mark.parametrize("mode", MODES)
def test_hostile_text_is_cleaned_before_it_leaves(mode, environ):
    copied = copy("rm\x1b]52;c;eA==\x07 -rf\x00 ~\u202e\r\n", mode, environ=environ)
    assert copied.text == "rm -rf ~\n"


@pytest.mark.parametrize("text", ["", "\x1b[31m", "\u200b"])
def test_no_text_never_empties_the_clipboard(text, environ):
    assert copy(text, environ=environ).message == "Not copied: there is no text"


def test_a_mode_goes_its_own_way_only(environ):
    assert copy("x", "osc52", environ=environ | {"DISPLAY": ":1", "TMUX": "/x,1,0"}).way == "osc52"
    assert copy("x", "tmux", environ=environ).message == "Not copied: this is not a tmux session"


def _run_on_a_terminal(program, environ):
    """Run a Python program on a new controlling terminal; return its exit code and what the terminal got."""
    pid, leader = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, "-c", program], environ)
    shown = b""
    while True:
        try:
            chunk = os.read(leader, 4096)
        except OSError:  # Linux says EIO where the last process has left the terminal
            break
        if not chunk:
            break
        shown += chunk
    os.close(leader)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown


def test_the_command_line_writes_osc52_to_its_terminal_not_to_stdout(environ, tmp_path):
    out = tmp_path / "out"
    program = (
        f"import os; fd = os.open({str(out)!r}, os.O_WRONLY | os.O_CREAT); os.dup2(fd, 1)\n"
        "from papers_tui.tui.clipboard import copy_from_cli; print(copy_from_cli('cité').message)"
    )
    code, shown = _run_on_a_terminal(program, environ)
    assert code == 0
    assert osc52("cité", {}).encode() in shown
    assert out.read_text().startswith("Sent to the terminal")
    assert stat.S_ISREG(out.stat().st_mode)


def test_the_command_line_without_a_terminal_says_so(environ):
    program = "from papers_tui.tui.clipboard import copy_from_cli; print(copy_from_cli('x').message)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environ,
        stdout=subprocess.PIPE,
        check=True,
        start_new_session=True,
    )
    assert done.stdout == b"Not copied: there is neither a display nor a terminal\n"


def test_no_room_for_temporary_files_is_a_reason_and_no_error(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    copied = copy("text", "tmux", environ={"TMUX": "x", "PATH": ""})
    assert not copied.is_copied
    assert "no temporary file" in copied.message
