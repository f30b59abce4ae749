"""Importing: files read one after the other into the corpus, in whole batches, with a report of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from papers_tui.index.collecting import collecting_seldom
from papers_tui.index.deciding import Deciding
from papers_tui.index.errors import UnusableInput
from papers_tui.index.formats import (
    Options,
    Reading,
    Rejected,
    Remark,
    open_path,
    open_stream,
    passed_over,
    supported_files,
)
from papers_tui.index.import_joins import JoinedMarks, Taken, remarks, taken_by_title
from papers_tui.index.paper import Entry
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.store.outcomes import Outcome
from papers_tui.index.text import clean_line

if TYPE_CHECKING:
    from papers_tui.index.citing import Citing
    from papers_tui.index.store.citation_keys import Refused

BATCH: Final = 500
"""Papers a transaction: small enough that a reader beside us never waits long."""

_ARE_TRASHED: Final = "papers are in the trash and stay"

BREATH: Final = 0.01
"""Seconds between two transactions in which other programs get at the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How files are to be read."""

    format: str | None = None
    """The name of a format; None finds it by the content."""
    page_date: date | None = None
    """The day of a listing, where the page itself does not say it."""
    encoding: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come."""

    path: str
    read: int
    """Papers read of this file."""
    done_bytes: int
    total_bytes: int | None
    """None where the size is not known, as from a pipe."""


@dataclass(slots=True)
class FileReport:
    """What became of one file."""

    path: str
    format: str | None = None
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    joined: list[Taken] = field(default_factory=list)
    """The papers that were taken for others by their titles alone, and those."""
    doubtful: int = 0
    """Papers that were left beside others with the same title, which may be them."""
    rejected: list[Rejected] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def is_unusable(self) -> bool:
        """Whether the file as a whole, or from some place on, could not be read."""
        return self.format is None or self.is_damaged

    is_damaged: bool = False
    """Whether reading stopped at a damage; what came before it was imported."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of an import."""

    files: tuple[FileReport, ...]
    total: int
    """Papers in the library afterwards."""
    was_interrupted: bool = False
    passed_over: tuple[str, ...] = ()
    """What directories hold that is no file: pipes, devices, links that lead to none."""


