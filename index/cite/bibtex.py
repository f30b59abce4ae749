"""BibTeX and BibLaTeX records.

Preprints have the form that arXiv itself offers (`@misc` with `eprint`), with the DOI and the address;
what appeared in a journal or in proceedings is an `@article` or `@inproceedings` that keeps its `eprint`.
The names of authors are written with TeX's accents for BibTeX, which knows no UTF-8, and as they are for
biber. The user's notes go to `annote`, which no standard style prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from papers_tui.index.authors import Author
from papers_tui.index.cite import tex
from papers_tui.index.cite.bib_entries import (
    biblatex_details,
    biblatex_type,
    bibtex_details,
    bibtex_type,
    for_unpublished,
    in_label,
    with_note,
)
from papers_tui.index.cite.dates import MONTH_MACROS, parts
from papers_tui.index.cite.emphasis import one_line
from papers_tui.index.cite.names import Byline, is_whole, unnamed
from papers_tui.index.cite.tex_accents import accented
from papers_tui.index.cite.work import Work
from papers_tui.index.paper import Kind, Marks, Status

_VERBATIM_UNSAFE: Final = re.compile(r"[{}\\\"]")
_SEPARATORS: Final = re.compile(r",|(?<!\S)and(?!\S)", re.IGNORECASE)
"""What parts names and their parts."""
Part = Callable[[str], str]
"""Writes a part of a name."""

_PRINTED: Final = frozenset(
    (
        *("editor", "series", "edition", "chapter", "school"),
        *("institution", "organization", "address", "type", "howpublished"),
    )
)
"""What BibTeX's own styles print besides."""

_CONTAINERS: Final = {Kind.ARTICLE: "journal", Kind.INPROCEEDINGS: "booktitle"}


def _for_bibtex(text: str) -> str:
    """Brackets are braced, as natbib ends labels at them; so are dashes alone, which make no name."""
    written = accented(in_label(_for_biber(text)))
    return written if any(map(str.isalnum, text)) else f"{{{written}}}"


def _for_biber(text: str) -> str:
    return _SEPARATORS.sub(r"{\g<0>}", tex.escape(text))


def bibtex(work: Work, marks: Marks | None = None) -> str:
    """Return one BibTeX record, in the form of arXiv's own export.

    What stands in place of a year, as `in press`, is its year; where there is one, BibLaTeX's `pubstate`.
    """
    paper = work.paper
    date = parts(work.date)
    fields = {
        **_common(work, _for_bibtex),
        **bibtex_details(work, partial(authors, part=_for_bibtex)),
        "year": work.year() or _in_place_of_year(work.status),
        "month": MONTH_MACROS[date[1] - 1] if len(date) > 1 else "",
        "day": str(date[2]) if len(date) > 2 and work.is_in_newspaper else "",
        "pubstate": tex.typeset(work.status) if date else "",
        "eprint": _verbatim(paper.arxiv_id or ""),
        "archivePrefix": "arXiv" if paper.arxiv_id else "",
        "primaryClass": _primary_class(work),
        "doi": _verbatim(work.doi),
        "url": _verbatim(work.url),
        **_remarks(work, marks, "annote"),
    }
    kind = bibtex_type(work)
    fields = with_note(kind, fields, has_notes=bool(fields["annote"]))
    return _record(kind, work.key, for_unpublished(kind, fields, work))


def scholar(work: Work, marks: Marks | None = None) -> str:
    """Return one BibTeX record in Google Scholar's form: preprints are articles of `arXiv preprint …`.

    It has what BibTeX's own styles print alone, and the number of an article as its pages.
    """
    further = bibtex_details(work, partial(authors, part=_for_bibtex))
    fields = {
        **_common(work, _for_bibtex),
        **{name: text for name, text in further.items() if name in _PRINTED},
        "year": work.year() or _in_place_of_year(work.status),
        **_remarks(work, marks, "annote"),
    }
    fields["pages"] = fields["pages"] or further["eid"]
    kind = bibtex_type(work)
    if work.kind is Kind.PREPRINT and work.eprint:
        kind = "article"
        fields["journal"] = tex.escape(f"arXiv preprint {work.eprint}")
    return _record(kind, work.key, for_unpublished(kind, fields, work))


