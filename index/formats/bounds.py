"""What an import may take: what is too long is cut, and it is said that it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from papers_tui.index.authors import Author
from papers_tui.index.details import details
from papers_tui.index.errors import UnusableInput
from papers_tui.index.formats.items import Item, Rejected, Remark
from papers_tui.index.paper import Entry, Paper
from papers_tui.index.text import MAX_FIELD, clean_line

MAX_TITLE: Final = 20_000
"""Characters of a title."""

MAX_LINE: Final = 10_000
"""Characters of a venue, an organisation and their like."""

MAX_NAME: Final = 1_000
"""Characters of each part of an author's name."""

MAX_AUTHORS: Final = 20_000
"""Authors of a paper: the longest list that was ever published has some 15,000."""

MAX_ITEMS: Final = 1_000
"""Categories, links, sources or days of a paper."""

MAX_REJECTED: Final = 20_000
"""Parts that cannot be read, after which an input with fewer papers than these is given up."""

MAX_KEPT: Final = 1 << 26
"""Characters of rejected parts that are kept, to be mended."""

MAX_REMARKS: Final = 1_000
"""Remarks on cuts that are made one by one."""

_TEXTS: Final = (
    ("title", "the title", MAX_TITLE),
    ("source_title", "", MAX_TITLE),
    ("abstract_note", "the remark on the abstract", MAX_LINE),
    ("organization", "the organisation", MAX_LINE),
    ("organization_handle", "the organisation's handle", MAX_LINE),
    ("venue", "the venue", MAX_LINE),
    ("volume", "the volume", MAX_LINE),
    ("issue", "the issue", MAX_LINE),
    ("pages", "the pages", MAX_LINE),
    ("publisher", "the publisher", MAX_LINE),
)
_LISTS: Final = (
    ("authors", MAX_AUTHORS),
    ("categories", MAX_ITEMS),
    ("featured", MAX_ITEMS),
    ("sources", MAX_ITEMS),
)


def bounded(items: Iterator[Item], gives_up: Callable[..., UnusableInput], name: str) -> Iterator[Item]:
    """Yield `items` cut to what fits, each cut followed by a remark that says it.

    Args:
        items: what a reader yields.
        gives_up: makes the error that ends the reading of this input: `Source.unusable`.
        name: of the format.

    Raises:
        UnusableInput: after more than MAX_REJECTED parts, if fewer papers than that could be read.
    """
    papers = rejected = kept = cut = 0
    for item in items:
        if isinstance(item, Entry):
            papers += 1
            entry, said = fitted(item)
            yield entry
            cut += len(said)
            if cut <= MAX_REMARKS:
                yield from (Remark(f"{clean_line(entry.paper.id, limit=80)}: {text}") for text in said)
        elif isinstance(item, Rejected):
            rejected += 1
            kept += len(item.source)
            yield item if kept <= MAX_KEPT else replace(item, source="", head="")
            if rejected > max(MAX_REJECTED, papers):
                why = f"more than {MAX_REJECTED:,} parts cannot be read: what follows was not looked at"
                raise gives_up(why, where=item.where, detected=name)
        else:
            yield item
    if cut > MAX_REMARKS:
        yield Remark(f"{cut - MAX_REMARKS:,} more texts or lists were cut")


def fitted(entry: Entry) -> tuple[Entry, list[str]]:
    """Return an entry without what is too long, and what was cut of it, in words."""
    paper = entry.paper
    changes: dict[str, Any] = {}
    said: list[str] = []
    for field, name, limit in _TEXTS:
        text = getattr(paper, field)
        if text is not None and len(text) > limit:
            changes[field] = f"{text[: limit - 1]}…"
            if name:
                said.append(f"{name} was cut at {limit:,} of {len(text):,} characters")
    if too_long := [name for name, text in paper.details.items() if len(text) > MAX_LINE]:
        changes["details"] = details({name: _short(text) for name, text in paper.details.items()})
        said.append(f"{' and '.join(too_long)} of the publication was cut at {MAX_LINE:,} characters")
    for field, limit in _LISTS:
        values = getattr(paper, field)
        if len(values) > limit:
            changes[field] = values[:limit]
            said.append(f"{field}: the first {limit:,} of {len(values):,} were taken")
    if "authors" in changes:
        changes["author_count"] = max(len(paper.authors), paper.author_count or 0)
    if any(
        len(author.family) + len(author.given) + len(author.suffix) > MAX_NAME for author in paper.authors
    ):
        changes["authors"] = tuple(map(_short_name, changes.get("authors", paper.authors)))
        said.append(f"names of authors were cut at {MAX_NAME:,} characters")
    said += _cut_before(paper, entry.marks.note)
    return (replace(entry, paper=replace(paper, **changes)) if changes else entry), said


def _short(text: str) -> str:
    return text if len(text) <= MAX_LINE else f"{text[: MAX_LINE - 1]}…"


def _cut_before(paper: Paper, note: str) -> Iterator[str]:
    """Tell of texts that were cut where they were cleaned."""
    for name, text in (("the abstract", paper.source_abstract or paper.abstract), ("the note", note)):
        if len(text) >= MAX_FIELD and text.endswith("…"):
            yield f"{name} was cut at {MAX_FIELD:,} characters"


def _short_name(author: Author) -> Author:
    parts = (author.family, author.given, author.suffix)
    family, given, suffix = (part if len(part) <= MAX_NAME else f"{part[: MAX_NAME - 1]}…" for part in parts)
    return Author(family, given, suffix, author.is_group)
