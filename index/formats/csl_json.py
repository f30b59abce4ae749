"""Reads CSL-JSON: our own, and that of Zotero, Mendeley, Pandoc and DOI services.

The objects of the list are read one by one, each with its line: one that is damaged is left out, and the
next one that can be told to begin is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from papers_tui.index.formats import csl_fields, fields
from papers_tui.index.formats.csl_references import reference_of
from papers_tui.index.formats.items import Item, Rejected
from papers_tui.index.formats.losses import Losses

NAME: Final = "csl-json"

_TELLING: Final = frozenset(("issued", "container-title", "DOI", "URL", "citation-key", "ISSN", "ISBN"))
_TYPE: Final = re.compile(r'[{,]\s*"type"\s*:\s*"([\w-]+)"')
_AUTHORS: Final = re.compile(r'"(?:authors|arxiv_id)"\s*:')
_FAMILY: Final = re.compile(r'"author"\s*:\s*\[\s*\{\s*"(?:family|given|literal)"')
_BEGINNING: Final = re.compile(
    r"(?:^|[\[,}])\s*(?=\{\s*\"(?!family|given|literal|suffix|(?:non-)?dropping|date-parts|raw|season))",
    re.MULTILINE,
)
_ARRAY: Final = re.compile(r"\s*(?:\{[^{}\[\]]{0,400}?\"(?:items|references)\"\s*:\s*)?\[")
_GAP: Final = re.compile(r"[\s,]*")
_MOST_DAMAGED: Final = 1_000


def _no_number(_: str) -> None:
    """Take NaN and infinity, which are no JSON, for nothing."""


_decode: Final = json.JSONDecoder(parse_constant=_no_number).raw_decode


def is_csl(record: Mapping[str, Any]) -> bool:
    """Tell whether a JSON object is an item of CSL-JSON."""
    if record.get("type") in csl_fields.TYPE_NAMES and not {"authors", "arxiv_id"} & record.keys():
        return True
    author = record.get("author")
    has_names = isinstance(author, list) and any(isinstance(one, dict) for one in author)
    return "title" in record and (has_names or len(_TELLING & record.keys()) > 1)


def shows(start: str) -> bool:
    """Tell whether the beginning of a JSON text is that of CSL-JSON."""
    found = _TYPE.search(start)
    if found is not None:
        return found[1] in csl_fields.TYPE_NAMES and _AUTHORS.search(start) is None
    return _FAMILY.search(start) is not None


def items(text: str, source: str) -> Iterator[Item]:
    """Yield the entries of a file, and what could not be read."""
    array = _ARRAY.match(text)
    at = array.end() if array else 0
    losses = Losses("item", "items")
    line, counted, damaged = 1, 0, 0
    is_inner = bool(array) and "{" in text[:at]
    while (at := _gap_end(text, at)) < len(text) and not (text[at] == "]" and is_inner):
        if text[at] == "]":  # the end, or a stray bracket: what follows is looked at
            at += 1
            continue
        line, counted = line + text.count("\n", counted, at), at
        try:
            parsed_one, end = _read(text, at)
        except ValueError as error:
            damaged += 1
            end = _next(text, at) if damaged < _MOST_DAMAGED else len(text)
            yield Rejected(f"line {line}", str(error), text[at:end].strip().rstrip(",").strip())
        else:
            yield _item(parsed_one, line, text[at:end], (source, losses))
        at = end
    yield from losses.remarks()


def _read(text: str, at: int) -> tuple[Any, int]:
    try:
        return _decode(text, at)
    except json.JSONDecodeError as error:
        place = error.lineno
        raise ValueError(f"not JSON: {error.msg} (line {place})") from None
    except RecursionError:
        raise ValueError("nested too deep") from None
    except ValueError:
        raise ValueError("a number with thousands of digits") from None


def _next(text: str, at: int) -> int:
    """Return where the next object begins after a damaged one."""
    found = _BEGINNING.search(text, at + 1)
    if found is None:
        closing = text.rfind("]")
        return closing if closing > at else len(text)
    return found.end()


def _gap_end(text: str, at: int) -> int:
    found = _GAP.match(text, at)
    return found.end() if found else at


def _item(record: Any, line: int, raw: str, context: tuple[str, Losses]) -> Item:
    source, losses = context
    try:
        item = fields.record(record)
        reference, lost = reference_of(item)
        entry = reference.entry(f"{NAME}:{source}")
    except ValueError as error:
        return Rejected(f"line {line}", str(error), raw)
    losses.fields(lost)
    for doubt in reference.doubts:
        losses.doubt(doubt, line)
    return entry
