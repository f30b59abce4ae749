"""Long texts that nobody writes take time in proportion to their length."""

import time

import pytest

from papers_tui.index.cite import cite
from papers_tui.index.cite.quotes import with_apostrophes
from papers_tui.index.formats.italics import italics_of_tex
from papers_tui.index.paper import Kind, Paper

SECONDS = 1.0
"""Of a processor, for what takes some hundredths; what this guards against takes four and more."""


def spent(**values):
    start = time.process_time()
    cite(Paper(**({"id": "title:x", "title": "T", "kind": Kind.ARTICLE} | values)), "apa")
    return time.process_time() - start


@pytest.mark.parametrize("venue", ['";, ' * 3000 + "10.1/a b", "10.1234/" * 4000, "10.1234/a" + "." * 8000])
def test_a_venue_is_searched_for_the_doi_once(venue):
    assert spent(venue=venue, doi="10.1234/a") < SECONDS


@pytest.mark.parametrize(
    "text", ["a'b" * 16000, "10.1234" * 8000 + "'", ":/" * 16000 + "'", "$a$b" * 8000 + "'"]
)
def test_apostrophes_are_told_from_addresses_in_one_go(text):
    start = time.process_time()
    with_apostrophes(text)
    assert time.process_time() - start < SECONDS


def test_italics_of_a_title_are_bounded():
    words = [f"w{number}" for number in range(8000)]
    source = " ".join(f"\\emph{{{word}}}" for word in words)
    start = time.process_time()
    italics = italics_of_tex(source, " ".join(words), str)
    assert time.process_time() - start < SECONDS
    assert italics.startswith("w0; w1; w2;")
