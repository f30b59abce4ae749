"""The grammar of the verbs for the projects that cite papers: bind."""

from __future__ import annotations

from papers_tui.tui.cli.upkeep import Verb


def add(verb: Verb) -> None:
    """Add the verbs."""
    parser = verb(
        "bind",
        "keep a file with the papers that a query finds, for LaTeX; without arguments, list such files",
        """papers-tui bind tag:thesis -o ~/thesis/refs.bib
        papers-tui bind --format biblatex 'tag:survey -is:unread' -o refs.bib
        papers-tui bind --remove ~/thesis/refs.bib""",
        json=True,
    )
    parser.add_argument("query", nargs="*", metavar="QUERY", help="which papers")
    parser.add_argument("-o", "--output", metavar="FILE", help="rewritten whenever its papers change")
    parser.add_argument(
        "--format", metavar="NAME", help="bibtex, biblatex, ris or csl-json (by FILE's ending)"
    )
    parser.add_argument("--force", action="store_true", help="replace a FILE that papers-tui did not write")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="list the bound files")
    what.add_argument("--refresh", action="store_true", help="bring all bound files up to date now")
    what.add_argument("--remove", metavar="FILE", help="set FILE free; it stays as it is")
