r"""Subscripts of symbols in plain text: `M_⊙`, `M_BH`, `σ_*`, `p_T`, as titles have them that were TeX once.

A symbol is one letter, Latin or Greek, and its subscript a sign, a Greek letter, or up to three letters
and digits. Names of programs (`foo_bar`, `my_long_name`) are none. Nor is what Unicode has subscripts for:
readers make `xᵢ` and `H₀` of TeX's `x_i` and `H_0`.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

from papers_tui.index.cite.tex_symbols import mathematics

_SIGNS: Final = "⊙⋆*±⊥∥∞"
_GREEK: Final = "Α-Ωα-ωϕϑϵ"
_IN_UNICODE: Final = "aehijklmnoprstuvx0-9βγρφχ"
SUBSCRIPT: Final = re.compile(
    rf"(?<![^\s(\[“‘–—|=<>;≲≳≈≤≥~])([A-Za-z{_GREEK}ℓ])_(?![{_IN_UNICODE}]+(?!\w))"
    rf"([{_SIGNS}]|[{_GREEK}]{{1,2}}|[A-Za-z0-9]{{1,3}})"
    rf"(?![\w_*])"
)


def as_mathematics(symbol: str, script: str) -> str:
    r"""Return a symbol with its subscript as TeX: `$M_{\odot}$`, `$M_{\mathrm{BH}}$`, `$p_{T}$`."""
    return f"${_tex(symbol)}_{{{_script(script)}}}$"


def html_with_subscripts(text: str) -> str:
    """Return a text as HTML in which nothing acts, its subscripts set low."""
    return SUBSCRIPT.sub(r"\1<sub>\2</sub>", escape(text))


def _script(script: str) -> str:
    is_word = script.isascii() and script.isalpha() and len(script) > 1
    return f"\\mathrm{{{script}}}" if is_word else "".join(map(_tex, script))


def _tex(sign: str) -> str:
    return sign if sign.isascii() else mathematics(sign)[2:-2]
