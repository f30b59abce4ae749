"""RIS as programs and publishers write it: every record is read, or rejected with its line."""

import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.errors import UnusableInput
from papers_tui.index.formats import Options, Rejected, Remark, open_path, ris
from papers_tui.index.paper import Entry, Kind, Status

ZOTERO = """TY  - JOUR
TI  - Attention to Gardens
AU  - Roe, Jane
AU  - van der Berg, Jan, Jr.
T2  - Journal of Soil
AB  - A first line.
DA  - 2017/06/12/
PY  - 2017
DO  - 10.1000/ABC
DP  - DOI.org (Crossref)
VL  - 12
IS  - 3
SP  - 235
EP  - 57
UR  - https://doi.org/10.1000/abc
Y2  - 2024/01/02/10:11:12
L1  - https://example.org/paper.pdf
KW  - soil
KW  - water
N1  - <p>Read the <b>proof</b>.</p>
<p>Second &amp; last.</p>
N1  - doi: 10.1000/abc
ER  -

"""
MENDELEY = """TY  - GEN
T1  - A Theory
A1  - Roe, Jane
Y1  - 2018//
N2  - Wrapped
 abstract.
M3  - 10.1000/xyz
JF  - arXiv preprint arXiv:1801.01234
UR  - http://arxiv.org/abs/1801.01234
ER  -
"""


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "refs.ris"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        reading = open_path(path, Options())
        assert reading.format == "ris"
        return list(reading.items)

    return read_text


def titles(found):
    return [item.paper.title for item in found if isinstance(item, Entry)]


def rejects(found):
    return [(item.where, item.why) for item in found if isinstance(item, Rejected)]


def test_a_record_of_zotero(read):
    (entry,) = read(ZOTERO)
    paper = entry.paper
    assert paper.authors == (Author("Roe", "Jane"), Author("van der Berg", "Jan", "Jr."))
    assert (paper.venue, paper.volume, paper.issue, paper.pages) == ("Journal of Soil", "12", "3", "235–57")
    assert (paper.kind, paper.published, paper.doi) == (Kind.ARTICLE, "2017-06-12", "10.1000/abc")
    assert paper.urls == {"pdf": "https://example.org/paper.pdf"}
    assert (entry.marks.tags, entry.marks.status) == (("soil", "water"), Status.UNREAD)
    assert entry.marks.note == "Read the proof.\n\nSecond & last."


def test_a_record_of_mendeley(read):
    (entry,) = read(MENDELEY)
    paper = entry.paper
    assert (paper.title, paper.published, paper.abstract) == ("A Theory", "2018", "Wrapped abstract.")
    assert (paper.arxiv_id, paper.doi, paper.kind, paper.venue) == (
        "1801.01234",
        "10.1000/xyz",
        Kind.PREPRINT,
        None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\nTI  - T\nPY  - 2001\nER  - \n",
        "TY  - JOUR\r\nTI  - T\r\nPY  - 2001\r\nER  - \r\n",
        "TY  - JOUR\rTI  - T\rPY  - 2001\rER  - \r",
        "\ufeffTY  - JOUR\nTI  - T\nPY  - 2001\nER  -",
        "\n\n1.\nTY  - JOUR\nT1  - T\nY1  - 2001///\nER  - \n",
        "TY - JOUR\nTI - T\nPY - 2001\nER - \n",
        "TY  -JOUR\nTI  -T\nPY  -2001\nER  -\n",
        "TY\t- JOUR\nTI\t- T\nPY\t- 2001\nER\t- \n",
        "ty  - JOUR\nti  - T\npy  - 2001\ner  - \n",
        "  TY  - JOUR\n  TI  - T\n  PY  - 2001\n  ER  - \n",
        "TY  - JOUR\n\nTI  - T\n\nPY  - 2001/april\n\nER  - \n",
        "TY  - JOUR\nTI  - \nTI  - T\nDA  - Jan 5, 2001\nER  - \n",
        "TY  - JOUR\nXX  - odd\nTI  - T\nX1  - more\nPY  - 2001\nER  - \n",
        "TY  - UNKNOWN\nTI  - T\nPY  - 2001\nER  - \n",
        "TI  - T\nPY  - 2001\nTY  - JOUR\nTI  - T\nPY  - 2001\nER  - \n",
    ],
)
def test_one_way_to_write_a_record(read, text):
    found = read(text)
    assert rejects(found) == []
    assert {(item.paper.title, item.paper.published[:4]) for item in found if isinstance(item, Entry)} == {
        ("T", "2001")
    }


