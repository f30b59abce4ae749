"""Each type of entries, records and items that a format defines: which kind and sort of publication it is."""

import json

import pytest

from papers_tui.index.formats import Options, open_path
from papers_tui.index.paper import Entry, Kind

BIBTEX = [
    ("article periodical suppperiodical review", Kind.ARTICLE, None),
    ("newspaper", Kind.ARTICLE, "newspaper"),
    ("magazine", Kind.ARTICLE, "magazine"),
    ("inproceedings conference", Kind.INPROCEEDINGS, None),
    ("incollection inreference suppcollection", Kind.INPROCEEDINGS, "incollection"),
    ("inbook bookinbook suppbook", Kind.INPROCEEDINGS, "inbook"),
    ("book mvbook", Kind.BOOK, None),
    ("proceedings mvproceedings", Kind.BOOK, "proceedings"),
    ("collection mvcollection reference mvreference", Kind.BOOK, "collection"),
    ("booklet", Kind.BOOK, "booklet"),
    ("manual", Kind.BOOK, "manual"),
    ("techreport report", Kind.OTHER, "report"),
    ("phdthesis", Kind.OTHER, "phdthesis"),
    ("mastersthesis", Kind.OTHER, "mastersthesis"),
    ("thesis", Kind.OTHER, "thesis"),
    ("online electronic www", Kind.OTHER, "online"),
    ("software", Kind.OTHER, "software"),
    ("dataset", Kind.OTHER, "dataset"),
    ("unpublished", Kind.OTHER, "unpublished"),
    ("patent", Kind.OTHER, "patent"),
    ("standard", Kind.OTHER, "standard"),
    ("misc", Kind.OTHER, None),
    ("preprint", Kind.PREPRINT, None),
]
RIS = [
    ("JOUR JFULL EJOUR INPR ABST", Kind.ARTICLE, None),
    ("NEWS", Kind.ARTICLE, "newspaper"),
    ("MGZN", Kind.ARTICLE, "magazine"),
    ("CONF CPAPER", Kind.INPROCEEDINGS, None),
    ("CHAP ECHAP ENCYC DICT", Kind.INPROCEEDINGS, "incollection"),
    ("BOOK EBOOK SER", Kind.BOOK, None),
    ("EDBOOK", Kind.BOOK, "collection"),
    ("PAMP", Kind.BOOK, "booklet"),
    ("THES", Kind.OTHER, "thesis"),
    ("RPRT", Kind.OTHER, "report"),
    ("UNPB MANSCPT", Kind.OTHER, "unpublished"),
    ("ELEC WEB BLOG ICOMM", Kind.OTHER, "online"),
    ("COMP", Kind.OTHER, "software"),
    ("DATA DBASE AGGR", Kind.OTHER, "dataset"),
    ("PAT", Kind.OTHER, "patent"),
    ("STAND", Kind.OTHER, "standard"),
    ("SLIDE", Kind.OTHER, "speech"),
    ("GEN ART VIDEO MAP", Kind.OTHER, None),
]
CSL = [
    ("article-journal review review-book", Kind.ARTICLE, None),
    ("article-magazine", Kind.ARTICLE, "magazine"),
    ("article-newspaper", Kind.ARTICLE, "newspaper"),
    ("article", Kind.PREPRINT, None),
    ("paper-conference", Kind.INPROCEEDINGS, None),
    ("chapter entry entry-dictionary entry-encyclopedia", Kind.INPROCEEDINGS, "incollection"),
    ("book classic", Kind.BOOK, None),
    ("collection", Kind.BOOK, "collection"),
    ("pamphlet", Kind.BOOK, "booklet"),
    ("post post-weblog webpage", Kind.OTHER, "online"),
    ("manuscript", Kind.OTHER, "unpublished"),
    *((name, Kind.OTHER, name) for name in ("dataset", "patent", "report", "software", "speech")),
    *((name, Kind.OTHER, name) for name in ("standard", "thesis")),
    ("bill broadcast document event figure graphic hearing interview", Kind.OTHER, None),
    ("legal_case legislation map motion_picture musical_score performance", Kind.OTHER, None),
    ("periodical personal_communication regulation song treaty", Kind.OTHER, None),
]


@pytest.fixture
def read(tmp_path):
    """Read a file of one publication: what its paper is, and that the format is known by it."""

    def paper(text, name):
        path = tmp_path / "refs"
        path.write_text(text, encoding="utf-8")
        reading = open_path(path, Options())
        (entry,) = (item for item in reading.items if isinstance(item, Entry))
        assert reading.format == name
        return entry.paper

    return paper


@pytest.mark.parametrize(("types", "kind", "sort"), BIBTEX)
def test_types_of_biblatex(read, types, kind, sort):
    book = "booktitle = {B}, " if kind is Kind.INPROCEEDINGS else ""
    for name in types.split():
        paper = read(f"@{name}{{key, title = {{T}}, {book}publisher = {{P}}, year = 2020}}", "bibtex")
        assert (paper.kind, paper.details.get("type")) == (kind, sort), name


@pytest.mark.parametrize(("types", "kind", "sort"), RIS)
def test_types_of_ris(read, types, kind, sort):
    for name in types.split():
        paper = read(f"TY  - {name}\nTI  - T\nPY  - 2020\nER  - \n", "ris")
        assert (paper.kind, paper.details.get("type")) == (kind, sort), name


@pytest.mark.parametrize(("types", "kind", "sort"), CSL)
def test_types_of_csl(read, types, kind, sort):
    for name in types.split():
        paper = read(json.dumps([{"type": name, "title": "T"}]), "csl-json")
        assert (paper.kind, paper.details.get("type")) == (kind, sort), name
