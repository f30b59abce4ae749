r"""The text of a BibTeX field in Unicode: `{\"o}` is ö, `{LLM}` is LLM, `\&` is &.

Here TeX is certain, unlike in a listing, where a backslash may be a path: every brace groups, every
backslash begins a command. Mathematics is left to `papers_tui.index.tex`, which shows what has characters
of its own and keeps the rest.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cached_property
from typing import Final

from papers_tui.index import tex_symbols
from papers_tui.index.tex_groups import closing_braces, dollars
from papers_tui.index.text import clean, readable

_INTEREST: Final = re.compile(r"[\\{}$~]|---?")
_NAME: Final = re.compile(r"[A-Za-z]+\*?")
_ADDED: Final = re.compile(r"[\\{}]|\$[<>]\$")
_SPACES: Final = re.compile(r"[ \t\n]*")
_DASHES: Final = {"--": "–", "---": "—"}
_OPTIONS: Final = re.compile(r"[ \t]*(?:\[[^\]\n{}]{0,80}\])+(?=[ \t]*\{)")
"""What may stand between a command and its argument, and is not shown."""
_CHARACTER: Final = re.compile(r"`\\?(.)|\"([0-9A-F]{2,4})(?![0-9A-F]) ?|(\d{2,5})(?!\d) ?")
"""A character by itself or its number, after `\\char`."""

_LINE_BREAK: Final = re.compile(r"\\\*?(?:\[[^\]\n]{0,20}\])?")
_MAX_DEPTH: Final = 30
_MAX_FORMULA: Final = 1000

_SEPARATORS: Final = re.compile("[,;{]")
_STAND_INS: Final = {sign: chr(0xF5000 + number) for number, sign in enumerate("\\$<~^_{}")}
"""Private characters for signs that are written out, as `\\$` is: nothing may take them for TeX once more."""
_MEANT: Final = str.maketrans({private: sign for sign, private in _STAND_INS.items()})
_SIGNS: Final = {
    **{sign: _STAND_INS[sign] for sign in "$_{}"},
    **dict.fromkeys(" \t\n,;:>~\\", " "),
    **dict.fromkeys("!/@-+()[]", ""),
}
"""What commands of one sign leave; others stand for the sign itself."""
_MARKS: Final = frozenset("'`^\"~=.")
_LETTER_MARKS: Final = frozenset("uvHckrdbt")
_TIE: Final = "\u0361"
_ADDRESSES: Final = frozenset({"url", "path", "nolinkurl", "doi"})
_HIDDEN: Final = frozenset({"noopsort", "SortNoop", "noop", "singleletter", "label", "index"})
_SECOND_IS_SHOWN: Final = frozenset({"href", "textcolor", "foreignlanguage", "colorbox", "scalebox"})
_SPACING: Final = frozenset({"hspace", "vspace", "hskip", "vskip", "kern", "phantom", "hphantom", "vphantom"})
"""Commands whose argument is a length, or takes room and is not seen."""
_WITHOUT_TEXT: Final = "string protect relax ignorespaces textcompwordmark bibrangessep noindent newblock em"
_SILENT: Final = frozenset(_WITHOUT_TEXT.split())
_SHIFTS: Final = {"textsuperscript": tex_symbols.raised, "textsubscript": tex_symbols.lowered}
_TEXTS: Final = {
    "textbackslash": "\\",
    "backslash": "\\",
    "textbraceleft": "{",
    "lbrace": "{",
    "textbraceright": "}",
    "rbrace": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textdollar": "$",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textasciigrave": "`",
    "textendash": "–",
    "textemdash": "—",
    "textellipsis": "…",
    "dots": "…",
    "ldots": "…",
    "par": "\n\n",
    "newline": "\n",
    "linebreak": " ",
    "quad": " ",
    "qquad": " ",
    "space": " ",
    "slash": "/",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "ddag": "‡",
    "glqq": "„",
    "grqq": "“",
    "flqq": "«",
    "frqq": "»",
    "glq": "‚",
    "grq": "‘",
    "lq": "‘",
    "rq": "’",
    "bibrangedash": "–",
    "hyphen": "-",
    "bibdash": "–",
    "textquotedblleft": "“",
    "textquotedblright": "”",
}


def shown(value: str) -> str:
    r"""Return the text of a field as a reader expects it, with `\n` where the value has line ends."""
    return readable(_decoded(value, has_dashes=True)).translate(_MEANT) if value else ""


def plain(value: str) -> str:
    """Return the text of a field that somebody typed: mathematics, HTML and hyphens as they were typed."""
    return _decoded(value).translate(_MEANT) if value else ""


def split_keywords(value: str) -> list[str]:
    """Tell the keywords of a field apart: by semicolons, else by commas, where no brace encloses them."""
    text = clean(value)
    closing = closing_braces(text) if "{" in text else {}
    places: list[int] = []
    end = 0
    for found in _SEPARATORS.finditer(text):
        if found.start() >= end:
            if found[0] == "{":
                end = closing.get(found.start(), end)
            elif text[found.start() - 1 : found.start()] != "\\":
                places.append(found.start())
    places = [at for at in places if text[at] == ";"] or places
    bounds = zip([-1, *places], [*places, len(text)], strict=True)
    words = (plain(text[start + 1 : stop]).replace("\n", " ").strip() for start, stop in bounds)
    return [word for word in words if word]


def _decoded(value: str, *, has_dashes: bool = False) -> str:
    """Return the text of a field, signs that stand for themselves as their stand-ins.

    `has_dashes` says whether two and three hyphens are dashes, as TeX prints them.
    """
    text = clean(value)
    reader = _Reader(text, has_dashes=has_dashes)
    return clean(reader.read(0, len(text), 0)) if _INTEREST.search(text) else text


def verbatim(value: str) -> str:
    r"""Return an address or an identifier without the braces and escapes that some programs add."""
    text = clean(value).strip()
    if not _ADDED.search(text):
        return "".join(text.split())
    text = re.sub(r"\\url\s*(?=\{)|\\(?=[&%#_$~])|\{\}|(?<=~)\{\}", "", text)
    text = re.sub(r"\\textasciitilde\s*", "~", text)
    text = re.sub(r"\\text(less|greater)\s*|\$(?:([<>])|\\([lg])t\s*)\$", _angle, text)
    return "".join(text.replace("{", "").replace("}", "").split())


def _angle(written: re.Match[str]) -> str:
    return "<" if next(filter(None, written.groups())) in {"less", "<", "l"} else ">"


class _Reader:
    def __init__(self, source: str, *, has_dashes: bool) -> None:
        self._source = source
        self._has_dashes = has_dashes

    @cached_property
    def _closing(self) -> dict[int, int]:
        """The place of the closing brace of each opening one that has one."""
        return closing_braces(self._source)

    @cached_property
    def _dollars(self) -> list[int]:
        return dollars(self._source)

    def read(self, start: int, end: int, depth: int) -> str:
        """Return what stands from `start` to `end`, in Unicode."""
        if depth > _MAX_DEPTH:
            return re.sub(r"[\\{}]", "", self._source[start:end])
        parts: list[str] = []
        while (found := _INTEREST.search(self._source, start, end)) is not None:
            parts.append(self._source[start : found.start()])
            mark, start = found[0], found.end()
            if mark == "~":
                parts.append(" ")
            elif mark in _DASHES:
                parts.append(_DASHES[mark] if self._has_dashes else mark)
            elif mark == "$":
                part, start = self._formula(found.start(), end)
                parts.append(part)
            elif mark == "\\":
                part, start = self._command(start, end, depth)
                parts.append(part)
        parts.append(self._source[start:end])
        return "".join(parts)

    def _formula(self, start: int, end: int) -> tuple[str, int]:
        """Return `$…$` as it is, to be shown as mathematics; a dollar alone is one."""
        opening = 2 if self._source.startswith("$$", start) else 1
        closing = self._next_dollar(start + opening)
        if closing is None or closing >= end or closing - start > _MAX_FORMULA:
            return "$", start + 1
        after = min(closing + opening, end)
        return self._source[start:after], after

    def _next_dollar(self, place: int) -> int | None:
        at = bisect_left(self._dollars, place)
        return self._dollars[at] if at < len(self._dollars) else None

    def _command(self, at: int, end: int, depth: int) -> tuple[str, int]:
        """Read the command whose name begins at `at`."""
        name = _NAME.match(self._source, at, end)
        if name is not None:
            return self._named(name[0].rstrip("*"), name.end(), end, depth)
        mark = self._source[at : min(at + 1, end)]
        if mark in _MARKS:
            return self._accented(tex_symbols.TEXT_ACCENTS[mark], mark, at + 1, end, depth)
        after = at + len(mark)
        if mark == "\\":
            found = _LINE_BREAK.match(self._source, at, end)
            after = found.end() if found else after
        return _SIGNS.get(mark, mark), after

    def _named(self, name: str, at: int, end: int, depth: int) -> tuple[str, int]:
        if name == "char" and (number := _CHARACTER.match(self._source, at, end)) is not None:
            sign = number[1] or chr(int(number[2], 16) if number[2] else int(number[3]))
            return _STAND_INS.get(sign, sign), number.end()
        if name in _LETTER_MARKS:
            accent = _TIE if name == "t" else tex_symbols.TEXT_ACCENTS[name]
            return self._accented(accent, "", at, end, depth)
        fixed = _TEXTS.get(name) or tex_symbols.LETTERS.get(name)
        fixed = _STAND_INS.get(fixed or "", fixed)
        if fixed is None and (name in tex_symbols.SWITCHES or name in _SILENT):
            fixed = ""
        if fixed is None and (group := self._argument(at, end, has_options=True)) is not None:
            return self._with_argument(name, group, end, depth)
        if fixed is None:
            fixed = tex_symbols.symbols().get(name)
        return (f"\\{name}", at) if fixed is None else (fixed, self._after_name(at, end))

    def _with_argument(self, name: str, group: tuple[int, int], end: int, depth: int) -> tuple[str, int]:
        """Read a command with an argument."""
        if name in _SECOND_IS_SHOWN and (second := self._argument(group[1] + 1, end)) is not None:
            group = second
        return self._content(name, group, depth), group[1] + 1

    def _content(self, name: str, group: tuple[int, int], depth: int) -> str:
        """Return what a command shows of its argument: all of it, if the command is not known."""
        source = self._source[slice(*group)]
        if name in _HIDDEN or name in _SPACING:
            return " " if name == "hspace" else ""
        if name in _ADDRESSES:
            return verbatim(source)
        if name == "ensuremath" and "$" not in source:
            return f"${source}$"
        content = self.read(*group, depth + 1)
        if name in {"enquote", "mkbibquote"}:
            return f"“{content}”"
        shift = _SHIFTS.get(name)
        shown_one = (shift and shift(content)) or content or tex_symbols.symbols().get(name, "")
        return shown_one or (f"\\{name}" if not source and name not in tex_symbols.PLAIN_TEXT else "")

    def _accented(self, accent: str, mark: str, at: int, end: int, depth: int) -> tuple[str, int]:
        """Put an accent over what follows; over nothing, its `mark` stands for itself."""
        at = _skip(self._source, at, end)
        group = self._argument(at, end)
        if group is not None:
            content, after = self.read(*group, depth + 1), group[1] + 1
        elif self._source.startswith("\\", at) and at + 1 < end:
            content, after = self._command(at + 1, end, depth + 1) if depth < _MAX_DEPTH else ("", at + 1)
        else:
            content, after = self._source[at : min(at + 1, end)], min(at + 1, end)
            if content in {"{", "}", "$", "~"}:
                content, after = "", at
        if not content:
            return _STAND_INS.get(mark, mark), after
        if not content[0].isalpha():
            return mark + content, after
        base = {"ı": "i", "ȷ": "j"}.get(content[0], content[0])
        return unicodedata.normalize("NFC", base + accent) + content[1:], after

    def _argument(self, at: int, end: int, *, has_options: bool = False) -> tuple[int, int] | None:
        """Return where the content of the group at `at` begins and ends, or None if there is none."""
        if has_options and (options := _OPTIONS.match(self._source, at, end)) is not None:
            at = options.end()
        at = _skip(self._source, at, end)
        closing = self._closing.get(at)
        return None if closing is None or closing >= end else (at + 1, closing)

    def _after_name(self, at: int, end: int) -> int:
        """Return where the text goes on after a command without an argument."""
        if self._source.startswith("{}", at):
            return min(at + 2, end)
        return _skip(self._source, at, end)


def _skip(text: str, at: int, end: int) -> int:
    found = _SPACES.match(text, at, end)
    return found.end() if found else at
