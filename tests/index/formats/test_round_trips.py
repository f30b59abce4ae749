"""What we export we read back: written again, it is the same text, and the papers are the same papers.

What a format cannot carry is in docs/formats.md; `carried` says it in code.
"""

import os
import re
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.formats import Options, Rejected, open_path
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.identity import paper_id
from papers_tui.index.paper import Entry, Kind, Marks, Paper, Status
from papers_tui.index.text import clean, clean_line, readable, readable_line

MOST = int(os.environ.get("ROUND_TRIPS", "40"))
READ = ["bibtex", "biblatex", "ris", "csl-json", "csv", "markdown"]
FORMATS = {"biblatex": "bibtex"}

SIGNS = st.sampled_from(
    [
        *"\\{}$&%#_^~<>|\"'`@,;:=+-*[]()!./?",
        "\\x",
        "``",
        "''",
        "--",
        " and ",
        "\\'e",
        "{\\",
        "TY  - ",
        "@article{",
    ]
)
WORDS = st.sampled_from(
    [
        "Attention",
        "is",
        "all",
        "you",
        "need",
        "LLM",
        "GPT-4",
        "Schrödinger’s",
        "naïve",
        "深度学习",
        "Ω",
        "and",
        "50",
    ]
)
LOOK_ALIKES = (
    *"\u0305\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7\u03bf",
    *"\u2033\u2034\u210f\u2212\u2217\u2223\u22c5\u2605\u27c2\u27f5\u27f6\u2a7d\u2a7e",
    *map(chr, range(0x1D400, 0x1D800)),
)
"""What BibTeX writes as mathematics that other characters have too, as docs/formats.md says."""

CHARACTERS = st.characters(exclude_characters=LOOK_ALIKES)
TEXT = st.lists(st.one_of(WORDS, SIGNS, st.text(CHARACTERS, max_size=4)), min_size=1, max_size=8).map(
    " ".join
)
TITLES = (
    TEXT.map(clean_line)
    .map(readable_line)
    .map(clean_line)
    .filter(lambda text: text and any(map(str.isalnum, text)) and readable_line(text) == text)
    .filter(lambda text: not re.search(r"[^\W_]--[^\W_]", text))
)
"""Two hyphens between words of a title are the dash that TeX makes of them."""

PROSE = TEXT.map(clean).map(readable).map(clean).map(str.strip).filter(lambda text: readable(text) == text)
NOTES = st.one_of(st.just(""), st.lists(TEXT.map(clean_line), max_size=3).map("\n".join).map(str.strip))
NAMES = st.sampled_from(["Vaswani", "van der Berg", "García-Pérez", "O’Neill", "Łukasz", "de la Cruz", "Li"])
PEOPLE = st.builds(
    Author,
    NAMES,
    st.sampled_from(["Ashish", "Jean-Pierre", "A. B.", "Øystein"]),
    st.sampled_from(["", "", "Jr.", "III"]),
    st.just(value=False),
)
GROUPS = st.sampled_from([Author("Gemma Team", is_group=True), Author("ATLAS Collaboration", is_group=True)])
VENUES = st.sampled_from([None, "Nature", "Proceedings of the 5th Conference on Things", "J. of A & B"])


@st.composite
def entries(draw):
    title = draw(TITLES)
    arxiv = draw(st.sampled_from([None, "2404.04167", "hep-th/9901001"]))
    doi = draw(st.sampled_from([None, "10.1000/xyz_(12)3", "10.1038/nature14539"]))
    kind = draw(st.sampled_from(Kind))
    venue = draw(VENUES) if kind in {Kind.ARTICLE, Kind.INPROCEEDINGS, Kind.OTHER} else None
    has_pages = venue is not None and kind is not Kind.OTHER
    authors = tuple(draw(st.lists(st.one_of(PEOPLE, PEOPLE, GROUPS), max_size=4, unique=True)))
    paper = Paper(
        id=paper_id(arxiv=arxiv, doi=doi, title=title),
        title=title,
        abstract=draw(PROSE),
        authors=authors,
        author_count=draw(st.sampled_from([len(authors), len(authors) + 1])) or None,
        published=draw(st.sampled_from([None, "2024", "2024-04", "2024-04-05", "1999-12-31"])),
        categories=(draw(st.sampled_from(["cs.CL", "hep-th"])),) if arxiv else (),
        kind=kind,
        venue=venue,
        volume=draw(st.sampled_from([None, "12"])) if has_pages else None,
        issue=draw(st.sampled_from([None, "3"])) if has_pages else None,
        pages=draw(st.sampled_from([None, "12–34", "7"])) if has_pages else None,
        publisher=draw(st.sampled_from([None, "Springer"])) if has_pages else None,
        arxiv_id=arxiv,
        doi=doi,
        urls=MappingProxyType(
            {}
            if arxiv or doi
            else draw(st.sampled_from([{}, {"abstract": "https://example.org/a_b~c?d=1&e=%20"}]))
        ),
    )
    marks = Marks(
        tags=tuple(
            sorted(draw(st.sets(st.sampled_from(["fp4", "to-read", "größe", "c++", "a.b"]), max_size=3)))
        ),
        note=draw(NOTES),
        status=draw(st.sampled_from(Status)),
        rating=draw(st.sampled_from([None, 1, 5])),
    )
    return Entry(paper, marks)


def written(name, found):
    return "".join(EXPORT_FORMATS[name].write(iter(found)))


def read(path):
    reading = open_path(path, Options())
    return reading.format, list(reading.items)


@pytest.mark.parametrize("name", READ)
@given(found=st.lists(entries(), min_size=1, max_size=3))
@settings(max_examples=MOST, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_back_whole(tmp_path: Path, name, found):
    path = tmp_path / "export"
    text = written(name, found)
    path.write_text(text, encoding="utf-8", newline="")
    format_name, again = read(path)
    assert format_name == FORMATS.get(name, name)
    assert not [item for item in again if isinstance(item, Rejected)]
    again = [item for item in again if isinstance(item, Entry)]
    assert len(again) == len(found)
    for was, now in zip(found, again, strict=True):
        assert (now.paper.title, now.paper.arxiv_id) == (was.paper.title, was.paper.arxiv_id)
        assert [author.name for author in now.paper.authors] == [author.name for author in was.paper.authors]
        assert now.marks.tags == was.marks.tags
        assert now.marks.note.split() == was.marks.note.split()
    if name == "markdown" and any(entry.paper.kind is Kind.BOOK for entry in found):
        return  # a reference in words does not say that it is a book
    assert written(name, again) == text
