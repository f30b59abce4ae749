"""The formats that papers are written in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from papers_tui.index.cite.keys import KeyOf, Keys
from papers_tui.index.formats.csl_list import write_csl_json
from papers_tui.index.formats.csv_table import write_csv
from papers_tui.index.formats.html_page import write_html
from papers_tui.index.formats.markdown_list import write_markdown
from papers_tui.index.formats.papers_json import JsonLines
from papers_tui.index.formats.records import write_biblatex, write_bibtex, write_ris
from papers_tui.index.paper import Entry


@dataclass(frozen=True, slots=True)
class Writer:
    """A format that papers are written in."""

    name: str
    extension: str
    """What file names end in, without the dot; the first format of the table with it is the usual one."""
    write_keyed: Callable[[Iterable[Entry], KeyOf], Iterator[str]]
    has_keys: bool = True
    """Whether citation keys are part of what is written."""

    def write(self, entries: Iterable[Entry], key_of: KeyOf | None = None) -> Iterator[str]:
        """Write papers as pieces of text, one at a time, so that a library of any size fits in memory.

        `key_of` tells their citation keys, in formats that have some; by default each gets one of its own.
        """
        return self.write_keyed(entries, key_of or Keys().add)


def _keyless(
    write: Callable[[Iterable[Entry]], Iterator[str]],
) -> Callable[[Iterable[Entry], KeyOf], Iterator[str]]:
    return lambda entries, _: write(entries)


EXPORT_FORMATS: Final[Mapping[str, Writer]] = MappingProxyType(
    {
        writer.name: writer
        for writer in (
            Writer(JsonLines.name, JsonLines.extension, _keyless(JsonLines().write), has_keys=False),
            Writer("bibtex", "bib", write_bibtex),
            Writer("biblatex", "bib", write_biblatex),
            Writer("ris", "ris", write_ris),
            Writer("csl-json", "json", write_csl_json),
            Writer("csv", "csv", _keyless(write_csv), has_keys=False),
            Writer("markdown", "md", _keyless(write_markdown), has_keys=False),
            Writer("html", "html", _keyless(write_html), has_keys=False),
        )
    }
)
