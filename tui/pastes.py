"""Pasted text, made safe before anything takes a part of it for a key.

Terminals send a paste between two marks (bracketed paste, DEC private mode 2004). What is between them is
text, whatever bytes it holds; a parser that takes an escape sequence there for a key would press it.
"""

from __future__ import annotations

from typing import Final

from papers_tui.index.text import clean

START: Final = "\x1b[200~"
END: Final = "\x1b[201~"


class Pastes:
    """Lets what a terminal sends pass, each paste once it is whole, without anything that is no text."""

    def __init__(self) -> None:
        self._before = ""
        """What was let pass last: the beginning of a mark, perhaps."""
        self._paste: str | None = None
        """What came of a paste that has not ended yet."""

    def feed(self, data: str) -> str:
        """Take what was read; return what may be parsed now."""
        passed = ""
        while data:
            if self._paste is None:
                keys, data = self._keys(data)
                passed += keys
            else:
                text, data = self._pasted(self._paste + data)
                passed += text
        return passed

    def _keys(self, data: str) -> tuple[str, str]:
        """Return what comes up to a paste, with its mark, and the rest."""
        seen = self._before + data
        begin = seen.find(START)
        if begin < 0:
            self._before = seen[-(len(START) - 1) :]
            return data, ""
        keys = begin + len(START) - len(self._before)
        self._before, self._paste = "", ""
        return data[:keys], data[keys:]

    def _pasted(self, text: str) -> tuple[str, str]:
        """Return a clean paste with its mark, once it is whole, and the rest.

        Of several ends the last one before the next paste counts: only a text that was pasted holds others.
        """
        following = text.find(START, text.find(END) + 1) if END in text else -1
        end = text.rfind(END, 0, following if following >= 0 else len(text))
        if end < 0:
            self._paste = text
            return "", ""
        self._paste = None
        return clean(text[:end]) + END, text[end + len(END) :]
