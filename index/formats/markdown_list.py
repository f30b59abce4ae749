"""Writes a Markdown list: a reference a paper, with its tags and the user's note below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from papers_tui.index.cite.emphasis import markdown_text
from papers_tui.index.cite.markup import markdown
from papers_tui.index.cite.names import unnamed
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Entry


def write_markdown(entries: Iterable[Entry]) -> Iterator[str]:
    """Write `- reference`, then `Tags: …` and the note as a quotation, where there are any."""
    for entry in entries:
        yield "\n".join(_lines(entry)) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    remark = unnamed(entry.paper)
    yield f"- {markdown(Work(entry.paper))}" + (f" ({remark})" if remark else "")
    if entry.marks.tags:
        yield ""
        yield "  Tags: " + ", ".join(markdown_text(" ".join(tag.split())) for tag in entry.marks.tags)
    if entry.marks.note.strip():
        yield ""
        for line in entry.marks.note.strip().splitlines():
            yield f"  > {markdown_text(line.strip())}".rstrip()
    if entry.marks.tags or entry.marks.note.strip():
        yield ""
