"""What the parts of the browser are called in which keys work."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from papers_tui.tui.commands import Where

AREAS: Final[Mapping[Where, str]] = MappingProxyType(
    {
        "anywhere": "Everywhere",
        "search": "In the query box",
        "completion": "While completions show below it",
        "papers": "In the list and the abstract",
        "list": "In the list",
        "abstract": "In the abstract",
        "library": "In the library pane",
        "note": "In a note",
    }
)
"""In the order in which they are told."""
