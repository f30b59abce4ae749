"""`papers-tui bind`: files that follow queries, for LaTeX projects."""

from __future__ import annotations

import argparse
from typing import Any

from papers_tui.index.errors import UnwritableFile, WrongUsage
from papers_tui.index.library import Library
from papers_tui.index.store.bindings import Binding
from papers_tui.index.text import clean_line
from papers_tui.tui.binding import BoundFiles, Written, new_binding
from papers_tui.tui.citing import key_template
from papers_tui.tui.cli.opened import opened_library
from papers_tui.tui.cli.output import print_json, print_text, tell, tell_how_read
from papers_tui.tui.config import load
from papers_tui.tui.locations import Locations, expanded
from papers_tui.tui.wording import plural


def run(args: argparse.Namespace) -> int:
    """Bind a file to a query, set one free, list them, or bring them up to date."""
    if args.remove:
        return _remove(args)
    if args.refresh:
        return _refresh(args)
    if args.query or args.output:
        if args.list:
            raise WrongUsage("--list takes no query and no file", remedy="papers-tui bind --list")
        return _bind(args)
    return _list(args)


def _bind(args: argparse.Namespace) -> int:
    query = " ".join(args.query).strip()
    if not (query and args.output):
        raise WrongUsage("a query and a file are bound", remedy="papers-tui bind QUERY -o FILE")
    if args.output == "-":
        raise WrongUsage(
            "stdout cannot be bound", remedy="papers-tui bind QUERY -o FILE; ./- is a file's name"
        )
    wanted = new_binding(args.output, query, args.format)
    with opened_library(args, is_searched=True) as library:
        made, found = bound_files(library, args).bind(wanted, is_forced=args.force)
    tell_how_read(found)
    _print([made], args)
    return 0


def bound_files(library: Library, args: argparse.Namespace) -> BoundFiles:
    """Return the bound files of a library, with the keys that the configuration asks for."""
    config_file = Locations.of(args.data_dir, args.cache_dir).config_file
    return BoundFiles(library, lambda: key_template(load(config_file)))


def _remove(args: argparse.Namespace) -> int:
    path = expanded(args.remove).absolute()
    with opened_library(args) as library:
        library.demand_writable()
        is_removed = library.bindings.remove(path)
    shown = clean_line(str(path))
    if not is_removed:
        tell(f"papers-tui: {shown} is not bound\n  papers-tui bind --list names those that are")
    elif args.json:
        print_json({"removed": str(path)})
    else:
        print_text(f"{shown} is no longer bound; it stays as it is")
    return 0 if is_removed else 1


def _refresh(args: argparse.Namespace) -> int:
    with opened_library(args, is_searched=True) as library:
        library.demand_writable()
        done = bound_files(library, args).refresh()
    _print(done, args)
    if any(one.problem for one in done):
        raise UnwritableFile("not every bound file could be written", remedy="papers-tui bind --refresh")
    return 0 if done else 1


def _list(args: argparse.Namespace) -> int:
    with opened_library(args) as library:
        bindings = library.bindings.all()
    if args.json:
        print_json({"bindings": [_json(one) for one in bindings]})
    else:
        for one in bindings:
            print_text(f"{clean_line(str(one.path))}  {one.style}  {clean_line(one.query)}")
    return 0 if bindings else 1


def _print(done: list[Written], args: argparse.Namespace) -> None:
    if args.json:
        documents = [_json(one.binding) | {"papers": one.count, "problem": one.problem} for one in done]
        print_json({"bindings": documents})
    for one in done:
        if one.problem:
            tell(f"papers-tui: {one.problem}")
        elif not args.json:
            print_text(f"{plural(one.count, 'paper')} in {clean_line(str(one.binding.path))}")


def _json(binding: Binding) -> dict[str, Any]:
    return {"file": str(binding.path), "query": binding.query, "format": binding.style}
