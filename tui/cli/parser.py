"""The parser that every verb has, and the command line of the browser, which has no verb."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NoReturn

from papers_tui.index.errors import WrongUsage


class Parser(argparse.ArgumentParser):
    """A parser whose help keeps its lines, and that takes no abbreviations."""

    verbs: Mapping[str, Parser] = MappingProxyType({})
    """The parsers of verbs, by their names; a verb has none."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, **settings)

    def has_option(self, word: str) -> bool:
        """Tell whether a word is an option."""
        return word in self._option_string_actions

    def takes_value(self, option: str) -> bool:
        """Tell whether a word is an option that has a value behind it."""
        action = self._option_string_actions.get(option)
        return action is not None and action.nargs is None

    def takes_query(self) -> bool:
        """Tell whether the words of a verb are a query."""
        return any(action.dest == "query" and action.nargs == "*" for action in self._actions)

    def print_help(self, file: Any = None) -> None:
        """Print the help, and see that it is out: argparse says nothing of help that it could not print."""
        out = file or sys.stdout
        out.write(self.format_help())
        out.flush()

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is, and exit with 2."""
        verb = self.prog.partition(" ")[2]
        raise WrongUsage(message, remedy=f"papers-tui {verb} --help".replace("  ", " "))


def global_options() -> Parser:
    """Return a parser of the options that may stand anywhere."""
    options = Parser(add_help=False)
    options.add_argument(
        "--data-dir", metavar="DIR", default=argparse.SUPPRESS, help="the library's directory"
    )
    options.add_argument(
        "--cache-dir", metavar="DIR", default=argparse.SUPPRESS, help="the index's directory"
    )
    return options


def add_browsing(parser: Parser) -> None:
    """Let a parser read what may stand there without a verb."""
    parser.add_argument("--ascii", action="store_true", help="draw the browser with ASCII alone")
    parser.set_defaults(module="browse", data_dir=None, cache_dir=None)


def browsing(argv: Sequence[str]) -> argparse.Namespace | None:
    """Read the command line of the browser; None for any other, for which all verbs have to be known."""
    parser = Parser(parents=[global_options()], add_help=False)
    add_browsing(parser)
    try:
        args, rest = parser.parse_known_args(argv)
    except WrongUsage:
        return None
    return None if rest else args
