"""DOIs as bibliographies spell them: escaped, behind resolvers, behind the proxies of libraries."""

import json

import pytest

from papers_tui.index.formats import Options, open_path
from papers_tui.index.paper import Entry

WILEY = "10.1002/(sici)1097-0258(20000115)19:1<1::aid-sim1>3.0.co;2-2"


@pytest.fixture
def paper(tmp_path):
    def read_text(text):
        path = tmp_path / "refs"
        path.write_text(text, encoding="utf-8")
        (found,) = (item.paper for item in open_path(path, Options()).items if isinstance(item, Entry))
        return found

    return read_text


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{\\textless}", "{\\textgreater}"),
        ("\\textless{}", "\\textgreater{}"),
        ("{$<$}", "{$>$}"),
        ("$<$", "$>$"),
        ("$\\lt$", "$\\gt$"),
        ("&lt;", "&gt;"),
        ("\\&lt;", "\\&gt;"),
        ("%3C", "%3e"),
        ("<", ">"),
    ],
)
def test_the_brackets_of_old_dois(paper, opening, closing):
    doi = WILEY.replace("<", opening).replace(">", closing)
    assert paper(f"@article{{a, title={{T}}, doi={{{doi}}}}}").doi == WILEY


@pytest.mark.parametrize("spelled", ["10.1007/a\\_b", "10.1007/a{\\_}b", "10.1007/a_b", "10.1007/a{_}b"])
def test_underscores(paper, spelled):
    assert paper(f"@article{{a, title={{T}}, doi={{{spelled}}}}}").doi == "10.1007/a_b"


def test_brackets_escaped_as_in_html(paper):
    spelled = WILEY.replace("<", "&lt;").replace(">", "&gt;")
    assert paper(f"TY  - JOUR\nTI  - T\nDO  - {spelled}\nER  - \n").doi == WILEY
    assert paper(json.dumps([{"type": "book", "title": "T", "DOI": spelled}])).doi == WILEY


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("http://doi.acm.org.ezproxy.lib.ucf.edu/10.1145/1830483.1830503", "10.1145/1830483.1830503"),
        ("https://doi-org.ezproxy.uio.no/10.1002/abc", "10.1002/abc"),
        ("https://dx-doi-org.proxy.lib.edu/10.1002/abc", "10.1002/abc"),
        ("http://doi.acm.org/10.1145/1830483.1830503", "10.1145/1830483.1830503"),
        ("http://doi.ieeecomputersociety.org/10.1109/x", "10.1109/x"),
    ],
)
@pytest.mark.parametrize("field", ["doi", "url"])
def test_a_resolver_or_a_proxy_of_one_tells_the_doi_and_is_no_address(paper, address, doi, field):
    found = paper(f"@article{{a, title={{T}}, {field}={{{address}}}}}")
    assert (found.doi, dict(found.urls)) == (doi, {})


def test_an_address_that_holds_a_doi_is_an_address(paper):
    address = "https://example.org/doi/10.1000/abc"
    found = paper(f"@article{{a, title={{T}}, url={{{address}}}}}")
    assert (found.doi, dict(found.urls)) == (None, {"abstract": address})
