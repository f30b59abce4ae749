import re
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style

from papers_tui.index.authors import Author
from papers_tui.index.paper import Entry, Marks, Paper, Status
from papers_tui.tui.glyphs import ASCII, UNICODE
from papers_tui.tui.links import links
from papers_tui.tui.widgets.document import MAX_TEXT, Composer, DocumentInks

CONSOLE = Console()
INKS = DocumentInks(*(Style(bold=True) for _ in DocumentInks.__slots__))


def _spans_of(word):
    return lambda text, _field: [found.span() for found in re.finditer(word, text)]


def _lines(paper, marks=None, *, width=60, spans=lambda _text, _field: (), glyphs=UNICODE):
    composer = Composer(spans, INKS, glyphs)
    return composer.compose(Entry(paper, marks or Marks()), width, CONSOLE)


def _text(*args, **kwargs):
    return "\n".join(line.plain for line in _lines(*args, **kwargs).lines)


def test_everything_that_is_known_is_told():
    paper = Paper(
        id="arxiv:2404.04167",
        title="Title",
        abstract="One.\n\nTwo.",
        abstract_note="Abstract by the listing",
        authors=(Author.parse("Ada Lovelace"), Author.parse("Alan Turing")),
        organization="NVIDIA",
        published="2024-04-05",
        featured=("2025-12-10",),
        comments=2,
        upvotes=1200,
        categories=("cs.CL", "cs.LG"),
        venue="ACL",
        pages="1-9",
        arxiv_id="2404.04167",
        doi="10.1/x",
        stars=3,
    )
    marks = Marks(bookmarked=True, tags=("fp4",), note="mine\ntoo", status=Status.READING, rating=4)
    text = _text(paper, marks)
    for known in (
        "Ada Lovelace, Alan Turing",
        "NVIDIA · 5 Apr 2024 · ACL, pp. 1-9",
        "arXiv 2404.04167 · doi 10.1/x · cs.CL cs.LG",
        "1,200 upvotes · 2 comments · 3 stars · listed 10 Dec 2025",
        "★ bookmarked · ◐ reading · rated 4/5  #fp4",
        "One.\n\nTwo.\n\nAbstract by the listing",
        "1 abstract  https://arxiv.org/abs/2404.04167",
        "3 doi  https://doi.org/10.1/x",
        "mine\ntoo",
    ):
        assert known in text


@pytest.mark.parametrize(
    ("published", "shown"), [("2024-04-05", "5 Apr 2024"), ("2024-04", "Apr 2024"), ("2024", "2024")]
)
def test_a_date_is_as_precise_as_it_is_known(published, shown):
    assert shown in _text(Paper(id="x", title="T", published=published)).splitlines()


def test_unknown_things_are_not_invented():
    text = _text(Paper(id="x", title="T", author_count=13))
    assert text.split() == ["T", "13", "authors", "No", "abstract", "is", "known."]


def test_long_lists_and_texts_are_cut_and_counted_and_the_whole_stands_at_the_end():
    paper = Paper(
        id="x",
        title="T" * 5000,
        authors=tuple(Author.parse(f"Author {number}") for number in range(612)),
        abstract="word " * 60_000,
    )
    text = _text(paper, width=100)
    assert "Author 499 +112 more" in " ".join(text.split())
    assert f"{300_000 - MAX_TEXT:,} more characters" in text
    head, _, end = text.partition("Whole title ─")
    assert head.count("T" * 100) == 10
    assert end.count("T" * 100) == 50
    assert "All 612 authors ─" in end
    assert "Author 611" in end


@pytest.mark.parametrize("glue", [" ", "-"])
def test_a_text_without_end_is_laid_out_piece_by_piece(glue):
    words = glue.join(f"word{number}" for number in range(70_000))
    paper = Paper(id="x", title="T", abstract=words, arxiv_id="2404.04167")
    composer = Composer(_spans_of("word69999"), INKS, UNICODE)
    document = composer.compose(Entry(paper, Marks(note="mine")), 80, CONSOLE)
    pieces = 1
    while document.rests:
        (rest,) = document.rests
        left = f"{len(words) - rest.start:,} more characters"
        assert left in document.lines[rest.line].plain
        document = document.with_more(rest, composer.more(rest, 80, CONSOLE))
        pieces += 1
    assert pieces == -(-len(words) // MAX_TEXT)
    text = "".join(line.plain for line in document.lines)
    assert "".join(words.split()) in "".join(text.split())
    assert [line.plain for line in document.lines].index("mine") > 1000
    assert "69999" in "".join(document.lines[number].plain for number in document.matches)


def test_markup_is_text():
    assert "[@click=app.quit]x[/] [/b]" in _text(Paper(id="x", title="[@click=app.quit]x[/] [/b]"))


def test_lines_with_matches_are_numbered():
    document = _lines(
        Paper(id="x", title="graph", abstract="none\n\nhere a graph"),
        spans=lambda text, _field: [(at, at + 5)] if (at := text.find("graph")) >= 0 else [],
    )
    assert [document.lines[number].plain for number in document.matches] == ["graph", "here a graph"]


def test_only_web_addresses_are_links():
    urls = MappingProxyType(
        {"pdf": "https://x.org/a.pdf", "code": "javascript:alert(1)", "project": "file:///etc"}
    )
    assert links(Paper(id="x", title="T", urls=urls)) == [("pdf", "https://x.org/a.pdf")]


def test_a_link_click_carries_a_number_and_no_text_of_the_paper():
    urls = MappingProxyType({"project": "https://x.org/')app.quit('"})
    document = _lines(Paper(id="x", title="T", urls=urls))
    clicks = [
        span.style.meta["@click"]
        for line in document.lines
        for span in line.spans
        if isinstance(span.style, Style) and "@click" in span.style.meta
    ]
    assert set(clicks) == {"screen.open_link(0)"}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.integers(1, 50))
def test_no_line_is_wider_than_the_pane(title, abstract, width):
    printable = "".join(sign if sign.isprintable() else " " for sign in title)
    paragraphs = "\n".join(
        "".join(s if s.isprintable() else " " for s in part) for part in abstract.split("\n")
    )
    document = _lines(Paper(id="x", title=printable, abstract=paragraphs), width=width, glyphs=ASCII)
    widest = max(1, *(cell_len(sign) for sign in printable + paragraphs + "x"))
    assert all(cell_len(line.plain.rstrip()) <= max(width, widest) for line in document.lines)
