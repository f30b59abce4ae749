"""The grammar of the command line: verbs, their arguments, and their help with examples."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, Final, NoReturn

from papers_tui.index.errors import WrongUsage
from papers_tui.tui.cli import dashes, pairing, projects, upkeep
from papers_tui.tui.cli.parser import Parser, add_browsing, global_options

EXIT_CODES: Final = """\
exit codes: 0 done, 1 nothing found, 2 wrong usage,
            3 an input could not be used (the others were), 4 the library could not be used"""


class _Version(argparse.Action):
    """Print the installed version. Looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version  # noqa: PLC0415 - 30 ms that only this option is worth

        sys.stdout.write(f"papers-tui {version('papers-tui')}\n")
        sys.stdout.flush()
        parser.exit()


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line. `module` names the verb's module. Raises WrongUsage; exits after help.

    argparse takes a verb's words only up to the first option; those behind it are added here, and so are
    the `-TAG` words of `tag` and the `-WORD`s of a query, which argparse holds for options.
    """
    parser = build()
    try:
        args, rest = parser.parse_known_args(dashes.shielded(argv, parser))
    except WrongUsage as error:
        error.remedy = dashes.remedy_without_value(error.message, argv) or error.remedy
        raise
    unknown = [word for word in rest if word.startswith("--" if args.module == "tag" else "-")]
    scattered = [word for word in rest if word not in unknown]
    taker = next((name for name in ("words", "ids", "query", "paths") if name in args), None)
    if unknown or (scattered and taker is None):
        word, verb = (unknown or scattered)[0], getattr(args, "verb", "")
        named = taker or ("file" if "file" in args else None)
        raise WrongUsage(f"unknown argument {word}", remedy=dashes.remedy(word, named, verb))
    if taker is not None:
        setattr(args, taker, dashes.unshielded([*getattr(args, taker), *scattered]))
    return args


def build() -> Parser:
    """Make the parser of every verb."""
    parser = Parser(
        prog="papers-tui",
        description="Browse, search, annotate and cite research papers in your terminal.\n"
        "Without a verb, open the browser.",
        epilog=f"{EXIT_CODES}\n\npapers-tui VERB --help tells more, with examples.",
        parents=[global_options()],
    )
    parser.add_argument("--version", nargs=0, action=_Version, help="print the version and exit")
    add_browsing(parser)
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", parser_class=Parser)
    parser.verbs = verbs.choices
    for add in (_import, _search, _show, _similar, _cite, _tag, _bookmark, _note, _mark, _export):
        add(verbs)
    upkeep.add(partial(_verb, verbs))
    projects.add(partial(_verb, verbs))
    pairing.add(partial(_verb, verbs))
    _verb(
        verbs,
        "undo",
        "take back the last change: of marks, of corrections, or of what papers are one",
        "papers-tui undo",
        json=True,
    )
    _verb(verbs, "redo", "make the change that was last undone again", "papers-tui redo", json=True)
    _verb(verbs, "reindex", "build the search index anew from the store", "papers-tui reindex", json=True)
    _verb(
        verbs, "paths", "print where data, index and configuration lie", "papers-tui paths --json", json=True
    )
    _verb(verbs, "keys", "print every key of the browser", "papers-tui keys", json=True)
    return parser


_Verbs = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for what it returns


def _verb(
    verbs: _Verbs[Parser], name: str, summary: str, examples: str, *, json: bool = False, **settings: Any
) -> Parser:
    shown = "\n".join(f"  {line.strip()}" for line in examples.strip().splitlines())
    parser = verbs.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=f"examples:\n{shown}",
        parents=[global_options()],
        **settings,
    )
    parser.set_defaults(module={"import": "import_", "redo": "undo"}.get(name, name), verb=name)
    if json:
        parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser


def _import(verbs: _Verbs[Parser]) -> None:
    parser = _verb(
        verbs,
        "import",
        "import papers: listings, arXiv snapshots, bibliographies, exports; files, directories or -",
        """papers-tui import ~/papers/*.txt
        papers-tui import --page-date 2025-12-10 saved-page.txt
        papers-tui import arxiv-metadata.jsonl.xz
        papers-tui import --starter""",
        json=True,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file, a directory, or - for stdin")
    parser.add_argument(
        "--format",
        metavar="NAME",
        help="do not look: listing, arxiv-snapshot, jsonl, bibtex, ris, csl-json, csv or markdown",
    )
    parser.add_argument("--page-date", type=_day, metavar="YYYY-MM-DD", help="the day of a saved listing")
    parser.add_argument("--encoding", metavar="NAME", help="of a text that is neither UTF-8 nor UTF-16")
    parser.add_argument("--rejects", metavar="FILE", help="where what cannot be read goes, to be mended")
    parser.add_argument("--dry-run", action="store_true", help="tell what would happen, and change nothing")
    shelf = parser.add_mutually_exclusive_group()
    shelf.add_argument("--starter", action="store_true", help="import the starter shelf of landmark papers")
    shelf.add_argument(
        "--remove-starter", action="store_true", help="remove the shelf, but for what you marked"
    )


def _search(verbs: _Verbs[Parser]) -> None:
    parser = _verb(
        verbs,
        "search",
        "search the library",
        """papers-tui search scaling law
        papers-tui search 'title:"attention is all" year:2017..'
        papers-tui search --json --limit 5 tag:fp4 -is:read
        papers-tui search --sort date -- -survey language models""",
        json=True,
    )
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help="words and filters; after -- where it begins with -"
    )
    parser.add_argument("--limit", type=_count, default=20, metavar="N", help="hits to print (20)")
    parser.add_argument(
        "--sort", metavar="KEY", help="relevance, date, featured, added, upvotes, comments, trending, title"
    )
    parser.add_argument("--reverse", action="store_true", help="turn the order round")
    parser.add_argument("--explain", action="store_true", help="print how the query was read")
    parser.add_argument("--as-typed", action="store_true", help="correct no misspelt word")
    parser.add_argument(
        "--stdin", action="store_true", help="read a query a line; exit with 1 if none finds a paper"
    )


def _show(verbs: _Verbs[Parser]) -> None:
    examples = "papers-tui show arxiv:1706.03762\npapers-tui show https://arxiv.org/abs/1706.03762v5 --json"
    parser = _verb(verbs, "show", "show a paper with its marks", examples, json=True)
    parser.add_argument("id", metavar="ID", help="an id, an arXiv id or a DOI, as a URL too")


def _similar(verbs: _Verbs[Parser]) -> None:
    examples = "papers-tui similar arxiv:1706.03762\npapers-tui similar 1706.03762 --limit 5 --json"
    parser = _verb(verbs, "similar", "find papers like another, offline", examples, json=True)
    parser.add_argument("id", metavar="ID", help="an id, an arXiv id or a DOI, as a URL too")
    parser.add_argument("--limit", type=_count, default=10, metavar="N", help="papers to print (10)")


def _cite(verbs: _Verbs[Parser]) -> None:
    parser = _verb(
        verbs,
        "cite",
        "print the citation of papers, or copy it",
        """papers-tui cite arxiv:1706.03762
        papers-tui cite --style apa --copy 1706.03762
        papers-tui cite --style ieee --as html 1706.03762 2404.04167
        papers-tui cite --style my-journal.csl 1706.03762""",
        json=True,
    )
    parser.add_argument("ids", nargs="+", metavar="ID")
    parser.add_argument(
        "--style", default="bibtex", metavar="NAME", help="bibtex, apa, mla, FILE.csl, ... (bibtex)"
    )
    forms = ("plain", "html", "markdown")
    parser.add_argument(
        "--as", choices=forms, default="plain", dest="form", help="form of references (plain)"
    )
    parser.add_argument("--preprint", action="store_true", help="the preprint, not the published version")
    parser.add_argument("--copy", action="store_true", help="put it on the clipboard too")


def _tag(verbs: _Verbs[Parser]) -> None:
    parser = _verb(
        verbs,
        "tag",
        "add tags to papers and remove them; without papers, list the tags",
        """papers-tui tag arxiv:1706.03762 +attention +classic
        papers-tui tag 1706.03762 2404.04167 -todo""",
        json=True,
        add_help=False,
    )
    parser.add_argument("--help", action="help", help="show this help message and exit")
    parser.add_argument("words", nargs="*", metavar="ID|+TAG|-TAG", help="papers; +TAG adds, -TAG removes")


def _bookmark(verbs: _Verbs[Parser]) -> None:
    parser = _verb(verbs, "bookmark", "bookmark papers", "papers-tui bookmark arxiv:1706.03762", json=True)
    parser.add_argument("ids", nargs="+", metavar="ID")
    parser.add_argument("--remove", action="store_true", help="take the bookmark off")


def _note(verbs: _Verbs[Parser]) -> None:
    parser = _verb(
        verbs,
        "note",
        "print a paper's note, or set it",
        """papers-tui note arxiv:1706.03762
        papers-tui note arxiv:1706.03762 --set "compare with the 2014 model"
        papers-tui note arxiv:1706.03762 --edit""",
        json=True,
    )
    parser.add_argument("id", metavar="ID")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--set", dest="text", metavar="TEXT", help="the new note; an empty one removes it")
    how.add_argument("--file", metavar="F", help="read the new note from a file, or - for stdin")
    how.add_argument("--edit", action="store_true", help="edit the note in $VISUAL or $EDITOR")


def _mark(verbs: _Verbs[Parser]) -> None:
    examples = "papers-tui mark arxiv:1706.03762 --read\npapers-tui mark arxiv:1706.03762 --rating 5"
    parser = _verb(verbs, "mark", "say how far papers were read, and rate them", examples, json=True)
    parser.add_argument("ids", nargs="+", metavar="ID")
    status = parser.add_mutually_exclusive_group()
    for name in ("unread", "reading", "read"):
        status.add_argument(f"--{name}", dest="status", action="store_const", const=name)
    parser.add_argument("--rating", type=int, choices=range(6), metavar="N", help="1 to 5; 0 clears")


def _export(verbs: _Verbs[Parser]) -> None:
    parser = _verb(
        verbs,
        "export",
        "write papers, with their marks or as references, to a file or stdout",
        """papers-tui export --format jsonl -o library.jsonl
        papers-tui export 'tag:thesis' --format apa -o references.html
        papers-tui export 'tag:thesis' --format bibtex -o thesis.bib""",
    )
    parser.add_argument("query", nargs="*", metavar="QUERY", help="which papers; all without it")
    parser.add_argument("--as-typed", action="store_true", help="correct no misspelt word of the query")
    formats = "jsonl bibtex biblatex ris csl-json csv markdown html, or references: apa ... FILE.csl"
    parser.add_argument("--format", metavar="NAME", help=formats)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="written whole or not at all; stdout without it, or for -"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2025-12-31") from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of hits: give 1 or more")
    return int(text)
