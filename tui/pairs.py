"""Two papers that may be one, in words side by side: what differs, what a merger keeps, what is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from papers_tui.index.text import clean_line, fold
from papers_tui.tui.wording import shown_date, states

if TYPE_CHECKING:
    from papers_tui.index.joining import Pair
    from papers_tui.index.paper import Entry

KEPT: Final = "+ "
"""Before what a merger keeps."""

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
