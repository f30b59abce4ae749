"""A paper as a publication of a certain sort: what its details say, as every style asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from papers_tui.index.cite.emphasis import one_line
from papers_tui.index.cite.names import Byline
from papers_tui.index.details import TYPES
from papers_tui.index.paper import Kind, Paper

_THESES: Final = frozenset({"thesis", "phdthesis", "mastersthesis"})
_CHAPTERS: Final = frozenset({"incollection", "inbook"})
_MAY_BE_PREPRINTS: Final = frozenset({"", "online", "unpublished"})
"""Types of which nothing is to be said beside a number at arXiv."""


_BEFORE_DOI: Final = re.compile(
    r"(?:\(?doi\s{0,9}:?\s{0,9}|https?://(?:dx\.)?doi\.org/)?\\?<?$", re.IGNORECASE
)
"""What tells that a DOI comes, before that at the end of a reference."""
_LONGEST_MARK: Final = 40


@dataclass(frozen=True, slots=True)
class Publication:
    """A paper, and what is known of its publication. What is not known is empty."""

    paper: Paper

    def detail(self, name: str) -> str:
        """Return what `Paper.details` has under a name of `papers_tui.index.details`, or an empty text."""
        text = self.paper.details.get(name)
        return one_line(text) if text else ""

    @property
    def type(self) -> str:
        """One of `papers_tui.index.details.TYPES`, or empty where its kind says all.

        A type that is none of the paper's kind, which the user may have changed, is none.
        """
        found = self.detail("type")
        if not found:
            return ""
        kinds = {self.paper.kind, Kind.OTHER} if self.paper.kind is Kind.PREPRINT else {self.paper.kind}
        return found if TYPES.get(found) in kinds else ""

    @property
    def kind(self) -> Kind:
        """What it is cited as: an article or a proceedings paper needs to name where it appeared.

        A thesis, a report that names its institution or number, software and their like stay what they are
        at arXiv too.
        """
        paper = self.paper
        if paper.kind is Kind.BOOK or (paper.kind in {Kind.ARTICLE, Kind.INPROCEEDINGS} and self.container):
            return paper.kind
        if paper.kind not in {Kind.ARTICLE, Kind.INPROCEEDINGS} and self._is_more_than_deposited:
            return Kind.OTHER
        return Kind.PREPRINT if paper.arxiv_id or paper.kind is Kind.PREPRINT else Kind.OTHER

    @property
    def _is_more_than_deposited(self) -> bool:
        if self.type == "report":
            return bool(self.institution or self.number)
        return self.type not in _MAY_BE_PREPRINTS

    @property
    def cited_type(self) -> str:
        """Its type, unless it is cited as something else, such as a preprint: then nothing."""
        return self.type if self.kind in {TYPES.get(self.type), Kind.OTHER} else ""

    @property
    def is_in_newspaper(self) -> bool:
        """Whether it is an article of a newspaper or a magazine, which has a day, and pages such as `A1`."""
        return self.kind is Kind.ARTICLE and self.type in {"newspaper", "magazine"}

    @property
    def is_thesis(self) -> bool:
        """Whether it is a thesis: `type` may tell that of a doctor from that of a master."""
        return self.kind is Kind.OTHER and self.type in _THESES

    @property
    def is_report(self) -> bool:
        """Whether it is a report of an institution."""
        return self.kind is Kind.OTHER and self.type == "report"

    @property
    def is_chapter(self) -> bool:
        """Whether it is a part of a book, its `kind` being that of papers in proceedings."""
        return self.kind is Kind.INPROCEEDINGS and self.type in _CHAPTERS

    @property
    def container(self) -> str:
        """What it appeared in, as the source names it: the title of a book before that of its series."""
        paper = self.paper
        book = self.detail("book_title") if paper.kind is Kind.INPROCEEDINGS else ""
        return book or self._without_doi(one_line(paper.venue or ""))

    def _without_doi(self, venue: str) -> str:
        """Return a venue without the DOI of the paper behind it, as archives write that: `<10.1000/x>`."""
        doi = self.paper.doi
        if not doi or "10." not in venue:
            return venue
        bare = venue.lower() if len(venue.lower()) == len(venue) else venue
        place = bare.rfind(doi)
        if place < 0 or any(map(str.isalnum, venue[place + len(doi) :])):
            return venue
        found = _BEFORE_DOI.search(venue, max(0, place - _LONGEST_MARK), place)
        return venue[: found.start() if found else place].rstrip(" \t,;.")

    @property
    def named_article_number(self) -> str:
        """The number of the article in its volume, where the source says that it is one."""
        return self.detail("article_number")

    @property
    def editors(self) -> Byline:
        """Who edited it, or the book that it is in."""
        return Byline.named(self.detail("editors"))

    @property
    def translators(self) -> Byline:
        """Who translated it."""
        return Byline.named(self.detail("translators"))

    @property
    def collaboration(self) -> str:
        """On whose behalf the authors write."""
        return self.detail("collaboration")

    @property
    def series(self) -> str:
        """The series of the book or of the proceedings."""
        return self.detail("series")

    @property
    def number(self) -> str:
        """The number of a report, or of a book in its series; that of a journal's issue is `issue`."""
        return self.detail("number")

    @property
    def edition(self) -> str:
        """The edition as the source has it: `2`, `Second`, `Revised`."""
        return self.detail("edition")

    @property
    def chapter(self) -> str:
        """The chapter of the book."""
        return self.detail("chapter")

    @property
    def genre(self) -> str:
        """What the publication calls itself: `Habilitation`, `Technical report`."""
        return self.detail("genre")

    @property
    def place(self) -> str:
        """The place of the publisher or of the institution."""
        return self.detail("address")

    @property
    def institution(self) -> str:
        """The university of a thesis, the institution of a report."""
        has_one = self.type in _THESES or self.type == "report"
        return self.detail("institution") or (one_line(self.paper.publisher or "") if has_one else "")

    @property
    def event(self) -> str:
        """The conference, where the proceedings have a title of their own; that of a talk."""
        has_event = self.kind is Kind.INPROCEEDINGS or self.cited_type == "speech"
        other = one_line(self.paper.venue or "") if has_event else ""
        is_book = self.kind is Kind.INPROCEEDINGS and other in {self.container, self.series}
        return self.detail("event") or ("" if is_book else other)

    @property
    def event_place(self) -> str:
        """Where the conference was held."""
        return self.detail("event_place")

    @property
    def status(self) -> str:
        """`in press`, `submitted`, `forthcoming`: what stands in place of a year."""
        return self.detail("status")

    @property
    def remark(self) -> str:
        """What the reference prints besides."""
        return self.detail("remark")

    @property
    def version(self) -> str:
        """The version of software, of data or of the preprint."""
        return self.detail("version")
