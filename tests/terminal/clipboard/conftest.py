"""Real clipboards that nobody looks at: of X11, Wayland and tmux. Skipped where they are not installed."""

import base64
import contextlib
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

PATIENCE = 120.0
"""Seconds that a server may take to start, and a clipboard to hold a text; never waited out otherwise."""

NOBODY = 65534
"""Sway refuses to run as root: then it runs as this user."""

WORK = {
    "id": "2401.00009",
    "title": "Über Größe: 注意 «ünïcode» 🎓 of Tides",
    "abstract": "We study tides.",
    "authors_parsed": [["Müller-Lüdenscheidt", "Jürgen", ""], ["李", "明", ""]],
    "categories": "cs.CL",
    "versions": [{"version": "v1", "created": "Mon, 1 Jan 2024 00:00:00 GMT"}],
}


def demand(*programs):
    """Skip the test, visibly, where a program is not installed."""
    if missing := [program for program in programs if shutil.which(program) is None]:
        pytest.skip(f"not installed: {', '.join(missing)}")


def wait_until(is_so, what):
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.01)


def output_of(argv, env):
    done = subprocess.run(argv, env=env, capture_output=True, check=False, timeout=PATIENCE)
    return done.stdout.decode()


@pytest.fixture(name="demand")
def _demand():
    return demand


@pytest.fixture(name="wait_until")
def _wait_until():
    return wait_until


@pytest.fixture(name="output_of")
def _output_of():
    return output_of


@pytest.fixture
def copied(home):
    """Copy a text by the function that the program uses; return its message."""

    def copied(text, env):
        program = (
            "import sys; from papers_tui.tui.clipboard import copy;"
            "print(copy(sys.stdin.buffer.read().decode()).message)"
        )
        argv = [sys.executable, "-c", program]
        done = subprocess.run(
            argv,
            input=text.encode(),
            env={**home.env, **env},
            check=True,
            timeout=PATIENCE,
            stdout=subprocess.PIPE,
        )
        return done.stdout.decode().removesuffix("\n")

    return copied


@pytest.fixture
def path_of(tmp_path):
    """Make a PATH with some programs alone."""

    def make(*programs):
        directory = tmp_path / "bin"
        directory.mkdir()
        for program in programs:
            (directory / program).symlink_to(shutil.which(program))
        return str(directory)

    return make


@pytest.fixture(scope="session")
def x11():
    """The environment of a program on an X display."""
    demand("Xvfb")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "64x48x8", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL, start_new_session=True)
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    if not number:
        pytest.skip("Xvfb does not start here")
    yield {"DISPLAY": f":{number}"}
    server.terminate()
    server.wait()


@pytest.fixture(scope="session")
def wayland():
    """The environment of a program on a Wayland compositor without a screen."""
    demand("sway", "wl-copy", "wl-paste")
    everybodys = Path(tempfile.gettempdir()).parent  # where nobody may go, as they may not in our own folder
    with tempfile.TemporaryDirectory(dir=everybodys) as name:  # a path short enough for a socket
        runtime = Path(name)
        runtime.chmod(0o700)
        as_user = {}
        if os.geteuid() == 0:
            os.chown(runtime, NOBODY, NOBODY)
            as_user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        env = {
            "PATH": os.environ["PATH"],
            "HOME": name,
            "XDG_RUNTIME_DIR": name,
            "WLR_BACKENDS": "headless",
            "WLR_LIBINPUT_NO_DEVICES": "1",
            "WLR_RENDERER": "pixman",
        }
        server = subprocess.Popen(
            ["sway", "-c", "/dev/null"], env=env, stderr=subprocess.DEVNULL, start_new_session=True, **as_user
        )

        def socket():
            return next((one.name for one in runtime.glob("wayland-*") if one.is_socket()), None)

        try:
            wait_until(lambda: socket() or server.poll() is not None, "a compositor")
            if server.poll() is not None:
                pytest.skip("sway does not start here")
            yield {"XDG_RUNTIME_DIR": name, "WAYLAND_DISPLAY": socket()}
        finally:
            server.terminate()
            server.wait()


class Tmux:
    """A tmux server of its own, and how to run a program in a pane of it."""

    def __init__(self, socket, environ, **options):
        self.base = ["tmux", "-S", str(socket), "-f", str(socket.with_suffix(".conf"))]
        self._environ = environ
        lines = [f"set -s {name.replace('_', '-')} {value}" for name, value in options.items()]
        socket.with_suffix(".conf").write_text("\n".join(["set -g status off", *lines]) + "\n")

    @property
    def session(self):
        """The command that runs what follows it in a new session."""
        return (*self.base, "new-session", "--")

    @property
    def environ(self):
        """What says to a program that it runs in a pane here."""
        return {"TMUX": f"{self.base[2]},1,0", "TMUX_PANE": "%0"}

    def run(self, *args):
        return output_of([*self.base, *args], self._environ)

    @property
    def buffer(self):
        return self.run("show-buffer")


@pytest.fixture
def tmux(tmp_path):
    """Make tmux servers; each is ended."""
    demand("tmux")
    with contextlib.ExitStack() as stack:

        def make(name="s", **options):
            # A socket's path is short: pytest's directories are not.
            directory = stack.enter_context(tempfile.TemporaryDirectory())
            environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
            server = Tmux(Path(directory) / name, environ, **options)
            stack.callback(server.run, "kill-server")
            return server

        yield make


@pytest.fixture
def sent():
    """What a terminal was asked to put on its clipboard, oldest first."""

    def sent(terminal):
        found = re.findall(rb"\x1b\]52;c?;([A-Za-z0-9+/=]*)\x07", terminal.bytes)
        return [base64.b64decode(one).decode() for one in found]

    return sent


@pytest.fixture(scope="session")
def _made():
    """What is made once for all tests: a library with one paper, and the paper's citation."""
    return {}


@pytest.fixture
def cited(home, _made, tmp_path_factory):
    """A home with a paper whose citation has several lines and is not ASCII; and that citation."""
    if not _made:
        other = type(home)(tmp_path_factory.mktemp("cited"))
        file = other.path / "papers.jsonl"
        file.write_text(json.dumps(WORK), encoding="utf-8")
        other.run("import", file)
        citation = other.run("cite", "2401.00009").stdout.decode().removesuffix("\n")
        _made.update(library=other.library, citation=citation)
    shutil.copytree(_made["library"], home.library)
    home.citation = _made["citation"]
    assert "\n" in home.citation
    assert not home.citation.isascii()
    home.open = functools.partial(home.open, columns=140)  # messages on one line
    return home


@pytest.fixture
def yank():
    """Copy the citation of the only paper, and wait until the browser says what became of it."""

    def yank(browser, *says):
        browser.wait_for("of Tides")
        browser.type("\r")
        browser.wait_for("read on")
        browser.type("Y")
        browser.wait_for(*says)

    return yank
