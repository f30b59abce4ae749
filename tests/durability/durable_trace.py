"""What a program asked the kernel to write, call by call: read from strace."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

_CALLS = (
    "openat write pwrite64 writev pwritev lseek ftruncate truncate fsync fdatasync sync_file_range"
    " unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat mkdir mkdirat rmdir"
    " sendfile copy_file_range fallocate mmap"
)
_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) = (-?\d+)")
_STARTED = re.compile(r"(\d+) +(\w+)\((.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>(.*)$")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_FILE = re.compile(r"(\d+|AT_FDCWD)<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Call:
    """A call that succeeded."""

    name: str
    words: str
    """The arguments as strace shows them."""
    strings: tuple[bytes, ...]
    """The arguments that are strings."""
    files: tuple[tuple[int, str], ...]
    """The open files among the arguments: descriptors, and the paths that they had at the time."""
    result: int

    @property
    def numbers(self) -> list[int]:
        """The arguments that are plain numbers."""
        return [int(word) for word in self.words.split(", ") if word.lstrip("-").isdigit()]

    @property
    def paths(self) -> list[str]:
        """The names among the arguments, absolute."""
        names = [string.decode(errors="surrogateescape") for string in self.strings]
        folders = [path for _, path in self.files] or ["/"]
        return [str(Path(folders[min(n, len(folders) - 1)], name)) for n, name in enumerate(names)]


def traced(
    command: Sequence[str], trace: Path, **options
) -> tuple[list[Call], subprocess.CompletedProcess[str]]:
    """Run a command; return its calls. Skips the test where strace is not there, or cannot trace."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: what is flushed to the disk cannot be seen")
    strace = ["strace", "-f", "-y", "-xx", "-s", str(1 << 26), "-o", str(trace)]
    finished = subprocess.run(
        [*strace, "-e", f"trace={_CALLS.replace(' ', ',')}", *command],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
    if not trace.exists() or "Operation not permitted" in finished.stderr:
        pytest.skip(f"strace cannot trace here: {finished.stderr[-200:]}")
    assert finished.returncode == 0, finished.stderr
    return list(_calls(trace)), finished


def _calls(trace: Path) -> Iterator[Call]:
    unfinished: dict[tuple[str, str], str] = {}
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            whole = line.rstrip("\n")
            if started := _STARTED.match(whole):
                unfinished[started[1], started[2]] = started[3]
                continue
            if resumed := _RESUMED.match(whole):
                whole = f"{resumed[2]}({unfinished.pop((resumed[1], resumed[2]))}{resumed[3]}"
            if (found := _LINE.match(whole)) and not found[3].startswith("-"):
                yield _call(found[1], found[2], int(found[3]))


def _call(name: str, words: str, result: int) -> Call:
    strings = _STRING.findall(words)
    assert not any(is_cut for _, is_cut in strings), "strace cut a string"
    bare = _STRING.sub("text", words)
    files = [(-1 if number == "AT_FDCWD" else int(number), shown) for number, shown in _FILE.findall(bare)]
    return Call(
        name,
        _FILE.sub("file", bare),
        tuple(_bytes(text) for text, _ in strings),
        tuple((number, _bytes(shown).decode(errors="surrogateescape")) for number, shown in files),
        result,
    )


def _bytes(shown: str) -> bytes:
    return bytes.fromhex(shown.replace("\\x", ""))
