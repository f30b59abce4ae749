"""Browsers and editors: which addresses are opened, and that the terminal is handed over and taken back."""

import contextlib
import json
import os
import pty
import sys
import time

import pytest
from textual.app import App

from papers_tui.index.errors import PapersError
from papers_tui.index.note_files import Place, left_files
from papers_tui.tui.opener import Launch, edit_text, host_of, launch_for, open_here, open_url

URL = "https://arxiv.org/abs/1706.03762?a=1&b=$(touch${IFS}pwned);c"


@pytest.fixture
def environ(tmp_path, monkeypatch):
    """A machine without display, browser or SSH, whose temporary files lie where the test can see them."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}


def program(tmp_path, name, body):
    """A Python program of a name that may be called with arguments."""
    file = tmp_path / name
    file.write_text(f"#!{sys.executable}\nimport json, os, sys, time, pathlib\n{body}\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def place(tmp_path):
    (tmp_path / "data").mkdir()
    return Place(tmp_path / "data", "arxiv:1", "A paper", 0)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://arxiv.org/abs/1706.03762", "arxiv.org"),
        ("http://localhost:8080/x?y=%20#z", "localhost"),
        ("HTTPS://ArXiv.org", "arxiv.org"),
        ("https://[::1]/x", "::1"),
    ],
)
def test_an_address_leads_to_its_host(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url",
    [
        "",
        "arxiv.org",
        "//arxiv.org",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://arxiv.org",
        "https://",
        "https:///path",
        "https://user@arxiv.org",
        "https://arxiv.org@evil.example/",
        "https://evil.example\\@arxiv.org/",
        "https://arxiv.org/a b",
        "https://arxiv.org/\n",
        "https://arxiv.org/\x7f",
        "https://arxiv.org/\x9b",
        "https://arxiv.org/\u202egpj.exe",
        " https://arxiv.org",
        "https://arxiv.org:99999/",
        "https://[::1/",
        "-https://arxiv.org",
    ],
)
def test_other_addresses_are_refused_with_words(url, environ):
    with pytest.raises(PapersError, match="the address was not opened: "):
        open_url(url, environ=environ | {"BROWSER": "true"})


def test_the_browser_gets_the_address_whole_and_no_shell_sees_it(tmp_path, environ):
    browser = program(
        tmp_path,
        "my browser",
        "pathlib.Path('new').write_text(json.dumps(sys.argv[1:])); os.rename('new', 'got')",
    )
    open_url(URL, environ=environ | {"BROWSER": f"'{browser}' --window '%s' &"})
    wait_for((tmp_path / "got").exists)
    assert json.loads((tmp_path / "got").read_text()) == ["--window", URL]
    assert not (tmp_path / "pwned").exists()


def wait_for(condition):
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        os.sched_yield()


def test_the_first_browser_that_is_here_is_taken(environ):
    launch = launch_for(URL, environ=environ | {"BROWSER": "no-such-browser:unclosed ':true --new %s"})
    assert launch.argv == ("true", "--new", URL)


def test_a_browser_that_fails_at_once_is_reported_with_the_address(tmp_path, environ):
    browser = program(tmp_path, "browser", "sys.exit(3)")
    with pytest.raises(PapersError, match="exit code 3") as raised:
        open_url(URL, environ=environ | {"BROWSER": str(browser)})
    assert URL in raised.value.remedy


def test_a_browser_writes_nothing_on_the_screen(tmp_path, environ, capfd):
    browser = program(tmp_path, "browser", "print('noise', flush=True); print('noise', file=sys.stderr)")
    open_url(URL, environ=environ | {"BROWSER": str(browser)})
    assert capfd.readouterr() == ("", "")


def test_a_text_browser_is_known_to_need_the_terminal(tmp_path, environ):
    browser = program(tmp_path, "w3m", "")
    assert launch_for(URL, environ=environ | {"BROWSER": str(browser)}).needs_terminal
    with pytest.raises(PapersError, match="needs the terminal"):
        open_url(URL, environ=environ | {"BROWSER": str(browser)})


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"SSH_TTY": "/dev/pts/1", "DISPLAY": "localhost:10"}, "SSH"),
        ({}, "display"),
        ({"BROWSER": "no-such-browser"}, "no-such-browser"),
        ({"DISPLAY": ":1", "PATH": "/nowhere"}, "no browser here"),
    ],
)
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS always has a desktop")
def test_where_there_is_no_browser_the_address_is_offered(more, why, environ):
    with pytest.raises(PapersError, match=why) as raised:
        open_url(URL, environ=environ | more)
    assert URL in raised.value.remedy


async def test_an_app_that_cannot_be_suspended_says_so(place, environ):
    app = App()
    async with app.run_test():
        edited = edit_text(app, "old", place, environ=environ | {"EDITOR": "true"})
    assert edited.text == "old"
    assert "cannot be handed over" in edited.problem
    assert left_files(place.data_dir) == []


APP = """
import json, os, pathlib, sys
from textual.app import App
from papers_tui.index.note_files import Place
from papers_tui.tui.opener import edit_text

