"""Words of a command line that begin with a dash and are no options: what helps then."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from papers_tui.tui.cli.parser import Parser

_OPTION: Final = re.compile(r"--[a-z]+(?:-[a-z]+)*(?:=.*)?", re.DOTALL)
_WITHOUT_VALUE: Final = re.compile(r"argument (\S+): expected (?:one|at least one) argument")


_SHIELD: Final = "\0"
"""What argparse sees before a word that is no option: the system lets no argument have it."""


def shielded(argv: Sequence[str], parser: Parser) -> list[str]:
    """Mark the words of a query that begin with a dash, behind its first one: they exclude what follows."""
    found = list(argv)
    verb: Parser | None = None
    has_word = False
    words = iter(enumerate(argv))
    for place, word in words:
        if word == "--":
            break
        if (verb or parser).takes_value(word):
            next(words, None)
        elif not word.startswith("-"):
            has_word = verb is not None
            verb = verb or parser.verbs.get(word)
        elif has_word and verb is not None and verb.takes_query() and _is_excluding(word, verb):
            found[place] = _SHIELD + word
    return found


def unshielded(words: Sequence[str]) -> list[str]:
    """Return words as they were given."""
    return [word.removeprefix(_SHIELD) for word in words]


def _is_excluding(word: str, verb: Parser) -> bool:
    """Tell whether a word is neither an option nor, as in `-oFILE`, one with its value."""
    is_option = word.startswith("--") or verb.has_option(word) or verb.takes_value(word[:2])
    return len(word) > 1 and not is_option


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
