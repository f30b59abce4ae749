r"""Mathematics of TeX in one line of Unicode: `\mathcal{O}(n^2)` is O(n²)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from papers_tui.index import tex_symbols
from papers_tui.index.patterns import pattern

MAX_DEPTH: Final = 20
"""Groups that may be nested: deeper ones are a mistake or an attack."""

_TOKEN: Final = pattern(r"\\(?:[A-Za-z]+\*?|.)|\s+|[A-Za-z]+|[0-9.]+|.", re.DOTALL)
_SPACES: Final = frozenset({",", ";", ":", " ", "quad", "qquad", "space", "thinspace", "\n"})
_ESCAPED: Final = frozenset("{}%&_$#")
_FRACTIONS: Final = frozenset({"frac", "dfrac", "tfrac", "nicefrac", "sfrac"})
_FORMS: Final = {
    "pmod": (1, " (mod {})"),
    "not": (1, "{}\u0338"),
    "binom": (2, "({} choose {})"),
    "ket": (1, "|{}⟩"),
    "bra": (1, "⟨{}|"),
}
"""How many arguments a command takes, and how it shows them."""

_ROOTS: Final = {"": "√", "3": "∛", "4": "∜"}
_SIMPLE: Final = pattern(r"[^\W\d_][\u0300-\u036f]?(?:_?\w)?[²³¹⁰-₟ᵃ-ᵪⱼⱽ]*|[\d.]+|[A-Za-z]{2,}|\([^()]*\)")

_INDEXED: Final = pattern(r"[^\W\d_](?:[_^]\w|[²³¹⁰-₟ᵃ-ᵪⱼⱽ]+)")
_ENGLISH: Final = pattern(r"(?:(?:^|\s)[A-Za-z]{2,}[,;:.]?(?=\s)){3}")
_WORD: Final = pattern(r"\s[A-Za-z]{2,}(?=\s)")
_COMMAND: Final = pattern(r"\\[A-Za-z]+\s*(?:\{[^{}]*\})?")


class Unknown(Exception):
    """Some of the TeX cannot be shown: it stays as it came."""


class Formula:
    """A formula being read, lexeme by lexeme. Linear in its length."""

    def __init__(self, source: str, read_text: Callable[[str], str], *, depth: int = 0) -> None:
        if depth > MAX_DEPTH:
            raise Unknown
        self._tokens: list[str] = _TOKEN.findall(source)
        self._next = 0
        self._read_text = read_text
        self._depth = depth

    def shown(self) -> str:
        """Return the formula in Unicode. Raises Unknown where a part of it has no such form."""
        shown = self._until(None)
        return re.sub(r"\s+", " ", shown).strip()

    def _until(self, end: str | None) -> str:
        """Read up to the lexeme `end`, or to the last one where it is None."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unknown
        parts: list[str] = []
        while True:
            if self._next == len(self._tokens):
                if end is not None:
                    raise Unknown
                break
            lexeme = self._tokens[self._next]
            self._next += 1
            if lexeme == end:
                break
            if lexeme == r"\over":
                parts = [_fraction("".join(parts).strip(), self._until(end).strip())]
                break
            self._read(lexeme, parts)
        self._depth -= 1
        return "".join(parts)

    def _read(self, lexeme: str, parts: list[str]) -> None:
        """Read what begins with `lexeme` on to `parts`."""
        if lexeme[0] == "\\":
            self._command(lexeme[1:], parts)
        elif lexeme == "{":
            parts.append(self._until("}"))
        elif lexeme in {"}", "$", "&", "#"}:
            raise Unknown
        elif lexeme in {"^", "_"}:
            self._script(lexeme, parts)
        elif lexeme == "~" or lexeme.isspace():
            parts.append(" ")
        else:
            parts.append(lexeme)

    def _argument(self) -> str:
        """Read the argument of a command: a group, a command or one character."""
        self._skip_space()
        if self._next == len(self._tokens):
            raise Unknown
        lexeme = self._tokens[self._next]
        if lexeme[0].isalnum() and len(lexeme) > 1:
            self._tokens[self._next] = lexeme[1:]
            return lexeme[0]
        self._next += 1
        if lexeme in {"^", "_"}:
            raise Unknown
        parts: list[str] = []
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unknown
        self._read(lexeme, parts)
        self._depth -= 1
        return "".join(parts).strip()

    def _raw_argument(self) -> str:
        """Return the source of a group, for a command that reads it as text."""
        self._skip_space()
        if self._next == len(self._tokens) or self._tokens[self._next] != "{":
            raise Unknown
        start = self._next + 1
        level = 0
        for position in range(self._next, len(self._tokens)):
            lexeme = self._tokens[position]
            level += (lexeme == "{") - (lexeme == "}")
            if level == 0:
                self._next = position + 1
                return "".join(self._tokens[start:position])
        raise Unknown

    def _option(self) -> str:
        """Read an argument in square brackets; empty where there is none."""
        if self._next < len(self._tokens) and self._tokens[self._next] == "[":
            self._next += 1
            return self._until("]")
        return ""

    def _skip_space(self) -> bool:
        """Go past white space, and tell whether there was any."""
        if self._next < len(self._tokens) and self._tokens[self._next].isspace():
            self._next += 1
            return True
        return False

    def _script(self, lexeme: str, parts: list[str]) -> None:
        """Read a superscript or a subscript: in characters of that height if all exist."""
        content = self._argument()
        shift = tex_symbols.raised if lexeme == "^" else tex_symbols.lowered
        compact = content.replace(" ", "")
        shown = shift(compact)
        if shown is None and (len(compact) == 1 or (lexeme == "_" and self._ends_word(content))):
            shown = lexeme + compact
        if shown in {"^∘", "^°"}:
            shown = "°"
        parts.append(f"{lexeme}{{{content}}}" if shown is None else shown)

    def _ends_word(self, content: str) -> bool:
        """Tell whether `content` can do without braces: one word, and none goes on after it."""
        follower = self._tokens[self._next] if self._next < len(self._tokens) else " "
        return content.isalnum() and not (follower[0].isalnum() or follower[0] in "\\{")

    def _command(self, name: str, parts: list[str]) -> None:
        """Read a command and what belongs to it."""
        if name in _SPACES:
            parts.append(" ")
        elif name in _ESCAPED:
            parts.append(name)
        elif name == "|":
            parts.append("‖")
        elif name in {"!", "/", "-"}:
            pass
        elif name in tex_symbols.SILENT:
            self._arrange(name)
        elif name in tex_symbols.FUNCTIONS:
            self._function(name, parts)
        elif name in tex_symbols.MATH_ACCENTS:
            parts.append(accented(self._argument(), name))
        elif name in _FRACTIONS:
            self._fraction(parts)
        elif (shown := tex_symbols.SETS.get(name) or tex_symbols.symbols().get(name)) is not None:
            self._symbol(shown, parts)
        else:
            parts.append(self._with_arguments(name))

    def _arrange(self, name: str) -> None:
        self._skip_space()
        if name in {"left", "right", "middle"} and self._tokens[self._next : self._next + 1] == ["."]:
            self._next += 1

    def _with_arguments(self, name: str) -> str:
        """Read a command that takes arguments."""
        if name in tex_symbols.TEXT_IN_MATH:
            return self._read_text(self._raw_argument()) if self._is_group() else self._argument()
        if name in tex_symbols.FONTS:
            return self._argument()
        if name in tex_symbols.DOUBLE_STRUCK:
            return tex_symbols.double_struck(self._argument())
        if name == "sqrt":
            return _root(self._option(), self._argument())
        if name in _FORMS:
            count, form = _FORMS[name]
            return unicodedata.normalize("NFC", form.format(*(self._argument() for _ in range(count))))
        raise Unknown

    def _fraction(self, parts: list[str]) -> None:
        r"""Set a fraction apart from factors beside it: `3\frac12x` is 3 1/2 x."""
        shown = _fraction(self._argument(), self._argument())
        is_beside = "".join(parts[-1:])[-1:].isalnum()
        follower = self._tokens[self._next] if self._next < len(self._tokens) else ""
        parts.append((" " if is_beside else "") + shown + (" " if follower[:1].isalnum() else ""))

    def _is_group(self) -> bool:
        self._skip_space()
        return self._tokens[self._next : self._next + 1] == ["{"]

    def _function(self, name: str, parts: list[str]) -> None:
        """Set the name of a function apart from letters and digits beside it."""
        before = "".join(parts[-1:])[-1:]
        gap = " " if before.isalnum() or (before and before in ")]}!") else ""
        self._skip_space()
        follower = self._tokens[self._next] if self._next < len(self._tokens) else ""
        after = " " if follower[:1].isalnum() or follower[:1] == "\\" else ""
        parts.append(gap + name.removeprefix("b") + after if name == "bmod" else gap + name + after)

    def _symbol(self, shown: str, parts: list[str]) -> None:
        """Set relations apart from their sides, and operators as the author did."""
        is_spaced = "".join(parts[-1:])[-1:] == " "
        self._skip_space()
        is_last = self._next == len(self._tokens) or self._tokens[self._next] == "}"
        if not parts:
            parts.append(shown)
        elif tex_symbols.is_relation(shown):
            parts.append(f" {shown}" if is_last else f" {shown} ")
        elif is_last:
            parts.append(shown)
        elif tex_symbols.is_binary(shown):
            parts.append(f"{shown} " if is_spaced else shown)
        else:
            parts.append(shown)


