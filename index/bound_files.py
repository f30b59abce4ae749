"""Files bound to queries, for LaTeX projects: rewritten whole when the papers change, and only if ours."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final

from papers_tui.index.cite import SecondKeys, bibliography
from papers_tui.index.errors import UnwritableFile
from papers_tui.index.flushing import flush
from papers_tui.index.paper import Paper
from papers_tui.index.store.bindings import Binding
from papers_tui.index.text import clean_line

STYLES: Final = MappingProxyType({"bibtex": "bib", "biblatex": "bib", "ris": "ris", "csl-json": "json"})
"""The styles that a file can be bound in, with the usual ending of its name."""

_MARK: Final = "% papers-tui keeps this file: "
"""What files begin with that have comments: BibTeX reads nothing outside of entries."""

_HAVE_COMMENTS: Final = frozenset({"bibtex", "biblatex"})


def written_in(
    binding: Binding, papers: Sequence[Paper], keys: Sequence[str], second_keys: SecondKeys
) -> str:
    """Return what a bound file is to hold: the papers by their keys, so that a change is a small one."""
    in_order = sorted(zip(keys, papers, strict=True), key=lambda pair: (pair[0].lower(), pair[0]))
    sorted_keys, sorted_papers = [key for key, _ in in_order], [paper for _, paper in in_order]
    text = bibliography(sorted_papers, binding.style, keys=sorted_keys, second_keys=second_keys)
    body = f"{text.rstrip()}\n" if text.strip() else ""
    if binding.style not in _HAVE_COMMENTS:
        return body
    # An @ would begin an entry, even there.
    query = clean_line(binding.query).replace("@", "(at)")
    return f"{_MARK}{query}\n% Change the papers there: what is changed here is overwritten.\n\n{body}"


def demand_ours(binding: Binding, content: bytes) -> None:
    """Raise UnwritableFile where the content of a file is not what this program wrote.

    A file that has comments and begins with ours says itself that it is overwritten; another one must be
    as it was written last. Where other programs write it too, read the content before the binding.
    """
    if not content.strip() or digest(content) in binding.digests:
        return
    if binding.style in _HAVE_COMMENTS and content.startswith(_MARK.encode()):
        return
    raise UnwritableFile(
        f"{clean_line(str(binding.path))} holds what papers-tui did not write",
        remedy="papers-tui bind --force replaces it; papers-tui import takes in what it holds",
    )


def digest(content: bytes) -> str:
    """Return what the content of a file is known again by."""
    return hashlib.sha256(content).hexdigest()


def replace(binding: Binding, data: bytes) -> None:
    """Make a file hold a text, whole or not at all. A file that holds it already is left alone.

    Raises UnwritableFile; what was there is untouched then.
    """
    if content_of(binding.path) != data or not binding.path.exists():
        try:
            _replace(binding.path.resolve(), data)
        except (OSError, RuntimeError) as error:
            raise _unwritable(binding.path, error) from error


def content_of(path: Path) -> bytes:
    """Return what a file holds, nothing where there is none. Raises UnwritableFile."""
    try:
        if path.exists() and not path.is_file():
            raise UnwritableFile(f"{clean_line(str(path))} is no file", remedy="bind a file to the query")
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError | RuntimeError) -> UnwritableFile:
    why = error.strerror if isinstance(error, OSError) else str(error)
    return UnwritableFile(f"{clean_line(str(path))}: {why}", remedy="what was there is untouched")


def _replace(target: Path, data: bytes) -> None:
    """Write a file beside its place, and move it there once it is whole and on the disk."""
    part = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    with suppress(OSError):  # some file systems cannot sync a folder; the file itself is whole
        flush(target.parent)
