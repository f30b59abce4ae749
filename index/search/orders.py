"""Orders in the text of a query. They change nothing of what it finds, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from papers_tui.index.search import fields
from papers_tui.index.search.fields import Value
from papers_tui.index.search.lexer import Kind, Token, structured


def end_of_conditions(text: str, found: Sequence[Token]) -> int:
    """Return where a query, of which these are the tokens, ends without the orders behind all else.

    Each counts for nothing with the blank before it: the last word is still being typed in `quan sort:date`.
    """
    end = len(text)
    for start, stop in reversed(list(_places(found))):
        if stop != end:
            break
        end = _before_blank(text, start)
    return end


def without_orders(text: str, found: Sequence[Token]) -> str:
    """Return a query, of which these are the tokens, without its orders."""
    for start, end in reversed(list(_places(found))):
        begin = _before_blank(text, start)
        before, after = text[:begin], text[end:]
        if begin == start:
            after = after.lstrip(" ")
        is_apart = structured(after[:1]) in {"", " ", ")"} or before.endswith("(")
        if before and not is_apart:
            after = f" {after}"  # What it stood between is not to become one word.
        text = before + after
    return text


def _before_blank(text: str, place: int) -> int:
    return place - 1 if structured(text[max(0, place - 1) : place]) == " " else place


def _places(found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where orders begin and end, with what turns them round."""
    for place, token in enumerate(found):
        field = fields.find(token.text) if token.kind is Kind.FIELD else None
        if field is None or field.value is not Value.ORDER:
            continue
        first = place
        while first and found[first - 1].kind is Kind.NOT:
            first -= 1
        after = found[place + 1] if place + 1 < len(found) else None
        if after is None or after.kind is Kind.FIELD or not _is_value(token, after):
            yield found[first].start, token.end
        else:
            yield found[first].start, after.end


def _is_value(name: Token, value: Token) -> bool:
    if value.kind not in {Kind.WORD, Kind.PHRASE}:
        return False
    return value.start == name.end or fields.sort_named(value.text) is not None
