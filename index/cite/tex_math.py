r"""Mathematics in titles: what of `$…$` may be handed to TeX as it is.

Only a small grammar of known commands is, read to its end with every argument in its place: what it accepts
compiles (with amsmath and amssymb, which papers with mathematics load) and does nothing but show signs.
Everything else is text, dollar signs included. So `\input`, `\def`, `^^5c` and `x^2^3` never reach TeX.
"""

from __future__ import annotations

import re
from typing import Final

_SYMBOLS: Final = re.compile(
    r"alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|pi"
    r"|varpi|rho|varrho|sigma|varsigma|tau|upsilon|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi"
    r"|Pi|Sigma|Upsilon|Phi|Psi|Omega|ell|hbar|Re|Im|aleph|wp|infty|partial|nabla|forall|exists|in|ni"
    r"|notin|subset|subseteq|supset|supseteq|cup|cap|times|div|cdot|cdots|ldots|dots|pm|mp|le|leq|ge|geq"
    r"|ne|neq|approx|sim|simeq|cong|equiv|propto|to|rightarrow|leftarrow|Rightarrow|Leftarrow"
    r"|leftrightarrow|Leftrightarrow|longrightarrow|mapsto|sum|prod|int|oint|log|ln|exp|sin|cos|tan|sinh"
    r"|cosh|tanh|det|dim|ker|min|max|sup|inf|lim|arg|gcd|prime|star|ast|circ|bullet|oplus|ominus|otimes"
    r"|wedge|vee|neg|lnot|perp|parallel|mid|langle|rangle|lfloor|rfloor|lceil|rceil|dagger|ddagger|odot"
    r"|lesssim|gtrsim|ll|gg|angle|triangle|square|emptyset|setminus|rtimes|ltimes|quad|qquad|bf|rm|it|cal"
    r"|varkappa|leqslant|geqslant|uparrow|downarrow|natural|top"
)
"""Commands that stand alone, with the old switches of fonts."""

_ONE_ARGUMENT: Final = frozenset(
    {"mathbb", "mathbf", "mathcal", "mathrm", "mathit", "mathsf", "mathfrak", "boldsymbol", "bar"}
    | {"hat", "tilde", "vec", "dot", "ddot", "overline", "underline", "widehat", "widetilde", "sqrt"}
)
_TEXT: Final = frozenset({"text", "textit", "textbf", "textrm", "operatorname", "mbox"})
"""Commands whose argument is plain text."""

_CHARACTERS: Final = re.compile(r"[A-Za-z0-9+\-*/=<>()\[\]|.,:;!]")
_COMMAND: Final = re.compile(r"\\([A-Za-z]+|[,;:!{}| ])")
_PLAIN_TEXT: Final = re.compile(r"\{[A-Za-z0-9 ,.+-]*\}")
_SPACE: Final = re.compile(r" *")
_DEEPEST: Final = 20


class _Unsafe(Exception):
    """The mathematics is not of the grammar."""


def is_safe_math(math: str) -> bool:
    """Whether `math`, without its dollar signs, is of the grammar."""
    try:
        return _list(math, 0, 0) == len(math)
    except _Unsafe:
        return False


def _list(math: str, at: int, depth: int) -> int:
    """Read atoms with their scripts up to a closing brace or the end; return where that is."""
    if depth > _DEEPEST:
        raise _Unsafe
    while (at := _after_spaces(math, at)) < len(math) and math[at] != "}":
        if math[at] not in "^_'":
            at = _atom(math, at, depth)
        at = _scripts(math, at, depth)
    return at


def _scripts(math: str, at: int, depth: int) -> int:
    """Read primes, then one `^` and one `_` at most: a second one is an error of TeX."""
    seen: set[str] = set()
    while (at := _after_spaces(math, at)) < len(math) and math[at] in "^_'":
        sign = math[at]
        if sign == "'" and not seen:
            at += 1
            continue
        if sign in seen or sign == "'":
            raise _Unsafe
        seen.add(sign)
        at = _argument(math, at + 1, depth)
    return at


def _argument(math: str, at: int, depth: int) -> int:
    """Read what a command or a script applies to: a group or a single sign."""
    at = _after_spaces(math, at)
    if at >= len(math) or math[at] in "^_'}":
        raise _Unsafe
    return _atom(math, at, depth)


def _atom(math: str, at: int, depth: int) -> int:
    if math[at] == "{":
        end = _list(math, at + 1, depth + 1)
        if math[end : end + 1] != "}":
            raise _Unsafe
        return end + 1
    if math[at] == "\\":
        return _command(math, at, depth)
    if not _CHARACTERS.match(math, at):
        raise _Unsafe
    return at + 1


def _command(math: str, at: int, depth: int) -> int:
    match = _COMMAND.match(math, at)
    if match is None or depth > _DEEPEST:
        raise _Unsafe
    name, at = match[1], match.end()
    if _SYMBOLS.fullmatch(name) or not name.isalpha():
        return at
    if name in _TEXT:
        text = _PLAIN_TEXT.match(math, _after_spaces(math, at))
        if text is None:
            raise _Unsafe
        return text.end()
    if name in {"frac", "binom"}:
        return _argument(math, _argument(math, at, depth + 1), depth + 1)
    if name not in _ONE_ARGUMENT:
        raise _Unsafe
    return _argument(math, at, depth + 1)


def _after_spaces(math: str, at: int) -> int:
    match = _SPACE.match(math, at)
    return match.end() if match else at