class Notes(App):
    def on_mount(self):
        self.call_after_refresh(self.edit)
    def edit(self):
        edited = edit_text(self, "old", Place(pathlib.Path("data"), "arxiv:1", "A paper", 0))
        pathlib.Path("result").write_text(json.dumps([edited.text, edited.problem]))
        self.call_after_refresh(self.exit)

Notes().run()
"""


def run_on_a_terminal(environ):
    """Run the app above on a terminal of its own; return its exit code and all that the terminal got."""
    pid, leader = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, "-c", APP], environ)
    got = b""
    with contextlib.suppress(OSError):  # Linux says EIO where the last process has left the terminal
        while chunk := os.read(leader, 65536):
            got += chunk
    os.close(leader)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), got


def test_on_a_real_terminal_the_editor_gets_it_and_the_app_takes_it_back(tmp_path, place, environ):
    editor = program(
        tmp_path,
        "ed",
        "assert sys.stdin.isatty() and sys.stdout.isatty(); print('EDITING', flush=True)\n"
        "open(sys.argv[1], 'a').write('new')",
    )
    code, got = run_on_a_terminal(environ | {"TERM": "xterm-256color", "EDITOR": str(editor)})
    assert code == 0
    assert json.loads((tmp_path / "result").read_text()) == ["old\nnew", ""]
    left, _, taken_back = got.partition(b"EDITING")
    assert left.rindex(b"\x1b[?1049l") > left.rindex(b"\x1b[?1049h")
    assert b"\x1b[?1049h" in taken_back


def test_on_a_real_terminal_the_app_survives_a_missing_editor(tmp_path, place, environ):
    code, _ = run_on_a_terminal(environ | {"TERM": "xterm-256color", "EDITOR": "no-such-editor"})
    assert code == 0
    assert "not installed" in json.loads((tmp_path / "result").read_text())[1]


class Suspended:
    """An app that gives its terminal away, and says whether it has it back."""

    is_away = False

    @contextlib.contextmanager
    def suspend(self):
        self.is_away = True
        yield
        self.is_away = False


def test_an_interrupt_in_a_text_browser_does_not_reach_this_program(environ, tmp_path):
    app = Suspended()
    browser = program(
        tmp_path, "lynx", "os.kill(os.getppid(), 2); pathlib.Path('seen').write_text(sys.argv[1])"
    )
    open_here(app, Launch((str(browser), URL), needs_terminal=True), environ=environ)
    assert (tmp_path / "seen").read_text() == URL
    assert not app.is_away


def test_the_terminal_comes_back_from_a_text_browser_that_does_not_start(environ, tmp_path):
    app = Suspended()
    with pytest.raises(PapersError, match="No such file") as refused:
        open_here(app, Launch((str(tmp_path / "gone"), URL), needs_terminal=True), environ=environ)
    assert URL in refused.value.remedy
    assert not app.is_away
