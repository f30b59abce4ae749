"""Citation styles of the user: `.csl` files (Citation Style Language 1.0), formatted by citeproc-py.

citeproc-py comes with the extra `csl`; `papers_tui.index.cite.csl_mending` mends what it does wrong.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from papers_tui.index.cite import capitals, csl_json
from papers_tui.index.cite.csl_mending import NUMBER, Shorten, mend_style, mended
from papers_tui.index.cite.emphasis import Form, bold, italic, without_marks, written
from papers_tui.index.cite.names import unnamed
from papers_tui.index.cite.prose import joined
from papers_tui.index.cite.style import ForReaders
from papers_tui.index.cite.work import Work
from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Kind
from papers_tui.index.text import clean_line

_NAMESPACE: Final = {"cs": "http://purl.org/net/xbiblio/csl"}
_LARGEST: Final = 4_000_000
"""Bytes of a style file; the largest in use has a tenth of that."""

_VARIABLES: Final = frozenset(
    {"id", "type", "title", "author", "issued", "container-title", "volume", "issue", "page", "publisher"}
    | {"number", "DOI", "URL", "editor", "translator", "edition", "genre", "collection-title"}
    | {"collection-number", "chapter-number", "publisher-place", "event-title", "event-place", "version"}
    | {"number-of-volumes", "status", "ISBN", "ISSN", "container-title-short"}
)
_LONGEST_PAGES: Final = 300
"""Characters of pages that citeproc-py is given: it takes them apart in quadratic time."""

_LESS_THAN: Final = "\x15"
"""Stands for `<` while citeproc-py has the text: it would take `<span class="nocase">` for markup."""

_WORD: Final = re.compile(r"\S+")
_PIECE: Final = re.compile(r"[^\W_]+")
_CAPITAL_WITHIN: Final = re.compile(r"\w[A-Z]")
_FAILURES: Final = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What citeproc-py raises of styles that it cannot follow."""


class _Marking:
    """A formatter of citeproc-py that writes marks of emphasis."""

    preformat = staticmethod(str)
    Italic = Oblique = staticmethod(italic)
    Bold = staticmethod(bold)
    Light = Underline = Superscript = Subscript = SmallCaps = staticmethod(str)


@dataclass(frozen=True, slots=True)
class CslStyle(ForReaders):
    """A style read from a `.csl` file."""

    name: str
    title: str
    file: Path
    _style: Any = field(repr=False)
    _shorten: Shorten = field(repr=False)

    def one(self, work: Work, form: Form) -> str:
        """Write one paper, without the number that lists have. Raises WrongUsage."""
        return written(NUMBER.sub("", self._entries([work])[0]).lstrip(), form)

    def several(self, works: Sequence[Work], form: Form) -> str:
        """Write a bibliography, sorted and numbered by the style. Raises WrongUsage."""
        entries = self._entries(works) if works else []
        if form == "html":
            return "\n".join(f"<p>{written(text, form)}</p>" for text in entries)
        return "\n\n".join(written(text, form) for text in entries)

    def _entries(self, works: Sequence[Work]) -> list[str]:
        from citeproc import Citation, CitationItem, CitationStylesBibliography  # noqa: PLC0415 - an extra
        from citeproc.source.json import CiteProcJSON  # noqa: PLC0415 - an extra

        items = [_item(work, number, self._shorten) for number, work in enumerate(works, 1)]
        with _failures_named(self.file):
            bibliography = CitationStylesBibliography(self._style, CiteProcJSON(items), _Marking)
            for item in items:
                bibliography.register(Citation([CitationItem(item["id"])]))
            bibliography.sort()
            texts = [str(text) for text in bibliography.bibliography()]
            places = [int(key) - 1 for key in bibliography.keys]
            is_american = self._style.root.get_locale_option("punctuation-in-quote").lower() == "true"
        if len(texts) != len(works):
            raise WrongUsage(f"{_shown(self.file)} leaves some of these papers out")
        return [
            self._finished(text, works[place], is_american=is_american)
            for text, place in zip(texts, places, strict=True)
        ]

    def _finished(self, text: str, work: Work, *, is_american: bool) -> str:
        text = mended(text.replace(_LESS_THAN, "<"), work, is_american=is_american)
        if not NUMBER.sub("", without_marks(text)):
            raise WrongUsage(f"{_shown(self.file)} writes nothing of {work.title}")
        note = unnamed(work.paper)
        return joined(" ", text, f"[{note}]" if note else "")


