"""What the index holds of a paper, as a Whoosh schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from whoosh.analysis import Analyzer, IDAnalyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.fields import COLUMN, TEXT, FieldType, Schema
from whoosh.formats import Existence

from papers_tui.index.authors import Author
from papers_tui.index.paper import Paper
from papers_tui.index.search.analysis import tokenize
from papers_tui.index.search.codec_write import RecordColumn
from papers_tui.index.search.facts import FACTS
from papers_tui.index.text import fold

FORMAT_VERSION: Final = 4
"""Grows with every change of the schema or of a file's layout: an index of another version is built anew."""

INDEX_NAME: Final = "papers"

FACTS_COLUMN: Final = "facts"

TEXT_FIELDS: Final = ("title", "abstract", "author", "org", "venue", "ident")
"""Fields searched by their words, with positions."""

_BETWEEN: Final = "\0"


def name_term(shown: str, found_by: str | None = None) -> str:
    """Return the term of a name: `found_by`, or else the name itself, folded; NUL; and the name as shown."""
    return f"{fold(shown if found_by is None else found_by)}{_BETWEEN}{shown}"


def name_of(term: bytes) -> tuple[str, str]:
    """Return what a name is found by, and how it is shown."""
    folded, _, shown = term.decode("utf-8", "replace").partition(_BETWEEN)
    return folded, shown


def author_term(author: Author) -> str:
    """Return the term of an author's name."""
    return name_term(author.name, f"{author.family} {author.given} {author.suffix}")


TERM_FIELDS: Final[Mapping[str, Callable[[Any], str]]] = {
    "category": str,
    "source": str,
    "id": str,
    "featured": str,
    "author_name": author_term,
    "category_name": str,
    "org_name": str,
}
"""Fields searched by whole terms or ranges of them, and what spells the terms of what `Terms` has."""


class PaperAnalyzer(Analyzer):
    """Our analysis as Whoosh asks for it: so that its own writers and queries make the same terms."""

    def __call__(self, value: str, **options: Any) -> Iterator[WhooshToken]:
        """Yield the tokens of a text, with positions."""
        for token in tokenize(value):
            yield WhooshToken(**(options | {"text": token.term, "pos": token.position}))


def schema() -> Schema:
    """Return the schema of the index."""
    return Schema(
        **{name: TEXT(analyzer=PaperAnalyzer()) for name in TEXT_FIELDS},
        **{name: FieldType(Existence(), IDAnalyzer()) for name in TERM_FIELDS},
        **{FACTS_COLUMN: COLUMN(RecordColumn(FACTS))},
    )


@dataclass(frozen=True, slots=True)
class Terms:
    """The whole terms of a paper, by field."""

    category: tuple[str, ...]
    """Each category and those above it, folded: `cs` and `cs.cl` for `cs.CL`."""
    source: tuple[str, ...]
    """The kind, the name and both of each source, folded."""
    id: tuple[str, ...]
    """The ids that the paper is known by."""
    featured: tuple[str, ...]
    """ISO days."""
    author_name: tuple[Author, ...]
    """To be spelled as whole names, found by the family name."""
    category_name: tuple[str, ...]
    """The same as `category`, as the paper writes them: see `name_term`."""
    org_name: tuple[str, ...]
    """The organisation's whole name: see `name_term`."""


def terms_of(paper: Paper) -> Terms:
    """Return the whole terms of a paper."""
    ids = {paper.id}
    if paper.arxiv_id:
        ids.add(f"arxiv:{paper.arxiv_id}")
    if paper.doi:
        ids.add(f"doi:{paper.doi}")
    return Terms(
        category=_category_terms(paper.categories),
        source=_source_terms(paper.sources),
        id=(*ids,),
        featured=(*dict.fromkeys(paper.featured),),
        author_name=paper.authors,
        category_name=_category_names(paper.categories),
        org_name=(name_term(paper.organization),) if paper.organization else (),
    )


@lru_cache(maxsize=4096)
def _category_terms(categories: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({above for name in categories for above in _and_above(name.casefold())})


@lru_cache(maxsize=4096)
def _category_names(categories: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({name_term(above) for name in categories for above in _and_above(name)})


@lru_cache(maxsize=4096)
def _source_terms(sources: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({part for name in sources for part in _source_parts(name.casefold())})


def _and_above(category: str) -> Iterator[str]:
    while category:
        yield category
        category = category.rpartition(".")[0]


def _source_parts(source: str) -> tuple[str, ...]:
    kind, colon, name = source.partition(":")
    return (source, kind, name) if colon else (source,)
