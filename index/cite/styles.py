"""The table of citation styles, and bibliographies in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Final

from papers_tui.index.cite import (
    acl,
    acm,
    apa,
    bibtex,
    chicago,
    chicago_notes,
    csl_json,
    harvard,
    ieee,
    markup,
    mla,
    nature,
    ris,
    vancouver,
)
from papers_tui.index.cite.csl_style import read_style, styles_in
from papers_tui.index.cite.emphasis import Form
from papers_tui.index.cite.keys import citation_key, unique_keys
from papers_tui.index.cite.ordering import (
    by_label,
    by_title,
    by_year,
    by_year_of_first,
    by_year_undated_first,
)
from papers_tui.index.cite.style import Reference, Render, Style, Text
from papers_tui.index.cite.work import Work
from papers_tui.index.errors import WrongUsage
from papers_tui.index.paper import Paper


def _lines(works: Sequence[Work], render: Render) -> str:
    return "\n".join(text for work in works if (text := render(work)))


def _paragraphs(works: Sequence[Work], render: Render) -> str:
    return "\n\n".join(text for work in works if (text := render(work)))


def _json(works: Sequence[Work], _render: Render) -> str:
    return csl_json.document(csl_json.item(work) for work in works)


def _bulleted(works: Sequence[Work], render: Render) -> str:
    return "\n".join(f"- {render(work)}" for work in works)


def _html_list(works: Sequence[Work], render: Render) -> str:
    return "\n".join(["<ul>", *(f"  <li>{render(work)}</li>" for work in works), "</ul>"])


def _latex_cite(works: Sequence[Work], _render: Render) -> str:
    return f"\\cite{{{','.join(work.key for work in works)}}}"


def _pandoc_cite(works: Sequence[Work], _render: Render) -> str:
    return f"[{'; '.join('@' + work.key for work in works)}]"


def _title(work: Work) -> str:
    return work.title


def _url(work: Work) -> str:
    return work.address


def _abstract(work: Work) -> str:
    return work.paper.abstract


def _csl_document(work: Work) -> str:
    return csl_json.document([csl_json.item(work)])


_RECORDS: Final = (
    Text("bibtex", "BibTeX", "record", bibtex.bibtex, _paragraphs),
    Text("bibtex-scholar", "BibTeX (Google Scholar)", "record", bibtex.scholar, _paragraphs),
    Text("biblatex", "BibLaTeX", "record", bibtex.biblatex, _paragraphs),
    Text("ris", "RIS", "record", ris.ris, _paragraphs),
    Text("csl-json", "CSL-JSON", "record", _csl_document, _json),
)
_REFERENCES: Final = (
    Reference("apa", "APA 7", apa.apa, by_year_undated_first),
    Reference("mla", "MLA 9", mla.mla, by_title),
    Reference("chicago", "Chicago author-date", chicago.author_date, by_year),
    Reference(
        "chicago-notes",
        "Chicago notes",
        chicago_notes.note,
        by_title,
        render_in_list=chicago.bibliography_entry,
    ),
    Reference("harvard", "Harvard", harvard.harvard, by_year_of_first),
    Reference("ieee", "IEEE", ieee.ieee, label="[{}]"),
    Reference("acm", "ACM", acm.acm, label="[{}]"),
    Reference("vancouver", "Vancouver", vancouver.vancouver, label="{}."),
    Reference("nature", "Nature", nature.nature, label="{}."),
    Reference("acl", "ACL", acl.acl, by_label),
    Reference("plain", "Plain text", markup.plain, is_typographic=False),
)
_MARKUP: Final = (
    Text("one-line", "One line", "reference", markup.one_line_reference, _lines),
    Text("markdown", "Markdown", "reference", markup.markdown, _bulleted),
    Text("html", "HTML", "reference", markup.html, _html_list),
)
_PARTS: Final = (
    Text("markdown-link", "Markdown link", "part", markup.markdown_link, _lines),
    Text("title", "Title", "part", _title, _lines),
    Text("url", "URL", "part", _url, _lines),
    Text("abstract", "Abstract", "part", _abstract, _paragraphs),
    Text("latex-cite", "LaTeX \\cite{key}", "part", lambda work: f"\\cite{{{work.key}}}", _latex_cite),
    Text("pandoc-cite", "Pandoc [@key]", "part", lambda work: f"[@{work.key}]", _pandoc_cite),
)

STYLES: Final[Mapping[str, Style]] = MappingProxyType(
    {style.name: style for style in (*_RECORDS, *_REFERENCES, *_MARKUP, *_PARTS)}
)


def style_named(name: str, folder: Path | None = None) -> Style:
    """Return the style of that name, in any case; a name that ends in `.csl` is a file's.

    `folder` has `.csl` files of the user, which are called by their names, with or without the ending.

    Raises:
        WrongUsage: no style has the name, or the file is not usable.
    """
    if style := STYLES.get(name.strip().lower()):
        return style
    own = styles_in(folder) if folder else {}
    is_file = name.lower().endswith(".csl")
    if is_file and (file := Path(name).expanduser()).is_file():
        return read_style(file)
    if (called := name.strip().removesuffix(".csl")) in own:
        return read_style(own[called])
    if is_file:
        return read_style(Path(name).expanduser())
    known = [*STYLES, *own]
    nearest = get_close_matches(name.strip().lower(), known, n=3) or known
    raise WrongUsage(f"no citation style is called '{name}'", remedy=f"Styles: {', '.join(nearest)}")


SecondKeys = Mapping[str, tuple[str, ...]]
"""The further keys by which documents may cite papers, by their ids: BibLaTeX has a field for them."""

_NONE: Final[SecondKeys] = MappingProxyType({})


def cite(
    paper: Paper,
    style: str | Style,
    *,
    key: str | None = None,
    form: Form = "plain",
    second_keys: SecondKeys = _NONE,
) -> str:
    """Return one paper in a style, under `key` where the style has keys: by default its `citation_key`.

    Raises:
        WrongUsage: no style has the name, or the style has no such form.
    """
    chosen = _with_form(style, form)
    return chosen.one(_work(paper, key or citation_key(paper), second_keys), form)


def bibliography(
    papers: Sequence[Paper],
    style: str | Style,
    *,
    keys: Sequence[str] | None = None,
    form: Form = "plain",
    second_keys: SecondKeys = _NONE,
) -> str:
    """Return several papers in a style, sorted, numbered or lettered as it asks.

    `keys` are their citation keys, one for each; by default each gets one of its own.

    Raises:
        WrongUsage: no style has the name, or the style has no such form.
    """
    chosen = _with_form(style, form)
    keyed = zip(papers, keys or unique_keys(papers), strict=True)
    works = [_work(paper, key, second_keys) for paper, key in keyed]
    return chosen.several(works, form)


def _work(paper: Paper, key: str, second_keys: SecondKeys) -> Work:
    return Work(paper, key, second_keys.get(paper.id, ()))


def _with_form(style: str | Style, form: Form) -> Style:
    chosen = style_named(style) if isinstance(style, str) else style
    if form not in chosen.forms:
        raise WrongUsage(
            f"{chosen.title} is written as it is, not as {form}", remedy="Styles for readers have every form"
        )
    return chosen
