"""Notes in files of their own: for the user's editor, and where the library cannot store them.

Each is in a folder that only the user can enter, beside a record of the library and the paper that it belongs
to, so that one that a program leaves behind is offered for that paper and nowhere else. The folder of a paper
keeps its name: an editor that was cut off finds there what it put down, and offers to recover it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import stat
import tempfile
import time
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from papers_tui.index.store.backup import flush
from papers_tui.index.store.sessions import hold, is_held
from papers_tui.index.text import clean, fold

FOLDER: Final = "editing"
"""In the data directory."""

_TEMPORARY: Final = "papers-tui-note-"
"""How a folder of ours begins where temporary files are: used where the data directory has no room."""

_RECORD, _LOCK = "note.json", "lock"

_LONGEST_NAME: Final = 48

_PATIENCE: Final = 24 * 60 * 60
"""Seconds for which a file with nothing new in it stays that an editor may still have open."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a note belongs to."""

    data_dir: Path
    paper_id: str
    title: str
    base: int
    """The revision of the note that is being changed."""


@dataclass(frozen=True, slots=True)
class LeftFile:
    """A file that a program left behind."""

    path: Path
    paper_id: str
    base: int
    text: str
    """What is in it; empty where it has nothing that is not kept elsewhere."""
    others: tuple[str, ...]
    """What an editor put beside it."""

    def discard(self) -> None:
        """Remove it, now that its text is kept elsewhere; not if it was changed since, or is in use.

        What an editor put beside it stays, for the editor.
        """
        folder = self.path.parent
        with suppress(OSError, ValueError, KeyError, TypeError), ExitStack() as held:
            if (lock := hold(folder / _LOCK)) is None:
                return
            held.callback(os.close, lock)
            record = _read_record(folder)
            now = _left(folder, record)
            if now.text not in {"", self.text}:
                return
            if now.others:
                _write(folder / _RECORD, json.dumps(record | {"start": _digest(now.text)}))
            else:
                shutil.rmtree(folder, ignore_errors=True)


class NoteFile:
    """A file with the text of a note, held until it is released: nobody takes it for a left one."""

    def __init__(self, path: Path, lock: int | None) -> None:
        self.path = path
        self._lock = lock

    @property
    def others(self) -> tuple[str, ...]:
        """What an editor put beside it, and left there."""
        with suppress(OSError):
            return _others(self.path)
        return ()

    def write(self, text: str) -> None:
        """Put other words into it. Raises OSError."""
        _write(self.path, text)

    def release(self, *, may_be_open: bool = False) -> None:
        """Leave it to be found; an editor that `may_be_open` may still write to it."""
        if may_be_open:
            with suppress(OSError, ValueError):
                record = _read_record(self.path.parent)
                _write(self.path.with_name(_RECORD), json.dumps(record | {"may_be_open": True}))
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def discard(self) -> None:
        """Remove it with all that is beside it: to be called when the text is stored elsewhere."""
        shutil.rmtree(self.path.parent, ignore_errors=True)
        self.release()


def open_note_file(place: Place, text: str, *, is_kept: bool) -> NoteFile:
    """Write a text to the file of a note, its last line ended as editors want it. Raises OSError.

    `is_kept` tells whether the text is stored elsewhere: the file has nothing of its own until it is changed.
    """
    with suppress(OSError):
        folder = place.data_dir / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        name = hashlib.sha256(place.paper_id.encode("utf-8", "replace")).hexdigest()[:16]
        for each in (folder / name, folder / secrets.token_hex(8)):
            each.mkdir(mode=0o700, exist_ok=True)
            if (lock := hold(each / _LOCK)) is None:
                continue
            if _has_only(each, text):
                return _filled(each, lock, place, text, is_kept=is_kept)
            os.close(lock)
    each = Path(tempfile.mkdtemp(prefix=_TEMPORARY))
    return _filled(each, hold(each / _LOCK), place, text, is_kept=is_kept)


def text_of(path: Path) -> str | None:
    """Return the text of a file, whatever its encoding; None if there is no file. Raises OSError."""
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


def left_files(data_dir: Path) -> list[LeftFile]:
    """Return the files of a library in which there is something that no program holds any more."""
    return [left for left in _released(data_dir) if left.text or left.others]


def sweep(data_dir: Path) -> None:
    """Remove the files in which there is nothing new."""
    for left in _released(data_dir):
        if not (left.text or left.others or _may_be_open(left.path)):
            left.discard()
    for folder in _folders(data_dir / FOLDER):
        with suppress(OSError):
            folder.rmdir()  # one for which there was no room


