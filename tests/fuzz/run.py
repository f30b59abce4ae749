"""Feed a part of the program with inputs that nobody would write.

python tests/fuzz/run.py TARGET --inputs 100000 --seed 1 [--seeds DIR] [--only NUMBER]

TARGET is `cleaner`, `query`, `any` (the program tells the format), the name of a format, or `all`. An input
fails if it raises anything but the program's own errors, breaks what has to hold for every input, or takes
longer than `--limit` seconds of processor time. Input NUMBER of a seed is always the same.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable
from pathlib import Path

from fuzz_targets import check_of, inputs_of, small_library, target_names

SHOWN = 5
"""Failures printed whole."""


class TooSlow(Exception):
    """An input took more than its time."""


def main() -> int:
    """Run the targets that the command line names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", choices=[*target_names(), "all"])
    parser.add_argument("--inputs", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=Path, metavar="DIR", help="a folder of real listings to begin from")
    parser.add_argument(
        "--limit", type=float, default=2.0, metavar="SECONDS", help="of processor time an input"
    )
    parser.add_argument("--only", type=int, metavar="NUMBER", help="one input, printed")
    options = parser.parse_args()
    signal.signal(signal.SIGPROF, _stop)
    names = target_names() if options.target == "all" else [options.target]
    return int(sum(_run(name, options) for name in names) > 0)


def _run(name: str, options: argparse.Namespace) -> bool:
    """Run one target; tell whether anything failed."""
    inputs = inputs_of(name, options.seed, options.seeds)
    numbers: Iterable[int] = range(options.inputs)
    if options.only is not None:
        numbers = [options.only]
        sys.stdout.write(f"{inputs[options.only]!r}\n")
    failures, slowest, size, start = 0, (0.0, 0), 0, time.process_time()
    with tempfile.TemporaryDirectory() as folder, small_library(Path(folder)) as library:
        check = check_of(name, library)
        for number in numbers:
            data = inputs[number]
            size += len(data)
            before = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, options.limit)
            try:
                check(data, number)
            except Exception:  # noqa: BLE001 - whatever comes out is what is looked for
                failures += 1
                if failures <= SHOWN:
                    sys.stdout.write(
                        f"--- {name}: input {number} of seed {options.seed}, {len(data)} bytes\n"
                    )
                    traceback.print_exc(limit=-4, file=sys.stdout)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            slowest = max(slowest, (time.process_time() - before, number))
    seconds = time.process_time() - start
    sys.stdout.write(
        f"{name}: {len(list(numbers)):,} inputs, {size / 1e6:,.0f} MB, seed {options.seed}:"
        f" {failures} failures; slowest {slowest[0] * 1000:,.0f} ms (input {slowest[1]});"
        f" {seconds:,.0f} s of processor time\n"
    )
    sys.stdout.flush()
    return bool(failures)


def _stop(*_: object) -> None:
    raise TooSlow


if __name__ == "__main__":
    sys.exit(main())
