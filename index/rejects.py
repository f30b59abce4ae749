"""What an import could not read, written to files of the same formats: to be mended and imported again."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Final

from papers_tui.index.formats.items import Rejected
from papers_tui.index.importing import FileReport
from papers_tui.index.text import clean_line

FOLDER: Final = "rejects"
"""The folder in the data directory that keeps them where no other file is named."""

_SUFFIXES: Final = {
    "bibtex": ".bib",
    "biblatex": ".bib",
    "ris": ".ris",
    "csl-json": ".json",
    "csv": ".csv",
    "markdown": ".md",
}
_COMMENTS: Final = {"bibtex": "% ", "biblatex": "% ", "ris": "# "}
_UNSAFE: Final = re.compile(r"[^\w.-]+|^[.-]+")


def mendable(report: FileReport) -> list[Rejected]:
    """Return what was rejected of one file and can be written down."""
    return [one for one in report.rejected if one.source]


def text_of(report: FileReport) -> str:
    """Return what was rejected of one file, in the format of that file, which reads it again.

    Where the format has comments, each part follows its place and what is wrong with it.
    """
    found = mendable(report)
    if report.format == "csl-json":
        return "[\n" + ",\n".join(one.source for one in found) + "\n]\n"
    comment = _COMMENTS.get(report.format or "")
    parts = [
        one.source if comment is None else f"{_remark(comment, report, one)}\n{one.source}" for one in found
    ]
    separator = "\n\n" if comment else "\n"
    return next((f"{one.head}\n" for one in found if one.head), "") + separator.join(parts) + "\n"


def write_all(path: Path, reports: Iterable[FileReport]) -> bool:
    """Write what was rejected of all files into one; tell whether there was anything. Raises OSError."""
    text = "\n".join(text_of(report) for report in reports if mendable(report))
    if text:
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    return bool(text)


def keep(data_dir: Path, reports: Iterable[FileReport]) -> dict[int, Path]:
    """Write what was rejected of each file into one of its own; return those by the number of the report.

    The same rejects again go to the same file; other ones never take the place of a file that is there.
    Raises OSError.
    """
    written: dict[int, Path] = {}
    for number, report in enumerate(reports):
        if mendable(report):
            written[number] = _kept(data_dir / FOLDER, report)
    return written


def _kept(folder: Path, report: FileReport) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    data = text_of(report).encode("utf-8", "replace")
    stem, suffix = _name(report)
    for number in count(1):
        path = folder / (f"{stem}-{number}{suffix}" if number > 1 else f"{stem}{suffix}")
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            if path.is_file() and path.read_bytes() == data:
                return path
            continue
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        return path
    raise AssertionError("numbers do not end")


def _name(report: FileReport) -> tuple[str, str]:
    """Return a name for the rejects of a file that is safe on every system, and its suffix."""
    path = Path(report.path)
    stem = unicodedata.normalize("NFKC", path.stem if report.path != "-" else "stdin")
    safe = _UNSAFE.sub("_", stem).encode()[:80].decode(errors="ignore")
    return safe or "rejects", _SUFFIXES.get(report.format or "", ".txt")


def _remark(comment: str, report: FileReport, one: Rejected) -> str:
    text = clean_line(f"{Path(report.path).name}, {one.where}: {one.why}", limit=300)
    return comment + text.replace("@", "(at)")
