"""What follows once marks were restored: their papers are put back, and what was done is said."""

from __future__ import annotations

import argparse

from papers_tui.index.errors import PapersError
from papers_tui.index.store.restoring import Restored
from papers_tui.index.text import clean_line
from papers_tui.tui.cli.opened import index, opened_library
from papers_tui.tui.cli.output import print_text, tell
from papers_tui.tui.wording import in_words, plural


def readopt(args: argparse.Namespace) -> list[str]:
    """Put marked papers that the library lacks back into it, and the index up to date; return their ids."""
    try:
        with opened_library(args, is_made_whole=False) as library:
            put_back = library.readopt()
            index(library)
            return put_back
    except PapersError as error:
        tell(in_words(error))
        return []


def tell_done(done: Restored, put_back: list[str], *, is_undoable: bool = True) -> None:
    """Say what was done, and how it is taken back."""
    print_text("Restored.")
    if done.kept is not None:
        print_text(f"What was there is kept: papers-tui restore {done.kept.name} brings it back.")
        if is_undoable:
            print_text("So does papers-tui undo, as long as nothing else was changed; or u in the browser.")
    if done.aside is not None:
        print_text(f"The file that could not be read is now {clean_line(str(done.aside))}.")
    if put_back:
        print_text(f"{plural(len(put_back), 'paper')} with marks put back into the library.")
    if done.left_out:
        print_text(f"{plural(done.left_out, 'row')} made no sense, and were left out.")
