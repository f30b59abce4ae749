"""Two papers that may be one, in words side by side: what differs, what a merger keeps, what is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from papers_tui.index.text import clean_line, fold
from papers_tui.tui.wording import shown_date, states

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from papers_tui.index.joining import Pair
    from papers_tui.index.library import Library
    from papers_tui.index.paper import Entry

KEPT: Final = "+ "
"""Before what a merger keeps."""

TAKEN_BACK: Final = "They are no longer kept apart."
KEPT_APART: Final = (
    "They are kept apart from now on: an import would join them again, or you had said that they are two."
)
DOUBTFUL_AGAIN: Final = "Whether they are one is open again."

SAME: Final = "the same"


class Row(NamedTuple):
    """A fact of both papers."""

    name: str
    one: str
    other: str
    is_same: bool

    @property
    def second(self) -> str:
        """What is shown of the other paper."""
        return SAME if self.is_same else self.other


class Done(NamedTuple):
    """What was done with a pair."""

    ids: tuple[str, ...]
    said: tuple[str, ...]
    """Sentences on what the user may not expect."""


def join(library: Library, one: str, other: str) -> Done:
    """Make two papers one. Raises WrongUsage."""
    before = library.citing.known([one, other])
    taken_back = (TAKEN_BACK,) if library.joining.are_apart(one, other) else ()
    ids = library.joining.merge(one, other)
    return Done(ids, (*taken_back, *_dropped(before, library.citing.known(ids))))


def part(library: Library, paper_id: str) -> Done:
    """Take apart what last became one. Raises UnknownPaper."""
    ids = library.joining.separate(paper_id)
    is_kept = len(ids) == 2 and library.joining.are_apart(*ids)
    return Done(ids, (KEPT_APART,) if is_kept else (DOUBTFUL_AGAIN,))


def shared_ids(library: Library, entry: Entry, changed: Collection[str]) -> list[tuple[str, str]]:
    """Return the ids of a paper, of changed fields, that another paper has too, each with the other."""
    paper = entry.paper
    numbers = (("arxiv", paper.arxiv_id), ("doi", paper.doi))
    names = [f"{field}:{number}" for field, number in numbers if number and field in changed]
    return [(name, other) for name in names for other in library.joining.called(name) if other != paper.id]


def _dropped(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Say which citation key a paper goes by, where another one is not written any more."""
    kept = clean_line("".join(after.values()), limit=60)
    dropped = " and ".join(clean_line(key, limit=60) for key in before.values() if key not in after.values())
    said = f"Cited as {kept}; {dropped} is no longer written but in BibLaTeX (ids), and stays reserved."
    return (said,) if dropped else ()


def rows(pair: Pair) -> list[Row]:
    """Return what is known or said of either: first what differs, what is kept of it marked."""
    found = []
    merged = pair.merged
    facts = zip(_facts(pair.one), _facts(pair.other), _facts(merged), strict=True)
    for (name, ours), (_, theirs), (_, kept) in facts:
        if not ours and not theirs:
            continue
        if fold(ours) == fold(theirs):
            found.append(Row(name, ours, theirs, is_same=True))
        else:
            both = {kept, shown_date(merged.paper.appeared)} if name == "published" else {kept}
            one, other = (_marked(value, both, {ours, theirs}) for value in (ours, theirs))
            found.append(Row(name, one, other, is_same=False))
    return sorted(found, key=lambda row: row.is_same)


def contrast(pair: Pair) -> str:
    """Return what speaks against one paper, in words; empty where nothing does."""
    return f"Against one paper: {', '.join(pair.against)}" if pair.against else ""


def _marked(value: str, kept: set[str], values: set[str]) -> str:
    """Mark what is kept; where that is made of both values, both."""
    is_kept = bool(value) and (value in kept or not kept & values)
    return f"{KEPT}{value}" if is_kept else value


def _facts(entry: Entry) -> list[tuple[str, str]]:
    paper, marks = entry.paper, entry.marks
    facts = [
        ("id", paper.id),
        ("title", paper.title),
        ("authors", ", ".join(author.name for author in paper.authors) or paper.organization or ""),
        ("published", shown_date(paper.published)),
        ("appeared", shown_date(paper.appeared)),
        ("kind", paper.details.get("type", "") or ("" if paper.kind == "other" else str(paper.kind))),
        ("venue", paper.venue or ""),
        ("volume", paper.volume or ""),
        ("issue", paper.issue or ""),
        ("pages", paper.pages or paper.details.get("article_number", "")),
        ("publisher", paper.publisher or ""),
        ("arXiv", paper.arxiv_id or ""),
        ("DOI", paper.doi or ""),
        ("source", ", ".join(paper.sources)),
        ("tags", " ".join(f"#{tag}" for tag in marks.tags)),
        ("marks", ", ".join(states(marks))),
        ("note", marks.note),
        ("abstract", paper.abstract),
    ]
    return [(name, clean_line(value, limit=400)) for name, value in facts]
