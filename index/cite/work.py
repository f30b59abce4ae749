"""A work to be cited: what every style asks of a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from papers_tui.index.cite import pages as page_ranges
from papers_tui.index.cite.emphasis import italic, one_line
from papers_tui.index.cite.journal_reference import JournalReference, parsed
from papers_tui.index.cite.links import doi_address, web_address
from papers_tui.index.cite.names import Byline
from papers_tui.index.cite.publication import Publication
from papers_tui.index.details import italic_spans
from papers_tui.index.identity import arxiv_id
from papers_tui.index.paper import Kind

_LINKS: Final = ("abstract", "pdf", "project", "code")
_PUBLISHED_LINKS: Final = ("abstract", "abstract 2", "pdf", "pdf 2")
"""What may lead to a publisher where the paper is at arXiv too."""

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_IN_PARENTHESES: Final = re.compile(r"\((?:[^()]*[ ,./-])?((?:19|20)\d\d)\)")
_LAST_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d\W*$")
_YEAR_BEFORE_COMMA: Final = re.compile(r"(?<=[\s,])(?:19|20)\d\d(?=,)")
_YEAR_AFTER_COMMA: Final = re.compile(r",\s*((?:19|20)\d\d)\W*$")
_PAGES: Final = re.compile(
    r"\b(?:pp?\.|pages?)\s*\w*\d|\((?:19|20)\d\d\)[\s,:]*\d+\s*[-–]+\s*\d+\W*$", re.IGNORECASE
)

_MOST_YEARS: Final = 15
"""Between a submission to arXiv and its journal; what is called a year beyond them is another number."""


@dataclass(frozen=True, slots=True)
class Work(Publication):
    """A paper with the words that a bibliography gives it."""

    key: str = ""
    """The citation key, unique in its bibliography."""
    second_keys: tuple[str, ...] = ()
    """Other keys by which documents may cite it."""
    suffix: str = ""
    """The letter that tells apart works of one author and year."""

    @property
    def title(self) -> str:
        """The title on one line."""
        return one_line(self.paper.title) or "[untitled]"

    @property
    def marked_title(self) -> str:
        """The title with marks about the words that its source sets in italics."""
        title = self.title
        for start, end in reversed(italic_spans(title, self.detail("italics"))):
            title = f"{title[:start]}{italic(title[start:end])}{title[end:]}"
        return title

    @property
    def byline(self) -> Byline:
        """Who it is by."""
        return Byline.of(self.paper)

    @property
    def _reference(self) -> JournalReference | None:
        """What the venue says where it is a whole journal reference, as arXiv gives it."""
        paper = self.paper
        if self.kind is not Kind.ARTICLE or paper.volume or paper.issue or self.named_article_number:
            return None
        found = None if paper.pages else parsed(self.container)
        return found if found and self._may_be_of(found.published[:4]) else None

    def _may_be_of(self, year: str) -> bool:
        """Whether a number that a venue has may be its year, the day of the submission being known."""
        submitted = (self.paper.published or "")[:4] if self.paper.arxiv_id else ""
        return not (year and submitted.isdecimal()) or int(year) <= int(submitted) + _MOST_YEARS

    @property
    def venue(self) -> str:
        """The journal, the proceedings or the book, or whatever it appeared in."""
        reference = self._reference
        return reference.journal if reference else self.container

    @property
    def publisher(self) -> str:
        """Who published it."""
        return one_line(self.paper.publisher or "")

    @property
    def repository(self) -> str:
        """Where a preprint is kept."""
        return "arXiv" if self.paper.arxiv_id else self.publisher or self.venue

    @property
    def eprint(self) -> str:
        """The number of a preprint: `arXiv:2404.04167`."""
        return f"arXiv:{self.paper.arxiv_id}" if self.paper.arxiv_id else ""

    @property
    def doi(self) -> str:
        """The publisher's DOI where a source gave it, else, for a preprint, the one that arXiv registers.

        So has a thesis or a report at arXiv. An article of which no DOI is known has none: arXiv's would be
        taken for the publisher's.
        """
        if self.publisher_doi:
            return self.publisher_doi
        is_deposit = self.kind in {Kind.PREPRINT, Kind.OTHER}
        return _arxiv_doi(self.paper.arxiv_id) if self.paper.arxiv_id and is_deposit else ""

    @property
    def publisher_doi(self) -> str:
        """The DOI that a source gave, unless it is the one of the deposit at arXiv."""
        doi = "".join((self.paper.doi or "").split())
        return "" if self.paper.arxiv_id and doi.lower().startswith("10.48550/arxiv.") else doi

    @property
    def url(self) -> str:
        """The page of what is cited: a preprint's at arXiv, else that where its source found it.

        What was published elsewhere has the page at arXiv where neither page nor DOI of that is known.
        """
        at_arxiv = self._at_arxiv
        if self.kind is Kind.PREPRINT and at_arxiv:
            return at_arxiv
        names = _PUBLISHED_LINKS if at_arxiv else _LINKS
        found = (self.paper.urls.get(name) for name in names)
        pages = (url for url in found if url and not (at_arxiv and arxiv_id(url)))
        page = next((safe for url in pages if (safe := web_address(url))), "")
        return page or ("" if self.publisher_doi else at_arxiv)

    @property
    def cited_doi(self) -> str:
        """The DOI of the version that is cited: a reference to arXiv does not lead to a journal."""
        if self.kind is Kind.PREPRINT and self.paper.arxiv_id:
            return _arxiv_doi(self.paper.arxiv_id)
        return self.doi

    @property
    def link(self) -> str:
        """The address that a reader should follow: that of the DOI, else that of the page."""
        return doi_address(self.cited_doi) if self.cited_doi else self.url

    @property
    def address(self) -> str:
        """Where the text can be read: at arXiv, else at the page, else where the DOI leads."""
        return self._at_arxiv or self.url or self.link

    @property
    def _at_arxiv(self) -> str:
        return f"https://arxiv.org/abs/{self.paper.arxiv_id}" if self.paper.arxiv_id else ""

    @property
    def volume(self) -> str:
        """The volume of the journal."""
        reference = self._reference
        return reference.volume if reference else one_line(self.paper.volume or "")

    @property
    def issue(self) -> str:
        """The number of the issue, with an en dash in a range."""
        reference = self._reference
        return page_ranges.issue(reference.issue if reference else one_line(self.paper.issue or ""))

    @property
    def page_range(self) -> str:
        """The pages in full, with an en dash in a range; empty where there is nothing but a number."""
        reference = self._reference
        return page_ranges.full(reference.pages if reference else one_line(self.paper.pages or ""))

    @property
    def pages(self) -> str:
        """The pages, or the number of the article where it has no pages."""
        return self.page_range or self.named_article_number

    @property
    def has_article_number(self) -> bool:
        """Whether the article has a number in place of pages."""
        return bool(self.article_number) and self.pages == self.article_number

    @property
    def article_number(self) -> str:
        """The number of the article, as its source names it or as its pages cannot be any."""
        if self.named_article_number:
            return self.named_article_number
        is_number = not self.is_in_newspaper and page_ranges.is_article_number(self.page_range)
        return self.page_range if is_number else ""

    def labelled_pages(self, pages: str, article: str) -> str:
        """Return `pp. 1–11`, `p. 7`, or an article number after the word that a style has for it."""
        if not pages:
            return ""
        if self.has_article_number:
            return f"{article} {pages}"
        return f"{'pp.' if re.search('[–,]', pages) else 'p.'} {pages}"

    @property
    def appeared(self) -> str | None:
        """The date to print beside the venue.

        None where the venue is a whole reference that could not be told apart and says that year itself.
        """
        is_said = self._is_whole_reference and self.date and self.date[:4] == self._venue_year
        return None if is_said else self.date

    @property
    def date(self) -> str | None:
        """When what is cited appeared, in ISO 8601: as its reference says, else the paper's date.

        That of a paper at arXiv may be the preprint's, long before the year that its venue names.
        """
        paper = self.paper
        if paper.appeared and self.kind is not Kind.PREPRINT:
            return paper.appeared
        if reference := self._reference:
            return reference.published
        is_of_preprint = paper.arxiv_id or not paper.published
        return (self._venue_year if is_of_preprint else None) or paper.published

    @property
    def _is_whole_reference(self) -> bool:
        """Whether the venue says all that is known: a journal with its year, proceedings with pages too.

        The year in the name of a conference is that of the conference.
        """
        paper = self.paper
        if paper.pages or paper.volume or paper.issue:
            return False
        if self.kind is Kind.INPROCEEDINGS:
            return _PAGES.search(self.venue) is not None
        patterns = (_YEAR_IN_PARENTHESES, _LAST_YEAR, _YEAR_BEFORE_COMMA, _PAGES)
        return any(pattern.search(self.venue) for pattern in patterns)

    @property
    def _venue_year(self) -> str | None:
        """The one year that a venue with numbers names; None if it is unclear."""
        if self.paper.volume or self._reference or self.kind not in {Kind.ARTICLE, Kind.INPROCEEDINGS}:
            return None
        years = set(_YEAR_IN_PARENTHESES.findall(self.venue)) or set(_YEAR_AFTER_COMMA.findall(self.venue))
        if not years and re.search(r"\d", _YEAR.sub("", self.venue)):
            years = set(_YEAR.findall(self.venue))
        year = years.pop() if len(years) == 1 else ""
        return year if year and self._may_be_of(year) else None

    def year(self, without: str = "") -> str:
        """Return the year with its letter, or `without` where the date is not known."""
        if self.date:
            return f"{self.date[:4]}{self.suffix}"
        return f"{without}-{self.suffix}" if without and self.suffix else without


def _arxiv_doi(arxiv_id: str) -> str:
    return f"10.48550/arXiv.{arxiv_id}"
