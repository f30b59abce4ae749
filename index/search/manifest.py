"""The manifest: which files make up the index, and of which state of the library they are.

It is the one file that says what counts. Whatever it does not name is a leftover; what it names must
be there, whole, and nobody else's: Whoosh unpickles its table of contents, so a file that another user
could have written is never opened.
"""

from __future__ import annotations

import json
import os
import stat
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import whoosh

from papers_tui.index.flushing import flush
from papers_tui.index.search import analysis
from papers_tui.index.search.schema import FORMAT_VERSION

NAME: Final = "manifest.json"
UNFINISHED: Final = f"{NAME}.new"

VERSIONS: Final = [FORMAT_VERSION, analysis.VERSION, *whoosh.__version__]
"""Whatever an index must have been made with to be read."""

_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_CHUNK: Final = 1 << 20


class DoubtfulIndex(Exception):
    """The index is missing, damaged, old, or somebody else's: it is to be built anew."""


@dataclass(frozen=True, slots=True)
class File:
    """What a file was when it was written."""

    size: int
    crc32: int
    changed: int
    """The kernel's time of the last change, in nanoseconds, which no program can set."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A whole state of the index."""

    identity: str
    """Of the corpus, and which state of it."""
    generation: int
    build: str
    """The sub-directory with the files."""
    toc: int
    """The generation of Whoosh's table of contents."""
    files: Mapping[str, File]
    """By name, the table of contents included."""


def read(directory: Path) -> Manifest:
    """Return the manifest of the index in `directory`.

    Raises:
        DoubtfulIndex: there is none that can be trusted.
    """
    try:
        check_owner(directory, stat.S_ISDIR)
        check_owner(directory / NAME, stat.S_ISREG)
        versions, found = _parsed((directory / NAME).read_bytes())
    except OSError as error:
        raise DoubtfulIndex(f"the manifest cannot be read: {error}") from error
    if versions != VERSIONS or found is None:
        raise DoubtfulIndex("the index was made by another version")
    if Path(found.build).name != found.build:
        raise DoubtfulIndex("the manifest names a place outside the index")
    return found


@lru_cache(maxsize=2)
def _parsed(text: bytes) -> tuple[Any, Manifest | None]:
    """Return the versions that made a manifest, and what it says if those are ours.

    It is asked for at every key, and is seldom another one.
    """
    try:
        content = json.loads(text)
        versions, body = content["versions"], content["index"]
        if versions != VERSIONS:
            return versions, None
        if content["crc32"] != _checksum(body):
            raise DoubtfulIndex("the manifest is damaged")
        files = {name: File(**file) for name, file in body.pop("files").items()}
        return versions, Manifest(files=files, **body)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DoubtfulIndex(f"the manifest cannot be read: {error}") from error


def write(directory: Path, manifest: Manifest) -> None:
    """Make `manifest` the one that counts, at once and for good.

    Raises:
        OSError: it cannot be written; the one before still counts.
    """
    body = asdict(manifest)
    content = {"versions": VERSIONS, "crc32": _checksum(body), "index": body}
    unfinished = directory / UNFINISHED
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    unfinished.chmod(0o600)
    unfinished.replace(directory / NAME)
    flush(directory)


def _checksum(body: Mapping[str, Any]) -> int:
    return zlib.crc32(json.dumps(body, sort_keys=True).encode())


def check_owner(path: Path, is_kind: Any) -> None:
    """Make sure that a path is ours alone to write, and no link.

    Raises:
        DoubtfulIndex: it is another user's, others may write it, or it is of another kind.
        OSError: it is not there.
    """
    _check_owner(path.name, path.lstat(), is_kind)


def _check_owner(name: str, found: os.stat_result, is_kind: Any) -> None:
    if found.st_uid != os.geteuid():
        raise DoubtfulIndex(f"{name} belongs to another user")
    if found.st_mode & _OTHERS_MAY_WRITE or not is_kind(found.st_mode):
        raise DoubtfulIndex(f"{name} can be written by other users, or is no plain file")


def check_files(directory: Path, manifest: Manifest, trusted: dict[str, int]) -> None:
    """Make sure that every file is the one that was written.

    A file that nobody touched since is trusted by its size and time of change; any other is read through.
    `trusted` remembers the times of those that turned out to be whole all the same, by name.

    Raises:
        DoubtfulIndex: one is missing, damaged, or others may write it.
    """
    build = directory / manifest.build
    try:
        check_owner(build, stat.S_ISDIR)
        with os.scandir(build) as entries:  # faster than by their paths, and this is done at every key
            of_files = {
                entry.name: entry.stat(follow_symlinks=False)
                for entry in entries
                if entry.name in manifest.files
            }
        for name, file in manifest.files.items():
            if name not in of_files:
                raise DoubtfulIndex(f"{name} is missing")
            found = of_files[name]
            _check_owner(name, found, stat.S_ISREG)
            if found.st_size != file.size:
                raise DoubtfulIndex(f"{name} has another size")
            if found.st_ctime_ns not in {file.changed, trusted.get(name)}:
                if _crc32(build / name) != file.crc32:
                    raise DoubtfulIndex(f"{name} is damaged")
                trusted[name] = found.st_ctime_ns
    except OSError as error:
        raise DoubtfulIndex(f"a file of the index cannot be read: {error}") from error


def check_checksums(directory: Path, manifest: Manifest) -> None:
    """Read every file through and compare it with its checksum.

    Raises:
        DoubtfulIndex: one is missing or damaged.
    """
    try:
        for name, file in manifest.files.items():
            if _crc32(directory / manifest.build / name) != file.crc32:
                raise DoubtfulIndex(f"{name} is damaged")
    except OSError as error:
        raise DoubtfulIndex(f"a file of the index cannot be read: {error}") from error


def record(build: Path, names: list[str], known: Mapping[str, File]) -> dict[str, File]:
    """Return what the named files of a build are now, made durable and closed to other users.

    Files in `known` were written for good before.

    Raises:
        OSError: one cannot be read.
    """
    files = {}
    for name in sorted(names):
        path = build / name
        if name not in known:
            path.chmod(0o600)
            flush(path)
            found = path.stat()
            files[name] = File(found.st_size, _crc32(path), found.st_ctime_ns)
        else:
            files[name] = known[name]
    flush(build)
    return files


def _crc32(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
