"""A paper as lines of text: everything that is known of it, wrapped, with the matches of the query marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, overload

from rich.console import Console
from rich.style import Style
from rich.text import Span, Text

from papers_tui.index.edits import said_by_sources
from papers_tui.index.paper import Entry, Marks, Paper, Status
from papers_tui.tui.glyphs import Glyphs
from papers_tui.tui.links import links
from papers_tui.tui.wording import plural, shown_date

MAX_TITLE: Final = 1_000
MAX_AUTHORS: Final = 500
"""Characters, or names, that are shown at the top; where there are more, they are all shown at the end."""

MAX_TEXT: Final = 200_000
"""Characters of a text that are laid out at once; the rest follows when the reader comes to it."""

_NEAR: Final = 2_000
"""Characters before a cut within which a line, or else a word, is looked for that it may follow."""


_Row = tuple[str, str | Style, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class DocumentInks:
    """The styles of the parts of a document."""

    title: Style
    author: Style
    detail: Style
    state: Style
    tag: Style
    heading: Style
    link: Style
    match: Style
    aside: Style


class Lines(Sequence[Text]):
    """Lines, kept so that the garbage collector, which stops everything, has few objects to look at."""

    def __init__(self, rows: Iterable[_Row] = ()) -> None:
        self._rows = list(rows)

    @classmethod
    def of(cls, texts: Iterable[Text]) -> Lines:
        """Keep what `texts` show."""
        return cls((text.plain, text.style, tuple(text.spans)) for text in texts)

    @overload
    def __getitem__(self, at: int) -> Text: ...
    @overload
    def __getitem__(self, at: slice) -> Lines: ...
    def __getitem__(self, at: int | slice) -> Text | Lines:
        if isinstance(at, slice):
            return Lines(self._rows[at])
        plain, style, spans = self._rows[at]
        return Text(plain, style, spans=list(spans))

    def __len__(self) -> int:
        return len(self._rows)

    def with_more(self, at: int, more: Lines) -> Lines:
        """Return these lines with others in the place of one."""
        return Lines([*self._rows[:at], *more._rows, *self._rows[at + 1 :]])


@dataclass(frozen=True, slots=True)
class Rest:
    """A text that goes on where a line says how much of it follows."""

    line: int
    text: str
    field: str
    start: int


@dataclass(frozen=True, slots=True)
class Document:
    """Wrapped lines, the numbers of those with a match, and where more can be laid out."""

    lines: Lines = field(default_factory=Lines)
    matches: Sequence[int] = ()
    rests: Sequence[Rest] = ()

    def with_more(self, rest: Rest, more: Document) -> Document:
        """Return the document with `more` in the place of the line of one of its rests."""
        at, by = rest.line, len(more.lines) - 1
        moved = (replace(one, line=one.line + by * (one.line > at)) for one in self.rests if one is not rest)
        return Document(
            self.lines.with_more(at, more.lines),
            sorted(
                [number + by * (number > at) for number in self.matches]
                + [number + at for number in more.matches]
            ),
            (*moved, *(replace(one, line=one.line + at) for one in more.rests)),
        )


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes documents for one query and one look."""

    spans: Callable[[str, str], Sequence[tuple[int, int]]]
    inks: DocumentInks
    glyphs: Glyphs

    def compose(self, entry: Entry, width: int, console: Console) -> Document:
        """Lay a paper out in lines of `width` cells."""
        return self._laid_out(self._paragraphs(entry, max(1, width)), width, console)

    def more(self, rest: Rest, width: int, console: Console) -> Document:
        """Lay out how a text goes on, to stand in the place of the line that tells of it."""
        return self._laid_out(self._text(rest.text, rest.field, rest.start), width, console)

    def _laid_out(self, paragraphs: Iterable[Text | Rest], width: int, console: Console) -> Document:
        lines: list[Text] = []
        rests: list[Rest] = []
        for paragraph in paragraphs:
            if isinstance(paragraph, Rest):
                rests.append(replace(paragraph, line=len(lines)))
                words = (
                    f"{self.glyphs.ellipsis} and {len(paragraph.text) - paragraph.start:,} more characters"
                )
                lines.append(Text(words, self.inks.aside))
            else:
                lines += paragraph.wrap(console, max(1, width), overflow="fold") if paragraph else [Text()]
        matches = [
            number
            for number, line in enumerate(lines)
            if any(span.style is self.inks.match for span in line.spans)
        ]
        return Document(Lines.of(lines), matches, rests)

    def _paragraphs(self, entry: Entry, width: int) -> list[Text | Rest]:
        paper, marks, inks = entry.paper, entry.marks, self.inks
        head = [
            self._matched(self._cut(paper.title), "title", inks.title),
            self._authors(paper),
            *self._details(paper),
            self._marks(marks),
        ]
        parts: list[Text | Rest] = [*(one for one in head if one), Text(), *self._abstract(paper)]
        if found := links(paper):
            parts += [Text(), self._heading("Links", width)]
            parts += [self._link(number, *link) for number, link in enumerate(found, 1)]
        if said := said_by_sources(entry):
            parts += [Text(), self._heading("Edited; the sources say", width)]
            parts += [Text(f"{field}: {text[:MAX_TITLE]}") for field, text in said]
        if marks.note:
            parts += [Text(), self._heading("Note", width)]
            parts += self._text(marks.note, "note")
        return [*parts, *self._whole(paper, width)]

    def _whole(self, paper: Paper, width: int) -> Iterator[Text | Rest]:
        """Yield what was cut at the top."""
        if len(paper.title) > MAX_TITLE:
            yield from (Text(), self._heading("Whole title", width))
            yield from self._text(paper.title, "title")
        if (number := len(paper.authors)) > MAX_AUTHORS:
            yield from (Text(), self._heading(f"All {number:,} authors", width))
            yield from self._text(", ".join(author.name for author in paper.authors), "author")

    def _cut(self, title: str) -> str:
        return title if len(title) <= MAX_TITLE else f"{title[:MAX_TITLE]}{self.glyphs.ellipsis}"

    def _authors(self, paper: Paper) -> Text:
        names = [author.name for author in paper.authors[:MAX_AUTHORS]]
        text = self._matched(", ".join(names), "author", self.inks.author)
        if (more := len(paper.authors) - len(names)) > 0:
            text.append(f" +{more:,} more", self.inks.aside)
        if not names and paper.author_count:
            text.append(plural(paper.author_count, "author"), self.inks.author)
        return text

    def _details(self, paper: Paper) -> list[Text]:
        where = self._joined(
            [
                self._matched(paper.organization or "", "org", self.inks.detail),
                Text(shown_date(paper.published), self.inks.detail),
                self._matched(_venue(paper), "venue", self.inks.detail),
            ]
        )
        ids = self._joined([Text(text, self.inks.detail) for text in _identifiers(paper)])
        numbers = self._joined([Text(text, self.inks.detail) for text in _numbers(paper)])
        return [where, ids, numbers]

    def _marks(self, marks: Marks) -> Text:
        glyphs, states = self.glyphs, []
        if marks.bookmarked:
            states.append(f"{glyphs.bookmark} bookmarked")
        if marks.status is not Status.UNREAD:
            states.append(f"{glyphs.status(marks.status)} {marks.status}".strip())
        if marks.rating:
            states.append(f"rated {marks.rating}/5")
        line = self._joined([Text(state, self.inks.state) for state in states])
        for tag in marks.tags:
            line.append("  " if line else "").append(f"#{tag}", self.inks.tag)
        return line

    def _abstract(self, paper: Paper) -> list[Text | Rest]:
        if not paper.abstract:
            return [Text("No abstract is known.", self.inks.aside)]
        parts = self._text(paper.abstract, "abstract")
        if paper.abstract_note:
            parts += [Text(), Text(paper.abstract_note, self.inks.aside)]
        return parts

    def _text(self, text: str, field: str, start: int = 0) -> list[Text | Rest]:
        end = _cut(text, start)
        lines: list[Text | Rest] = [
            *self._matched(text[start:end], field, Style.null()).split("\n", allow_blank=True)
        ]
        if end < len(text):
            lines.append(Rest(0, text, field, end))
        return lines

    def _heading(self, words: str, width: int) -> Text:
        return Text(f"{words} ".ljust(width, self.glyphs.rule), self.inks.heading)

    def _link(self, number: int, name: str, address: str) -> Text:
        click = Style(meta={"@click": f"screen.open_link({number - 1})"})
        line = Text(f"{number} {name}  ", self.inks.detail)
        return line.append(address, self.inks.link + click)

    def _matched(self, text: str, field: str, style: Style) -> Text:
        shown = Text().append(text, style)
        for start, end in self.spans(text, field) if text else ():
            shown.stylize(self.inks.match, start, end)
        return shown

    def _joined(self, texts: Sequence[Text]) -> Text:
        return Text(self.glyphs.dot, self.inks.detail).join([text for text in texts if text])


def _cut(text: str, start: int) -> int:
    """Return where a text may be cut when its next piece is laid out: after a line, else a word."""
    end = start + MAX_TEXT
    if end >= len(text):
        return len(text)
    for mark in "\n ":
        if (at := text.rfind(mark, end - _NEAR, end)) > 0:
            return at + 1
    return end


def _venue(paper: Paper) -> str:
    volume = " ".join(filter(None, [paper.volume, paper.issue and f"({paper.issue})"]))
    return ", ".join(filter(None, [paper.venue, volume, paper.pages and f"pp. {paper.pages}"]))


def _identifiers(paper: Paper) -> list[str]:
    return [
        *([f"arXiv {paper.arxiv_id}"] if paper.arxiv_id else []),
        *([f"doi {paper.doi}"] if paper.doi else []),
        *([" ".join(paper.categories)] if paper.categories else []),
    ]


def _numbers(paper: Paper) -> list[str]:
    return [
        *([plural(paper.upvotes, "upvote")] if paper.upvotes else []),
        *([plural(paper.comments, "comment")] if paper.comments else []),
        *([plural(paper.stars, "star")] if paper.stars else []),
        *([f"listed {shown_date(paper.featured[-1])}"] if paper.featured else []),
    ]
