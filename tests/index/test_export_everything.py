"""Everything that is exported as JSON lines, a fresh library reads back as it was, marks included."""

import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from papers_tui.index.authors import Author
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library
from papers_tui.index.paper import Kind, Marks, Paper, Status
from papers_tui.index.store.tags import usable_tags
from papers_tui.index.text import clean, clean_line, readable, readable_line

LINES = st.text(max_size=40).map(lambda text: readable_line(clean_line(text)))
TEXTS = st.text(max_size=80).map(lambda text: readable(clean(text)))
NOTES = st.text(max_size=120).map(clean).filter(lambda text: bool(text.strip()) == bool(text))
TAGS = st.lists(st.text(max_size=12), max_size=3).map(lambda texts: tuple(sorted(usable_tags(texts))))
NAMES = LINES.map(clean_line).filter(bool).map(Author.parse).filter(lambda author: author.name)
MARKS = st.builds(
    Marks,
    bookmarked=st.booleans(),
    tags=TAGS,
    note=NOTES,
    status=st.sampled_from(Status),
    rating=st.none() | st.integers(1, 5),
)
PAPERS = st.builds(
    Paper,
    id=st.just(""),
    title=LINES.filter(bool),
    abstract=TEXTS,
    authors=st.lists(NAMES, max_size=3).map(tuple),
    published=st.none() | st.dates().map(str) | st.integers(1000, 2999).map(str),
    comments=st.none() | st.integers(0, 1000),
    kind=st.sampled_from(Kind),
    venue=LINES.map(lambda text: text or None),
    sources=st.just(("listing:a.txt",)),
)
ENTRIES = st.lists(st.tuples(PAPERS, MARKS), min_size=1, max_size=6)


def opened(folder: Path, name: str) -> Library:
    return Library.open(folder / name, folder / f"{name}-cache")


def everything(library: Library) -> dict[str, tuple]:
    library.update_index(lambda *_: None)
    entries = (hit.entry for hit in library.search("").page(0, 100))
    return {one.paper.id: (one.paper, replace(one.marks, note_revision=0)) for one in entries}


def exported(library: Library) -> bytes:
    library.update_index(lambda *_: None)
    entries = [hit.entry for hit in library.search("").page(0, 100)]
    return "".join(EXPORT_FORMATS["jsonl"].write(entries)).encode()


def imported(library: Library, lines: bytes) -> None:
    report = library.import_paths([], ImportOptions(), lambda _: None, stdin=BytesIO(lines))
    assert not report.files[0].rejected


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(ENTRIES)
def test_a_fresh_library_reads_back_what_was_exported(drawn):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with opened(folder, "first") as first:
            papers = [
                replace(
                    paper,
                    id=f"arxiv:2404.{n:05}",
                    arxiv_id=f"2404.{n:05}",
                    author_count=len(paper.authors) or None,
                )
                for n, (paper, _) in enumerate(drawn)
            ]
            first._corpus.put(papers, added="2026-01-01T00:00:00Z")
            for paper, (_, marks) in zip(papers, drawn, strict=True):
                first._marks.change([paper], lambda _, marks=marks: marks, label="mark")
            before, lines = everything(first), exported(first)
        with opened(folder, "second") as second:
            imported(second, lines)
            assert everything(second) == before
            imported(second, lines)
            assert everything(second) == before
            assert exported(second) == lines
