"""Files as they are found in the wild, written by hand: every entry is read, or reported by its line.

`odd/expected.tsv` has a line a file: its name, how many entries are read and rejected, and texts that are
found in what was read, or said of it.
"""

from dataclasses import fields
from pathlib import Path

import pytest

from papers_tui.index.details import DETAILS
from papers_tui.index.formats import Options, Rejected, Remark, open_path
from papers_tui.index.formats.exports import EXPORT_FORMATS
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


LONG = 100_000


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - T\nAU  - " + ", " * LONG + "x\nER  - \n",
        "TY  - JOUR\nTI  - T\nAU  - " + "A, B; " * LONG + "\nER  - \n",
        "TY  - JOUR\nTI  - T\nN1  - " + "<p>" * LONG + "\nER  - \n",
        "TY  - JOUR\nTI  - T\nN1  - <p>" + "</p>" * LONG + "x\nER  - \n",
        "TY  - JOUR\nTI  - T\nPY  - " + "2001-" * LONG + "\nER  - \n",
        "TY  - JOUR\nTI  - T\n" + "ZZ  - x\n" * LONG + "ER  - \n",
        "TY  - JOUR\nTI  - T\nER  - " + "TY  - JOUR\nTI  - T\nER  - " * 1000 + "\n",
        "@book{a, title={T}, author={" + ", " * LONG + "}, year={" + "20" * LONG + "}}",
        "@book{a, title={T}, author={" + "family=x, " * LONG + "}}",
        "@book{a, title={T}, keywords={" + "{" * LONG + "}" * LONG + "," * LONG + "}}",
        "@book{a, title={" + "-" * LONG + "}, journal={" + "\\a " * LONG + "}}",
        "@book{z, title={Z}}\n@book{" + "a{" * LONG + ", title={T}}",
        "@book{a, title={" + "\\foo[x]" * LONG + "}}",
        "@book{a, title={T}, pages={" + "p. " * LONG + "}, note={" + "Citation Key: " * LONG + "}}",
        '[{"id":"a","type":"book","title":"' + "<i>" * LONG + "</i>" * LONG + '"}]',
        '[{"id":"a","type":"book","title":"' + "<" * LONG + "</i>" + '"}]',
        "Title,Author\nT," + '"' + "A, B; " * LONG + '"\n',
    ],
    ids=range(17),
)
def test_nothing_odd_takes_for_ever(tmp_path, text):
    path = tmp_path / "odd"
    path.write_text(text, encoding="utf-8")
    items = list(open_path(path, Options()).items)
    assert any(isinstance(item, Entry | Rejected) for item in items)
    assert len(items) < 3_000


CARRIED = {
    "bibtex": "tags note published kind type genre short_venue protected urls",
    "biblatex": "tags note kind short_venue protected urls",
    "ris": (
        "tags note published kind type urls authors categories rating status collaboration event event_place"
        " how_published organization page_total remark short_venue version protected italics pages publisher"
    ),
    "csl-json": "tags kind urls categories rating status genre protected italics",
    "csv": "authors urls",
    "jsonl": "",
}
"""What formats carry not at all, or not always, of what the files say: docs/formats.md says it in words."""


def said(entry):
    """Return what an entry says, by the names of its fields and details."""
    paper = {field.name: getattr(entry.paper, field.name) for field in fields(entry.paper)}
    details = paper.pop("details")
    paper |= {name: details.get(name, "") for name in DETAILS}
    marks = {name: getattr(entry.marks, name) for name in ("tags", "note", "rating")}
    return paper | marks | {"reading": entry.marks.status}


@pytest.mark.parametrize("name", CARRIED)
def test_our_own_exports_give_the_same_papers(tmp_path, name):
    lost = {*CARRIED[name].split(), "sources", "added"}
    lost |= {"reading"} if "status" in lost else set()
    for row in TABLE:
        entries = [item for item in open_path(ODD / row[0], Options()).items if isinstance(item, Entry)]
        path = tmp_path / "export"
        text = "".join(EXPORT_FORMATS[name].write(iter(entries)))
        path.write_text(text, encoding="utf-8", newline="")
        again = [item for item in open_path(path, Options()).items if isinstance(item, Entry)]
        assert len(again) == len(entries), row[0]
        for was, now in zip(entries, again, strict=True):
            before, after = said(was), said(now)
            changed = {key for key in before if key not in lost and before[key] != after[key]}
            assert {key: (before[key], after[key]) for key in changed} == {}, row[0]
