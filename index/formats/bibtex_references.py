"""An entry of BibTeX or BibLaTeX as a reference: what its fields say, and which of them are not kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from papers_tui.index import identity
from papers_tui.index.cite.bib_entries import is_repeated
from papers_tui.index.details import named_people
from papers_tui.index.formats import bibtex_fields, bibtex_marks, bibtex_names
from papers_tui.index.formats.bibtex_braces import protected_words
from papers_tui.index.formats.bibtex_text import shown, verbatim
from papers_tui.index.formats.italics import italics
from papers_tui.index.formats.journal_macros import with_journals
from papers_tui.index.formats.losses import quoted
from papers_tui.index.formats.reference_dates import Dating, dating
from papers_tui.index.formats.references import Reference, folded, pages_of
from papers_tui.index.paper import Kind
from papers_tui.index.text import clean_line

_TITLES: Final = ("title", "maintitle", "booktitle", "chapter", "shorttitle")
_JOURNALS: Final = ("journal", "journaltitle")
_PREPUBLISHED: Final = frozenset({"prepublished", "preprint"})
_SAID_ELSEWHERE: Final = frozenset({"location", "langid", "hyphenation", "shortseries"})
"""Fields whose text another field has, or which are read apart where both are there."""

_REPEATED: Final = (
    "type",
    "number",
    "version",
    "publisher",
    "institution",
    "eventtitle",
    "venue",
    "organization",
)
"""Fields that exports of programs, data, talks, patents and standards repeat in `howpublished`."""

_STATES: Final = {"inpress": "in press", "inpreparation": "in preparation"}
_GENRES: Final = {
    **dict.fromkeys(("phdthesis", "mathesis", "bathesis", "software"), ""),
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
}
"""What BibLaTeX prints for the names of types; nothing where the sort of the work says it."""

Fields = Mapping[str, str]


def reference_of(kind: str, fields: Fields) -> tuple[Reference, list[str]]:
    """Return what an entry of a type says, and the names of the fields that are not kept."""
    return _Reading(kind, fields).reference()


class _Reading:
    """One entry that is being read."""

    def __init__(self, kind: str, fields: Fields) -> None:
        self._kind = kind
        self._fields = fields
        self._details: dict[str, str] = {}
        self._lost: list[str] = []
        self._doubts: list[str] = []
        self._sort = bibtex_fields.type_of(kind, self._text("type"))

    def reference(self) -> tuple[Reference, list[str]]:
        fields = self._fields
        title_name, venue_name = self._names()
        dated = self._published()
        self._read_details({title_name, venue_name}, dated)
        found = bibtex_names.authors(fields.get("author", ""))
        self._doubts += found.doubts
        reference = Reference(
            title=self._title(title_name),
            authors=found.authors,
            has_more_authors=found.has_more,
            kind=self._paper_kind(),
            published=dated.day,
            abstract=folded(shown(fields.get("abstract", ""))),
            venue=self._venue(venue_name),
            volume=self._text("volume"),
            issue=self._text("number") or self._text("issue"),
            pages=pages_of(self._text("pages")),
            publisher=self._text("publisher"),
            details=self._details,
            arxiv=self._arxiv(),
            doi=self._identifier("doi", identity.doi),
            categories=self._categories(),
            addresses=_addresses(fields),
            tags=bibtex_marks.tags(fields),
            notes=bibtex_marks.notes(self._kind, fields),
            status=bibtex_marks.status(fields),
            rating=bibtex_marks.rating(fields),
            extra=[fields.get(name, "") for name in ("howpublished", "journal")],
            doubts=self._doubts,
            second_keys=_keys(fields.get("ids", "")),
        )
        if printed := bibtex_marks.printed_note(self._kind, fields):
            reference.add_remark(printed)
        self._keep_odd_numbers(reference)
        lost = [name for name in fields if not bibtex_fields.is_known(name) and self._text(name)]
        return reference, [name for name in [*lost, *self._lost] if name != title_name]

    def _names(self) -> tuple[str, str]:
        """Return the fields of the title and of the venue."""
        venue_name = self._venue_name()
        title_name = next((name for name in _TITLES if self._text(name)), "title")
        if self._sort == "inbook" and not venue_name:
            title_name, venue_name = self._of_a_book(title_name)
        return title_name, "" if title_name == venue_name else venue_name

    def _of_a_book(self, title_name: str) -> tuple[str, str]:
        """Return the fields of title and venue where BibTeX's own `@inbook` has but the title of the book.

        Some publishers put the title of the chapter where its number should be; else it is a book to be cited
        by its chapter.
        """
        chapter = self._text("chapter")
        if title_name == "title" and len(chapter.split()) > 1 and any(map(str.isalpha, chapter)):
            self._doubts.append(f"the chapter {quoted(chapter)} is taken for the title of the work")
            return "chapter", "title"
        self._sort = ""
        return title_name, ""

    def _text(self, name: str) -> str:
        value = self._fields.get(name, "")
        return shown(value).strip() if value else ""

    def _title(self, name: str) -> str:
        """Return the title, with what BibLaTeX keeps apart as the subtitle."""
        return _with_subtitle(self._text(name), self._text("subtitle") if name == "title" else "")

    def _venue_name(self) -> str:
        """Return the field that names the place, of which `howpublished` often has an address."""
        names = [*_JOURNALS, "booktitle", "eventtitle", "shortjournal"]
        if not self._sort and self._kind in {"misc", "preprint", "article"} and not self._repeats():
            names.append("howpublished")
        if self._kind in {"inproceedings", "conference"} or self._sort in {"incollection", "inbook"}:
            names += ["series", "organization"]
        if self._sort not in {"incollection", "inbook", "proceedings"}:
            names.append("venue")
        title = self._text("title")
        places = (name for name in names if _is_venue(self._fields.get(name, "")))
        return next((name for name in places if self._text(name) != title), "")

    def _venue(self, name: str) -> str:
        venue = shown(with_journals(self._fields.get(name, ""))).strip()
        subtitle = "journalsubtitle" if name in _JOURNALS else "booksubtitle"
        return _with_subtitle(venue, self._text(subtitle)) if name in {*_JOURNALS, "booktitle"} else venue

    def _paper_kind(self) -> Kind:
        if self._fields.get("pubstate", "").strip().lower() in _PREPUBLISHED or self._kind == "preprint":
            return Kind.PREPRINT
        found = bibtex_fields.KINDS.get(self._kind, Kind.OTHER)
        if not self._sort and self._kind not in bibtex_fields.KINDS:
            self._doubts.append(f"@{self._kind} is kept as some other work")
        return found

    def _read_details(self, used: set[str], dated: Dating) -> None:
        self._details["type"] = self._sort
        self._details["protected"] = protected_words(self._fields.get("title", ""))
        title = self._names()[0]
        self._details["italics"] = italics(self._fields.get(title, ""), self._title(title), shown)
        genre = self._text("type")
        self._details["genre"] = "" if genre.lower() == self._sort else _GENRES.get(genre.lower(), genre)
        for detail, names in bibtex_fields.DETAILS.items():
            self._read_detail(detail, [name for name in names if name not in used])
        for detail, names in bibtex_fields.DATES.items():
            self._read_date(detail, names)
        for detail, name in (("editors", "editor"), ("translators", "translator")):
            self._read_people(detail, name)
        status = self._details["status"].lower()
        if status in _PREPUBLISHED | _STATES.keys():
            self._details["status"] = _STATES.get(status, "")
        self._details["status"] = self._details["status"] or dated.status
        self._read_places(used)
        for name, detail in (("booktitle", "book_title"), ("howpublished", "how_published")):
            is_other = name not in used and _is_venue(self._fields.get(name, ""))
            if is_other and self._text(name) != self._text("title"):
                self._details[detail] = self._text(name)
        if self._repeats():
            self._details["how_published"] = ""
        if "numpages" in self._fields and not self._details["article_number"]:
            self._details["article_number"] = _single_page(self._text("pages"))
        if addition := self._text("titleaddon"):
            self._details["remark"] = "; ".join(filter(None, (addition, self._details["remark"])))

    def _repeats(self) -> bool:
        """Whether `howpublished` says but what other fields do, or leads to an address."""
        how = self._text("howpublished")
        return "://" in how or is_repeated(how, map(self._text, _REPEATED))

    def _read_detail(self, detail: str, names: list[str]) -> None:
        texts = {name: text for name in names if (text := self._text(name))}
        self._details[detail] = next(iter(texts.values()), "")
        kept = self._details[detail]
        self._lost += [name for name, text in texts.items() if text != kept and name not in _SAID_ELSEWHERE]

    def _read_date(self, detail: str, names: tuple[str, ...]) -> None:
        text = next((text for name in names if (text := self._text(name))), "")
        found = dating(text)
        self._details[detail] = found.day or ""
        if found.doubt or found.status:
            self._doubts.append(found.doubt or f"no date is read from {quoted(text)}")

    def _read_people(self, detail: str, name: str) -> None:
        found = bibtex_names.authors(self._fields.get(name, ""))
        self._details[detail] = named_people(found.authors, has_more=found.has_more)
        self._doubts += [doubt.replace("authors", detail) for doubt in found.doubts]

    def _read_places(self, used: set[str]) -> None:
        """Tell the place of the publisher from that of the conference."""
        location, place = self._text("location"), self._text("venue") if "venue" not in used else ""
        if place:
            self._details["event_place"] = place
        elif location and location != self._details["address"]:
            self._details["event_place"] = location

    def _published(self) -> Dating:
        """Return the date, which is in one field or in several."""
        date, year, month = (self._text(name) for name in ("date", "year", "month"))
        if "~" in self._fields.get("date", ""):
            date = verbatim(self._fields["date"])  # no blank, but BibLaTeX's sign of what is not sure
        found = dating(date)
        if found.day is None and (year or month):
            if not year and month:
                self._doubts.append(f"a month without a year: {quoted(month)}")
            status, found = found.status, dating(year, month, self._text("day"))
            found = found._replace(status=found.status or status)
        elif found.day and year and not found.day.startswith(year[:4]):
            self._doubts.append(f"the date {quoted(date)} is kept, not the year {quoted(year)}")
        if found.doubt:
            self._doubts.append(found.doubt)
        return found

    def _arxiv(self) -> str | None:
        kind = self._archive()
        for name in ("arxivid", "arxiv", "eprint") if kind == "arxiv" else ("arxivid", "arxiv"):
            if value := self._identifier(name, identity.arxiv_id):
                return value
        return None

    def _identifier(self, name: str, known: Callable[[str], str | None]) -> str:
        """Return an identifier as it is, without blanks; words that are none keep theirs."""
        value = verbatim(self._fields.get(name, ""))
        return value if known(value) else self._text(name)

    def _archive(self) -> str:
        given = self._fields.get("eprinttype") or self._fields.get("archiveprefix") or "arxiv"
        return given.strip("{} ").lower()

    def _keep_odd_numbers(self, reference: Reference) -> None:
        """Keep the number in another archive than arXiv, and what `issue` has beside `number`."""
        eprint = verbatim(self._fields.get("eprint", ""))
        if eprint and self._archive() != "arxiv":
            if "://" in eprint:
                reference.addresses.append(eprint)
            else:
                reference.add_remark(f"{self._archive()}: {eprint}")
        issue = self._text("issue")
        if issue and self._text("number") and issue != self._text("number"):
            self._lost.append("issue")

    def _categories(self) -> tuple[str, ...]:
        given = self._text("primaryclass") or self._text("eprintclass") if self._arxiv() else ""
        return tuple(dict.fromkeys(part for part in re.split(r"[\s,]+", given) if part))


def _is_venue(value: str) -> bool:
    return bool(value.strip()) and not re.match(r"[\s{<]*(?:\\(?:url|href)\s*\{\s*)?[A-Za-z]+://", value)


def _with_subtitle(title: str, subtitle: str) -> str:
    if not (title and subtitle):
        return title or subtitle
    return f"{title}{'' if title.endswith(('.', '?', '!', ':')) else ':'} {subtitle}"


def _single_page(pages: str) -> str:
    """Return what stands for pages where it is one number: the article's, if its pages are counted."""
    return pages if re.fullmatch(r"\w+", pages) else ""


def _keys(text: str) -> tuple[str, ...]:
    """Return the keys of `ids`, by which documents may cite the entry, too."""
    return tuple(key for piece in text.split(",") if (key := clean_line(piece)))


def _addresses(fields: Fields) -> list[str]:
    values = [fields.get(name, "") for name in ("url", "link")]
    values += [value for name, value in fields.items() if name.startswith("bdsk-url")]
    if "http" in fields.get("howpublished", ""):
        values.append(re.sub(r"\s.*", "", fields["howpublished"][fields["howpublished"].index("http") :]))
    if not any(value.strip() for value in values):
        values = [fields.get(name, "") for name in ("ee", "adsurl", "arxivurl")]
    words = (verbatim(word) for value in values for word in value.split())
    return [word for word in words if word]
