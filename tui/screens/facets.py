"""Facets of the results: how they spread over years, categories and the like, to be narrowed to a part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from papers_tui.index.search.choosing import demanded, spelling
from papers_tui.index.search.facets import FacetName, Facets, FacetValue, condition, in_years
from papers_tui.index.search.query import Node, Not
from papers_tui.tui.glyphs import ASCII, UNICODE
from papers_tui.tui.screens.dialog import LEAVE, Dialog, Hint, HintLine
from papers_tui.tui.widgets.facet_list import FacetList, FacetRow
from papers_tui.tui.widgets.histogram import Histogram
from papers_tui.tui.widgets.rows import Rows
from papers_tui.tui.wording import plural

_HEADINGS: Final[Mapping[FacetName, str]] = {
    "categories": "Categories",
    "organizations": "Organisations",
    "tags": "Tags",
    "status": "Status",
}


class FacetMenu(Dialog[Node | None]):
    """Asks for a condition: some years, or a value that papers have or lack. What is demanded is marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "switch", "years or values", show=False),
        Binding("down,j", "to_values", "values", show=False),
    ]
    HINTS: ClassVar[Sequence[Hint]] = (
        Hint("enter", "add", "accept"),
        Hint("tab", "years, values", "switch"),
        LEAVE,
    )
    AT_YEARS: ClassVar[Sequence[Hint]] = (
        Hint("enter", "add", "accept"),
        Hint("←→", "move"),
        Hint("shift+←→", "stretch"),
        Hint("tab", "values", "switch"),
        LEAVE,
    )
    AT_VALUES: ClassVar[Sequence[Hint]] = (
        Hint("enter", "add", "accept"),
        Hint("-", "exclude", "exclude"),
        Hint("←→", "facet"),
        Hint("tab", "years", "switch"),
        LEAVE,
    )

    histogram = getters.query_one(Histogram)
    values = getters.query_one(FacetList)
    range_shown = getters.query_one("#facet-range", Static)

    def __init__(self, facets: Facets, total: int, query: str) -> None:
        super().__init__(f"Filter {plural(total, 'paper')}")
        self._facets = facets
        self._query = query
        self._dated = sum(facets.years.values())
        self._total = total

    def compose_body(self) -> ComposeResult:
        """Lay out the years and the values."""
        yield Static(id="facet-range", markup=False)
        yield Histogram(self._facets.years, id="facet-years")
        yield FacetList(_rows(self._facets, self._query), id="facet-values")

    def on_mount(self) -> None:
        """Begin with the years, where there are some to choose from."""
        self.histogram.glyphs = self.values.glyphs = ASCII if self.is_ascii else UNICODE
        if len(self._facets.years) > 1:
            self.histogram.focus()
        else:
            self.histogram.display = False
            self.range_shown.display = bool(self._facets.years)
            self.values.focus()
        self._tell_range(None)
        self._tell_keys()

    def on_descendant_focus(self) -> None:
        """Show the keys of the part that has the focus."""
        self._tell_keys()

    def _tell_keys(self) -> None:
        hints = self.AT_YEARS if self.histogram.has_focus else self.AT_VALUES
        if self.is_ascii:
            hints = [hint._replace(key=hint.key.replace("←→", "arrows")) for hint in hints]
        self.query_one(HintLine).hints = hints

    @on(Histogram.Brushed)
    def _tell_range(self, brushed: Histogram.Brushed | None) -> None:
        if brushed is None:
            shown = Content.assemble(("Years", "bold"))
        else:
            years = f"{brushed.first}..{brushed.last}" if brushed.first < brushed.last else f"{brushed.first}"
            shown = Content.assemble(("Years", "bold"), f"  {years}  ", plural(brushed.papers, "paper"))
        undated = self._total - self._dated
        if undated:
            shown += Content.styled(f"  {undated:,} of no known year", "$text-muted")
        self.range_shown.update(shown)

    def action_switch(self) -> None:
        """Go from the years to the values, or back."""
        if self.values.has_focus and self.histogram.display:
            self.histogram.focus()
        else:
            self.values.focus()

    def action_to_values(self) -> None:
        """Go from the years to the values."""
        self.values.focus()

    @on(FacetList.LeftUpwards)
    def _left_upwards(self) -> None:
        self.action_switch()

    def action_accept(self) -> None:
        """Add what the focus is on."""
        if self.histogram.has_focus:
            self.histogram.action_choose()
        else:
            self.values.action_choose()

    def action_exclude(self) -> None:
        """Exclude the value under the cursor."""
        self.values.action_choose(True)

    @on(Rows.Chosen)
    def _value_clicked(self) -> None:
        self.values.action_choose()

    @on(Histogram.Chosen)
    def _years_chosen(self, event: Histogram.Chosen) -> None:
        self.dismiss(in_years(event.first, event.last))

    @on(FacetList.Picked)
    def _value_picked(self, event: FacetList.Picked) -> None:
        node = condition(event.row.facet, event.row.name)
        self.dismiss(Not(node) if event.is_excluded else node)


def _rows(facets: Facets, query: str) -> list[FacetRow]:
    of: Mapping[FacetName, Sequence[FacetValue]] = {
        "categories": facets.categories,
        "organizations": facets.organizations,
        "tags": facets.tags,
        "status": facets.status,
    }
    there = demanded(query)
    rows = []
    for facet, heading in _HEADINGS.items():
        if of[facet]:
            rows.append(FacetRow(facet, heading, None))
            rows += [
                FacetRow(facet, value.name, value.papers, spelling(condition(facet, value.name)) in there)
                for value in of[facet]
            ]
    return rows
