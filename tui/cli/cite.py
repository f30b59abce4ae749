"""`papers-tui cite`: citations, printed and copied."""

from __future__ import annotations

import argparse
import os

from papers_tui.index.cite import bibliography, cite, style_named, unique_keys
from papers_tui.tui.cli.opened import opened_library
from papers_tui.tui.cli.output import print_json, print_text, tell, tell_unknown
from papers_tui.tui.clipboard import copy_from_cli
from papers_tui.tui.config import load
from papers_tui.tui.locations import Locations


def run(args: argparse.Namespace) -> int:
    """Cite papers in one style."""
    with opened_library(args) as library:
        known, unknown = library.resolve(args.ids)
        papers = [library.entry(paper_id).paper for paper_id in known]
    tell_unknown(unknown)
    style_named(args.style)
    keys = unique_keys(papers)
    if not papers:
        text = ""
    elif len(papers) == 1:
        text = cite(papers[0], args.style)
    else:
        text = bibliography(papers, args.style)
    if args.json:
        cited = [
            {"id": paper.id, "key": key, "text": cite(paper, args.style, key=key)}
            for paper, key in zip(papers, keys, strict=True)
        ]
        print_json({"style": args.style, "citations": cited, "text": text})
    elif papers:
        print_text(text)
    if args.copy and papers:
        _copy(args, text)
    return 1 if unknown else 0


def _copy(args: argparse.Namespace, text: str) -> None:
    """Copy the citations in the way that the configuration names, and say what became of them."""
    config = load(Locations.of(args.data_dir, args.cache_dir).config_file)
    for problem in config.problems:
        if problem.key in {"", "clipboard"}:
            tell(f"papers-tui: {problem}")
    tell(copy_from_cli(text, config.clipboard, environ=os.environ).message)
