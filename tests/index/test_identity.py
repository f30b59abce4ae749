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


_ARXIV = "arxiv:2404.04167"
_DOI = "doi:10.1000/x"


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("https://ar5iv.labs.arxiv.org/html/2404.04167", _ARXIV),
        ("ar5iv.org/abs/2404.04167v2", _ARXIV),
        ("https://www.alphaxiv.org/abs/2404.04167", _ARXIV),
        ("https://alphaxiv.org/overview/2404.04167v1", _ARXIV),
        ("huggingface.co/papers/2404.04167", _ARXIV),
        ("https://arxiv.org/html/2404.04167v2#S3", _ARXIV),
        ("https://arxiv.org/html/2404.04167v2/x1.png", _ARXIV),
        ("https://www.arxiv.org/pdf/2404.04167v2.pdf#page=3", _ARXIV),
        ("https://scirate.com/arxiv/hep-th/9901001", "arxiv:hep-th/9901001"),
        ("https://ui.adsabs.harvard.edu/abs/2024arXiv240404167W/abstract", _ARXIV),
        ("arXiv:2404.04167v2 [cs.CL]", _ARXIV),
        ("arXiv:2404.04167v2  [hep-th]  5 Apr 2024", _ARXIV),
        ("arXiv preprint arXiv:2404.04167.", _ARXIV),
        ("arXiv: 2404.04167", _ARXIV),
        ("[arXiv:2404.04167],", _ARXIV),
        ("https://doi.org/10.48550%2FarXiv.2404.04167", _ARXIV),
        ("DOI: 10.48550/arXiv.2404.04167", _ARXIV),
        ("2404.04167 and more", None),
        ("https://example.org/2024.pdf", None),
    ],
)
def test_an_arxiv_id_is_found_in_what_people_paste(pasted, found):
    assert canonical_id(pasted) == found


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("DOI: 10.1000/X", _DOI),
        ("doi 10.1000/x", _DOI),
        ("10.1000%2Fx", _DOI),
        ("https://www.doi.org/10.1000/x", _DOI),
        ("http://dx.doi.org/10.1000%2Fx.", _DOI),
        ("https://doi.org/10.1000/x?utm_source=mail", _DOI),
        ("(doi:10.1000/x).", _DOI),
        ("“10.1000/x”", _DOI),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
        ("https://link.springer.com/article/10.1007/s11263-015-0816-y", "doi:10.1007/s11263-015-0816-y"),
        ("link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf", "doi:10.1007/s11263-015-0816-y"),
        ("https://link.springer.com/chapter/10.1007%2F978-3-319-2_28", "doi:10.1007/978-3-319-2_28"),
        ("https://www.nature.com/articles/s41586-021-03819-2#Sec1", "doi:10.1038/s41586-021-03819-2"),
        ("https://www.nature.com/articles/nature14539.pdf", "doi:10.1038/nature14539"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0000308&type=printable",
            "doi:10.1371/journal.pone.0000308",
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2020.03.22.002386v3.full",
            "doi:10.1101/2020.03.22.002386",
        ),
        ("https://onlinelibrary.wiley.com/doi/full/10.1002/anie.201", "doi:10.1002/anie.201"),
        ("(10.1016/0370-2693(99)00123-4)", "doi:10.1016/0370-2693(99)00123-4"),
        (
            "10.1002/(SICI)1096(1996)99:1<1::AID>3.0.CO;2-1",
            "doi:10.1002/(sici)1096(1996)99:1<1::aid>3.0.co;2-1",
        ),
        ("https://ieeexplore.ieee.org/document/726791", None),
        ("10.1000/%07", None),
        ("((", None),
    ],
)
def test_a_doi_is_found_in_what_people_paste(pasted, found):
    assert canonical_id(pasted) == found


@pytest.mark.parametrize("junk", ["(" * 50_000, "/" * 50_000 + "x", "https://a.b/10.1000/" + "/" * 50_000])
def test_what_is_too_long_is_no_identifier(junk):
    assert canonical_id(junk) is None
