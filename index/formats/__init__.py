"""Files of papers: reading them, found by their content whatever their names, and writing them."""

from papers_tui.index.formats.directories import passed_over
from papers_tui.index.formats.items import Item, Options, Reading, Rejected, Remark
from papers_tui.index.formats.opening import READERS, open_path, open_stream, supported_files

__all__ = [
    "READERS",
    "Item",
    "Options",
    "Reading",
    "Rejected",
    "Remark",
    "open_path",
    "open_stream",
    "passed_over",
    "supported_files",
]
