"""The bytes of an input, decompressed as they are read, and its text line by line."""

from __future__ import annotations

import codecs
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from papers_tui.index.errors import UnusableInput
from papers_tui.index.formats.compression import DAMAGE, decompressed, decompressor_for
from papers_tui.index.formats.items import Rejected
from papers_tui.index.text import clean_line

HEAD: Final = 1 << 16
"""Bytes looked at to tell what an input is."""

MAX_LINE: Final = 1 << 24
"""Bytes a line may have: papers take some thousands."""

MAX_SKIPPED: Final = 1 << 28
"""Bytes after which a line without an end is given up, and the input with it."""

MAX_EXPANSION: Final = 250
"""Bytes that a compressed one may stand for: text has some 10, and JSON that says little some 50."""

_FREE: Final = 1 << 26
"""Bytes that are decompressed whatever they expand from."""

_BLOCK: Final = 1 << 18


class Source:
    """The bytes of one input.

    Reading stops at a damage (of the compression or of the disk), which `damage` then tells.
    """

    def __init__(self, path: Path | None, stream: BinaryIO) -> None:
        self.path = path
        self._stream = stream
        self.bytes_read = 0
        self.damage: str | None = None
        first = b""
        for block in self._raw():
            first += block
            if len(first) >= 8:
                break
        make = decompressor_for(first)
        blocks = itertools.chain((first,), self._raw())
        self.is_compressed = make is not None
        self._blocks = self._guarded(blocks if make is None else decompressed(blocks, make))
        self.head = b""
        for block in self._blocks:
            self.head += block
            if len(self.head) >= HEAD:
                break

    @property
    def name(self) -> str:
        """The name of the file, fit to print; `-` for a stream."""
        return clean_line(self.path.name) if self.path else "-"

    def blocks(self) -> Iterator[bytes]:
        """Yield the whole input, once, and close it."""
        try:
            yield self.head
            yield from self._blocks
        finally:
            self.close()

    def close(self) -> None:
        """Close the file. A stream belongs to whoever opened it."""
        if self.path is not None:
            self._stream.close()

    def unusable(
        self, why: str, *, remedy: str = "", where: str = "file", detected: str | None = None
    ) -> UnusableInput:
        """Return the error that says why this input cannot be read."""
        return UnusableInput(self.path or "-", why, remedy=remedy, where=where, detected=detected)

    def _raw(self) -> Iterator[bytes]:
        while block := self._stream.read(_BLOCK):
            self.bytes_read += len(block)
            yield block

    def _guarded(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        plain = 0
        try:
            for block in blocks:
                plain += len(block)
                if self.is_compressed and plain > max(_FREE, MAX_EXPANSION * self.bytes_read):
                    self.damage = f"it expands more than {MAX_EXPANSION}-fold, as no text of papers does"
                    return
                yield block
        except EOFError as error:
            self.damage = str(error)
        except OSError as error:
            reason = error.strerror or "the compressed data are damaged"
            self.damage = f"it could be read no further: {reason}"
        except DAMAGE:
            self.damage = "the compressed data are damaged"


def lines(source: Source, encoding: str) -> Iterator[tuple[int, str] | Rejected]:
    """Yield the lines of `source` that are not blank, numbered from 1, without their ends.

    A line that is too long, or not UTF-8 where that is the encoding, is rejected. At a damage, the line that
    it cuts is left out. Raises UnusableInput where a line has no end in sight, and where another encoding
    than UTF-8 does not fit.
    """
    is_utf8 = codecs.lookup(encoding).name in {"utf-8", "utf-8-sig"}
    blocks = source.blocks() if is_utf8 else _recoded(source, encoding)
    for number, line in _split(source, blocks):
        if line is None:
            yield Rejected(f"line {number}", f"the line is longer than {MAX_LINE >> 20} MiB")
            continue
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            yield Rejected(f"line {number}", f"not UTF-8 at byte {error.start + 1} of the line")
            continue
        yield number, text.lstrip("\ufeff")


def _split(source: Source, blocks: Iterator[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines of `blocks` that are not blank, None for one that is too long."""
    number, rest, skipped = 1, b"", 0
    for block in blocks:
        if not rest and not skipped and block.isspace():
            number += block.count(b"\n")
            continue
        first, *others = block.split(b"\n")
        rest += first
        if len(rest) > MAX_LINE:
            skipped, rest = skipped + len(rest), b""
        if skipped > MAX_SKIPPED:
            raise source.unusable("a line without an end", where=f"line {number}")
        for line in others:
            yield from _line(number, rest, skipped)
            number, rest, skipped = number + 1, line, 0
    if source.damage is None:
        yield from _line(number, rest, skipped)


def _line(number: int, line: bytes, skipped: int) -> Iterator[tuple[int, bytes | None]]:
    if skipped:
        yield number, None
    elif line and not line.isspace():
        yield number, line


def _recoded(source: Source, encoding: str) -> Iterator[bytes]:
    """Yield the input in UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)()
    number = 1
    try:
        for block in source.blocks():
            text = decoder.decode(block)
            number += text.count("\n")
            yield text.encode("utf-8", "replace")
        if source.damage is None:
            yield decoder.decode(b"", final=True).encode("utf-8", "replace")
    except UnicodeError as error:
        raise source.unusable(
            f"not {encoding}", where=f"line {number}", remedy="--encoding NAME says how the file is written"
        ) from error
