"""Citations for the clipboard: the style that was chosen, its form, and the text that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from papers_tui.index.paper import Paper

if TYPE_CHECKING:
    from papers_tui.index.cite import Form, Style


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


def cited(papers: Sequence[Paper], chosen: Choice) -> str:
    """Cite one paper, or write the bibliography of several. Raises WrongUsage for a style that is gone."""
    from papers_tui.index.cite import bibliography, cite  # noqa: PLC0415 - see `styles`

    if len(papers) == 1:
        return cite(papers[0], chosen.style, form=chosen.form)
    return bibliography(papers, chosen.style, form=chosen.form)
