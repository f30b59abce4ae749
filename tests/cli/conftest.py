"""The command line, run as a program on a library of its own."""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from papers_tui.tui.cli import main

LISTING = """new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community

Dec 10

Tidal Attention: Looking Back Only When the Water Is Low

We propose tidal attention, a schedule that lets a language model look back at long contexts only in some \
steps. It saves sim7\\% of the compute at the same quality and needs no retraining of the model.

Small Models, Large Gardens

Large language models grow quickly. We study how small models behave when they are trained on the notes of \
gardeners, and we find that they answer questions about soil better than models ten times their size.

  • 13 authors
·
Apr 11, 2024

Pretraining in Four Bits Without Tears

Training in four bits is cheap but unstable. We describe a recipe of rotations and rounding that keeps the \
loss within a percent of the baseline over ten trillion tokens.

nvidia NVIDIA
·
Nov 10 2

"""


class Program:
    """papers-tui on a library in a temporary directory."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.library = home / "library"
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "LANG": "C.UTF-8",
            "TMPDIR": tempfile.gettempdir(),
        }

    def argv(self, *argv):
        """The command line that runs one verb."""
        return [sys.executable, "-m", "papers_tui.tui", "--data-dir", str(self.library), *map(str, argv)]

    def run(self, *argv, stdin=None, env=None):
        """Run one verb; bytes in, bytes out."""
        return subprocess.run(
            self.argv(*argv),
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            env={**self.env, **(env or {})},
            timeout=120,
            check=False,
        )

    def json(self, *argv, code=0, stdin=None):
        """Run one verb with --json and read its one document."""
        done = self.run(argv[0], "--json", *argv[1:], stdin=stdin)
        assert done.returncode == code, done.stderr.decode()
        assert b"Traceback" not in done.stderr
        return json.loads(done.stdout)


class Inside(Program):
    """The same within this process: for tests of many verbs, of which none asks for a terminal."""

    def run(self, *argv, stdin=None, env=None):
        """Run one verb; bytes out."""
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(os, "environ", {**self.env, **(env or {})})
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin or b"")))
            patched.setattr(sys, "stdout", streams[0])
            patched.setattr(sys, "stderr", streams[1])
            code = main(self.argv(*argv)[3:])
            for stream in streams:
                stream.flush()
        out, err = (stream.buffer.getvalue() for stream in streams)
        return subprocess.CompletedProcess(argv, code, out, err)


@pytest.fixture
def program(tmp_path):
    return Program(tmp_path)


@pytest.fixture
def inside_empty(tmp_path):
    """The program within this process, on no library yet."""
    return Inside(tmp_path)


@pytest.fixture
def inside(inside_empty, stocked_library):
    """The program within this process, on a library that holds the three papers of the listing."""
    shutil.copytree(stocked_library, inside_empty.library)
    return inside_empty


@pytest.fixture
def listing(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(LISTING, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def stocked_library(tmp_path_factory):
    """A library that holds the three papers of the listing, indexed: to be copied."""
    home = tmp_path_factory.mktemp("stocked")
    page = home / "page.txt"
    page.write_text(LISTING, encoding="utf-8")
    program = Program(home)
    assert program.run("import", page).returncode == 0
    return program.library


@pytest.fixture
def stocked(program, listing, stocked_library):
    """A program whose library holds the three papers of the listing."""
    shutil.copytree(stocked_library, program.library)
    return program


class Bound(Program):
    """The program as permissions bind it: started by root, it gives up the rights of root."""

    PREFIX = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown")

    def argv(self, *argv):
        """The command line that runs one verb."""
        return [*(self.PREFIX if os.geteuid() == 0 else ()), *super().argv(*argv)]


@pytest.fixture
def bound(tmp_path, stocked_library):
    """The program on a library of three papers, as permissions bind it."""
    program = Bound(tmp_path)
    if os.geteuid() == 0:
        closed = tmp_path / "closed"
        closed.mkdir(mode=0)
        if shutil.which("setpriv") is None:
            pytest.skip("permissions do not bind root, and setpriv is not installed")
        if subprocess.run([*Bound.PREFIX, "ls", closed], capture_output=True, check=False).returncode == 0:
            pytest.skip("permissions cannot be made to bind root here")
    shutil.copytree(stocked_library, program.library)
    return program
