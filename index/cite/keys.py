"""Citation keys, each its own within a bibliography."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from papers_tui.index.cite.key_template import DEFAULT_TEMPLATE, KeyTemplate
from papers_tui.index.paper import Paper

KeyOf = Callable[[Paper], str]
"""Tells the key of a paper."""


def citation_key(paper: Paper, template: KeyTemplate = DEFAULT_TEMPLATE) -> str:
    """Return a key such as `du2024chinese`: plain ASCII, the same for the same paper on every machine."""
    return template.key(paper)


class Keys:
    """Gives each paper of one bibliography a key of its own, in the order in which they come."""

    def __init__(self, template: KeyTemplate = DEFAULT_TEMPLATE) -> None:
        self._template = template
        self._taken: set[str] = set()
        self._repeats: dict[str, int] = {}

    def add(self, paper: Paper) -> str:
        """Return the key of the next paper: `du2024chinese`, then `du2024chinesea`, `du2024chineseb`.

        Keys that differ in case alone are one: BibTeX takes them for the same.
        """
        base = key = self._template.key(paper)
        while key.lower() in self._taken:
            repeat = self._repeats[base] = self._repeats.get(base, 0) + 1
            key = base + letters(repeat)
        self._taken.add(key.lower())
        return key


def unique_keys(papers: Iterable[Paper]) -> list[str]:
    """Return a key for each paper, no two the same."""
    keys = Keys()
    return [keys.add(paper) for paper in papers]


def letters(number: int) -> str:
    """Return 1 as `a`, 26 as `z`, 27 as `aa`."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
