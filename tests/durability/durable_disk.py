"""What a disk holds after a power cut at any moment: only what was flushed is sure to be there.

A model of the strictest file system that keeps what POSIX promises. A file's content is sure after `fsync`
or `fdatasync` of it, and a name after one of the folder that it is in. Whatever came after may be there as
well, or in part: each write for itself, whole or in sectors, and each change of a name for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from durable_trace import Call

_SECTOR = 512


@dataclass
class File:
    """A file: its content as programs see it, and what of it is sure."""

    content: bytearray = field(default_factory=bytearray)
    sure: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Writes since: where, and what. Without a text, the file was cut there, or made that long."""

    def change(self, offset: int, text: bytes | None) -> None:
        self.pending.append((offset, text))
        _apply(self.content, offset, text)

    def flush(self) -> None:
        self.sure = bytes(self.content)
        self.pending.clear()

    def after_power_cut(self, chance: Random | None) -> bytes:
        """Return what may be left; without `chance`, only what is sure."""
        left = bytearray(self.sure)
        for offset, text in self.pending if chance else ():
            if text is None:
                if chance.random() < 0.5:
                    _apply(left, offset, None)
                continue
            fate = chance.random()
            if fate < 0.4:
                _apply(left, offset, text)
            elif fate < 0.7:
                for start in range(0, len(text), _SECTOR):
                    if chance.random() < 0.5:
                        _apply(left, offset + start, text[start : start + _SECTOR])
                    elif len(left) < offset + start:  # it was made longer, and holds anything there
                        _apply(left, len(left), chance.randbytes(min(_SECTOR, offset + start - len(left))))
        return bytes(left)


def _apply(content: bytearray, offset: int, text: bytes | None) -> None:
    if text is None:
        del content[offset:]
        text = b""
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(text)] = text


@dataclass(frozen=True)
class Renaming:
    """A name that was given, taken or changed. A folder is the file None."""

    path: str
    file: File | None
    source: str | None = None
    is_removal: bool = False

    @property
    def folders(self) -> set[str]:
        return {str(Path(path).parent) for path in (self.path, self.source) if path}

    def apply(self, names: dict[str, File | None]) -> None:
        if self.source is not None:
            for name in [name for name in names if name == self.source or name.startswith(f"{self.source}/")]:
                names[self.path + name.removeprefix(self.source)] = names.pop(name)
        elif self.is_removal:
            names.pop(self.path, None)
        else:
            names[self.path] = self.file


class Disk:
    """The files below a folder, as a program changes them."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.names: dict[str, File | None] = {}
        self._sure: dict[str, File | None] = {}
        self._pending: list[Renaming] = []
        self._places: dict[int, int] = {}
        for path in root.rglob("*"):
            file = None if path.is_dir() else File(bytearray(path.read_bytes()), path.read_bytes())
            self.names[str(path)] = self._sure[str(path)] = file

    def _has(self, path: str) -> bool:
        return path.startswith(f"{self.root}/")

    def do(self, call: Call) -> bool:
        """Follow a call; return whether it changed anything that a power cut could show."""
        if call.name in {
            "write",
            "pwrite64",
            "lseek",
            "ftruncate",
            "fsync",
            "fdatasync",
            "mmap",
            "fallocate",
        }:
            return bool(call.files) and self._has(f"{call.files[0][1]}/") and self._do_with_file(call)
        paths = call.paths if call.strings else []
        return any(self._has(path) for path in paths) and self._do_with_names(call, paths)

    def _do_with_file(self, call: Call) -> bool:
        number, path = call.files[0]
        if call.name in {"fsync", "fdatasync"}:
            self._flush(path)
            return True
        file = self.names.get(path)
        if file is None:  # it has no name any more, or is a folder
            return False
        match call.name:
            case "lseek":
                self._places[number] = call.result
                return False
            case "write":
                place = self._places.get(number, 0)
                file.change(place, call.strings[0][: call.result])
                self._places[number] = place + call.result
            case "pwrite64":
                file.change(call.numbers[-1], call.strings[0][: call.result])
            case "ftruncate":
                file.change(call.numbers[-1], None)
            case "mmap":
                assert "MAP_SHARED" not in call.words or "PROT_WRITE" not in call.words, call
                return False
            case _:
                raise AssertionError(f"the model does not know {call}")
        return True

    def _do_with_names(self, call: Call, paths: list[str]) -> bool:
        match call.name:
            case "openat":
                return self._open(call, paths[0])
            case "mkdir" | "mkdirat":
                self._rename(Renaming(paths[0], None))
            case "unlink" | "unlinkat" | "rmdir":
                self._rename(Renaming(paths[0], None, is_removal=True))
            case "rename" | "renameat" | "renameat2":
                self._rename(Renaming(paths[1], None, source=paths[0]))
            case "link" | "linkat":
                self._rename(Renaming(paths[1], self.names[paths[0]]))
            case _:
                raise AssertionError(f"the model does not know {call}")
        return True

    def _open(self, call: Call, path: str) -> bool:
        self._places[call.result] = 0
        file = self.names.get(path)
        if file is None and "O_CREAT" in call.words:
            self._rename(Renaming(path, File()))
            return True
        if file is not None and "O_APPEND" in call.words:
            self._places[call.result] = len(file.content)
        if file is not None and "O_TRUNC" in call.words:
            file.change(0, None)
        return "O_TRUNC" in call.words

    def _rename(self, change: Renaming) -> None:
        change.apply(self.names)
        self._pending.append(change)

    def _flush(self, path: str) -> None:
        file = self.names.get(path)
        if file is not None:
            file.flush()
        for change in [each for each in self._pending if path in each.folders]:
            change.apply(self._sure)
            self._pending.remove(change)

    def now(self) -> dict[str, bytes | None]:
        """Return the files as programs see them, by their paths below the root; folders are None."""
        return self._image(self.names.items(), lambda file: bytes(file.content))

    def after_power_cut(self, chance: Random | None) -> dict[str, bytes | None]:
        """Return the files as they may be found; without `chance`, only what is sure to be."""
        names = dict(self._sure)
        for change in self._pending if chance else ():
            if chance.random() < 0.5 and (change.source is None or change.source in names):
                change.apply(names)
        return self._image(names.items(), lambda file: file.after_power_cut(chance))

    def _image(self, names: Iterable[tuple[str, File | None]], content) -> dict[str, bytes | None]:
        found = {
            path.removeprefix(f"{self.root}/"): None if file is None else content(file)
            for path, file in names
        }
        return {path: text for path, text in found.items() if _has_folder(path, found)}


def _has_folder(path: str, found: dict[str, bytes | None]) -> bool:
    """Whether the folders of a file are there: without them nobody finds it."""
    parents = [str(parent) for parent in Path(path).parents][:-1]
    return all(parent in found and found[parent] is None for parent in parents)


def images(disk: Disk, chance: Random, cuts: int) -> Iterator[dict[str, bytes | None]]:
    """Yield what may be found if the program is killed now, or if the power fails."""
    yield disk.now()
    yield disk.after_power_cut(None)
    for _ in range(cuts):
        yield disk.after_power_cut(chance)


def lay_out(image: dict[str, bytes | None], folder: Path) -> None:
    """Write an image into an empty folder."""
    for path, text in sorted(image.items()):
        place = folder / path
        if text is None:
            place.mkdir(mode=0o700)
        else:
            place.write_bytes(text)
            place.chmod(0o600)
