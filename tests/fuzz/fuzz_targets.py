"""What is fuzzed, and what has to hold for every input, whatever it is."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from fuzz_grammars import TOKENS, WRITTEN
from fuzz_inputs import Inputs

from papers_tui.index import shelf
from papers_tui.index.cite import STYLES, bibliography, cite
from papers_tui.index.errors import PapersError
from papers_tui.index.formats import READERS, Options, Rejected, Remark, open_stream
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.formats.papers_json import from_json, to_json
from papers_tui.index.library import Library
from papers_tui.index.paper import Entry, Marks
from papers_tui.index.search.completion import complete
from papers_tui.index.search.explain import explain
from papers_tui.index.search.parser import parse
from papers_tui.index.search.unparse import unparse, unparse_sort
from papers_tui.index.text import MAX_FIELD, clean, clean_line, fold, readable, readable_line

TODAY = date(2026, 3, 5)
ANY = "any"
"""The target that lets the program tell the format, as `import` does."""

CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
SAMPLES = Path(__file__).parents[1] / "index" / "formats" / "data"
CITED = 40
"""One input in so many has its papers cited in every style and written in every format."""

Check = Callable[[bytes, int], None]


def originals(folder: Path | None = None) -> dict[str, list[bytes]]:
    """Return real inputs by format: the project's own samples, its shelf in every format, and a folder's."""
    entries = [Entry(paper, Marks(tags=("a b",), note="x\ny")) for paper in shelf.papers()[:12]]
    found = {
        name: ["".join(writer.write(entries[at : at + 3])).encode() for at in (0, 3, 6)]
        for name, writer in EXPORT_FORMATS.items()
    }
    found["bibtex"] += found.pop("biblatex")
    found["listing"] = [path.read_bytes() for path in sorted(SAMPLES.glob("*.txt"))]
    found["arxiv-snapshot"] = ["\n".join(map(json.dumps, map(_snapshot, entries[:4]))).encode()]
    if folder is not None:
        found["listing"] += [path.read_bytes() for path in sorted(folder.glob("*.txt"))]
    found["cleaner"] = [entry.paper.abstract.encode() for entry in entries]
    found["query"] = [entry.paper.title.encode() for entry in entries]
    found[ANY] = [data for name in sorted(found) if name not in {"cleaner", "query"} for data in found[name]]
    return found


def _snapshot(entry: Entry) -> dict[str, Any]:
    paper = entry.paper
    return {
        "id": paper.arxiv_id or "2404.04167",
        "authors": " and ".join(author.name for author in paper.authors),
        "authors_parsed": [[author.family, author.given, ""] for author in paper.authors],
        "title": paper.title,
        "abstract": f"  {paper.abstract}\n",
        "categories": "cs.CL stat.ML",
        "journal-ref": paper.venue,
        "doi": paper.doi,
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
        "update_date": "2008-11-26",
    }


def target_names() -> list[str]:
    """Return the names of all targets."""
    return ["cleaner", "query", ANY, *READERS]


def inputs_of(name: str, seed: int, folder: Path | None = None) -> Inputs:
    """Return the inputs of a target."""
    tokens = TOKENS.get(name, TOKENS[ANY])
    return Inputs(seed, originals(folder).get(name, []), tokens, WRITTEN.get(name))


def check_of(name: str, library: Library) -> Check:
    """Return the check of a target: it raises what must not be, with the input's number for its dice."""
    if name == "cleaner":
        return lambda data, _number: check_cleaner(
            data.decode("utf-8", "surrogatepass" if _whole(data) else "replace")
        )
    if name == "query":
        return lambda data, _number: check_query(data.decode("utf-8", "replace"), library)
    return lambda data, number: check_reader(data, None if name == ANY else name, number)


