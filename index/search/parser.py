"""The query language: from what a person typed, even half-typed, to a tree of conditions.

    query  = every { "OR" every }            AND binds tighter than OR
    every  = unary { [ "AND" ] unary }
    unary  = { "-" | "NOT" } primary
    primary = word | phrase | field ":" ( word | phrase | group ) | group
    group  = "(" query ")"

Nothing is an error: what cannot be read is left out, and a hint says so.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Final

from papers_tui.index.search import conditions, fields, lexer
from papers_tui.index.search.conditions import Operand, Reading, all_of, any_of
from papers_tui.index.search.fields import Field
from papers_tui.index.search.lexer import Kind, Token
from papers_tui.index.search.orders import end_of_conditions
from papers_tui.index.search.query import Node, Not, Query, Sort
from papers_tui.index.search.ranges import quoted

MAX_LENGTH: Final = 10_000
"""Characters of a query that are read: more than an abstract has."""
MAX_CONDITIONS: Final = 500
"""Words, phrases and filters of a query that are read."""
MAX_DEPTH: Final = 25
"""How deep parentheses may nest; deeper ones are read as if they were not there."""

_MAX_HINTS: Final = 8


def parse(text: str, *, today: date, is_typing: bool = True) -> Query:
    """Read a query. Never raises, and takes a bounded time, whatever `text` is.

    Args:
        text: what was typed or given on the command line.
        today: the day that `today` and `7d` are counted from.
        is_typing: whether the last word may still be going on; a blank, a closing quote or a closing
            parenthesis ends it. An order behind it does not.
    """
    return _Parser(text, today, is_typing=is_typing).query()


class _Parser:
    """Reads one query, by recursive descent over its tokens."""

    def __init__(self, text: str, today: date, *, is_typing: bool) -> None:
        self._typed = text
        self._text = text[:MAX_LENGTH]
        self._today = today
        self._tokens = list(lexer.tokens(self._text))
        self._at = 0
        self._conditions = 0
        self._ignored_groups = 0
        self._has_signs = False
        self._hints: dict[str, None] = {}
        self._sort: Sort | None = None
        if len(text) > MAX_LENGTH:
            self._hint(f"only the first {MAX_LENGTH:,} characters are read")
            is_typing = False
        self._end = end_of_conditions(self._text, self._tokens)
        self._is_typing = is_typing and not lexer.structured(self._text[: self._end]).endswith(" ")

    def query(self) -> Query:
        """Read all of it."""
        root = self._either(None, 0)
        text = self._text.strip()
        is_untold = not self._hints or not any(map(str.isalnum, text))
        if root is None and self._sort is None and len(text) > 1 and is_untold and not self._has_signs:
            self._hint(f"there is nothing to search for in {quoted(text)}: every paper is shown")
        return Query(self._typed, root, self._sort, tuple(self._hints)[:_MAX_HINTS])

    def _either(self, field: Field | None, depth: int) -> Node | None:
        """Read conditions with `OR` between them."""
        choices = [self._every(field, depth)]
        while self._take(Kind.OR):
            before = self._at
            choices.append(self._every(field, depth))
            if self._at == before:
                self._hint("nothing follows OR")
        return any_of(choices)

    def _every(self, field: Field | None, depth: int) -> Node | None:
        """Read conditions that must all hold, up to an `OR` or the end of the group.

        No paper has two identifiers of a kind: of several, any one is meant.
        """
        parts: list[Node | None] = []
        papers: list[Node | None] = []
        place = 0
        while (token := self._peek()) is not None and token.kind is not Kind.OR:
            if token.kind is Kind.AND:
                self._at += 1
                if self._peek() is None:
                    self._hint("nothing follows AND")
            elif token.kind is not Kind.CLOSE:
                node = self._unary(field, depth)
                if token.kind is not Kind.OPEN and conditions.is_identifier(node):
                    papers.append(node)
                    place = len(parts) if len(papers) == 1 else place
                else:
                    parts.append(node)
            elif depth and not self._ignored_groups:
                break
            else:
                self._at += 1
                self._unopened()
        return all_of([*parts[:place], any_of(papers), *parts[place:]])

    def _unopened(self) -> None:
        if self._ignored_groups:
            self._ignored_groups -= 1
        else:
            self._hint("a closing parenthesis without an opening one is ignored")

    def _unary(self, field: Field | None, depth: int) -> Node | None:
        """Read a condition, perhaps negated."""
        is_negated = False
        while self._take(Kind.NOT):
            is_negated = not is_negated
        token = self._peek()
        if token is None or token.kind in {Kind.OR, Kind.AND, Kind.CLOSE}:
            self._hint("nothing follows NOT")
            return None
        node = self._primary(field, depth, is_negated=is_negated)
        if node is None or not is_negated:
            return node
        return node.node if isinstance(node, Not) else Not(node)

    def _primary(self, field: Field | None, depth: int, *, is_negated: bool) -> Node | None:
        """Read a word, a phrase, a field with its value, or a group."""
        token = self._tokens[self._at]
        self._at += 1
        if token.kind is Kind.OPEN:
            return self._group(field, depth)
        if token.kind is not Kind.FIELD:
            return self._condition(field, token, is_negated=is_negated)
        return self._field(token, depth, is_negated=is_negated)

    def _group(self, field: Field | None, depth: int) -> Node | None:
        """Read what is between parentheses, of which the first has been read."""
        if depth >= MAX_DEPTH:
            self._hint(f"parentheses nested deeper than {MAX_DEPTH} are ignored")
            self._ignored_groups += 1
            return None
        node = self._either(field, depth + 1)
        if not self._take(Kind.CLOSE):
            self._hint("unclosed parenthesis")
        return node

    def _field(self, name: Token, depth: int, *, is_negated: bool) -> Node | None:
        """Read the value of a field, which stands right after the colon."""
        value = self._peek()
        field = fields.find(name.text)
        if value is not None and (value.start != name.end or value.kind is Kind.CLOSE):
            if field is not None and self._is_value(field, value, is_negated=is_negated):
                self._hint(f"the blank behind {field.name}: is left out")
            else:
                value = None
        if field is None and value is not None:
            meant = fields.nearest_field(name.text)
            is_group = value.kind is Kind.OPEN
            if meant is None or not (is_group or self._is_value(meant, value, is_negated=is_negated)):
                self._hint(f"no field {quoted(name.text)}: read as words")
                word = self._condition(None, name._replace(kind=Kind.WORD), is_negated=is_negated)
                return all_of([word, self._primary(None, depth, is_negated=is_negated)])
            self._hint(f"no field {quoted(name.text)}, did you mean {meant.name}:?")
        if value is None:
            return self._condition(field, name._replace(kind=Kind.WORD, text=""), is_negated=is_negated)
        self._at += 1
        if value.kind is Kind.OPEN:
            return self._group(field, depth)
        return self._condition(field, value, is_negated=is_negated)

    def _is_value(self, field: Field, token: Token, *, is_negated: bool) -> bool:
        """Tell whether what stands apart from a field can be meant as its value."""
        if token.kind not in {Kind.WORD, Kind.PHRASE}:
            return False
        operand = Operand(token.text, token.kind is Kind.PHRASE)
        reading = conditions.read(field, operand, today=self._today, is_negated=is_negated)
        return not reading.hints and bool(reading.node or reading.sort)

    def _condition(self, field: Field | None, token: Token, *, is_negated: bool) -> Node | None:
        """Return what a word or a phrase asks for in a field, or anywhere."""
        if not token.is_closed:
            self._hint("unclosed quote")
        is_last = token.end == self._end and not (token.kind is Kind.PHRASE and token.is_closed)
        operand = Operand(token.text, token.kind is Kind.PHRASE, self._is_typing and is_last)
        reading = conditions.read(field, operand, today=self._today, is_negated=is_negated)
        for hint in reading.hints:
            self._hint(hint)
        if reading.sort is not None:
            if self._sort not in {None, reading.sort}:
                self._hint(f"more than one sort: the last one counts, {reading.sort.key}")
            self._sort = reading.sort
        if reading.node is None:
            if reading == Reading() and any(map(_is_sign, token.text)):
                self._has_signs = True
                self._hint(f"{quoted(token.text)} has no letter or digit, and is left out")
            return None
        self._conditions += 1
        if self._conditions > MAX_CONDITIONS:
            self._hint(f"only the first {MAX_CONDITIONS} words and filters are read")
            return None
        return reading.node

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: Kind) -> bool:
        """Step over the next token if it is of a kind."""
        token = self._peek()
        if token is None or token.kind is not kind:
            return False
        self._at += 1
        return True

    def _hint(self, text: str) -> None:
        self._hints.setdefault(text)


def _is_sign(char: str) -> bool:
    """Tell whether somebody meant a character to be found: an emoji, no punctuation mark."""
    return not char.isascii() and unicodedata.category(char) in {"So", "Sc", "Sm", "Co", "Cn"}