def accented(base: str, name: str) -> str:
    """Return `base` under the accent of mathematics `name`. Raises Unknown where it is too long for that."""
    mark = tex_symbols.MATH_ACCENTS[name]
    if len(base) == 1 or (len(base) == 2 and unicodedata.combining(base[1])):
        mark = "\u0304" if name == "overline" else mark
        return unicodedata.normalize("NFC", base + mark)
    if _INDEXED.fullmatch(base):
        return unicodedata.normalize("NFC", base[0] + mark) + base[1:]
    if not (name in tex_symbols.LINES and base.isalnum()):
        raise Unknown
    return "".join(char + ("\u0305" if name == "bar" else mark) for char in base)


def _fraction(above: str, below: str) -> str:
    return f"{_operand(above)}/{_operand(below)}"


def _root(degree: str, radicand: str) -> str:
    sign = _ROOTS.get(degree) or (tex_symbols.raised(degree) or "")
    if not sign:
        raise Unknown
    sign = sign if degree in _ROOTS else f"{sign}√"
    return sign + (radicand if len(radicand) == 1 or radicand.isdigit() else f"({radicand})")


def _operand(text: str) -> str:
    """Return `text` in parentheses unless it is one thing."""
    if not text:
        raise Unknown
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def is_formula(content: str, follower: str) -> bool:
    """Tell whether `content`, found between dollars, is no money or prose. `follower` comes after them."""
    if not content or content.isspace():
        return False
    rest = _COMMAND.sub("", content)
    if content[0].isspace() or content[-1].isspace() or content[0].isdigit():
        is_tex = any(mark in content for mark in "\\^_={}") or len(content.strip()) == 1
        is_whole = not (content[-1].isspace() or follower.isdigit() or " " in content.strip())
        return (is_tex or (is_whole and not content[0].isspace())) and _WORD.search(rest) is None
    return _ENGLISH.search(rest) is None
