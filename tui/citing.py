"""Citations for the clipboard: the style that was chosen, its form, and the text that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from papers_tui.index.paper import Paper

if TYPE_CHECKING:
    from papers_tui.index.cite import Form, KeyTemplate, Style
    from papers_tui.tui.config import Config


class Choice(NamedTuple):
    """A citation style, and the form in which it is written."""

    style: str
    form: Form = "plain"

    def __str__(self) -> str:
        return self.style if self.form == "plain" else f"{self.style}:{self.form}"


def styles() -> Mapping[str, Style]:
    """Return the styles by their names, in the order of menus."""
    from papers_tui.index.cite import STYLES  # noqa: PLC0415 - the browser starts faster without the styles

    return STYLES


def choice(*wanted: str | None) -> Choice:
    """Return the first of these that there is, as `str` of a choice wrote it; else the first style."""
    from papers_tui.index.cite import FORMS  # noqa: PLC0415 - see `styles`

    known = styles()
    for text in filter(None, wanted):
        name, _, suffix = text.partition(":")
        form = next((one for one in FORMS if one == suffix), "plain")
        if name in known:
            return Choice(name, form if form in known[name].forms else "plain")
    return Choice(next(iter(known)))


def key_template(config: Config) -> KeyTemplate:
    """Return the template of citation keys that the configuration names."""
    from papers_tui.index.cite import DEFAULT_TEMPLATE, KeyTemplate  # noqa: PLC0415 - see `styles`

    return KeyTemplate(config.citation_key) if config.citation_key else DEFAULT_TEMPLATE


def cited(papers: Sequence[Paper], chosen: Choice, keys: Sequence[str] | None = None) -> str:
    """Cite one paper, or write the bibliography of several, under these keys.

    Raises WrongUsage for a style that is gone.
    """
    from papers_tui.index.cite import bibliography, cite  # noqa: PLC0415 - see `styles`

    if len(papers) == 1:
        return cite(papers[0], chosen.style, key=keys[0] if keys else None, form=chosen.form)
    return bibliography(papers, chosen.style, keys=keys, form=chosen.form)
