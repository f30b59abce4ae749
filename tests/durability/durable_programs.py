"""Programs that use one library at the same time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_PREAMBLE = """
import os, sys
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, {here!r})
from durable_library import *
from durable_upkeep import *
from papers_tui.index.paper import Entry, Marks, Paper
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.errors import *
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library
folder = Path(sys.argv[1])
me = int(sys.argv[2])
def library():
    return Library.open(folder / "data", folder / "cache")
def say(text):
    print(text, flush=True)
"""


def start(
    code: str, folder: Path, number: int = 0, *, prefix: Sequence[str] = (), **options
) -> subprocess.Popen[str]:
    """Start a program of some lines, with a folder and a number."""
    whole = _PREAMBLE.format(here=str(Path(__file__).parent)) + code
    return subprocess.Popen(
        [*prefix, sys.executable, "-c", whole, str(folder), str(number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )


def outputs(programs: Sequence[subprocess.Popen[str]]) -> list[list[str]]:
    """Wait until programs end well; return the lines that each of them wrote."""
    found = []
    for program in programs:
        output, _ = program.communicate()
        assert program.returncode == 0, output
        found.append(output.splitlines())
    return found


def run(code: str, folder: Path, *, prefix: Sequence[str] = (), **options) -> list[str]:
    """Run a program to its end; return the lines that it wrote."""
    return outputs([start(code, folder, prefix=prefix, **options)])[0]
