"""Saving what a damaged marks.db still holds: its rows, what its journal tells, and the newest backup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from papers_tui.index.errors import DamagedLibrary, ForeignFile, LibraryError, WrongUsage
from papers_tui.index.paper import Marks
from papers_tui.index.store import mark_rows
from papers_tui.index.store.backups import newest_good, read_counts
from papers_tui.index.store.codec import decode_marks, encode_edits
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.database import Database
from papers_tui.index.store.failures import UnreadableRow, shown
from papers_tui.index.store.marks_schema import MARKS
from papers_tui.index.store.refilling import TABLES, refill
from papers_tui.index.store.restoring import Restored, checked_copy, replace_contents
from papers_tui.index.store.wreck import Wreck, opened_wreck

_Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What was saved, and where from."""

    restored: Restored
    papers: int
    """Papers whose marks were saved."""
    from_journal: int
    """Of them, those whose row is gone: their marks were told by the changes that were made to them."""
    from_backup: int
    """Of them, those that only the newest good backup still told of."""


def salvage(marks: Path) -> Salvaged:
    """Save what can be read of damaged marks into a new file; the damaged one is moved aside as it is.

    Raises:
        WrongUsage: if nothing is wrong with the marks.
        ForeignFile: if they are none of ours; nothing was changed then.
        LibraryError: if nothing can be saved, or the new file cannot be made; nothing was changed then.
        OSError: if something cannot be written; nothing was changed then.
    """
    if is_whole(marks):
        raise WrongUsage(f"nothing is wrong with {shown(marks)}", remedy="Nothing was changed.")
    first_keys = {"mark": "id", "step_item": "number", "tag": "name", "draft": "id"}
    with opened_wreck(marks, MARKS, first_keys) as wreck:
        rows = _readable(wreck, _known_papers(marks))
    is_incomplete = bool(wreck.is_incomplete) or not rows["mark"]
    from_journal = _add_from_journal(rows) if is_incomplete else 0
    from_backup = _add_from_backup(rows, marks) if is_incomplete else 0
    if not rows["mark"]:
        raise LibraryError(
            f"nothing can be read of {shown(marks)}",
            remedy="Nothing was changed. papers-tui restore FILE restores a backup from elsewhere.",
        )
    steps = {step["number"] for step in rows["step"]}
    rows["step_item"] = [item for item in rows["step_item"] if item["step"] in steps]
    restored = replace_contents(marks, lambda connection: refill(connection, rows.__getitem__))
    return Salvaged(
        restored=restored,
        papers=read_counts(marks)["papers"],
        from_journal=from_journal,
        from_backup=from_backup,
    )


def is_whole(marks: Path) -> bool:
    """Whether marks can be opened and read; they are only looked at.

    Raises:
        ForeignFile: if they are none of ours.
        LibraryError: if it cannot be told.
    """
    try:
        with (
            closing(Database(marks, MARKS, is_only_read=True)) as database,
            database.snapshot() as connection,
        ):
            if database.version >= MARKS.version:
                mark_rows.read_all(connection)
            answer: str = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except ForeignFile:
        raise
    except DamagedLibrary:
        return False
    return answer == "ok"


def _known_papers(marks: Path) -> set[str]:
    """Return the ids of the papers of the library, some of which have marks."""
    papers = marks.with_name("papers.db")
    if papers.exists():
        with suppress(LibraryError), closing(Corpus(papers)) as corpus:
            return corpus.names()
    return set()


def _readable(wreck: Wreck, papers: set[str]) -> _Rows:
    """Read every table as far as that can be done; `papers` may have rows in them."""
    items = wreck.rows("step_item", ["number"])
    named = {item["id"] for item in items} | wreck.values("step_item", "id") | wreck.values("tag", "id")
    known = [(name,) for name in named | papers if isinstance(name, str)]
    return {
        "mark": wreck.rows("mark", ["id"], known),
        "tag": wreck.rows("tag", ["name", "id"], index="tag_id"),
        "step": wreck.rows("step", ["number"]),
        "step_item": items,
        "draft": _drafts(wreck, known),
        "setting": wreck.rows("setting", ["name"]),
    }


def _drafts(wreck: Wreck, known: list[tuple[str]]) -> list[dict[str, Any]]:
    """Read the unfinished notes; before version 5 no session was told with them."""
    sessions = wreck.values("draft", "session")
    if not sessions:
        return wreck.rows("draft", ["id"], known)
    return wreck.rows("draft", ["id", "session"], [(*one, session) for one in known for session in sessions])


def _add_from_journal(rows: _Rows) -> int:
    """Add the marks of papers whose rows are gone, as the changes that were made to them tell."""
    undone = {step["number"] for step in rows["step"] if step["undone"] is not None}
    told: dict[str, Marks] = {}
    for item in sorted(rows["step_item"], key=lambda item: item["number"]):
        try:
            before, after = decode_marks(item["before"]), decode_marks(item["after"])
        except (UnreadableRow, TypeError):
            continue
        if item["step"] in undone:
            told.setdefault(item["id"], before)
        else:
            told[item["id"]] = after
    present = {row["id"] for row in rows["mark"]}
    added = {paper_id: marks for paper_id, marks in told.items() if paper_id not in present}
    rows["mark"] += [_row_of(paper_id, marks) for paper_id, marks in added.items()]
    tagged = {(row["name"], row["id"]) for row in rows["tag"]}
    wanted = {(tag, paper_id) for paper_id, marks in told.items() for tag in marks.tags}
    rows["tag"] += [{"name": name, "id": paper_id} for name, paper_id in sorted(wanted - tagged)]
    return len(added)


def _add_from_backup(rows: _Rows, marks: Path) -> int:
    """Add the marks that only the newest good backup still tells of, and the papers that they are of."""
    backup = newest_good(marks)
    if backup is None:
        return 0
    with checked_copy(backup.path) as database, database.snapshot() as connection:
        kept = {table: list(_dicts(connection.execute(f"SELECT * FROM {table}"))) for table in TABLES}
    present = {row["id"]: row for row in rows["mark"]}
    for row in kept["mark"]:
        if row["id"] in present:
            present[row["id"]]["snapshot"] = present[row["id"]]["snapshot"] or row["snapshot"]
    added = [row for row in kept["mark"] if row["id"] not in present]
    new = {row["id"] for row in added}
    rows["mark"] += added
    rows["tag"] += [row for row in kept["tag"] if row["id"] in new]
    rows["draft"] += kept["draft"]
    rows["setting"] += kept["setting"]
    return len(added)


def _dicts(cursor: Any) -> Iterator[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, values, strict=True)) for values in cursor)


def _row_of(paper_id: str, marks: Marks) -> dict[str, Any]:
    return {
        "id": paper_id,
        "bookmarked": int(marks.bookmarked),
        "note": marks.note,
        "note_revision": marks.note_revision,
        "status": str(marks.status),
        "rating": marks.rating,
        "trashed": marks.trashed,
        "edits": encode_edits(marks.edits),
        "snapshot": "",
    }