def read_style(file: Path) -> CslStyle:
    """Read a `.csl` file.

    Raises:
        WrongUsage: the extra `csl` is not installed; or the file is missing, no style, a mere pointer to
            another style, or has no bibliography.
    """
    try:
        import citeproc  # noqa: PLC0415 - an extra
        from lxml import etree  # noqa: PLC0415 - comes with the extra
    except ImportError as error:
        raise WrongUsage(
            f"{_shown(file)} needs citeproc-py, which is not installed",
            remedy="pip install 'papers-tui[csl]'",
        ) from error
    try:
        if file.stat().st_size > _LARGEST:
            raise WrongUsage(f"{_shown(file)} is too large for a citation style")
        with _failures_named(file), file.open("rb") as content:
            style = citeproc.CitationStylesStyle(content, validate=False)
            shorten = mend_style(style.root)
            title = clean_line(style.root.findtext("cs:info/cs:title", "", _NAMESPACE), limit=200)
    except OSError as error:
        raise WrongUsage(f"{_shown(file)} cannot be read: {error.strerror}") from error
    except etree.XMLSyntaxError as error:
        raise WrongUsage(f"{_shown(file)} is no citation style: {clean_line(str(error))}") from error
    parent = style.root.find("cs:info/cs:link[@rel='independent-parent']", _NAMESPACE)
    if parent is not None:
        name = clean_line(str(parent.get("href")).rpartition("/")[2])
        raise WrongUsage(f"{_shown(file)} only names another style: {name}", remedy=f"Use {name}.csl itself")
    if not style.has_bibliography():
        raise WrongUsage(f"{_shown(file)} has no bibliography, only citations")
    return CslStyle(file.stem, title or file.stem, file, style, shorten)


def styles_in(folder: Path) -> Mapping[str, Path]:
    """Return the `.csl` files of a folder by the names of their styles, sorted; none without a folder."""
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".csl")
    except OSError:
        return {}
    return {file.stem: file for file in files}


@contextmanager
def _failures_named(file: Path) -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what citeproc-py leaves out
            yield
    except _FAILURES as error:
        raise WrongUsage(
            f"{_shown(file)} cannot be followed: {type(error).__name__} {clean_line(str(error), limit=100)}"
        ) from error


def _shown(file: Path) -> str:
    return clean_line(str(file))


def _item(work: Work, number: int, shorten: Shorten) -> dict[str, Any]:
    values = {key: value for key, value in csl_json.item(work).items() if key in _VARIABLES}
    values["id"] = str(number)
    values["title"] = work.title  # without tags
    values.pop("page", None)
    if 0 < len(work.pages) <= _LONGEST_PAGES:
        values["page"] = shorten(work.pages).replace("–", "-")
        if work.has_article_number and work.kind is not Kind.PREPRINT:
            values.pop("number", None)  # few styles print it: most know numbers of articles as pages
    for key, value in values.items():
        if isinstance(value, str):
            values[key] = without_marks(value).replace("<", _LESS_THAN)
    values["title"] = re.sub(r"(?<!\.)\.$", "", str(values["title"]))  # the style has its own
    names = capitals.names(work.title).union(work.detail("protected").split())
    values["title"] = _WORD.sub(partial(_kept_in_case, names=names), values["title"])
    return values


def _kept_in_case(match: re.Match[str], names: Collection[str]) -> str:
    """Protect a name, or a word such as `mT5`, from styles that make small letters."""
    is_kept = _CAPITAL_WITHIN.search(match[0]) or any(piece in names for piece in _PIECE.findall(match[0]))
    return f'<span class="nocase">{match[0]}</span>' if is_kept else match[0]
