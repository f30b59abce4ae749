"""Writes CSL-JSON: one array of items, with the user's tags as `keyword` and notes as `annote`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from papers_tui.index.cite.csl_json import item
from papers_tui.index.cite.keys import KeyOf
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Entry


def write_csl_json(entries: Iterable[Entry], key_of: KeyOf) -> Iterator[str]:
    """Write a JSON array, an item a line."""
    separator = "[\n"
    for entry in entries:
        work = Work(entry.paper, key_of(entry.paper))
        yield separator + json.dumps(item(work, entry.marks), ensure_ascii=False)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"
