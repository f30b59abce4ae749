"""Long texts that nobody writes take time in proportion to their length."""

import time

import pytest

from papers_tui.index.cite import cite
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
