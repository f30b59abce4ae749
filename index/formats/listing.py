"""Saved listings: what a person saved, or pasted, of a page of papers by day, as text.

Three layouts are known. In the first, blank lines part title, abstract and details (`• 13 authors` or
`nvidia NVIDIA`, `·`, `Nov 10 2`); the second has titles and abstracts in turn, without blank lines or
details; the third has them parted by blank lines, without details. Real texts mix them, so a listing is
read by what its lines look like (`listing_lines`, `listing_blocks`, `listing_layout`), not by its layout.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from papers_tui.index.formats.encodings import first_escaped, without_cut
from papers_tui.index.formats.items import Item, Options, Rejected, Remark
from papers_tui.index.formats.listing_blocks import Block, blocks, foot_of, head_of, unglued
from papers_tui.index.formats.listing_dates import PageDay, WrittenDate, page_day
from papers_tui.index.formats.listing_layout import Setting, Unit, parts
from papers_tui.index.formats.listing_lines import Details, Kind, Line, has_absurd_count, lines_of
from papers_tui.index.identity import paper_id
from papers_tui.index.paper import Entry, Paper
from papers_tui.index.text import clean, clean_line, readable, readable_line

NAME: Final = "listing"

_MAX_COST: Final = 2.5
"""What a paper may cost on average in a text that nothing else shows to be a listing."""


_ABSTRACT: Final = 100
"""Characters that an abstract has, to tell a single paper from any two lines."""

_MARKUP: Final = re.compile(r"#{1,6} |```|~~~|[-*+] \S|\||[{}<\\]|\w+ ?= ")


@dataclass(frozen=True, slots=True)
class Listing:
    """A text read as a listing."""

    items: tuple[Item, ...]
    papers: int
    """The papers seen, those with bytes that could not be decoded among them."""
    is_known: bool
    """Whether the text has a listing's own words or details."""
    cost: float
    """How ill the text fits, a paper."""
    longest: int
    """The characters of the longest abstract."""
    is_markup: bool
    """Whether lines are set as Markdown or code."""

    @property
    def is_likely(self) -> bool:
        """Whether the text is a listing at all."""
        has_papers = self.papers > 1 or (self.papers == 1 and self.longest >= _ABSTRACT)
        return self.is_known or (has_papers and self.cost <= _MAX_COST and not self.is_markup)


@dataclass(frozen=True, slots=True)
class _Record:
    """A paper as it stands on the page."""

    title: Unit
    abstract: tuple[Unit, ...]
    details: Details | None
    day: WrittenDate | None
    """The day that it stands under, where that is not the page's."""
    end: int
    """The last line of it."""

    def damage(self, damaged: Mapping[int, int]) -> Rejected | None:
        """Tell of the first of its bytes that could not be decoded; `damaged` has such bytes by line."""
        first = self.title.lines[0].number
        inside = [number for number in damaged if first <= number <= self.end]
        return _undecodable(inside[0], damaged[inside[0]]) if inside else None


def read_listing(text: str, name: str, options: Options) -> Listing:
    """Read a text as a listing, whatever it is; `name` is that of its file.

    What stands alone, such as a title with neither abstract nor details, is rejected by its line. So is a
    paper with bytes that could not be decoded, which `encodings.escaped` leaves in the text.
    """
    text, cut = _without_cut(text)
    lines = unglued(lines_of(text))
    damaged = {line.number: line.damage for line in lines if line.damage is not None}
    head = head_of(lines)
    body = lines[head.length :]
    body = body[: foot_of(body)]
    setting = Setting.of([line for line in body if line.kind is Kind.TEXT])
    groups = list(blocks(body, setting))
    found, cost = _found(groups, setting)
    written = [group.details.date for group in groups if group.details and group.details.date]
    page = page_day(head.day, written, page_date=options.page_date, today=options.today)
    has_day = head.day is not None or options.page_date is not None
    featured = (page.day.isoformat(),) if has_day and page.day else ()
    items: list[Item] = [*_remarks(page, featured, written_without_year=any(w.year is None for w in written))]
    items += _absurd_counts(body)
    papers: list[Paper] = []
    for record in found:
        if isinstance(record, Rejected):
            items.append(record)
            continue
        read = list(_items(record, page, featured, name))
        papers += [item.paper for item in read if isinstance(item, Entry)]
        rejected = record.damage(damaged)
        items += read if rejected is None else [rejected]
    items += cut
    if not found:
        items.append(Remark("no papers stand on the page"))
    return Listing(
        tuple(items),
        len(papers),
        is_known=head.is_known or any(map(_is_of_paper, groups)),
        cost=cost / max(len(papers), 1),
        longest=max((len(paper.abstract) for paper in papers), default=0),
        is_markup=sum(bool(_MARKUP.match(line.text)) for line in body) > max(1, len(body) / 10),
    )


