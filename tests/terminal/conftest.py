"""The whole program in a real pty, with a terminal emulator reading what it draws."""

import base64
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pyte
import pytest

PATIENCE = 120.0
"""Seconds that a state may take to come: for slow machines, never waited out otherwise."""

PROGRAM = (sys.executable, "-m", "papers_tui.tui")

# pyte 0.8 prints what it does not know: private modes and reports, kitty's keyboard protocol, OSC strings.
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$[a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?)?\Z")

PAGE = """Daily Papers

byAK and the research community

Dec 10

Tidal Attention: Looking Back Only When the Water Is Low

We propose tidal attention, a schedule that lets a language model look back only in some steps. It needs no \
retraining, and an accuracy of 93\\% is kept.

  • 3 authors
·
Apr 11, 2024

Small Models, Large Gardens

We study how small models behave when they are trained on the notes of gardeners for long.

  • 13 authors
·
Mar 2, 2025 4

Pretraining in Four Bits Without Tears

Training in four bits is cheap but unstable. We describe a recipe of rotations and rounding.

nvidia NVIDIA
·
Nov 10 2
"""


def _take_terminal():
    """Make the standard input the terminal that controls this process, which hears of its end then.

    It hears of it even where the tests run under nohup.
    """
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, argv, env, *, columns=100, rows=30):
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.bytes = b""
        self._unfed = b""
        self._fd, inside = pty.openpty()
        self._set_size(columns, rows)
        self.process = subprocess.Popen(
            list(map(os.fspath, argv)),
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env=env,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - these tests run no threads
        )
        os.close(inside)

    def _set_size(self, columns, rows):
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        self._set_size(columns, rows)

    def type(self, text):
        data = text if isinstance(text, bytes) else text.encode()
        while data:
            written = os.write(self._fd, data[:512])
            data = data[written:]
            self._read(0)

    def paste(self, text):
        """Paste as terminals do that know bracketed paste."""
        data = text if isinstance(text, bytes) else text.encode()
        self.type(b"\x1b[200~" + data + b"\x1b[201~")

    def click(self, text):
        """Click on the first place where the screen shows a text."""
        row, column = self.place(text)
        for event in "Mm":
            self.type(f"\x1b[<0;{column + 1};{row + 1}{event}")

    def place(self, text):
        """Return the row and column of a text on the screen."""
        for row, line in enumerate(self.screen.display):
            if text in line:
                return row, line.index(text)
        raise AssertionError(f"{text!r} is not shown:\n{self.text}")

    @property
    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def _read(self, seconds):
        """Read what is drawn within some seconds, and return whether anything was."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # nobody has the terminal open, and all that was written is read
            return False
        self.bytes += data
        known = _UNKNOWN_TO_PYTE.sub(b"", self._unfed + data)
        rest = _UNFINISHED.search(known)
        end = rest.start() if rest else len(known)
        self._unfed = known[end:]
        self._stream.feed(known[:end])
        return bool(data)

    def _read_to_the_end(self):
        """Read all that a program wrote before it ended."""
        while self._read(0.05):
            pass

    def wait_until(self, is_so, what):
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, f"{what} did not come:\n{self.text}"
            if self.process.poll() is None:
                self._read(0.05)
                continue
            self._read_to_the_end()
            assert is_so(), f"the program ended before {what}:\n{self.text}"

    def wait_for(self, *texts):
        for text in texts:
            self.wait_until(lambda text=text: text in self.text, repr(text))

    def wait_without(self, *texts):
        for text in texts:
            self.wait_until(lambda text=text: text not in self.text, f"a screen without {text!r}")

    @property
    def copied(self):
        """What OSC 52 put on the clipboard, oldest first."""
        found = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)", self.bytes)
        return [base64.b64decode(one).decode() for one in found]

    def has_mode(self, number):
        """Whether a private mode of the terminal is on: 1049 is the alternate screen, 25 the cursor."""
        changes = re.findall(rb"\x1b\[\?([0-9;]*)([hl])", self.bytes)
        states = [letter for numbers, letter in changes if str(number).encode() in numbers.split(b";")]
        return bool(states) and states[-1] == b"h"

    def quit(self):
        """Leave the browser, wherever the focus is, and return its exit code."""
        self.type("\x11")
        return self.close()

    def close(self):
        """Wait for the program to end, and return its exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < end, f"the program did not end:\n{self.text}"
            self._read(0.05)
        self._read_to_the_end()
        return self.process.returncode

    def hang_up(self):
        """Close the terminal, as a window that is closed or a connection that breaks."""
        os.close(self._fd)
        return self.process.wait(PATIENCE)

    def kill(self):
        """Take the program away as a crash would."""
        self.process.kill()
        self.process.wait()


class Home:
    """A person's home directory, with a library in it, and the programs that run there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.library = path / "library"
        self.config_file = path / "config" / "papers-tui" / "config.toml"
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(path),
            "XDG_DATA_HOME": str(path / "data"),
            "XDG_CACHE_HOME": str(path / "cache"),
            "XDG_CONFIG_HOME": str(path / "config"),
            "TMPDIR": str(path / "tmp"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "TEXTUAL_ANIMATIONS": "none",
        }
        (path / "tmp").mkdir(exist_ok=True)
        self.terminals: list[Terminal] = []

    def argv(self, *words):
        return [*PROGRAM, "--data-dir", self.library, *words]

    def open(self, *words, env=None, before=(), columns=100, rows=30) -> Terminal:
        """Run the browser, or a verb, in a terminal; `before` is a command that runs it."""
        argv = [*before, *self.argv(*words)]
        terminal = Terminal(argv, {**self.env, **(env or {})}, columns=columns, rows=rows)
        self.terminals.append(terminal)
        return terminal

    def run(self, *words, stdin=None, env=None, code: int | None = 0):
        """Run a verb without a terminal; bytes in, bytes out."""
        done = subprocess.run(
            list(map(os.fspath, self.argv(*words))),
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            env={**self.env, **(env or {})},
            timeout=PATIENCE,
            check=False,
        )
        assert code is None or done.returncode == code, (
            words,
            done.returncode,
            done.stdout[-2000:],
            done.stderr[-4000:],
        )
        return done

    def json(self, *words, **settings):
        return json.loads(self.run(words[0], "--json", *words[1:], **settings).stdout)

    def stop(self):
        for terminal in self.terminals:
            if terminal.process.poll() is None:
                terminal.kill()


@pytest.fixture
def home(tmp_path):
    """A home without a library."""
    home = Home(tmp_path)
    yield home
    home.stop()


@pytest.fixture(scope="session")
def _stock(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("stock"))
    page = home.path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    home.run("import", "--page-date", "2025-12-10", page)
    return home.library


@pytest.fixture
def stocked(home, _stock):
    """A home whose library holds the three papers of the page."""
    shutil.copytree(_stock, home.library)
    return home
