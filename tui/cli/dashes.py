"""Words of a command line that begin with a dash and are no options: what helps then."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

_OPTION: Final = re.compile(r"--[a-z]+(?:-[a-z]+)*(?:=.*)?", re.DOTALL)
_WITHOUT_VALUE: Final = re.compile(r"argument (\S+): expected (?:one|at least one) argument")


def remedy(word: str, taker: str | None, verb: str) -> str:
    """Return what helps where a verb does not know `word`. `taker` names what the verb's own words are."""
    help_ = f"papers-tui {verb} --help" if verb else "papers-tui --help"
    if taker == "query":
        return f"a query that begins with - follows --; {help_} tells the options"
    if _OPTION.fullmatch(word) or taker not in {"paths", "file"}:
        return help_
    written = shlex.quote(f"./{word}")
    return f"a file whose name begins with - is written {written}, or follows --; {help_} tells the options"


def remedy_without_value(message: str, argv: Sequence[str]) -> str | None:
    """Return what helps where an option lacks its value because that begins with a dash; None elsewhere."""
    found = _WITHOUT_VALUE.search(message)
    names = found[1].split("/") if found else []
    for option, value in pairwise(argv):
        if option in names and value.startswith("-") and not _OPTION.fullmatch(value):
            return f"a value that begins with - is written {shlex.quote(f'{names[-1]}={value}')}"
    return None
