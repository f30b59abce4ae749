"""Why a search found nothing: how many papers each of its words has, and which condition left none."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from papers_tui.index.search import fields
from papers_tui.index.search.corrections import Meant, Speller, replaced
from papers_tui.index.search.evaluate import Evaluation
from papers_tui.index.search.marked import Marked
from papers_tui.index.search.match import Match, all_of
from papers_tui.index.search.near_values import other_values
from papers_tui.index.search.query import And, Identified, InCategory, Node, Or, Phrase, Word
from papers_tui.index.search.snapshot import Snapshot
from papers_tui.index.search.unparse import unparse

_MOST: Final = 8
"""Conditions of which something is told."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_CATEGORY: Final = re.compile(r"[a-z]+(?:-[a-z]+)*[.-][A-Za-z-]+")
"""A name of a category that is no plain word: `cs.CL`, `hep-th`."""
_LONGEST: Final = 60
"""Characters of a condition that are shown."""


class Asked(NamedTuple):
    """A query that was evaluated, with what it was evaluated on."""

    root: Node
    meant: Meant
    """What was searched in the place of its words, too."""
    evaluation: Evaluation
    speller: Speller
    snapshot: Snapshot
    marked: Marked


def hints_on(asked: Asked, *, has_found: bool) -> tuple[str, ...]:
    """Return, for the person who typed a query, what else may be meant, and why nothing is found."""
    root = asked.root
    nodes = root.nodes if isinstance(root, And) else (root,)
    hints = [hint for node in nodes if (hint := _as_category(node, asked))]
    if has_found:
        return tuple(hints)
    read = [replaced(node, asked.meant) for node in nodes[:_MOST]]
    found = ((node, asked.evaluation.match(one)) for node, one in zip(nodes, read, strict=False))
    matches = [(node, match) for node, match in found if match is not None]
    for node, match in matches:
        count = asked.evaluation.count(match)
        hints.append(f"{_shown(node)}: {_counted(node, count, asked)}")
    if len(matches) > 1:
        hints += _emptying(matches, asked.evaluation)
    return tuple(hints)


def _as_category(node: Node, asked: Asked) -> str:
    """Ask whether the category is meant that a bare word is the name of."""
    if not isinstance(node, Word) or node.field is not None or not _CATEGORY.fullmatch(node.text):
        return ""
    category = InCategory(node.text)
    match = asked.evaluation.match(category)
    papers = asked.evaluation.count(match) if match is not None else 0
    return f"did you mean {unparse(category)}? ({_papers(papers)})" if papers else ""


def _counted(node: Node, count: int, asked: Asked) -> str:
    """Tell how many papers a condition has, what it was read as, and what else may be meant."""
    if isinstance(node, Word) and node in asked.meant:
        read_as = " or ".join(_shown(one) for one in asked.meant[node])
        return f"read as {read_as}, too, which {_papers(count)} {'has' if count == 1 else 'have'}"
    others = "" if count else other_values(node, asked.snapshot, asked.marked)
    return f"{_papers(count)}{others or _suggested(node, count, asked.evaluation, asked.speller)}"


def _suggested(node: Node, count: int, evaluation: Evaluation, speller: Speller) -> str:
    """Ask whether something else was meant than what hardly any paper has."""
    if isinstance(node, Word) and not count and (meant_field := _field_of(node)):
        return f"; did you mean {meant_field}?"
    meant = speller.suggestion(word, count) if (word := _single_word(node)) is not None else None
    match = evaluation.match(meant) if meant is not None else None
    if meant is None or match is None or not (papers := evaluation.count(match)):
        return ""
    return f"; did you mean {_shown(meant)}, which {_papers(papers)} {'has' if papers == 1 else 'have'}?"


def _single_word(node: Node) -> Word | None:
    """Return a word, in the quotes that keep it from being corrected too; None for all else."""
    match node:
        case Word():
            return node
        case Phrase(text, field, is_prefix) if not (is_prefix or " " in text):
            return Word(text, field)
        case _:
            return None


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
