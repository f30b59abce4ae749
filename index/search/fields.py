"""The fields of the query language: one table for the parser, its hints, `explain` and the documentation."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, get_args

from papers_tui.index.search.query import Part, RangeField, Sort, SortKey, State, TextField

_NEAR: Final = 0.7
"""How alike two names are when one is taken for a slip of the other: `autor` and `author` are at 0.83."""


class Value(Enum):
    """What a field is followed by. The value is how documentation and hints call it."""

    WORDS = "words"
    TAG = "a tag"
    CATEGORY = "a category"
    SOURCE = "a source"
    ID = "an identifier"
    DAYS = "a date"
    NUMBER = "a number"
    STATE = "a state"
    PART = "a part"
    ORDER = "an order"


@dataclass(frozen=True, slots=True)
class Field:
    """A name that may stand before a colon."""

    name: str
    value: Value
    help: str
    """What it finds, as a phrase without a full stop."""
    examples: tuple[str, ...]
    """Whole conditions, each of which reads without a hint."""
    aliases: tuple[str, ...] = ()
    text_field: TextField | None = None
    """Where words are looked for; for `Value.WORDS` only."""
    range_field: RangeField | None = None
    """What is compared; for `Value.DAYS` and `Value.NUMBER` only."""
    choices: tuple[str, ...] = ()
    """All values there are, where they are few."""


STATES: Final[tuple[State, ...]] = get_args(State)
PARTS: Final[tuple[Part, ...]] = get_args(Part)
SORT_KEYS: Final[tuple[SortKey, ...]] = get_args(SortKey)


_SORT_SYNONYMS: Final[Mapping[SortKey, str]] = {
    "relevance": "best score rank",
    "date": "year newest latest recent published publication",
    "featured": "listed",
    "added": "imported",
    "upvotes": "upvote votes",
    "comments": "comment",
    "trending": "trend hot",
    "title": "titles name alphabetical",
}
_SORT_NAMES: Final[Mapping[str, Sort]] = {
    "oldest": Sort("date", is_reversed=True),
    **{name: Sort(key) for key in SORT_KEYS for name in (key, *_SORT_SYNONYMS[key].split())},
}
"""Orders by their names, and by what else people call them."""


def sort_named(name: str) -> Sort | None:
    """Return the order with a name, in any case; `-asc` or `-desc` behind it say from where it begins."""
    plain, _, direction = name.lower().replace("_", "-").partition("-")
    found = _SORT_NAMES.get(plain)
    if found is None or direction not in {"", "asc", "desc"}:
        return None
    usual = "asc" if found.key == "title" else "desc"
    return Sort(found.key, found.is_reversed != (direction not in {"", usual}))


def _words(name: TextField, text: str, examples: Sequence[str], *aliases: str) -> Field:
    return Field(name, Value.WORDS, text, tuple(examples), aliases, text_field=name)


def _days(name: str, text: str, examples: Sequence[str], *aliases: str, of: RangeField) -> Field:
    return Field(name, Value.DAYS, text, tuple(examples), aliases, range_field=of)


def _number(name: RangeField, text: str, examples: Sequence[str], *aliases: str) -> Field:
    return Field(name, Value.NUMBER, text, tuple(examples), aliases, range_field=name)


FIELDS: Final[tuple[Field, ...]] = (
    _words(
        "title", "words of the title", ["title:scaling", 'title:"scaling law"', "title:(llama OR qwen)"], "ti"
    ),
    _words("abstract", "words of the abstract", ['abstract:"mixture of experts"'], "abs"),
    _words("author", "words of the authors' names", ["author:lecun", 'author:"Yann LeCun"'], "au"),
    _words(
        "org",
        "words of the organisation or the collaboration",
        ["org:nvidia"],
        "organization",
        "organisation",
    ),
    _words("note", "words of your note", ["note:compare"], "notes"),
    _words("venue", "words of the journal or conference", ["venue:neurips"], "journal", "conference"),
    Field("tag", Value.TAG, "one of your tags, whole", ("tag:fp4", 'tag:"to read"', "tag:fp*"), ("tags",)),
    Field(
        "cat",
        Value.CATEGORY,
        "a category and those below it",
        ("cat:cs.CL", "cat:cs"),
        ("category", "categories"),
    ),
    Field(
        "source",
        Value.SOURCE,
        "where a paper came from: the kind of source, its name, or both",
        ("source:listing", "source:listing:today.txt"),
        ("sources",),
    ),
    Field(
        "id",
        Value.ID,
        "the paper with an identifier of any kind, in any spelling",
        ("id:2404.04167", "id:https://arxiv.org/abs/2404.04167v2", "id:2404.*"),
        ("ids",),
    ),
    Field("arxiv", Value.ID, "the paper with an arXiv id", ("arxiv:2404.04167", "arxiv:hep-th/9901001")),
    Field("doi", Value.ID, "the paper with a DOI", ("doi:10.1103/PhysRevD.76.013009",)),
    _days("year", "the year of publication", ["year:2024", "year:2021..2023", "year:>2020"], of="date"),
    _days(
        "date",
        "the day of publication",
        ["date:2025-06-01", "date:2025-06..", "date:2025-W40", "date:2024..2025-03", "date:7d.."],
        "published",
        of="date",
    ),
    _days(
        "featured",
        "a day on which a listing showed the paper",
        ["featured:today", "featured:2w"],
        "listed",
        of="featured",
    ),
    _days(
        "added", "the day of the import", ["added:yesterday", "added:>=2025-01-01"], "imported", of="added"
    ),
    _number("comments", "how many comments", ["comments:>10", "comments:0"], "comment"),
    _number("upvotes", "how many upvotes", ["upvotes:50..", "upvotes:10..50"], "upvote", "votes"),
    _number("authors", "how many authors", ["authors:1", "authors:<=3"]),
    _number("stars", "how many stars the code has", ["stars:>1.2k"], "star"),
    _number("rating", "your rating, 1 to 5", ["rating:>=4"], "rated"),
    Field(
        "is",
        Value.STATE,
        "bookmarked papers, and how far you have read",
        tuple(f"is:{state}" for state in STATES),
        choices=STATES,
    ),
    Field(
        "has", Value.PART, "papers that have something", tuple(f"has:{part}" for part in PARTS), choices=PARTS
    ),
    Field(
        "sort",
        Value.ORDER,
        "the order of the results",
        (*(f"sort:{key}" for key in SORT_KEYS), "-sort:date"),
        ("order",),
        choices=SORT_KEYS,
    ),
)
"""Every field, in the order in which the documentation shows them."""

BY_NAME: Final[Mapping[str, Field]] = {
    name: field for field in FIELDS for name in (field.name, *field.aliases)
}
"""Fields by name and alias, all in lower case."""


def find(name: str) -> Field | None:
    """Return the field with a name or alias, in any case and width."""
    return BY_NAME.get(unicodedata.normalize("NFKC", name).lower())


def nearest_field(name: str) -> Field | None:
    """Return the field that was meant by a misspelt name, or None if none comes near."""
    found = nearest(name.lower(), tuple(BY_NAME))
    return BY_NAME[found] if found is not None else None


def nearest(word: str, choices: Sequence[str]) -> str | None:
    """Return which of `choices` was meant by `word`: half-typed or misspelt. None if none comes near."""
    if len(word) < 3:
        return None
    begun = [choice for choice in choices if choice.startswith(word)]
    if begun:
        return begun[0]
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only a name that is wrong needs it

    best = max(choices, key=lambda choice: OSA.normalized_similarity(word, choice))
    return best if OSA.normalized_similarity(word, best) >= _NEAR else None
