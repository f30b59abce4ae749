"""Copies of files as they were before an upgrade: kept until what became of the file has proved itself."""

from __future__ import annotations

import re
import time
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from papers_tui.index.errors import LibraryError
from papers_tui.index.store.backup import manifest_path
from papers_tui.index.store.corpus_schema import CORPUS
from papers_tui.index.store.database import Database
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.index.store.opening import Schema

KEPT: Final = timedelta(days=7)
"""How long a copy is kept at least."""

_COPY: Final = re.compile(r"(marks\.db|papers\.db)\.v[0-9]+\.bak")
_SCHEMAS: Final[dict[str, Schema]] = {"marks.db": MARKS, "papers.db": CORPUS}


def copies_in(data_dir: Path) -> list[Path]:
    """Return the copies that upgrades have left in a folder."""
    return sorted(path for path in data_dir.glob("*.bak") if _COPY.fullmatch(path.name))


def upgraded(copy: Path) -> Path:
    """Return the file that a copy was made of."""
    return copy.with_name(copy.name.split(".db.")[0] + ".db")


def drop(copy: Path, *, after: timedelta = timedelta()) -> bool:
    """Remove a copy of some age, if its file was upgraded and is whole; tell whether it is gone.

    Raises:
        OSError: if it cannot be removed.
        LibraryError: if it cannot be told whether the file is whole.
    """
    if time.time() - copy.stat().st_mtime < after.total_seconds() or not _is_upgraded(upgraded(copy)):
        return False
    copy.unlink()
    manifest_path(copy).unlink(missing_ok=True)
    return True


def drop_spent(data_dir: Path, backed_up: datetime | None) -> None:
    """Remove the copies that nobody needs any more; those of the marks once a backup was made after them."""
    for copy in copies_in(data_dir):
        with suppress(OSError, LibraryError):
            is_safe = backed_up is not None and backed_up.timestamp() > copy.stat().st_mtime
            if is_safe or upgraded(copy).name != "marks.db":
                drop(copy, after=KEPT)


def _is_upgraded(path: Path) -> bool:
    schema = _SCHEMAS[path.name]
    with closing(Database(path, schema, is_only_read=True)) as database:
        if database.version != schema.version:
            return False
        with database.reading() as connection:
            answer: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            return answer == "ok"