def test_a_record_without_a_title_is_rejected_and_the_others_are_read(read):
    found = read(f"{ZOTERO}TY  - JOUR\nAU  - Roe, Jane\nER  - \n{MENDELEY}")
    assert titles(found) == ["Attention to Gardens", "A Theory"]
    (rejected,) = (item for item in found if isinstance(item, Rejected))
    assert (rejected.where, rejected.why) == ("line 25", "it has no title")
    assert rejected.source == "TY  - JOUR\nAU  - Roe, Jane\nER  -"


def test_a_record_without_an_end_is_read(read):
    found = read("TY  - JOUR\nTI  - First\nTY  - JOUR\nTI  - Second\n")
    assert titles(found) == ["First", "Second"]
    assert found[-1] == Remark("the record of line 3 has no end: the file may be cut")


def test_lines_outside_of_records_are_said_to_be_passed_over(read):
    found = read(f"Provider: Somebody\nRecords: 1\n{MENDELEY}")
    assert titles(found) == ["A Theory"]
    assert found[-1] == Remark("lines outside of records, passed over: 2")


def test_texts_over_several_lines(read):
    (entry,) = read(
        "TY  - CONF\nTI  - A Title\n over two lines\n"
        "AB  - Methods\nUK - based people - were asked.\n\nResults.\n"
        "KW  - one\ntwo; three\nER  - \n"
    )
    assert entry.paper.title == "A Title over two lines"
    assert entry.paper.abstract == "Methods UK - based people - were asked.\n\nResults."
    assert entry.marks.tags == ("one", "three", "two")


def test_bytes_of_another_encoding(read):
    found = read("TY  - JOUR\nTI  - Schöne Welt\nER  - \n".encode("latin-1"))
    assert titles(found) == ["Schöne Welt"]
    assert isinstance(found[-1], Remark)


def test_the_format_of_web_of_science_is_named(tmp_path):
    path = tmp_path / "wos.ris"
    path.write_text(
        "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Roe, J\nTI A Title\nER\n", encoding="utf-8"
    )
    with pytest.raises(UnusableInput, match="Web of Science"):
        open_path(path, Options())


WORDS = st.text("abc XYZ-,.:;é0", min_size=1, max_size=20).map(str.strip).filter(bool)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(WORDS, st.lists(WORDS, max_size=3)), min_size=1, max_size=4))
def test_the_records_are_those_that_another_parser_reads(found):
    text = "".join(
        "TY  - JOUR\n" + f"TI  - {title}\n" + "".join(f"KW  - {word}\n" for word in words) + "ER  - \n\n"
        for title, words in found
    )
    theirs = rispy.loads(text)
    ours = list(ris.items(text, "x"))
    assert [" ".join(record["title"].split()) for record in theirs] == titles(ours)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["TY  - JOUR", "TI  - T", "AU  - A, B", "ER  - ", "ER  -", "", "more", "AB -x", "TY  -"]
        ),
        max_size=25,
    )
)
def test_every_record_is_accounted_for(lines):
    text = "\n".join(lines)
    found = list(ris.items(text, "x"))
    records = sum(line.startswith("TY") for line in lines)
    assert len(titles(found)) + len(rejects(found)) >= records
    for item in found:
        if isinstance(item, Rejected):
            assert "TI  - T" not in item.source
