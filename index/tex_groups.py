"""Where groups and mathematics stand in TeX: what is escaped begins and ends neither."""

from __future__ import annotations

import re
from typing import Final

_BRACES: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_DOLLARS: Final = re.compile(r"\\.|\$", re.DOTALL)


def closing_braces(source: str) -> dict[int, int]:
    """Return the place of the closing brace of each opening one that has one."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACES.finditer(source):
        if brace[0] == "{":
            opened.append(brace.start())
        elif brace[0] == "}" and opened:
            found[opened.pop()] = brace.start()
    return found


def dollars(source: str) -> list[int]:
    """Return the places of the dollars, in their order."""
    return [mark.start() for mark in _DOLLARS.finditer(source) if mark[0] == "$"]
