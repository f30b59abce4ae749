"""References as HTML and Markdown show the same text as the plain ones, whatever the paper says.

HOSTILE_EXAMPLES sets how many papers are tried.
"""

import os
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papers_tui.index.authors import Author
from papers_tui.index.cite import STYLES, bibliography, cite
from papers_tui.index.cite.emphasis import MARKS
from papers_tui.index.details import DETAILS, TYPES, details
from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Kind, Paper
from papers_tui.index.text import clean_line

EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "100"))
READER_STYLES = [name for name, style in STYLES.items() if len(style.forms) > 1]

PIECES = [
    *(
        "*bold*",
        "_it_",
        "`code`",
        "[x](javascript:alert(1))",
        "<script>alert(1)</script>",
        "<b>",
        "&lt;",
        "&amp;",
    ),
    *(
        "~~gone~~",
        "https://evil.example/a*b",
        "www.evil.example",
        "a@b.example",
        "# H",
        "- x",
        "1. x",
        "> q",
        "---",
    ),
    *(
        "|a|b|",
        "\\",
        "](",
        "[",
        '"',
        "'",
        "“",
        "”",
        "‘x’",
        "$x$",
        "word",
        "é漢",
        ".",
        "?",
        "!",
        ",",
        ":",
        "…",
        "*",
    ),
]
TEXTS = (
    st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join)
    | st.text(st.characters(exclude_categories=["C"]), max_size=12)
).map(lambda text: clean_line(unicodedata.normalize("NFC", text)))
PAPERS = st.builds(
    Paper,
    id=st.just("title:x"),
    title=TEXTS,
    authors=st.lists(st.builds(Author, TEXTS.filter(bool), TEXTS, TEXTS), max_size=3).map(tuple),
    author_count=st.sampled_from([None, 9]),
    published=st.sampled_from([None, "2024", "2024-04-05"]),
    kind=st.sampled_from(Kind),
    arxiv_id=st.sampled_from([None, "2404.04167"]),
    doi=st.sampled_from([None, "10.1000/x_1(a)*"]),
    details=st.dictionaries(st.sampled_from(list(DETAILS)), TEXTS, max_size=5)
    .flatmap(lambda told: st.sampled_from(["", *TYPES]).map(lambda sort: {**told, "type": sort}))
    .map(details),
    **dict.fromkeys(["venue", "volume", "pages", "publisher"], st.none() | TEXTS),
)


class Shown(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.links = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for _, value in attrs]

    def handle_endtag(self, tag):
        self.tags.append(f"/{tag}")

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


@settings(max_examples=EXAMPLES, deadline=None)
@given(paper=PAPERS, style=st.sampled_from(READER_STYLES))
def test_html_shows_the_plain_text(paper, style):
    shown = Shown(cite(paper, style, form="html"))
    assert shown.text == cite(paper, style)
    assert set(shown.tags) <= {"i", "/i", "b", "/b", "a", "/a"}
    assert all(shown.tags[at + 1] == f"/{tag}" for at, tag in enumerate(shown.tags) if tag[0] != "/")
    assert all(link.startswith(("https://arxiv.org/", "https://doi.org/")) for link in shown.links)


@settings(max_examples=EXAMPLES, deadline=None)
@given(paper=PAPERS, style=st.sampled_from(READER_STYLES))
def test_markdown_shows_the_plain_text(paper, style):
    blocks = MarkdownIt("gfm-like").parse(cite(paper, style, form="markdown"))
    assert [token.type for token in blocks] == ["paragraph_open", "inline", "paragraph_close"]
    tokens = blocks[1].children
    plain = cite(paper, style)
    assert "".join(token.content for token in tokens) == plain
    allowed = {"text", "em_open", "em_close", "strong_open", "strong_close", "link_open", "link_close"}
    assert {token.type for token in tokens} <= allowed
    links = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    assert all(link.startswith(("https://arxiv.org/", "https://doi.org/")) for link in links)


@settings(max_examples=EXAMPLES, deadline=None)
@given(paper=PAPERS, style=st.sampled_from(READER_STYLES))
def test_a_reference_is_one_line_of_clean_text(paper, style):
    text = cite(paper, style)
    assert text == " ".join(text.split())
    assert not set(text) & set(MARKS)


def test_marks_of_emphasis_in_a_text_are_taken_out():
    paper = Paper(id="title:x", title=f"A{MARKS}B", venue=f"C{MARKS}D", kind=Kind.ARTICLE)
    assert cite(paper, "apa", form="html") == "AB. (n.d.). <i>CD</i>."


PAPER = Paper(
    id="arxiv:2404.04167",
    title="On *It*",
    authors=(Author("Du", "Xinrun"),),
    arxiv_id="2404.04167",
    kind=Kind.PREPRINT,
)


def test_italics_of_nothing_are_none():
    paper = Paper(id="title:x", title="T", venue=",", kind=Kind.INPROCEEDINGS)
    assert "*" not in cite(paper, "apa", form="markdown")


@pytest.mark.parametrize(
    ("style", "html", "markdown"),
    [
        ("ieee", "<p>[1] X. Du, ", "\\[1\\] X. Du, "),
        ("vancouver", "<p>1. Du X. ", "1. Du X. "),
        ("apa", "<p>Du, X. (n.d.-a). <i>On *It*</i>", "Du, X. (n.d.-a). *On \\*It\\**"),
    ],
)
def test_bibliographies_are_paragraphs_and_lists(style, html, markdown):
    written = bibliography([PAPER, PAPER], style, form="html")
    assert written.startswith(html)
    assert written.count("<p>") == written.count("</p>") == 2
    written = bibliography([PAPER, PAPER], style, form="markdown")
    assert written.startswith(markdown)
    lists = [token.type for token in MarkdownIt().parse(written) if token.type == "ordered_list_open"]
    assert len(lists) == (style == "vancouver")


def test_a_record_is_written_as_it_is_and_nothing_else():
    with pytest.raises(WrongUsage, match="BibTeX is written as it is, not as html"):
        cite(PAPER, "bibtex", form="html")