def _whole(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def check_cleaner(text: str) -> None:
    """Every text comes out safe, and stays as it came out."""
    for cleaned in (clean(text), clean_line(text), clean(text, limit=20)):
        assert not CONTROLS.search(cleaned), cleaned
        assert unicodedata.is_normalized("NFC", cleaned)
        assert clean(cleaned) == cleaned
    shown = readable(clean(text))
    assert not CONTROLS.search(shown), shown
    assert readable(shown) == shown, (shown, readable(shown))
    line = readable_line(clean_line(text))
    assert "\n" not in line
    folded = fold(clean(text))
    assert fold(folded) == folded


def check_reader(data: bytes, name: str | None, number: int = 1) -> None:
    """Every file gives papers that are safe, or says why not."""
    found: list[Entry] = []
    try:
        for item in open_stream(io.BytesIO(data), Options(format=name, today=TODAY)).items:
            if isinstance(item, Rejected):
                assert item.where
                assert item.why
                assert "\n" not in item.where
                assert not CONTROLS.search(clean_line(item.why))
            elif isinstance(item, Remark):
                assert item.text
            else:
                found.append(item)
    except PapersError:
        pass
    for entry in found:
        check_entry(entry)
    if number % CITED == 0:
        check_written(found[:3])


def check_entry(entry: Entry) -> None:
    """A paper holds nothing that acts, and comes back from its own JSON as it was."""
    for text in _texts(entry):
        assert not CONTROLS.search(text), text
        assert len(text) <= MAX_FIELD
    paper = entry.paper
    assert paper.id
    assert paper.title
    assert paper.published is None or len(paper.published) in {4, 7, 10}
    assert paper.precision
    for count in (paper.author_count, paper.comments, paper.upvotes, paper.stars):
        assert count is None or 0 <= count <= 2**53
    own = from_json(json.loads(json.dumps(to_json(entry))))
    assert to_json(from_json(json.loads(json.dumps(to_json(own))))) == to_json(own)


def check_written(entries: Sequence[Entry]) -> None:
    """Every style and every format can say what was read, and says nothing that acts."""
    papers = [entry.paper for entry in entries]
    for style in STYLES if papers else ():
        for text in (cite(papers[0], style), bibliography(papers, style)):
            assert not CONTROLS.search(text), (style, text)
    for writer in EXPORT_FORMATS.values():
        text = "".join(writer.write(entries)).replace("\r\n", "\n")
        assert not CONTROLS.search(text), (writer.name, text)


def check_query(text: str, library: Library) -> None:
    """Every text is a query that has an answer, and that can be told and written again."""
    for is_typing in (True, False):
        query = parse(text, today=TODAY, is_typing=is_typing)
        assert explain(query)
    if query.root is not None:
        written = unparse(query.root)
        again = parse(written, today=TODAY, is_typing=False)
        assert again.root is None or unparse(again.root), written
    if query.sort is not None:
        unparse_sort(query.sort)
    complete(text, len(text) // 2)
    results = library.search(text)
    assert results.total >= len(results.hits) >= min(results.total, 1)
    for hit in results.hits[:3]:
        for field, shown in (("title", hit.entry.paper.title), ("abstract", hit.entry.paper.abstract)):
            _check_spans(results.spans(shown, field), shown)
        results.snippet(hit.entry)


def _check_spans(spans: Sequence[tuple[int, int]], text: str) -> None:
    end = 0
    for start, stop in spans:
        assert end <= start < stop <= len(text)
        end = stop


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in an entry."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
    elif hasattr(value, "items"):
        for pair in value.items():
            yield from _texts(pair)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def small_library(folder: Path) -> Library:
    """Return a library of the starter shelf, indexed and with some marks."""
    library = Library.open(folder / "data", folder / "cache", today=lambda: TODAY)
    library.add_shelf()
    ids = [paper.id for paper in shelf.papers()]
    random = Random(1)
    library.bookmark(random.sample(ids, 10), on=True)
    library.tag(random.sample(ids, 10), add=["to read", "gra"])
    library.set_note(ids[0], "a graph of everything")
    library.update_index(lambda _done, _total: None)
    return library
