"""TeX that listings leave in titles and abstracts, shown as a reader expects it.

Only what is surely TeX is touched: a dollar may be money, a backslash a path or a regular expression. What
cannot be shown stays as it came. Every pass is linear in the length of the text.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from papers_tui.index import markup, tex_symbols
from papers_tui.index.patterns import pattern
from papers_tui.index.tex_accents import accent_at, has_escaped_quotes, letter_at
from papers_tui.index.tex_groups import closing_braces, dollars
from papers_tui.index.tex_math import MAX_DEPTH, Formula, Unknown, is_formula

_MAX_FORMULA: Final = 1000
"""Characters of one formula: what two dollars further apart enclose is none."""

# Each branch begins with a plain character, in no group: the search then skips ahead quickly.
_INTEREST: Final = re.compile(r"\\(?P<literal>\\\w*)|\\|\$|\{(?=\\)|\^\\circ(?![A-Za-z])|\^(?=\{)|_(?=\{)")
_INTEREST_OR_PATH: Final = re.compile(
    r"(?P<literal>(?<!\w)[A-Za-z]:\\(?=\w)[^\s{}$]*+(?![{}$])|\\\\\w*)" + _INTEREST.pattern.partition(")")[2]
)
_NAME: Final = pattern(r"\\([A-Za-z]+)\*?")
_HYPHEN: Final = pattern(r"(?<=[a-z]{2})\\-(?=[a-z]{2})")
_DELIMITERS: Final = {"(": "\\)", "[": "\\]"}
_BARE_ARGUMENT: Final = pattern(r" ?(?:[A-Za-z0-9](?![A-Za-z0-9])|\\[A-Za-z]+)")
_SECTION: Final = pattern(r"[ ~]?(?=\d)")
_SHIFTS: Final = {"textsuperscript": tex_symbols.raised, "textsubscript": tex_symbols.lowered}
_CITES: Final = frozenset(
    {"cite", "citep", "citet", "citealp", "citeauthor", "ref", "eqref", "cref", "autoref"}
)

Shown = tuple[str, int]
"""What a reader is shown, and where in the source it ends."""


def repaired(text: str) -> str:
    """Return `text` with TeX and HTML in Unicode; TeX nested absurdly deep stays as it came."""
    shown = markup.repaired(text)
    has_script = "{" in shown and ("^{" in shown or "_{" in shown)  # one sign is found much faster than two
    if not has_script and "\\" not in shown and "$" not in shown:
        return shown
    try:
        return Reader(shown).shown()
    except Unknown:
        return shown


class Reader:
    """A text with TeX in it. Raises Unknown from `shown` where it is nested too deep."""

    def __init__(self, source: str, *, depth: int = 0) -> None:
        if depth > MAX_DEPTH:
            raise Unknown
        self._source = source
        self._interest = _INTEREST_OR_PATH if "\\" in source and ":\\" in source else _INTEREST
        self._depth = depth

    def shown(self) -> str:
        """Return the text in Unicode."""
        return self._read(0, len(self._source))

    @cached_property
    def _closing(self) -> dict[int, int]:
        """The place of the closing brace of each opening one that has one."""
        return closing_braces(self._source)

    @cached_property
    def _dollars(self) -> dict[int, int]:
        """Each dollar that is not escaped by its place, with the place of the next one."""
        places = dollars(self._source)
        return dict(pairwise(places))

    @cached_property
    def _quotes_are_escaped(self) -> bool:
        return has_escaped_quotes(self._source)

    def _read(self, start: int, end: int) -> str:
        """Return what stands from `start` to `end`, in Unicode."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unknown
        parts: list[str] = []
        while (found := self._interest.search(self._source, start, end)) is not None:
            parts.append(self._source[start : found.start()])
            shown = (found[0], found.end()) if found["literal"] else self._shown_at(found.start(), end)
            if shown is None:
                shown = (found[0], found.end())
            parts.append(shown[0])
            start = shown[1]
        parts.append(self._source[start:end])
        self._depth -= 1
        return "".join(parts)

    def _shown_at(self, start: int, end: int) -> Shown | None:
        """Return what begins at `start`, or None where it is to stay as it came."""
        mark = self._source[start]
        if mark == "$":
            shown = self._mathematics(start)
        elif mark == "{":
            shown = self._group(start)
        elif self._source.startswith("^\\", start):
            shown = ("°", start + len("^\\circ"))
        elif mark in "^_":
            shown = self._script(start)
        else:
            shown = self._command(start)
        return shown if shown is None or shown[1] <= end else None

    def _mathematics(self, start: int) -> Shown | None:
        """Read `$…$` or `$$…$$`. What cannot be shown is kept whole; money is no formula."""
        inner = start + 1
        end = self._dollars.get(start)
        if end == inner:
            inner, end = inner + 1, self._dollars.get(inner)
            if end is None or not self._source.startswith("$$", end):
                return None
        if end is None or end - start > _MAX_FORMULA:
            return None
        after = end + (inner - start)
        content = self._source[inner:end]
        if not is_formula(content, self._source[after : after + 1]):
            return None
        shown = self._formula(content, start)
        return (self._source[start:after] if shown is None else shown, after)

    def _formula(self, content: str, start: int) -> str | None:
        """Return a formula in Unicode, with the blanks that its dollars held apart from words."""
        shown = _formula(content, self._depth)
        if shown is None:
            return None
        before = " " if content[:1].isspace() and self._source[start - 1 : start].isalnum() else ""
        return before + shown + (" " if content[-1:].isspace() and not content.isspace() else "")

    def _group(self, start: int) -> Shown | None:
        r"""Read a group that begins with a command: `{\it in situ}`, `{\"o}`, `{\ss}`."""
        end = self._closing.get(start)
        if end is None:
            return None
        name = _NAME.match(self._source, start + 1)
        if name is None:
            accent = accent_at(self._source, start + 1, quotes_are_escaped=False)
            return (self._read(start + 1, end), end + 1) if accent else None
        if name[1] in tex_symbols.SWITCHES:
            return (self._read(name.end(), end).strip(" "), end + 1)
        rest = self._source[name.end() : end].strip()
        shown = tex_symbols.LETTERS.get(name[1]) if not rest else None
        if shown is None and accent_at(self._source, start + 1, quotes_are_escaped=False):
            shown = self._read(start + 1, end)
        if shown is None and not rest:
            shown = tex_symbols.symbols().get(name[1])
        return None if shown is None else (shown, end + 1)

    def _script(self, start: int) -> Shown | None:
        """Read a script outside mathematics, if it exists in characters of its height."""
        end = self._closing.get(start + 1)
        if end is None or end - start > 40:
            return None
        shown = _formula(self._source[start : end + 1], self._depth)
        return (shown, end + 1) if shown and shown[0] not in "^_" else None

    def _command(self, start: int) -> Shown | None:
        follower = self._source[start + 1 : start + 2]
        if follower and follower in "%&_$#":
            return (follower, start + 2)
        if follower in _DELIMITERS:
            return self._delimited(start, _DELIMITERS[follower])
        if follower == "-" and _HYPHEN.match(self._source, start):
            return ("", start + 2)
        if follower in {" ", ","} and self._source[start - 1 : start] not in {"", "\\"}:
            return (" ", start + 2)
        accent = accent_at(self._source, start, quotes_are_escaped=self._quotes_are_escaped)
        if accent is not None:
            return accent
        name = _NAME.match(self._source, start)
        return None if name is None else self._named(name)

    def _delimited(self, start: int, closing: str) -> Shown | None:
        r"""Read `\(…\)` or `\[…\]`, where it cannot be a regular expression."""
        if not (start == 0 or self._source[start - 1] in " \n("):
            return None
        end = self._source.find(closing, start + 2, start + _MAX_FORMULA)
        content = self._source[start + 2 : end]
        is_plain = closing == "\\]" and not re.search(r"[\\^_=]", content)
        if end < 0 or is_plain or not is_formula(content, ""):
            return None
        shown = self._formula(content.strip(), start)
        return None if shown is None else (shown, end + 2)

    def _named(self, name: re.Match[str]) -> Shown | None:
        """Read a command with a name, and its arguments."""
        after = name.end()
        if name[1] in tex_symbols.LETTERS:
            return letter_at(self._source, name)
        if name[1] in {"S", "P"}:
            section = _SECTION.match(self._source, after)
            return section and ("§" if name[1] == "S" else "¶", section.end())
        group = self._argument(after)
        if group is not None:
            shown = self._with_argument(name[1], group, name.start())
            if shown is not None:
                return shown
        if name[1] in tex_symbols.symbols():
            return self._symbol(tex_symbols.symbols()[name[1]], name)
        if name[1] in tex_symbols.FUNCTIONS and len(name[1]) > 2:
            return ((" " if self._source[name.start() - 1 : name.start()].isalnum() else "") + name[1], after)
        return self._mathematical(name)

    def _argument(self, start: int) -> tuple[int, int] | None:
        """Return where the content of the group at `start` begins and ends, or None if there is none."""
        if self._source[start : start + 1] == " ":
            start += 1
        end = self._closing.get(start) if self._source[start : start + 1] == "{" else None
        return None if end is None else (start + 1, end)

    def _with_argument(self, name: str, group: tuple[int, int], start: int) -> Shown | None:
        """Read a command whose argument is `group`, or return None for one that takes none."""
        if name == "href":
            return self._link(group)
        if name in {"textcolor", "texorpdfstring"}:
            second = self._argument(group[1] + 1)
            content = second if name == "textcolor" else group
            return second and content and (self._read(*content), second[1] + 1)
        shown = self._with_one(name, group, start)
        return None if shown is None else (shown, group[1] + 1)

    def _with_one(self, name: str, group: tuple[int, int], start: int) -> str | None:
        if name in tex_symbols.PLAIN_TEXT:
            content = self._read(*group).strip(" ")
            shift = _SHIFTS.get(name)
            return (shift and shift(content)) or content
        if name in {"url", "path", "nolinkurl"}:
            return self._address(group)
        if name in {"footnote", "thanks", "footnotetext"}:
            is_apart = self._source[start - 1 : start] in {"", " ", "\n"}
            return f"{'' if is_apart else ' '}({self._read(*group).strip()})"
        if name in _CITES:
            return f"[{', '.join(key.strip() for key in self._source[slice(*group)].split(','))}]"
        return f"“{self._read(*group)}”" if name == "enquote" else None

    def _link(self, group: tuple[int, int]) -> Shown | None:
        r"""Read `\href{address}{text}`, also where a brace was lost: `\href{address{text}}`."""
        second = self._argument(group[1] + 1)
        if second is not None:
            return (markup.linked(self._address(group), self._read(*second)), second[1] + 1)
        if group[1] - group[0] > _MAX_FORMULA:
            return None
        shown = markup.linked_without_brace(self._source[slice(*group)])
        return None if shown is None else (shown, group[1] + 1)

    def _address(self, group: tuple[int, int]) -> str:
        return markup.address(self._source[slice(*group)])

    def _symbol(self, shown: str, name: re.Match[str]) -> Shown:
        """Read a symbol that stands in the text, set apart from what it relates."""
        end = name.end() + 2 * self._source.startswith("{}", name.end())
        before, follower = self._source[name.start() - 1 : name.start()], self._source[end : end + 1]
        if tex_symbols.is_relation(shown) and before.isalnum():
            shown = f" {shown}" if follower in {"", " ", "\n"} else f" {shown} "
        return (shown, end)

    def _mathematical(self, name: re.Match[str]) -> Shown | None:
        r"""Read a command of mathematics that stands in the text: `\bar B`, `\mathbb{R}`, `\frac{a}{b}`."""
        if name[1] in tex_symbols.SILENT or name[1] not in tex_symbols.WITH_ARGUMENTS:
            return None
        end = name.end()
        for _ in range(2 if name[1] == "frac" else 1):
            group = self._argument(end)
            if group is None:
                bare = _BARE_ARGUMENT.match(self._source, end)
                if bare is None:
                    return None
                end = bare.end()
            else:
                end = group[1] + 1
        if end - name.start() > _MAX_FORMULA:
            return None
        shown = _formula(self._source[name.start() : end], self._depth)
        return None if shown is None else (shown, end)


@lru_cache(maxsize=2048)
def _formula(content: str, depth: int) -> str | None:
    """Return a formula in Unicode, or None where it has no such form. The same ones come again and again."""
    try:
        return Formula(content, lambda source: Reader(source, depth=depth + 1).shown()).shown()
    except Unknown:
        return None
