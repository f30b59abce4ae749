"""Writes BibTeX, BibLaTeX and RIS files: one record a paper, with the user's tags and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from papers_tui.index.cite import bibtex, ris
from papers_tui.index.cite.keys import KeyOf
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Entry, Marks

Record = Callable[[Work, Marks], str]


def write_bibtex(entries: Iterable[Entry], key_of: KeyOf) -> Iterator[str]:
    """Write a `.bib` file in UTF-8: tags are `keywords`, a note is `annote`."""
    return _write(entries, key_of, bibtex.bibtex)


def write_biblatex(entries: Iterable[Entry], key_of: KeyOf) -> Iterator[str]:
    """Write a `.bib` file for biber: tags are `keywords`, a note is `annotation`."""
    return _write(entries, key_of, bibtex.biblatex)


def write_ris(entries: Iterable[Entry], key_of: KeyOf) -> Iterator[str]:
    """Write a `.ris` file: tags are `KW`, a note is `N1`."""
    return _write(entries, key_of, ris.ris)


def _write(entries: Iterable[Entry], key_of: KeyOf, record: Record) -> Iterator[str]:
    separator = ""
    for entry in entries:
        work = Work(entry.paper, key_of(entry.paper), entry.second_keys)
        yield f"{separator}{record(work, entry.marks)}\n"
        separator = "\n"
