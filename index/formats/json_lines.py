"""JSON from outside: a document a line, or one document of many records, read without trust."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from papers_tui.index.errors import UnusableInput
from papers_tui.index.formats.items import Item, Rejected
from papers_tui.index.formats.source import Source, lines
from papers_tui.index.paper import Entry

MAX_DOCUMENT: Final = 1 << 26
"""Bytes that a single JSON document may have; lines of JSON may go on for ever."""

MAX_VALUES: Final = 1_000_000
"""Commas, brackets and braces that a line may have: a value of three bytes takes a hundred in memory."""

_MAX_DOCUMENT_VALUES: Final = 4 * MAX_VALUES

ToEntry = Callable[[Any], Entry]
"""Makes an entry of a document. Raises ValueError, which says why it cannot."""


def _refused(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refused)


def parsed(text: str, *, is_whole: bool = False) -> Any:
    """Read a JSON document: a line, or a file that `is_whole` one document.

    Raises:
        ValueError: it is none: damaged, nested too deep, with too many values, endless numbers or NaN. The
            text says which.
    """
    most = _MAX_DOCUMENT_VALUES if is_whole else MAX_VALUES
    if len(text) > most and sum(map(text.count, ",[{")) > most:
        raise ValueError(f"not JSON of papers: more than {most:,} values")
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise ValueError(f"not JSON: {error.msg} at {place}") from error
    except RecursionError:
        raise ValueError("not JSON of a paper: nested too deep") from None
    except ValueError as error:
        if "string conversion" in str(error):
            raise ValueError("not JSON of a paper: a number with thousands of digits") from None
        raise


def entries_of_lines(source: Source, encoding: str, to_entry: ToEntry, name: str) -> Iterator[Item]:
    """Yield the entries of JSON lines; what is none is rejected by its line.

    Raises:
        UnusableInput: after all that could be read, where the file is damaged.
    """
    number = 0
    try:
        for line in lines(source, encoding):
            if isinstance(line, Rejected):
                yield line
                continue
            number, text = line
            yield _entry(text, to_entry, number)
    except UnusableInput as error:
        error.detected = name
        raise
    finally:
        source.close()
    if source.damage is not None:
        raise source.unusable(
            f"{source.damage}; everything before was read", where=f"line {number + 1}", detected=name
        )


def _entry(text: str, to_entry: ToEntry, number: int) -> Item:
    try:
        return to_entry(parsed(text))
    except ValueError as error:
        return Rejected(f"line {number}", str(error), text)


def entries_of_records(records: Iterable[Any], to_entry: ToEntry) -> Iterator[Item]:
    """Yield the entries of the records of one document; what is none is rejected by its number."""
    for number, record in enumerate(records, 1):
        try:
            yield to_entry(record)
        except ValueError as error:
            yield Rejected(f"record {number}", str(error))


def records_of(document: Any) -> list[Any] | None:
    """Return the records of one document: a list, the hits of a search, or a record by itself."""
    if isinstance(document, dict):
        hits = document.get("hits")
        return hits if isinstance(hits, list) else [document]
    return document if isinstance(document, list) else None


def place_of(error: ValueError) -> str:
    """Return the place that a message of `parsed` names: `line N`."""
    found = re.search(r"line \d+", str(error))
    return found[0] if found else "line 1"
