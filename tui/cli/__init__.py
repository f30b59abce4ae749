"""The command line. Arguments are read first, with nothing heavy imported; a verb's module comes last."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Sequence

from papers_tui.index.errors import PapersError
from papers_tui.tui.cli.parser import browsing

INTERRUPTED = 130
"""The shell's exit code for a program that Ctrl-C ended."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code: see the table in `--help`."""
    _prepare_streams()
    _want_one_thread()
    try:
        words = sys.argv[1:] if argv is None else argv
        if (args := browsing(words)) is None:
            from papers_tui.tui.cli.arguments import parse  # noqa: PLC0415 - the browser needs no verbs

            args = parse(words)
        verb = importlib.import_module(f"papers_tui.tui.cli.{args.module}")
        code: int = verb.run(args)
        sys.stdout.flush()
    except PapersError as error:
        return _told(error)
    except BrokenPipeError:
        _discard_stdout()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        _discard_stdout()
        sys.stderr.write(f"papers-tui: the output could not be written: {error.strerror}\n")
        return PapersError.exit_code
    return code


def _prepare_streams() -> None:
    """Let stdout and stderr take every text. A stream that the caller closed (`>&-`) leads nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _want_one_thread() -> None:
    """Let NumPy start no threads for the linear algebra that nothing here uses: they cost more than a search.

    It is not put into `os.environ`: a program that is started with `env=dict(os.environ)`, as all are here,
    does not get it. One that is started without an `env` would.
    """
    if "OPENBLAS_NUM_THREADS" not in os.environ:
        os.putenv("OPENBLAS_NUM_THREADS", "1")


def _told(error: PapersError) -> int:
    from papers_tui.tui.wording import in_words  # noqa: PLC0415 - only an error needs it

    sys.stderr.write(in_words(error) + "\n")
    return error.exit_code


def _discard_stdout() -> None:
    """Point stdout nowhere, so that the interpreter's last flush has nothing to complain of."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