def biblatex(work: Work, marks: Marks | None = None) -> str:
    """Return one BibLaTeX record: dates as they are known, a preprint as `@online`."""
    paper = work.paper
    common = _common(work, _for_biber)
    fields = {"journaltitle" if name == "journal" else name: text for name, text in common.items()}
    fields = {"ids": ",".join(work.second_keys), **fields}
    if work.kind is Kind.ARTICLE and work.issue and not any(map(str.isdigit, work.issue)):
        fields["issue"] = fields.pop("number")
    fields |= {
        **biblatex_details(work, partial(authors, part=_for_biber)),
        "date": work.date or "",
        "eprint": _verbatim(paper.arxiv_id or ""),
        "eprinttype": "arXiv" if paper.arxiv_id else "",
        "eprintclass": _primary_class(work),
        "doi": _verbatim(work.doi),
        "url": _verbatim(work.url),
        **_remarks(work, marks, "annotation"),
    }
    if work.kind is Kind.PREPRINT:
        fields["pubstate"] = "prepublished"
    kind = biblatex_type(work)
    return _record(kind, work.key, with_note(kind, fields, has_notes=bool(fields["annotation"])))


def _common(work: Work, part: Part) -> dict[str, str]:
    """Return the fields that every paper may have, in the order in which they are written."""
    is_deposited = work.kind is Kind.PREPRINT and bool(work.eprint)
    has_publisher = not is_deposited and work.publisher != work.institution
    number = work.issue if work.kind is Kind.ARTICLE else work.number or work.issue
    return {
        "title": tex.title(work.title, work.detail("protected").split(), work.detail("italics")),
        "author": authors(work.byline, part),
        "editor": "",
        **_container(work, is_deposited=is_deposited),
        "series": "",
        "volume": tex.typeset(work.volume),
        "number": tex.typeset(number).replace("–", "--"),
        "edition": "",
        "chapter": "",
        "pages": tex.typeset(work.page_range).replace("–", "--"),
        "eid": "",
        "publisher": tex.typeset(work.publisher) if has_publisher else "",
    }


def _container(work: Work, *, is_deposited: bool) -> dict[str, str]:
    """Return the journal or the book, and how it was published; a type of its own has its place elsewhere."""
    how = tex.typeset(work.detail("how_published"))
    place = tex.typeset(work.venue)
    if work.kind in _CONTAINERS:
        return {_CONTAINERS[work.kind]: place, "howpublished": how}
    has_place = work.kind is Kind.OTHER and not work.cited_type
    is_kept = has_place or (work.kind is Kind.PREPRINT and not is_deposited)
    return {"howpublished": how or (place if is_kept else "")}


def _in_place_of_year(status: str) -> str:
    """Return `in press` as it is, and a sign at its start kept from natbib, which has some."""
    written = in_label(tex.typeset(status))
    return written if not written or written[0].isalnum() else f"{{}}{written}"


def _remarks(work: Work, marks: Marks | None, note_field: str) -> dict[str, str]:
    tags = marks.tags if marks else ()
    return {
        "note": tex.escape(unnamed(work.paper)),
        "keywords": tex.escape(", ".join(one_line(tag) for tag in tags)),
        note_field: tex.escape(one_line(marks.note)) if marks else "",
        "abstract": tex.escape(one_line(work.paper.abstract)) if marks else "",
        **(_states(marks) if marks else {}),
    }


def _states(marks: Marks) -> dict[str, str]:
    """Return the reading state and the rating as JabRef keeps them: no style prints them."""
    return {
        "readstatus": {Status.READ: "read", Status.READING: "skimmed"}.get(marks.status, ""),
        "ranking": f"rank{marks.rating}" if marks.rating else "",
    }


def authors(byline: Byline, part: Part) -> str:
    """Return the names as BibTeX reads them: `Du, Xinrun and {Gemma Team} and others`."""
    names = [name(author, part) for author in byline.names]
    return " and ".join([*names, "others"] if byline.is_partial else names)


def name(author: Author, part: Part) -> str:
    """Return one name; braces keep together what is not to be taken apart, as `and` and commas would."""
    if author.is_family_first and part is _for_bibtex and not {" ", ","} & {*author.name}:
        return f"{part(author.family)}{{}}{part(author.given)}"  # one word for BibTeX, two parts for readers
    if is_whole(author) and not (author.is_family_first and part is _for_biber):
        whole = one_line(author.name)
        is_kept = " " in whole or "," in whole or whole == "others"
        return f"{{{part(whole)}}}" if is_kept else part(whole)
    suffix = author.suffix.replace(",", " ")  # biber would count the comma, braces or not
    words = [one_line(word) for word in (author.family, suffix, author.given)]
    return ", ".join(part(word) for word in words if word)


def _primary_class(work: Work) -> str:
    paper = work.paper
    return tex.escape(one_line(paper.categories[0])) if paper.arxiv_id and paper.categories else ""


def _verbatim(text: str) -> str:
    """Return an address as it is, but for characters that would end the field."""
    return _VERBATIM_UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", text)


def _record(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {field} = {_value(field, text)}" for field, text in fields.items() if text]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}"


def _value(field: str, text: str) -> str:
    return text if field == "month" else f"{{{text}}}"
