"""Where a query's words stand in a text that it found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from papers_tui.index.search.analysis import Token, Unit, analyse, stem, tokenize, units
from papers_tui.index.search.inflection import forms_of_unfinished
from papers_tui.index.search.query import And, Node, Or, Phrase, Query, TextField, Word
from papers_tui.index.search.umlauts import other_umlauts
from papers_tui.index.text import fold

MAX_LENGTH: Final = 400_000
"""Characters of a text that are looked at."""

_MAX_STEPS: Final = 500_000
"""How many words of phrases are compared in one text: more than texts written by people need."""


class Corrected(Protocol):
    """A word that found nothing and what was searched instead."""

    @property
    def word(self) -> str:
        """As it was typed."""

    @property
    def used(self) -> str:
        """As it was searched."""


@dataclass(frozen=True, slots=True)
class _Sequence:
    """Terms one after the other."""

    terms: tuple[str, ...]
    is_exact: bool
    """Whether plural and singular are told apart, as in phrases."""
    is_begun: bool = False
    """Whether the last term may go on."""


@dataclass(slots=True)
class _Wanted:
    """What to look for in a field."""

    stems: set[str] = field(default_factory=set)
    exact: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    sequences: list[_Sequence] = field(default_factory=list)


class Highlighter:
    """Finds the words that made a text match a query: whole words in all their forms, prefixes, phrases.

    What stands under a negation is not looked for.
    """

    def __init__(self, query: Query, corrections: Sequence[Corrected] = ()) -> None:
        self._used: defaultdict[str, list[str]] = defaultdict(list)
        for correction in corrections:
            self._used[fold(correction.word)].append(correction.used)
        self._nodes = list(_positive(query.root))
        self._by_field: dict[str, _Wanted] = {}

    def spans(self, text: str, field: TextField | str) -> list[tuple[int, int]]:
        """Return where matched words stand in `text`: (start, end) pairs in order that do not overlap.

        Args:
            text: a field of a paper, as it is shown.
            field: which one it is; anything else, such as an empty text, is searched by bare words only.
        """
        wanted = self._by_field.get(field)
        if wanted is None:
            wanted = self._by_field[field] = self._wanted(field)
        if not (wanted.stems or wanted.exact or wanted.prefixes or wanted.sequences):
            return []
        tokens = tokenize(text[:MAX_LENGTH])
        found = [(token.start, token.end) for token in _single(tokens, wanted)]
        if wanted.sequences:
            found += _together(tokens, wanted.sequences)
        if wanted.stems:
            found += _written_apart(tokens, wanted.stems)
        return _merged(found)

    def _wanted(self, field: str) -> _Wanted:
        """Return what to look for in a field."""
        wanted = _Wanted()
        for node in self._nodes:
            if node.field not in {None, field}:
                continue
            if isinstance(node, Phrase):
                terms = tuple(part for unit in units(fold(node.text)) for part in analyse(unit).parts)
                if len(terms) > 1:
                    wanted.sequences.append(_Sequence(terms, is_exact=True, is_begun=node.is_prefix))
                elif node.is_prefix:
                    wanted.prefixes.update(terms)
                elif terms:
                    wanted.exact.update((*terms, *other_umlauts(terms[0])))
                continue
            for text in (node.text, *self._corrections(node.text)):
                _add_word(wanted, text, is_begun=node.is_prefix or node.is_typing, is_typing=node.is_typing)
        return wanted

    def _corrections(self, text: str) -> list[str]:
        """Return what was searched instead of a word or its parts."""
        if not self._used:
            return []
        folded = fold(text)
        names = {folded}
        for unit in map(analyse, units(folded)):
            names |= {unit.joined, *unit.parts, *unit.aliases}
        return [used for name in sorted(names) if name in self._used for used in self._used[name]]


def _positive(node: Node | None) -> Iterator[Word | Phrase]:
    """Yield the words and phrases that a matching paper may have."""
    if isinstance(node, Word | Phrase):
        yield node
    elif isinstance(node, And | Or):
        for part in node.nodes:
            yield from _positive(part)


def _add_word(wanted: _Wanted, text: str, *, is_begun: bool, is_typing: bool) -> None:
    """Look for a word as it was typed, of which analysis may make several units."""
    found = [analyse(unit) for unit in units(fold(text))]
    for unit in found:
        _add_unit(wanted, unit, is_begun=is_begun and unit is found[-1], is_typing=is_typing)


def _add_unit(wanted: _Wanted, unit: Unit, *, is_begun: bool, is_typing: bool) -> None:
    if len(unit.parts) > 1:
        wanted.sequences.append(_Sequence(unit.parts, is_exact=False, is_begun=is_begun))
    whole = {*unit.aliases, unit.joined}
    if not is_begun or is_typing:
        wanted.stems |= {stem(term) for term in whole}
        wanted.exact |= {form for term in whole for form in other_umlauts(term)}
    if is_begun:
        wanted.prefixes |= whole
    if is_begun and is_typing:
        wanted.exact |= {form for term in whole for form in forms_of_unfinished(term)}


def _single(tokens: Iterable[Token], wanted: _Wanted) -> Iterator[Token]:
    """Yield the tokens that match by themselves."""
    prefixes = tuple(wanted.prefixes)
    known: dict[str, bool] = {}
    for token in tokens:
        term = token.term
        matches = known.get(term)
        if matches is None:
            matches = stem(term) in wanted.stems or term in wanted.exact or term.startswith(prefixes)
            known[term] = matches
        if matches:
            yield token


def _together(tokens: Iterable[Token], sequences: Iterable[_Sequence]) -> list[tuple[int, int]]:
    """Return where terms stand that match only one after the other."""
    rows: defaultdict[int, dict[str, Token]] = defaultdict(dict)
    for token in tokens:
        rows[token.position][token.term] = token
    by_term: defaultdict[str, list[int]] = defaultdict(list)
    for position, row in rows.items():
        for term in row:
            by_term[stem(term)].append(position)
    found: list[tuple[int, int]] = []
    steps = 0
    for sequence in sequences:
        for position in by_term[stem(sequence.terms[0])]:
            matched, looked_at = _match(rows, position, sequence)
            found += [(token.start, token.end) for token in matched]
            steps += looked_at
            if steps > _MAX_STEPS:
                return found
    return found


def _match(
    rows: defaultdict[int, dict[str, Token]], position: int, sequence: _Sequence
) -> tuple[list[Token], int]:
    """Return the tokens of `sequence` from `position` on, or none, and how many were looked at."""
    matched: list[Token] = []
    last = len(sequence.terms) - 1
    for offset, term in enumerate(sequence.terms):
        row = rows.get(position + offset, {})
        token = row.get(term)
        if token is None and not sequence.is_exact:
            token = next((row[other] for other in row if stem(other) == stem(term)), None)
        if token is None and sequence.is_begun and offset == last:
            token = next((row[other] for other in row if other.startswith(term)), None)
        if token is None:
            return [], offset + 1
        matched.append(token)
    return matched, last + 1


def _written_apart(tokens: Iterable[Token], stems: Collection[str]) -> list[tuple[int, int]]:
    """Return neighbours that make a wanted word when they are joined: `pre training` for `pretraining`."""
    parts = {token.position: token for token in tokens}
    found: list[tuple[int, int]] = []
    for position, token in parts.items():
        after = parts.get(position + 1)
        if after is not None and stem(token.term + after.term) in stems:
            found += [(token.start, token.end), (after.start, after.end)]
    return found


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return `spans` in order, those that overlap made one, empty ones left out."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
