"""A question that is answered with yes or no before something is done that is hard to take back."""

from __future__ import annotations

import sys

from papers_tui.index.errors import WrongUsage
from papers_tui.tui.cli.output import tell


def demand_yes(question: str, *, is_given: bool) -> bool:
    """Ask, unless the answer `is_given`. Raises WrongUsage where nobody is there to be asked."""
    if is_given:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise WrongUsage("this asks first, and there is no terminal to ask in", remedy="--yes answers")
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    is_wanted = sys.stdin.readline().strip().lower() in {"y", "yes"}
    if not is_wanted:
        tell("papers-tui: nothing was changed")
    return is_wanted
