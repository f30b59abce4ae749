"""What types and tags of RIS mean: the specification's, and what programs and publishers make of them.

Sources: the specification of 2011 (Research Information Systems) and the tables of Zotero and EndNote, which
read one tag in different ways from type to type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from papers_tui.index import identity
from papers_tui.index.formats.bibtex_fields import thesis_of
from papers_tui.index.formats.reference_dates import Dating, dating, day_of
from papers_tui.index.paper import Kind

KINDS: Final = {
    **dict.fromkeys(("JOUR", "JFULL", "EJOUR", "MGZN", "NEWS", "INPR", "ABST"), Kind.ARTICLE),
    **dict.fromkeys(("CONF", "CPAPER"), Kind.INPROCEEDINGS),
    **dict.fromkeys(("BOOK", "EBOOK", "SER"), Kind.BOOK),
}
TYPES: Final = {
    "NEWS": "newspaper",
    "MGZN": "magazine",
    **dict.fromkeys(("CHAP", "ECHAP", "ENCYC", "DICT"), "incollection"),
    "EDBOOK": "collection",
    "PAMP": "booklet",
    "THES": "thesis",
    "RPRT": "report",
    **dict.fromkeys(("UNPB", "MANSCPT"), "unpublished"),
    **dict.fromkeys(("ELEC", "WEB", "BLOG", "ICOMM"), "online"),
    "COMP": "software",
    **dict.fromkeys(("DATA", "DBASE", "AGGR"), "dataset"),
    "PAT": "patent",
    "STAND": "standard",
    "SLIDE": "speech",
}
"""The sorts of publication, of `papers_tui.index.details.TYPES`, that types of records are."""

_OF_KINDS: Final = {"proceedings": "proceedings", "manual": "manual"}
_BOOKS: Final = frozenset({"BOOK", "EBOOK", "EDBOOK", "PAMP", "SER"})
WITH_TOTAL: Final = frozenset({*_BOOKS, "THES"})
"""Types whose pages, where they are one number, are how many there are."""

NUMBERED: Final = frozenset({"RPRT", "PAT", "STAND"})
"""Types whose standard number is their own."""

_STANDARD: Final = re.compile(
    r"(?:ISSN:?\s*)?\d{4}-\d{3}[\dX]|(?:ISBN:?\s*)?97[89][\d-]{10,14}", re.IGNORECASE
)
_PLAIN: Final = {
    "series": ("T3",),
    "volumes": ("NV",),
    "address": ("CY", "PP"),
    "language": ("LA",),
}
"""The details that tags hold whatever the type, the first that is there."""

_SINGLE: Final = "TI T1 T2 T3 JF JO PB CY VL IS SP EP AB SN ET M1 C7 LA PY"
SINGLE: Final = frozenset(_SINGLE.split())
"""Tags that a record has once."""

_READ_ELSEWHERE: Final = (
    "TY ER TI T1 CT BT ST TT T2 JF JO JA J1 J2 T3 C3 AU A1 A2 A3 A4 ED TA PY Y1 DA AB N2 VL VO IS SP EP PB"
    " DO DI M3 L3 UR L1 L2 LK KW N1 RN M2 ID SN ET SE M1 C7 C1 Y2 OP NV CY PP LA AN"
)
_TECHNICAL: Final = "DB DP L4 LB AV RP CA FD H1 H2 RI"
_KNOWN: Final = frozenset(_READ_ELSEWHERE.split()) | frozenset(_TECHNICAL.split())


def is_known(tag: str) -> bool:
    """Tell whether a tag is read, or is the business of the program that wrote it alone."""
    return tag in _KNOWN


def details_of(kind: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the details that a record of a type has by its tags, but for people and venues."""
    genre = texts.get("M3", "")
    if identity.doi(genre):
        genre = ""  # publishers put it there
    sort = TYPES.get(kind, "")
    if sort == "thesis":
        sort = thesis_of(genre)
    elif kind == "BOOK" and genre.lower() in _OF_KINDS:
        sort, genre = genre.lower(), ""
    elif kind in KINDS and KINDS[kind] is Kind.ARTICLE:
        genre = ""  # `Article`, `Review`: what databases say of articles
    found = {"type": sort, "genre": genre}
    for detail, tags in _PLAIN.items():
        found[detail] = next((texts[tag] for tag in tags if tag in texts), "")
    found |= _numbers(kind, texts) | _standard_numbers(kind, texts.get("SN", ""), is_beside="M1" in texts)
    found |= _places(kind, texts)
    found["accessed"] = day_of(texts.get("Y2", "").rstrip("/")) or ""
    found["original_date"] = day_of(texts.get("OP", "").rstrip("/")) or ""
    if kind in _BOOKS and not found["series"]:
        found["series"] = texts.get("T2", "")
    if found["type"] == "incollection" and "T2" in texts and not found["series"]:
        found["series"] = texts.get("BT", "")  # as ScienceDirect has it
    return found


