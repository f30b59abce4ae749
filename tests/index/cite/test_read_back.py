"""Exports read back, field by field, by programs that are not ours: the starter shelf, or a part of a corpus.

As a command it takes 2,000 records, or as many as it is told, evenly from a file of papers:

    CORPUS=arxiv.jsonl.xz python tests/index/cite/test_read_back.py [RECORDS]
"""

import csv
import io
import json
import os
import re
import sys
import time
import unicodedata
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from markdown_it import MarkdownIt
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.formats.items import Options
from papers_tui.index.formats.opening import open_path
from papers_tui.index.paper import Entry, Kind, Marks
from papers_tui.index.shelf import papers as shelf

UNKNOWN_TO_PYLATEXENC = {
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    r"\textasciicircum{}": "^",
    r"\textbraceleft{}": "\x00",
    r"\textbraceright{}": "\x01",
}


def shown(tex):
    """What TeX shows of a field, in plain letters."""
    for command, sign in UNKNOWN_TO_PYLATEXENC.items():
        tex = tex.replace(command, sign)
    text = LatexNodes2Text().latex_to_text(tex).replace("\x00", "{").replace("\x01", "}")
    return unicodedata.normalize("NFC", text)


def as_tex_shows(text):
    """Plain text with the ligatures of TeX's fonts, but dashes, and mathematics apart."""
    text = text.replace("``", "“").replace("''", "”")
    return unicodedata.normalize("NFC", text.replace("?`", "¿").replace("!`", "¡"))


def canonical(text):
    """Text with its mathematics as plain letters: `H₂O`, `H$_2$O` and `H{$_{2}$}O` are one, and roots."""
    text = re.sub(r"√\((\w)\)", r"√\1", text)
    plain = re.sub(r"\$[^$]+\$", lambda match: LatexNodes2Text().latex_to_text(match[0]), text)
    plain = unicodedata.normalize("NFKC", plain).translate(str.maketrans("−′\u0305", "-'\u0304", "△"))
    return re.sub(r"[\s_^{}$\\]", "", plain)


def names(paper):
    """The names of authors; the blank that sources put into double names, `H. -W.`, is none of theirs."""
    named = [author.name.replace(". -", ".-") for author in paper.authors]
    return named or ([paper.organization] if paper.organization else [])


def is_deposit(paper):
    return bool(paper.arxiv_id) and not (paper.kind in {Kind.ARTICLE, Kind.INPROCEEDINGS} and paper.venue)


def dois(paper):
    """The DOIs that a record may have."""
    return {paper.doi} if paper.doi else {f"10.48550/arXiv.{paper.arxiv_id}"} if is_deposit(paper) else {None}


def appears_in(venue, parts):
    """Whether everything that a reference was told into is in it: nothing is invented.

    The last page may have been written in short: `1361-71`.
    """
    letters = re.sub(r"\W", "", venue)
    shortened = set(re.findall(r"[-‐‑–—]\s*(\d+)", venue))
    pieces = [piece for part in parts for piece in re.findall(r"\w+", part or "")]
    return all(piece in letters or any(piece.endswith(end) for end in shortened) for piece in pieces)


def check_venue(paper, journal, numbers, year, issued=""):
    if paper.kind in {Kind.ARTICLE, Kind.INPROCEEDINGS} and paper.venue:
        if journal != " ".join(paper.venue.split()) and canonical(journal) != canonical(
            as_tex_shows(paper.venue)
        ):
            assert (paper.volume, paper.pages) == (None, None)
            assert appears_in(paper.venue, [journal, *numbers, year]), (paper.venue, journal, numbers, year)
        else:
            assert (year or None) in {
                str(paper.year) if paper.year else None,
                *re.findall(r"\d{4}", paper.venue),
            }
    elif year or paper.year:
        assert int(year) == paper.year
    assert not issued or issued.startswith(year)


def check_bib(text, entries, journal_field, year_field):
    library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    assert len({entry.key.lower() for entry in library.entries}) == len(library.blocks) == len(entries)
    others = parse_string(text, "bibtex").entries
    assert list(others) == [entry.key for entry in library.entries]
    for read, entry in zip(library.entries, entries, strict=True):
        paper, other = entry.paper, others[read.key]
        fields = {name: field.value for name, field in read.fields_dict.items()}
        assert {name.lower() for name in other.fields} == {name.lower() for name in fields} - {"author"}
        dashed = re.sub(r"(?<=[^\W_])--(?=[^\W_])", "–", as_tex_shows(paper.title))
        assert canonical(shown(fields["title"])) == canonical(dashed)
        assert other.fields["title"] == fields["title"]
        people = [shown(" ".join([*p.first, *p.von, *p.last, *p.jr])) for p in fields.get("author", [])]
        assert [name for name in people if name != "others"] == [as_tex_shows(name) for name in names(paper)]
        persons = other.persons.get("author", [])
        assert len(persons) == len(people)
        assert fields.get("eprint") == paper.arxiv_id
        assert fields.get("doi") in dois(paper)
        numbers = [fields.get(name) for name in ("volume", "number", "pages")]
        journal = shown(fields.get(journal_field) or fields.get("booktitle") or "")
        check_venue(paper, journal, numbers, fields.get(year_field, "")[:4])
        assert [shown(tag) for tag in fields.get("keywords", "").split(", ") if tag] == list(entry.marks.tags)
        note = fields.get("annote") or fields.get("annotation") or ""
        assert shown(note) == as_tex_shows(entry.marks.note)


