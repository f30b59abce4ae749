"""The signs that stand for marks, in Unicode and in ASCII; the abstract pane says each in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from papers_tui.index.paper import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """One cell each, but for `dot`, which parts the words of a line."""

    bookmark: str
    unread: str
    reading: str
    read: str
    selected: str
    chosen: str
    bullet: str
    dot: str
    ellipsis: str
    rule: str
    bars: str
    """Bars of growing height, the last as high as the cell."""

    def status(self, status: Status) -> str:
        """Return the sign of a reading state."""
        return {Status.UNREAD: self.unread, Status.READING: self.reading}.get(status, self.read)


UNICODE: Final = Glyphs(
    bookmark="★",
    unread="●",
    reading="◐",
    read="✓",
    selected="▌",
    chosen="✓",
    bullet="▸",
    dot=" · ",
    ellipsis="…",
    rule="─",
    bars="▁▂▃▄▅▆▇█",
)
ASCII: Final = Glyphs(
    bookmark="*",
    unread="o",
    reading="~",
    read=" ",
    selected="|",
    chosen="x",
    bullet=">",
    dot=" - ",
    ellipsis="..",
    rule="-",
    bars="_.:-=+*#",
)