def _released(data_dir: Path) -> Iterator[LeftFile]:
    ours = _folders(data_dir / FOLDER)
    for folder in [*ours, *_temporary_folders()]:
        with suppress(OSError, ValueError, KeyError, TypeError):
            if is_held(folder / _LOCK):
                continue
            record = _read_record(folder)
            if folder in ours or record["library"] == str(data_dir.resolve()):
                yield _left(folder, record)


def _left(folder: Path, record: dict[str, Any]) -> LeftFile:
    path = folder / Path(record["file"]).name
    text = text_of(path) or ""
    if _digest(text) == record["start"]:
        text = ""
    text = text if text.strip() else ""
    return LeftFile(path, str(record["paper"]), int(record["base"]), text, _others(path))


def _others(path: Path) -> tuple[str, ...]:
    ours = {path.name, _RECORD, _LOCK}
    return tuple(sorted(file.name for file in path.parent.iterdir() if file.name not in ours))


def _folders(parent: Path) -> list[Path]:
    with suppress(OSError), os.scandir(parent) as found:
        return sorted(Path(one.path) for one in found if one.is_dir(follow_symlinks=False))
    return []


def _temporary_folders() -> list[Path]:
    """Return the folders that nobody but this user can have made, in a place that is everybody's."""
    found = []
    with suppress(OSError):
        for folder in _folders(Path(tempfile.gettempdir())):
            status = folder.lstat() if folder.name.startswith(_TEMPORARY) else None
            if status and status.st_uid == os.geteuid() and not stat.S_IMODE(status.st_mode) & 0o077:
                found.append(folder)
    return found


def _may_be_open(path: Path) -> bool:
    with suppress(OSError, ValueError):
        is_fresh = time.time() - path.stat().st_mtime < _PATIENCE
        return is_fresh and bool(_read_record(path.parent).get("may_be_open"))
    return False


def _has_only(folder: Path, text: str) -> bool:
    """Whether all that is left in a folder is in a text."""
    try:
        left = _left(folder, _read_record(folder))
    except (OSError, ValueError, KeyError, TypeError):
        return True
    return left.text.strip() in comparable(text)


def _filled(folder: Path, lock: int | None, place: Place, text: str, *, is_kept: bool) -> NoteFile:
    with ExitStack() as unless_filled:
        if lock is not None:
            unless_filled.callback(os.close, lock)
        if not (folder / _RECORD).exists():
            unless_filled.callback(shutil.rmtree, folder, ignore_errors=True)
        path = folder / (_former_name(folder) or f"{_safe_name(place.title)}.md")
        # The record comes first: a text without one would be nobody's.
        record = {
            "library": str(place.data_dir.resolve()),
            "paper": place.paper_id,
            "base": place.base,
            "file": path.name,
            "start": _digest(comparable(text)) if is_kept else "",
        }
        _write(folder / _RECORD, json.dumps(record))
        # An editor takes a file that is newer than what it put beside it for somebody else's change.
        if not (path.exists() and path.read_bytes() == _encoded(text)):
            _write(path, text)
        unless_filled.pop_all()
    return NoteFile(path, lock)


def _former_name(folder: Path) -> str:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return Path(_read_record(folder)["file"]).name
    return ""


def _safe_name(title: str) -> str:
    """Return a title as a file name that cannot lead elsewhere, is no option, and fits everywhere."""
    words = "".join(one if one.isalnum() else " " for one in fold(title)).split()
    name = "-".join(words)[:_LONGEST_NAME].strip("-") or "note"
    try:
        return os.fsdecode(os.fsencode(name))
    except UnicodeEncodeError:
        return "note"


def _write(path: Path, text: str) -> None:
    """Put a file in its place, whole, for the user alone."""
    scratch = path.with_name(f".{path.name}.new")
    with ExitStack() as unless_written:
        unless_written.callback(scratch.unlink, missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
        with open(os.open(scratch, flags, 0o600), "wb") as stream:  # noqa: PTH123 - a descriptor, not a path
            stream.write(_encoded(text))
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(path)
        unless_written.pop_all()
    flush(path.parent)


def _encoded(text: str) -> bytes:
    """Return a text as it is written, its last line ended."""
    return (f"{text}\n" if text and not text.endswith("\n") else text).encode("utf-8", "replace")


def _read_record(folder: Path) -> dict[str, Any]:
    record = json.loads((folder / _RECORD).read_bytes())
    if not isinstance(record, dict):
        raise TypeError(record)
    return record


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
