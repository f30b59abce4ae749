"""Markdown and HTML, read by parsers that are not ours: no markup of a title acts."""

import os
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papers_tui.index.authors import Author
from papers_tui.index.cite import bibliography, cite
from papers_tui.index.paper import Kind, Paper

EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "100"))
"""Hostile texts that each property is tried with."""

PAYLOADS = [
    *(
        "*bold*",
        "_it_",
        "`code`",
        "[x](javascript:alert(1))",
        "![i](http://x/y.png)",
        "<script>alert(1)</script>",
    ),
    *(
        "<b>",
        "&lt;",
        "&amp;",
        "~~gone~~",
        "https://evil.example",
        "www.evil.example",
        "a@b.example",
        "# H",
        "- x",
    ),
    *(
        "1. x",
        "2) y",
        "> q",
        "---",
        "===",
        "+ x",
        "|a|b|",
        "\\",
        "]",
        "](",
        ")",
        "[",
        '"',
        "'",
        "$x$",
        "word",
        "é漢",
    ),
]
hostile = st.one_of(
    st.text(st.characters(exclude_categories=["C"]), max_size=30),
    st.text(alphabet="\\`*_{}[]()<>#+-.!|~$&:/@ wa1=\"'", max_size=30),
    st.lists(st.sampled_from(PAYLOADS), max_size=5).map(" ".join),
).map(lambda text: " ".join(text.split()))


def inline(markdown):
    """The tokens within the only block of a Markdown text."""
    blocks = MarkdownIt("gfm-like").parse(markdown)
    assert [token.type for token in blocks] == ["paragraph_open", "inline", "paragraph_close"]
    return blocks[1].children


@settings(max_examples=EXAMPLES, deadline=None)
@given(title=hostile, venue=hostile, family=hostile)
def test_markdown_shows_what_it_was_given(title, venue, family):
    authors = (Author(family),) if family else ()
    paper = Paper(
        id="doi:10.1/x", title=title, venue=venue or "V", authors=authors, doi="10.1/x", kind=Kind.ARTICLE
    )
    tokens = inline(cite(paper, "markdown-link"))
    assert [token.type for token in tokens] == ["link_open", *["text"] * (len(tokens) - 2), "link_close"]
    assert tokens[0].attrs == {"href": "https://doi.org/10.1/x"}
    assert "".join(token.content for token in tokens) == (title or "[untitled]")
    tokens = inline(cite(paper, "markdown"))
    assert [token.type for token in tokens if token.type != "text"] == [
        *("link_open", "link_close", "em_open", "em_close")
    ]
    shown = "".join(token.content for token in tokens)
    assert (title or "[untitled]") in shown
    assert (venue or "V") in shown
    assert family.rstrip(" ,;:") in shown


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


@settings(max_examples=EXAMPLES, deadline=None)
@given(title=hostile, venue=hostile, family=hostile)
def test_html_shows_what_it_was_given(title, venue, family):
    authors = (Author(family),) if family else ()
    paper = Paper(
        id="doi:10.1/x", title=title, venue=venue or "V", authors=authors, doi="10.1/x", kind=Kind.ARTICLE
    )
    read = Reader(cite(paper, "html"))
    assert read.tags == [("a", {"href": "https://doi.org/10.1/x"}), ("i", {})]
    assert (title or "[untitled]") in read.text
    assert (venue or "V") in read.text
    assert family.rstrip(" ,;:") in read.text


@pytest.mark.parametrize("style", ["markdown", "html", "markdown-link"])
def test_a_link_leads_to_the_web_or_nowhere(style):
    paper = Paper(id="title:x", title="T", urls={"abstract": "javascript:alert(1)"})
    assert cite(paper, style).strip(".") == "T"
    paper = Paper(id="title:x", title="T", urls={"abstract": 'https://x.org/"><b>(a)[b] &copy;'})
    text = cite(paper, style)
    assert '"><b>' not in text
    if style != "html":
        assert inline(text)[0].attrs["href"] == "https://x.org/%22%3E%3Cb%3E%28a%29%5Bb%5D%20&copy%3B"


def test_lists():
    papers = [Paper(id="title:a", title="A"), Paper(id="title:b", title="B")]
    assert bibliography(papers, "markdown") == "- A.\n- B."
    assert bibliography(papers, "html") == "<ul>\n  <li>A.</li>\n  <li>B.</li>\n</ul>"
    assert bibliography(papers, "title") == "A\nB"
