"""Who may do what with the files of a library."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from papers_tui.index import places
from papers_tui.index.findings import Finding, Level
from papers_tui.index.store.corpus_schema import CORPUS
from papers_tui.index.store.failures import BACKUPS, shown
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.index.store.strangers import stranger

_ELSEWHERE = "--data-dir DIR names another library"


def reachable(data_dir: Path) -> Iterator[Finding]:
    """Tell of what keeps the user from looking at a library at all; nothing where it can be looked at."""
    if (closed := places.closed_above(data_dir)) is not None:
        remedy = f"{places.how_to_gain('x', closed)}; {_ELSEWHERE}"
        yield Finding("places", "problem", f"{shown(closed)} may not be entered", remedy)
    elif data_dir.exists() and not data_dir.is_dir():
        yield Finding("places", "problem", f"{shown(data_dir)} is no folder", _ELSEWHERE)
    elif data_dir.exists() and not os.access(data_dir, os.R_OK | os.X_OK):
        rights = places.lacking_rights(data_dir)
        remedy = f"{places.how_to_gain(rights, data_dir)}; {_ELSEWHERE}"
        yield Finding("places", "problem", f"{shown(data_dir)} may not be read", remedy)


def can_be_read(path: Path) -> bool:
    """Whether a file may be read; one that is missing may."""
    return not path.exists() or os.access(path, os.R_OK)


def permissions(data_dir: Path) -> Iterator[Finding]:
    """Look at what the user, and others, may do with the files of a library that can be looked at."""
    backups = data_dir / BACKUPS
    stores = [path for path in (data_dir / "marks.db", data_dir / "papers.db") if _is_ours(path)]
    own = [path for path in (data_dir, backups, *stores) if path.exists()]
    beside = [path for store in stores for path in data_dir.glob(f"{store.name}[-.]*")]
    beside = [path for path in beside if ".aside-" not in path.name]
    if os.access(backups, os.R_OK | os.X_OK):
        beside += backups.glob("marks-*.db*")
    is_open = False
    for path in (*own, *beside):
        if what := places.open_to_others(path):
            is_open = True
            level: Level = "note" if what == "read" and path.is_dir() else "problem"
            message = f"other users of this machine may {what} {shown(path)}"
            yield Finding("permissions", level, message, "doctor --repair closes it", "close", path)
    for path in own:
        yield from _rights(path)
    if not is_open:
        yield Finding("permissions", "ok", "the library is yours alone")


def _is_ours(path: Path) -> bool:
    """Whether a file is a store of ours, as far as can be told. What is a stranger's is left to its owner."""
    try:
        schema = MARKS if path.name == "marks.db" else CORPUS
        return path.exists() and not stranger(path, schema.application_id)
    except OSError:
        return True


def _rights(path: Path) -> Iterator[Finding]:
    """Tell what the user may not do with a file that is needed."""
    if rights := places.lacking_rights(path):
        what = "written" if rights == "w" else "read"
        rest = "; until then the library can only be read" if rights == "w" else ""
        remedy = places.how_to_gain(rights, path) + rest
        yield Finding("permissions", "problem", f"{shown(path)} may not be {what}", remedy)
    elif path.stat().st_uid != os.geteuid():
        yield Finding("permissions", "note", f"{shown(path)} belongs to another user")