def _numbers(kind: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Tell what `M1`, `C7`, `ET` and `SE` number: the article, the report, the version, the chapter."""
    number, article = texts.get("M1", ""), texts.get("C7", "")
    if re.search("arxiv", number, re.IGNORECASE):
        number = ""
    found = {"article_number": article, "number": number}
    if KINDS.get(kind) is Kind.ARTICLE:
        found["number"] = ""
        if not article and not texts.get("SP") and ("IS" in texts or not re.fullmatch(r"\d{1,3}", number)):
            found["article_number"] = number
    edition = texts.get("ET", "")
    found["version" if kind in {"COMP", "DATA"} else "edition"] = edition
    if kind not in KINDS or KINDS[kind] is not Kind.ARTICLE:
        found["chapter"] = texts.get("SE", "")
    return found


def _standard_numbers(kind: str, text: str, *, is_beside: bool) -> dict[str, str]:
    """Tell ISBN, ISSN and the number of a report apart, which are one tag; `is_beside` another number."""
    if not text:
        return {}
    if kind in NUMBERED and not (is_beside and _STANDARD.fullmatch(text)):
        return {"number": text}
    digits = re.sub(r"[^\dXx]", "", re.split(r"[,;(]| (?=\d{4}-)", text)[0])
    return {"issn" if len(digits) == 8 else "isbn": text}


def _places(kind: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Tell the place of a conference from that of its publisher."""
    return {"event_place": texts.get("C1", "")} if kind in {"CONF", "CPAPER"} else {}


def venue_of(kind: str, texts: Mapping[str, str], title_tag: str) -> tuple[str, dict[str, str]]:
    """Return the tag of the venue, and the details that other names of it are."""
    tags = [
        tag for tag in ("T2", "JF", "JO", "BT", "JA", "J1", "J2", "C3") if tag in texts and tag != title_tag
    ]
    if kind in _BOOKS and "T2" in tags:
        tags.remove("T2")
    found: dict[str, str] = {}
    if kind in {"CONF", "CPAPER"} and "C3" in tags and texts["C3"] != texts.get("T2"):
        found["event"] = texts.get("T2", "")
        tags = ["C3", *(tag for tag in tags if tag not in {"C3", "T2"})]
    if not tags:
        return "", found
    short = next((texts[tag] for tag in ("J2", "JA", "J1", "JO") if tag in tags[1:]), "")
    if short and short != texts[tags[0]]:
        found["short_venue"] = short
    return tags[0], found


def published(texts: Mapping[str, str]) -> Dating:
    """Return the most precise of the dates: `2017/06/12/`, `2017/06//`, `2017`, or words.

    Where their years differ it is the year of publication: pages online have days of their own.
    """
    found = [dating(texts[tag].rstrip("/")) for tag in ("PY", "Y1", "DA") if tag in texts]
    days = [one.day for one in found if one.day]
    status = next((one.status for one in found if one.status), "")
    doubts = [one.doubt for one in found if one.doubt]
    if not days:
        return Dating(None, status, doubts[0] if doubts else "")
    doubt = next((one.doubt for one in found if one.day and one.doubt), "")
    if others := [day for day in days if day[:4] != days[0][:4]]:
        doubt = f"of the dates {days[0]} and {others[0]} the first is kept"
        days = [day for day in days if day[:4] == days[0][:4]]
    best = max(days, key=len)
    if len(best) == 4 and "DA" in texts and not day_of(texts["DA"]):
        best, doubt = day_of(best, texts["DA"]) or best, ""
    return Dating(best, status, doubt)
