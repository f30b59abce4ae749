"""The library: the one door through which the rest of the program reaches papers, marks and the index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Self

from papers_tui.index.catalogue import Catalogue
from papers_tui.index.edits import edited_entry
from papers_tui.index.errors import UnknownPaper
from papers_tui.index.keeping import Keeping, in_trash
from papers_tui.index.marking import state_edit
from papers_tui.index.naming import named
from papers_tui.index.paper import Entry, Marks, Paper, Status
from papers_tui.index.results import Results, SimilarHit
from papers_tui.index.search.query import Sort
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import Change, MarksStore

if TYPE_CHECKING:
    from papers_tui.index.citing import Citing
    from papers_tui.index.importing import FileReport, Importer, ImportOptions, ImportReport, Progress
    from papers_tui.index.joining import Joining
    from papers_tui.index.search.completion import Completion

FIRST_HITS: Final = 50
"""Hits that a search fetches at once."""

MOST_SIMILAR: Final = 10
"""Similar papers, where nobody asks for more."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the library holds, in numbers."""

    total: int
    bookmarked: int
    reading: int
    read: int
    noted: int
    tags: dict[str, int]
    latest_day: str | None
    """The latest day on which a listing featured papers."""
    trashed: int
    """Papers in the trash, which are not in `total`."""

    @property
    def unread(self) -> int:
        """Papers neither read nor being read."""
        return self.total - self.reading - self.read


