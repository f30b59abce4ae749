"""The grammar of the verbs for papers that are there twice: duplicates, merge."""

from __future__ import annotations

from papers_tui.tui.cli.upkeep import Verb


def add(verb: Verb) -> None:
    """Add the verbs."""
    parser = verb(
        "duplicates",
        "list pairs of papers that may be one, side by side",
        """papers-tui duplicates
        papers-tui duplicates --json --limit 10""",
        json=True,
    )
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="pairs to print (20)")
    parser = verb(
        "merge",
        "make two papers one, with the marks of both; or say that they are two",
        """papers-tui merge arxiv:1706.03762 doi:10.5555/3295222.3295349
        papers-tui merge --not arxiv:1706.03762 doi:10.5555/3295222.3295349
        papers-tui merge --undo arxiv:1706.03762""",
        json=True,
    )
    parser.add_argument(
        "ids", nargs="+", metavar="ID", help="two papers; with --undo the one that they became"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--not", dest="different", action="store_true", help="they are different: never join them"
    )
    how.add_argument("--undo", action="store_true", help="take apart what was joined last, marks and all")
