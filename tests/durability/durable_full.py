"""Does one thing with less and less room on the disk, and again when there is room.

python durable_full.py FOLDER STAGE [--whole]

With `--whole` the folder is a disk of a few MB, else files are kept from growing.
"""

from __future__ import annotations

import io
import resource
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, suppress
from dataclasses import dataclass
from pathlib import Path

from durable_library import data, papers, silent
from durable_upkeep import make_old, make_old_papers, migrated_papers, migrated_state

from papers_tui.index.errors import PapersError, UnwritableFile
from papers_tui.index.formats.exports import EXPORT_FORMATS
from papers_tui.index.importing import ImportOptions
from papers_tui.index.library import Library
from papers_tui.index.paper import Entry, Paper
from papers_tui.index.store import restoring
from papers_tui.index.store.corpus import Corpus
from papers_tui.index.store.marks import MarksStore
from papers_tui.tui.cli import main

LEFT = tuple(1024 * left for left in (0, 4, 12, 28, 48, 100, 256, 1024))
"""Bytes that are left on the disk."""
MORE = 40
"""Papers of an import."""
IDS = [paper.id for paper in papers(0, 60)]


@dataclass
class Disk:
    """A library on a disk, and what else takes room there."""

    folder: Path
    library: Library
    is_whole: bool
    """Whether the folder is all of the disk."""

    def filled(self, left: int) -> AbstractContextManager[None]:
        """Leave so many bytes free, or let no file become larger than that."""
        return self._filled(left) if self.is_whole else self._limited(left)

    @contextmanager
    def _limited(self, most: int) -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    @contextmanager
    def _filled(self, left: int) -> Iterator[None]:
        filler = self.folder / "filler"
        try:
            with filler.open("wb", buffering=0) as file:
                while room := shutil.disk_usage(self.folder).free - left:
                    if room < 0 or not file.write(bytes(min(room, 1 << 20))):
                        break
            yield
        finally:
            filler.unlink()

    def state(self) -> tuple[object, ...]:
        """What a user could see of the library, read anew."""
        with Library.open(self.folder / "data", self.folder / "cache") as library:
            hits = library.search("", limit=10_000).hits
            return library.count(), {hit.entry.paper.id: hit.entry.marks for hit in hits}, library.tags()


def tag(disk: Disk, left: int) -> None:
    disk.library.tag(IDS, add=[f"left{left}"])


def note(disk: Disk, left: int) -> None:
    disk.library.set_note(IDS[1], f"left {left} " + "many words " * 10_000)


def import_more(disk: Disk, left: int) -> None:
    source = disk.folder / f"more-{left}.jsonl"
    disk.library.import_paths([source], ImportOptions(), lambda _progress: None)


def index(disk: Disk, left: int) -> None:
    disk.library.rebuild_index(silent)


def back_up(disk: Disk, left: int) -> None:
    disk.library.back_up()


def export(disk: Disk, left: int) -> None:
    """Run the verb of the command line: what it prints is its error."""
    places = ["--data-dir", str(disk.folder / "data"), "--cache-dir", str(disk.folder / "cache")]
    said = io.StringIO()
    with redirect_stderr(said):
        code = main(["export", "-o", str(disk.folder / "out.jsonl"), *places])
    if code:
        raise UnwritableFile(said.getvalue())
    assert len((disk.folder / "out.jsonl").read_text().splitlines()) == disk.library.count()


def restore(disk: Disk, left: int) -> None:
    """Go back to how it was before, by a backup that was made when there was room."""
    restoring.restore(disk.folder / "data" / "marks.db", disk.folder / "backup.db")


def upgrade(disk: Disk, left: int) -> None:
    """Open a library of the first version."""
    old = disk.folder / f"old-{left}"
    MarksStore(data(old) / "marks.db").close()
    Corpus(data(old) / "papers.db").close()
    assert len(migrated_state(old)) == len(migrated_papers(old)) == 40


def start(disk: Disk, left: int) -> None:
    """Open the library once more, search it, and change something."""
    with Library.open(disk.folder / "data", disk.folder / "cache") as library:
        assert disk.is_whole is False or library.search("number").total >= 60
        library.tag(IDS, add=[f"left{left}"])


STAGES: Mapping[str, Callable[[Disk, int], None]] = {
    "start": start,
    "tag": tag,
    "note": note,
    "import": import_more,
    "index": index,
    "back up": back_up,
    "restore": restore,
    "upgrade": upgrade,
    "export": export,
}


def tried(stage: str, disk: Disk, left: int) -> str:
    """Do something with so little room, and again with room; return what the user was told, or nothing."""
    before = disk.state()
    told = ""
    with disk.filled(left):
        try:
            STAGES[stage](disk, left)
        except PapersError as error:
            told = f"{error.message} {error.remedy}"
        except OSError as error:
            told = str(error)
        with suppress(*(() if disk.is_whole else (PapersError,))):
            # Where SQLite may not even write back what it wrote, nothing is read until it may.
            assert disk.library.search("number").total >= 60, "the program goes on"
            assert disk.library.entry(IDS[0]).marks.note == "precious"
    if told:
        assert stage == "import" or disk.state() == before, f"{stage} with {left} left: half of it is there"
        assert "space" in told or "too large" in told.lower(), told
    STAGES[stage](disk, left)
    after = disk.state()
    assert before[0] <= after[0]
    if stage in {"start", "tag"}:
        assert after[2] == {**before[2], f"left{left}": len(IDS)}
    elif stage == "note":
        assert after[1][IDS[1]].note.startswith(f"left {left} ")
    elif stage == "import":
        assert after[0] == before[0] + MORE
    else:
        assert after == before
    return told


def work() -> None:
    folder, stage, is_whole = Path(sys.argv[1]), sys.argv[2], sys.argv[3:] == ["--whole"]
    with Library.open(folder / "data", folder / "cache") as library:
        disk = Disk(folder, library, is_whole)
        write(folder / "first.jsonl", papers(0, 60))
        for number, left in enumerate(LEFT, 1):
            write(folder / f"more-{left}.jsonl", papers(1000 * number, 1000 * number + MORE))
        library.import_paths([folder / "first.jsonl"], ImportOptions(), lambda _progress: None)
        library.update_index(silent)
        library.set_note(IDS[0], "precious")
        library.back_up(folder / "backup.db")
        for left in LEFT if stage == "upgrade" else ():
            make_old(folder / f"old-{left}")
            make_old_papers(folder / f"old-{left}")
        outcomes = {left: tried(stage, disk, left) for left in LEFT}
    for left, told in outcomes.items():
        sys.stdout.write(f"{left // 1024:4} KiB left: {told or 'done'}\n")


def write(path: Path, some: list[Paper]) -> None:
    writer = EXPORT_FORMATS["jsonl"]
    path.write_text("".join(writer.write(Entry(paper) for paper in some)))


if __name__ == "__main__":
    work()
