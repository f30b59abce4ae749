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
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from papers_tui.index.note_records import (
    LOCK,
    RECORD,
    beside,
    comparable,
    digest,
    encoded,
    free_path,
    put_text,
    read_record,
    safe_name,
    text_of,
)
from papers_tui.index.store.sessions import hold, is_held

FOLDER: Final = "editing"
"""In the data directory."""

_TEMPORARY: Final = "papers-tui-note-"
"""How a folder of ours begins where temporary files are: used where the data directory has no room."""

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
    note: str | None = None
    """That note, where it is known: another library may have another one of the same revision."""


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
    base_digest: str = ""
    """Of the note that it was typed over; empty where it is not known."""

    @property
    def may_be_open(self) -> bool:
        """Whether an editor with a window may still write to it."""
        with suppress(OSError, ValueError):
            is_fresh = time.time() - self.path.stat().st_mtime < _PATIENCE
            return is_fresh and bool(read_record(self.path.parent).get("may_be_open"))
        return False

    def base_over(self, note: str) -> int:
        """Return the revision that it was typed over; 0, which no note has, if the note is another one."""
        return self.base if self.base_digest in {"", digest(note)} else 0

    def discard(self) -> None:
        """Remove it, now that its text is kept elsewhere; not if it was changed since, or is in use.

        What an editor put beside it stays, for the editor.
        """
        folder = self.path.parent
        with suppress(OSError, ValueError, KeyError, TypeError), ExitStack() as held:
            if (lock := hold(folder / LOCK)) is None:
                return
            held.callback(os.close, lock)
            record = read_record(folder)
            now = _left(folder, record)
            if now.text not in {"", self.text}:
                return
            if now.others:
                put_text(folder / RECORD, json.dumps(record | {"start": digest(now.text)}))
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
            return beside(self.path)
        return ()

    def write(self, text: str) -> None:
        """Put other words into it. Raises OSError."""
        path = free_path(self.path)
        if path != self.path:
            self._record(file=path.name)
            self.path = path
        put_text(path, text)

    def release(self, *, may_be_open: bool = False) -> None:
        """Leave it to be found; an editor that `may_be_open` may still write to it."""
        if may_be_open:
            with suppress(OSError, ValueError):
                self._record(may_be_open=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def discard(self, *, but_others: bool = False) -> None:
        """Remove it, now that the text is stored elsewhere, with all that is beside it, or `but_others`."""
        if but_others and self.others:
            with suppress(OSError, ValueError):
                self._record(start=digest(text_of(self.path) or ""))
        else:
            shutil.rmtree(self.path.parent, ignore_errors=True)
        self.release()

    def _record(self, **facts: str | bool) -> None:
        put_text(self.path.with_name(RECORD), json.dumps(read_record(self.path.parent) | facts))


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
            if (lock := hold(each / LOCK)) is None:
                continue
            if _has_only(each, text):
                return _filled(each, lock, place, text, is_kept=is_kept)
            os.close(lock)
    each = Path(tempfile.mkdtemp(prefix=_TEMPORARY))
    return _filled(each, hold(each / LOCK), place, text, is_kept=is_kept)


def left_files(data_dir: Path) -> list[LeftFile]:
    """Return the files of a library in which there is something that no program holds any more."""
    return [left for left in _released(data_dir) if left.text or left.others]


def sweep(data_dir: Path) -> None:
    """Remove the files in which there is nothing new."""
    for left in _released(data_dir):
        if not (left.text or left.others or left.may_be_open):
            left.discard()
    for folder in _folders(data_dir / FOLDER):
        with suppress(OSError):
            folder.rmdir()  # one for which there was no room


def _released(data_dir: Path) -> Iterator[LeftFile]:
    ours = _folders(data_dir / FOLDER)
    for folder in [*ours, *_temporary_folders()]:
        with suppress(OSError, ValueError, KeyError, TypeError):
            if is_held(folder / LOCK):
                continue
            record = read_record(folder)
            if folder in ours or record["library"] == str(data_dir.resolve()):
                yield _left(folder, record)


def _left(folder: Path, record: dict[str, Any]) -> LeftFile:
    path = folder / Path(record["file"]).name
    text = text_of(path) or ""
    if digest(text) == record["start"]:
        text = ""
    text = text if text.strip() else ""
    base, base_digest = int(record["base"]), str(record.get("note", ""))
    return LeftFile(path, str(record["paper"]), base, text, beside(path), base_digest)


def _folders(parent: Path, prefix: str = "") -> list[Path]:
    """Return the folders in a folder whose names begin so. There may be very many others beside them."""
    with suppress(OSError), os.scandir(parent) as found:
        named = (one for one in found if one.name.startswith(prefix))
        return sorted(Path(one.path) for one in named if one.is_dir(follow_symlinks=False))
    return []


def _temporary_folders() -> list[Path]:
    """Return the folders that nobody but this user can have made, in a place that is everybody's."""
    found = []
    with suppress(OSError):
        for folder in _folders(Path(tempfile.gettempdir()), _TEMPORARY):
            status = folder.lstat()
            if status.st_uid == os.geteuid() and not stat.S_IMODE(status.st_mode) & 0o077:
                found.append(folder)
    return found


def _has_only(folder: Path, text: str) -> bool:
    """Whether all that is left in a folder is in a text."""
    try:
        left = _left(folder, read_record(folder))
    except (OSError, ValueError, KeyError, TypeError):
        return True
    return left.text.strip() in comparable(text)


def _filled(folder: Path, lock: int | None, place: Place, text: str, *, is_kept: bool) -> NoteFile:
    with ExitStack() as unless_filled:
        if lock is not None:
            unless_filled.callback(os.close, lock)
        if not (folder / RECORD).exists():
            unless_filled.callback(shutil.rmtree, folder, ignore_errors=True)
        path = free_path(folder / (_former_name(folder) or f"{safe_name(place.title)}.md"))
        # The record comes first: a text without one would be nobody's.
        record = {
            "library": str(place.data_dir.resolve()),
            "paper": place.paper_id,
            "base": place.base,
            "file": path.name,
            "start": digest(comparable(text)) if is_kept else "",
            "note": "" if place.note is None else digest(place.note),
        }
        put_text(folder / RECORD, json.dumps(record))
        # An editor takes a file that is newer than what it put beside it for somebody else's change.
        if not (path.is_file() and path.read_bytes() == encoded(text)):
            put_text(path, text)
        unless_filled.pop_all()
    return NoteFile(path, lock)


def _former_name(folder: Path) -> str:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return Path(read_record(folder)["file"]).name
    return ""