def check_ris(text, entries):
    records = rispy.loads(text)
    assert len(records) == len(entries)
    for record, entry in zip(records, entries, strict=True):
        paper = entry.paper
        assert record["title"] == paper.title
        people = [name.split(", ") for name in record.get("authors", [])]
        read = [" ".join(part for part in (*name[1:2], name[0], *name[2:]) if part) for name in people]
        assert [unordered(name) for name in read] == [unordered(name) for name in names(paper)]
        assert record.get("doi") in dois(paper)
        numbers = [record.get(name) for name in ("volume", "number", "start_page", "end_page")]
        journal = record.get("journal_name") or record.get("secondary_title") or ""
        check_venue(paper, journal, numbers, record.get("year", ""), record.get("date", ""))
        assert record.get("keywords", []) == list(entry.marks.tags)
        assert record.get("abstract", "") == " ".join(paper.abstract.split())
        assert entry.marks.note in record.get("notes", [""])


def unordered(name):
    """The words of a name: a comma within a group's name would be read as one between its parts."""
    return sorted(re.findall(r"\w+", name))


def check_csl(text, entries):
    items = json.loads(text)
    assert len({item["id"].lower() for item in items}) == len(entries)
    for item, entry in zip(items, entries, strict=True):
        paper = entry.paper
        parts = ("given", "non-dropping-particle", "family", "suffix", "literal")
        people = [" ".join(name[part] for part in parts if part in name) for name in item.get("author", [])]
        title = re.sub("</?i>", "", item["title"]) if "italics" in paper.details else item["title"]
        assert (title, people) == (paper.title, names(paper))
        assert item.get("DOI") in dois(paper)
        if paper.arxiv_id:
            assert f"arXiv:{paper.arxiv_id}" in (item.get("number"), item.get("archive_location"))
        year = str(item["issued"]["date-parts"][0][0]) if "issued" in item else ""
        numbers = [item.get(name) for name in ("volume", "issue", "page")]
        check_venue(paper, item.get("container-title", ""), numbers, year)
        assert item.get("abstract", "") == paper.abstract
        assert (item.get("keyword", ""), item.get("annote", "")) == (
            ", ".join(entry.marks.tags),
            entry.marks.note,
        )


def check_csv(text, entries):
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(entries)
    for row, entry in zip(rows, entries, strict=True):
        paper = entry.paper
        for name in ("id", "title", "published", "venue", "arxiv_id", "doi", "abstract"):
            assert row[name].removeprefix("'") == (getattr(paper, name) or "").removeprefix("'")
        assert unordered(row["authors"]) == unordered("; ".join(author.name for author in paper.authors))
        assert (row["tags"], row["note"]) == ("; ".join(entry.marks.tags), entry.marks.note)


def check_markdown(text, entries):
    tokens = MarkdownIt("commonmark").parse(text)
    items = []
    for token in tokens:
        if token.type == "list_item_open":
            items.append("")
        elif token.type == "inline" and items:
            items[-1] += "".join(child.content or " " for child in token.children) + "\n"
    assert len(items) == len(entries)
    for item, entry in zip(items, entries, strict=True):
        assert entry.paper.title in item
        assert all(author.family.rstrip(" .,;:") in item for author in entry.paper.authors)


class Items(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.items = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "li":
            self.items.append("")

    def handle_data(self, data):
        if self.items:
            self.items[-1] += data


def check_html(text, entries):
    items = Items(text).items
    assert len(items) == len(entries)
    for item, entry in zip(items, entries, strict=True):
        assert entry.paper.title.replace("_", "") in item.replace("_", "")  # subscripts are set low
        assert entry.paper.abstract in item
        assert entry.marks.note in item
        assert all(author.family.rstrip(" .,;:") in item for author in entry.paper.authors)


def check_jsonl(text, entries):
    documents = [json.loads(line) for line in text.splitlines()]
    assert len(documents) == len(entries)
    for document, entry in zip(documents, entries, strict=True):
        paper = entry.paper
        read = tuple(
            document[name] for name in ("id", "title", "abstract", "doi", "venue", "published", "note")
        )
        expected = (paper.id, paper.title, paper.abstract, paper.doi, paper.venue, paper.published)
        assert read == (*expected, entry.marks.note)
        assert document["authors"] == [author.name for author in paper.authors]


CHECKS = {
    "jsonl": check_jsonl,
    "bibtex": lambda text, entries: check_bib(text, entries, "journal", "year"),
    "biblatex": lambda text, entries: check_bib(text, entries, "journaltitle", "date"),
    "ris": check_ris,
    "csl-json": check_csl,
    "csv": check_csv,
    "markdown": check_markdown,
    "html": check_html,
}


def marked(papers):
    """The papers, a third of them with tags and a note."""
    marks = Marks(tags=("R&D", "to read"), note="50% of {this} & <that>_1; see §2")
    return [Entry(paper, Marks() if number % 3 else marks) for number, paper in enumerate(papers)]


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_the_starter_shelf_is_read_back_equal(name):
    entries = marked(shelf())
    CHECKS[name]("".join(EXPORT_FORMATS[name].write(entries)), entries)


def corpus(path, count):
    """`count` records of a file of papers, evenly spread over it."""
    options = Options(format=None, page_date=None, encoding=None, today=date(2026, 1, 1))
    total = sum(isinstance(item, Entry) for item in open_path(path, options).items)
    step = max(1, total // count)
    found = (item.paper for item in open_path(path, options).items if isinstance(item, Entry))
    return [paper for number, paper in enumerate(found) if number % step == 0][:count]


if __name__ == "__main__":
    entries = marked(corpus(Path(os.environ["CORPUS"]), int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
    for name, check in CHECKS.items():
        start = time.perf_counter()
        text = "".join(EXPORT_FORMATS[name].write(entries))
        written = time.perf_counter()
        check(text, entries)
        took = f"written in {written - start:.2f} s, read back in {time.perf_counter() - written:.2f} s"
        sys.stdout.write(f"{name}: {len(entries):,} records, {len(text):,} characters, equal; {took}\n")
