"""Whether others can change the library behind its user's back."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from papers_tui.index.store.failures import shown
from papers_tui.tui.locations import Locations


def warnings(where: Locations) -> Iterator[str]:
    """Yield, in words and with what to do, which of the library's files others can write or have written.

    Text that they put there does no harm to the terminal; but marks and notes may not be the user's own.
    """
    for path in (where.data_dir, where.marks, where.papers):
        try:
            status = path.stat()
        except OSError:
            continue
        if status.st_mode & stat.S_IWOTH:
            yield f"everybody can change {shown(path)}: chmod o-w mends it"
        elif status.st_uid not in {0, os.geteuid()}:
            yield f"{shown(path)} belongs to another user, who can change it"
