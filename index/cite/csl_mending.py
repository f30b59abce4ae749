"""What citeproc-py 0.11 does not do as the Citation Style Language asks, done before and after it.

Before, the style's tree is changed: `initialize` is obeyed, labels of what is unknown are left out, dates
have the delimiter of their locale, and page ranges are shortened by `papers_tui.index.cite.pages`, as
citeproc-py makes `pp. 1–1` of 1–11. After, in the text: quotation marks within others alternate, stops and
commas go inside them where the style's language puts them there, no mark is doubled, a title that stands in
for the author is not said again, a space follows the number of an entry, and arXiv is spelt as it spells
itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from papers_tui.index.cite import pages
from papers_tui.index.cite.emphasis import MARKS, linked, without_marks
from papers_tui.index.cite.quotes import alternating
from papers_tui.index.cite.work import Work

_NAMESPACE: Final = {"cs": "http://purl.org/net/xbiblio/csl"}
_CS: Final = "{http://purl.org/net/xbiblio/csl}"

NUMBER: Final = re.compile(r"^(\[\d+\]|\(\d+\)|\d+\.)(?=\D)\s*")
"""The number that a list has before an entry."""

_AFTER_QUOTE: Final = re.compile(rf"(?<![”’])([”’]+)([{MARKS}]*)([.,])")
_AFTER_STOP: Final = re.compile(rf"(?<!\.)(?<!\. )([?!.])([”’{MARKS}]*)\.(?! ?\.)")
_COMMA_AFTER_STOP: Final = re.compile(r"\.,(?=[”’])")
_STOPS: Final = re.compile(r"(?<![. ])\. \.(?! ?\.)")
_DOUBLED: Final = re.compile(r"([,;:])\s*(?=\1)|\s+(?=[,;](?:\s|$))")

_OTHERS: Final = re.compile(r"(?:[,;]|,? (?:and|&|und|et|y|e|en|og|och|i|a|ja|ve|и))[  ]others\b")
"""Authors that are not named, as the last of those that are."""

Shorten = Callable[[str], str]
_RANGES: Final[Mapping[str | None, Shorten]] = MappingProxyType(
    {
        "minimal": pages.minimal,
        "minimal-two": pages.two_digits,
        "chicago": pages.chicago,
        "chicago-15": pages.chicago,
        "chicago-16": pages.chicago,
    }
)


def mend_style(root: Any) -> Shorten:
    """Change the tree of a style; return how it shortens page ranges."""
    _obey_initialize(root)
    for label in root.findall(".//cs:label[@variable]", _NAMESPACE):
        if label.get("variable") != "locator":
            _only_if_known(label, label.get("variable"))
    for date in root.xpath(".//cs:date[@form and not(ancestor::cs:locale)]", namespaces=_NAMESPACE):
        delimiter = date.get_date(date.get("form")).get("delimiter")
        if date.get("delimiter") is None and delimiter is not None:
            date.set("delimiter", delimiter)
    return _RANGES.get(root.attrib.pop("page-range-format", None), str)


def _obey_initialize(root: Any) -> None:
    """Give `initialize-with` to the names alone that are to be shortened: `initialize` is not known."""
    names = root.findall(".//cs:name", _NAMESPACE)
    if not any(name.get("initialize") == "false" for name in names):
        return
    inherited = [root, *root.findall("cs:citation", _NAMESPACE), *root.findall("cs:bibliography", _NAMESPACE)]
    values = [value for each in inherited if (value := each.get("initialize-with")) is not None]
    for element in inherited:
        element.attrib.pop("initialize-with", None)
    for name in names:
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)
        elif values and name.get("initialize-with") is None:
            name.set("initialize-with", values[-1])


def _only_if_known(element: Any, variable: str) -> None:
    parent = element.getparent()
    choose = parent.makeelement(_CS + "choose")
    parent.replace(element, choose)
    condition = parent.makeelement(_CS + "if", {"variable": variable})
    choose.append(condition)
    condition.append(element)


def mended(text: str, work: Work, *, is_american: bool) -> str:
    """Return what citeproc-py wrote of a work as the style means it, stops inside quotes if American.

    Authors that are not named, who come as one called `others`, are `et al.`, as Pandoc has them.
    """
    text = " ".join(text.split())
    text = re.sub(r"\bArXiv:", "arXiv:", text)
    text = re.sub(r"\barXiv:\s*(?=arXiv:)", "", text, flags=re.IGNORECASE)
    if work.byline.is_partial:
        text = _OTHERS.sub(" et al.", text, count=1)
    if not work.byline.names:
        text = _without_second(work.title, text)
    text = _with_alternating_quotes(work.title, text)
    if is_american:
        text = _AFTER_QUOTE.sub(r"\3\1\2", text)
    text = _AFTER_STOP.sub(r"\1\2", _COMMA_AFTER_STOP.sub(",", text))
    text = _DOUBLED.sub("", _STOPS.sub(".", text))
    if work.link:
        text = re.sub(rf"{re.escape(work.link)}(?![\w/])", lambda match: linked(match[0]), text)
    return NUMBER.sub(r"\1 ", text).strip()


def _without_second(title: str, text: str) -> str:
    """Take the title out where it stands a second time: the first one stands in for the author."""
    title = _title_pattern(title)
    found = list(re.finditer(rf"[“‘{MARKS}]*{title}[.?!]?[”’{MARKS}]*[.,]?\s*", text, re.IGNORECASE))
    if len(found) < 2 or not (without_marks(title)):
        return text
    before, after = text[: found[1].start()].rstrip(), text[found[1].end() :]
    if not after:
        return before if re.search(r"[.?!][”’)\x0e-\x16]*$", before) else before.rstrip(",;:") + "."
    return f"{before} {after}"


def _with_alternating_quotes(title: str, text: str) -> str:
    """Make the quotation marks of a title single within double ones, and double within single ones."""
    found = re.search(rf"(?<=[“‘])({_title_pattern(title)})", text, re.IGNORECASE)
    if found is None:
        return text
    inner = alternating(found[0], "‘’" if text[found.start() - 1] == "“" else "“”")
    return text[: found.start()] + inner + text[found.end() :]


def _title_pattern(title: str) -> str:
    return r"\s+".join(map(re.escape, title.rstrip(" .").split()))
