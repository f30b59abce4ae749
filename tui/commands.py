"""The one table of commands.

Bindings, footer, palette, help, `papers-tui keys` and the check of the user's keymap are all made from it.
Nothing here needs Textual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Where = Literal["anywhere", "search", "completion", "papers", "list", "abstract", "library", "note"]
"""Where a command's keys work. The query box comes first: while it is typed in, letters are text.

`anywhere`: the whole browser; `search`: the query box; `completion`: there, while completions show;
`papers`: the list and the abstract alike;
`list`, `abstract`, `library`: that pane; `note`: while a note is written.
"""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a person can do with a key."""

    id: str
    """What the user's keymap, the help and `papers-tui keys` call it."""
    keys: tuple[str, ...]
    """As they are written in a keymap: `b`, `B`, `/`, `ctrl+r`, `enter`. Empty: in the palette only."""
    action: str
    """The action that carries it out, where `where` says."""
    title: str
    """A word or two, for the footer."""
    help: str
    """A sentence without its full stop, for help and palette."""
    where: Where
    in_footer: bool = False


COMMANDS: Final[tuple[Command, ...]] = (
    Command("search", ("/",), "search", "search", "Type a search", "anywhere", in_footer=True),
    Command(
        "bookmark",
        ("b",),
        "bookmark",
        "bookmark",
        "Bookmark, or take the bookmark away",
        "papers",
        in_footer=True,
    ),
    Command("tag", ("t",), "tag", "tag", "Add and remove tags", "papers", in_footer=True),
    Command("note", ("m",), "note", "note", "Write a note", "papers", in_footer=True),
    Command("editnote", ("M",), "edit_note", "note in editor", "Write a note in $EDITOR", "papers"),
    Command(
        "cite", ("y",), "cite", "cite", "Copy a citation, in a style of your choice", "papers", in_footer=True
    ),
    Command("citeagain", ("Y",), "cite_again", "cite again", "Copy a citation in the last style", "papers"),
    Command("open", ("o",), "open", "open", "Open the paper's page in the browser", "papers", in_footer=True),
    Command("links", ("O",), "links", "links", "Open the PDF, the code or another link", "papers"),
    Command("read", ("r",), "toggle_read", "read", "Mark as read, or as unread again", "papers"),
    Command(
        "reading", ("R",), "toggle_reading", "reading", "Mark as being read, or as unread again", "papers"
    ),
    Command("rateup", ("+",), "rate(1)", "rate up", "Give one star more", "papers"),
    Command("ratedown", ("-",), "rate(-1)", "rate down", "Take one star away", "papers"),
    Command(
        "select", ("space",), "select", "select", "Select the paper and move on", "papers", in_footer=True
    ),
    Command(
        "selectrange",
        ("v",),
        "select_range",
        "select range",
        "Select from here to where v is pressed again",
        "list",
    ),
    Command("selectall", ("*", "ctrl+a"), "select_all", "select all", "Select every result", "papers"),
    Command("sort", ("s",), "sort", "sort", "Choose the order of the results", "papers", in_footer=True),
    Command("reverse", ("S",), "reverse", "reverse", "Reverse the order of the results", "papers"),
    Command(
        "facets",
        ("f",),
        "facets",
        "filter",
        "Filter the results by year, category, organisation, tag or status",
        "papers",
        in_footer=True,
    ),
    Command(
        "similar",
        ("z",),
        "similar",
        "similar",
        "Show papers like this one, with the words that they share",
        "papers",
        in_footer=True,
    ),
    Command("refuse", ("f6",), "refuse", "as typed", "Search words as typed; again: corrected", "anywhere"),
    Command("remove", ("delete",), "remove", "remove", "Move to the trash, with its marks", "papers"),
    Command("trash", (), "trash", "trash", "Show removed papers, and bring them back", "anywhere"),
    Command("undo", ("u",), "undo", "undo", "Undo the last change to marks, tags or notes", "anywhere"),
    Command("redo", ("ctrl+r",), "redo", "redo", "Redo what was undone", "anywhere"),
    Command("views", ("T",), "views", "library", "Go to the library's views and tags, or back", "anywhere"),
    Command(
        "back",
        ("escape",),
        "back",
        "back",
        "Go back; then clear the selection, then the search; then bring that back",
        "anywhere",
    ),
    Command("nextpane", ("tab", "l"), "next_pane", "next pane", "Go to the next pane", "anywhere"),
    Command(
        "prevpane",
        ("shift+tab", "h"),
        "previous_pane",
        "previous pane",
        "Go to the previous pane",
        "anywhere",
    ),
    Command(
        "results",
        ("enter", "down"),
        "to_results",
        "results",
        "Go from the query to the results",
        "search",
        in_footer=True,
    ),
    Command(
        "complete",
        ("ctrl+n",),
        "screen.complete",
        "complete",
        "Offer fields and values to type; then the next of them",
        "search",
        in_footer=True,
    ),
    Command(
        "accept",
        ("tab",),
        "screen.accept_completion",
        "accept",
        "Type the completion that is marked",
        "completion",
        in_footer=True,
    ),
    Command(
        "pick",
        ("enter",),
        "screen.pick_completion",
        "pick",
        "Type it, once one was chosen with ctrl+n",
        "completion",
    ),
    Command(
        "nextcompletion",
        ("down",),
        "screen.move_completion(1)",
        "next completion",
        "The next completion, once one was chosen with ctrl+n",
        "completion",
    ),
    Command(
        "prevcompletion",
        ("up", "ctrl+p"),
        "screen.move_completion(-1)",
        "completion before",
        "The completion before, once one was chosen with ctrl+n",
        "completion",
    ),
    Command(
        "dismiss",
        ("escape",),
        "screen.close_completions",
        "close",
        "Close the completions",
        "completion",
        in_footer=True,
    ),
    Command("down", ("j", "down"), "cursor(1)", "down", "Next paper", "list"),
    Command("up", ("k", "up"), "cursor(-1)", "up", "Previous paper", "list"),
    Command("first", ("g", "home"), "first", "first", "First paper", "list"),
    Command("last", ("G", "end"), "last", "last", "Last paper", "list"),
    Command("halfdown", ("ctrl+d",), "half_page(1)", "half a page down", "Half a page down", "list"),
    Command("halfup", ("ctrl+u",), "half_page(-1)", "half a page up", "Half a page up", "list"),
    Command("pagedown", ("pagedown",), "page(1)", "page down", "A page down", "list"),
    Command("pageup", ("pageup",), "page(-1)", "page up", "A page up", "list"),
    Command(
        "abstract", ("enter",), "screen.to_abstract", "read on", "Go to the abstract", "list", in_footer=True
    ),
    Command("scrolldown", ("J",), "scroll_abstract(1)", "scroll down", "Scroll the abstract down", "papers"),
    Command("scrollup", ("K",), "scroll_abstract(-1)", "scroll up", "Scroll the abstract up", "papers"),
    Command("linedown", ("j", "down"), "scroll_down", "down", "A line down", "abstract"),
    Command("lineup", ("k", "up"), "scroll_up", "up", "A line up", "abstract"),
    Command("top", ("g", "home"), "scroll_home", "top", "The beginning of the abstract", "abstract"),
    Command("bottom", ("G", "end"), "scroll_end", "bottom", "The end of the abstract", "abstract"),
    Command(
        "scrollhalfdown", ("ctrl+d",), "half_page(1)", "half a page down", "Half a page down", "abstract"
    ),
    Command("scrollhalfup", ("ctrl+u",), "half_page(-1)", "half a page up", "Half a page up", "abstract"),
    Command(
        "nextmatch",
        ("n",),
        "match(1)",
        "next match",
        "The next word that matches the query",
        "abstract",
        in_footer=True,
    ),
    Command(
        "prevmatch",
        ("N",),
        "match(-1)",
        "previous match",
        "The word before that matches the query",
        "abstract",
    ),
    Command("viewdown", ("j", "down"), "cursor(1)", "down", "Next view or tag", "library"),
    Command("viewup", ("k", "up"), "cursor(-1)", "up", "Previous view or tag", "library"),
    Command("viewfirst", ("g", "home"), "first", "first", "First view", "library"),
    Command("viewlast", ("G", "end"), "last", "last", "Last view or tag", "library"),
    Command("viewhalfdown", ("ctrl+d",), "half_page(1)", "half a page down", "Half a page down", "library"),
    Command("viewhalfup", ("ctrl+u",), "half_page(-1)", "half a page up", "Half a page up", "library"),
    Command(
        "view",
        ("enter", "space"),
        "choose",
        "show",
        "Show the papers of this view or tag",
        "library",
        in_footer=True,
    ),
    Command("savenote", ("ctrl+s",), "save", "save", "Save the note and close it", "note", in_footer=True),
    Command("help", ("?", "f1"), "help", "help", "Show every key", "anywhere", in_footer=True),
    Command(
        "palette",
        ("ctrl+p", ":"),
        "app.command_palette",
        "commands",
        "Find a command by its name",
        "anywhere",
        in_footer=True,
    ),
    Command(
        "dark",
        ("ctrl+t",),
        "app.toggle_dark",
        "light or dark",
        "Change between the light and the dark theme",
        "anywhere",
    ),
    Command("theme", (), "app.change_theme", "theme", "Choose a theme", "anywhere"),
    Command(
        "refresh",
        ("f5",),
        "refresh_library",
        "refresh",
        "Bring the index up to date and search again",
        "anywhere",
    ),
    Command(
        "edit",
        ("e",),
        "edit",
        "edit",
        "Correct title, authors, date, venue or ids, the sources' beside",
        "papers",
    ),
    Command(
        "bind",
        (),
        "bind",
        "bind to a file",
        "Keep a .bib file with the papers of this search, rewritten when they change",
        "anywhere",
    ),
    Command("export", (), "export", "export", "Write the selection, or all results, to a file", "anywhere"),
    Command("duplicates", (), "duplicates", "duplicates", "Show papers that are there twice", "anywhere"),
    Command("takeapart", (), "take_apart", "take apart", "Take apart papers that were joined", "papers"),
    Command("addshelf", (), "add_shelf", "add starter shelf", "Add the starter shelf of papers", "anywhere"),
    Command(
        "removeshelf",
        (),
        "remove_shelf",
        "remove starter shelf",
        "Remove the starter shelf of papers",
        "anywhere",
    ),
    Command("suspend", ("ctrl+z",), "suspend", "suspend", "Go to the shell; fg comes back", "anywhere"),
    Command("quit", ("q", "ctrl+q"), "app.quit", "quit", "Leave papers-tui", "anywhere", in_footer=True),
)
"""In the order of help and footer."""


def command(id_: str) -> Command:
    """Return a command by its id; a KeyError names an unknown one."""
    for candidate in COMMANDS:
        if candidate.id == id_:
            return candidate
    raise KeyError(id_)
