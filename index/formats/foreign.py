"""Files that people may take for papers and that are not, told by their first bytes."""

from __future__ import annotations

import re
from typing import Final

_MAGIC: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"%PDF-", "a PDF", ""),
    (b"\x89PNG\r\n", "a PNG image", ""),
    (b"\xff\xd8\xff", "a JPEG image", ""),
    (b"GIF8", "a GIF image", ""),
    (b"SQLite format 3\x00", "an SQLite database", ""),
    (b"PK\x03\x04", "a zip archive", "unzip -p FILE | papers-tui import -"),
    (b"\x28\xb5\x2f\xfd", "a file compressed by zstd", "zstd -dc FILE | papers-tui import -"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "7z x -so FILE | papers-tui import -"),
    (b"\x7fELF", "a program", ""),
    (b"Rar!", "a RAR archive", "unpack it and import the text in it"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text"),
    (b"{\\rtf", "a Rich Text document", "save it as plain text"),
)
_TEXTS: Final[tuple[tuple[re.Pattern[bytes], str, str], ...]] = (
    (
        re.compile(rb"<(?:!doctype html|html\b)", re.IGNORECASE),
        "a page of HTML",
        "copy its text and import that",
    ),
    (re.compile(rb"<\?xml\b|<(?:feed|rss|OAI-PMH)\b"), "XML", ""),
    (
        re.compile(rb"FN (?:Clarivate|Thomson|ISI)"),
        "Web of Science's own format",
        "export RIS or BibTeX there",
    ),
    (re.compile(rb"PMID- ?\d"), "PubMed's own format", "export RIS there, or convert it with Zotero"),
    (re.compile(rb"%0 [A-Z]"), "EndNote's own format", "export RIS or BibTeX there"),
    (re.compile(rb"#!"), "a script", ""),
)


def foreign_name(head: bytes) -> tuple[str, str] | None:
    """Return the name of a known foreign format, and what to do about it; None for all else."""
    for magic, name, remedy in _MAGIC:
        if head.startswith(magic):
            return name, remedy
    if head[257:262] == b"ustar":
        return "a tar archive", "tar -xOf FILE | papers-tui import -"
    start = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next(((name, remedy) for pattern, name, remedy in _TEXTS if pattern.match(start)), None)
