"""Why a search found nothing: how many papers each of its words has, and which condition left none."""

from __future__ import annotations

from typing import Final

from papers_tui.index.search.corrections import Speller
from papers_tui.index.search.evaluate import Evaluation
from papers_tui.index.search.match import Match, all_of
from papers_tui.index.search.query import And, Node, Word
from papers_tui.index.search.unparse import unparse

_MOST: Final = 8
"""Conditions of which something is told."""
_LONGEST: Final = 60
"""Characters of a condition that are shown."""


def hints_on_nothing(root: Node, evaluation: Evaluation, speller: Speller) -> tuple[str, ...]:
    """Return, for the person who typed it, why a query matches no paper."""
    nodes = root.nodes if isinstance(root, And) else (root,)
    matches = [(node, match) for node in nodes[:_MOST] if (match := evaluation.match(node)) is not None]
    hints = []
    for node, match in matches:
        count = evaluation.count(match)
        hints.append(f"{_shown(node)}: {_papers(count)}{_suggested(node, count, evaluation, speller)}")
    if len(matches) > 1:
        hints += _emptying(matches, evaluation)
    return tuple(hints)


def _suggested(node: Node, count: int, evaluation: Evaluation, speller: Speller) -> str:
    """Ask whether another word was meant than one that hardly any paper has."""
    meant = speller.suggestion(node, count) if isinstance(node, Word) else None
    match = evaluation.match(meant) if meant is not None else None
    if meant is None or match is None or not (papers := evaluation.count(match)):
        return ""
    return f"; did you mean {_shown(meant)}, which {_papers(papers)} {'has' if papers == 1 else 'have'}?"


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
    text = unparse(node).removesuffix("*")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _papers(count: int) -> str:
    return f"{count:,} paper{'s' * (count != 1)}" if count else "no paper"
