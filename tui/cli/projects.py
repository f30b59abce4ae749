"""The grammar of the verbs that see to what projects cite: edit, bind."""

from __future__ import annotations

from papers_tui.tui.cli.upkeep import Verb


def add(verb: Verb) -> None:
    """Add the verbs."""
    _edit(verb)
    _bind(verb)


def _edit(verb: Verb) -> None:
    parser = verb(
        "edit",
        "correct what is known of a paper; without changes, show it beside what its sources say",
        """papers-tui edit 1706.03762 --set 'title=Attention Is All You Need' --set date=2017-06-12
        papers-tui edit 1706.03762 --set 'authors=Vaswani, Ashish; Shazeer, Noam'
        papers-tui edit 1706.03762 --unset title""",
        json=True,
    )
    parser.add_argument("id", metavar="ID")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=TEXT",
        help="title, authors, date, venue, arxiv or doi; an empty TEXT says that there is none",
    )
    parser.add_argument(
        "--unset", action="append", default=[], metavar="FIELD", help="let the sources say it again"
    )


def _bind(verb: Verb) -> None:
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
