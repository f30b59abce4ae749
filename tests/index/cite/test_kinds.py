"""Works that are no articles, as each guide writes them; kinds.txt names the rule beside each style."""

import re
from pathlib import Path

import pytest

from papers_tui.index.authors import Author
from papers_tui.index.cite import STYLES, cite
from papers_tui.index.paper import Kind

DU, YU, ISO = Author("Du", "Xinrun"), Author("Yu", "Zhouliang"), Author("ISO", is_group=True)
PAGE = {"urls": {"abstract": "https://x.org/t"}}
BOOK = {"published": "2020", "publisher": "MIT Press", "address": "London"}
SERIES = {"series": "Series of Things", "number": "7"}
TWO, ONE = {"editors": "Gao, Songyang; Li, Ming"}, {"editors": "Gao, Songyang"}
UNIVERSITY = {"published": "2020", "institution": "University of Things", "address": "London"}
INSTITUTE = {"published": "2020-05", "institution": "Institute of Things", "address": "Paris"}
JOURNAL = {"published": "2020-05", "venue": "Journal of Things"}
CONFERENCE = {"event": "Conference on Things", "event_place": "Rome"}
DOI = {"doi": "10.1000/x"}

WORKS = {
    "doctor": (("phdthesis", Kind.OTHER, DU), UNIVERSITY | PAGE),
    "master": (("mastersthesis", Kind.OTHER, DU), UNIVERSITY),
    "habilitation": (("thesis", Kind.OTHER, DU), UNIVERSITY | {"genre": "Habilitation"}),
    "report": (
        ("report", Kind.OTHER, DU, YU),
        INSTITUTE | PAGE | {"number": "TR-2020-12", "genre": "Technical report"},
    ),
    "numbered report": (("report", Kind.OTHER, DU), INSTITUTE | {"number": "12"}),
    "chapter": (
        ("incollection", Kind.INPROCEEDINGS, DU, YU),
        BOOK | SERIES | TWO | DOI | {"venue": "A Book", "pages": "45-67", "volume": "3", "edition": "2"},
    ),
    "chapter without pages": (
        ("inbook", Kind.INPROCEEDINGS, DU),
        BOOK | ONE | {"venue": "A Book", "chapter": "4"},
    ),
    "book": (("", Kind.BOOK, DU, YU), BOOK | {"volume": "3", "edition": "Third"}),
    "book with an editor": (("", Kind.BOOK, DU), BOOK | ONE | {"edition": "Revised"}),
    "edited book": (("collection", Kind.BOOK), BOOK | SERIES | TWO | {"edition": "2nd"}),
    "proceedings": (("proceedings", Kind.BOOK), BOOK | ONE | {"series": "Lecture Notes", "volume": "9562"}),
    "paper": (
        ("", Kind.INPROCEEDINGS, DU, YU),
        BOOK | TWO | DOI | CONFERENCE | {"venue": "Proceedings", "pages": "1-11", "published": "2020-05"},
    ),
    "manual": (
        ("manual", Kind.BOOK, DU),
        {"published": "2020", "organization": "Things Inc.", "edition": "1"},
    ),
    "software": (("software", Kind.OTHER, DU), DOI | {"publisher": "Zenodo", "version": "1.2"}),
    "data": (("dataset", Kind.OTHER, DU), DOI | {"publisher": "Zenodo", "version": "1.2"}),
    "unpublished": (("unpublished", Kind.OTHER, DU), {"institution": "Institute of Things"}),
    "submitted": (("unpublished", Kind.OTHER, DU), {"published": None, "status": "submitted"}),
    "page": (("online", Kind.OTHER, DU), PAGE | {"venue": "Site of Things", "accessed": "2021-06-04"}),
    "undated page": (
        ("online", Kind.OTHER, DU),
        PAGE | {"venue": "Site of Things", "accessed": "2021-06-04", "published": None},
    ),
    "talk": (("speech", Kind.OTHER, DU), CONFERENCE),
    "patent": (("patent", Kind.OTHER, DU), {"number": "1234567", "genre": "U.S. patent"}),
    "standard": (
        ("standard", Kind.OTHER, ISO),
        {"published": "2015", "publisher": "ISO", "number": "9001:2015", "genre": "ISO standard"},
    ),
    "published somehow": (("", Kind.OTHER, DU), {"published": "2020", "how_published": "Lecture notes"}),
    "work to come": (("", Kind.OTHER, DU), {"published": None, "status": "forthcoming"}),
    "paper of an organisation": (
        ("", Kind.INPROCEEDINGS, DU),
        {"published": "2020", "venue": "Proceedings", "pages": "1-2", "organization": "PMLR"},
    ),
    "patent by its key": (("patent", Kind.OTHER, DU), {"number": "12", "genre": "patenteu"}),
    "article to come": (
        ("", Kind.ARTICLE, DU),
        {"published": None, "venue": "Journal", "status": "In press."},
    ),
    "article of an issue alone": (("", Kind.ARTICLE, DU), JOURNAL | {"issue": "3-4", "pages": "3-4"}),
    "article of pages alone": (("", Kind.ARTICLE, DU), JOURNAL | {"pages": "3-4"}),
    "article of a number": (
        ("", Kind.ARTICLE, DU),
        JOURNAL | DOI | {"volume": "12", "issue": "3", "article_number": "045001"},
    ),
    "article of a collaboration": (
        ("", Kind.ARTICLE, DU, YU),
        JOURNAL | {"volume": "12", "pages": "3", "collaboration": "ATLAS"},
    ),
    "version of a preprint": (
        ("", Kind.PREPRINT, DU),
        {"arxiv_id": "2404.04167", "version": "2", "published": "2024-04-05"},
    ),
}


def references():
    """The reference of each style and work, in HTML, links in short."""
    styles = {}
    for line in Path(__file__).with_name("kinds.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            style = styles.setdefault(line[1:-1], {})
        elif line and not line.startswith("#"):
            name, _, reference = line.partition(" | ")
            style[name.strip()] = reference
    return styles


GOLDEN = references()


def written(work, style):
    """What a style makes of a work: in HTML where it has several forms, else as it is."""
    if len(STYLES[style].forms) == 1:
        return cite(work, style)
    return re.sub(r'<a href="([^"]*)">\1</a>', r"<\1>", cite(work, style, form="html"))


@pytest.mark.parametrize("style", GOLDEN)
@pytest.mark.parametrize("name", WORKS)
def test_reference(style, name, publication):
    arguments, fields = WORKS[name]
    assert written(publication(*arguments, **fields), style) == GOLDEN[style][name]


def test_every_style_for_readers_has_golden_references():
    assert {name for name, style in STYLES.items() if style.kind == "reference"} == set(GOLDEN)
    assert all(set(works) == set(WORKS) for works in GOLDEN.values())
