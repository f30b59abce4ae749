"""`papers-tui cite`: citations, printed and copied."""

from __future__ import annotations

import argparse
import os
from collections.abc import Collection
from functools import partial

from papers_tui.index.cite import bibliography, cite, style_named
from papers_tui.index.cite.preprint import as_preprint
from papers_tui.tui.citing import key_template
from papers_tui.tui.cli.opened import opened_library
from papers_tui.tui.cli.output import print_json, print_text, tell, tell_unknown
from papers_tui.tui.clipboard import copy_from_cli
from papers_tui.tui.config import Config, load
from papers_tui.tui.locations import Locations


def run(args: argparse.Namespace) -> int:
    """Cite papers in one style."""
    where = Locations.of(args.data_dir, args.cache_dir)
    config = load(where.config_file)
    style = style_named(args.style, where.styles)
    with opened_library(args) as library:
        known, unknown = library.resolve(args.ids)
        papers = [library.entry(paper_id).paper for paper_id in known]
        if args.preprint:
            papers = [as_preprint(paper) for paper in papers]
        template = key_template(config)
        keys = library.citing.keys(papers, template, is_kept=style.has_keys) if papers else []
        second_keys = library.citing.second() if style.has_keys else {}
    tell_unknown(unknown)
    cite_as = partial(cite, style=style, form=args.form, second_keys=second_keys)
    text = ""
    if len(papers) == 1:
        text = cite_as(papers[0], key=keys[0])
    elif papers:
        text = bibliography(papers, style, keys=keys, form=args.form, second_keys=second_keys)
    if args.json:
        cited = [
            {"id": paper.id, "key": key, "text": cite_as(paper, key=key)}
            for paper, key in zip(papers, keys, strict=True)
        ]
        print_json({"style": style.name, "citations": cited, "text": text})
    elif papers:
        print_text(text)
    _tell_problems(config, {"", "citation-key", "clipboard" if args.copy else ""})
    if args.copy and papers:
        tell(copy_from_cli(text, config.clipboard, environ=os.environ).message)
    return 1 if unknown else 0


def _tell_problems(config: Config, keys: Collection[str]) -> None:
    """Say what is wrong with the settings that were asked for."""
    for problem in config.problems:
        if problem.key in keys:
            tell(f"papers-tui: {problem}")
