"""What the doctor finds: one thing that was looked at, in words, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Repair = Literal["close", "salvage", "recover", "readopt", "take in", "reindex", "back up", "sweep", "drop"]
"""What can be done about a finding without a loss."""

Level = Literal["ok", "note", "problem"]
"""`note`: to be known, but nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    """What was looked at, in a word or two: `marks`, `index`."""
    level: Level
    message: str
    remedy: str = ""
    """What to do about it."""
    repair: Repair | None = None
    path: Path | None = None
    """What the repair is of."""
