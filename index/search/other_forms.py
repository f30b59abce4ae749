"""In which other forms the words of a query are found: what `search --explain` tells of inflection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from papers_tui.index.search.evaluate import compound
from papers_tui.index.search.postings import runs_of_term
from papers_tui.index.search.query import And, Node, Not, Or, Phrase, Word
from papers_tui.index.search.schema import TEXT_FIELDS
from papers_tui.index.search.snapshot import Snapshot
from papers_tui.index.search.spellings import Spelling, Step
from papers_tui.index.search.words import find, spellings_of

Forms = Mapping[tuple[Node, ...], tuple[str, ...]]
"""What is found for a word, a phrase, or two words side by side, beside what was typed."""


def other_forms(root: Node | None, snapshot: Snapshot) -> Forms:
    """Return the forms that papers have of what a query asks for; none for what has no other one."""
    found: dict[tuple[Node, ...], tuple[str, ...]] = {}
    for asked in _asked(root):
        first = asked[0]
        if isinstance(first, Word | Phrase) and first.field != "note":
            fields = TEXT_FIELDS if first.field is None else (first.field,)
            others = [one for one in _others(asked, snapshot) if _is_found(one, snapshot, fields)]
            found[asked] = tuple(dict.fromkeys(" ".join(step.term for step in one) for one in others))
    return {asked: forms for asked, forms in found.items() if forms}


def _is_found(one: Spelling, snapshot: Snapshot, fields: Sequence[str]) -> bool:
    """Tell whether papers have a spelling; of a single whole word, this very form of it."""
    if len(one) == 1 and one[0].ending == "exact":
        return any(run.size for field in fields for run in runs_of_term(snapshot, field, one[0].term))
    return bool(find(snapshot, [one], fields).mask.any())


def _asked(node: Node | None) -> Iterator[tuple[Node, ...]]:
    """Yield each word and phrase, and each two words that may be halves of one."""
    match node:
        case Not(inner):
            yield from _asked(inner)
        case And(nodes) | Or(nodes):
            for part in nodes:
                yield from _asked(part)
            if isinstance(node, And):
                yield from pairwise(nodes)
        case Word() | Phrase():
            yield (node,)


def _others(asked: tuple[Node, ...], snapshot: Snapshot) -> Iterator[Spelling]:
    """Yield what else is looked for; not what begins with a word that is being typed."""
    if len(asked) > 1:
        one = compound(asked[0], asked[1])
        if one is not None:
            yield (Step(one.text, "typing" if one.is_typing else "inflected"),)
        return
    [node] = asked
    if not isinstance(node, Word | Phrase):
        return
    typed, *others = spellings_of(node, snapshot) or [()]
    if len(typed) == 1:
        step = typed[0]
        kept = (f for f in step.terms if not (f.startswith(step.term) if step.is_prefix else f == step.term))
        yield from ((Step(term),) for term in kept)
    yield from others
