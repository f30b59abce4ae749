"""Marks whose file was removed while it was open here: who has it open still reads them, and nobody else."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from papers_tui.index.store.backup import back_up
from papers_tui.index.store.backups import count_marks, is_blank
from papers_tui.index.store.database import Database
from papers_tui.index.store.failures import translated


def rescue(database: Database) -> Path | None:
    """Copy the marks to a folder of its own where temporary files are, and return where.

    None if the file has not been removed, or holds nothing that anybody could miss.

    Raises:
        LibraryError: if they cannot be read any more.
        OSError: if the copy cannot be written.
    """
    with database.removed() as connection:
        if connection is None:
            return None
        try:
            if is_blank(connection):
                return None
            copy = Path(tempfile.mkdtemp(prefix="papers-tui-rescued-")) / database.path.name
            back_up(connection, copy, count=count_marks)
        except sqlite3.Error as error:
            raise translated(error, database.path) from error
    return copy
