"""The preprint of a paper that appeared since says nothing of the place where that was."""

from papers_tui.index.cite import cite
from papers_tui.index.cite.preprint import as_preprint
from papers_tui.index.paper import Kind


def test_a_preprint_has_nothing_of_its_publication(publication):
    paper = publication(
        "incollection",
        Kind.INPROCEEDINGS,
        arxiv_id="2404.04167",
        doi="10.1000/x",
        venue="A Book",
        publisher="MIT Press",
        editors="Gao, Songyang",
        series="Series of Things",
        version="2",
        collaboration="ATLAS",
    )
    assert cite(as_preprint(paper), "apa") == (
        "ATLAS Collaboration. (2020). A Title of Things (arXiv:2404.04167v2). arXiv."
        " https://doi.org/10.48550/arXiv.2404.04167"
    )


def test_a_thesis_at_arxiv_may_be_cited_as_the_preprint(publication):
    paper = publication("phdthesis", arxiv_id="2404.04167", institution="University of Things")
    assert "PhD thesis, University of Things" in cite(paper, "nature")
    assert "Preprint at" in cite(as_preprint(paper), "nature")
