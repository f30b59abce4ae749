"""What a bibliography says that is not kept, or could be read in two ways: told once a file, with counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from papers_tui.index.formats.items import Remark
from papers_tui.index.text import clean_line

_MOST_FIELDS: Final = 40
_MOST_TEXTS: Final = 40
_SHOWN: Final = 80
"""Characters of a text that a doubt quotes."""


def quoted(text: str) -> str:
    """Return a text of a file as a doubt quotes it."""
    return f"“{clean_line(text, limit=_SHOWN)}”"


class Losses:
    """Counts the fields that entries lose, and what was assumed of them."""

    def __init__(self, unit: str = "entry", units: str = "entries") -> None:
        self._unit, self._units = unit, units
        self._fields: dict[str, int] = {}
        self._doubts: dict[str, list[int]] = {}
        self._unnamed = 0

    def fields(self, names: Iterable[str]) -> None:
        """Count an entry that has fields which are not kept."""
        for name in dict.fromkeys(names):
            if name in self._fields or len(self._fields) < _MOST_FIELDS:
                self._fields[name] = self._fields.get(name, 0) + 1
            else:
                self._unnamed += 1

    def doubt(self, text: str, line: int) -> None:
        """Remember what was assumed, or could not be read, of the entry of a line."""
        if text in self._doubts or len(self._doubts) < _MOST_TEXTS:
            self._doubts.setdefault(text, []).append(line)
        else:
            self._unnamed += 1

    def remarks(self) -> Iterator[Remark]:
        """Yield a remark for each doubt, and for each field: `12 entries: lccn is not kept`."""
        for text, lines in self._doubts.items():
            more = f" and {len(lines) - 1:,} more" if len(lines) > 1 else ""
            yield Remark(f"line {lines[0]}{more}: {text}")
        for name, count in sorted(self._fields.items(), key=lambda item: (-item[1], item[0])):
            unit = self._unit if count == 1 else self._units
            yield Remark(f"{count:,} {unit}: `{clean_line(name, limit=_SHOWN)}` is not kept")
        if self._unnamed:
            yield Remark(f"and so on: {self._unnamed:,} more")
