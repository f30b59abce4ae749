"""What the folder of a note in a file holds: its text, the record of what it belongs to, and their names."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Final

from papers_tui.index.flushing import flush
from papers_tui.index.text import clean, fold

RECORD: Final = "note.json"
LOCK: Final = "lock"

_LONGEST_NAME: Final = 48


def text_of(path: Path) -> str | None:
    """Return the text of a file, whatever its encoding; None if there is none. Raises OSError."""
    if not path.is_file():
        return None
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    encodings = ["utf-16"] if data.startswith((BOM_UTF16_BE, BOM_UTF16_LE)) else []
    for encoding in ("utf-8-sig", *encodings, "cp1252"):
        with suppress(UnicodeDecodeError):
            return comparable(data.decode(encoding))
    return comparable(data.decode("latin-1"))


def comparable(text: str) -> str:
    """Return a text as it comes back from an editor that changed nothing."""
    return clean(text).rstrip("\n")


def beside(path: Path) -> tuple[str, ...]:
    """Return the names of what others put beside a file; a folder in its place is one. Raises OSError."""
    ours = {RECORD, LOCK} if path.is_dir() and any(path.iterdir()) else {path.name, RECORD, LOCK}
    return tuple(sorted(file.name for file in path.parent.iterdir() if file.name not in ours))


def free_path(path: Path) -> Path:
    """Return where a text can be put: its path, or another beside it where there is a folder of others."""
    with suppress(OSError):
        path.rmdir()  # an empty one is in nobody's use
    return path.with_name(f"{path.stem}-{secrets.token_hex(4)}.md") if path.is_dir() else path


def safe_name(title: str) -> str:
    """Return a title as a file name that cannot lead elsewhere, is no option, and fits everywhere."""
    words = "".join(one if one.isalnum() else " " for one in fold(title)).split()
    name = "-".join(words)[:_LONGEST_NAME].strip("-") or "note"
    try:
        return os.fsdecode(os.fsencode(name))
    except UnicodeEncodeError:
        return "note"


def put_text(path: Path, text: str) -> None:
    """Put a file in its place, whole, for the user alone. Raises OSError."""
    scratch = path.with_name(f".{path.name}.new")
    with ExitStack() as unless_written:
        unless_written.callback(scratch.unlink, missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
        with open(os.open(scratch, flags, 0o600), "wb") as stream:  # noqa: PTH123 - a descriptor, not a path
            stream.write(encoded(text))
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(path)
        unless_written.pop_all()
    flush(path.parent)


def encoded(text: str) -> bytes:
    """Return a text as it is written, its last line ended."""
    return (f"{text}\n" if text and not text.endswith("\n") else text).encode("utf-8", "replace")


def read_record(folder: Path) -> dict[str, Any]:
    """Return the record of a folder. Raises OSError, ValueError and TypeError where it has none."""
    record = json.loads((folder / RECORD).read_bytes())
    if not isinstance(record, dict):
        raise TypeError(record)
    return record


def digest(text: str) -> str:
    """Return what tells a text from others."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
