"""Exports that other programs read: whole, in the order given, with the user's tags and notes."""

import csv
import io
import json
from html.parser import HTMLParser

import bibtexparser
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papers_tui.index.authors import Author
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.paper import Entry, Kind, Marks, Paper

MARKED = Entry(
    Paper(
        id="arxiv:2404.04167",
        title="Chinese Tiny LLM",
        abstract="=SUM(A1)\nSecond line, “quoted”.",
        authors=(Author("Du", "Xinrun"), Author("Gemma Team", is_group=True)),
        published="2024-04-05",
        arxiv_id="2404.04167",
        kind=Kind.PREPRINT,
        upvotes=0,
    ),
    Marks(bookmarked=True, tags=("chinese", "to read"), note="Compare\nwith <b>MXFP4</b> & 50%.", rating=4),
)
PLAIN = Entry(Paper(id="title:a-1", title="A Survey", author_count=13))
PRIVATE = "MXFP4"


def written(name, *entries):
    return "".join(EXPORT_FORMATS[name].write(iter(entries)))


def test_the_table():
    assert list(EXPORT_FORMATS) == [
        "jsonl",
        "bibtex",
        "biblatex",
        "ris",
        "csl-json",
        "csv",
        "markdown",
        "html",
    ]
    extensions = [writer.extension for writer in EXPORT_FORMATS.values()]
    assert extensions == ["jsonl", "bib", "bib", "ris", "json", "csv", "md", "html"]
    assert all(writer.name == name for name, writer in EXPORT_FORMATS.items())


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_papers_are_written_one_at_a_time(name):
    asked = []

    def entries():
        for number in range(1000):
            asked.append(number)
            yield Entry(Paper(id=f"title:{number}", title=f"Title {number}"))

    chunks = iter(EXPORT_FORMATS[name].write(entries()))
    for _ in range(5):
        next(chunks)
    assert len(asked) < 10
    assert "Title 999" in "".join(chunks)


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_every_export_ends_its_last_line(name):
    assert written(name, MARKED, PLAIN).endswith("\n")


@pytest.mark.parametrize(("name", "note"), [("bibtex", "annote"), ("biblatex", "annotation")])
def test_bib_files(name, note):
    library = bibtexparser.parse_string(written(name, MARKED, PLAIN, MARKED))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == ["du2024chinese", "survey", "du2024chinesea"]
    fields = library.entries[0].fields_dict
    assert fields["keywords"].value == "chinese, to read"
    assert (
        fields[note].value
        == r"Compare with \textless{}b\textgreater{}MXFP4\textless{}/b\textgreater{} \& 50\%."
    )
    assert library.entries[1].fields_dict["note"].value == "13 authors, not named by the source"


def test_ris_files():
    first, second = rispy.loads(written("ris", MARKED, PLAIN))
    assert first["keywords"] == ["chinese", "to read"]
    assert first["notes"] == ["Compare with <b>MXFP4</b> & 50%."]
    assert (first["abstract"], second["title"]) == ("=SUM(A1) Second line, “quoted”.", "A Survey")


def test_csl_json_files():
    first, second = json.loads(written("csl-json", MARKED, PLAIN))
    assert (first["keyword"], first["annote"]) == ("chinese, to read", MARKED.marks.note)
    assert second == {
        "id": "survey",
        "type": "document",
        "title": "A Survey",
        "note": "13 authors, not named by the source",
    }
    assert json.loads(written("csl-json")) == []


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_files():
    first, second = rows(written("csv", MARKED, PLAIN))
    assert (first["authors"], first["tags"], first["rating"]) == (
        "Xinrun Du; Gemma Team",
        "chinese; to read",
        "4",
    )
    assert (first["bookmarked"], first["upvotes"], first["url"]) == (
        "yes",
        "0",
        "https://arxiv.org/abs/2404.04167",
    )
    assert first["note"] == MARKED.marks.note
    assert first["abstract"] == "'=SUM(A1)\nSecond line, “quoted”."
    assert (second["author_count"], second["rating"], second["published"]) == ("13", "", "")


@settings(max_examples=200, deadline=None)
@given(
    title=st.text(st.characters(exclude_categories=["Cs"])),
    note=st.text(alphabet="=+-@＝＋－＠\t\r\n\", '|a"),
)
def test_no_cell_is_a_formula(title, note):
    text = written("csv", Entry(Paper(id="title:x", title=title), Marks(note=note)))
    (row,) = rows(text)
    for value, cell in ((title, row["title"]), (note, row["note"])):
        assert cell in {value, f"'{value}"}
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


def test_markdown_files():
    html = MarkdownIt("gfm-like").render(written("markdown", MARKED, PLAIN))
    assert html.count("<li>") == 2
    assert '<a href="https://arxiv.org/abs/2404.04167">Chinese Tiny LLM</a>' in html
    assert "Tags: chinese, to read" in html
    assert "<blockquote>\n<p>Compare\nwith &lt;b&gt;MXFP4&lt;/b&gt; &amp; 50%.</p>\n</blockquote>" in html
    assert "(13 authors, not named by the source)" in html


@settings(max_examples=200, deadline=None)
@given(
    note=st.text(alphabet="#->*_`1.) =+~|[](){}<!&\\\n\ta", max_size=40),
    tag=st.text(alphabet="#*_`<>[]a", min_size=1),
)
def test_no_line_of_a_note_acts_in_markdown(note, tag):
    tokens = MarkdownIt("gfm-like").parse(
        written("markdown", Entry(PLAIN.paper, Marks(tags=(tag,), note=note)))
    )
    allowed = {"bullet_list", "list_item", "paragraph", "blockquote"}
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} <= {
        *allowed,
        "inline",
    }
    inner = {child.type for token in tokens for child in token.children or ()}
    assert inner <= {"text", "softbreak", "em_open", "em_close", "strong_open", "strong_close"}


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)

    def handle_data(self, data):
        self.text += data


def test_html_files():
    page = written("html", MARKED, PLAIN)
    read = Tags(page)
    assert page.startswith("<!doctype html>")
    assert read.found.count("li") == 2
    assert {"script", "img", "b", "link", "iframe"}.isdisjoint(read.found)
    assert MARKED.marks.note in read.text
    assert MARKED.paper.abstract in read.text
    assert "Tags: chinese, to read" in read.text
    assert "default-src 'none'" in page
