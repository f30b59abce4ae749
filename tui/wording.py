"""Papers and errors in words, the same on the command line and on screens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from papers_tui.index.errors import PapersError
from papers_tui.index.paper import Marks, Paper, Status
from papers_tui.index.text import clean

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_words(error: PapersError) -> str:
    """Return an error as the shell shows it: what happened, and what to do next."""
    remedy = f"\n  {error.remedy}" if error.remedy else ""
    return clean(f"papers-tui: {error.title.lower()}: {error.message}{remedy}")


def shown_date(published: str | None) -> str:
    """Return a date as precise as it is known: `5 Apr 2024`, `Apr 2024`, `2024`; empty if unknown."""
    if not published:
        return ""
    year, *rest = published.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*words, *([_MONTHS[int(rest[0]) - 1]] if rest else []), year])


def shown_moment(moment: datetime) -> str:
    """Return a moment on the user's own clock: `5 Apr 2024, 17:03`."""
    local = moment.astimezone()
    return f"{shown_date(local.date().isoformat())}, {local:%H:%M}"


def byline(paper: Paper, *, named: int = 2) -> str:
    """Return who wrote a paper, in short: names, else the organisation, else how many; empty if unknown.

    Where they are more than one beyond `named`, the first `named` stand for all.
    """
    families = [author.family for author in paper.authors]
    if len(families) > named + 1:
        return f"{', '.join(families[:named])} and {len(families) - named} others"
    if families:
        return " and ".join(filter(None, [", ".join(families[:-1]), families[-1]]))
    if paper.organization:
        return paper.organization
    return plural(paper.author_count, "author") if paper.author_count else ""


def plural(count: int, noun: str) -> str:
    """Return `1 author`, `2 authors`, `1,200 authors`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def read_as(word: str, used: Sequence[str]) -> str:
    """Say what a misspelt word was read as, besides itself."""
    return f'"{word}" was read as {" or ".join(map(in_quotes, used))}, too'


def in_quotes(word: str) -> str:
    """Return a word in the quotes that the query language has, and that every terminal shows."""
    return f'"{word}"'


def all_trashed(count: int) -> str:
    """Say that a library has nothing to show, though it has papers."""
    return f"{plural(count, 'paper')} {'is' if count == 1 else 'are'} in the trash, and there is no other"


def states(marks: Marks) -> list[str]:
    """Return what the user said of a paper, in words: `bookmarked`, `reading`, `rated 4`, `noted`."""
    said = ["bookmarked"] if marks.bookmarked else []
    if marks.status is not Status.UNREAD:
        said.append(str(marks.status))
    if marks.rating:
        said.append(f"rated {marks.rating}")
    return [*said, "noted"] if marks.note else said
