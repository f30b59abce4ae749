"""What other programs do to the files of the library while it is open."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from papers_tui.index.deciding import Deciding
from papers_tui.index.errors import BusyLibrary
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore
from papers_tui.index.unfinished import Unfinished

if TYPE_CHECKING:
    from papers_tui.index.store.rescuing import Rescued


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a look at the library found."""

    marks_version: int
    """Another one whenever anybody changed marks."""
    replacements: tuple[int, int]
    """How often another file was found in the place of the marks, and of the papers."""
    why_read_only: str
    """Empty where the library can be changed."""
    rescued: tuple[Rescued, ...] = ()
    """Copies of the marks of files that were removed, and in whose place others are."""


class Noticing(Unfinished):
    """The part of the library that looks at what others do to it."""

    def __init__(self, corpus: Corpus, marks: MarksStore) -> None:
        super().__init__(corpus, marks)
        self._reunited = (0, 0)  # the files that were brought together last, by how often they were replaced
        self._rescued: tuple[Rescued, ...] = ()
        self._noticed = Noticed(0, (0, 0), "")
        self._looking = Lock()

    @property
    def is_read_only(self) -> bool:
        """Whether marks and papers cannot be changed."""
        return self._marks.is_read_only or self._corpus.is_read_only

    @property
    def why_read_only(self) -> str:
        """Why nothing can be changed, in words; empty where it can."""
        return self._marks.why_read_only or self._corpus.why_read_only

    def look(self) -> Noticed:
        """Notice what others did to the library. Cheap: to be called about once a second, off the event loop.

        Where another program put other files in the place of ours, what is in them is brought together as
        when they are opened. Where another thread looks already, or another program keeps the files locked,
        the answer is the one before: the same object.

        Raises:
            LibraryError: if a file is gone, or another one that cannot be used is in its place.
        """
        if not self._looking.acquire(blocking=False):
            return self._noticed
        try:
            self._noticed = self._newly_noticed()
        except BusyLibrary:
            pass
        finally:
            self._looking.release()
        return self._noticed

    def _newly_noticed(self) -> Noticed:
        self._marks.look()
        self._corpus.look()
        replacements = (self._marks.replacements, self._corpus.replacements)
        self._rescue()
        if replacements != self._reunited:
            self.reunite()
        return Noticed(self._marks.version(), replacements, self.why_read_only, self._rescued)

    def reunite(self) -> None:
        """Complete what a crash cut short: papers are as decided, marks and drafts where their papers are."""
        replacements = (self._marks.replacements, self._corpus.replacements)
        if not self.is_read_only:
            Deciding(self._corpus, self._marks).settle()
            for former, now_called in self._corpus.renamed(self._marks.ids()).items():
                self._marks.rename(former, now_called)
        self._reunited = replacements

    def _rescue(self) -> None:
        """Copy the marks of files that were removed, once others are in their place."""
        if self._corpus.database.has_removed:
            for connection in self._corpus.database.take_removed().values():
                connection.close()  # papers can be imported again
        if self._marks.database.has_removed:
            from papers_tui.index.store.rescuing import rescue  # noqa: PLC0415 - few libraries are removed while open

            self._rescued += tuple(rescue(self._marks.database))

    def rescue(self) -> tuple[Rescued, ...]:
        """Copy the marks of files that were removed while they were open, and return all that was rescued.

        To be called before closing: what cannot be copied is returned itself.
        """
        from papers_tui.index.store.rescuing import rescue  # noqa: PLC0415 - few libraries are removed while open

        with self._looking:
            self._rescued += tuple(rescue(self._marks.database, is_last=True))
        return self._rescued
