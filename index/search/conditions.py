"""Single conditions of a query: what a word, a phrase or a field with its value asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from papers_tui.index.identity import canonical_id
from papers_tui.index.pasted import ARXIV_PLACE
from papers_tui.index.patterns import pattern
from papers_tui.index.search import fields
from papers_tui.index.search.analysis import tokenize
from papers_tui.index.search.dates import read_days
from papers_tui.index.search.fields import Field, Value
from papers_tui.index.search.lexer import structured
from papers_tui.index.search.query import (
    And,
    FromSource,
    Has,
    Identified,
    InCategory,
    InState,
    Node,
    Or,
    Phrase,
    Range,
    RangeField,
    Sort,
    Tagged,
    TextField,
    Word,
)
from papers_tui.index.search.ranges import quoted, read_number, read_range
from papers_tui.index.search.unsupported import hint_on_phrase, hint_on_word
from papers_tui.index.text import fold


class Operand(NamedTuple):
    """A word or phrase as it was typed."""

    text: str
    is_quoted: bool = False
    is_typing: bool = False
    """Whether it is the last thing typed, with nothing after it yet."""


class Reading(NamedTuple):
    """What an operand asks for: a condition, an order, or neither."""

    node: Node | None = None
    sort: Sort | None = None
    hints: tuple[str, ...] = ()


_TITLE_ID: Final = pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*-[0-9a-f]{8}")
_ARXIV_PLACE: Final = pattern(
    rf"(?:{ARXIV_PLACE}|(?:https?://)?(?:dx\.|www\.)?doi\.org/10\.48550/arxiv\."
    r"|(?:doi:)?10\.48550/arxiv\.|arxiv:)",
    re.IGNORECASE | re.ASCII,
)
_DOI_PLACE: Final = pattern(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:", re.IGNORECASE)
_PART_OF_ARXIV: Final = pattern(r"[0-9]{1,4}(?:\.[0-9]{0,5})?|[a-z]+(?:-[a-z]*)?(?:/[0-9]{0,7})?")
_ENDED: Final = pattern(r".*(?:\)|\+|\+\^?\w\^?-)\Z", re.DOTALL)
_BETWEEN_IDS: Final = pattern(r"[,;]+")
_PART_OF_DOI: Final = pattern(r"10(?:\.(?:[0-9]*(?:/\S*)?)?)?")


def read(field: Field | None, operand: Operand, *, today: date, is_negated: bool = False) -> Reading:
    """Return what `operand` asks for in `field`, or anywhere if that is None."""
    if field is None:
        return Reading(_anywhere(operand), hints=_unsupported(operand))
    if not operand.text.strip():
        return Reading(hints=(f"{field.name}: needs {field.value.value} after it",))
    if field.text_field is not None:
        return Reading(_in_text(field.text_field, operand), hints=_unsupported(operand))
    if field.value is Value.ID:
        return _identifier(operand)
    pieces = [] if operand.is_quoted else structured(operand.text).split(",")
    whole = _value(field, operand, today, is_negated=is_negated)
    is_read = field.range_field is not None and whole.node is not None and not whole.hints
    if len(pieces) <= 1 or field.value is Value.ORDER or is_read:
        return whole
    return _list(field, operand, whole, today)


def _value(field: Field, operand: Operand, today: date, *, is_negated: bool = False) -> Reading:
    """Read a single value of a field whose values are no words."""
    if field.range_field is not None:
        return _range(field, field.range_field, operand, today)
    if field.choices:
        return _choice(field, operand, is_negated=is_negated)
    return Reading(_whole(field, operand))


def _list(field: Field, operand: Operand, whole: Reading, today: date) -> Reading:
    """Read values with commas between them, of which any is meant; a tag or a source may have commas, too."""
    *before, last = structured(operand.text).split(",")
    operands = [*(Operand(piece) for piece in before if piece.strip()), operand._replace(text=last)]
    read_ = [_value(field, one, today) for one in operands if one.text.strip()]
    if not read_:
        return whole
    hints = [hint for one in read_ for hint in one.hints]
    if not (last or operand.is_typing):
        hints.append(f"a list has no blanks in it: {field.name}:a,b")
    has_whole = field.value in {Value.TAG, Value.SOURCE}
    return Reading(
        any_of([*([whole.node] if has_whole else ()), *(one.node for one in read_)]), hints=tuple(hints)
    )


def _unsupported(operand: Operand) -> tuple[str, ...]:
    hint = hint_on_phrase(operand.text) if operand.is_quoted else hint_on_word(operand.text)
    return (hint,) if hint is not None else ()


def all_of(nodes: Sequence[Node | None]) -> Node | None:
    """Return the conjunction of what there is of `nodes`, flat; None if there is nothing."""
    parts = [part for node in nodes if node for part in (node.nodes if isinstance(node, And) else (node,))]
    return And(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def any_of(nodes: Sequence[Node | None]) -> Node | None:
    """Return the disjunction of what there is of `nodes`, flat; None if there is nothing."""
    parts = [part for node in nodes if node for part in (node.nodes if isinstance(node, Or) else (node,))]
    return Or(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def _whole(field: Field, operand: Operand) -> Node | None:
    """Return what a value asks for that is compared as a whole: a tag, a category, a source."""
    if field.value is Value.SOURCE:
        return FromSource(operand.text.strip())
    text, is_prefix = _unstarred(operand)
    if field.value is Value.CATEGORY:
        category = text.strip(" .")
        is_begun = operand.is_typing or (is_prefix and not text.endswith("."))
        return InCategory(category, is_prefix=is_begun) if category else None
    tag = text.strip().removeprefix("#")
    return Tagged(tag, is_prefix=is_prefix or operand.is_typing) if tag else None


def is_identifier(node: Node | None) -> bool:
    """Tell whether a condition is met by one paper: it asks for an identifier, or for its words as well."""
    return isinstance(node.nodes[0] if isinstance(node, Or) else node, Identified)


def _anywhere(operand: Operand) -> Node | None:
    """Return what a bare word or phrase asks for; a pasted identifier also asks for its paper."""
    text = operand.text.strip()
    found = [] if operand.is_quoted or text.lower().startswith("title:") else _identifiers(text)
    if not found:
        return _in_text(None, operand)
    choices: list[Node | None] = []
    for written, name in found:
        choices.append(Identified(name, is_prefix=operand.is_typing))
        choices.append(None if "://" in written else _in_text(None, operand._replace(text=written)))
    return any_of(choices)


def _identifiers(text: str) -> list[tuple[str, str]]:
    """Return the identifiers that a text is, as they are written there and in canonical form."""
    pieces = [piece for piece in _BETWEEN_IDS.split(text) if piece]
    for written in (pieces, [text]):
        found = [(one, name) for one in written if (name := canonical_id(one)) is not None]
        if found and len(found) == len(written):
            return found
    return []


def _in_text(field: TextField | None, operand: Operand) -> Node | None:
    """Return what words in a field ask for; nothing for what has no word in it."""
    text = operand.text.strip()
    if operand.is_quoted:
        return _phrase(field, text, is_typing=operand.is_typing)
    word, is_prefix = _unstarred(operand)
    if not _has_terms(word):
        return None
    is_typing = operand.is_typing and not is_prefix and not is_ended(word)
    node = Word(word, field, is_prefix=is_prefix, is_typing=is_typing)
    if field == "title" and _TITLE_ID.fullmatch(word):
        return Or((Identified(f"title:{word}"), node))
    return node


def is_ended(word: str) -> bool:
    """Tell whether nothing follows a word: one in brackets is closed like a group, and so is a particle."""
    return not word.isalnum() and bool(_ENDED.match(structured(fold(word))))


def _has_terms(word: str) -> bool:
    return (word.isascii() and word.isalnum()) or bool(tokenize(word))


def _phrase(field: TextField | None, text: str, *, is_typing: bool) -> Node | None:
    """Return a phrase; while it is typed, its last word counts as begun and may stand anywhere."""
    if not tokenize(text):
        return None
    if not is_typing:
        begun = structured(text).rstrip("*")
        is_begun = len(begun) < len(text) and begun[-1].isalnum()
        return Phrase(text[: len(begun)] if is_begun else text, field, is_prefix=is_begun)
    *_, last = text.split()
    begun = text[: len(text) - len(last)].strip()
    before = Phrase(begun, field) if tokenize(begun) else None
    return all_of([before, Word(last, field, is_typing=True) if tokenize(last) else None])


def _unstarred(operand: Operand) -> tuple[str, bool]:
    """Return the text without the stars at its end, and whether there were any."""
    bare = structured(operand.text).rstrip("*")
    if operand.is_quoted or len(bare) == len(operand.text):
        return operand.text, False
    return operand.text[: len(bare)], True


def _identifier(operand: Operand) -> Reading:
    """Read an identifier in any spelling; a part of one stands for all that begin with it."""
    text, is_starred = _unstarred(operand)
    text = structured(text).strip(" <>")
    is_prefix = is_starred or operand.is_typing
    place = _ARXIV_PLACE.match(text)
    found = [name for _, name in _identifiers(text)]
    if found and not (place and found[0].startswith("doi:")):
        return Reading(any_of([Identified(name, is_prefix=is_prefix) for name in found]))
    begun = _beginnings(text, place)
    if not begun:
        return Reading(_anywhere(operand), hints=(f"{quoted(text)} is no identifier: searched as words",))
    node = any_of([Identified(beginning, is_prefix=True) for beginning in begun])
    hint = f"{quoted(text)} is no whole identifier: read as the beginning of one"
    return Reading(node, hints=() if is_prefix else (hint,))


def _beginnings(text: str, place: re.Match[str] | None) -> list[str]:
    """Return what canonical identifiers that begin with `text` begin with."""
    if place is not None:
        rest = text[place.end() :].lower().rstrip("v")
        return [f"arxiv:{rest}"] if not rest or _PART_OF_ARXIV.fullmatch(rest) else []
    bare = _DOI_PLACE.sub("", text.lower(), count=1)
    if _PART_OF_DOI.fullmatch(bare) and (bare != text.lower() or len(bare) > 2):
        return [f"doi:{bare}"]
    begun = re.sub(r"(?<=[0-9])v\Z", "", text.lower())
    kinds = [kind for kind in ("arxiv:", "doi:") if len(begun) > 1 and kind.startswith(begun)]
    found = [*kinds, f"arxiv:{begun}"] if _PART_OF_ARXIV.fullmatch(begun) else kinds
    return [*found, f"title:{begun}"] if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]*)*", begun) else found


def _range(field: Field, name: RangeField, operand: Operand, today: date) -> Reading:
    """Read a number, a day or a range of them."""
    value = structured(operand.text).strip()
    bounds = read_days(value, today) if field.value is Value.DAYS else read_range(value, read_number)
    if bounds is None:
        if not value.strip("<>=. "):
            return Reading(hints=(f"{field.name}: needs {field.value.value} after it",))
        if name == "authors" and tokenize(value):
            meant = f"authors: counts authors: {quoted(value)} is read as author:"
            return Reading(_in_text("author", operand), hints=(meant,))
        example = " or ".join(field.examples[:2])
        what = f"{quoted(value)} is not {field.value.value}: {field.name}: is ignored (try {example})"
        return Reading(hints=(what,))
    if bounds.low is not None and bounds.high is not None and bounds.low > bounds.high:
        return Reading(hints=(f"{field.name}: takes whole numbers: {quoted(value)} is ignored",))
    return Reading(Range(name, bounds.low, bounds.high), hints=bounds.hints)


def _choice(field: Field, operand: Operand, *, is_negated: bool) -> Reading:
    """Read one of the few values that a field has."""
    value = structured(operand.text).strip().lower()
    if field.value is Value.ORDER and value.startswith("-"):
        value, is_negated = value[1:], not is_negated
    for state in fields.STATES:
        if field.value is Value.STATE and state == value:
            return Reading(InState(state))
    for part in fields.PARTS:
        if field.value is Value.PART and part == value:
            return Reading(Has(part))
    if field.value is Value.ORDER and (sort := fields.sort_named(value)) is not None:
        return Reading(sort=Sort(sort.key, sort.is_reversed != is_negated))
    meant = fields.nearest(value, field.choices)
    known = f"did you mean {field.name}:{meant}?" if meant else f"there are {', '.join(field.choices)}"
    return Reading(hints=(f"{field.name}: has no {quoted(value)}, {known}",))
