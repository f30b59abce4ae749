"""Style sheets that are parsed once at a start."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class Sheets(Stylesheet):
    """Keeps what it parsed when it parses again; other variables make it forget that, as ever.

    Textual parses again in a new style sheet, and so has every source parsed twice before the first screen.
    """

    def reparse(self) -> None:
        """Parse what was not parsed with these variables. Where that cannot be done, nothing changes."""
        self.parse()
