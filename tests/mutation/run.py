"""Make small faults in the text, store and format modules, one at a time, and see whether tests notice.

python tests/mutation/run.py --sample 200 --seed 1 [--only index/text.py] [--without-long]

Works on a copy of the newest commit. A fault that the fitting tests do not notice survives, and is printed:
either a test is missing, or the fault changes nothing that anybody can see. Each takes some seconds.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

from mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[2]

_FORMATS = "tests/index/formats"
_REFERENCES = [
    f"{_FORMATS}/test_small_print.py",
    f"{_FORMATS}/test_round_trips.py",
    f"{_FORMATS}/test_detail_round_trips.py",
    f"{_FORMATS}/test_odd_files.py",
]
_STORE = "tests/index/store"
FITTING = {
    "index/text.py": ["tests/index/test_text.py"],
    "index/store/corpus*.py": [f"{_STORE}/test_corpus.py", f"{_STORE}/test_merge.py"],
    "index/store/in*.py": [f"{_STORE}/test_corpus.py", f"{_STORE}/test_merge.py"],
    "index/store/m[ae][tr]*.py": [
        f"{_STORE}/test_corpus.py",
        f"{_STORE}/test_merge.py",
        f"{_STORE}/test_marks.py",
    ],
    "index/store/nearest.py": [f"{_STORE}/test_corpus.py"],
    "index/store/codec.py": [f"{_STORE}/test_corpus.py", f"{_STORE}/test_marks.py"],
    "index/store/rehearsal.py": [f"{_STORE}/test_corpus.py"],
    "index/store/recovering.py": [f"{_STORE}/test_recovering.py"],
    "index/store/re*.py": [f"{_STORE}/test_restoring.py", f"{_STORE}/test_salvaging.py"],
    "index/store/backup*.py": [f"{_STORE}/test_backups.py", f"{_STORE}/test_restoring.py"],
    "index/store/salvaging.py": [f"{_STORE}/test_salvaging.py"],
    "index/store/wreck.py": [f"{_STORE}/test_salvaging.py", f"{_STORE}/test_recovering.py"],
    "index/store/opening.py": [f"{_STORE}/test_opening.py", f"{_STORE}/test_strangers.py"],
    "index/store/database.py": [f"{_STORE}/test_opening.py", f"{_STORE}/test_marks.py"],
    "index/store/strangers.py": [f"{_STORE}/test_strangers.py"],
    "index/store/*.py": [_STORE],
    "index/formats/listing*.py": [f"{_FORMATS}/test_listing.py", f"{_FORMATS}/test_listing_properties.py"],
    "index/formats/compression.py": [f"{_FORMATS}/test_opening.py", f"{_FORMATS}/test_bounds.py"],
    "index/formats/bounds.py": [f"{_FORMATS}/test_bounds.py"],
    "index/formats/arxiv_snapshot.py": [f"{_FORMATS}/test_arxiv_snapshot.py"],
    "index/formats/papers_json.py": [f"{_FORMATS}/test_papers_json.py"],
    "index/formats/fields.py": [f"{_FORMATS}/test_papers_json.py", f"{_FORMATS}/test_arxiv_snapshot.py"],
    "index/formats/bib*.py": [*_REFERENCES, f"{_FORMATS}/test_bibtex.py"],
    "index/formats/ris*.py": [*_REFERENCES, f"{_FORMATS}/test_ris.py"],
    "index/formats/c[os][lv]*.py": [*_REFERENCES, f"{_FORMATS}/test_csl_and_csv.py"],
    "index/formats/j[ao]*b*.py": [*_REFERENCES, f"{_FORMATS}/test_bibtex.py"],
    "index/formats/ref*.py": [
        *_REFERENCES,
        f"{_FORMATS}/test_bibtex.py",
        f"{_FORMATS}/test_ris.py",
        f"{_FORMATS}/test_csl_and_csv.py",
    ],
    "index/formats/[eos]*.py": [
        f"{_FORMATS}/test_opening.py",
        f"{_FORMATS}/test_bounds.py",
        f"{_FORMATS}/test_small_print.py",
        f"{_FORMATS}/test_listing.py",
    ],
    "index/formats/*.py": [_FORMATS],
}
"""The tests of each module; the first pattern that fits counts."""

LONG = ("test_processes.py", "test_mark*_model.py", "test_listing_properties.py")
"""Tests that take long, and find what others find sooner."""

PATIENCE = 60.0
"""Seconds, and so many times those that the tests take without a fault, after which they do not end."""
TIMES = 10


def main() -> int:
    """Try a sample of all faults."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=200, metavar="N", help="faults to try (200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--only", default="*", metavar="PATTERN", help="modules: index/text.py, index/store/*"
    )
    parser.add_argument("--without-long", action="store_true", help="leave out tests that take long")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copy = Path(folder)
        _copied(copy)
        return _run(copy, options)


def _run(copy: Path, options: argparse.Namespace) -> int:
    """Try a sample of the faults that can be made in the copy."""
    modules = [
        path.relative_to(copy).as_posix()
        for pattern in ("index/text.py", "index/store/*.py", "index/formats/*.py")
        for path in sorted(copy.glob(pattern))
    ]
    faults = [
        (module, mutant)
        for module in modules
        if fnmatch(module, options.only)
        for mutant in mutants_of((copy / module).read_text(encoding="utf-8"))
    ]
    chosen = random.Random(options.seed).sample(faults, min(options.sample, len(faults)))
    sys.stdout.write(f"{len(faults):,} faults can be made; {len(chosen):,} are tried\n")
    left_out = LONG if options.without_long else ()
    patience: dict[tuple[str, ...], float] = {}
    for tests in {_fitting(module): None for module, _ in chosen}:
        started = time.monotonic()
        if _tested(copy, tests, left_out, patience=TIMES * PATIENCE) != "survived":
            sys.stdout.write(f"without any fault these fail: {' '.join(tests)}\n")
            return 1
        patience[tests] = PATIENCE + TIMES * (time.monotonic() - started)
    ends = Counter(_tried(copy, *fault, left_out, patience[_fitting(fault[0])]) for fault in chosen)
    noticed = len(chosen) - ends["survived"]
    share = 100 * noticed / max(1, len(chosen))
    sys.stdout.write(f"noticed {noticed} of {len(chosen)}: {share:.0f} % ({dict(ends)})\n")
    return 0


def _copied(copy: Path) -> None:
    """Copy the newest commit to where it can be broken: `papers_tui` is a folder there."""
    names = ("index", "tui", "styles", "tests", "pyproject.toml")
    archive = subprocess.run(["git", "archive", "HEAD", *names], cwd=ROOT, capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(copy, filter="data")
    (copy / "papers_tui").mkdir()
    for name in ("index", "tui", "styles"):
        (copy / "papers_tui" / name).symlink_to(copy / name)


def _fitting(module: str) -> tuple[str, ...]:
    return next(tuple(tests) for pattern, tests in FITTING.items() if fnmatch(module, pattern))


def _tried(copy: Path, module: str, mutant: Mutant, left_out: Iterable[str], patience: float) -> str:
    """Make one fault, run the fitting tests, and mend it again."""
    path = copy / module
    before = path.read_bytes()
    started = time.monotonic()
    try:
        path.write_text(mutant.source, encoding="utf-8")
        end = _tested(copy, _fitting(module), left_out, patience=patience)
    finally:
        path.write_bytes(before)
    seconds = time.monotonic() - started
    sys.stdout.write(f"{end:9} {module}:{mutant.line}: {mutant.fault} ({seconds:.0f} s)\n")
    sys.stdout.flush()
    return end


def _tested(copy: Path, tests: Iterable[str], left_out: Iterable[str], *, patience: float) -> str:
    options = ["-x", "-q", "-n0", "-p", "no:cacheprovider", "--no-header"]
    command = ["-m", "pytest", *options, *(f"--ignore-glob=*{name}" for name in left_out), *tests]
    env = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [sys.executable, *command], cwd=copy, env=env, capture_output=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return "endless"
    return "survived" if done.returncode == 0 else "noticed"


if __name__ == "__main__":
    sys.exit(main())
