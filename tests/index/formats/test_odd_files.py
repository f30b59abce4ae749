"""Files as they are found in the wild, written by hand: every entry is read, or reported by its line.

`odd/expected.tsv` has a line a file: its name, how many entries are read and rejected, and texts that are
found in what was read, or said of it.
"""

from pathlib import Path

import pytest

from papers_tui.index.formats import Options, Rejected, Remark, open_path
from papers_tui.index.paper import Entry

ODD = Path(__file__).parent / "odd"
TABLE = [line.split("\t") for line in (ODD / "expected.tsv").read_text(encoding="utf-8").splitlines()]


def shown(item):
    """Return all that an item says, as texts of expected.tsv have it."""
    if isinstance(item, Entry):
        paper = item.paper
        details, urls = dict(paper.details), dict(paper.urls)
        return f"key={item.key!r} {paper!r} details={details!r} urls={urls!r} {item.marks!r}"
    return item.text if isinstance(item, Remark) else f"{item.where}: {item.why}"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_every_entry_is_read_or_reported(row):
    name, read, rejected, *texts = row
    items = list(open_path(ODD / name, Options()).items)
    entries = [item for item in items if isinstance(item, Entry)]
    damaged = [item for item in items if isinstance(item, Rejected)]
    assert (len(entries), len(damaged)) == (int(read), int(rejected))
    assert all(item.where.startswith("line ") and item.source for item in damaged)
    everything = "\n".join(map(shown, items))
    assert [text for text in texts if text not in everything] == []


def test_every_file_is_in_the_table():
    assert {row[0] for row in TABLE} == {path.name for path in ODD.iterdir()} - {"expected.tsv"}
