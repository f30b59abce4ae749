"""Writes a Markdown list: a reference a paper, with its tags and the user's note below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from papers_tui.index.cite.acm import names_in_full
from papers_tui.index.cite.emphasis import markdown_text
from papers_tui.index.cite.markup import markdown
from papers_tui.index.cite.names import unnamed
from papers_tui.index.cite.prose import ended
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Entry


def write_markdown(entries: Iterable[Entry]) -> Iterator[str]:
    """Write `- reference`, then `Tags: …` and the note as a quotation, where there are any."""
    for entry in entries:
        yield "\n".join(_lines(entry)) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    remark = unnamed(entry.paper)
    yield f"- {_reference(Work(entry.paper))}" + (f" ({remark})" if remark else "")
    if entry.marks.tags:
        yield ""
        yield "  Tags: " + ", ".join(markdown_text(" ".join(tag.split())) for tag in entry.marks.tags)
    if entry.marks.note.strip():
        yield ""
        for line in entry.marks.note.strip().splitlines():
            yield f"  > {markdown_text(line.strip())}".rstrip()
    if entry.marks.tags or entry.marks.note.strip():
        yield ""


def _reference(work: Work) -> str:
    """Return a reference whose title shows: as a link, else in bold letters, by which it is read back."""
    reference = markdown(work)
    title = markdown_text(work.title)
    if work.address:
        return reference
    names = markdown_text(ended(names_in_full(work.byline)))
    start = len(names) + bool(names)
    return f"{reference[:start]}**{title}**{reference[start:].removeprefix(title)}"
