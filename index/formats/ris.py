"""Reads RIS files: our own, and those of Zotero, Mendeley, EndNote, publishers and databases.

A line begins with a tag of two characters, two blanks and a hyphen; lines without one go on with the value
before. A record begins with `TY` and ends with `ER`. Blanks are taken less strictly where the tag is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from papers_tui.index import identity
from papers_tui.index.formats import ris_fields
from papers_tui.index.formats.csl_text import without_markup
from papers_tui.index.formats.italics import italics_of_html
from papers_tui.index.formats.items import Item, Rejected, Remark
from papers_tui.index.formats.losses import Losses, quoted
from papers_tui.index.formats.name_lists import People
from papers_tui.index.formats.reference_ids import is_citation_key
from papers_tui.index.formats.references import Reference, folded, pages_of
from papers_tui.index.paper import Kind
from papers_tui.index.text import MAX_FIELD, clean_line, readable, readable_line

NAME: Final = "ris"

_TAG: Final = re.compile(
    r"[ \t]*([A-Za-z][A-Za-z0-9])(?:(?P<gap>[ \t]{0,4})-(?:[ \t]|$)|(?P<tight>  )-(?=[^\s-]))(.*)"
)
_KNOWN_TAGS: Final = (
    "TY ER A1 A2 A3 A4 AB AD AN AU BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DI DO DP ED EP ET"
    " FD H1 H2 ID IS J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP RT"
    " SE SN SP SR ST SV T1 T2 T3 TA TI TT U1 U2 U3 U4 U5 UR VL VO WP WT WV Y1 Y2"
)
_KNOWN: Final = frozenset(_KNOWN_TAGS.split())
_TWO_IN_ONE: Final = re.compile(r"([ \t]*ER {0,3}-)[ \t]*(?=TY {0,3}-(?: |$))")
_MAX_LINES: Final = 200_000

Values = dict[str, list[str]]


def items(text: str, source: str) -> Iterator[Item]:
    r"""Yield the entries of a file whose lines end in `\n`, and what could not be read."""
    losses = Losses("record", "records")
    record = _Record(1, losses)
    strangers = 0
    for number, line in _lines(text):
        tag, value = _tagged(line)
        if tag == "TY" or (not record.is_open and tag is not None and tag != "ER"):
            yield from record.items(source)
            record = _Record(number, losses)
            record.is_open = True
        if record.is_open:
            record.add(line, tag, value)
        elif line.strip() and tag is None:
            strangers += 1
        if tag == "ER":
            yield from record.items(source)
            record = _Record(number + 1, losses)
    if record.is_open:
        last = record.line
        yield from record.items(source)
        yield Remark(f"the record of line {last} has no end: the file may be cut")
    if strangers:
        yield Remark(f"lines outside of records, passed over: {strangers:,}")
    yield from losses.remarks()


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines with their numbers; one that ends a record and begins the next is two."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := _TWO_IN_ONE.match(line):
            yield number, found[1]
            yield number, line[found.end(1) :].strip()
        else:
            yield number, line


def _tagged(line: str) -> tuple[str | None, str]:
    """Return the tag and the value of a line, or None and the line where it has no tag."""
    found = _TAG.match(line)
    if found is None:
        return None, line
    tag = found[1].upper()
    is_strict = "  " in {found["gap"], found["tight"]} and found[1].isupper()
    if not is_strict and tag not in _KNOWN:
        return None, line
    if not is_strict and found["gap"] != "  " and not (found[1].isupper() and tag in _KNOWN):
        return None, line
    return tag, found[4].strip()


class _Record:
    """A record that is being read."""

    def __init__(self, line: int, losses: Losses) -> None:
        self.line = line
        self._losses = losses
        self.is_open = False
        self._values: Values = {}
        self._last: list[str] | None = None
        self._lines: list[str] = []

    def add(self, line: str, tag: str | None, value: str) -> None:
        self._lines.append(line)
        if tag is not None:
            self._last = self._values.setdefault(tag, [])
            self._last.append(value)
        elif self._last is not None and self._last:
            if self._last is self._values.get("KW") and line.strip():
                self._last.append(line.strip())
            else:
                self._last[-1] = (
                    self._last[-1] + "\n" + line if len(self._lines) < _MAX_LINES else self._last[-1]
                )

    def items(self, source: str) -> Iterator[Item]:
        if not self.is_open:
            return
        self.is_open = False
        raw = "\n".join(self._lines).strip()
        try:
            reference = reference_of(self._values)
            entry = reference.entry(f"{NAME}:{source}")
        except ValueError as error:
            yield Rejected(f"line {self.line}", str(error), raw)
            return
        self._losses.fields(tag for tag in self._values if self._is_lost(tag))
        for doubt in reference.doubts:
            self._losses.doubt(doubt, self.line)
        yield entry

    def _is_lost(self, tag: str) -> bool:
        return not ris_fields.is_known(tag) and any(value.strip() for value in self._values[tag])


def reference_of(values: Values) -> Reference:
    """Return what a record says, by its tags. Raises ValueError where a text of it is too long."""
    texts = _texts(values)
    sort = texts.get("TY", "").upper()
    kind = ris_fields.KINDS.get(sort, Kind.OTHER)
    title_tag = _first(texts, "TI", "T1", "CT", *(("BT", "T2") if kind is Kind.BOOK else ()), "ST", "TT")
    venue_tag, names_of_venue = ris_fields.venue_of(sort, texts, title_tag)
    dated = ris_fields.published(texts)
    people = People(name for tag in ("AU", "A1") for text in values.get(tag, []) for name in text.split("\n"))
    others, lost = _others(sort, values)
    details = ris_fields.details_of(sort, texts) | names_of_venue | others
    details["status"] = dated.status
    title = readable_line(clean_line(texts.get(title_tag, "")))
    details["italics"] = italics_of_html(texts.get(title_tag, ""), title, readable_line)
    reference = Reference(
        title=title,
        authors=people.authors,
        has_more_authors=people.has_more,
        kind=kind,
        published=dated.day,
        abstract=readable(without_markup(texts.get("AB") or texts.get("N2", ""))),
        venue=readable_line(clean_line(texts.get(venue_tag, ""))),
        volume=texts.get("VL", "") or texts.get("VO", ""),
        issue=texts.get("IS", ""),
        pages=_pages(texts),
        publisher=texts.get("PB", ""),
        details={name: readable_line(clean_line(text)) for name, text in details.items()},
        arxiv=next((found for text in values.get("AN", []) if (found := identity.arxiv_id(text))), None),
        doi=_doi(values),
        addresses=_addresses(values),
        tags=_tags(values.get("KW", [])),
        notes=[note for tag in ("N1", "RN", "M2") for note in values.get(tag, [])],
        key=texts["ID"] if is_citation_key(texts.get("ID", "")) else "",
        extra=[text for tag in ("M1", "C1", "C7", "IS") for text in values.get(tag, [])],
        doubts=people.doubts + [dated.doubt] * bool(dated.doubt) + lost,
    )
    _read_numbers(reference, sort, texts)
    _add_doubts(reference, texts)
    reference.doubts += [f"of several {tag} the first is kept" for tag in _repeated(values)]
    return reference


def _repeated(values: Values) -> list[str]:
    """Return the tags that have several values where only one can be kept."""
    return [
        tag
        for tag in sorted(ris_fields.SINGLE)
        if len({value.strip() for value in values.get(tag, []) if value.strip()}) > 1
    ]


def _texts(values: Values) -> dict[str, str]:
    """Return the first text of each tag that has one. Raises ValueError where they are too long."""
    texts = {
        tag: folded(value) for tag, found in values.items() for value in reversed(found) if value.strip()
    }
    if sum(map(len, texts.values())) > MAX_FIELD:
        raise ValueError(f"it has more than {MAX_FIELD:,} characters")
    return texts


def _addresses(values: Values) -> list[str]:
    tags = ("UR", "L1", "L2", "LK")
    return [word for tag in tags for text in values.get(tag, []) for word in text.split()]


def _read_numbers(reference: Reference, sort: str, texts: dict[str, str]) -> None:
    """Tell pages from their number, and what an article has for its issue."""
    if sort in ris_fields.WITH_TOTAL and reference.pages.isdecimal():
        reference.details["page_total"], reference.pages = reference.pages, ""
    if "M1" in texts and sort in ris_fields.NUMBERED and texts["M1"] != reference.details["number"]:
        reference.doubts.append("M1 is not kept beside SN")
    number = texts.get("M1", "") if reference.kind is Kind.ARTICLE else ""
    if not number or number == reference.details["article_number"] or "arxiv" in number.lower():
        return
    if reference.issue:
        reference.doubts.append("M1 is not kept beside IS")
    else:
        reference.issue = number


def _add_doubts(reference: Reference, texts: dict[str, str]) -> None:
    """Keep what tags for something else hold, and say what is not kept."""
    if "AB" in texts and texts.get("N2", "") not in texts["AB"]:
        reference.notes.append(texts["N2"])
    if "DO" in texts and reference.doi is None:
        reference.doi = texts["DO"]
    if "SE" in texts and reference.kind is Kind.ARTICLE and not reference.pages:
        reference.pages = pages_of(texts["SE"])
    reference.doubts += [
        f"no date is read from {quoted(texts[tag])}"
        for tag, name in (("Y2", "accessed"), ("OP", "original_date"))
        if texts.get(tag, "").strip("/ ") and not reference.details.get(name)
    ]
    if texts.get("AN") and reference.arxiv is None:
        reference.doubts.append("an accession number is not kept")


def _others(sort: str, values: Values) -> tuple[dict[str, str], list[str]]:
    """Return editors and translators, and what is not kept. The second author of a book edits its series."""
    tags = ["A3", "ED", "A2"] if ris_fields.KINDS.get(sort) is Kind.BOOK or sort == "EDBOOK" else ["ED", "A2"]
    named = [tag for tag in tags if any(name.strip() for name in values.get(tag, []))]
    doubts = [f"{tag} is not kept beside {named[0]}" for tag in named[1:] if values[tag] != values[named[0]]]
    if "A3" not in tags and any(values.get("A3", [])):
        doubts.append("the editors of a series are not kept: A3")
    translators = [name for tag in ("A4", "TA") for name in values.get(tag, [])]
    editors = People(values.get(named[0], [])) if named else People()
    return {"editors": editors.detail(), "translators": People(translators).detail()}, doubts


def _pages(texts: dict[str, str]) -> str:
    pages = texts.get("SP", "")
    if (last := texts.get("EP", "")) and last != pages and not re.search(r"\d\s*[-–]", pages):
        pages = f"{pages}–{last}" if pages else last
    return pages_of(pages)


def _tags(keywords: list[str]) -> list[str]:
    """Tell keywords apart: each has a line of its own, but for programs that put all of them into one."""
    is_list = len(keywords) == 1 and keywords[0].count(",") > 1 and ";" not in keywords[0]
    separator = "," if is_list else ";"
    return [clean_line(part) for text in keywords for part in text.split(separator)]


def _first(texts: dict[str, str], *tags: str) -> str:
    return next((tag for tag in tags if tag in texts), "")


def _doi(values: Values) -> str | None:
    for tag in ("DO", "DI", "M3", "L3", "UR"):
        for text in values.get(tag, []):
            if found := identity.doi(text):
                return found
    return None
