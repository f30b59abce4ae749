"""Nothing of a stranger's paper changes the titles and the buffers of tmux, gullible as it may be."""

import contextlib
import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def tmux():
    """Run one command on a tmux server that nobody else uses; it keeps a text of the user in its buffer."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    with tempfile.TemporaryDirectory() as folder:  # a socket's path is short: pytest's directories are not
        base = ["tmux", "-S", str(Path(folder, "s")), "-f", os.devnull]
        environ = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}

        def tmux(*words):
            return subprocess.run(
                [*base, *words], env=environ, capture_output=True, check=False
            ).stdout.decode()

        tmux.base = base
        yield tmux
        with contextlib.suppress(OSError):
            tmux("kill-server")


SETTINGS = (
    ("set", "-s", "set-clipboard", "on"),
    ("set", "-g", "allow-rename", "on"),
    ("set", "-g", "allow-passthrough", "on"),
    ("set", "-g", "set-titles", "on"),
    ("set", "-g", "automatic-rename", "off"),
    ("set", "-g", "status", "off"),
)
"""tmux as gullible as it can be made."""


def held(tmux):
    """Return what a paper might have changed: the buffers and the titles."""
    shown = "#{pane_title} #{window_name} #{session_name}"
    return tmux("list-buffers"), tmux("show-buffer"), tmux("display-message", "-p", shown)


def begin(home, tmux, *words):
    """Run a program in a pane whose server keeps what its user copied and named."""
    settings = [word for one in SETTINGS for word in (*one, ";")]
    terminal = home.open(
        before=(*tmux.base, *settings, "new-session", "-n", "mine", "--", *words), columns=120, rows=40
    )
    terminal.wait_until(lambda: "mine" in tmux("list-windows"), "the session")
    tmux("select-pane", "-T", "title of mine")
    tmux("set-buffer", "copied by me")
    return terminal


def test_no_screen_changes_the_title_or_the_buffer_of_tmux(haunted, look_everywhere, tmux):
    browser = begin(haunted, tmux)
    before = held(tmux)
    assert "copied by me" in before[1]
    assert before[2] == "title of mine mine 0\n"
    look_everywhere(haunted, browser)
    assert held(tmux) == before
    browser.type("\x11")


def test_no_verb_changes_the_title_or_the_buffer_of_tmux(haunted, evil_text, tmux):
    ids = [hit["id"] for hit in haunted.json("search", "--limit", "30")["hits"]]
    pair = haunted.json("duplicates")["pairs"][0]
    verbs = [["show", one] for one in ids[:4]] + [["cite", *ids], ["export"], ["export", "--format", "csv"]]
    verbs += [["search"], ["search", "--json"], ["search", evil_text("x")], ["show", "nothing"], ["paths"]]
    verbs += [["tag"], ["note", ids[0]], ["edit", ids[0]], ["duplicates"], ["backup"], ["backup", "--list"]]
    verbs += [["restore", "--dry-run"], ["remove", ids[0]], ["trash"], ["undo"], ["doctor"], ["keys"]]
    verbs += [["merge", pair["one"]["id"], pair["other"]["id"]]]
    words = [[word.replace("\0", "") for word in map(os.fspath, haunted.argv(*verb))] for verb in verbs]
    script = haunted.path / "script"
    script.write_text("\n".join(map(shlex.join, words)) + '\necho ALL" "DONE; sleep 600\n')
    terminal = begin(haunted, tmux, "sh", "-c", f". {script}; :", "sh")
    before = held(tmux)
    terminal.wait_for("ALL DONE")
    assert held(tmux) == before


def test_what_would_change_them_does(home, tmux):
    """The proof of the two tests above: where the same bytes are just printed, title and buffer change."""
    (home.path / "evil").write_bytes(b"\x1b]52;c;cHduZWQ=\x07\x1b]2;pwned\x1b\\DONE")
    terminal = begin(home, tmux, "sh", "-c", f"sleep 1; cat {home.path / 'evil'}; sleep 600", "sh")
    terminal.wait_for("DONE")
    terminal.wait_until(lambda: "pwned" in held(tmux)[1], "a changed buffer")
    assert "pwned" in held(tmux)[2]
