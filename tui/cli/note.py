"""`papers-tui note`: print a note, set it, edit it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from papers_tui.index.errors import LibraryError, PapersError, UnusableInput
from papers_tui.index.formats.papers_json import to_json
from papers_tui.index.library import Library
from papers_tui.index.note_files import Place
from papers_tui.index.paper import Entry
from papers_tui.index.text import clean
from papers_tui.tui.cli.marking import report
from papers_tui.tui.cli.opened import opened_library
from papers_tui.tui.cli.output import print_json, print_text, tell
from papers_tui.tui.editor import Edited, edit
from papers_tui.tui.locations import expanded

if TYPE_CHECKING:
    from papers_tui.index.unfinished import LeftNote

_AGAIN: Final = "papers-tui note {} --edit begins with it"


def run(args: argparse.Namespace) -> int:
    """Print or change the note of one paper."""
    with opened_library(args) as library:
        entry = library.entry(args.id)
        if args.edit:
            return _edit(library, entry, args)
        if args.text is not None:
            return _set(library, entry, args.text, args)
        if args.file is not None:
            return _set(library, entry, _read(args.file), args)
        if library.draft(entry.paper.id) is not None:
            tell(f"papers-tui: what was typed into it and not saved: {_AGAIN.format(entry.paper.id)}")
    return _print(entry, args)


def _edit(library: Library, entry: Entry, args: argparse.Namespace) -> int:
    """Let the user edit the note, or what was typed into it before and not saved."""
    library.demand_writable()
    library.sweep()
    paper, left = entry.paper, library.unfinished(entry.paper.id)
    base = left.base if left else entry.marks.note_revision
    start = left.text if left else entry.marks.note
    place = Place(library.folder, paper.id, paper.title, base, entry.marks.note)
    edited = edit(start, place, is_kept=not (left and left.files))
    if edited.problem:
        raise PapersError(edited.problem, remedy=_kept(library, edited, place, left))
    try:
        code = _set(library, entry, edited.text, args, base=base)
        library.drop_draft(paper.id, over=left)
        if edited.emptied is not None:
            _keep_emptied(library, paper.id, edited.emptied)
    except LibraryError as error:
        if (file := edited.leave()) is not None:
            error.remedy = (
                f"{error.remedy}\n  What you typed is kept in {file}; {_AGAIN.format(paper.id)}".lstrip()
            )
        raise
    edited.discard()
    return code


def _keep_emptied(library: Library, paper_id: str, text: str) -> None:
    """Keep what an editor had saved before it emptied the file: no step has it."""
    library.save_draft(paper_id, text, base_revision=library.entry(paper_id).marks.note_revision)
    tell(f"papers-tui: what was saved in between is kept as a draft; {_AGAIN.format(paper_id)}")


def _kept(library: Library, edited: Edited, place: Place, left: LeftNote | None) -> str:
    """Keep what was typed though the editor failed; return what to say of it."""
    if edited.typed is None:
        return "the note is as it was"
    again = _AGAIN.format(place.paper_id)
    try:
        library.save_draft(
            place.paper_id, edited.typed, base_revision=place.base, over=left, base_note=place.note
        )
    except LibraryError:
        if (file := edited.leave()) is None:
            return f"the note is as it was. What you typed could be kept nowhere:\n{clean(edited.typed)}"
        return f"the note is as it was. What you typed is kept in {file}; {again}"
    edited.discard()
    return f"the note is as it was. What you typed is kept as a draft; {again}"


def _read(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else expanded(name).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UnusableInput(name, f"{name} could not be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        message = f"{name} is not UTF-8 text: byte {error.start}"
        raise UnusableInput(name, message, remedy="save it as UTF-8") from error


def _set(library: Library, entry: Entry, text: str, args: argparse.Namespace, base: int | None = None) -> int:
    text = clean(text).strip("\n")
    base = entry.marks.note_revision if base is None else base
    made = library.set_note(entry.paper.id, text, base_revision=base, base_note=entry.marks.note)
    if made.conflict:
        tell("papers-tui: the note was changed elsewhere meanwhile; both versions were kept")
    if made.ids and not (text or args.json or made.conflict):
        print_text(f"note removed: {', '.join(made.ids)}; papers-tui undo brings it back")
    else:
        report(library, made, args)
    return 0


def _print(entry: Entry, args: argparse.Namespace) -> int:
    if args.json:
        print_json(to_json(entry))
    elif entry.marks.note:
        print_text(entry.marks.note)
    else:
        tell(f"{entry.paper.id} has no note; --set TEXT or --edit writes one")
    return 0 if entry.marks.note or args.json else 1
