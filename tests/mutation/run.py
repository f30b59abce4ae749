"""Make small faults in the text, store, format, citation and query modules, and see whether tests notice.

python tests/mutation/run.py --sample 200 --seed 1 [--only index/text.py ...] [--without-long]

Works on a copy of the newest commit. A fault that the fitting tests do not notice survives, and is printed:
either a test is missing, or the fault changes nothing that anybody can see. Each takes some seconds.
`--try index/text.py:100` makes the faults of one line instead, `--try index/text.py:100:Add` those of them
whose names have that text.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

import hypothesis
import pytest
from fitting import LONG, MODULES, fitting
from mutants import mutant_at, places_of

ROOT = Path(__file__).parents[2]

PATIENCE = 60.0
"""Seconds, and so many times those that the tests take without a fault, after which they do not end."""
TIMES = 10

Fault = tuple[str, int]
"""A module, and the place of a fault in it."""


def main() -> int:
    """Try a sample of all faults."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=200, metavar="N", help="faults to try (200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--only", nargs="+", default=["*"], metavar="PATTERN", help="modules: index/text.py index/store/*"
    )
    parser.add_argument("--without-long", action="store_true", help="leave out tests that take long")
    parser.add_argument("--try", nargs="+", default=[], dest="lines", metavar="MODULE:LINE[:TEXT]")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copy = Path(folder)
        _copied(copy)
        return _run(copy, options)


def _run(copy: Path, options: argparse.Namespace) -> int:
    """Try a sample of the faults that can be made in the copy."""
    faults = _faults(copy, options.only, options.lines)
    chosen = faults
    if not options.lines:
        chosen = random.Random(options.seed).sample(faults, min(options.sample, len(faults)))
    sys.stdout.write(f"{len(faults):,} faults can be made; {len(chosen):,} are tried\n")
    left_out = LONG if options.without_long else ()
    patience: dict[tuple[str, ...], float] = {}
    for tests in {fitting(module): None for module, _ in chosen}:
        started = time.monotonic()
        if _tested(copy, tests, left_out, patience=TIMES * PATIENCE) != "survived":
            sys.stdout.write(f"without any fault these fail: {' '.join(tests)}\n")
            return 1
        patience[tests] = PATIENCE + TIMES * (time.monotonic() - started)
    ends = Counter(_tried(copy, fault, left_out, patience[fitting(fault[0])]) for fault in chosen)
    noticed = len(chosen) - ends["survived"]
    share = 100 * noticed / max(1, len(chosen))
    sys.stdout.write(f"noticed {noticed} of {len(chosen)}: {share:.0f} % ({dict(ends)})\n")
    return 0


def _faults(copy: Path, patterns: Sequence[str], lines: Sequence[str]) -> list[Fault]:
    """Return the faults that can be made in the modules of some patterns, or in some lines."""
    faults = []
    for path in dict.fromkeys(path for pattern in MODULES for path in sorted(copy.glob(pattern))):
        module, source = path.relative_to(copy).as_posix(), path.read_text(encoding="utf-8")
        if lines:
            faults += [(module, place) for place in _asked(module, source, lines)]
        elif any(fnmatch(module, pattern) for pattern in patterns):
            faults += [(module, place) for place in places_of(source)]
    return faults


def _asked(module: str, source: str, lines: Sequence[str]) -> Iterator[int]:
    """Yield the places of the faults that are asked for by line and a part of their names."""
    asked = [line.split(":", 2)[1:] for line in lines if line.startswith(f"{module}:")]
    for place in places_of(source) if asked else ():
        mutant = mutant_at(source, place)
        if any(int(line) == mutant.line and all(text in mutant.fault for text in of) for line, *of in asked):
            yield place


def _copied(copy: Path) -> None:
    """Copy the newest commit to where it can be broken: `papers_tui` is a folder there."""
    names = ("index", "tui", "styles", "tests", "docs", "README.md", "CHANGELOG.md", "pyproject.toml")
    archive = subprocess.run(["git", "archive", "HEAD", *names], cwd=ROOT, capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(copy, filter="data")
    (copy / "papers_tui").mkdir()
    for name in ("index", "tui", "styles"):
        (copy / "papers_tui" / name).symlink_to(copy / name)


def _tried(copy: Path, fault: Fault, left_out: Sequence[str], patience: float) -> str:
    """Make one fault, run the fitting tests, and mend it again."""
    module, place = fault
    path = copy / module
    before = path.read_bytes()
    mutant = mutant_at(before.decode(), place)
    started = time.monotonic()
    try:
        path.write_text(mutant.source, encoding="utf-8")
        end = _tested(copy, fitting(module), left_out, patience=patience)
    finally:
        path.write_bytes(before)
    seconds = time.monotonic() - started
    sys.stdout.write(f"{end:9} {module}:{mutant.line}: {mutant.fault} ({seconds:.0f} s)\n")
    sys.stdout.flush()
    return end


def _tested(copy: Path, tests: Sequence[str], left_out: Sequence[str], *, patience: float) -> str:
    """Run tests in a process that has its libraries already, but nothing of the project."""
    sys.stdout.flush()
    if not (child := os.fork()):
        _test(copy, tests, left_out)
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "survived" if status == 0 else "noticed"
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "endless"


def _test(copy: Path, tests: Sequence[str], left_out: Sequence[str]) -> None:
    """Run tests in the copy, and end this process: 0 if all of them passed."""
    code = 3
    try:
        os.setpgid(0, 0)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nothing, stream)
        os.chdir(copy)
        os.environ["PYTHONPATH"] = str(copy)
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        sys.dont_write_bytecode = True
        sys.path.insert(0, str(copy))
        phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
        hypothesis.settings.register_profile("mutation", phases=phases, derandomize=True, database=None)
        hypothesis.settings.load_profile("mutation")
        options = [
            "-x",
            "-q",
            "-n0",
            "-p",
            "no:cacheprovider",
            "-W",
            "ignore::pytest.PytestAssertRewriteWarning",
        ]
        code = int(pytest.main([*options, *(f"--ignore-glob=*{name}" for name in left_out), *tests]))
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
