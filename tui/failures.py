"""Telling the user what went wrong, in words that cannot touch the terminal."""

from __future__ import annotations

from collections.abc import Collection

from textual.dom import DOMNode
from textual.worker import Worker, WorkerState

from papers_tui.index.errors import PapersError
from papers_tui.index.text import clean


class Stopped(Exception):
    """The browser closes while something is still being done; not an error."""


def tell(node: DOMNode, error: BaseException | None) -> None:
    """Show an error in a corner of the screen."""
    if isinstance(error, PapersError):
        message, title = "\n".join(filter(None, (error.message, error.remedy))), error.title
    else:
        message, title = f"{type(error).__name__}: {error}", "Something went wrong"
    node.app.notify(clean(message, limit=1000), title=title, severity="error", markup=False)


def tell_failed(node: DOMNode, event: Worker.StateChanged) -> None:
    """Show the error that ended a worker, if one did."""
    if event.state is WorkerState.ERROR and not isinstance(event.worker.error, Stopped):
        tell(node, event.worker.error)


class Troubles:
    """Errors of workers that begin again by themselves: the same one is told once until it is over."""

    def __init__(self, groups: Collection[str]) -> None:
        """Keep an eye on the workers of these groups; those of others are told each time."""
        self._groups = groups
        self._told: dict[str, str] = {}

    def tell_failed(self, node: DOMNode, event: Worker.StateChanged) -> None:
        """Show the error that ended a worker, if one did, and it is news."""
        group = event.worker.group
        if event.state is WorkerState.SUCCESS:
            self._told.pop(group, None)
        if event.state is WorkerState.ERROR and group in self._groups:
            error = repr(event.worker.error)
            if error in self._told.values():
                return
            self._told[group] = error
        tell_failed(node, event)
