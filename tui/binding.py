"""Queries bound to files: which papers belong in each, and when it is to be rewritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from papers_tui.index.errors import PapersError, WrongUsage
from papers_tui.index.paper import Paper
from papers_tui.index.text import clean_line
from papers_tui.tui.locations import expanded
from papers_tui.tui.uncorrected import as_typed

if TYPE_CHECKING:
    from papers_tui.index.cite import KeyTemplate
    from papers_tui.index.library import Library
    from papers_tui.index.results import Results
    from papers_tui.index.store.bindings import Binding

_LOOKS: Final = 5
"""Times that files are brought up to date where somebody else goes on changing papers."""

_PAGE: Final = 500
"""Papers fetched at a time."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a bound file."""

    binding: Binding
    count: int = 0
    """The papers that belong in it."""
    problem: str = ""
    """Why it is not as it should be, with what helps; empty where it is."""


def find_as_typed(library: Library, query: str) -> Results:
    """Search with no word corrected: a file must not change because a word of its query went out of use."""
    text = f"{query.rstrip()} "  # so that its last word is whole
    for _ in range(5):
        results = library.search(text, limit=0)
        if not results.corrections:
            break
        text = as_typed(text, [one.word for one in results.corrections])
    return results


def new_binding(file: str, query: str, style: str | None = None) -> Binding:
    """Return the binding of a file to a query, in the style that is named or that the file's name tells.

    Raises WrongUsage where there is no such style, or where neither tells it.
    """
    from papers_tui.index.bound_files import STYLES  # noqa: PLC0415 - few libraries have any
    from papers_tui.index.store.bindings import Binding  # noqa: PLC0415 - few libraries have any

    path = expanded(file).absolute()
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise WrongUsage(f"{clean_line(file)} is no name that can be remembered") from None
    suffix = path.suffix.lower().removeprefix(".")
    named = style or next((name for name, ending in STYLES.items() if ending == suffix), "")
    if named not in STYLES:
        why = f"no bound file is written in {clean_line(named)}" if named else "the name tells no format"
        raise WrongUsage(f"{clean_line(file)}: {why}", remedy=f"--format {', '.join(STYLES)}")
    return Binding(path, query, named)


class BoundFiles:
    """The files that are bound to queries of a library. Not for the event loop."""

    def __init__(self, library: Library, template: Callable[[], KeyTemplate]) -> None:
        self._library = library
        self._template = template
        self._seen: dict[tuple[Path, str, str], str] = {}
        """What was in each file when it was last brought up to date here."""

    def refresh(self) -> list[Written]:
        """Bring every file up to date whose papers changed; return those, and those that could not be.

        What another program changes meanwhile is in the files too: of two that write, the one that knows
        less may come last, and then looks again. While the index is not up to date nothing is written: it
        does not know which papers there are.
        """
        done: dict[Path, Written] = {}
        for _ in range(_LOOKS):
            before = self._library.version()
            done |= {one.binding.path: one for one in self._refresh()}
            if self._library.version() == before:
                break
        return list(done.values())

    def _refresh(self) -> list[Written]:
        bindings = self._library.bindings.all()
        if not bindings or self._library.is_read_only or not self._library.index_is_current():
            return []

        done: list[Written] = []
        for binding in bindings:
            state = self._library.version()[1]
            found = find_as_typed(self._library, binding.query)
            seen = _fingerprint(found, repr(state))
            name = (binding.path, binding.query, binding.style)
            if self._seen.get(name) == seen:
                continue
            self._seen[name] = seen
            try:
                self._demand_ours(binding)
                done.append(self._write(binding, found))
            except PapersError as error:
                problem = f"{error.message}: {error.remedy}" if error.remedy else error.message
                done.append(Written(binding, found.total, problem))
        return done

    def bind(self, wanted: Binding, *, is_forced: bool = False) -> tuple[Written, Results]:
        """Bind a file, and write it; return also the papers that it holds.

        Raises:
            UnwritableFile: the file holds what this program did not write, unless `is_forced`; or it
                cannot be written. Nothing is bound then.
        """
        self._library.demand_writable()
        found = find_as_typed(self._library, wanted.query)
        if not is_forced:
            self._demand_ours(wanted)
        written = self._write(wanted, found)
        self._library.bindings.put(written.binding)
        return written, found

    def _demand_ours(self, binding: Binding) -> None:
        """Raise UnwritableFile where a file holds what this program did not write."""
        from papers_tui.index import bound_files  # noqa: PLC0415 - few libraries have any

        content = bound_files.content_of(binding.path)
        bound_files.demand_ours(self._library.bindings.get(binding.path) or binding, content)

    def _write(self, binding: Binding, found: Results) -> Written:
        """Write the papers that were found to a file; the binding that is returned knows it again."""
        from papers_tui.index import bound_files  # noqa: PLC0415 - few libraries have any

        papers: list[Paper] = []
        for start in range(0, found.total, _PAGE):
            papers += [hit.entry.paper for hit in found.page(start, start + _PAGE)]
        keys = self._library.citing.keys(papers, self._template())
        data = bound_files.written_in(binding, papers, keys, self._library.citing.second()).encode()
        digest = bound_files.digest(data)
        self._library.bindings.expect(binding, digest)
        bound_files.replace(binding, data)
        return Written(replace(binding, digests=(digest,)), len(papers))


def _fingerprint(found: Results, state: str) -> str:
    """Return what differs whenever a file would: which papers were found, and the state of the papers."""
    digest = sha256(state.encode())
    for start in range(0, found.total, _PAGE):
        digest.update("\n".join(found.ids(start, start + _PAGE)).encode())
    return digest.hexdigest()
