"""The index on disk: kept up to date with the store of papers, and built anew on any doubt.

    index/              0700, ours alone
        lock            held while writing
        manifest.json   what counts, replaced in one step
        3f9a…/          a build: a Whoosh index, to which small updates add segments

Readers take no lock. A build that no longer counts is removed while they may still have it open; the
system keeps their files until they let go.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from papers_tui.index.collecting import collecting_seldom
from papers_tui.index.paper import Paper
from papers_tui.index.search import manifest
from papers_tui.index.search.corpus_view import CorpusView, Stamp
from papers_tui.index.search.manifest import DoubtfulIndex, Manifest
from papers_tui.index.search.schema import INDEX_NAME, schema
from papers_tui.index.search.searcher import Searcher
from papers_tui.index.search.snapshot import Snapshot, toc_name
from papers_tui.index.search.write_lock import writing

if TYPE_CHECKING:
    from papers_tui.index.search.bulk_writer import BulkWriter

Progress = Callable[[int, int], None]

_LARGEST_SEGMENT: Final = 100_000
"""Papers of a segment: what is inverted in memory at once."""
_MOST_SMALL_SEGMENTS: Final = 6
_SMALL: Final = 20_000
"""Papers of a segment that is cheap to write again."""
_REPORT_EVERY: Final = 200
_CHUNK: Final = 500
"""Papers that are asked of the store at once."""
_OURS: Final = re.compile(rf"[0-9a-f]{{16}}|{re.escape(manifest.UNFINISHED)}")
"""The names of builds and of manifests that were not finished."""


class PaperIndex:
    """The index in a directory. Any number of programs may use it at the same time."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._trusted: dict[str, int] = {}

    # Reading

    def is_current(self, stamp: Stamp) -> bool:
        """Whether the index can be searched and covers the papers as they are at `stamp`."""
        try:
            found = self._whole()
        except DoubtfulIndex:
            return False
        return (found.identity, found.generation) == (stamp.identity, stamp.generation)

    def searcher(self) -> Searcher | None:
        """Return a searcher of the newest state, or None if there is no whole index."""
        return self.searcher_if_newer(None)

    def searcher_if_newer(self, current: Searcher | None) -> Searcher | None:
        """Return a searcher of the newest state: `current` if it is that, None if the index is not whole."""
        try:
            found = self._whole()
            if current is not None and current.covers(found.build, found.toc):
                return current
            return Searcher(Snapshot.open(self._directory, found), self._is_sound)
        except DoubtfulIndex:
            return None

    # Writing

    def update(self, corpus: CorpusView, progress: Progress) -> None:
        """Bring the index up to date with `corpus`, in part if that can be, anew on any doubt.

        Waits while another program writes. `progress` is told papers done and papers to do.

        Raises:
            LibraryError: the index cannot be written.
        """
        with self._writing():
            try:
                is_done = self._extend(self._whole(), corpus, progress)
            except DoubtfulIndex:
                is_done = False
            if not is_done:
                self._rebuild(corpus, progress)

    def rebuild(self, corpus: CorpusView, progress: Progress) -> None:
        """Build the index anew. Readers keep the one before until this one is whole.

        Raises:
            LibraryError: the index cannot be written.
        """
        with self._writing():
            self._rebuild(corpus, progress)

    def verify(self) -> str | None:
        """Read the whole index through; return what is wrong with it, or None."""
        try:
            found = self._whole()
            manifest.check_checksums(self._directory, found)
            Snapshot.open(self._directory, found)
        except DoubtfulIndex as doubt:
            return str(doubt)
        return None

    def _whole(self) -> Manifest:
        """Return the manifest of the index, whose files are as they were written. Raises DoubtfulIndex."""
        found = manifest.read(self._directory)
        manifest.check_files(self._directory, found, self._trusted)
        return found

    def _is_sound(self) -> bool:
        """Whether the index passes every check. If it does not, it no longer counts."""
        if self.verify() is None:
            return True
        with suppress(OSError):
            (self._directory / manifest.NAME).unlink()
        return False

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock, and leave nothing behind that does not count."""
        with writing(self._directory), collecting_seldom():
            self._sweep()
            try:
                yield
            finally:
                self._sweep()

    def _rebuild(self, corpus: CorpusView, progress: Progress) -> None:
        stamp, total = corpus.stamp(), corpus.count()
        progress(0, total)
        build = self._directory / secrets.token_hex(8)
        build.mkdir(mode=0o700)
        index = FileStorage(str(build)).create_index(schema(), INDEX_NAME)
        present = ((key, paper) for key, paper in corpus.changes(0) if paper is not None)
        done = 0
        for first in present:
            with _writer(index) as writer:
                for key, paper in chain([first], islice(present, _LARGEST_SEGMENT - 1)):
                    writer.add_paper(key, paper)
                    done += 1
                    if done % _REPORT_EVERY == 0:
                        progress(done, max(done, total))
        self._publish(build, index, stamp, {})
        progress(done, max(done, total))

    def _extend(self, found: Manifest, corpus: CorpusView, progress: Progress) -> bool:
        """Add what changed since; False if only building anew will do."""
        stamp = corpus.stamp()
        if found.identity != stamp.identity or found.generation > stamp.generation:
            return False
        if found.generation == stamp.generation:
            return True
        snapshot = Snapshot.open(self._directory, found)
        most = min(_LARGEST_SEGMENT, max(_SMALL, snapshot.count // 2))
        if corpus.count() - snapshot.count > most or snapshot.size - snapshot.count > most:
            return False
        build = self._directory / found.build
        index = FileIndex(FileStorage(str(build)), indexname=INDEX_NAME)
        outdated: set[int] = set()
        with _writer(index) as writer:
            for key, paper in chain(corpus.changes(found.generation), _refreshed(snapshot, corpus, outdated)):
                outdated.add(key)
                if len(outdated) > most:
                    raise DoubtfulIndex("so much has changed that building anew is faster")
                if paper is not None:
                    writer.add_paper(key, paper)
                if len(outdated) % _REPORT_EVERY == 0:
                    progress(len(outdated), max(len(outdated), corpus.count() - snapshot.count))
            writer.delete_documents(snapshot.documents_of(outdated))
        self._publish(build, index, stamp, found.files)
        progress(len(outdated), len(outdated))
        return True

    def _publish(
        self, build: Path, index: FileIndex, stamp: Stamp, known: Mapping[str, manifest.File]
    ) -> None:
        """Make the newest generation of a build what counts."""
        toc = index.latest_generation()
        segments = TOC.read(index.storage, INDEX_NAME).segments
        names = [name for segment in segments for name in segment.list_files(index.storage)]
        files = manifest.record(build, [*names, toc_name(toc)], known)
        manifest.write(self._directory, Manifest(stamp.identity, stamp.generation, build.name, toc, files))

    def _sweep(self) -> None:
        """Remove what we have made and the manifest does not name. What else lies here is somebody's."""
        try:
            found = manifest.read(self._directory)
        except DoubtfulIndex:
            found = Manifest("", 0, "", 0, {})
        for path in self._directory.iterdir():
            is_unwanted_manifest = path.name == manifest.NAME and not path.is_file()
            if is_unwanted_manifest or (path.name != found.build and _OURS.fullmatch(path.name)):
                _remove(path)
        build = self._directory / found.build
        if found.build and build.is_dir():
            for path in build.iterdir():
                if path.name not in found.files:
                    _remove(path)


def _writer(index: FileIndex) -> BulkWriter:
    from papers_tui.index.search.bulk_writer import BulkWriter  # noqa: PLC0415 - most starts only read

    return BulkWriter(index)


def _refreshed(
    snapshot: Snapshot, corpus: CorpusView, outdated: Collection[int]
) -> Iterator[tuple[int, Paper]]:
    """Yield the papers of small segments, if there are too many of those, to be written as one segment.

    Papers that turn out to be `outdated` before the first one is asked for are left out.

    Raises:
        DoubtfulIndex: the corpus does not have them any more, though nobody said so.
    """
    small = snapshot.keys_of_small_segments(_SMALL, _MOST_SMALL_SEGMENTS)
    keys = [key for key in small if key not in outdated]
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        papers = corpus.papers_by_key(chunk)
        if len(papers) != len(chunk):
            raise DoubtfulIndex("the index has papers that the library has not")
        yield from zip(chunk, papers, strict=True)


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
