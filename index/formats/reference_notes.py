"""What notes of bibliographies hold besides remarks of their user: HTML, reading states, citation keys."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from papers_tui.index.paper import Status

_UNNAMED: Final = re.compile(r"(\d{1,7}) authors?, not named by the source")
_BLOCKS: Final = "p|div|h[1-6]|ul|ol|li|blockquote|table|pre"
_TAGS: Final = rf"{_BLOCKS}|span|strong|em|b|i|u|a|html|body|font|sup|sub|code|br"
_HTML_NOTE: Final = re.compile(
    rf"\s*<(?:{_TAGS})\b[^<>]*>.*(?:</(?:{_TAGS})>|<br\s*/?>)\s*|.*</(?:{_BLOCKS})>.*",
    re.DOTALL | re.IGNORECASE,
)
_HTML_BREAK: Final = re.compile(r"<br\s*/?>|</(?:p|div|h[1-6]|li|blockquote|ul|ol|tr|pre)>", re.IGNORECASE)
_HTML_TAG: Final = re.compile(r"<[a-z/!][^<>]*>", re.IGNORECASE)
_READ_STATUS: Final = re.compile(r"(?mi)^\s*read[_ ]status:\s*(.+?)\s*$\n?|^\s*read_status_date:.*$\n?")
_CITATION_KEY: Final = re.compile(r"(?mi)^[ \t]*(?:citation|bibtex)[ -]?key[ \t]*:[ \t]*(\S+)[ \t]*$\n?")
_STATES: Final = {
    "read": Status.READ,
    "yes": Status.READ,
    "true": Status.READ,
    "1": Status.READ,
    "done": Status.READ,
    "skimmed": Status.READING,
    "reading": Status.READING,
    "in progress": Status.READING,
    "to read": Status.UNREAD,
    "new": Status.UNREAD,
    "not reading": Status.UNREAD,
    "unread": Status.UNREAD,
    "no": Status.UNREAD,
    "0": Status.UNREAD,
    "false": Status.UNREAD,
}


def status_of(text: str) -> Status:
    """Return the reading state that other programs name."""
    return _STATES.get(" ".join(text.lower().split()), Status.UNREAD)


def is_reading_state(text: str) -> bool:
    """Tell whether a text names a reading state, and not how far a publication is."""
    return " ".join(text.lower().split()) in _STATES


def unnamed_authors(note: str) -> int | None:
    """Return how many authors a note of our own exports counts, or None."""
    found = _UNNAMED.fullmatch(note)
    return int(found[1]) if found else None


def without_html(note: str) -> str:
    """Return the text of a note that Zotero or EndNote wrote as HTML; any other text as it is."""
    if "<" not in note or not _HTML_NOTE.fullmatch(note):
        return note
    import html  # noqa: PLC0415 - a few notes need it

    text = _HTML_TAG.sub("", _HTML_BREAK.sub("\n", note))
    return re.sub(r"\n{3,}", "\n\n", html.unescape(text)).strip()


def without_read_status(notes: Iterable[str], status: Status) -> tuple[Status, list[str]]:
    """Take `Read_Status: …`, which an extension of Zotero writes, out of the notes."""
    kept: list[str] = []
    for text in notes:
        for found in _READ_STATUS.finditer(text):
            status = status_of(found[1]) if found[1] else status
        kept.append(_READ_STATUS.sub("", text).strip())
    return status, [text for text in kept if text]


def without_citation_key(notes: Iterable[str]) -> tuple[str, list[str]]:
    """Take `Citation Key: …`, which Better BibTeX for Zotero keeps in the notes, out of them."""
    key = ""
    kept: list[str] = []
    for text in notes:
        found = _CITATION_KEY.search(text)
        key = key or (found[1] if found else "")
        kept.append(_CITATION_KEY.sub("", text).strip() if found else text)
    return key, [text for text in kept if text]
