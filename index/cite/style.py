"""What a citation style is: how it writes one paper, and a bibliography of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from papers_tui.index.cite.emphasis import FORMS, Form, written
from papers_tui.index.cite.names import unnamed
from papers_tui.index.cite.ordering import Order, as_given
from papers_tui.index.cite.prose import joined
from papers_tui.index.cite.quotes import with_apostrophes, with_quotation_marks
from papers_tui.index.cite.work import Work

Render = Callable[[Work], str]
Kind = Literal["record", "reference", "part"]


class Style(Protocol):
    """A way to cite papers."""

    @property
    def name(self) -> str:
        """What the command line calls it: `ieee`."""

    @property
    def title(self) -> str:
        """What menus call it: `IEEE`."""

    @property
    def kind(self) -> Kind:
        """A `record` for programs, a `reference` for readers, or a `part` of one."""

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms in which it can be written; `plain` is always one of them."""

    @property
    def has_keys(self) -> bool:
        """Whether citation keys are part of what it writes."""

    def one(self, work: Work, form: Form) -> str:
        """Write one paper."""

    def several(self, works: Sequence[Work], form: Form) -> str:
        """Write several, in the order and with the numbers or letters that the style asks for."""


@dataclass(frozen=True, slots=True)
class Text:
    """A style that has one form."""

    name: str
    title: str
    kind: Kind
    render: Render
    join: Callable[[Sequence[Work], Render], str]

    @property
    def forms(self) -> tuple[Form, ...]:
        """Plain text alone, though that text may itself be markup."""
        return ("plain",)

    @property
    def has_keys(self) -> bool:
        """Records have keys, and what cites them names them."""
        return self.kind == "record" or self.name.endswith("-cite")

    def one(self, work: Work, form: Form) -> str:  # noqa: ARG002 - there is but one form
        """Write one paper."""
        return self.render(work)

    def several(self, works: Sequence[Work], form: Form) -> str:  # noqa: ARG002 - there is but one form
        """Write several, in the order given."""
        return self.join(works, self.render)


class ForReaders:
    """What all styles of references have in common."""

    __slots__ = ()

    @property
    def kind(self) -> Kind:
        """It is for readers."""
        return "reference"

    @property
    def forms(self) -> tuple[Form, ...]:
        """All there are."""
        return FORMS

    @property
    def has_keys(self) -> bool:
        """References are told by authors and years, or by numbers."""
        return False


@dataclass(frozen=True, slots=True)
class Reference(ForReaders):
    """A style for readers, as text, as HTML or as Markdown."""

    name: str
    title: str
    render: Render
    """Writes one paper, with marks of emphasis."""
    order: Order = as_given
    label: str = ""
    """What stands before each of several: `[{}]`, `{}.`, or nothing."""
    render_in_list: Render | None = None
    """Writes one of several, where that differs."""
    is_typographic: bool = True
    """Whether apostrophes are curled, as in print."""

    def one(self, work: Work, form: Form) -> str:
        """Write one paper."""
        return written(self._text(self.render, work), form)

    def several(self, works: Sequence[Work], form: Form) -> str:
        """Write a bibliography: numbered works a line each, others, and all in HTML, as paragraphs."""
        render = self.render_in_list or self.render
        entries = [self._text(render, work) for work in self.order(works)]
        if form == "markdown" and self.label == "{}.":
            return "\n".join(f"{number}. {written(text, form)}" for number, text in enumerate(entries, 1))
        if self.label:
            entries = [f"{self.label.format(number)} {text}" for number, text in enumerate(entries, 1)]
        if form == "html":
            return "\n".join(f"<p>{written(text, form)}</p>" for text in entries)
        between = "\n" if self.label and form == "plain" else "\n\n"
        return between.join(written(text, form) for text in entries)

    def _text(self, render: Render, work: Work) -> str:
        """Say in the reference itself that the authors are not named, where only their number is known."""
        note = unnamed(work.paper)
        text = joined(" ", render(work), f"[{note}]" if note else "")
        return with_quotation_marks(with_apostrophes(text)) if self.is_typographic else text
