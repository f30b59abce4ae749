"""Opening an input: what it is, told by its content, and the reader for it."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Final

from papers_tui.index.errors import UnusableInput, WrongUsage
from papers_tui.index.formats import arxiv_snapshot, bibliographies, csl_json, listing, papers_json
from papers_tui.index.formats.bounds import bounded
from papers_tui.index.formats.directories import walked
from papers_tui.index.formats.encodings import encoding_of, escaped, is_of_other_encoding, without_cut
from papers_tui.index.formats.foreign import foreign_name
from papers_tui.index.formats.items import Item, Options, Reading
from papers_tui.index.formats.json_lines import (
    MAX_DOCUMENT,
    ToEntry,
    entries_of_lines,
    entries_of_records,
    parsed,
    place_of,
    records_of,
)
from papers_tui.index.formats.source import Source
from papers_tui.index.text import clean_line

READERS: Final = (listing.NAME, arxiv_snapshot.NAME, papers_json.NAME, *bibliographies.NAMES)
"""The names of the formats that can be read."""

MAX_LISTING: Final = 1 << 24
"""Bytes that a saved listing may have: a page has some hundred thousand."""

MAX_LINES: Final = 200_000
"""Line ends that a saved listing may have: how its lines belong together takes time to tell."""

_WHAT_WORKS: Final = (
    "saved listings, the arXiv snapshot, BibTeX, RIS, CSL-JSON, CSV and our exports can be read"
)
_FROM_STDIN: Final = "papers-tui import - reads what is piped to it"
_SAY_ENCODING: Final = "--encoding NAME (such as cp1252) says how it is written"


def open_path(path: Path, options: Options) -> Reading:
    """Open a file for reading.

    Raises:
        UnusableInput: it is missing, empty, no regular file, unreadable, or holds no papers.
        WrongUsage: no format, or no encoding, has the name that the options say.
    """
    with ExitStack() as closed_on_failure:
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise UnusableInput(path, _not_regular(status.st_mode), remedy=_FROM_STDIN)
            stream = closed_on_failure.enter_context(path.open("rb"))
        except (OSError, ValueError) as error:
            raise UnusableInput(path, _reason(error)) from error
        reading = _opened(path, stream, options, status.st_size)
        closed_on_failure.pop_all()
        return reading


def open_stream(stream: BinaryIO, options: Options) -> Reading:
    """Open a stream, such as stdin, for reading. It is not closed. Raises as `open_path` does."""
    return _opened(None, stream, options, None)


def supported_files(path: Path) -> list[Path]:
    """Return `path`, or what can be read of the directory that it is: sorted, without hidden files.

    Raises:
        UnusableInput: a directory that holds no such file.
    """
    try:
        if not path.is_dir():
            return [path]
    except OSError:  # a name that no file can have: opening it says so
        return [path]
    found = [file for file in walked(path) if _is_supported(file)]
    if not found:
        raise UnusableInput(path, "no file in the directory can be read", remedy=_WHAT_WORKS)
    return found


def _is_supported(file: Path) -> bool:
    """Tell whether a file holds papers, or cannot be read for a reason that the user should know."""
    try:
        stream = file.open("rb")
    except OSError:
        return True
    with stream:
        try:
            source = Source(file, stream)
        except OSError:
            return True
        if not source.head.strip():
            return False
        if foreign_name(source.head) or encoding_of(source.head, None) is None:
            return False
        text = source.head.decode(encoding_of(source.head, None) or "utf-8", "replace")
        if _format(text, file) is not None:
            return True
        return listing.read_listing(text, source.name, Options()).is_likely


def _opened(path: Path | None, stream: BinaryIO, options: Options, size: int | None) -> Reading:
    if options.format is not None and options.format not in READERS:
        raise WrongUsage(
            f"no format is called {clean_line(options.format)}", remedy=f"--format {', '.join(READERS)}"
        )
    try:
        source = Source(path, stream)
    except OSError as error:
        raise UnusableInput(path or "-", _reason(error)) from error
    encoding = _encoding(source, options)
    start = source.head.decode(encoding, "replace")
    name = options.format or _format(start, path) or listing.NAME
    if name == listing.NAME:
        items = _listing(source, encoding, options)
    elif name in bibliographies.NAMES:
        items = bibliographies.items(source, encoding, name)
    else:
        items = _json(source, encoding, name, start)
    return Reading(path, name, bounded(items, source.unusable, name), lambda: source.bytes_read, size)


def _encoding(source: Source, options: Options) -> str:
    """Tell the encoding of an input that may be text of papers."""
    if not source.head:
        why = source.damage or (
            "the compressed file is empty" if source.is_compressed else "the file is empty"
        )
        raise source.unusable(why)
    if foreign := foreign_name(source.head):
        raise source.unusable(f"this is {foreign[0]}, not papers", remedy=foreign[1] or _WHAT_WORKS)
    encoding = encoding_of(source.head, options.encoding)
    if encoding is None:
        raise source.unusable("this is not text", remedy=_WHAT_WORKS)
    if not source.head.decode(encoding, "replace").strip("\ufeff\0 \t\r\n"):
        raise source.unusable("the file holds nothing but blanks")
    return encoding


def _format(start: str, path: Path | None) -> str | None:
    """Tell the format that a text shows, or None for what may be a listing."""
    return _json_format(start) or bibliographies.detected(start, path)


def _json_format(start: str) -> str | None:
    """Tell the format of a text that begins as JSON, or None where it is no JSON of papers."""
    start = start.lstrip("\ufeff \t\r\n")
    if not start.startswith(("{", "[")):
        return None
    for line in start.split("\n")[:50]:
        try:
            name = _record_format(parsed(line.strip("\ufeff\r ")))
        except ValueError:
            continue
        if name is not None:
            return name
    if re.search(r'"(?:authors_parsed|update_date|journal-ref)"\s*:', start):
        return arxiv_snapshot.NAME
    if csl_json.shows(start):
        return csl_json.NAME
    return papers_json.NAME if re.search(r'"(?:title|hits)"\s*:', start) else None


def _record_format(document: Any) -> str | None:
    records = records_of(document)
    first = next((record for record in records or () if isinstance(record, dict)), None)
    if first is not None and csl_json.is_csl(first):
        return csl_json.NAME
    if first is None or "title" not in first:
        return None
    is_snapshot = {"authors_parsed", "update_date", "journal-ref"} & first.keys()
    return (
        arxiv_snapshot.NAME if is_snapshot or isinstance(first.get("categories"), str) else papers_json.NAME
    )


def _json(source: Source, encoding: str, name: str, start: str) -> Iterator[Item]:
    to_entry: ToEntry = (
        papers_json.from_json if name == papers_json.NAME else arxiv_snapshot.reader(source.name)
    )
    if not _is_one_document(start):
        return entries_of_lines(source, encoding, to_entry, name)
    text = _decoded(source, _whole(source, MAX_DOCUMENT, name), encoding, name)
    try:
        records = records_of(parsed(text.strip("\ufeff \t\r\n"), is_whole=True))
    except ValueError as error:
        raise source.unusable(str(error), where=place_of(error), detected=name) from error
    return entries_of_records(records or (), to_entry)


def _is_one_document(start: str) -> bool:
    """Tell whether a text is one JSON document: a list, or an object over several lines or of hits."""
    start = start.lstrip("\ufeff \t\r\n")
    first, _, rest = start.partition("\n")
    if start.startswith("["):
        return True
    try:
        document = parsed(first)
    except ValueError:
        return re.match(r"\{\s*\n", start) is not None and not rest.lstrip().startswith("{")
    return isinstance(document, dict) and isinstance(document.get("hits"), list)


def _listing(source: Source, encoding: str, options: Options) -> Iterator[Item]:
    data = _whole(source, MAX_LISTING, listing.NAME)
    if (number := data.count(b"\n") + data.count(b"\r")) > MAX_LINES:
        raise source.unusable(
            f"{number:,} lines are too many for one page", remedy="split it", detected=listing.NAME
        )
    text = escaped(data, encoding)
    if is_of_other_encoding(text):
        text = _decoded(source, data, encoding, listing.NAME)
    if source.damage is not None:
        text = without_cut(text)
    found = listing.read_listing(text, source.name, options)
    if options.format is None and not found.is_likely:
        raise source.unusable(
            "no papers were found in this text", remedy=f"{_WHAT_WORKS}; --format forces one"
        )
    return _with_damage(source, found.items, text)


def _with_damage(source: Source, items: tuple[Item, ...], text: str) -> Iterator[Item]:
    yield from items
    if source.damage is not None:
        last = f"line {text.count(chr(10)) + 1}"
        raise source.unusable(
            f"{source.damage}; everything before was read", where=last, detected=listing.NAME
        )


def _whole(source: Source, limit: int, name: str) -> bytes:
    """Return the whole of an input."""
    data = bytearray()
    for block in source.blocks():
        data += block
        if len(data) > limit:
            raise source.unusable(
                f"more than {limit >> 20} MiB: too large for one page", remedy="split it", detected=name
            )
    return bytes(data)


def _decoded(source: Source, data: bytes, encoding: str, name: str) -> str:
    """Return the text of a whole input, or tell where it is in another encoding."""
    may_be_cut = source.damage is not None and name != listing.NAME
    try:
        return data.decode(encoding, "ignore" if may_be_cut else "strict")
    except UnicodeDecodeError as error:
        number = data[: error.start].decode(encoding, "replace").count("\n") + 1
        raise source.unusable(
            f"not {encoding.upper()} at byte {error.start + 1}",
            where=f"line {number}",
            remedy=_SAY_ENCODING,
            detected=_detected(data, name),
        ) from error


def _detected(data: bytes, name: str) -> str | None:
    """Tell the format of a text whose encoding is not known."""
    if name != listing.NAME:
        return name
    return (
        name if listing.read_listing(data[:MAX_LISTING].decode("latin-1"), "", Options()).is_likely else None
    )


def _not_regular(mode: int) -> str:
    kinds: tuple[tuple[Callable[[int], bool], str], ...] = (
        (stat.S_ISDIR, "this is a directory"),
        (stat.S_ISFIFO, "this is a pipe"),
        (stat.S_ISSOCK, "this is a socket"),
    )
    return next((name for test, name in kinds if test(mode)), "this is a device")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "it may not be read: permission denied"
    return f"it cannot be read: {clean_line(getattr(error, 'strerror', None) or str(error))}"
