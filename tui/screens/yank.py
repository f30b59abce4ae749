"""The menu of citation styles, with what each would copy."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from papers_tui.index.errors import PapersError
from papers_tui.index.paper import Paper
from papers_tui.index.text import clean
from papers_tui.tui.citing import Choice, Offered, cited
from papers_tui.tui.failures import tell
from papers_tui.tui.screens.copy_fallback import CopyFallback
from papers_tui.tui.screens.dialog import LEAVE, Dialog, Hint, HintLine

if TYPE_CHECKING:
    from papers_tui.index.cite import Form

LETTERS: Final[Mapping[str, str]] = {
    "bibtex": "b",
    "bibtex-scholar": "B",
    "biblatex": "l",
    "ris": "r",
    "csl-json": "j",
    "apa": "a",
    "mla": "m",
    "chicago": "c",
    "chicago-notes": "C",
    "harvard": "h",
    "ieee": "i",
    "acm": "A",
    "vancouver": "v",
    "nature": "n",
    "acl": "L",
    "plain": "p",
    "one-line": "o",
    "markdown": "D",
    "html": "H",
    "markdown-link": "d",
    "title": "t",
    "url": "u",
    "abstract": "x",
    "latex-cite": "k",
    "pandoc-cite": "K",
}
"""The letter that takes a style at once."""

_FEW: Final = 3
"""Papers that are cited so fast that nobody waits."""

_PREVIEWED: Final = 30
"""Papers that a preview shows."""

_PREVIEW_LIMIT: Final = 20_000
"""Characters that a preview shows."""


_FORM_TITLES: Final[Mapping[str, str]] = {"plain": "plain text", "html": "HTML", "markdown": "Markdown"}


class YankMenu(Dialog[Choice | None]):
    """Asks for the style in which papers are cited, and its form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(letter, f"take('{name}')", show=False) for name, letter in LETTERS.items()),
        Binding("y", "accept", "copy", show=False),
        Binding("f", "form", "form", show=False),
        Binding("s", "show", "show", show=False),
        Binding("ctrl+d", "scroll_preview(1)", show=False),
        Binding("ctrl+u", "scroll_preview(-1)", show=False),
    ]
    HINTS: ClassVar[Sequence[Hint]] = (
        Hint("enter", "copy", "accept"),
        Hint("letter", "at once"),
        Hint("s", "show", "show"),
        LEAVE,
    )

    styles_list = getters.query_one("#styles", OptionList)
    preview = getters.query_one("#preview", VerticalScroll)
    preview_text = getters.query_one("#preview-text", Static)
    hints = getters.query_one("#dialog-keys", HintLine)

    def __init__(
        self,
        papers: Sequence[Paper],
        last: Choice,
        known: Mapping[str, Offered],
        *,
        keys: Sequence[str] | None = None,
        cite: Callable[[Sequence[Paper], Choice, Sequence[str] | None], str] = cited,
    ) -> None:
        """`last` is where the menu of the `known` styles begins; `cite` writes papers under their `keys`."""
        super().__init__(_heading(papers))
        self._papers = papers
        self._keys = keys
        self._cite = cite
        self._styles = known
        self._last = last
        self._form: Form = last.form
        self._written: dict[Choice, Content] = {}

    def compose_body(self) -> ComposeResult:
        """Lay out the styles, and beside or below them the preview."""
        with Horizontal(id="yank"):
            options = _options(self._styles, has_lines=not self.is_ascii)
            yield OptionList(*options, id="styles", markup=False)
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="preview-text", markup=False)

    def on_mount(self) -> None:
        """Begin at the style that was used last."""
        self.styles_list.highlighted = self.styles_list.get_option_index(self._last.style)
        self.styles_list.focus()

    def _choice(self, name: str) -> Choice:
        """Return a style in the form that is wanted, if it has that."""
        return Choice(name, self._form if self._form in self._styles[name].forms else "plain")

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._show(self._choice(str(event.option_id)))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choice(str(event.option_id)))

    @work(exclusive=True, group="preview")
    async def _show(self, chosen: Choice) -> None:
        """Show what a style makes of the papers; many are cited off the event loop."""
        if chosen not in self._written:
            is_fast = len(self._papers) <= _FEW and not self._styles[chosen.style].is_own
            self._written[chosen] = (
                self._preview(chosen) if is_fast else await asyncio.to_thread(self._preview, chosen)
            )
        self.hints.hints = self._hints_for(chosen)
        self.preview.border_title = Content(self._styles[chosen.style].title)
        self.preview_text.update(self._written[chosen])
        self.preview.scroll_home(animate=False)

    def _hints_for(self, chosen: Choice) -> Sequence[Hint]:
        if (form := self._next_form(chosen)) == chosen.form:
            return self.HINTS
        return (*self.HINTS[:-1], Hint("f", f"as {_FORM_TITLES[form]}", "form"), self.HINTS[-1])

    def _next_form(self, chosen: Choice) -> Form:
        forms = self._styles[chosen.style].forms
        return forms[(forms.index(chosen.form) + 1) % len(forms)]

    def _preview(self, chosen: Choice) -> Content:
        """Cite the first papers, or say why that cannot be."""
        try:
            text = self._cite(self._papers[:_PREVIEWED], chosen, self._keys and self._keys[:_PREVIEWED])
        except PapersError as error:
            return Content.styled(clean(f"{error.message}\n{error.remedy}").strip(), "$text-error")
        text = clean(text, limit=_PREVIEW_LIMIT)
        if not text.strip():
            return Content.styled("Nothing: the paper has none.", "$text-muted italic")
        more = len(self._papers) - _PREVIEWED
        rest = f"\n\n… and {more:,} more" if more > 0 else ""
        return Content.assemble(text, (rest, "$text-muted"))

    def action_take(self, name: str) -> None:
        """Take a style by its letter."""
        if name in self._styles:
            self.dismiss(self._choice(name))

    def action_accept(self) -> None:
        """Take the style that is highlighted."""
        self.styles_list.action_select()

    def action_form(self) -> None:
        """Write references in the next form: plain text, HTML, Markdown."""
        if (chosen := self._highlighted_choice()) is not None:
            self._form = self._next_form(chosen)
            self._show(self._choice(chosen.style))

    @work
    async def action_show(self) -> None:
        """Show the whole text, to be selected or saved to a file."""
        if (chosen := self._highlighted_choice()) is not None:
            try:
                text = await asyncio.to_thread(self._cite, self._papers, chosen, self._keys)
            except PapersError as error:
                tell(self, error)
                return
            self.app.push_screen(CopyFallback(text, self._styles[chosen.style].title))

    def _highlighted_choice(self) -> Choice | None:
        row = self.styles_list.highlighted_option
        return None if row is None else self._choice(str(row.id))

    def action_scroll_preview(self, direction: int) -> None:
        """Scroll the preview by half its height."""
        self.preview.scroll_relative(y=direction * max(1, self.preview.size.height // 2), animate=False)


def _heading(papers: Sequence[Paper]) -> str:
    if len(papers) == 1:
        return f"Cite: {papers[0].title[:200]}"
    return f"Cite {len(papers):,} papers"


def _options(styles: Mapping[str, Offered], *, has_lines: bool) -> list[Option | None]:
    """Return a row for each style, the kinds of styles parted by lines where `has_lines`."""
    options: list[Option | None] = []
    kind = None
    for name, style in styles.items():
        if has_lines and kind is not None and style.kind != kind:
            options.append(None)
        kind = style.kind
        letter = LETTERS.get(name, " ")
        row = Content.assemble((f"{letter}  ", "$footer-key-foreground bold"), style.title)
        options.append(Option(row, id=name))
    return options
