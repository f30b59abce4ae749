"""`papers-tui doctor`: what is wrong, in words, and what to do; with `--repair`, what can be mended is."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any, Final

from papers_tui.index.errors import LibraryError
from papers_tui.index.findings import Finding
from papers_tui.index.health import examine
from papers_tui.index.repairing import mend
from papers_tui.tui.cli.output import print_json, print_text
from papers_tui.tui.cli.readopting import readopt
from papers_tui.tui.locations import Locations
from papers_tui.tui.surroundings import look_around
from papers_tui.tui.wording import plural

_SIGNS: Final = {"ok": "ok  ", "note": "note", "problem": "BAD "}


def run(args: argparse.Namespace) -> int:
    """Look at everything, and mend what is wanted. Exits with 4 where something is still wrong."""
    where = Locations.of(args.data_dir, args.cache_dir)
    found: list[tuple[Finding, str]] = []
    for finding in examine(where.data_dir, where.cache_dir):
        told, mended = _treated(finding, where) if args.repair else (finding, "")
        found.append((told, mended))
        if not args.json:
            _print(told, mended)
    if any(mended and finding.repair in {"recover", "salvage", "readopt"} for finding, mended in found):
        readopt(args)
    for finding in look_around(where.config_file):
        found.append((finding, ""))
        if not args.json:
            _print(finding, "")
    problems = sum(finding.level == "problem" and not mended for finding, mended in found)
    if args.json:
        print_json({"findings": [_json(finding, mended) for finding, mended in found], "problems": problems})
    else:
        print_text(_summary([finding for finding, mended in found if not mended], problems))
    return LibraryError.exit_code if problems else 0


def _treated(finding: Finding, where: Locations) -> tuple[Finding, str]:
    """Mend what can be mended; where that fails, the finding says why."""
    try:
        return finding, mend(finding, where.data_dir, where.cache_dir)
    except LibraryError as error:
        return replace(finding, level="problem", remedy=f"not mended: {error.message}"), ""


def _print(finding: Finding, mended: str) -> None:
    print_text(f"{'done' if mended else _SIGNS[finding.level]}  {finding.check}: {finding.message}")
    if mended:
        print_text(f"        mended: {mended}")
    elif finding.remedy:
        print_text(f"        {finding.remedy}")


def _summary(left: list[Finding], problems: int) -> str:
    if not problems:
        return "Nothing is wrong."
    can = sum(finding.repair is not None and finding.level == "problem" for finding in left)
    hint = f"; papers-tui doctor --repair mends {can:,} of them" if can else ""
    return f"{plural(problems, 'problem')}{hint}"


def _json(finding: Finding, mended: str) -> dict[str, Any]:
    return {
        "check": finding.check,
        "level": finding.level,
        "message": finding.message,
        "remedy": finding.remedy or None,
        "can_be_mended": finding.repair is not None,
        "mended": mended or None,
    }
