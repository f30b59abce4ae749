"""A file of named arrays, mapped into memory: the container in which the codec keeps its columns.

Layout, all numbers little-endian::

    "PTARRAYS"                                  8 bytes
    array, array, …                             raw, each at a multiple of 64 bytes
    directory                                   JSON: {name: [dtype, first byte, items]}
    first byte of the directory, its length     u64, u32
    CRC-32 of the directory, "PTARRAYS"         u32, 8 bytes
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_MAGIC: Final = b"PTARRAYS"
_FOOTER: Final = struct.Struct("<QII8s")
_ALIGNMENT: Final = 64
_DTYPES: Final = frozenset(["|u1", "<u2", "<u4", "<u8"])


class DamagedArrays(Exception):
    """A file that is not, or no longer, a whole file of arrays."""


class Sink(Protocol):
    """Where bytes can be written; a Whoosh `StructFile` is one."""

    def write(self, data: bytes | memoryview) -> object:
        """Append `data`."""

    def close(self) -> None:
        """Finish the file."""


def smallest_dtype(largest: int) -> np.dtype[Any]:
    """Return the narrowest unsigned little-endian dtype that holds `largest`."""
    for dtype in ("|u1", "<u2", "<u4"):
        if largest <= np.iinfo(dtype).max:
            return np.dtype(dtype)
    return np.dtype("<u8")


def ragged(starts: Array, counts: Array) -> Array:
    """Return `starts[0], starts[0] + 1, …` for `counts[0]` items, the same for the next, and so on."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


class ArraysWriter:
    """Writes arrays one after the other; `close` makes the file whole."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._directory: dict[str, tuple[str, int, int]] = {}
        self._size = 0
        self._write(_MAGIC)

    def _write(self, data: bytes | memoryview) -> None:
        self._sink.write(data)
        self._size += len(data)

    def add(self, name: str, array: Array) -> None:
        """Write a one-dimensional array of unsigned integers, in its own dtype."""
        stored = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        if stored.dtype.str not in _DTYPES or stored.ndim != 1 or name in self._directory:
            raise ValueError(f"cannot store {name} as {stored.dtype} of {stored.ndim} dimensions")
        self._write(bytes(-self._size % _ALIGNMENT))
        self._directory[name] = (stored.dtype.str, self._size, len(stored))
        self._write(stored.view(np.uint8).data)  # as it lies in memory: a copy could be tens of megabytes

    def abandon(self) -> None:
        """Close the file as it is, which is not whole."""
        self._sink.close()

    def close(self) -> None:
        """Write the directory and close the file."""
        start = self._size
        directory = json.dumps(self._directory).encode()
        self._write(directory)
        self._write(_FOOTER.pack(start, len(directory), zlib.crc32(directory), _MAGIC))
        self._sink.close()


class Arrays:
    """The arrays of a file or buffer, by name. They share its memory and keep it alive."""

    def __init__(self, buffer: bytes | mmap.mmap | memoryview) -> None:
        """Read the directory.

        Raises:
            DamagedArrays: the directory is missing, damaged, or names bytes that are not there.
        """
        self._buffer = buffer
        self._directory = _directory(buffer)

    @classmethod
    def map(cls, path: Path) -> Arrays:
        """Map the file at `path`, read-only.

        Raises:
            OSError: it cannot be opened.
            DamagedArrays: it is not a whole file of arrays.
        """
        with path.open("rb") as file:
            if path.stat().st_size == 0:
                raise DamagedArrays(f"{path.name} is empty")
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def __iter__(self) -> Iterator[str]:
        return iter(self._directory)

    def __getitem__(self, name: str) -> Array:
        dtype, start, count = self._directory[name]
        return np.frombuffer(self._buffer, dtype=dtype, count=count, offset=start)


def _directory(buffer: bytes | mmap.mmap | memoryview) -> dict[str, tuple[str, int, int]]:
    size = len(buffer)
    if size < len(_MAGIC) + _FOOTER.size or bytes(buffer[: len(_MAGIC)]) != _MAGIC:
        raise DamagedArrays("not a file of arrays")
    start, length, checksum, magic = _FOOTER.unpack(bytes(buffer[size - _FOOTER.size :]))
    raw = bytes(buffer[start : start + length])
    if magic != _MAGIC or start + length != size - _FOOTER.size or zlib.crc32(raw) != checksum:
        raise DamagedArrays("the directory of arrays is damaged")
    try:
        directory = {str(name): (str(d), int(s), int(n)) for name, (d, s, n) in json.loads(raw).items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise DamagedArrays("the directory of arrays cannot be read") from error
    for name, (dtype, first, count) in directory.items():
        if dtype not in _DTYPES or first < 0 or count < 0 or first + count * np.dtype(dtype).itemsize > start:
            raise DamagedArrays(f"the array {name} lies outside the file")
    return directory
