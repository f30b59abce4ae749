"""Queries written back as text: what a filter chosen on the screen adds to the query box."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from papers_tui.index.search import fields
from papers_tui.index.search.conditions import is_ended
from papers_tui.index.search.explain import Filter, day
from papers_tui.index.search.fields import Field, Value
from papers_tui.index.search.lexer import Kind, Token, structured, tokens
from papers_tui.index.search.orders import end_of_conditions
from papers_tui.index.search.query import (
    And,
    FromSource,
    Has,
    Identified,
    InCategory,
    InState,
    Node,
    Not,
    Or,
    Phrase,
    Range,
    Sort,
    Tagged,
    Word,
)

_DAY_FIELDS: Final = frozenset({"date", "featured", "added"})


def unparse(node: Node) -> str:
    """Return text that reads as `node`, when a blank follows it.

    Quotation marks, which the language cannot express, become blanks.
    """
    match node:
        case Not(inner):
            return f"-{_grouped(inner)}"
        case And(nodes):
            is_any = sum(isinstance(part, Identified) for part in nodes) > 1  # of ids side by side
            return " ".join(
                _conjunct(part, is_apart=is_any and isinstance(part, Identified)) for part in nodes
            )
        case Or(nodes):
            return " OR ".join(unparse(part) if isinstance(part, And) else _grouped(part) for part in nodes)
        case _:
            return _leaf(node)


def unparse_sort(sort: Sort) -> str:
    """Return text that reads as an order."""
    return f"{'-' * sort.is_reversed}sort:{sort.key}"


def refined(text: str, node: Node) -> str:
    """Return the query `text` with one more condition, `node`, that must hold.

    The condition comes first, so that the last word of `text` can still be typed on.
    """
    condition, found = _grouped(node), list(tokens(text))
    if not _shape(found).has_choice:
        return f"{condition} {text}"
    end = end_of_conditions(text, found)
    text = f"{text[end:].strip()} {text[:end]}".lstrip()
    found = list(tokens(text))
    shape = _shape(found)
    last = found[-1]
    ending = '"' * (not last.is_closed) + "*" * _is_begun(text, last, shape.field)
    ending += " " * (shape.open_groups > 0) + ")" * shape.open_groups
    for place in reversed(shape.strays):
        text = f"{text[:place]} (){text[place + 1 :]}"
    return f"{condition} ({text.rstrip()}{ending}) "


class _Shape(NamedTuple):
    """How the tokens of a query hang together."""

    has_choice: bool
    """Whether there is an `OR` outside of all groups."""
    strays: list[int]
    """The places of parentheses that close nothing."""
    open_groups: int
    field: Field | None
    """In which the last token stands."""


def _shape(found: Sequence[Token]) -> _Shape:
    groups: list[Field | None] = []
    strays: list[int] = []
    has_choice = False
    field: Field | None = None
    for before, token in zip((None, *found), found, strict=False):
        is_named = before is not None and before.kind is Kind.FIELD and before.end == token.start
        field = fields.find(before.text) if before and is_named else (groups or [None])[-1]
        if token.kind is Kind.OPEN:
            groups.append(field)
        elif token.kind is Kind.CLOSE and groups:
            groups.pop()
        elif token.kind is Kind.CLOSE:
            strays.append(token.start)
        has_choice = has_choice or (token.kind is Kind.OR and not groups)
    return _Shape(has_choice, strays, len(groups), field)


def _is_begun(text: str, last: Token, field: Field | None) -> bool:
    """Tell whether a query ends in a word, in a field, that counts as begun."""
    if (
        last.kind is not Kind.WORD
        or last.end != len(text)
        or text.endswith(("*", ":"))
        or is_ended(last.text)
    ):
        return False
    return field is None or field.value in {Value.WORDS, Value.TAG, Value.ID}


def _leaf(node: Word | Phrase | Filter) -> str:
    """Return text that reads as a condition without others inside."""
    match node:
        case Word(text, field, is_prefix, is_typing):
            shown = _named(field, text + "*" * (is_prefix or is_typing))
        case Phrase(text, field, is_prefix):
            shown = _named(field, _quoted(text + "*" * is_prefix))
        case Range(field):
            years = _years(node)
            shown = f"year:{years}" if years else f"{field}:{_bounds(node)}"
        case Tagged(tag, is_prefix):
            shown = f"tag:{_value(tag)}" + "*" * is_prefix
        case InCategory(category, is_prefix):
            shown = f"cat:{_value(category)}" + "*" * is_prefix
        case FromSource(source):
            shown = f"source:{_value(source)}"
        case Identified(name, is_prefix):
            shown = f"id:{name}" + "*" * is_prefix
        case InState(state):
            shown = f"is:{state}"
        case Has(part):
            shown = f"has:{part}"
    return shown


def _conjunct(node: Node, *, is_apart: bool) -> str:
    if is_apart:
        return f"({unparse(node)})"
    return unparse(node) if isinstance(node, And) else _grouped(node)


def _grouped(node: Node) -> str:
    return f"({unparse(node)})" if isinstance(node, And | Or) else unparse(node)


def _named(field: str | None, text: str) -> str:
    return text if field is None else f"{field}:{text}"


def _quoted(text: str) -> str:
    plain = structured(text)
    return '"' + "".join(" " if mark == '"' else char for char, mark in zip(text, plain, strict=True)) + '"'


def _value(text: str) -> str:
    """Return a value in quotes if it has to be."""
    plain = structured(text)
    return _quoted(text) if set(plain) & set(' ()"*#,') or not text else text


def _years(node: Range) -> str:
    """Return the years that the ends of a range of days of publication enclose, or nothing."""
    if node.field != "date" or node.low is None or node.high is None:
        return ""
    first, last = day(node.low), day(node.high)
    if not (first.endswith("-01-01") and last.endswith("-12-31") and first <= last):
        return ""
    return first[:4] if first[:4] == last[:4] else f"{first[:4]}..{last[:4]}"


def _bounds(node: Range) -> str:
    """Return the ends of a range, in the shortest form there is."""
    if node.field not in _DAY_FIELDS:
        low, high = ("" if end is None else str(end) for end in (node.low, node.high))
        return low if low == high else f"{low}..{high}"
    if node.low is not None and node.high is not None and (span := _calendar_span(node.low, node.high)):
        return span
    low, high = ("" if end is None else day(end) for end in (node.low, node.high))
    return f"{low}..{high}"


def _calendar_span(low: int, high: int) -> str:
    """Return the day, month or year that two ordinals enclose, or nothing."""
    first, last = day(low), day(high)
    if first == last:
        return first
    if first[:4] == last[:4] and first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4]
    after = date.fromisoformat(last) + timedelta(days=1) if last < date.max.isoformat() else date.max
    return first[:7] if first[:7] == last[:7] and first.endswith("-01") and after.day == 1 else ""
