"""Regular expressions that are compiled when they are first used: a start needs few of them.

Compiling all that the program has would take a tenth of the time to the first results.
"""

from __future__ import annotations

import re
from typing import Any, cast


class LazyPattern:
    """Stands for a compiled pattern."""

    def __init__(self, text: str, flags: int) -> None:
        self._wanted = (text, flags)

    def __getattr__(self, name: str) -> Any:
        """Compile it, and keep the method that is asked for: it is found without coming here again."""
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(re.compile(*self._wanted), name)
        setattr(self, name, found)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern that `re.compile` would. Give it to no function of `re`: call its methods."""
    return cast("re.Pattern[str]", LazyPattern(text, flags))
