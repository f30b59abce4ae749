"""What the browser says of a search: the status, the hints, and the words in an empty list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len
from rich.text import Text
from textual.content import Content

from papers_tui.tui.glyphs import Glyphs
from papers_tui.tui.widgets.paper_row import clipped
from papers_tui.tui.wording import all_trashed, in_quotes, plural, read_as

if TYPE_CHECKING:
    from papers_tui.index.paper import Paper
    from papers_tui.index.results import Results
    from papers_tui.index.search.query import Sort

WIDE: Final = 80
"""Columns from which there is room for whole sentences."""

SMALL: Final = 40
"""Columns below which there is room for single words alone."""

_AROUND_HINTS: Final = 6
"""Cells of the line of hints that stay blank: at its ends, and before the key."""

OUT_OF_REACH: Final = "library out of reach"

IMPORT_HINT: Final = "papers-tui import FILE"
"""The command that fills a library."""


def replaced(rescued: Sequence[str], *, is_typed: bool) -> str:
    """Say that other files are there now, and with which commands the former marks come back."""
    said = ["Another program put other files in the place of its own. You see what is in them now."]
    if is_typed:
        said.append("What you are typing is kept in them.")
    said += [f"The marks that were removed: {command}" for command in rescued]
    return " ".join(said)


def placeholder(width: int) -> str:
    """Say what can be searched, as far as there is room for it."""
    return "Search titles, abstracts, authors, tags, notes" if width >= WIDE else "Search"


def sort_name(sort: Sort) -> str:
    """Return the name of an order."""
    return f"{sort.key}, reversed" if sort.is_reversed else sort.key


def status(results: Results, library_total: int, width: int, dot: str) -> str:
    """Say what a search found, in as many words as the width allows."""
    if width < SMALL:
        return f"{results.total:,}"
    if not results.is_searched and results.query.root is not None:
        return "not searched yet"
    found = plural(results.total, "paper")
    if results.query.root is not None:
        found = f"{results.total:,} of {max(library_total, results.total):,}"
    if width < 60 or not library_total:
        return found
    parts = [found, f"{results.elapsed_ms:.0f} ms", sort_name(results.sort)]
    return dot.join(parts if width >= 100 else [parts[0], parts[2]])


class Hints(NamedTuple):
    """What the line below the query box says."""

    words: str
    key: str = ""
    """The key that helps, and what it does: never cut before the words are."""


def hints(results: Results, refuse_key: str, width: int, dot: str) -> Hints:
    """Say what was read otherwise than it was typed, or not at all; an empty list says it itself."""
    if not results.total:
        return Hints("")
    read = _readings(results)
    if not read:
        return Hints(dot.join(results.hints))
    key = f"{refuse_key} searches as typed" if width >= WIDE else f"{refuse_key}: as typed"
    key = key if refuse_key else ""
    wordings = (
        [read_as(word, used) for word, used in read.items()],
        [f"{' or '.join(map(in_quotes, used))} for {in_quotes(word)}" for word, used in read.items()],
        [f"{', '.join(used)} for {word}" for word, used in read.items()],
    )
    lines = [dot.join([*said, *results.hints]) for said in wordings]
    room = width - cell_len(key) - _AROUND_HINTS
    return Hints(next((line for line in lines if cell_len(line) <= room), lines[-1]), key)


def _readings(results: Results) -> dict[str, list[str]]:
    """Return what each corrected word was read as."""
    read: dict[str, list[str]] = {}
    for one in results.corrections:
        read.setdefault(one.word, []).append(one.used)
    return read


def other_way(results: Results, refuse_key: str, *, is_refused: bool) -> str:
    """Say which key reads the words of an empty list's query in the other way; empty where there is none."""
    if not refuse_key or not (results.corrections or is_refused):
        return ""
    return f"{refuse_key} {'searches as typed' if results.corrections else 'corrects the words again'}"


def nothing_here(
    results: Results, library_total: int, other_way: str, *, is_indexing: bool, trashed: int = 0
) -> Content:
    """Explain an empty list of results, and what to do about it."""
    if library_total == 0 and trashed:
        return Content.assemble(
            (all_trashed(trashed), "bold"),
            "\n\nThe command “trash” of the palette brings them back;",
            "\nenter, then u, takes the last change back.",
        )
    if library_total == 0:
        return Content.assemble(
            ("Your library is empty", "bold"),
            "\n\nBring papers in with\n",
            (IMPORT_HINT, "bold"),
            "\n\nSaved listings, arXiv metadata and JSON lines are read.",
        )
    if is_indexing:
        return Content.assemble(
            ("Nothing yet", "bold"), "\n\nThe index is being brought up to date; more may turn up."
        )
    corrections = [read_as(word, used) for word, used in _readings(results).items()]
    said = [*corrections, other_way, *results.hints] if corrections else [*results.hints, other_way]
    advice = "\n".join(filter(None, said)) or "Fewer or shorter words find more."
    return Content.assemble(
        ("Nothing matches", "bold"),
        f"\n{results.query.text.strip()[:200]}\n\n",
        advice,
        "\n\nesc clears the search",
    )


def similar_status(total: int, width: int) -> str:
    """Say how many papers are like one, in as many words as the width allows."""
    return plural(total, "similar paper") if width >= 60 else f"{total:,} similar"


def similar_to(paper: Paper, width: int, glyphs: Glyphs) -> Hints:
    """Say which paper those in the list are like, and the way back."""
    back = "esc goes back to the results" if width >= WIDE else "esc goes back" if width >= SMALL else "esc"
    return _hint_of("similar to", paper.title, back, width, glyphs)


def dropped(query: str, width: int, glyphs: Glyphs) -> Hints:
    """Say which search was dropped, and how to have it again."""
    back = "esc brings it back" if width >= SMALL else "esc"
    return _hint_of("dropped", query.strip(), back, width, glyphs)


def _hint_of(what: str, name: str, key: str, width: int, glyphs: Glyphs) -> Hints:
    """Return a hint in which a name is cut before anything else is."""
    room = max(0, width - cell_len(key) - cell_len(f'{what} ""') - _AROUND_HINTS)
    return Hints(f'{what} "{clipped(Text(name[: room + 1]), room, glyphs.ellipsis).plain}"', key)


def nothing_similar() -> Content:
    """Explain an empty list of similar papers."""
    return Content.assemble(
        ("Nothing is similar", "bold"),
        "\n\nNo other paper of the library shares its telling words.",
        "\n\nesc goes back to the results",
    )


def frame_right(*, total: int | None, notices: list[str], dot: str) -> Text:
    """Compose the right end of the top line: what is going on, and how large the library is."""
    parts = [*notices, *([plural(total, "paper")] if total is not None else [])]
    return Text(dot.join(parts) + " ")
