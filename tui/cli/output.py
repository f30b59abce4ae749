"""What verbs print: one JSON document, or lines for people; messages and progress go to stderr."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from papers_tui.index.errors import UnknownPaper
from papers_tui.index.formats.papers_json import to_json
from papers_tui.index.paper import Entry
from papers_tui.index.text import clean, clean_line
from papers_tui.tui.wording import byline, plural, read_as, shown_date, states

if TYPE_CHECKING:
    from papers_tui.index.results import Results

_UNPRINTABLE: Final = re.compile(r"[^\x20-\x7e\n]")
"""What may be unprintable, for `str.isprintable` to decide."""


def print_json(document: Any, *, is_compact: bool = False) -> None:
    """Print one JSON document: a line of its own where `is_compact`.

    File names may hold anything: what JSON leaves as it is and a terminal would act on is escaped.
    """
    encoder = json.JSONEncoder(ensure_ascii=False, indent=None if is_compact else 2)
    for part in encoder.iterencode(document):
        sys.stdout.write(part if part.isprintable() else _UNPRINTABLE.sub(_escaped, part))
    sys.stdout.write("\n")


def _escaped(character: re.Match[str]) -> str:
    return character[0] if character[0].isprintable() else json.dumps(character[0])[1:-1]


def print_text(text: str) -> None:
    """Print text that may come from outside."""
    sys.stdout.write(clean(text) + "\n")


def tell(message: str) -> None:
    """Say something to the person who waits, beside the output."""
    sys.stderr.write(clean(message) + "\n")


def tell_unknown(unknown: Sequence[UnknownPaper]) -> None:
    """Name the ids that no paper has, with the nearest."""
    for error in unknown:
        tell(f"papers-tui: {error.message}\n  {error.remedy}")


def tell_how_read(results: Results) -> None:
    """Say which words were corrected, how to refuse that, and what could not be read of a query."""
    used: dict[str, list[str]] = {}
    for one in results.corrections:
        used.setdefault(one.word, []).append(one.used)
    for word, others in used.items():
        tell(read_as(word, others))
    if used:
        tell(f"  --as-typed corrects no word; quotes in the query keep one: '\"{next(iter(used))}\"'")
    for hint in results.hints:
        tell(hint)


class _PipedConsole(Console):
    """A console that leaves it to the command line to end where the reader of a pipe has gone."""

    def on_broken_pipe(self) -> None:
        """Raise the BrokenPipeError that is being handled, instead of Rich's exit with code 1."""
        raise  # noqa: PLE0704 - Rich calls this while it handles the error


def console() -> Console:
    """Return a console on stdout that interprets nothing and wraps nothing in a pipe."""
    return _PipedConsole(highlight=False, markup=False, emoji=False, soft_wrap=True)


def print_hit(out: Console, entry: Entry) -> None:
    """Print a paper in two lines: its title, and its id, byline, date and marks."""
    paper, marks = entry.paper, entry.marks
    facts = [paper.id, byline(paper), shown_date(paper.published)]
    if paper.comments:
        facts.append(plural(paper.comments, "comment"))
    facts += [*states(marks), " ".join(f"#{tag}" for tag in marks.tags)]
    out.print(Text(paper.title, style="bold"))
    out.print(Text("  " + " · ".join(filter(None, facts)), style="dim"))


def print_marked(label: str, ids: Sequence[str]) -> None:
    """Say which papers were changed, and how."""
    print_text(f"{label}: {', '.join(ids)}" if len(ids) <= 5 else f"{label}: {plural(len(ids), 'paper')}")


def marked_json(label: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """Return the document that tells of a change of marks."""
    return {"change": label, "papers": [to_json(entry) for entry in entries]}


@contextmanager
def progress(unit: str) -> Iterator[Progress]:
    """Show progress on stderr: a bar in a terminal, nothing elsewhere."""
    err = Console(stderr=True, markup=False, highlight=False)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[read]:,} " + unit, markup=False),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        yield bar


def short(path: str, width: int = 40) -> str:
    """Shorten a path for a line of progress, keeping its end."""
    line = clean_line(path)
    return line if len(line) <= width else "…" + line[1 - width :]
