"""Why a search found nothing: how many papers each of its words has, and which condition left none."""

from __future__ import annotations

import re
from typing import Final

from papers_tui.index.search import fields
from papers_tui.index.search.corrections import Speller
from papers_tui.index.search.evaluate import Evaluation
from papers_tui.index.search.match import Match, all_of
from papers_tui.index.search.postings import runs_of_prefix
from papers_tui.index.search.query import And, Identified, InCategory, Node, Or, Word
from papers_tui.index.search.schema import name_of
from papers_tui.index.search.snapshot import Snapshot
from papers_tui.index.search.unparse import unparse

_MOST: Final = 8
"""Conditions of which something is told."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_LONGEST: Final = 60
"""Characters of a condition that are shown."""


def hints_on_nothing(
    root: Node, evaluation: Evaluation, speller: Speller, snapshot: Snapshot
) -> tuple[str, ...]:
    """Return, for the person who typed it, why a query matches no paper."""
    nodes = root.nodes if isinstance(root, And) else (root,)
    matches = [(node, match) for node in nodes[:_MOST] if (match := evaluation.match(node)) is not None]
    hints = []
    for node, match in matches:
        count = evaluation.count(match)
        meant = _category(node.category, snapshot) if isinstance(node, InCategory) and not count else ""
        meant = meant or _suggested(node, count, evaluation, speller)
        hints.append(f"{_shown(node)}: {_papers(count)}{meant}")
    if len(matches) > 1:
        hints += _emptying(matches, evaluation)
    return tuple(hints)


def _suggested(node: Node, count: int, evaluation: Evaluation, speller: Speller) -> str:
    """Ask whether something else was meant than what hardly any paper has."""
    if isinstance(node, Word) and not count and (meant_field := _field_of(node)):
        return f"; did you mean {meant_field}?"
    meant = speller.suggestion(node, count) if isinstance(node, Word) else None
    match = evaluation.match(meant) if meant is not None else None
    if meant is None or match is None or not (papers := evaluation.count(match)):
        return ""
    return f"; did you mean {_shown(meant)}, which {_papers(papers)} {'has' if papers == 1 else 'have'}?"


def _category(name: str, snapshot: Snapshot) -> str:
    """Ask for the category that is nearest to one that no paper is in, signs left out."""
    runs = runs_of_prefix(snapshot, "category_name", "")
    known = {name_of(raw)[1] for run in runs for raw in run.columns.terms_of(run.start, run.stop)}
    by_letters = {_letters(one): one for one in sorted(known, reverse=True)}
    found = fields.nearest(_letters(name), tuple(by_letters)) if by_letters else None
    return f"; did you mean cat:{by_letters[found]}?" if found is not None else ""


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


def _field_of(word: Word) -> str:
    """Return the field with a value that a word was meant as: a day, or `author=witten`."""
    if word.field is None and _DAY.fullmatch(word.text):
        return f"date:{word.text}"
    name, sign, value = word.text.partition("=")
    field = fields.find(name) if sign and value else None
    return f"{field.name}:{value}" if field is not None else ""


def _emptying(matches: list[tuple[Node, Match]], evaluation: Evaluation) -> list[str]:
    """Tell of each condition without which something would be found."""
    hints = []
    for node, _ in matches:
        others = [match for other, match in matches if other is not node]
        if left := evaluation.count(all_of(others)):
            hints.append(f"without {_shown(node)}: {_papers(left)}")
    return hints or _leaving_none(matches, evaluation)


def _leaving_none(matches: list[tuple[Node, Match]], evaluation: Evaluation) -> list[str]:
    """Tell of the condition that leaves none of what those before it find together."""
    left = evaluation.count(matches[0][1])
    for place in range(1, len(matches)):
        before, left = left, evaluation.count(all_of([match for _, match in matches[: place + 1]]))
        if before and not left:
            return [f"{_shown(matches[place][0])} leaves none of the {_papers(before)} before it"]
    return []


def _shown(node: Node) -> str:
    if isinstance(node, Or) and isinstance(node.nodes[0], Identified):
        words = tuple(one for one in node.nodes if not isinstance(one, Identified))  # as they were typed
        node = Or(words) if len(words) > 1 else next(iter(words), node)
    text = unparse(node).removesuffix("*")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _papers(count: int) -> str:
    return f"{count:,} paper{'s' * (count != 1)}" if count else "no paper"
