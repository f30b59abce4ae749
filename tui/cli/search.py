"""`papers-tui search`: what the search pane of the browser finds, printed."""

from __future__ import annotations

import argparse
import sys
from typing import Any, get_args

from papers_tui.index.errors import WrongUsage
from papers_tui.index.formats.papers_json import to_json
from papers_tui.index.library import Library
from papers_tui.index.results import Results
from papers_tui.index.search.fields import sort_named
from papers_tui.index.search.query import Sort, SortKey
from papers_tui.index.text import clean_line
from papers_tui.tui.cli.opened import opened_library
from papers_tui.tui.cli.output import console, print_hit, print_json, print_text, tell, tell_how_read
from papers_tui.tui.wording import all_trashed, plural


def run(args: argparse.Namespace) -> int:
    """Search for one query, or for each line of stdin."""
    sort = _sort(args)
    if args.stdin and args.query:
        raise WrongUsage("--stdin reads the queries, and the command line has one too")
    with opened_library(args, is_searched=True) as library:
        if not args.stdin:
            return 0 if _search(library, " ".join(args.query), sort, args) else 1
        return 0 if _search_each(library, sort, args) else 1


def _search_each(library: Library, sort: Sort | None, args: argparse.Namespace) -> int:
    """Search for each line of stdin; return how many papers all found. Blank lines ask only for JSON."""
    total = 0
    is_first = True
    for line in _lines():
        text = line.rstrip("\n")
        if not (args.json or text.strip()):
            continue
        if not (args.json or is_first):
            print_text("")
        is_first = False
        total += _search(library, text, sort, args)
    return total


def _lines() -> list[str] | Any:
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]  # stdin is a text file here
    return sys.stdin


def _sort(args: argparse.Namespace) -> Sort | None:
    if args.sort is None:
        return Sort(is_reversed=True) if args.reverse else None
    if (sort := sort_named(args.sort)) is not None:
        return Sort(sort.key, sort.is_reversed != args.reverse)
    raise WrongUsage(
        f"no order is called {clean_line(args.sort)}", remedy=f"--sort {', '.join(get_args(SortKey))}"
    )


def _search(library: Library, text: str, sort: Sort | None, args: argparse.Namespace) -> int:
    results = library.search(text, sort=sort, limit=args.limit, is_corrected=not args.as_typed)
    if args.json:
        document = _document(text, results)
        if args.explain:
            document["explained"] = results.explained()
        print_json(document, is_compact=args.stdin)
    else:
        _print(results, args)
        if not results.total and not library.count() and (trashed := library.count_trashed()):
            tell(
                f"{all_trashed(trashed)}: papers-tui trash lists what is there, papers-tui undo takes it back"
            )
    if args.stdin:
        sys.stdout.flush()
    return results.total


def _document(text: str, results: Results) -> dict[str, Any]:
    return {
        "query": clean_line(text),
        "total": results.total,
        "elapsed_ms": round(results.elapsed_ms, 3),
        "open_ms": round(results.open_ms, 3),
        "sort": ("-" if results.sort.is_reversed else "") + results.sort.key,
        "corrections": [{"word": one.word, "used": one.used} for one in results.corrections],
        "hints": list(results.hints),
        "hits": [{**to_json(hit.entry), "score": round(hit.score, 4)} for hit in results.hits],
    }


def _print(results: Results, args: argparse.Namespace) -> None:
    shown = f", the first {len(results.hits)} shown" if len(results.hits) < results.total else ""
    found = f"{plural(results.total, 'paper')}{shown}"
    if args.stdin:
        print_text(f"{clean_line(results.query.text)}: {found}")
        sys.stdout.flush()  # before what is told beside it
    if args.explain:
        print_text(results.explained() + "\n")
    tell_how_read(results)
    out = console()
    for hit in results.hits:
        print_hit(out, hit.entry)
    if not args.stdin:
        tell(f"{found}, {results.elapsed_ms:.0f} ms")
