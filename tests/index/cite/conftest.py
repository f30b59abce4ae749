"""The papers that tests of citations have in common."""

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.details import details
from papers_tui.index.paper import Kind, Paper

DU, YU = Author("Du", "Xinrun"), Author("Yu", "Zhouliang")


def _preprint(*authors, **changes):
    fields = {
        "id": "arxiv:2404.04167",
        "title": "Chinese Tiny LLM: Pretraining a Chinese-Centric Large Language Model",
        "authors": authors,
        "published": "2024-04-05",
        "arxiv_id": "2404.04167",
        "categories": ("cs.CL",),
        "kind": Kind.PREPRINT,
    }
    return Paper(**{**fields, **changes})


def _article(**changes):
    fields = {
        "id": "doi:10.1000/x_1",
        "title": "What is “scale” good for?",
        "authors": (DU, YU),
        "published": "2020-05",
        "doi": "10.1000/x_1",
        "venue": "Journal of Things",
        "volume": "12",
        "issue": "3",
        "pages": "45-67",
        "kind": Kind.ARTICLE,
    }
    return Paper(**{**fields, **changes})


def _publication(sort="", kind=Kind.OTHER, /, *authors, **changes):
    """A work of some sort: what is no field of a paper is a detail, as is who organised it."""
    known = set(Paper.__dataclass_fields__) - {"organization"}
    fields = {name: value for name, value in changes.items() if name in known}
    told = {name: value for name, value in changes.items() if name not in known}
    return Paper(
        **{
            "id": "title:things",
            "title": "A Title of Things",
            "authors": authors,
            "published": "2020-05-03",
            "kind": kind,
            "details": details({"type": sort, **told}),
            **fields,
        }
    )


@pytest.fixture
def preprint():
    """Make a preprint by these authors, with these fields changed."""
    return _preprint


@pytest.fixture
def article():
    """Make a journal article, with these fields changed."""
    return _article


@pytest.fixture
def publication():
    """Make a work of one of the types of details, by these authors, of these fields and details."""
    return _publication