class Importer:
    """Reads files into a corpus and its marks."""

    def __init__(
        self, corpus: Corpus, marks: MarksStore, *, today: date, progress: Callable[[Progress], None]
    ) -> None:
        self._corpus = corpus
        self._marks = marks
        self._today = today
        self._progress = progress
        self._has_marked = False
        self._trashed = frozenset(marks.trashed())
        self._met_in_trash: set[str] = set()
        self._citing: Citing | None = None
        self._refused: list[Refused] = []

    def run(self, paths: Sequence[Path], stdin: BinaryIO | None, options: ImportOptions) -> ImportReport:
        """Import every file that `paths` name or hold, `stdin` first where it is given.

        Unusable files are reported and the others imported. An interrupt (Ctrl-C) ends the import after
        the batch in hand: what was read so far is whole in the store.
        """
        reports: list[FileReport] = []
        was_interrupted = False
        try:
            with self._corpus.rehearsal(is_real=not options.dry_run), collecting_seldom():
                for report, reading in self._readings(paths, stdin, options):
                    reports.append(report)
                    if reading is not None:
                        self._import(report, reading, is_rehearsal=options.dry_run)
        except KeyboardInterrupt:
            was_interrupted = True
        finally:
            if not options.dry_run:
                Deciding(self._corpus, self._marks).settle()
            if self._citing is not None:
                self._citing.close()
        others = tuple(clean_line(str(one)) for path in paths for one in passed_over(path))
        return ImportReport(tuple(reports), self._count(), was_interrupted, others)

    def _count(self) -> int:
        return self._corpus.count() - len(self._corpus.keys_of(self._marks.trashed()))

    def _readings(
        self, paths: Sequence[Path], stdin: BinaryIO | None, options: ImportOptions
    ) -> Iterator[tuple[FileReport, Reading | None]]:
        how = Options(
            format=options.format, page_date=options.page_date, encoding=options.encoding, today=self._today
        )
        if stdin is not None:
            yield self._opened("-", lambda: open_stream(stdin, how))
        for path in paths:
            try:
                files = supported_files(path)
            except UnusableInput as error:
                yield _unusable(path, error), None
                continue
            for file in files:
                yield self._opened(file, lambda file=file: open_path(file, how))  # type: ignore[misc]

    @staticmethod
    def _opened(path: Path | str, opener: Callable[[], Reading]) -> tuple[FileReport, Reading | None]:
        try:
            reading = opener()
        except UnusableInput as error:
            return _unusable(path, error), None
        return FileReport(clean_line(str(path)), format=reading.format), reading

    def _import(self, report: FileReport, reading: Reading, *, is_rehearsal: bool) -> None:
        batch: list[Entry] = []
        try:
            for item in reading.items:
                if isinstance(item, Rejected):
                    report.rejected.append(item)
                elif isinstance(item, Remark):
                    report.remarks.append(item.text)
                else:
                    batch.append(item)
                    report.read += 1
                if len(batch) >= BATCH:
                    self.store(report, batch, is_rehearsal=is_rehearsal)
                    batch = []
                    self._progress(Progress(report.path, report.read, reading.bytes_read(), reading.size))
                    time.sleep(BREATH)
        except UnusableInput as error:
            report.rejected.append(Rejected(error.where, error.message))
            report.is_damaged = True
        finally:
            self.store(report, batch, is_rehearsal=is_rehearsal)
            self._tell_trash(report)
            self._tell_keys(report)
            report.remarks += remarks(report.joined, report.doubtful)
            self._progress(Progress(report.path, report.read, reading.bytes_read(), reading.size))

    def store(self, report: FileReport, batch: Sequence[Entry], *, is_rehearsal: bool = False) -> None:
        """Put papers into the corpus, let marks follow those whose ids change, and count the outcomes."""
        if not batch:
            return
        outcomes = self._corpus.put([entry.paper for entry in batch], added=_now())
        if not is_rehearsal:
            self._carry_marks(batch, outcomes)
            self._adopt_keys(batch, outcomes)
        for outcome in outcomes:
            setattr(report, outcome.change, getattr(report, outcome.change) + 1)
            report.doubtful += bool(outcome.doubts)
        report.joined += taken_by_title(outcomes)
        if self._trashed:
            met = {name for one in outcomes for name in (one.id, *one.former_ids) if name in self._trashed}
            self._met_in_trash |= met

    def _adopt_keys(self, batch: Sequence[Entry], outcomes: Sequence[Outcome]) -> None:
        """Let papers have the citation keys that they have in the user's files."""
        keyed = [(outcome.id, entry) for entry, outcome in zip(batch, outcomes, strict=True) if entry.key]
        keys = [(paper_id, entry.key) for paper_id, entry in keyed]
        second = [(paper_id, key) for paper_id, entry in keyed for key in entry.second_keys]
        if keys and self._citing is None:
            from papers_tui.index.citing import Citing  # noqa: PLC0415 - most files have no keys

            self._citing = Citing(self._corpus, self._marks.database)
        if keys and self._citing:
            self._refused += self._citing.adopt(keys)
            self._refused += self._citing.add_second(second)

    def _tell_keys(self, report: FileReport) -> None:
        """Say which citation keys of a file its papers did not get: documents may cite them by these."""
        if self._refused:
            from papers_tui.index.citing import told  # noqa: PLC0415 - as above

            report.remarks.append(told(self._refused))
            self._refused = []

    def _tell_trash(self, report: FileReport) -> None:
        """Say which papers of a file the user removed: importing them again does not bring them back."""
        if count := len(self._met_in_trash):
            are, it = ("paper is in the trash and stays", "it") if count == 1 else (_ARE_TRASHED, "them")
            report.remarks.append(f"{count:,} {are} there; papers-tui trash --restore brings {it} back")
            self._met_in_trash = set()

    def _carry_marks(self, batch: Sequence[Entry], outcomes: Sequence[Outcome]) -> None:
        done = 0
        for number, outcome in enumerate(outcomes):
            if outcome.joins:  # what was marked before it is to be told from what is marked with it
                self._mark(batch[done:number], outcomes[done:number])
                done = number
                JoinedMarks(self._corpus, self._marks).remember(batch[number], outcome)
            for former in outcome.former_ids:
                self._marks.rename(former, outcome.id)
        self._mark(batch[done:], outcomes[done:])

    def _mark(self, batch: Iterable[Entry], outcomes: Iterable[Outcome]) -> None:
        """Add the marks of imported papers to those here."""
        marked = [
            (outcome.id, entry.marks)
            for entry, outcome in zip(batch, outcomes, strict=True)
            if not entry.marks.is_blank
        ]
        if marked:
            papers = {paper_id: self._corpus.get(paper_id) for paper_id, _ in marked}
            entries = [Entry(paper, marks) for paper_id, marks in marked if (paper := papers[paper_id])]
            self._marks.restore(entries, continues=self._has_marked)
            self._has_marked = True


def _now() -> str:
    """The present moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _unusable(path: Path | str, error: UnusableInput) -> FileReport:
    why = f"{error.message}; {error.remedy}" if error.remedy else error.message
    return FileReport(clean_line(str(path)), format=error.detected, rejected=[Rejected(error.where, why)])
