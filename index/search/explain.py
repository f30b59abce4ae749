"""How a query was read, in words, for `search --explain` and for tests of one's own expectations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

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
    Query,
    Range,
    RangeField,
    Sort,
    SortKey,
    Tagged,
    TextField,
    Word,
)
from papers_tui.index.text import clean_line, fold

if TYPE_CHECKING:
    from papers_tui.index.search.highlight import Corrected
    from papers_tui.index.search.other_forms import Forms

_NO_FORMS: Final[Mapping[tuple[Node, ...], tuple[str, ...]]] = MappingProxyType({})

Filter = Range | Tagged | InCategory | FromSource | Identified | InState | Has
"""Conditions that no text is searched for."""

Said = Callable[..., str]
"""Returns how else a word, or two, are found, behind a comma; empty where they are found as typed alone."""

_PLACES: Final[Mapping[TextField | None, str]] = MappingProxyType(
    {
        None: "",
        "title": " in the title",
        "abstract": " in the abstract",
        "author": " in an author's name",
        "org": " in the organisation",
        "note": " in your note",
        "venue": " in the venue",
    }
)
_DAYS: Final[Mapping[RangeField, str]] = MappingProxyType(
    {"date": "published", "featured": "listed", "added": "imported"}
)
_ONES: Final[Mapping[RangeField, str]] = MappingProxyType(
    {"comments": "comment", "upvotes": "upvote", "authors": "author", "stars": "star"}
)
_PARTS: Final = MappingProxyType(
    {"note": "a note", "tag": "a tag", "code": "code", "doi": "a DOI", "abstract": "an abstract"}
)
_ORDERS: Final[Mapping[SortKey, tuple[str, str]]] = MappingProxyType(
    {
        "relevance": ("best match first", "worst match first"),
        "date": ("newest publication first", "oldest publication first"),
        "featured": ("last listed first", "first listed first"),
        "added": ("last imported first", "first imported first"),
        "upvotes": ("most upvotes first", "fewest upvotes first"),
        "comments": ("most comments first", "fewest comments first"),
        "trending": ("trending now first", "trending least first"),
        "title": ("titles from A to Z", "titles from Z to A"),
    }
)


def explain(query: Query, forms: Forms = _NO_FORMS, corrections: Sequence[Corrected] = ()) -> str:
    """Return how a query was read, in lines on its conditions, its order and its hints.

    `forms` are those of its words that an index has, `corrections` the words that it has not.
    """
    lines = ["Every paper"]
    if query.root is not None:
        said = _said_of(forms, corrections)
        lines = ["Papers with", *_lines(query.root, "  ", said)]
    lines.append(f"Order: {_order(query)}")
    lines.extend(f"Hint: {clean_line(hint)}" for hint in query.hints)
    return "\n".join(lines)


def describe(node: Node) -> str:
    """Return one condition in a few words, without those inside it."""
    match node:
        case Word() | Phrase():
            return _words(node) + _PLACES[node.field]
        case And() | Or():
            return "all of" if isinstance(node, And) else "any of"
        case Not():
            return "not"
        case _:
            return _filter(node)


def _lines(node: Node, indent: str, said: Said) -> Iterator[str]:
    """Yield a condition and, indented, those inside it."""
    inner, before = (node.node, "not ") if isinstance(node, Not) else (node, "")
    yield f"{indent}{before}{describe(inner)}{said(inner)}"
    if isinstance(inner, And | Or):
        for place, part in enumerate(inner.nodes):
            yield from _lines(part, indent + "  ", said)
            if isinstance(inner, And) and place and (both := said(inner.nodes[place - 1], part)):
                yield f"{indent}  both words{both}"


def _said_of(forms: Forms, corrections: Sequence[Corrected]) -> Said:
    """Return what tells how else words are found: folded, corrected, in other forms."""
    used: dict[str, list[str]] = {}
    for one in corrections:
        used.setdefault(one.word, []).append(_shown(one.used))

    def said(*nodes: Node) -> str:
        parts = []
        if len(nodes) == 1 and isinstance(nodes[0], Word | Phrase):
            text = nodes[0].text
            if (folded := fold(text)) != clean_line(text).lower():
                parts.append(f"read as {_shown(folded)}")
            if isinstance(nodes[0], Word) and text in used:
                parts.append(f"corrected to {' or '.join(used[text])}")
        if others := forms.get(nodes):
            parts.append(f"also as {', '.join(map(_shown, others))}")
        return "".join(f", {part}" for part in parts)

    return said


def _words(node: Word | Phrase) -> str:
    """Return in words what is looked for in texts."""
    if isinstance(node, Phrase):
        begun = ", the last one begun" if node.is_prefix else ""
        return f"the words {_shown(node.text)} together{begun}"
    if node.is_typing:
        return f"the word {_shown(node.text)} or one that begins with it"
    return (
        f"a word that begins with {_shown(node.text)}" if node.is_prefix else f"the word {_shown(node.text)}"
    )


def _filter(node: Filter) -> str:
    """Return in words what is asked of anything but texts."""
    match node:
        case Range():
            shown = _range(node)
        case Tagged(tag, is_prefix):
            shown = f"a tag that begins with {_shown(tag)}" if is_prefix else f"the tag {_shown(tag)}"
        case InCategory(category, is_prefix):
            begun = ", else those that begin so" if is_prefix else ""
            shown = f"the category {_shown(category)} or one below it{begun}"
        case FromSource(source):
            shown = f"the source {_shown(source)}"
        case Identified(name, is_prefix):
            shown = f"{'an identifier that begins with' if is_prefix else 'the identifier'} {_shown(name)}"
        case InState(state):
            shown = "a bookmark" if state == "bookmarked" else f"the state {state}"
        case Has(part):
            shown = _PARTS[part]
    return shown


def _shown(text: str) -> str:
    return f'"{clean_line(text)}"'


def _range(node: Range) -> str:
    """Return a range of days or numbers in words."""
    low, high, field = node.low, node.high, node.field
    if field in _DAYS:
        first, last = (day(end) if end is not None else None for end in (low, high))
        return f"{_DAYS[field]} {_days(first, last)}"
    if field == "rating":
        return f"a rating of {_numbers(low, high)}"
    return f"{_numbers(low, high)} {_ONES[field]}{'' if low == high == 1 else 's'}"


def _numbers(low: int | None, high: int | None) -> str:
    if high is None:
        return f"{low or 0} or more"
    if low is None:
        return f"at most {high}"
    return f"{low}" if low == high else f"{low} to {high}"


def _days(first: str | None, last: str | None) -> str:
    if first == last and first is not None:
        return f"on {first}"
    if first is None:
        return f"until {last}" if last is not None else "at any time"
    return f"from {first} on" if last is None else f"from {first} to {last}"


def day(ordinal: int) -> str:
    """Return a day as ISO 8601; days outside the calendar are the first and the last one."""
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal())).isoformat()


def _order(query: Query) -> str:
    """Return the order in words, the one that applies if none was asked for included."""
    sort = query.sort
    if sort is None:
        sort = Sort("relevance" if query.root is not None and _has_words(query.root) else "date")
    return _ORDERS[sort.key][sort.is_reversed]


def _has_words(node: Node) -> bool:
    """Tell whether papers can be told apart by how well words match."""
    if isinstance(node, And | Or):
        return any(_has_words(part) for part in node.nodes)
    return isinstance(node, Word | Phrase)
