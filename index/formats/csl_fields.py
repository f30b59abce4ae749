"""What types and variables of CSL mean (https://docs.citationstyles.org, appendices III and IV)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from papers_tui.index.details import TYPES as SORTS
from papers_tui.index.formats.bibtex_fields import thesis_of
from papers_tui.index.paper import Kind

KINDS: Final = {
    **dict.fromkeys(
        ("article-journal", "article-magazine", "article-newspaper", "review", "review-book"), Kind.ARTICLE
    ),
    "paper-conference": Kind.INPROCEEDINGS,
    **dict.fromkeys(("book", "classic"), Kind.BOOK),
    "article": Kind.PREPRINT,
}
TYPES: Final = {
    "article-newspaper": "newspaper",
    "article-magazine": "magazine",
    **dict.fromkeys(("chapter", "entry", "entry-dictionary", "entry-encyclopedia"), "incollection"),
    "collection": "collection",
    "pamphlet": "booklet",
    "thesis": "thesis",
    "report": "report",
    "manuscript": "unpublished",
    **dict.fromkeys(("webpage", "post", "post-weblog"), "online"),
    "software": "software",
    "dataset": "dataset",
    "patent": "patent",
    "standard": "standard",
    "speech": "speech",
}
"""The sorts of publication, of `papers_tui.index.details.TYPES`, that types of items are."""

_OTHER_TYPES: Final = (
    "bill broadcast document event figure graphic hearing interview legal_case legislation map motion_picture"
    " musical_score performance periodical personal_communication regulation song treaty"
)
TYPE_NAMES: Final = frozenset((*KINDS, *TYPES, *_OTHER_TYPES.split()))
"""Every type of items."""

_PLAIN: Final[Mapping[str, tuple[str, ...]]] = {
    "genre": ("genre",),
    "chapter": ("chapter-number",),
    "edition": ("edition",),
    "series": ("collection-title",),
    "volumes": ("number-of-volumes",),
    "address": ("publisher-place",),
    "event": ("event-title", "event"),
    "event_place": ("event-place",),
    "short_venue": ("container-title-short", "journalAbbreviation", "short-container-title"),
    "isbn": ("ISBN",),
    "issn": ("ISSN",),
    "language": ("language",),
    "version": ("version",),
    "page_total": ("number-of-pages",),
    "organization": ("authority",),
}
"""The details that variables hold, the first that is there."""

_OURS: Final = ("collaboration", "organization", "how_published", "remark", "type")
"""Details that our own exports keep as `custom`, for want of a variable."""

_READ_ELSEWHERE: Final = (
    "id type title title-short author editor translator issued abstract container-title volume issue page"
    " publisher DOI URL citation-key keyword note annote status number collection-number archive"
    " archive_location accessed original-date custom categories"
)
_TECHNICAL: Final = (
    "alternative-id assertion citation-label citation-number container-title-html content-domain created"
    " deposited first-reference-note-number funder indexed institution-id is-referenced-by-count isbn-type"
    " issn-type journal-issue library-catalog license link locator member page-first posted prefix"
    " published published-online published-print reference reference-count references-count relation"
    " resource score short-container-title short-title shortTitle source subject subtitle update-policy"
    " year-suffix"
)
_KNOWN: Final = (
    frozenset(_READ_ELSEWHERE.split())
    | frozenset(_TECHNICAL.split())
    | {name for names in _PLAIN.values() for name in names}
)


def is_known(name: str) -> bool:
    """Tell whether a variable is read, or is the business of the program that wrote it alone."""
    return name in _KNOWN or name.startswith("_")


def details_of(kind: str, texts: Mapping[str, str], custom: Mapping[str, str]) -> dict[str, str]:
    """Return the details that an item of a type has by its variables, but for people and dates."""
    found = {
        detail: next((texts[name] for name in names if texts.get(name)), "")
        for detail, names in _PLAIN.items()
    }
    found["type"] = TYPES.get(kind, "")
    if found["type"] == "thesis":
        found["type"] = thesis_of(found["genre"])
    found |= {name: text for name in _OURS if (text := custom.get(name, ""))}
    if found["type"] not in SORTS:
        found["type"] = TYPES.get(kind, "")
    number = texts.get("number", "")
    if KINDS.get(kind) is Kind.ARTICLE or (kind == "paper-conference" and not texts.get("page")):
        found["article_number"] = number
    elif KINDS.get(kind) is not Kind.PREPRINT:
        found["number"] = number
    found["number"] = texts.get("collection-number") or found.get("number", "")
    if found["event"] == texts.get("container-title"):
        found["event"] = ""
    if found["short_venue"] == texts.get("container-title"):
        found["short_venue"] = ""
    return found
