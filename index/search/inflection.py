"""Singular and plural of a word: the only inflection that a search sees through.

Terms are indexed as they are written, so that a prefix is a run of neighbouring terms and a phrase is
exact. A whole word is looked up in all the forms that share its stem.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_IRREGULAR: Final[Mapping[str, str]] = {
    "analyses": "analysis",
    "appendices": "appendix",
    "atlases": "atlas",
    "automata": "automaton",
    "axes": "axis",
    "bacteria": "bacterium",
    "bases": "basis",
    "biases": "bias",
    "buses": "bus",
    "canvases": "canvas",
    "children": "child",
    "corpora": "corpus",
    "criteria": "criterion",
    "crises": "crisis",
    "data": "datum",
    "eigenbases": "eigenbasis",
    "focuses": "focus",
    "gases": "gas",
    "halves": "half",
    "hypotheses": "hypothesis",
    "indices": "index",
    "leaves": "leaf",
    "lenses": "lens",
    "loci": "locus",
    "matrices": "matrix",
    "maxima": "maximum",
    "media": "medium",
    "men": "man",
    "minima": "minimum",
    "moduli": "modulus",
    "momenta": "momentum",
    "nuclei": "nucleus",
    "optima": "optimum",
    "parentheses": "parenthesis",
    "people": "person",
    "phenomena": "phenomenon",
    "polyhedra": "polyhedron",
    "quanta": "quantum",
    "radii": "radius",
    "simplices": "simplex",
    "spectra": "spectrum",
    "statuses": "status",
    "stimuli": "stimulus",
    "strata": "stratum",
    "syntheses": "synthesis",
    "theses": "thesis",
    "tori": "torus",
    "vertices": "vertex",
    "viruses": "virus",
    "vortices": "vortex",
    "women": "woman",
}
_SINGULAR_IN_S: Final = frozenset(
    ["always", "atlas", "bayes", "bias", "canvas", "chaos", "gas", "gauss", "lens", "perhaps", "physics"]
)
_SHORTEST_PLURAL: Final = 4
_SIBILANT_E: Final = ("sse", "xe", "che", "she", "zze", "oe")


def _regular(term: str) -> str:
    is_plural = (
        term.endswith("s")
        and len(term) >= _SHORTEST_PLURAL
        and not term.endswith(("ss", "us", "is"))
        and term not in _SINGULAR_IN_S
    )
    if is_plural:
        term = term[:-1]
    if len(term) < _SHORTEST_PLURAL:
        return term
    if term.endswith("ie"):
        return term[:-2] + "y"
    return term[:-1] if term.endswith(_SIBILANT_E) else term


def stem(term: str) -> str:
    """Return what the singular and the plural of a folded term have in common.

    It is a key to compare, not a word to show: `cookies`, `cookie` and `cooky` all have the stem `cooky`.

    >>> stem("models"), stem("studies"), stem("matrices"), stem("analysis")
    ('model', 'study', 'matrix', 'analysis')
    """
    return _regular(_IRREGULAR.get(term, term))


def _irregular_by_stem() -> Mapping[str, tuple[str, ...]]:
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for plural, singular in _IRREGULAR.items():
        forms[_regular(singular)] += [plural, singular]
    return {key: tuple(found) for key, found in forms.items()}


_BY_STEM: Final = _irregular_by_stem()


@lru_cache(maxsize=4096)
def forms(term: str) -> tuple[str, ...]:
    """Return every term that has the stem of `term`, itself first. Which of them exist, the index knows."""
    root = stem(term)
    candidates = [term, root, root + "s", root + "e", root + "es", *_BY_STEM.get(root, ())]
    if root.endswith("y"):
        candidates += [root[:-1] + "ie", root[:-1] + "ies"]
    return tuple(form for form in dict.fromkeys(candidates) if stem(form) == root)


@lru_cache(maxsize=4096)
def forms_of_unfinished(prefix: str) -> tuple[str, ...]:
    """Return the terms that do not begin with `prefix`, although a form of theirs does.

    Whoever types `studies` passes through `studi` and `studie`, and `matrices` through `matric`: a paper
    on a study, or on a matrix, must stay in the list meanwhile.
    """
    found = list(forms(prefix))
    if prefix.endswith("i"):
        found += forms(prefix[:-1] + "y")
    if len(prefix) >= _SHORTEST_PLURAL:
        found += [singular for plural, singular in _IRREGULAR.items() if plural.startswith(prefix)]
    return tuple(form for form in dict.fromkeys(found) if not form.startswith(prefix))
