"""What types and fields of BibTeX and BibLaTeX mean, and which fields are nobody's loss.

The names are those of btxdoc, of BibLaTeX (https://ctan.org/pkg/biblatex, sections 2.1 and 2.2), and of the
publishers and programs whose files are common.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from papers_tui.index.details import TYPES as SORTS
from papers_tui.index.paper import Kind

KINDS: Final = {
    **dict.fromkeys(
        ("article", "periodical", "suppperiodical", "review", "magazine", "newspaper"), Kind.ARTICLE
    ),
    **dict.fromkeys(("inproceedings", "conference", "paper", "inconference"), Kind.INPROCEEDINGS),
    **dict.fromkeys(("book", "mvbook", "ebook", "inbook"), Kind.BOOK),
    **dict.fromkeys(("misc", "preprint"), Kind.OTHER),
}
"""The kinds of paper that types of entries are."""

TYPES: Final = {
    **dict.fromkeys(("incollection", "inreference", "suppcollection"), "incollection"),
    **dict.fromkeys(("inbook", "bookinbook", "suppbook"), "inbook"),
    **dict.fromkeys(("proceedings", "mvproceedings"), "proceedings"),
    **dict.fromkeys(("collection", "mvcollection", "reference", "mvreference"), "collection"),
    **{name: name for name in ("booklet", "manual", "thesis", "phdthesis", "unpublished", "patent")},
    **{name: name for name in ("standard", "newspaper", "magazine")},
    **dict.fromkeys(("mastersthesis", "masterthesis", "bachelorthesis", "bachelorsthesis"), "mastersthesis"),
    **dict.fromkeys(("techreport", "report"), "report"),
    **dict.fromkeys(("online", "electronic", "www", "webpage", "website"), "online"),
    **dict.fromkeys(("software", "softwareversion", "softwaremodule", "codefragment", "program"), "software"),
    **dict.fromkeys(("dataset", "data"), "dataset"),
    **dict.fromkeys(("talk", "presentation", "speech", "lecture", "conferencetalk"), "speech"),
}
"""The finer sorts of publication, of `papers_tui.index.details.TYPES`, that types of entries are."""

DETAILS: Final[Mapping[str, tuple[str, ...]]] = {
    "article_number": (
        "eid",
        "articleno",
        "article-number",
        "articlenumber",
        "artnum",
        "art_number",
        "article_number",
    ),
    "chapter": ("chapter",),
    "edition": ("edition",),
    "series": ("series", "shortseries"),
    "volumes": ("volumes",),
    "collaboration": ("collaboration",),
    "institution": ("institution", "school", "university"),
    "organization": ("organization", "organisation"),
    "address": ("address", "location", "place"),
    "event": ("eventtitle", "conference", "eventname"),
    "short_venue": ("shortjournal", "journal-iso", "journalabbreviation", "journalabr", "shortbooktitle"),
    "status": ("pubstate",),
    "remark": ("addendum",),
    "isbn": ("isbn", "isbn-13", "isbn13", "isbn-10", "eisbn"),
    "issn": ("issn", "eissn", "issn-l", "e-issn"),
    "language": ("language", "langid", "hyphenation"),
    "version": ("version",),
    "page_total": ("pagetotal", "numpages", "pagecount"),
}
"""The details that fields hold as they are, the first that is there."""

DATES: Final = {"accessed": ("urldate", "lastchecked", "accessed"), "original_date": ("origdate", "origyear")}
"""The details that fields hold as dates."""

_READ_ELSEWHERE: Final = (
    "title subtitle titleaddon booktitle booksubtitle author editor translator year month"
    " day date journal journaltitle journalsubtitle volume number issue pages publisher type howpublished"
    " abstract doi url link eprint eprinttype archiveprefix primaryclass eprintclass arxivid arxiv keywords"
    " keyword mendeley-tags mendeley-groups groups note annote annotation addendum review comment comments"
    " readstatus read ranking rating crossref xdata venue adsurl ee arxivurl author_keywords remark remarks"
    " ids"
)
_TECHNICAL: Final = (
    "__markedentry abbrev_source_title added-at adsnote bdsk-color bibsource bibsys biburl citation_key"
    " cited-references citedby citekey citeulike-article-id creationdate date-added date-modified"
    " dateadded datemodified doc-delivery-number document_type documenturl entrysubtype execute file"
    " filename gender hash id indextitle interhash intrahash key keywords-plus label langidopts local-url"
    " modificationdate number-of-cited-references oa options orcid-numbers owner pdf posted-at presort"
    " printlen priority privnote qualityassured related relatedoptions relatedstring relatedtype"
    " research-areas researcherid-numbers shorthand shorthandintro sortkey sortname sorttitle sortyear"
    " source times-cited timestamp unique-id uniqueid usage-count-last-180-days usage-count-since-2013"
    " useprefix username web-of-science-categories web-of-science-index xref"
)
_KNOWN: Final = (
    frozenset(_READ_ELSEWHERE.split())
    | frozenset(_TECHNICAL.split())
    | {name for names in (*DETAILS.values(), *DATES.values()) for name in names}
)
_KNOWN_BEGINNINGS: Final = ("bdsk-", "index", "comment-", "citeulike-", "opt", "x-", "jabref", "acm-", "_")
_THESIS: Final = (
    ("phdthesis", re.compile(r"phd|ph\.|doct|dissertation|d\.? ?phil|thèse", re.IGNORECASE)),
    ("mastersthesis", re.compile(r"master|mathesis|m\.? ?sc|m\.? ?a\.?\b|m\.?phil|diplom", re.IGNORECASE)),
)


def is_known(name: str) -> bool:
    """Tell whether a field is read, or is the business of the program that wrote it alone."""
    return name in _KNOWN or name.startswith(_KNOWN_BEGINNINGS)


def type_of(entry_type: str, genre: str) -> str:
    """Return the sort of publication that a type of entries is, or an empty text; `genre` tells of theses."""
    found = TYPES.get(entry_type, "")
    if entry_type in {"article", "misc", "book", "incollection"} and genre.lower() in SORTS:
        return genre.lower()  # as our own exports name what a format has no type of entries for
    return thesis_of(genre) if found == "thesis" else found


def thesis_of(genre: str) -> str:
    """Return the sort of thesis that a genre is: `phdthesis`, `mastersthesis` or, of any other, `thesis`."""
    return next((name for name, pattern in _THESIS if pattern.search(genre)), "thesis")
