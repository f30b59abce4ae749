"""Citations for the clipboard: the style that was chosen, its form, and the text that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from papers_tui.index.paper import Paper

if TYPE_CHECKING:
    from papers_tui.index.cite import Form, KeyTemplate, SecondKeys
    from papers_tui.index.cite.style import Kind
    from papers_tui.tui.config import Config


class Choice(NamedTuple):
    """A citation style, and the form in which it is written."""

    style: str
    form: Form = "plain"

    def __str__(self) -> str:
        return self.style if self.form == "plain" else f"{self.style}:{self.form}"


@dataclass(frozen=True, slots=True)
class Offered:
    """A style as menus offer it."""

    title: str
    kind: Kind
    forms: tuple[Form, ...] = ("plain",)
    has_keys: bool = False
    is_own: bool = False
    """Whether it is a `.csl` file of the user, which takes a while to be read."""


def styles(folder: Path | None = None) -> Mapping[str, Offered]:
    """Return the styles by their names, in the order of menus: ours, then the `.csl` files in `folder`."""
    from papers_tui.index.cite import FORMS, STYLES, styles_in  # noqa: PLC0415 - the browser starts faster without them

    ours = {
        style.name: Offered(style.title, style.kind, style.forms, style.has_keys) for style in STYLES.values()
    }
    names = styles_in(folder) if folder else ()
    own = {name: Offered(name, "reference", FORMS, is_own=True) for name in names if name not in ours}
    return ours | own


def choice(*wanted: str | None, known: Mapping[str, Offered] | None = None) -> Choice:
    """Return the first of these that is known, as `str` of a choice wrote it; else the first style."""
    known = styles() if known is None else known
    for text in filter(None, wanted):
        head, _, tail = text.rpartition(":")
        for name, suffix in ((text, "plain"), (head, tail)):
            if name in known:
                return Choice(name, next((form for form in known[name].forms if form == suffix), "plain"))
    return Choice(next(iter(known)))


def key_template(config: Config) -> KeyTemplate:
    """Return the template of citation keys that the configuration names."""
    from papers_tui.index.cite import DEFAULT_TEMPLATE, KeyTemplate  # noqa: PLC0415 - see `styles`

    return KeyTemplate(config.citation_key) if config.citation_key else DEFAULT_TEMPLATE


def cited(
    papers: Sequence[Paper],
    chosen: Choice,
    keys: Sequence[str] | None = None,
    folder: Path | None = None,
    second_keys: SecondKeys | None = None,
) -> str:
    """Cite one paper, or write the bibliography of several, under these keys. `folder` has the user's styles.

    Raises WrongUsage for a style that is gone, or that cannot be followed.
    """
    from papers_tui.index.cite import bibliography, cite, style_named  # noqa: PLC0415 - see `styles`

    style = style_named(chosen.style, folder)
    if len(papers) == 1:
        key = keys[0] if keys else None
        return cite(papers[0], style, key=key, form=chosen.form, second_keys=second_keys or {})
    return bibliography(papers, style, keys=keys, form=chosen.form, second_keys=second_keys or {})
