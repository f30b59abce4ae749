"""Umlauts that are written as two letters: `Schroedinger` for `Schrödinger`.

Accents do not count, so that `schrödinger` is `schrodinger` in papers and queries alike. Which words have an
umlaut is not known then; a form that no paper has finds nothing, and the others are told by their shape.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from papers_tui.index.patterns import pattern

_SHORTEST: Final = 5
"""Letters of a word with an umlaut in two letters: `boehm`."""
_MOST: Final = 2
"""Places in a word where an umlaut is looked for, from the first on: `angstrom`."""
_PLAIN: Final = pattern(r"(?<![aeiouyqgx])([aou])(?=[b-df-hj-np-tv-xz])")
_SPLIT: Final = pattern(r"(?<![aeiouyqgx])([aou])e(?=[b-df-hj-np-tv-xz])")
_NO_UMLAUT: Final = pattern(r"\Abluer\Z|[aou]e(?:[dst]|l(?:[aes]|l[ae])?|n[ct]\w*)\Z")
"""How words end that have these letters for other reasons: `michael`, `statues`, `valued`, `fluent`."""


@lru_cache(maxsize=4096)
def other_umlauts(term: str) -> tuple[str, ...]:
    """Return how else a folded term may be written: with a letter for two of an umlaut, or the other way.

    >>> other_umlauts("muller"), other_umlauts("mueller"), other_umlauts("michael")
    (('mueller',), ('muller',), ())
    """
    if not (term.isascii() and term.isalpha()) or len(term) < _SHORTEST - 1:
        return ()
    if (split := _SPLIT.search(term)) and len(term) >= _SHORTEST:
        return () if _NO_UMLAUT.search(term) else (term[: split.end() - 1] + term[split.end() :],)
    places = [match.end() for match in _PLAIN.finditer(term)][:_MOST]
    forms = (f"{term[:place]}e{term[place:]}" for place in places)
    return tuple(form for form in forms if not _NO_UMLAUT.search(form))
