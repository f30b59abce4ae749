"""What the program remembers by itself from one run to the next. Losing it costs nothing."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

FILE: Final = "state.json"
"""In the data directory."""


@dataclass(frozen=True, slots=True)
class State:
    """Choices made in the browser."""

    theme: str | None = None
    style: str | None = None
    """The citation style used last, and its form."""


def load_state(path: Path) -> State:
    """Read the state; a missing or unreadable file is an empty one."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return State()
    if not isinstance(document, dict):
        return State()
    known = {one.name for one in fields(State)}
    return State(**{key: value for key, value in document.items() if key in known and isinstance(value, str)})


def save_state(path: Path, state: State) -> bool:
    """Replace the state on disk; False where it cannot be written."""
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(state), file)
        Path(temporary).replace(path)
    except OSError:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        return False
    return True