class Library(Keeping):
    """Papers, the user's marks and the index over both. Every method may be called from any thread."""

    def __init__(self, corpus: Corpus, marks: MarksStore, cache_dir: Path, today: Callable[[], date]) -> None:
        super().__init__(corpus, marks)
        self._today = today
        self._catalogue = Catalogue(corpus, marks, cache_dir)

    @classmethod
    def open(cls, data_dir: Path, cache_dir: Path, *, today: Callable[[], date] = date.today) -> Self:
        """Open the library in `data_dir`, made where it is missing, with its index in `cache_dir`.

        Where the data dir cannot be written the library opens read-only. Raises LibraryError.
        """
        with ExitStack() as opened:
            corpus = Corpus(data_dir / "papers.db")
            opened.callback(corpus.close)
            marks = MarksStore(data_dir / "marks.db")
            opened.pop_all()
        library = cls(corpus, marks, cache_dir, today)
        library.reunite()
        return library

    def close(self) -> None:
        """Close the stores and the index."""
        self._catalogue.close()
        if "citing" in self.__dict__:
            self.citing.close()
        if "bindings" in self.__dict__:
            self.bindings.close()
        if "joining" in self.__dict__:
            self.joining.close()
        self._marks.close()
        self._corpus.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def citing(self) -> Citing:
        """The citation keys of the papers, unique here, and kept once given."""
        from papers_tui.index.citing import Citing  # noqa: PLC0415 - the browser starts faster without the styles

        return Citing(self._corpus, self._marks.database)

    @cached_property
    def joining(self) -> Joining:
        """Papers that may be the same, made one and taken apart."""
        from papers_tui.index.joining import Joining  # noqa: PLC0415 - only who looks for such papers needs it

        return Joining(self._corpus, self._marks)

    # Papers

    def entry(self, paper_id: str) -> Entry:
        """Return the paper with an id in any spelling, with its marks. Raises UnknownPaper."""
        paper = self._paper(paper_id)
        marks = self._marks.get(paper.id)
        if marks.trashed:
            raise in_trash(paper_id, paper.id)
        return edited_entry(paper, marks)

    def resolve(self, paper_ids: Sequence[str]) -> tuple[list[str], list[UnknownPaper]]:
        """Tell the ids of papers apart from those that no paper has; each paper once, in order."""
        known: dict[str, None] = {}
        unknown: list[UnknownPaper] = []
        for wanted in paper_ids:
            try:
                known[self.entry(wanted).paper.id] = None
            except UnknownPaper as error:
                unknown.append(error)
        return list(known), unknown

    def _paper(self, wanted: str) -> Paper:
        canonical = named(wanted, self._corpus, self._marks)
        paper = self._corpus.get(canonical)
        if paper is None and not self._marks.get(canonical).is_blank:
            paper = self._snapshot(canonical)
        if paper is None:
            raise UnknownPaper(wanted, self._corpus.nearest_ids(canonical))
        return paper

    # Searching

    def search(
        self, text: str, *, sort: Sort | None = None, limit: int = FIRST_HITS, is_corrected: bool = True
    ) -> Results:
        """Find the papers that match a query, the first `limit` fetched. No query is an error.

        The last word counts as still being typed unless a blank or a closing quote follows it. `sort`
        overrides the query's own order. Misspelt words are corrected, or not.
        """
        today = self._today()
        return self._catalogue.search(text, today=today, sort=sort, limit=limit, is_corrected=is_corrected)

    def similar(self, paper_id: str, limit: int = MOST_SIMILAR) -> list[SimilarHit]:
        """Return the papers that share the most telling words with one, the most alike first.

        Raises UnknownPaper. Without an index nothing is similar.
        """
        return self._catalogue.similar(self._paper(paper_id), limit)

    def completions(self, text: str, cursor: int) -> list[Completion]:
        """Return what may be meant at a place in a query, the best first: not for the event loop."""
        return self._catalogue.completions(text, cursor)

    def index_is_current(self) -> bool:
        """Whether the index covers every paper of the library."""
        return self._catalogue.is_current()

    def update_index(self, progress: Callable[[int, int], None]) -> None:
        """Bring the index up to date; `progress` hears of papers done and in all."""
        self._catalogue.update(progress)

    def rebuild_index(self, progress: Callable[[int, int], None]) -> None:
        """Throw the index away and build it anew."""
        self._catalogue.rebuild(progress)

    # Importing

    def import_paths(
        self,
        paths: Sequence[Path],
        options: ImportOptions,
        progress: Callable[[Progress], None],
        *,
        stdin: BinaryIO | None = None,
    ) -> ImportReport:
        """Import files and directories. Unusable files are in the report; the others are imported."""
        if not options.dry_run:
            self.demand_writable()
        return self._importer(progress).run(paths, stdin, options)

    def _importer(self, progress: Callable[[Progress], None]) -> Importer:
        from papers_tui.index.importing import Importer  # noqa: PLC0415 - searching needs no readers of files

        return Importer(self._corpus, self._marks, today=self._today(), progress=progress)

    def is_shelf_wanted(self) -> bool:
        """Whether this is the first run: nothing here, and the starter shelf never offered."""
        return (
            not self.is_read_only and self._corpus.count() == 0 and not self._marks.setting("shelf-offered")
        )

    def add_shelf(self) -> FileReport:
        """Put the starter shelf into the library."""
        from papers_tui.index import shelf  # noqa: PLC0415 - it comes with them
        from papers_tui.index.importing import FileReport  # noqa: PLC0415 - with them

        self.demand_writable()
        papers = shelf.papers()
        report = FileReport(shelf.SOURCE, format="jsonl", read=len(papers))
        self._importer(lambda _: None).store(report, [Entry(paper) for paper in papers])
        self._marks.set_setting("shelf-offered", "yes")
        return report

    def remove_shelf(self) -> list[str]:
        """Take the starter shelf out, but for papers with marks, drafts or other sources; return the ids."""
        from papers_tui.index import shelf  # noqa: PLC0415 - it comes with the readers of files

        self.demand_writable()
        return self._corpus.remove_source(shelf.SOURCE, keep={*self._marks.all(), *self._marks.drafted()})

    # Marking

    def bookmark(self, paper_ids: Sequence[str], *, on: bool) -> Change:
        """Bookmark papers, or take their bookmarks off."""
        label = "bookmark" if on else "remove the bookmark"
        return self._change(paper_ids, lambda marks: replace(marks, bookmarked=on), label)

    def tag(
        self, paper_ids: Sequence[str], *, add: Collection[str] = (), remove: Collection[str] = ()
    ) -> Change:
        """Add tags to papers and remove others from them. Raises WrongUsage for what cannot be a tag."""
        label = " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
        edit = self._marks.tag_edit(add, remove)
        return self._change(paper_ids, edit, f"tag {label}")

    def mark(self, ids: Sequence[str], *, status: Status | None = None, rating: int | None = None) -> Change:
        """Say how far papers were read, rate them, or both at once; a rating of 0 takes theirs off."""
        return self._change(ids, *state_edit(status, rating))

    def set_status(self, paper_ids: Sequence[str], status: Status) -> Change:
        """Say how far papers were read."""
        return self.mark(paper_ids, status=status)

    def set_rating(self, paper_ids: Sequence[str], rating: int | None) -> Change:
        """Rate papers 1 to 5; None takes the rating off."""
        return self.mark(paper_ids, rating=rating or 0)

    def set_note(
        self, paper_id: str, text: str, *, base_revision: int | None = None, base_note: str | None = None
    ) -> Change:
        """Set a paper's note.

        Where it was changed since `base_revision`, or is not the `base_note` of then, both versions are kept.
        """
        self.demand_writable()
        entry = self.entry(paper_id)
        base = entry.marks.note_revision if base_revision is None else base_revision
        paper = entry.source or entry.paper
        return self._marks.set_note(
            paper, text, base_revision=base, label="edit the note", base_note=base_note
        )

    def _change(self, paper_ids: Sequence[str], edit: Callable[[Marks], Marks], label: str) -> Change:
        self.demand_writable()
        return self._marks.change(self._papers(paper_ids), edit, label=label)

    def _papers(self, paper_ids: Sequence[str]) -> list[Paper]:
        keys = self._corpus.keys_of(paper_ids)
        found = {paper.id: paper for paper in self._corpus.papers_by_key(list(keys.values()))}
        return [found.get(paper_id) or self._paper(paper_id) for paper_id in paper_ids]

    # Looking around

    def tags(self) -> dict[str, int]:
        """Every tag with the number of papers that have it."""
        return self._marks.tags()

    def overview(self) -> Overview:
        """Count what the library holds."""
        marked = self._marks.count_marked()
        return Overview(
            total=self.count(),
            bookmarked=marked.bookmarked,
            reading=marked.reading,
            read=marked.read,
            noted=marked.noted,
            tags=self._marks.tags(),
            latest_day=self._corpus.latest_featured(),
            trashed=self.count_trashed(),
        )
