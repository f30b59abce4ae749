"""Identifiers are spelled by strangers too: what is no part of one never gets into it."""

import pytest

from papers_tui.index.identity import arxiv_id, canonical_id, doi


@pytest.mark.parametrize(
    ("spelled", "found"),
    [
        ("https://doi.org/10.1000/X.1", "10.1000/x.1"),
        ("10.1000/a\x1b]0;owned\x07b", "10.1000/ab"),
        ("doi:10.1000/a\x9b31mb\u202e", "10.1000/ab"),
        ("10.1000/\ud800", "10.1000/\ufffd"),
        ("10.1000/a b", None),
        ("10.1000/\x07", None),
    ],
)
def test_a_doi_holds_nothing_that_acts(spelled, found):
    assert doi(spelled) == found


@pytest.mark.parametrize("spelled", ["٢٤٠٤.٠٤١٦٧", "24\u06604.04167", "hep-th/٩901001", "ſolv-int/9901001"])
def test_digits_and_letters_of_other_scripts_make_no_arxiv_id(spelled):
    assert arxiv_id(spelled) is None
    assert canonical_id(spelled) is None
