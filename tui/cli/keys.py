"""`papers-tui keys`: every command of the browser with its keys, from the one table."""

from __future__ import annotations

import argparse
import json
import sys

from papers_tui.tui.areas import AREAS
from papers_tui.tui.commands import COMMANDS
from papers_tui.tui.config import load
from papers_tui.tui.keymap import shown_key
from papers_tui.tui.locations import Locations


def run(args: argparse.Namespace) -> int:
    """Print the table of keys, the user's own included, by the names that the configuration knows."""
    config = load(Locations.of(args.data_dir, args.cache_dir).config_file)
    rows = [
        {
            "id": command.id,
            "keys": list(config.keys.get(command.id, command.keys)),
            "title": command.title,
            "help": command.help,
            "where": command.where,
        }
        for command in COMMANDS
    ]
    if args.json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return 0
    for where, area in AREAS.items():
        sys.stdout.write(f"{area}\n")
        for row in rows:
            if row["where"] == where:
                keys = "  ".join(map(shown_key, row["keys"])) or "palette only"
                sys.stdout.write(f"  {row['id']:<15} {keys:<18} {row['help']}\n")
        sys.stdout.write("\n")
    for problem in config.problems:
        sys.stderr.write(f"{problem}\n")
    return 0