def _found(groups: Sequence[Block], setting: Setting) -> tuple[list[_Record | Rejected], float]:
    """Return what stands in the blocks of a page, and what it costs to take them so."""
    found: list[_Record | Rejected] = []
    cost = 0.0
    day = None
    for block in groups:
        day = block.day or day
        units, own = parts(block.texts, setting, has_details=block.details is not None)
        cost += own
        found += _records(units, block, day)
    return found, cost


def _absurd_counts(body: Sequence[Line]) -> list[Remark]:
    return [
        Remark(f"line {line.number}: no page has such a number, left out: {_shortened(line.text)}")
        for line in body
        if line.kind is Kind.SEPARATOR and has_absurd_count(line.text)
    ]


def _without_cut(text: str) -> tuple[str, list[Rejected]]:
    """Take what a cut left of a last line off, where it is nothing but undecodable bytes, and tell of it."""
    rest = without_cut(text)
    if rest == text or not rest.endswith(("\n", "\r")):
        return text, []
    number = len(rest.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return rest, [_undecodable(number, first_escaped(text[len(rest) :]) or 0)]


def _undecodable(line: int, byte: int) -> Rejected:
    remedy = "--encoding NAME (such as cp1252) says how the file is written"
    return Rejected(f"line {line}", f"the byte 0x{byte:02X} is no text here; {remedy}")


def _is_of_paper(block: Block) -> bool:
    """Tell whether details were seen that only papers have; dates stand in many texts."""
    details = block.details or Details()
    return bool(block.texts) and (details.author_count or details.organization or details.arxiv) is not None


def _records(units: Sequence[Unit], block: Block, day: WrittenDate | None) -> Iterator[_Record | Rejected]:
    """Put titles, abstracts and details together."""
    titles = [at for at, unit in enumerate(units) if unit.part == "title"]
    for unit in units[: titles[0] if titles else len(units)]:
        yield _rejected(unit, "an abstract without a title")
    for at, end in itertools.pairwise([*titles, len(units)]):
        details = block.details if end == len(units) else None
        abstract = tuple(units[at + 1 : end])
        if not abstract and details is None:
            line = units[at].lines[0]
            yield _rejected(units[at], f"a title with neither abstract nor details: {_shortened(line.text)}")
        else:
            last = units[end - 1].lines[-1].number if details is None else block.end
            yield _Record(units[at], abstract, details, day, last)
    if not units:
        yield Rejected(f"line {block.number}", "details of a paper without its title")


def _rejected(unit: Unit, why: str) -> Rejected:
    """Reject a text: for bytes in it that could not be decoded, or else for `why`."""
    damaged = next((line for line in unit.lines if line.damage is not None), None)
    if damaged is not None and damaged.damage is not None:
        return _undecodable(damaged.number, damaged.damage)
    return Rejected(f"line {unit.lines[0].number}", why)


def _items(record: _Record, page: PageDay, featured: tuple[str, ...], name: str) -> Iterator[Item]:
    details = record.details or Details()
    source_title = clean_line(record.title.text)
    source_abstract = clean("\n\n".join(unit.text for unit in record.abstract))
    title, abstract = readable_line(source_title), readable(source_abstract)
    published = page.iso(details.date) if details.date else None
    own_day = page.iso(record.day) if record.day else None
    yield Entry(
        Paper(
            id=paper_id(arxiv=details.arxiv, doi=None, title=title),
            title=title,
            abstract=abstract,
            author_count=details.author_count,
            organization=details.organization,
            organization_handle=details.handle,
            published=published,
            featured=(own_day,) if own_day else featured,
            comments=details.comments,
            upvotes=details.upvotes,
            arxiv_id=details.arxiv,
            sources=(f"{NAME}:{name}",),
            source_title=source_title if source_title != title else None,
            source_abstract=source_abstract if source_abstract != abstract else None,
        )
    )
    if details.date and published is None:
        line = record.title.lines[0].number
        yield Remark(f"line {line}: there is no day {details.date.text}; the paper is kept without a date")


def _remarks(page: PageDay, featured: tuple[str, ...], *, written_without_year: bool) -> Iterator[Remark]:
    if page.is_assumed and (featured or written_without_year):
        yield Remark(f"no year on the page: {page.year} was assumed; --page-date YYYY-MM-DD sets it")


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
